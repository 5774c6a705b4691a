### providers

providers-title = For providers
providers-lead = Report each dose within 72 hours, and see what others have given.
providers-report = Reporting
providers-report-1 = By form, dose by dose; or with a file: HL7 version 2.5.1 vaccination messages, or a table (CSV, xlsx).
providers-report-2 = Each message gets an answer: accepted, accepted with warnings, or refused with the place and the reason. Refused ones are kept until you have corrected them.
providers-record = The record
providers-record-1 = For people in your care you see the whole record. It does not matter where the doses were given.
providers-certify = Certified records
providers-certify-1 = Families ask you for them. You check who they are, read the record through, and release it.
providers-form = Objections
providers-form-1 = A patient can hand in the objection form at your desk. Start it from your pages.
providers-enter = Go to your pages
