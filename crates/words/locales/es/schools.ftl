### schools

schools-title = Para las escuelas
schools-lead = Vea en minutos, no en semanas, qué estudiantes cumplen los requisitos de ingreso de 105 CMR 220.
schools-check = Cómo funciona la comprobación
schools-check-1 = Suba la lista de clase como la exporta su sistema. Antes de guardar nada verá quién está registrado, quién es dudoso y a quién no se encontró.
schools-check-2 = Después cada estudiante tiene un estado y, para cada requisito, una frase: cumplido y con qué; o no, por qué y desde cuándo puede cumplirse.
schools-list = Qué guardamos de su lista
schools-list-1 = Quien está registrado se guarda como su estudiante. De los demás guardamos solo el número de estudiante. El archivo se borra.
schools-none = No se puede compartir ningún registro
schools-none-1 = Pida el certificado a la familia. Hay varios motivos por los que no podemos mostrar un registro y no podemos decir cuál es.
schools-certificate = Una familia trae un certificado
schools-certificate-1 = Compruébelo con su código. Si es válido, es el certificado que pide la ley.
schools-enter = Ir a las clases
