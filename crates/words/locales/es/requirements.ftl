### Requisitos escolares: nombres y una frase para cada uno.

requirement-dtap = Difteria, tétanos, tos ferina (DTaP)
requirement-tdap = Refuerzo de tétanos, difteria, tos ferina (Tdap)
requirement-polio = Polio
requirement-hepb = Hepatitis B
requirement-mmr = Sarampión, paperas, rubéola (MMR)
requirement-varicella = Varicela
requirement-menacwy = Enfermedad meningocócica (MenACWY)

list-separator = {", "}
names-separator = {"; "}
outcome-met = { $count ->
    [one] Cumplido con la dosis del { $dates }.
   *[other] Cumplido con las dosis del { $dates }.
  }
outcome-met-until = Cumplido por ahora con la dosis del { $dates }. Se requiere otra dosis a partir del { $date }.
outcome-laboratory = Cumplido: un análisis de laboratorio muestra inmunidad.
outcome-history = Cumplido: un profesional clínico documentó la enfermedad.
outcome-exempt-medical = Exento este año escolar por una carta médica.
outcome-exempt-religious = Exento este año escolar por la declaración religiosa de la familia.
outcome-exempt-stale = La carta de exención es de un año escolar anterior. Hay que renovarla.
outcome-in-process = { $have } de { $need } dosis. La próxima dosis se puede poner a partir del { $date }.
outcome-none = { $need ->
    [one] No hay ninguna dosis registrada que cuente. Se requiere una y se puede poner ahora.
   *[other] No hay ninguna dosis registrada que cuente. Se requieren { $need } y la primera se puede poner ahora.
  }
outcome-none-from = { $need ->
    [one] No hay ninguna dosis registrada que cuente. Se requiere una y se puede poner a partir del { $date }.
   *[other] No hay ninguna dosis registrada que cuente. Se requieren { $need } y la primera se puede poner a partir del { $date }.
  }
outcome-not-met = Cuentan { $have } de { $need } dosis. La próxima se puede poner ahora.
outcome-none-count = { $need ->
    [one] No hay ninguna dosis registrada que cuente. Se requiere una.
   *[other] No hay ninguna dosis registrada que cuente. Se requieren { $need }.
  }
outcome-count = Cuentan { $have } de { $need } dosis.
outcome-no-primary-series = El refuerzo está registrado, pero no la serie de la infancia que lo precede.

fault-too-young = Se puso demasiado pronto. Habría contado a partir del { $date }.
fault-too-old = Se puso después de la edad para la que vale esta serie corta.
fault-too-soon = Se puso demasiado pronto después de la dosis anterior. Habría contado a partir del { $date }.
fault-live-conflict = Se puso menos de 28 días después de otra vacuna viva.
fault-same-day = La misma vacuna está registrada dos veces ese día.
