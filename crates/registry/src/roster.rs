//! A school's class list: uploaded, reviewed, saved. Matching happens in memory each time; until the nurse saves, nothing
//! but the file itself is kept, and for a day at most.

use std::collections::{BTreeMap, BTreeSet};

use access::Task;
use domain::{
    EnrolmentId, Invalid, PatientId, RosterId, SiteId,
    date::{DateOrder, OrderSaid},
    school::Grade,
    text::Line,
};
use interop::{
    roster::{self, Field, MOST_LINES, Mapping, Reading},
    table::{self, Sheet, Table, TableError, column_key},
};
use store::{Enrolment, Tx};

use crate::{
    Caller, Registry, RegistryError, Result,
    audit::{Act, Action},
    roster_file::{WaitingRoster, WaitingSheet, choose_header, choose_sheet, json, shortened, waiting},
    roster_match::{chooses, is_there_already, known_student},
    roster_review::{Ask, ClassesShown, ReviewLine, RosterAnswer, RosterReview, SaveAs, class_name},
};

impl Registry {
    /// Takes an uploaded file for review.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is not of a school, [`RegistryError::Invalid`] for what is no list.
    pub async fn upload_roster(&self, caller: &Caller, bytes: &[u8]) -> Result<RosterId> {
        let (school, user) = Self::school(caller)?;
        let sheets = sheets_of(bytes.to_vec()).await?;
        let kept = |sheet: Sheet| WaitingSheet {
            name: sheet.name,
            rows: sheet.rows.into_iter().map(|row| (row.line, row.cells)).collect(),
            faults: sheet.faults.into_iter().map(|fault| (fault.line, fault.what)).collect(),
        };
        let mut waiting = WaitingRoster {
            sheets: sheets.into_iter().map(kept).collect(),
            sheet: None,
            header: None,
            mapping: Mapping::default(),
            order: None,
            class: None,
            choices: BTreeMap::new(),
        };
        if waiting.sheets.iter().all(|sheet| sheet.rows.len() + sheet.faults.len() < 2) {
            return Err(RegistryError::Invalid("file", Invalid::Missing));
        }
        // One sheet is the one; of several the school says which.
        if waiting.sheets.len() == 1 {
            choose_sheet(&mut waiting, 0);
        }
        let id = RosterId::new(self.fresh_address());
        let mut tx = self.store.write().await?;
        tx.add_roster(id, school, user, &json(&waiting)?, self.now()).await?;
        tx.audit(&self.audit_row(&caller.principal, Act::general(Action::UploadRoster))).await?;
        self.commit(tx).await?;
        Ok(id)
    }

    /// Says something of the file the program cannot know.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a list that is not this school's.
    pub async fn say_of_roster(&self, caller: &Caller, id: RosterId, said: RosterAnswer) -> Result<()> {
        self.edit_roster(caller, id, |waiting| {
            waiting.choices.clear();
            match said {
                RosterAnswer::Sheet(sheet) if sheet < waiting.sheets.len() => choose_sheet(waiting, sheet),
                RosterAnswer::Header(header) => choose_header(waiting, header),
                RosterAnswer::Columns(pairs) => {
                    waiting.mapping = Mapping::chosen(pairs.into_iter().filter(|(_, column)| *column < 200));
                }
                RosterAnswer::Order(order) => waiting.order = Some(order),
                RosterAnswer::Class(class) => waiting.class = Some(class.to_string()),
                RosterAnswer::Sheet(_) => {}
            }
        })
        .await
    }

    /// Says what the school calls its grades; it is not asked again, for this list and for those to come.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is not of a school.
    pub async fn say_grades(&self, caller: &Caller, words: &[(String, Grade)]) -> Result<()> {
        let (school, _) = Self::school(caller)?;
        let mut tx = self.store.write().await?;
        for (word, grade) in words.iter().take(50) {
            let key = column_key(word);
            if !key.is_empty() && key.len() <= 60 {
                tx.set_grade_word(school, self.fresh(), &key, &grade.to_string()).await?;
            }
        }
        tx.audit(&self.audit_row(&caller.principal, Act::general(Action::NameGrades))).await?;
        self.commit(tx).await
    }

