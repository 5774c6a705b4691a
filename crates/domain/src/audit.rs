//! What an audit line says was done. Everything read or changed is one of these: a line with another word cannot be written.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// What a family that asks who looked is told of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Told {
    /// Found among others: in a search, a queue, a class list.
    Found,
    /// Listed as overdue.
    Overdue,
    /// Read.
    Read,
    /// Changed.
    Changed,
    /// A certified record was asked for.
    Asked,
    /// A certificate was made, or what became of it decided.
    Certificate,
    /// Somebody checked a certificate by its code.
    Verified,
    /// A school saw whether the requirements are met.
    School,
    /// Something about an objection form.
    Form,
    /// Nothing of anybody's record.
    Nothing,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident => $key:literal $told:ident),+ $(,)?) => {
        /// What was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Action { $($(#[$doc])* $name),+ }

        impl Action {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word the store writes.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            /// Reads the store's word.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.key() == key)
            }

            /// What the family is told of it.
            pub const fn told(self) -> Told {
                match self { $(Self::$name => Told::$told),+ }
            }
        }
    };
}

actions! {
    /// Signed in, or tried to.
    SignIn => "sign_in" Nothing,
    /// Signed out.
    SignOut => "sign_out" Nothing,
    /// Chose another of their standings.
    ChooseStanding => "standing.choose" Nothing,
    /// Somebody of the Department gave a reason.
    GiveReason => "reason" Nothing,
    /// The feedback was read.
    ReadFeedback => "feedback.read" Nothing,
    /// Work that was given up began again.
    RestartJob => "job.restart" Nothing,
    /// A schedule was put in force.
    ChooseSchedule => "schedule.choose" Nothing,
    /// A schedule was imported.
    ImportSchedule => "schedule.import" Nothing,

    /// Somebody looked for a person.
    Search => "search" Nothing,
    /// A search found the person.
    FindPerson => "search.listed" Found,
    /// The person's name was shown, and nothing else of the record.
    ReadName => "name.read" Found,
    /// The record was opened.
    ReadRecord => "record.read" Read,
    /// A dose was opened by the office that reported it, to correct it.
    ReadDose => "dose.read" Read,
    /// The record was looked at for warnings about a dose.
    CheckRecord => "record.checked" Read,
    /// Who looked was read.
    ReadAudit => "audit.read" Read,
    /// The person is among those an office calls in.
    ListOverdue => "overdue.listed" Overdue,

    /// A person was put on file.
    AddPerson => "person.add" Changed,
    /// What nobody knew of the person was filled in with what offices have said while the record was kept from them.
    CompletePerson => "person.complete" Changed,
    /// An office took the person into its care.
    AddCare => "care.add" Changed,
    /// A dose was reported.
    AddDose => "dose.add" Changed,
    /// A dose was corrected.
    CorrectDose => "dose.correct" Changed,
    /// A dose was taken back.
    VoidDose => "dose.void" Changed,
    /// A message or table reported doses or evidence.
    ImportDoses => "dose.import" Changed,

    /// A message that waits was opened.
    ReadMessage => "import.read" Nothing,
    /// A message that waits was thrown away.
    DismissMessage => "import.dismiss" Nothing,
    /// The person was shown beside a message that waits.
    CompareWithMessage => "import.candidate" Found,

    /// A certified record was asked for.
    AskForCertificate => "certificate.ask" Asked,
    /// The office's requests were listed.
    ListRequests => "certificate.queue" Nothing,
    /// The person stands in a list of requests or certificates.
    ListCertificate => "certificate.listed" Found,
    /// A request was sent back.
    ReturnRequest => "certificate.return" Certificate,
    /// The record was certified.
    Certify => "certificate.certify" Certificate,
    /// A certificate was opened.
    ReadCertificate => "certificate.read" Read,
    /// A certificate was revoked.
    RevokeCertificate => "certificate.revoke" Certificate,
    /// A certificate was replaced by another.
    ReplaceCertificate => "certificate.replace" Certificate,
    /// A certificate stands although the record has changed.
    KeepCertificate => "certificate.keep" Certificate,
    /// Somebody checked a code.
    Verify => "certificate.verify" Verified,

    /// A class list was uploaded.
    UploadRoster => "roster.upload" Nothing,
    /// A class list was reviewed.
    ReviewRoster => "roster.review" Nothing,
    /// A school said what it calls its grades.
    NameGrades => "roster.grades" Nothing,
    /// A class list named the person, or could.
    MatchStudent => "student.matched" Found,
    /// The person was enrolled.
    EnrolStudent => "student.enrol" School,
    /// The person was taken off a class list.
    LeaveClass => "student.leave" School,
    /// A school saw the person's requirements.
    ReadStudent => "student.read" School,
    /// A school saw whether the requirements are met.
    ReadStatus => "student.status" School,

    /// A form was handed in.
    SubmitForm => "objection.submit" Form,
    /// A form was opened.
    ReadForm => "objection.read" Form,
    /// A family's own forms came with its record, whose reading is told.
    ListOwnForms => "objection.own" Nothing,
    /// A family saw whom of its own it may open, and who cares for them.
    ListFamily => "family.listed" Nothing,
    /// A form about the person was prepared: filled in with who is on file, or shown with who can see the record.
    PreviewForm => "objection.preview" Read,
    /// The forms that wait were listed.
    ListForms => "objection.queue" Nothing,
    /// The person's form stands in the list of those that wait.
    ListForm => "objection.listed" Form,
    /// The person was shown beside a form.
    CompareWithForm => "objection.candidate" Form,
    /// A form was decided.
    DecideForm => "objection.decide" Form,
    /// Sharing was changed by a form.
    ChangeSharing => "objection.sharing" Form,
    /// A form accepted before anybody was on file took effect.
    FormInEffect => "objection.in_effect" Form,
}

