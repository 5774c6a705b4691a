### about

about-title = What the registry is
about-lead = The Massachusetts Immunization Information System is the state’s list of vaccinations. It is for people of all ages, and it is private.
about-what = What it does
about-what-1 = Doctors, nurses and pharmacists report each dose within 72 hours. The registry puts all doses of one person together.
about-what-2 = It is run by the Immunization Division of the Department of Public Health.
about-why = Why it matters
about-why-1 = For you: one record of all doses that are reported. Your provider sees when a dose is missed, and is warned before one is given twice.
about-why-2 = For schools: no weeks of paper work in August, and fewer children sent home because a paper is missing.
about-why-3 = For everybody: public health can see where protection is low and act before a disease spreads.
about-who = Who runs it and who can look
about-who-1 = Only people with a reason can see a record: your provider, a school nurse for an enrolled student, and the Department. Each look is written down.
about-who-2 = You can see who looked at your family’s records.
