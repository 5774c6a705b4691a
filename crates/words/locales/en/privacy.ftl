### privacy

privacy-title = Privacy
privacy-lead = What this site keeps, and what it does not.
privacy-kept = What is kept
privacy-kept-1 = The registry’s records, on the state’s computers. Nothing is sent to anybody else, and no outside service is used on these pages.
privacy-kept-2 = Nothing about your health is kept in your browser, in an email or in a web address.
privacy-cookies = Cookies
privacy-cookies-1 = One for your session after you sign in, one for your language, one for a form you are filling in. None follows you.
privacy-looks = Looks are written down
privacy-looks-1 = Whoever opens a record is written down. You can read the list of your family’s records.
privacy-law = The law
privacy-law-1 = M.G.L. c. 111, s. 24M; 105 CMR 222; M.G.L. c. 66A; 201 CMR 17.00.
