### information

information-title = Qué se registra sobre usted
information-lead = Aquí está todo, en palabras sencillas.
information-what = Qué se guarda
information-what-1 = Su nombre, fecha de nacimiento y género; su dirección y teléfono, para poder localizarlo; y para menores de 18 años el nombre de la madre, que distingue a niños con el mismo nombre.
information-what-2 = De cada dosis: la vacuna, el día, el producto y número de lote, y el consultorio que la puso.
information-law = Informar es la ley
information-law-1 = Los consultorios deben informar cada vacunación (M.G.L. c. 111, s. 24M). No es posible excluirse del registro.
information-law-2 = Usted puede decidir que el registro no se comparta.
information-who = Quién puede verlo
information-who-1 = Usted, y el padre, la madre o el tutor de un menor: todo.
information-who-2 = Su consultorio: el registro completo. La enfermera de la escuela de su hijo: las vacunas que exige la escuela y si están completas, nada más.
information-who-3 = El Departamento de Salud Pública: todo, cada vez con un motivo anotado.
information-objection = Si usted se opone a compartir
information-objection-1 = Las escuelas, los médicos nuevos, las juntas locales de salud y WIC no verán el registro. Para ellos es como si no existiera.
information-objection-2 = Los consultorios que pusieron dosis siguen viendo esas dosis y el Departamento sigue viendo todo.
information-objection-3 = Tiene un costo: usted debe guardar y llevar su propio registro, y un médico nuevo podría poner una dosis que ya recibió.
information-rights = Sus derechos
information-rights-1 = Usted puede ver el registro, pedir una corrección y saber quién lo consultó (M.G.L. c. 66A).
