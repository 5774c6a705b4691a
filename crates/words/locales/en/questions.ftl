### questions

questions-title = Questions and answers
questions-about = Answers to what families ask most about vaccination records: copies, school, mistakes and data sharing.
question-copy = How do I get a copy of my child’s record?
answer-copy = Sign in and ask your provider’s office for the certified record, or call the office. They check who you are, read the record through and release it. You download it here.
question-school = Will the school accept it?
answer-school = Yes. The certified record is the certificate that M.G.L. c. 76, s. 15 asks for, and the school can check it by its code.
question-wrong = Something in the record is wrong. What can I do?
answer-wrong = Call the office that gave the dose. It can correct or take back what it reported, and the old entry is kept with the reason.
question-missing = A dose is missing.
answer-missing = Bring your own papers to your provider’s office. It can add doses from another state or country to the record.
question-valid = Why does a dose not count for school?
answer-valid = Most often it was given a little too early, or too soon after another one. The record says which, and from when the dose can be given again.
question-optout = Can I have the record deleted?
answer-optout = No. Reporting is the law. You can object to sharing it.
question-moved = We have moved to another town. What do I have to do?
answer-moved = Nothing for the record: it is the same all over the state. Tell your provider the new address, so that the office can reach you.
question-exempt = My child has an exemption. When must I renew it?
answer-exempt = Each school year, at its start. For a medical exemption you need a doctor’s letter. For a religious one, the family signs a statement. There are no others in Massachusetts.
question-lost = I have lost my certificate.
answer-lost = Sign in and download it again. If you cannot sign in or have no account, call your provider’s office: it has your doses in its own system.