/// Why somebody of the Department looks at a record: one of the tasks the law gives it (M.G.L. c.111 s.24M, 105 CMR 222 and 300), and
/// a sentence that says which case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyLook {
    /// Which task.
    pub task: LookTask,
    /// Which case.
    pub sentence: String,
}

/// A task for which the Department looks at records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::VariantArray)]
pub enum LookTask {
    /// To trace or stop a disease.
    Disease,
    /// The person or the family has asked for help.
    Asked,
    /// To find or mend a mistake in the record.
    Quality,
    /// To check how records are used.
    Oversight,
}

impl LookTask {
    /// All of them, in the order forms offer them.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    /// The word the store writes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Disease => "disease",
            Self::Asked => "asked",
            Self::Quality => "quality",
            Self::Oversight => "oversight",
        }
    }

    /// Reads the word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|task| task.key() == key)
    }
}

impl WhyLook {
    /// # Errors
    /// [`Invalid::Missing`] for what says nothing of the case: fewer than two words; [`Invalid::TooLong`] over 200 characters.
    pub fn new(task: LookTask, sentence: &str) -> Result<Self, Invalid> {
        let sentence = crate::text::required(sentence, 200)?;
        if sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count() < 2 {
            return Err(Invalid::Missing);
        }
        Ok(Self { task, sentence })
    }

    /// Reads what [`fmt::Display`] has written; `None` for what was kept before there were tasks.
    pub fn read(text: &str) -> Option<Self> {
        let (task, sentence) = text.split_once(": ")?;
        Some(Self { task: LookTask::from_key(task)?, sentence: sentence.to_owned() })
    }
}

impl fmt::Display for WhyLook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.task.key(), self.sentence)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_line_ever_written_is_read_again() {
        let keys: HashSet<_> = Action::ALL.iter().map(|action| action.key()).collect();
        assert_eq!(keys.len(), Action::ALL.len(), "one word, one meaning");
        assert!(Action::ALL.iter().all(|action| Action::from_key(action.key()) == Some(*action)));
        assert_eq!(Action::from_key("record.copied"), None);
    }

    #[test]
    fn a_reason_names_its_task_and_its_case() {
        let why = WhyLook::new(LookTask::Disease, " Measles outbreak 2026-14 ").unwrap_or_else(|_| unreachable!());
        assert_eq!(WhyLook::read(&why.to_string()), Some(why));
        for text in ["", "x", "outbreak", "14 14"] {
            assert_eq!(WhyLook::new(LookTask::Disease, text), Err(Invalid::Missing), "{text}");
        }
        assert_eq!(WhyLook::read("measles: 14"), None);
    }
}
