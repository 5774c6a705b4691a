//! Doing: which role may carry out which task. Whose record it concerns is decided by [`crate::decide`].

use domain::{Actor, Role, actor::Program};

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
    /// Make the keys of everybody's name again.
    RebuildKeys,
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
        Self::RebuildKeys,
    ];
}

/// May this actor carry out the task at all?
pub fn may(actor: &Actor, task: Task) -> bool {
    let role = match actor {
        Actor::Program(program) => return is_task_of(*program, task),
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
        Task::ForecastAll | Task::RebuildKeys => false,
    }
}

/// A program does its one task.
const fn is_task_of(program: Program, task: Task) -> bool {
    matches!(
        (program, task),
        (Program::Forecasts, Task::ForecastAll)
            | (Program::Keys, Task::RebuildKeys)
            | (Program::Schedules, Task::ChooseSchedule)
            | (Program::Import(_), Task::ReportDoses)
    )
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

    #[test]
    fn a_program_does_its_task_and_no_other() {
        let site = "00000000000000000000000000000007".parse().expect("an id");
        for (program, own) in [
            (Program::Forecasts, &[Task::ForecastAll][..]),
            (Program::Keys, &[Task::RebuildKeys]),
            (Program::Schedules, &[Task::ChooseSchedule]),
            (Program::Import(site), &[Task::ReportDoses]),
            (Program::Forms, &[]),
        ] {
            let tasks: Vec<Task> =
                Task::ALL.iter().copied().filter(|task| may(&Actor::Program(program), *task)).collect();
            assert_eq!(tasks, own, "{program:?}");
        }
    }
}
