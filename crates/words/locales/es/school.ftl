### school

school-title = Su escuela
school-classes = Clases
school-students = Estudiantes
school-whole = Los { $count } estudiantes
school-no-classes = Todavía no hay listas. Suba una para empezar.
school-saved = La lista de clase se ha guardado.
upload-title = Subir una lista de clase
upload-lead = Como la exporta su sistema: nombre, fecha de nacimiento, grado y, si quiere, número de estudiante y clase.
upload-sample = Ver un ejemplo (CSV)
upload-file = Lista de clase
upload-hint = CSV o Excel (xlsx), hasta 5.000 estudiantes.
upload-send = Subir y revisar
upload-privacy = No se guarda nada antes de que usted lo revise. De los estudiantes que no están registrados guardamos solo el número de estudiante.
upload-empty = No hay estudiantes en este archivo
upload-too-long = La lista es demasiado larga o ancha
upload-not-a-list = No podemos leer esta lista. Guárdela como CSV o xlsx.
review-list-title = Revisar la lista de clase
review-columns-lead = Diga qué es cada columna. Entre paréntesis hay un ejemplo de su archivo.
review-no-column = No está en el archivo
review-column-needed = Elija la columna para «{ $field }»: es necesaria
review-columns-change = Cambiar las columnas
review-found = Registrado
review-new = Nuevos en sus listas
review-moved = Vienen de otra clase
review-moved-from = Registrado, viene de { $class }
review-doubtful = Dudoso
review-none = No se puede compartir ningún registro
review-leaving = Dejan estas clases
review-doubtful-title = ¿De quién se trata?
review-doubtful-text = El nombre y la fecha solos no dicen quién es. Elija, o diga que no es ninguno. Solo mostramos en qué coinciden su lista y el registro.
review-doubtful-nurse = El nombre y la fecha solos no dicen quién es. La enfermera escolar puede decir quién es. Hasta entonces no se vincula ningún registro.
review-candidate = Registro { $number } – { $what }
review-agrees-yes = { $what }: igual
review-agrees-nearly = { $what }: casi igual
review-agrees-no = { $what }: distinto
review-choose = Elija
review-choose-missing = Elija de quién se trata en la fila { $line }
review-nobody = Ninguno de estos
review-save = { $count ->
    [one] Guardar un estudiante
   *[other] Guardar los { $count } estudiantes
  }
review-drop = Descartar la lista
review-lines = Estudiantes en el archivo
review-result = En el registro
review-none-text = «No se puede compartir ningún registro» tiene varios motivos. Pida el certificado a la familia.
review-faults = { $count ->
    [one] Un problema en el archivo
   *[other] { $count } problemas en el archivo
  }
review-faults-text = Estas filas se omiten. Corrija el archivo y súbalo otra vez, o siga sin ellas.
review-line = Fila { $line }
review-fault = No se puede leer: { $field }
review-fault-missing = Falta: { $field }
board-title = Lista de clase
board-heading = { $school }: { $class }
board-whole = todas las clases
board-as-of = Al { $date }
board-on = Mostrar otro día
board-show = Mostrar
board-student = Estudiante
board-grade = Grado
board-class = Clase
board-number = Número de estudiante
board-status = Estado
board-open = Pendiente
board-changes = Cambia el { $date }
board-no-name = Estudiante { $number }
board-no-record-text = No se puede compartir ningún registro. Pida el certificado a la familia.
board-pdf = Imprimir (PDF)
board-csv = Descargar (CSV)
rows-search = Buscar en esta lista
rows-matches = “{ $typed }”: { $count } en la lista
board-confidential = Información de salud confidencial de estudiantes. No la deje a la vista.
board-paper-title = { $school }: { $class }
student-doses = Vacunas exigidas por la escuela
status-complete = Completo
status-exempt = Exento
status-exempt-renewal = Exento, falta renovar
status-in-process = En curso
status-provisional = Provisional
status-incomplete = Incompleto
status-not-complete = No completo
status-no-record = Sin registro
status-not-checked = Sin reglas para este grado
review-leaving-title = { $count ->
    [one] Un estudiante ya no está en esta lista
   *[other] { $count } estudiantes ya no están en esta lista
  }
