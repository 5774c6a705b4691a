### providers

providers-title = Para los consultorios
providers-lead = Informe cada dosis en un plazo de 72 horas y vea lo que otros han puesto.
providers-report = Informar
providers-report-1 = Con un formulario, dosis por dosis; o con un archivo: mensajes de vacunación HL7 versión 2.5.1 o una tabla (CSV, xlsx).
providers-report-2 = Cada mensaje recibe una respuesta: aceptado, aceptado con avisos, o rechazado con el lugar y el motivo. Los rechazados se guardan hasta que usted los corrija.
providers-record = El registro
providers-record-1 = De las personas a su cargo ve el registro completo, sin importar dónde se pusieron las dosis.
providers-certify = Registros certificados
providers-certify-1 = Las familias se los piden. Usted comprueba quiénes son, revisa el registro y lo entrega.
providers-form = Objeciones
providers-form-1 = Un paciente puede entregar el formulario de objeción en su mostrador. Empiécelo desde sus páginas.
providers-enter = Ir a sus páginas
