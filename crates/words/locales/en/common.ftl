### common

site-name = Immunization records
brand-state = Commonwealth of Massachusetts
skip-link = Skip to the main content
demo-strip = This is a demonstration. All people in it are made up.
sign-in = Sign in
sign-out = Sign out
warning = Important
to-start = Go to the start page
error-summary = There is a problem
nav-label = Your pages
nav-home = Your start page
nav-family = Your family
nav-sharing = Data sharing
nav-find = Find a person
nav-requests = Record requests
nav-import = Import files
nav-objection = Hand in an objection
nav-classes = Classes
nav-upload = Upload a class list
nav-department = Records
nav-forms = Objection forms
nav-feedback = Feedback
footer-label = About this site
footer-law = The registry is kept by the Department of Public Health under M.G.L. c. 111, s. 24M and 105 CMR 222.
back-family = Your family
back-record = Back to the record
back-find = Find a person
back-queue = Record requests
back-import = Import files
back-school = Classes
back-board = Back to the class
back-step = Back
seek-everything = Show everything
seek-found = { $count ->
    [one] 1 found.
   *[other] { $count } found.
}
pages-label = Pages of this list
pages-at = Page { $page } of { $pages }
demo-label = Demonstration