    /// Keeps the nurse's choices for doubtful lines; of whoever has nobody to choose from they are none.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a list that is not this school's.
    pub async fn choose_in_roster(
        &self,
        caller: &Caller,
        id: RosterId,
        choices: Vec<(usize, Option<PatientId>)>,
    ) -> Result<()> {
        let choices = if chooses(caller) { choices } else { Vec::new() };
        self.edit_roster(caller, id, |waiting| waiting.choices.extend(choices)).await
    }

    async fn edit_roster(
        &self,
        caller: &Caller,
        id: RosterId,
        edit: impl FnOnce(&mut WaitingRoster) + Send,
    ) -> Result<()> {
        let (school, _) = Self::school(caller)?;
        let mut tx = self.store.write().await?;
        // Two windows with the same list: the second edits what the first has left.
        tx.lock_roster(school, id).await?;
        let mut waiting = waiting(&mut tx, school, id).await?;
        edit(&mut waiting);
        tx.update_roster(school, id, &json(&waiting)?).await?;
        self.commit(tx).await
    }

    /// The list with what the registry says to each line. Nothing is saved.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a list that is not this school's.
    pub async fn review_roster(&self, caller: &Caller, id: RosterId) -> Result<RosterReview> {
        let (school, _) = Self::school(caller)?;
        let review = {
            let mut tx = self.store.read().await?;
            let waiting = waiting(&mut tx, school, id).await?;
            self.compare(&mut tx, caller, school, id, waiting).await?
        };
        let mut lines = vec![self.audit_row(&caller.principal, Act::general(Action::ReviewRoster))];
        let shown = review.lines.iter().flat_map(|line| line.found.people());
        let shown = shown.chain(review.people_leaving.iter().copied());
        lines.extend(shown.map(|patient| self.audit_row(&caller.principal, Act::on(Action::MatchStudent, patient))));
        self.store.audit_reads(lines).await?;
        Ok(review)
    }

    async fn compare(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        school: SiteId,
        id: RosterId,
        waiting: WaitingRoster,
    ) -> Result<RosterReview> {
        let mut review = RosterReview::unread(id, waiting.mapping.clone());
        let Some((table, order)) = table_of(&waiting, &mut review)? else { return Ok(review) };
        let words = tx.grade_words(school).await?;
        let grades = words.into_iter().filter_map(|(word, grade)| Some((word, grade.parse().ok()?))).collect();
        let list = roster::students(&table, &waiting.mapping, &Reading { order, grades }, self.today());
        review.faults = list.faults;
        review.grades = list.grades.into_iter().collect();
        review.ages = list.ages;
        let mut students = list.students;
        if let Some(class) = waiting.class.filter(|class| !class.is_empty()) {
            for student in students.iter_mut().filter(|student| student.class.is_empty()) {
                student.class.clone_from(&class);
            }
        }
        self.match_students(tx, caller, school, &students, &waiting.choices, &mut review).await?;
        Ok(review)
    }

