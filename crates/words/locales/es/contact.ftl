### contact

contact-title = Contacto
contact-lead = Quién puede ayudarle y con qué.
contact-record = Sobre su registro
contact-record-1 = Su consultorio. Puede ver el registro, corregirlo y certificarlo.
contact-department = Sobre el registro en general
contact-department-1 = Departamento de Salud Pública de Massachusetts, División de Inmunización, Boston.
contact-department-2 = No envíe datos de salud por correo electrónico.
