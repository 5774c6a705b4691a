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
  } from birth to today. The tables below say the same in words.
timeline-caption = Each dot is a dose. Early years have more room.
