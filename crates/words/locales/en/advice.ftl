### advice: what the schedule says, in plain words

advice-title = What is due
advice-overdue = Overdue
advice-now = Due now
advice-allowed = Can be given
advice-later = Later
advice-decide = Decide together
advice-birthplace = Depends on birthplace
advice-decide-text = Not everybody needs it. You decide it with your doctor’s office.
advice-decide-office = Not for everybody: you and the patient decide it.
advice-decide-from-office = A shared clinical decision, from { $date }.
advice-immune-by-birth-office = Anyone born in the United States before { $date } is taken to be immune. The country of birth is not on record.
advice-season-over-office = This schedule goes to the season that ended on { $date }. What the next season asks for is not in it yet.
advice-contraindicated-office = Something on the record is a contraindication.
advice-immune-by-birth = Anyone born in the United States before { $date } is taken to be immune and needs no dose. Otherwise ask your doctor’s office.
advice-decide-from = From { $date } you can decide it with your doctor’s office.
advice-not-as-live = Dose { $dose } can be given now, but not as a live vaccine such as a nasal spray: that has to wait until { $date }.
advice-season-over = No dates yet
advice-flu-every-season = Every season
advice-flu-season = Everyone from 6 months of age needs a flu vaccine each season, best by the end of October. Ask your doctor’s office or a pharmacy for this season’s. The last season in this schedule ended on { $date }.
advice-flu-season-office = Recommended for everyone from 6 months of age, each season. Give the vaccine of the season by this year’s ACIP statement: this schedule ends with the season to { $date }.
advice-from-date = from { $date }
advice-from-age = from the age of { $age }
advice-from-later = later in life
advice-far = Recommended { $when }.
advice-far-decide = Not everybody needs it. You decide it with your doctor’s office, { $when }.
advice-far-decide-office = A shared clinical decision, { $when }.
advice-done-until = { $vaccine } (next dose { $when })
advice-not-for-them = Not to be given
advice-overdue-text = Dose { $dose } is overdue.
advice-overdue-since = Dose { $dose } has been overdue since { $date }.
advice-now-text = Dose { $dose } is due now.
advice-now-until = Dose { $dose } is due now. From { $date } it is overdue.
advice-allowed-text = Dose { $dose } is due on { $date }. It can be given now.
advice-later-text = Dose { $dose } is due on { $date }.
advice-later-from = Dose { $dose } is due on { $date }. It can be given from { $from }.
advice-latest = It can be given until { $date }, not later.
advice-why-age = Recommended from the age of { $age }.
advice-why-interval = Recommended { $length } after { $date }.
advice-why-conflict = Two live vaccines need time between them: { $vaccine } was given on { $date }.
advice-why-season = Recommended when the season begins.
advice-why-latest-dose = Not before the latest dose.
advice-season-over-text = This schedule goes to the season that ended on { $date }. What the next season asks for is not in it yet. Ask your doctor’s office.
advice-contraindicated-text = The record shows a reason not to give this vaccine. Ask your doctor’s office.
advice-not-counted = { $count ->
    [one] One dose does not count.
   *[other] { $count } doses do not count.
  }
advice-see-why = See why.
advice-done = Nothing more is needed now
advice-immune = Immune, as the record shows
advice-too-old = Not needed at this age
advice-later-title = { $count ->
    [one] One vaccine later in life
   *[other] { $count } vaccines later in life
  }
advice-nothing-due = Nothing is due now.
advice-vaccines = Vaccine: { $names }
advice-schedule = Schedule used: CDC { $release }, as of { $date }.
advice-schedule-with = Schedule used: CDC { $release } with { $amendments }, as of { $date }.
advice-not-medical = This page helps you plan. It is not medical advice: decide with your doctor’s office.

note-counts = Counts
note-does-not-count = Does not count
note-extra = Not needed
note-for = { $group }: { $sentence }
note-too-young = Given before the minimum age.
note-too-soon = Given too soon after the dose before.
note-conflict = Given too soon after another live vaccine.
note-wrong-vaccine = This vaccine is not meant for this dose at this age.
note-inadvertent = This product is not meant for this.
note-too-old = Given after the age this vaccine is for.
note-already-complete = Nothing was missing any more when it was given.
note-unsound = The vaccine had expired or was not stored well.
note-counts-from = { $days ->
    [one] It would have counted one day later, on { $date }.
   *[other] It would have counted { $days } days later, on { $date }.
  }
note-counts-from-date = It would have counted from { $date }.
note-repeat-now = It can be repeated now.
note-repeat-from = It can be repeated from { $date }.

length-years = { $count ->
    [one] 1 year
   *[other] { $count } years
  }
length-months = { $count ->
    [one] 1 month
   *[other] { $count } months
  }
length-weeks = { $count ->
    [one] 1 week
   *[other] { $count } weeks
  }
length-days = { $count ->
    [one] 1 day
   *[other] { $count } days
  }
length-and = { $one } and { $two }
length-less = { $one } less { $two }

warning-title = Before you save
warning-lead = Look at this dose again before you save it:
warning-not-count = { $group }: this dose would not count.
warning-complete = { $group }: already complete. This dose is not needed.
warning-too-young = { $days ->
    [one] It is one day too early: it counts from { $date }, by age.
   *[other] It is { $days } days too early: it counts from { $date }, by age.
  }
warning-too-soon = { $days ->
    [one] It is one day too early after the dose before: it counts from { $date }.
   *[other] It is { $days } days too early after the dose before: it counts from { $date }.
  }
warning-conflict = { $days ->
    [one] It is one day too early after another live vaccine: it counts from { $date }.
   *[other] It is { $days } days too early after another live vaccine: it counts from { $date }.
  }
warning-wrong-vaccine = This vaccine is not meant for this dose at this age.
warning-too-old = This person is too old for this vaccine.
warning-recent = { $group }: { $vaccine } is on record for { $date } already ({ $office }).
warning-no-office = office not known
warning-reason = Why save it all the same?
warning-reason-hint = For example: it was given already, or a clinician decided so. Your reason is kept with the dose.
warning-reason-missing = Read what the schedule says: give a reason, or change the dose
warning-save = Save it all the same
warning-change = Or change what you entered, and save again.
change-warned = saved in spite of a warning

timeline-legend-counts = counts
timeline-legend-not = does not count
timeline-legend-extra = not needed
timeline-legend-window = time for the next dose
timeline-legend-overdue = overdue
timeline-today = today
timeline-given = given
timeline-window = Next dose: from { $from } to { $to }
timeline-window-open = Next dose: from { $from }
