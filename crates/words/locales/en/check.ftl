### check: anybody checks a child's vaccines, without an account

check-title = Check a child’s vaccines
check-lead = See which vaccines count, what is due next, and when. You need no account.
check-private = What you type stays on this device. It is worked out in your browser, and nothing is sent.
check-private-server = Your browser does not run scripts, so our server works it out. It stores nothing of what you type.
check-born-missing = Enter the date of birth
check-born = Date of birth
check-sex = Sex
check-sex-hint = A few vaccines differ. You can leave it empty.
check-dates-title = Dates of the vaccines
check-order = How are the dates on the card written?
check-dates-hint = Type the dates from the card, with commas between: 3/15/2021, 6/20/2021. Leave empty what was not given.
check-list-title = Or paste a list
check-list = Pasted list
check-list-hint = One line for each vaccine with its dates, such as: MMR 3/15/2021
check-file = Or the data file of a record
check-file-hint = The file you can download from a record in this portal.
check-button = Check
check-hepb = Hepatitis B (HepB)
check-rotavirus = Rotavirus (RV)
check-dtap = Diphtheria, tetanus, whooping cough (DTaP)
check-hib = Hib
check-pcv = Pneumococcal disease (PCV)
check-polio = Polio (IPV)
check-mmr = Measles, mumps, rubella (MMR)
check-varicella = Chickenpox (Varicella)
check-hepa = Hepatitis A (HepA)
check-tdap = Booster for tetanus, whooping cough (Tdap)
check-menacwy = Meningococcal ACWY (MenACWY)
check-hpv = HPV
check-flu = Flu
check-covid = COVID-19
check-file-wrong = This is not a data file of a record
check-dates-wrong = “{ $text }” is not a date. Type it like this: 3/15/2021
check-too-many = There are more than 200 doses
check-date-future = { $date } is in the future
check-date-before-birth = { $date } is before the date of birth
check-answer-title = What the schedule says for somebody born on { $date }
check-unread = { $count ->
    [one] One line was not read. It is not counted:
   *[other] { $count } lines were not read. They are not counted:
  }
check-unread-then = If a dose stands there, type its date at its vaccine below. Until then, something may look due that was given.
check-unread-due = { $count ->
    [one] One line was not read. If it is about this vaccine, the dose may not be due.
   *[other] { $count } lines were not read. If one is about this vaccine, the dose may not be due.
  }
check-pentavalent = “Pentavalente” is counted with hepatitis B, as it is in most countries. If the card says “acelular”, or names polio with it, type it that way.
check-not-scheduled = Not on the schedule used in the United States. Nothing is due for it.
check-private-once = Our server worked this out. It stored nothing of what you typed.
check-doses-title = The vaccines you entered
check-failed = The check did not load. You can let our server work it out; it stores nothing.
check-failed-send = Let the server work it out
check-card = See what counts and what is due next. You need no account.
check-file-other = This file has another date of birth in it
data-file = Download the data file
data-file-text = It holds the date of birth, the sex, the vaccinations and proof of immunity, and no name. The page “Check a child’s vaccines” reads it.
