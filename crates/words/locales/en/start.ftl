### start

start-title = Massachusetts immunization records
start-heading = Immunization records for every age
start-lead = Get your family’s record. See what your school asks for. Report doses. Decide who may see a record.
start-family = Get my family’s record
start-family-text = Ask your provider for the certified record that schools and camps accept.
start-school = I work at a school
start-school-text = See which students have met the requirements, and what is missing.
start-provider = I work at a provider’s office
start-provider-text = Find a record, report doses, and sign records for families.
start-verify = Check a certificate
start-verify-text = Type the code on a certificate to see whether it is valid.
start-objection = Object to data sharing
start-objection-text = Decide that schools and other providers may not see a record, or change your mind.
start-questions = Questions and answers
start-questions-text = What families ask us most.
start-why = Why there is a registry
start-why-text = Records get lost when people move or change doctors. With one safe place for all of them, nobody gets a vaccine twice without need, and nobody misses a dose.
start-why-more = More about the registry
