### department

department-title = Registros
department-reason = ¿De qué caso se trata?
department-reason-hint = Queda anotado con cada registro que abra y la persona puede verlo. Por ejemplo: brote de sarampión 2026-14.
department-reason-keep = Guardar el motivo
department-reason-first = Primero indique un motivo. Después podrá buscar.
forms-title = Formularios de objeción en espera
forms-empty = No hay formularios en espera.
forms-object = Objeción
forms-withdraw = Retiro
form-title = Formulario de objeción
form-state-submitted = Enviado
form-state-needs = Falta información
form-state-no-record = Aceptado, aún sin registro
form-state-in-effect = En vigor
form-state-rejected = Rechazado
form-state-superseded = Reemplazado por otro posterior
form-accept-title = Aceptar
form-who = ¿De qué expedientes se trata?
form-who-hint = Marque todos los expedientes de la misma persona. Una persona puede estar registrada más de una vez.
form-no-record = Nadie registrado
form-no-record-hint = Entra en vigor cuando aparezca el registro.
form-accept = Aceptar
form-more-title = Pedir más información
form-more = ¿Qué falta?
form-more-send = Pedir
form-reject-title = Rechazar
form-reject-reason = ¿Por qué?
form-reject = Rechazar
form-person = { $sure }. Dirección: { $address }. Teléfono: { $phone }. Madre: { $mother }.
forms-wait = { $count ->
    [one] Espera un formulario.
   *[other] Esperan { $count } formularios.
}
forms-search-again = Buscar otro formulario
form-told = Lo que lee con el recibo quien lo envió
forms-names = { $count ->
    [one] Son de una persona.
   *[other] Son de { $count } personas.
}
forms-more = { $count ->
    [one] y otro más del mismo nombre
   *[other] y { $count } más del mismo nombre
}
forms-search = Buscar un formulario
forms-sought = Número de recibo o apellido
forms-sought-hint = También se encuentran los formularios ya decididos.
forms-found = Formularios encontrados
forms-none-found = Ningún formulario tiene este número o nombre.
forms-same-name = Otros formularios que esperan con el mismo nombre
department-task = ¿Para qué?
department-task-missing = Elija para qué consulta
department-reason-missing = Diga en pocas palabras de qué caso se trata
look-disease = Para rastrear o detener una enfermedad
look-asked = La persona o la familia pidió ayuda
look-quality = Para encontrar o corregir un error
look-oversight = Para revisar cómo se usan los registros
form-from-home = No, se envió desde casa
form-decided-accepted = El formulario { $receipt } está aceptado.
form-decided-asked = El formulario { $receipt } espera lo que usted pidió.
form-decided-superseded = El formulario { $receipt } está cerrado. Decide un formulario posterior.
form-decided-rejected = El formulario { $receipt } está rechazado.
sharing-open-department = El registro se comparte con los proveedores que atienden a esta persona y, si estudia, con la enfermera escolar.
jobs-title = Tareas del portal
jobs-lead = Lo que el portal hace solo: archivos de los consultorios, lo que le toca a cada persona y la limpieza. Lo que falla se intenta seis veces.
jobs-none = Nada espera y nada quedó sin hacer.
jobs-given-up = Sin hacer
jobs-open = Espera o está en marcha
jobs-what = Qué
jobs-state = Cómo va
jobs-begun = Intentos
jobs-import = Un archivo de un consultorio
jobs-forecasts = Lo que le toca a cada persona
jobs-sweep = Limpieza
jobs-other = Algo de una versión más nueva
jobs-running = En marcha
jobs-waiting = Espera
jobs-asks = Espera que el consultorio responda una pregunta
jobs-again = Empezar de nuevo
jobs-begun-again = Empieza de nuevo.
jobs-tries = { $count ->
    [one] Una vez
   *[other] { $count } veces
}
jobs-newer = La misma tarea se pidió de nuevo desde entonces. Sigue con esa.
form-outcome-accepted = Aceptado
