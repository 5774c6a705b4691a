### groups

group-hepb = Hepatitis B
group-rotavirus = Rotavirus
group-dtap = Diphtheria, tetanus, whooping cough
group-hib = Hib
group-pneumococcal = Pneumococcal disease
group-polio = Polio
group-mmr = Measles, mumps, rubella
group-varicella = Chickenpox
group-hepa = Hepatitis A
group-menacwy = Meningococcal ACWY
group-menb = Meningococcal B
group-hpv = HPV
group-influenza = Flu
group-covid = COVID-19
group-rsv = RSV
group-zoster = Shingles
group-other = Other vaccines
timeline-label = Picture: { $count ->
    [one] one dose
   *[other] { $count } doses
  } given, and the time for the next ones. The lists say the same in words.
timeline-caption = Each mark is a dose. Early years have more room.
group-chikungunya = Chikungunya
group-cholera = Cholera
group-dengue = Dengue
group-ebola = Ebola
group-japanese-encephalitis = Japanese encephalitis
group-orthopoxvirus = Mpox and smallpox
group-rabies = Rabies
group-tbe = Tick-borne encephalitis
group-typhoid = Typhoid
group-yellow-fever = Yellow fever
