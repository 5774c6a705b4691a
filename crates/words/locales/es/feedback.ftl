### feedback

feedback-title = Díganos su opinión
feedback-lead = Sobre estas páginas: qué funciona, qué no, qué falta.
feedback-no-personal = No escriba nombres, fechas de nacimiento ni nada sobre la salud de nadie. No sabemos quién es usted y no podemos contestar.
feedback-topic = ¿De qué se trata?
feedback-topic-page = Algo no funciona
feedback-topic-words = Algo es difícil de entender
feedback-topic-missing = Falta algo
feedback-topic-praise = Algo está bien
feedback-message = Su mensaje
feedback-hint = Hasta 2.000 caracteres.
feedback-personal = Parece que hay una fecha, un teléfono o una dirección. Quítelo o indique abajo que no es personal.
feedback-sure = No hay nada personal en mi mensaje
feedback-send = Enviar
feedback-thanks = Gracias
feedback-thanks-text = Leemos todos los mensajes. Como no sabemos quién es usted, no recibirá respuesta.
feedback-sought = Una palabra de los mensajes
feedback-none = Todavía no hay mensajes.
