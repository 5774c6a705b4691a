### questions

questions-title = Preguntas y respuestas
questions-about = Respuestas a lo que más preguntan las familias sobre los registros de vacunación: copias, escuela, errores y el uso compartido de datos.
question-copy = ¿Cómo obtengo una copia del registro de mi hijo?
answer-copy = Inicie sesión y pida a su consultorio el registro certificado, o llame. El consultorio comprueba quién es usted, revisa el registro y lo entrega. Usted lo descarga aquí.
question-school = ¿Lo aceptará la escuela?
answer-school = Sí. El registro certificado es el certificado que pide M.G.L. c. 76, s. 15, y la escuela puede comprobarlo con su código.
question-wrong = Hay un error en el registro. ¿Qué puedo hacer?
answer-wrong = Llame al consultorio que puso la dosis. Puede corregir o retirar lo que informó, y la entrada anterior se conserva con el motivo.
question-missing = Falta una dosis.
answer-missing = Lleve sus papeles al consultorio. Puede añadir al registro dosis de otro estado o país.
question-valid = ¿Por qué una dosis no cuenta para la escuela?
answer-valid = Casi siempre porque se puso un poco antes de tiempo o muy pronto después de otra. El registro dice cuál fue el motivo y desde cuándo se puede repetir.
question-optout = ¿Puedo hacer que borren el registro?
answer-optout = No. Informar es la ley. Usted puede oponerse a que se comparta.
question-moved = Nos mudamos a otra ciudad. ¿Qué debo hacer?
answer-moved = Nada para el registro: es el mismo en todo el estado. Dé su nueva dirección al consultorio para que pueda localizarlo.
question-exempt = Mi hijo tiene una exención. ¿Cuándo debo renovarla?
answer-exempt = Cada año escolar, al principio. La exención médica necesita la carta de un médico; la religiosa, la declaración firmada de la familia. En Massachusetts no existen otras exenciones.
question-lost = He perdido mi certificado.
answer-lost = Inicie sesión y descárguelo otra vez. Si no puede o no tiene cuenta, llame al consultorio de su proveedor: tiene las dosis en su propio sistema.
