### school

school-title = Your school
school-classes = Classes
school-students = Students
school-whole = All { $count } students
school-no-classes = No class list yet. Upload one to begin.
school-saved = The class list is saved.
upload-title = Upload a class list
upload-lead = As your student system exports it: name, date of birth, grade, and if you like student number and homeroom.
upload-sample = See a sample (CSV)
upload-file = Class list
upload-hint = CSV or Excel (xlsx), at most 5,000 students.
upload-send = Upload and review
upload-privacy = Nothing is saved before you have reviewed it. Of students who are not on file we keep only your own student number.
upload-empty = There are no students in this file
upload-too-long = The list is too long or too wide
upload-not-a-list = This is not a list we can read. Save it as CSV or xlsx.
review-list-title = Review the class list
review-columns-lead = Say which column is what. In brackets is an example from your file.
review-no-column = Not in the file
review-column-needed = Choose the column for “{ $field }”: it is needed
review-columns-change = Change the columns
review-found = On file
review-new = New on your lists
review-moved = Moved from another class
review-moved-from = On file, moves from { $class }
review-doubtful = Doubtful
review-none = No record can be shared
review-leaving = Leave these classes
review-doubtful-title = Who is meant?
review-doubtful-text = Names and dates alone do not say who it is. Choose, or say that it is nobody of these. We show only what is the same in your list and the record.
review-doubtful-nurse = Names and dates alone do not say who it is. The school nurse can say who is meant. Until then no record is linked to them.
review-candidate = Record { $number } – { $what }
review-agrees-yes = { $what }: the same
review-agrees-nearly = { $what }: nearly the same
review-agrees-no = { $what }: different
review-choose = Choose
review-choose-missing = Choose who is meant in row { $line }
review-nobody = Nobody of these
review-save = { $count ->
    [one] Save one student
   *[other] Save all { $count } students
  }
review-drop = Throw the list away
review-lines = Students in the file
review-result = In the registry
review-none-text = “No record can be shared” has several reasons. Ask the family for the certificate.
review-faults = { $count ->
    [one] One problem in the file
   *[other] { $count } problems in the file
  }
review-faults-text = These rows are left out. Correct the file and upload it again, or go on without them.
review-line = Row { $line }
review-fault = { $field } cannot be read
review-fault-missing = { $field } is missing
board-title = Class list
board-heading = { $school }: { $class }
board-whole = all classes
board-as-of = As of { $date }
board-on = Show another day
board-show = Show
board-student = Student
board-grade = Grade
board-class = Class
board-number = Student number
board-status = Status
board-open = Still open
board-changes = Changes on { $date }
board-no-name = Student { $number }
board-no-record-text = No record can be shared. Ask the family for the certificate.
board-pdf = Print (PDF)
board-csv = Download (CSV)
rows-search = Find in this list
rows-matches = “{ $typed }”: { $count } in the list
board-confidential = Confidential student health information. Do not leave it lying around.
board-paper-title = { $school }: { $class }
student-doses = Vaccinations required for school
status-complete = Complete
status-exempt = Exempt
status-exempt-renewal = Exempt, renewal due
status-in-process = In process
status-provisional = Provisional
status-incomplete = Incomplete
status-not-complete = Not complete
status-no-record = No record
status-not-checked = No rules for this grade
review-leaving-title = { $count ->
    [one] One student is not on this list any more
   *[other] { $count } students are not on this list any more
  }
review-leaving-text = They leave these classes if you replace the lists.
review-no-number = Some students without a record to share have no student number in this file. Their names are not kept: later lists call them by their place only. Add a column with student numbers to tell them apart.
review-whole-name = Whole name (Last, First)
review-ask-sheet = Which sheet is the class list?
review-ask-header = Which line names the columns?
review-ask-header-hint = These are the first lines of your file.
review-ask-order = Your file has dates like { $example }. They can be read in two ways.
review-ask-class = Which class is this list for?
review-ask-class-hint = Your file has no column for the class. Leave this empty if the list is for a whole grade or school.
review-grades-title = What grade is this?
review-grades-text = Say it once. We remember it for your school.
review-grade-word = { $count ->
    [one] “{ $word }” (one student)
   *[other] “{ $word }” ({ $count } students)
  }
review-grades-save = Use these grades
grade-preschool = Preschool
grade-kindergarten = Kindergarten
grade-year = Grade { $year }
review-ages-title = Is the birth year right?
review-ages-text = In these rows the age does not fit the grade: { $rows }. Check the year of birth before you save.
review-repeated = Listed more than once
review-namesake = Same name and birth date as row { $row }, other number
review-namesakes-text = Some rows have the same name and birth date with two student numbers. If it is one child, take one of the rows out. If they are two children, keep both rows. Where a record could belong to either, the school nurse chooses.
review-again = Listed in row { $row } already
review-how = What should happen to the lists of { $classes }?
review-replace = Replace them with this list
review-replace-hint = { $count ->
    [one] One student leaves.
   *[other] { $count } students leave.
  }
review-add = Only add these students
review-add-hint = Nobody leaves.
review-changed = The lists have changed since. Look again at who leaves, and choose
review-how-missing = Choose what should happen to the lists
review-reason-title = How do these students come to be on your list?
review-reason-elsewhere = Another school has these students on its list. We tell that school.
review-reason-age = The age of these students does not fit the grade.
review-reason-ask = Say how they come to your school
review-reason-ask-hint = For example: moved here in August. The family can see that you listed them.
review-reason-missing = Say how these students come to your school
listed-title = Another school has listed your students
listed-text = If that is not right, call that school. Take students who have left off your own list.
listed-by = Listed by
listed-why = Why
listed-seen = We have seen this
board-one-class = { $class }
board-only = Only these students are shown: { $status }.
roster-gone-title = This list is not here any more
roster-gone-text = It was saved or thrown away, or it was more than a day old. Your classes show what is saved.
roster-gone-link = See your classes
board-bars-hint = Choose a status to see only its students.
review-nothing = No line of this file can be read as a student. Mend the file and upload it again.
review-leaving-unread = Some rows of the file could not be read, or may mean one of these students. Look through them first: whoever stands in such a row leaves too.
