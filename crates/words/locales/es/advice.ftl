### advice: lo que dice el calendario, en palabras sencillas

advice-title = Qué vacunas tocan
advice-overdue = Atrasada
advice-now = Toca ahora
advice-allowed = Se puede poner
advice-later = Más adelante
advice-decide = Se decide en conjunto
advice-birthplace = Depende del país natal
advice-decide-text = No todos la necesitan. Usted lo decide con su consultorio.
advice-decide-office = No es para todos: lo deciden usted y el paciente.
advice-decide-from-office = Decisión clínica compartida, desde el { $date }.
advice-immune-by-birth-office = Quien nació en los Estados Unidos antes del { $date } se considera inmune. El país natal no está en el registro.
advice-season-over-office = Este calendario llega a la temporada que terminó el { $date }. Aún no dice qué toca en la próxima.
advice-contraindicated-office = Algo en el registro es una contraindicación.
advice-immune-by-birth = Quien nació en los Estados Unidos antes del { $date } se considera inmune y no necesita dosis. Si no, pregunte en su consultorio.
advice-decide-from = Desde el { $date } puede decidirlo con su consultorio.
advice-not-as-live = La dosis { $dose } se puede poner ahora, pero no como vacuna viva, por ejemplo en aerosol nasal: esa tiene que esperar hasta el { $date }.
advice-season-over = Aún sin fechas
advice-flu-every-season = Cada temporada
advice-flu-season = Desde los 6 meses de edad, todos necesitan una vacuna contra la gripe en cada temporada, mejor antes de que acabe octubre. Pida la de esta temporada en su consultorio o en una farmacia. La última temporada de este calendario terminó el { $date }.
advice-flu-season-office = Se recomienda a todos desde los 6 meses, en cada temporada. Ponga la vacuna de la temporada según la declaración del ACIP de este año: este calendario termina con la temporada hasta el { $date }.
advice-from-date = desde el { $date }
advice-from-age = desde la edad de { $age }
advice-from-later = más adelante en la vida
advice-far = Se recomienda { $when }.
advice-far-decide = No todos la necesitan. Usted lo decide con su consultorio, { $when }.
advice-far-decide-office = Decisión clínica compartida, { $when }.
advice-done-until = { $vaccine } (próxima dosis { $when })
advice-not-for-them = No se debe poner
advice-overdue-text = La dosis { $dose } está atrasada.
advice-overdue-since = La dosis { $dose } está atrasada desde el { $date }.
advice-now-text = La dosis { $dose } toca ahora.
advice-now-until = La dosis { $dose } toca ahora. Desde el { $date } estará atrasada.
advice-allowed-text = La dosis { $dose } toca el { $date }. Ya se puede poner.
advice-later-text = La dosis { $dose } toca el { $date }.
advice-later-from = La dosis { $dose } toca el { $date }. Se puede poner desde el { $from }.
advice-latest = Se puede poner hasta el { $date }, no después.
advice-why-age = Recomendada desde la edad de { $age }.
advice-why-interval = Recomendada { $length } después del { $date }.
advice-why-conflict = Entre dos vacunas vivas tiene que pasar tiempo: { $vaccine } se puso el { $date }.
advice-why-season = Recomendada cuando empiece la temporada.
advice-why-latest-dose = No antes de la última dosis.
advice-season-over-text = Este calendario llega a la temporada que terminó el { $date }. Aún no dice qué toca en la próxima. Pregunte en su consultorio.
advice-contraindicated-text = En el registro hay una razón para no poner esta vacuna. Pregunte en su consultorio.
advice-not-counted = { $count ->
    [one] Una dosis no cuenta.
   *[other] { $count } dosis no cuentan.
  }
advice-see-why = Vea por qué.
advice-done = Por ahora no hace falta nada más
advice-immune = Inmune, según el registro
advice-too-old = Ya no hace falta a esta edad
advice-later-title = { $count ->
    [one] Una vacuna para más adelante en la vida
   *[other] { $count } vacunas para más adelante en la vida
  }