review-leaving-text = Salen de estas clases si reemplaza las listas.
review-no-number = Algunos estudiantes sin registro para compartir no tienen número de estudiante en este archivo. Sus nombres no se guardan: las listas los nombrarán solo por su lugar. Añada una columna con números de estudiante para distinguirlos.
review-whole-name = Nombre completo (Apellido, Nombre)
review-ask-sheet = ¿Qué hoja es la lista de la clase?
review-ask-header = ¿Qué línea tiene los nombres de las columnas?
review-ask-header-hint = Estas son las primeras líneas del archivo.
review-ask-order = Su archivo tiene fechas como { $example }. Se pueden leer de dos maneras.
review-ask-class = ¿De qué clase es esta lista?
review-ask-class-hint = El archivo no tiene columna para la clase. Déjelo vacío si la lista es de todo un grado o de toda la escuela.
review-grades-title = ¿Qué grado es?
review-grades-text = Dígalo una vez. Lo recordamos para su escuela.
review-grade-word = { $count ->
    [one] «{ $word }» (un estudiante)
   *[other] «{ $word }» ({ $count } estudiantes)
  }
review-grades-save = Usar estos grados
grade-preschool = Preescolar
grade-kindergarten = Kínder
grade-year = Grado { $year }
review-ages-title = ¿Está bien el año de nacimiento?
review-ages-text = En estas filas la edad no corresponde al grado: { $rows }. Revise el año de nacimiento antes de guardar.
review-repeated = Más de una vez en la lista
review-namesake = Mismo nombre y fecha de nacimiento que la fila { $row }, con otro número
review-namesakes-text = Algunas filas tienen el mismo nombre y la misma fecha de nacimiento con dos números de estudiante. Si es un solo niño, quite una de las filas. Si son dos, deje las dos. Si un registro puede ser de cualquiera de los dos, la enfermera escolar elige.
review-again = Ya está en la fila { $row }
review-how = ¿Qué pasa con las listas de { $classes }?
review-replace = Reemplazarlas con esta lista
review-replace-hint = { $count ->
    [one] Sale un estudiante.
   *[other] Salen { $count } estudiantes.
  }
review-add = Solo añadir estos estudiantes
review-add-hint = No sale nadie.
review-changed = Las listas han cambiado. Mire otra vez quién sale y elija
review-how-missing = Elija qué pasa con las listas
review-reason-title = ¿Por qué están estos estudiantes en su lista?
review-reason-elsewhere = Otra escuela tiene a estos estudiantes en su lista. Avisamos a esa escuela.
review-reason-age = La edad de estos estudiantes no corresponde al grado.
review-reason-ask = Diga por qué llegan a su escuela
review-reason-ask-hint = Por ejemplo: se mudó aquí en agosto. La familia puede ver que usted los puso en la lista.
review-reason-missing = Diga por qué estos estudiantes llegan a su escuela
listed-title = Otra escuela puso en su lista a estudiantes suyos
listed-text = Si no es correcto, llame a esa escuela. Quite de su lista a quienes ya se fueron.
listed-by = Escuela
listed-why = Por qué
listed-seen = Ya lo vimos
board-one-class = clase { $class }
board-only = Solo se muestran estos estudiantes: { $status }.
roster-gone-title = Esta lista ya no está aquí
roster-gone-text = Se guardó, se descartó o tenía más de un día. Sus clases muestran lo que está guardado.
roster-gone-link = Ver sus clases
board-bars-hint = Elija un estado para ver solo a sus estudiantes.
review-nothing = Ninguna línea de este archivo se puede leer como estudiante. Corrija el archivo y súbalo de nuevo.
review-leaving-unread = Algunas filas del archivo no se pudieron leer, o pueden ser de uno de estos estudiantes. Revíselas primero: quien está en una de esas filas también sale.
