### sign-in

sign-in-title = Sign in to your account
sign-in-about = Families, offices and schools sign in here to see records.
sign-in-login = User name
sign-in-password = Password
sign-in-wrong = The user name or the password is wrong
sign-in-needed = Sign in to go on. If you were signed in, your session has ended because it was not used for a while.
demo-title = Demonstration users
demo-text = Every one has the password “{ $password }”.
desk-text = There are no pages for your role in this version yet. You can check certificates.
role-family = Family
role-provider-staff = Provider’s office
role-provider-admin = Provider’s access administrator
role-school-nurse = School nurse
role-school-registrar = School registrar
role-child-care = Child care center
role-college = College health service
role-dph-reviewer = Department of Public Health, reviewer
role-dph-epidemiologist = Department of Public Health, epidemiologist
role-dph-admin = Department of Public Health, administrator
role-help-desk = Help desk
standing-title = As what do you want to go on?
standing-hint = You can change this at any time at the top of each page.
standing-as = { $what } (change)
