### family

family-title = Your family
family-born = Born { $date }
family-see = See the record
family-ask = Ask for the certified record
family-nobody = No record is connected with your account yet. Ask your provider’s office to connect it.
family-requests = What you asked for
family-no-requests = You have not asked for a certified record yet.
request-asked = Asked
request-returned = Sent back
request-released = Ready
request-asked-on = Asked on
request-state-label = Where it stands
request-next = What next
request-open = Open the certificate
request-reason = The office says: { $reason }
request-again = Ask again
request-waits = Waits at { $office }
ask-title = Ask for the certified record
ask-heading = Ask for { $name }’s certified record
ask-lead = The office checks who you are and reads the record through before it releases it.
ask-office = Which office?
ask-office-hint = These offices have given vaccinations or care.
ask-office-missing = Choose an office
ask-no-office = No office has this record in its care. Call your provider’s office and ask it to look the record up.
ask-purpose = What is it for?
ask-recipient = Name of the school or camp
ask-recipient-hint = You can leave it empty.
ask-send = Send the request
ask-sent-title = Your request is with the office
ask-sent-text = We have asked the office for { $name }’s certified record.
ask-sent-next = The office may call you to check who you are. You find the record under “Your family” when it is ready.
purpose-school = School or child care
purpose-camp = Camp
purpose-college = College
purpose-travel = Travel
purpose-work = Work
purpose-own = Our own files
sharing-title = Who may see this record
sharing-open = The record is shared with your providers and, for students, with the school nurse.
sharing-blocked = An objection to data sharing is in effect or waits for a decision: schools and other providers do not see the record.
sharing-forms = { $count ->
    [0] No form has been submitted.
    [one] One form has been submitted.
   *[other] { $count } forms have been submitted.
  }
sharing-change = Object to sharing, or withdraw an objection
looked-title = Who looked at this record
looked-link = See who looked
looked-text = Every look and every change is written down. This is your right under M.G.L. c. 66A.
looked-when = When
looked-who = Who
looked-role = As what
looked-what = What
looked-system = The registry itself
looked-public = Somebody not signed in
looked-read = Read the record
looked-found = Saw the name
looked-overdue = Saw in a list that a vaccine is overdue
looked-times = { $count ->
    [one] Once on that day
   *[other] { $count } times on that day
}
looked-reason = Reason: { $reason }
looked-changed = Changed the record
looked-certificate = Worked on a certificate
looked-school = Checked school requirements
looked-form = Worked on an objection form
looked-refused = Was refused
certificate-ready = The certificate is ready. The school can check it by its code.
certificate-download = Download the certificate (PDF)
certificate-share = Print it or send it to the school. Keep a copy.
certificate-released = The certificate is released. The family can download it now.
certificate-revoke-title = Revoke this certificate
certificate-revoke-text = From then on everybody who checks it is told that it is not valid. This cannot be undone.
certificate-revoke = Revoke
certificate-revoked-reason = Reason: { $reason }
sharing-said = The Department says: { $reason }
certificate-revoked-family = The office revoked this certificate on { $date }. Do not use it any more: ask the office for a new one.
ask-already-title = One request is open already
ask-already-text = The office still has an earlier request for { $name }’s certified record, and nothing was added to it. One certificate serves for every purpose. If you need it for something else as well, tell the office.
paper-fault-legend = * This dose does not count for the requirement named here.
looked-asked = Asked for the certified record
looked-verified = Checked a certificate by its code
timeline-swipe = Move the picture sideways to see every year.
timeline-touch = Touch a mark, or press ← →.
record-earlier = Earlier vaccinations ({ $count } visits)
record-no-certificate = This print is not a certificate. Schools need the certified record from your provider.