    /// Saves the reviewed list: students on file are enrolled; of the others only the school's own number is kept. The
    /// lists of these classes are replaced or added to, the file is forgotten. `reason`: how students come to be there whose age does
    /// not fit, or whom another school has on its list; that school is told.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a list that is not this school's, [`RegistryError::Conflict`] where the lists are not the ones that
    /// were shown any more, [`RegistryError::Invalid`] of `reason` where the school has to say
    /// how students come to be on its list.
    pub async fn save_roster(&self, caller: &Caller, id: RosterId, how: SaveAs, reason: &Line<200>) -> Result<usize> {
        let (school, _) = Self::school(caller)?;
        // Comparing takes as long as the list is; the one writer is not kept waiting for it.
        let (before, review) = {
            let mut tx = self.store.read().await?;
            let before = waiting(&mut tx, school, id).await?;
            let review = self.compare(&mut tx, caller, school, id, before.clone()).await?;
            (before, review)
        };
        let mut tx = self.store.write().await?;
        // Two lists saved at the same moment follow each other: the second replaces what the first has saved.
        tx.hold_school(school).await?;
        if waiting(&mut tx, school, id).await? != before {
            return Err(RegistryError::Conflict);
        }
        // Nobody leaves a class without having been shown: another list may have been saved since.
        let mut there = tx.class(school, "").await?;
        there.retain(|row| review.classes.contains(&row.class_name));
        if let SaveAs::Replace(shown) = how
            && ClassesShown::of(there.iter().map(|row| EnrolmentId::new(row.id))) != shown
        {
            return Err(RegistryError::Conflict);
        }
        if review.ask.is_some() || review.lines.is_empty() {
            return Err(RegistryError::Invalid("file", Invalid::Missing));
        }
        let asked: Vec<PatientId> =
            review.lines.iter().filter(|line| line.needs_reason.is_some()).filter_map(ReviewLine::patient).collect();
        if reason.is_empty() && !asked.is_empty() {
            return Err(RegistryError::Invalid("reason", Invalid::Missing));
        }
        // Another school may have saved the same children since they were compared: each is held, so that one of two comes second and has
        // to say how they come to be there.
        let unasked = review.lines.iter().filter(|line| line.needs_reason.is_none() && !is_there_already(line));
        let opened: BTreeSet<PatientId> = unasked.filter_map(ReviewLine::patient).collect();
        let opened: Vec<PatientId> = opened.into_iter().collect();
        tx.hold_patients(&opened).await?;
        if !tx.enrolled_elsewhere(school, &opened).await?.is_empty() {
            return Err(RegistryError::Conflict);
        }
        for elsewhere in tx.enrolled_elsewhere(school, &asked).await? {
            tx.tell_school(self.fresh(), &elsewhere, school, reason, self.now()).await?;
        }
        // First, so that of two presses of the button only one saves.
        if tx.drop_roster(school, id).await? != 1 {
            return Err(RegistryError::Conflict);
        }
        if let SaveAs::Replace(_) = how {
            self.note_leaving(&mut tx, caller, &there, &review).await?;
        }
        let kept_numbers = make_room(&mut tx, caller, school, how, &review.classes).await?;
        let saved = self.enrol(&mut tx, caller, school, &review, kept_numbers, reason).await?;
        self.commit(tx).await?;
        Ok(saved)
    }

    /// Writes down who leaves the classes of a list; also those of whom the school does not know that they are on file.
    async fn note_leaving(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        there: &[Enrolment],
        review: &RosterReview,
    ) -> Result<()> {
        let stay: BTreeSet<PatientId> = review.lines.iter().filter_map(ReviewLine::patient).collect();
        let leave =
            there.iter().filter_map(|row| row.patient_id.map(PatientId::new)).filter(|person| !stay.contains(person));
        let line = |person| self.audit_row(&caller.principal, Act::on(Action::LeaveClass, person));
        let lines: Vec<_> = leave.map(line).collect();
        tx.audit_all(&lines).await?;
        Ok(())
    }

    /// Enrols the students of a reviewed list; gives how many. `kept_numbers`: the school's numbers, with their class, that are there already.
    async fn enrol(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        school: SiteId,
        review: &RosterReview,
        mut kept_numbers: BTreeSet<(String, String)>,
        reason: &str,
    ) -> Result<usize> {
        let now = self.now();
        let mut enrolled = BTreeSet::new();
        let mut lines = Vec::new();
        let mut saved = 0;
        for line in review.lines.iter().filter(|line| line.again.is_none()) {
            let patient = line.patient();
            let student = &line.student;
            let class = class_name(student);
            if let Some(patient) = patient {
                // Two lines a nurse has said are one child stay one student.
                if !enrolled.insert(patient) {
                    continue;
                }
                tx.leave_classes(school, patient).await?;
                let why = if line.needs_reason.is_some() { reason } else { "" };
                lines.push(self.audit_row(&caller.principal, Act::on(Action::EnrolStudent, patient).because(why)));
            } else if student.has_number() && !kept_numbers.insert((class.clone(), student.number.clone())) {
                continue;
            }
            let number = student.number.as_str();
            let grade = student.grade.to_string();
            tx.add_enrolment(EnrolmentId::new(self.fresh_address()), school, patient, &grade, &class, number, now)
                .await?;
            saved += 1;
        }
        tx.audit_all(&lines).await?;
        Ok(saved)
    }

