### schools

schools-title = For schools
schools-lead = See in minutes, not weeks, which students have met the entry requirements of 105 CMR 220.
schools-check = How the check works
schools-check-1 = Upload your class list as your student system exports it. Before anything is saved you see who is on file, who is doubtful and who was not found.
schools-check-2 = Each student then has a status and, for each requirement, one sentence: met, and by what; or not, why, and from when it can be.
schools-list = What we keep of your list
schools-list-1 = Who is on file is kept as your student. Of the others we keep only your own student number. The file itself is forgotten.
schools-none = No record can be shared
schools-none-1 = Ask the family for the certificate. There are several reasons why we cannot show a record, and we cannot say which one it is.
schools-certificate = A family brings a certificate
schools-certificate-1 = Check it by its code. If it is valid, it is the certificate the law asks for.
schools-enter = Go to the classes
