### start

start-title = Registros de vacunación de Massachusetts
start-heading = Registros de vacunación para todas las edades
start-lead = Obtenga el registro de su familia, revise los requisitos escolares, informe vacunas o decida quién puede ver un registro.
start-family = Obtener el registro de mi familia
start-family-text = Pida a su consultorio el registro certificado que aceptan escuelas y campamentos.
start-school = Trabajo en una escuela
start-school-text = Vea qué estudiantes cumplen los requisitos y qué falta.
start-provider = Trabajo en un consultorio
start-provider-text = Busque un registro, informe dosis y certifique registros para las familias.
start-verify = Comprobar un certificado
start-verify-text = Escriba el código de un certificado para saber si es válido.
start-objection = Oponerse a compartir datos
start-objection-text = Decida que las escuelas y otros consultorios no vean un registro, o cambie de opinión.
start-questions = Preguntas y respuestas
start-questions-text = Lo que más nos preguntan las familias.
start-why = Por qué existe el registro
start-why-text = Los registros de vacunación se pierden cuando la gente se muda o cambia de médico. Un solo lugar seguro para todos evita que alguien se vacune dos veces sin necesidad o que le falte una dosis.
start-why-more = Más sobre el registro
