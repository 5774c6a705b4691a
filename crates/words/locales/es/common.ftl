### common

site-name = Registros de vacunación
brand-state = Estado de Massachusetts
skip-link = Ir al contenido principal
demo-strip = Esto es una demostración. Todas las personas son inventadas.
sign-in = Iniciar sesión
sign-out = Cerrar sesión
warning = Importante
to-start = Ir a la página de inicio
error-summary = Hay un problema
nav-label = Sus páginas
nav-home = Su página de inicio
nav-family = Su familia
nav-sharing = Compartir datos
nav-find = Buscar una persona
nav-requests = Solicitudes de registros
nav-import = Importar archivos
nav-objection = Entregar una objeción
nav-classes = Clases
nav-upload = Subir una lista de clase
nav-department = Registros
nav-forms = Formularios de objeción
nav-feedback = Opiniones
footer-label = Sobre este sitio
footer-law = El Departamento de Salud Pública mantiene el registro conforme a M.G.L. c. 111, s. 24M y 105 CMR 222.
back-family = Su familia
back-record = Volver al registro
back-find = Buscar una persona
back-queue = Solicitudes de registros
back-import = Importar archivos
back-school = Clases
back-board = Volver a la clase
back-step = Atrás
seek-everything = Mostrar todo
seek-found = { $count ->
    [one] Se encontró 1.
   *[other] Se encontraron { $count }.
}
pages-label = Páginas de esta lista
pages-at = Página { $page } de { $pages }
demo-label = Demostración
