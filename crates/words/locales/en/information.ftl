### information

information-title = What is recorded about you
information-lead = Here is all of it, in plain words.
information-what = What is kept
information-what-1 = Your name, date of birth and gender; your address and telephone number, so that you can be reached; and for those under 18 the mother’s name, which tells children with the same name apart.
information-what-2 = For each dose: the vaccine, the day, the product and lot number, and the office that gave it.
information-law = Reporting is the law
information-law-1 = Providers must report every vaccination (M.G.L. c. 111, s. 24M). There is no way to opt out of being recorded.
information-law-2 = You can decide that the record is not shared.
information-who = Who can see it
information-who-1 = You, and a parent or guardian for a child: everything.
information-who-2 = Your provider’s office: the whole record. Your child’s school nurse: the vaccines school requires and whether they are complete, nothing else.
information-who-3 = The Department of Public Health: everything, each time with a recorded reason.
information-objection = If you object to sharing
information-objection-1 = Schools, new doctors, local boards of health and WIC will not see the record. For them it is as if there were none.
information-objection-2 = The offices that gave doses still see those doses. The Department still sees all of them.
information-objection-3 = It costs you something: you have to keep and carry the record yourself, and a new doctor may give a dose you have already had.
information-rights = Your rights
information-rights-1 = You may see the record, ask for a correction, and learn who looked at it (M.G.L. c. 66A).
