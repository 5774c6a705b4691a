### contact

contact-title = Contact
contact-lead = Who can help you with what.
contact-record = About your record
contact-record-1 = Your provider’s office. It can see the record, correct it and certify it.
contact-department = About the registry
contact-department-1 = Immunization Division, Department of Public Health, Boston
contact-department-2 = Do not send health details by email.
