### verify

verify-title = Comprobar un certificado
verify-lead = Escriba el código completo impreso en el certificado. Aquí no se puede buscar a nadie por su nombre.
verify-code = Código
verify-hint = 16 letras y cifras debajo de la imagen cuadrada.
verify-button = Comprobar
verify-not-a-code = Un código tiene 16 letras y cifras. Compárelo con el papel.
verify-unknown = No se conoce
verify-unknown-text = No hay ningún certificado con este código. Compárelo con el papel letra por letra.
verify-revoked = Anulado
verify-revoked-text = El certificado { $number } fue anulado el { $date }. Pida uno nuevo a la familia.
verify-valid = Válido
verify-valid-text = Compare estos datos con el papel. Deben ser iguales.
verify-initials = Iniciales
verify-birth-year = Año de nacimiento
verify-doses = Número de dosis
verify-digest = Resumen de las dosis
verify-replaced = Se emitió un certificado más nuevo en su lugar.
verify-changed = Auténtico, pero el registro ha cambiado
verify-changed-text = Este certificado es auténtico. Una de sus dosis se cambió en el registro el { $date }. Si necesita estar seguro, pida uno nuevo a la familia.
