### family

family-title = Su familia
family-born = Fecha de nacimiento: { $date }
family-see = Ver el registro
family-ask = Pedir el registro certificado
family-nobody = Todavía no hay ningún registro conectado con su cuenta. Pida a su consultorio que lo conecte.
family-requests = Lo que ha pedido
family-no-requests = Todavía no ha pedido un registro certificado.
request-asked = Pedido
request-returned = Devuelto
request-released = Listo
request-asked-on = Pedido el
request-state-label = Estado
request-next = Qué sigue
request-open = Abrir el certificado
request-reason = El consultorio dice: { $reason }
request-again = Pedir otra vez
request-waits = En espera en { $office }
ask-title = Pedir el registro certificado
ask-heading = Pedir el registro certificado de { $name }
ask-lead = El consultorio comprueba quién es usted y revisa el registro antes de entregarlo.
ask-office = ¿Qué consultorio?
ask-office-hint = Estos consultorios han puesto vacunas o dado atención.
ask-office-missing = Elija un consultorio
ask-no-office = Ningún consultorio tiene este registro a su cargo. Llame a su consultorio y pida que lo busque.
ask-purpose = ¿Para qué es?
ask-recipient = Nombre de la escuela o campamento
ask-recipient-hint = Puede dejarlo vacío.
ask-send = Enviar la solicitud
ask-sent-title = Su solicitud está en el consultorio
ask-sent-text = Hemos pedido al consultorio el registro certificado de { $name }.
ask-sent-next = El consultorio puede llamarle para comprobar quién es usted. Encontrará el registro en «Su familia» cuando esté listo.
purpose-school = Escuela o guardería
purpose-camp = Campamento
purpose-college = Universidad
purpose-travel = Viaje
purpose-work = Trabajo
purpose-own = Nuestros archivos
sharing-title = Quién puede ver este registro
sharing-open = El registro se comparte con sus consultorios y, si es estudiante, con la enfermera escolar.
sharing-blocked = Hay una objeción a compartir datos en vigor o en espera de decisión: las escuelas y otros consultorios no ven el registro.
sharing-forms = { $count ->
    [0] No se ha enviado ningún formulario.
    [one] Se ha enviado un formulario.
   *[other] Se han enviado { $count } formularios.
  }
sharing-change = Oponerse a compartir o retirar una objeción
looked-title = Quién consultó este registro
looked-link = Ver quién consultó
looked-text = Cada consulta y cada cambio quedan anotados. Es su derecho según M.G.L. c. 66A.
looked-when = Cuándo
looked-who = Quién
looked-role = En calidad de
looked-what = Qué
looked-system = El propio registro
looked-public = Alguien sin sesión iniciada
looked-read = Leyó el registro
looked-found = Vio el nombre
looked-overdue = Vio en una lista que hay una vacuna atrasada
looked-times = { $count ->
    [one] Una vez ese día
   *[other] { $count } veces ese día
}
looked-reason = Motivo: { $reason }
looked-changed = Cambió el registro
looked-certificate = Trabajó en un certificado
looked-school = Revisó requisitos escolares
looked-form = Trabajó en un formulario de objeción
looked-refused = Se le negó
certificate-ready = El certificado está listo. La escuela puede comprobarlo con su código.
certificate-download = Descargar el certificado (PDF)
certificate-share = Imprímalo o envíelo a la escuela. Guarde una copia.
certificate-released = El certificado se ha entregado. La familia ya puede descargarlo.
certificate-revoke-title = Anular este certificado
certificate-revoke-text = Desde ese momento, a quien lo compruebe se le dirá que no es válido. No se puede deshacer.
certificate-revoke = Anular
certificate-revoked-reason = Motivo: { $reason }
sharing-said = El Departamento dice: { $reason }
certificate-revoked-family = El consultorio anuló este certificado el { $date }. Ya no lo use: pida uno nuevo al consultorio.
ask-already-title = Ya hay una solicitud abierta
ask-already-text = El consultorio todavía tiene una solicitud anterior del registro certificado de { $name } y no se le añadió nada. Un certificado sirve para todo. Si también lo necesita para otra cosa, dígaselo al consultorio.
paper-fault-legend = * Esta dosis no cuenta para el requisito que se nombra aquí.
looked-asked = Pidió el registro certificado
looked-verified = Comprobó un certificado por su código
timeline-swipe = Deslice la imagen hacia un lado para ver todos los años.
timeline-touch = Toque una marca, o pulse ← →.
record-earlier = Vacunas anteriores ({ $count } visitas)
record-no-certificate = Esta impresión no es un certificado. Las escuelas necesitan el registro certificado de su consultorio.
