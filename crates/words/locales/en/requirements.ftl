### School requirements: names and the one sentence each.

requirement-dtap = Diphtheria, tetanus, whooping cough (DTaP)
requirement-tdap = Tetanus, diphtheria, whooping cough booster (Tdap)
requirement-polio = Polio
requirement-hepb = Hepatitis B
requirement-mmr = Measles, mumps, rubella (MMR)
requirement-varicella = Chickenpox (varicella)
requirement-menacwy = Meningococcal disease (MenACWY)

list-separator = {", "}
names-separator = {"; "}
outcome-met = { $count ->
    [one] Met by the dose of { $dates }.
   *[other] Met by the doses of { $dates }.
  }
outcome-met-until = Met for now by { $dates }. Another dose is required from { $date }.
outcome-laboratory = Met: a laboratory test shows immunity.
outcome-history = Met: a clinician documented the disease.
outcome-exempt-medical = Exempt this school year by a physician’s letter.
outcome-exempt-religious = Exempt this school year: the family signed a religious statement.
outcome-exempt-stale = The exemption letter is from an earlier school year. It has to be renewed.
outcome-in-process = { $have } of { $need } doses. The next dose can be given from { $date }.
outcome-none = { $need ->
    [one] No dose on record that counts. One is required, and it can be given now.
   *[other] No dose on record that counts. { $need } are required, and the first can be given now.
  }
outcome-none-from = { $need ->
    [one] No dose on record that counts. One is required, and it can be given from { $date }.
   *[other] No dose on record that counts. { $need } are required, and the first can be given from { $date }.
  }
outcome-not-met = { $have } of { $need } doses count. The next one can be given now.
outcome-none-count = { $need ->
    [one] No dose on record that counts. One is required.
   *[other] No dose on record that counts. { $need } are required.
  }
outcome-count = { $have } of { $need } doses count.
outcome-no-primary-series = The booster is on record, but the childhood series before it is not.

fault-too-young = Given too early. It would have counted from { $date }.
fault-too-old = Given after the age this short series is for.
fault-too-soon = Given too soon after the dose before. It would have counted from { $date }.
fault-live-conflict = Given less than 28 days after another live vaccine.
fault-same-day = The same vaccine is on record twice on this day.
