### verify

verify-title = Check a certificate
verify-lead = Type the whole code printed on the certificate. Nobody can be looked up by name here.
verify-code = Code
verify-hint = 16 letters and digits below the square picture.
verify-button = Check
verify-not-a-code = A code has 16 letters and digits. Compare it with the paper.
verify-unknown = Not known
verify-unknown-text = There is no certificate with this code. Compare it with the paper letter by letter.
verify-revoked = Revoked
verify-revoked-text = Certificate { $number } was revoked on { $date }. Ask the family for a new one.
verify-valid = Valid
verify-valid-text = Compare these with the paper. They must be the same.
verify-initials = Initials
verify-birth-year = Year of birth
verify-doses = Number of doses
verify-digest = Digest of the doses
verify-replaced = A newer certificate was issued in its place.
verify-changed = Genuine, but the record has changed since
verify-changed-text = This certificate is genuine. A dose on it was changed in the registry on { $date }. Ask the family for a new one if you need to be sure.