    /// Throws a list away.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a list that is not this school's.
    pub async fn drop_roster(&self, caller: &Caller, id: RosterId) -> Result<()> {
        let (school, _) = Self::school(caller)?;
        let mut tx = self.store.write().await?;
        if tx.drop_roster(school, id).await? == 0 {
            return Err(RegistryError::NotFound);
        }
        self.commit(tx).await
    }

    pub(crate) fn school(caller: &Caller) -> Result<(SiteId, domain::UserId)> {
        Self::may(&caller.principal, Task::CheckStudents)?;
        let user = caller.principal.user().ok_or(RegistryError::NotFound)?;
        Ok((caller.principal.site().ok_or(RegistryError::NotFound)?, user))
    }
}

/// A file's sheets, read where nobody else waits for it.
async fn sheets_of(bytes: Vec<u8>) -> Result<Vec<Sheet>> {
    let read = tokio::task::spawn_blocking(move || table::sheets(&bytes, MOST_LINES)).await;
    // A reader that stops in the middle has not understood the file.
    read.unwrap_or(Err(TableError::NotATable)).map_err(|error| {
        let why = match error {
            TableError::Empty => Invalid::Missing,
            TableError::TooLong | TableError::TooWide => Invalid::TooLong,
            TableError::NotATable => Invalid::Character,
        };
        RegistryError::Invalid("file", why)
    })
}

/// The lines of a list and how its dates are read; none while the school has to say something first, which the review then asks.
fn table_of(waiting: &WaitingRoster, review: &mut RosterReview) -> Result<Option<(Table, DateOrder)>> {
    let mut ask = |asked: Ask| {
        review.ask = Some(asked);
        Ok(None)
    };
    let Some(sheet) = waiting.sheet.and_then(|sheet| waiting.sheets.get(sheet)) else {
        let first = |sheet: &WaitingSheet| sheet.rows.first().map(|(_, cells)| shortened(cells)).unwrap_or_default();
        return ask(Ask::Sheet(waiting.sheets.iter().map(|sheet| (sheet.name.clone(), first(sheet))).collect()));
    };
    let Some(header) = waiting.header else {
        let rows = sheet.rows.iter().take(10).enumerate();
        return ask(Ask::Header(rows.map(|(at, (_, cells))| (at, shortened(cells))).collect()));
    };
    let table =
        sheet.sheet().table(header, MOST_LINES).map_err(|_| RegistryError::Invalid("file", Invalid::TooLong))?;
    review.columns.clone_from(&table.columns);
    review.sample = table.rows.iter().take(3).map(|row| row.cells.clone()).collect();
    review.missing = waiting.mapping.missing();
    if !review.missing.is_empty() {
        review.ask = Some(Ask::Columns);
        return Ok(None);
    }
    let said = roster::dates_said(&table, &waiting.mapping);
    let order = match (waiting.order, said) {
        (Some(order), _) | (None, OrderSaid::Only(order)) => order,
        (None, OrderSaid::Clear) => DateOrder::default(),
        (None, OrderSaid::Ambiguous | OrderSaid::Both) => {
            review.ask = Some(Ask::Order(roster::ambiguous_date(&table, &waiting.mapping)));
            return Ok(None);
        }
    };
    review.order = (said != OrderSaid::Clear).then_some(order);
    if waiting.mapping.column(Field::Class).is_none() && waiting.class.is_none() {
        review.ask = Some(Ask::Class);
        return Ok(None);
    }
    Ok(Some((table, order)))
}

/// The classes as a list is to find them: emptied, or with the numbers of the students in them known by nothing else. Such a student is
/// there once, however often a list adds them. A line without a number is nobody's but its own: rather a child twice than one lost.
async fn make_room(
    tx: &mut Tx,
    caller: &Caller,
    school: SiteId,
    how: SaveAs,
    classes: &[String],
) -> Result<BTreeSet<(String, String)>> {
    match how {
        SaveAs::Replace(_) => {
            for class in classes {
                tx.clear_class(school, class).await?;
            }
            Ok(BTreeSet::new())
        }
        SaveAs::Add => {
            let there = tx.class(school, "").await?;
            // Somebody whose record is kept from the school now counts as nobody here too.
            let unknown = there.into_iter().filter(|row| known_student(caller, row).is_none());
            Ok(unknown.map(|row| (row.class_name, row.student_number)).collect())
        }
    }
}
