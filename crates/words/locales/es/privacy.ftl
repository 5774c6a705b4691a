### privacy

privacy-title = Privacidad
privacy-lead = Qué guarda este sitio y qué no.
privacy-kept = Qué se guarda
privacy-kept-1 = Los registros, en computadoras del estado. No se envía nada a nadie más y estas páginas no usan ningún servicio externo.
privacy-kept-2 = Nada sobre su salud se guarda en su navegador, en un correo o en una dirección web.
privacy-cookies = Cookies
privacy-cookies-1 = Una para su sesión, una para su idioma y una para el formulario que está llenando. Ninguna le sigue.
privacy-looks = Las consultas quedan anotadas
privacy-looks-1 = Quien abre un registro queda anotado. Usted puede leer la lista de los registros de su familia.
privacy-law = La ley
privacy-law-1 = M.G.L. c. 111, s. 24M; 105 CMR 222; M.G.L. c. 66A; y 201 CMR 17.00.
