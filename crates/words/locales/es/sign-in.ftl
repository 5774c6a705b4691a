### sign-in

sign-in-title = Inicie sesión en su cuenta
sign-in-about = Aquí entran las familias, los consultorios y las escuelas para ver registros.
sign-in-login = Nombre de usuario
sign-in-password = Contraseña
sign-in-wrong = El nombre de usuario o la contraseña no son correctos
sign-in-needed = Inicie sesión para continuar. Si ya la había iniciado, terminó porque no se usó durante un tiempo.
demo-title = Usuarios de demostración
demo-text = Todos tienen la contraseña «{ $password }».
desk-text = En esta versión todavía no hay páginas para su función. Puede comprobar certificados.
role-family = Familia
role-provider-staff = Consultorio
role-provider-admin = Administrador de accesos del consultorio
role-school-nurse = Enfermera escolar
role-school-registrar = Secretaría escolar
role-child-care = Centro de cuidado infantil
role-college = Servicio de salud universitario
role-dph-reviewer = Departamento de Salud Pública, revisión
role-dph-epidemiologist = Departamento de Salud Pública, epidemiología
role-dph-admin = Departamento de Salud Pública, administración
role-help-desk = Mesa de ayuda
standing-title = ¿Como qué desea continuar?
standing-hint = Puede cambiarlo en cualquier momento en la parte de arriba de cada página.
standing-as = { $what } (cambiar)
