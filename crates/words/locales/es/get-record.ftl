### get-record

get-record-title = Obtener el registro de su familia
get-record-lead = Su consultorio certifica el registro. Usted lo descarga aquí.
get-record-how = Cómo funciona
get-record-how-1 = 1. Inicie sesión, elija al niño, elija el consultorio y diga para qué es el registro.
get-record-how-2 = 2. El consultorio comprueba quién es usted, revisa el registro y corrige los errores.
get-record-how-3 = 3. Cuando esté listo lo encontrará en «Su familia», como documento para imprimir o enviar.
get-record-no-account = Sin cuenta
get-record-no-account-1 = Llame o visite su consultorio. Puede darle una copia del registro de su propio sistema.
get-record-school = Para la escuela
get-record-school-1 = El documento tiene un código. La escuela lo escribe aquí y ve enseguida que el certificado es válido.
get-record-enter = Ir a su familia
