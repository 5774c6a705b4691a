### groups

group-hepb = Hepatitis B
group-rotavirus = Rotavirus
group-dtap = Difteria, tétanos, tos ferina
group-hib = Hib
group-pneumococcal = Neumococo
group-polio = Polio
group-mmr = Sarampión, paperas, rubéola
group-varicella = Varicela
group-hepa = Hepatitis A
group-menacwy = Meningococo ACWY
group-menb = Meningococo B
group-hpv = VPH
group-influenza = Gripe
group-covid = COVID-19
group-rsv = VRS
group-zoster = Herpes zóster
group-other = Otras vacunas
timeline-label = Imagen: { $count ->
    [one] una dosis puesta
   *[other] { $count } dosis puestas
  }, y el tiempo para las próximas. Las listas dicen lo mismo con palabras.
timeline-caption = Cada marca es una dosis. Los primeros años tienen más espacio.
group-chikungunya = Chikunguña
group-cholera = Cólera
group-dengue = Dengue
group-ebola = Ébola
group-japanese-encephalitis = Encefalitis japonesa
group-orthopoxvirus = Viruela símica y viruela
group-rabies = Rabia
group-tbe = Encefalitis por garrapatas
group-typhoid = Fiebre tifoidea
group-yellow-fever = Fiebre amarilla
