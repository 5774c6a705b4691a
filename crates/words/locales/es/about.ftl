### about

about-title = Qué es el registro
about-lead = El Sistema de Información de Vacunación de Massachusetts es la lista confidencial del estado con las vacunas de personas de todas las edades.
about-what = Qué hace
about-what-1 = Médicos, enfermeras y farmacéuticos informan cada dosis que ponen en un plazo de 72 horas. El registro reúne las dosis de una persona, sin importar dónde se pusieron.
about-what-2 = Lo administra la División de Inmunización del Departamento de Salud Pública.
about-why = Por qué importa
about-why-1 = Para usted: un solo registro de todas las dosis informadas. Su consultorio ve cuándo falta una dosis y recibe un aviso antes de repetir una.
about-why-2 = Para las escuelas: sin semanas de papeleo en agosto y menos niños enviados a casa porque falta un papel.
about-why-3 = Para todos: la salud pública ve dónde hay poca protección y actúa antes de que una enfermedad se propague.
about-who = Quién lo administra y quién puede mirar
about-who-1 = Solo pueden ver un registro quienes tienen un motivo: su consultorio, la enfermera de la escuela de un estudiante inscrito y el Departamento. Cada consulta queda anotada.
about-who-2 = Usted puede ver quién consultó los registros de su familia.
