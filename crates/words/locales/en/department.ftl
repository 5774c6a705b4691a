### department

department-title = Records
department-reason = Which case?
department-reason-hint = Recorded with each record you open, and shown to the person. For example: measles outbreak 2026-14.
department-reason-keep = Keep the reason
department-reason-first = Give a reason first. Then you can search.
forms-title = Objection forms that wait
forms-empty = No form is waiting.
forms-object = Objection
forms-withdraw = Withdrawal
form-title = Objection form
form-state-submitted = Submitted
form-state-needs = Needs information
form-state-no-record = Accepted, no record yet
form-state-in-effect = In effect
form-state-rejected = Rejected
form-state-superseded = Replaced by a later form
form-accept-title = Accept
form-who = Which records is it about?
form-who-hint = Tick every record of the same person. One person can be on file more than once.
form-no-record = Nobody on file
form-no-record-hint = It takes effect when the record appears.
form-accept = Accept
form-more-title = Ask for more
form-more = What is missing?
form-more-send = Ask
form-reject-title = Reject
form-reject-reason = Why?
form-reject = Reject
form-person = { $sure }. Address: { $address }. Telephone: { $phone }. Mother: { $mother }.
forms-wait = { $count ->
    [one] One form waits.
   *[other] { $count } forms wait.
}
forms-search-again = Search for another form
form-told = What whoever sent it reads with the receipt
forms-names = { $count ->
    [one] They are for one person.
   *[other] They are for { $count } people.
}
forms-more = { $count ->
    [one] and one more of the same name
   *[other] and { $count } more of the same name
}
forms-search = Look for a form
forms-sought = Receipt number or last name
forms-sought-hint = Forms that were decided are found too.
forms-found = Forms found
forms-none-found = No form has this number or name.
forms-same-name = Other forms that wait for the same name
department-task = What for?
department-task-missing = Choose what you look for
department-reason-missing = Say in a few words which case it is
look-disease = To trace or stop a disease
look-asked = The person or family asked for help
look-quality = To find or correct a mistake
look-oversight = To check how records are used
form-from-home = No, it was sent from home
form-decided-accepted = The form { $receipt } is accepted.
form-decided-asked = The form { $receipt } waits for what you asked for.
form-decided-superseded = The form { $receipt } is closed. A later form decides.
form-decided-rejected = The form { $receipt } is rejected.
sharing-open-department = The record is shared with the providers who care for this person and, for students, with the school nurse.
jobs-title = Work of the portal
jobs-lead = What the portal does by itself: files of offices, what is due for everybody, and tidying up. What fails is tried six times.
jobs-none = Nothing waits, and nothing was given up.
jobs-given-up = Given up
jobs-open = Waits or is being done
jobs-what = What
jobs-state = How it stands
jobs-begun = Begun
jobs-import = A file of an office
jobs-forecasts = What is due for everybody
jobs-sweep = Tidying up
jobs-other = Something of a newer version
jobs-running = Is being done
jobs-waiting = Waits
jobs-asks = Waits for the office to answer a question
jobs-again = Begin again
jobs-begun-again = It begins again.
jobs-tries = { $count ->
    [one] Once
   *[other] { $count } times
}
jobs-newer = The same work was asked for anew since. It goes on with that.
form-outcome-accepted = Accepted