advice-nothing-due = Ahora no toca ninguna vacuna.
advice-vaccines = Vacuna: { $names }
advice-schedule = Calendario usado: CDC { $release }, a fecha del { $date }.
advice-schedule-with = Calendario usado: CDC { $release } con { $amendments }, a fecha del { $date }.
advice-not-medical = Esta página le ayuda a planear. No es un consejo médico: decídalo con su consultorio.

note-counts = Cuenta
note-does-not-count = No cuenta
note-extra = No hacía falta
note-for = { $group }: { $sentence }
note-too-young = Se puso antes de la edad mínima.
note-too-soon = Se puso demasiado pronto después de la dosis anterior.
note-conflict = Se puso demasiado pronto después de otra vacuna viva.
note-wrong-vaccine = Esta vacuna no es para esta dosis a esta edad.
note-inadvertent = Este producto no es para esto.
note-too-old = Se puso después de la edad para la que es esta vacuna.
note-already-complete = Ya no faltaba nada cuando se puso.
note-unsound = La vacuna estaba vencida o mal conservada.
note-counts-from = { $days ->
    [one] Habría contado un día después, el { $date }.
   *[other] Habría contado { $days } días después, el { $date }.
  }
note-counts-from-date = Habría contado desde el { $date }.
note-repeat-now = Se puede repetir ahora.
note-repeat-from = Se puede repetir desde el { $date }.

length-years = { $count ->
    [one] 1 año
   *[other] { $count } años
  }
length-months = { $count ->
    [one] 1 mes
   *[other] { $count } meses
  }
length-weeks = { $count ->
    [one] 1 semana
   *[other] { $count } semanas
  }
length-days = { $count ->
    [one] 1 día
   *[other] { $count } días
  }
length-and = { $one } y { $two }
length-less = { $one } menos { $two }

warning-title = Antes de guardar
warning-lead = Mire otra vez esta dosis antes de guardarla:
warning-not-count = { $group }: esta dosis no contaría.
warning-complete = { $group }: ya está completa. Esta dosis no hace falta.
warning-too-young = { $days ->
    [one] Falta un día: por edad cuenta desde el { $date }.
   *[other] Faltan { $days } días: por edad cuenta desde el { $date }.
  }
warning-too-soon = { $days ->
    [one] Falta un día desde la dosis anterior: cuenta desde el { $date }.
   *[other] Faltan { $days } días desde la dosis anterior: cuenta desde el { $date }.
  }
warning-conflict = { $days ->
    [one] Falta un día desde otra vacuna viva: cuenta desde el { $date }.
   *[other] Faltan { $days } días desde otra vacuna viva: cuenta desde el { $date }.
  }
warning-wrong-vaccine = Esta vacuna no es para esta dosis a esta edad.
warning-too-old = Esta persona es demasiado mayor para esta vacuna.
warning-recent = { $group }: { $vaccine } ya está en el registro con fecha del { $date } ({ $office }).
warning-no-office = consultorio desconocido
warning-reason = ¿Por qué guardarla de todos modos?
warning-reason-hint = Por ejemplo: ya se puso, o lo decidió un profesional clínico. Su razón queda guardada con la dosis.
warning-reason-missing = Lea lo que dice el calendario: dé una razón, o cambie la dosis
warning-save = Guardar de todos modos
warning-change = O cambie lo que escribió y guarde otra vez.
change-warned = guardada a pesar de un aviso

timeline-legend-counts = cuenta
timeline-legend-not = no cuenta
timeline-legend-extra = no hacía falta
timeline-legend-window = tiempo para la próxima dosis
timeline-legend-overdue = atrasada
timeline-today = hoy
timeline-given = puesta
timeline-window = Próxima dosis: del { $from } al { $to }
timeline-window-open = Próxima dosis: desde el { $from }
