//! Doing: which role may carry out which task. Whose record it concerns is decided by [`crate::decide`].

use domain::{Actor, Role};

/// Something that changes the registry, or a list that is more than one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Task {
    /// Look people up by name and date of birth.
    Search,
    /// Report, correct or void doses; import files.
    ReportDoses,
    /// Ask for a certified record.
    AskForRecord,
    /// Certify, return and revoke.
    Certify,
    /// Upload class lists and see the board.
    CheckStudents,
    /// Hand in an objection form at the desk.
    HandInForm,
    /// Decide objection forms.
    DecideForms,
    /// Submit an objection form.
    SubmitForm,
    /// Read the feedback.
    ReadFeedback,
    /// Import schedules and put one in force.
    ChooseSchedule,
    /// Work out what is due for the whole registry.
    ForecastAll,
}

impl Task {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Search,
        Self::ReportDoses,
        Self::AskForRecord,
        Self::Certify,
        Self::CheckStudents,
        Self::HandInForm,
        Self::DecideForms,
        Self::SubmitForm,
        Self::ReadFeedback,
        Self::ChooseSchedule,
        Self::ForecastAll,
    ];
}

/// May this actor carry out the task at all?
pub fn may(actor: &Actor, task: Task) -> bool {
    let role = match actor {
        Actor::System => return true,
        // Anybody may object to sharing, without an account.
        Actor::Public => return task == Task::SubmitForm,
        Actor::User(signed) => signed.role,
    };
    match task {
        Task::Search => role.is_provider() || role.is_department() || role == Role::HelpDesk,
        Task::ReportDoses | Task::Certify | Task::HandInForm => role.is_provider(),
        Task::AskForRecord => role == Role::Family,
        Task::CheckStudents => role.is_school(),
        Task::DecideForms => matches!(role, Role::DphReviewer | Role::DphAdmin),
        Task::ReadFeedback => role.is_department(),
        Task::SubmitForm => true,
        Task::ChooseSchedule => role == Role::DphAdmin,
        // The program itself: nobody has to press a button for it.
        Task::ForecastAll => false,
    }
}

#[cfg(test)]
mod tests {
    use domain::{UserId, actor::Signed};

    use super::*;

    #[test]
    fn no_role_can_do_another_ones_work() {
        let count = |role: Role| {
            let user: UserId = "00000000000000000000000000000007".parse().expect("an id");
            let actor = Actor::User(Signed { user, role, site: None, name: String::new() });
            Task::ALL.iter().copied().filter(|task| may(&actor, *task)).collect::<Vec<_>>()
        };
        assert_eq!(count(Role::Family), [Task::AskForRecord, Task::SubmitForm]);
        assert_eq!(
            count(Role::ProviderStaff),
            [Task::Search, Task::ReportDoses, Task::Certify, Task::HandInForm, Task::SubmitForm]
        );
        assert_eq!(count(Role::SchoolNurse), [Task::CheckStudents, Task::SubmitForm]);
        assert_eq!(count(Role::SchoolRegistrar), [Task::CheckStudents, Task::SubmitForm]);
        assert_eq!(count(Role::ChildCare), [Task::SubmitForm]);
        assert_eq!(count(Role::DphReviewer), [Task::Search, Task::DecideForms, Task::SubmitForm, Task::ReadFeedback]);
        assert_eq!(count(Role::DphEpidemiologist), [Task::Search, Task::SubmitForm, Task::ReadFeedback]);
        assert_eq!(count(Role::HelpDesk), [Task::Search, Task::SubmitForm]);
        assert!(Task::ALL.iter().all(|task| may(&Actor::Public, *task) == (*task == Task::SubmitForm)));
    }
}
