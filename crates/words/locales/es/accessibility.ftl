### accessibility

accessibility-title = Accesibilidad
accessibility-lead = Todo el mundo debe poder usar estas páginas.
accessibility-how = Cómo las hacemos
accessibility-how-1 = Siguen las pautas WCAG 2.2, nivel AA. Funcionan con teclado, con lector de pantalla, en una pantalla pequeña y sin scripts.
accessibility-how-2 = Los documentos están etiquetados para lectores de pantalla.
accessibility-trouble = Si algo no le funciona
accessibility-trouble-1 = Díganoslo, sin datos personales. Su consultorio también puede hacerlo todo por teléfono.
