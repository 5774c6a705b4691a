### check: cualquiera revisa las vacunas de un niño, sin cuenta

check-title = Revise las vacunas de un niño
check-lead = Vea qué vacunas cuentan, cuáles tocan y cuándo. No necesita una cuenta.
check-private = Lo que usted escribe se queda en este dispositivo. Su navegador lo calcula y no se envía nada.
check-private-server = Su navegador no ejecuta programas, así que lo calcula nuestro servidor. No guarda nada de lo que usted escribe.
check-born-missing = Escriba la fecha de nacimiento
check-born = Fecha de nacimiento
check-sex = Sexo
check-sex-hint = Unas pocas vacunas son distintas. Puede dejarlo vacío.
check-dates-title = Fechas de las vacunas
check-order = ¿Cómo están escritas las fechas en la tarjeta?
check-dates-hint = Escriba las fechas de la tarjeta, con comas entre ellas: 15/3/2021, 20/6/2021. Deje vacío lo que no se puso.
check-list-title = O pegue una lista
check-list = Lista pegada
check-list-hint = Una línea por vacuna con sus fechas, por ejemplo: SRP 15/3/2021
check-file = O el archivo de datos de un registro
check-file-hint = El archivo que se puede descargar de un registro en este portal.
check-button = Revisar
check-hepb = Hepatitis B (HepB)
check-rotavirus = Rotavirus (RV)
check-dtap = Difteria, tétanos, tos ferina (DTaP)
check-hib = Hib
check-pcv = Neumococo (PCV)
check-polio = Polio (IPV)
check-mmr = Sarampión, paperas, rubéola (MMR)
check-varicella = Varicela (Varicella)
check-hepa = Hepatitis A (HepA)
check-tdap = Refuerzo de tétanos y tos ferina (Tdap)
check-menacwy = Meningococo ACWY (MenACWY)
check-hpv = VPH (HPV)
check-flu = Gripe (Flu)
check-covid = COVID-19
check-file-wrong = Este no es el archivo de datos de un registro
check-dates-wrong = «{ $text }» no es una fecha. Escríbala así: 15/3/2021
check-too-many = Hay más de 200 dosis
check-date-future = { $date } está en el futuro
check-date-before-birth = { $date } es antes de la fecha de nacimiento
check-answer-title = Lo que dice el calendario para alguien nacido el { $date }
check-unread = { $count ->
    [one] No se pudo leer una línea. No se cuenta:
   *[other] No se pudieron leer { $count } líneas. No se cuentan:
  }
check-unread-then = Si ahí hay una dosis, escriba su fecha abajo, en su vacuna. Hasta entonces, puede parecer que toca una vacuna que ya se puso.
check-unread-due = { $count ->
    [one] No se pudo leer una línea. Si es de esta vacuna, puede que la dosis no toque.
   *[other] No se pudieron leer { $count } líneas. Si alguna es de esta vacuna, puede que la dosis no toque.
  }
check-pentavalent = «Pentavalente» se cuenta con hepatitis B, como en la mayoría de los países. Si la tarjeta dice «acelular», o nombra la polio con ella, escríbalo así.
check-not-scheduled = No está en el calendario que se usa en los Estados Unidos. No toca nada por ella.
check-private-once = Lo calculó nuestro servidor. No guardó nada de lo que usted escribió.
check-doses-title = Las vacunas que usted escribió
check-failed = La revisión no se cargó. Puede dejar que la calcule nuestro servidor; no guarda nada.
check-failed-send = Que lo calcule el servidor
check-card = Vea qué cuenta y qué vacuna toca. No necesita una cuenta.
check-file-other = Este archivo es de alguien con otra fecha de nacimiento
data-file = Descargar el archivo de datos
data-file-text = Contiene la fecha de nacimiento, el sexo, las vacunas y las pruebas de inmunidad, y ningún nombre. La página «Revise las vacunas de un niño» lo lee.
