//! Doing: which role may carry out which task. Whose record it concerns is decided by [`crate::decide`].

use domain::{Principal, Role, actor::Program};

/// Something that changes the registry, or a list that is more than one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::VariantArray)]
pub enum Task {
    /// Look people up by name and date of birth.
    Search,
    /// Report, correct or void doses; import files.
    ReportDoses,
    /// Open one's own record and those of one's children, and ask for certified ones.
    OwnRecords,
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
    /// Say why one looks at records.
    GiveReason,
    /// Read the feedback.
    ReadFeedback,
    /// Import schedules and put one in force.
    ChooseSchedule,
    /// Work out what is due for the whole registry.
    ForecastAll,
    /// Make the keys of everybody's name again.
    RebuildKeys,
    /// See the work the program does by itself, and begin again what was given up.
    TendJobs,
    /// Forget what nobody needs any more.
    Sweep,
}

impl Task {
    /// All of them.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;
}

/// May it carry out the task at all?
pub fn may(principal: &Principal, task: Task) -> bool {
    let role = match principal {
        Principal::Program(program) => return is_task_of(*program, task),
        // Anybody may object to sharing, without an account.
        Principal::Public => return task == Task::SubmitForm,
        Principal::Client(_) => return task == Task::ReportDoses,
        Principal::Person(person) => person.standing.role(),
    };
    match task {
        Task::Search => role.is_provider() || role.is_department() || role == Role::HelpDesk,
        Task::ReportDoses | Task::Certify | Task::HandInForm => role.is_provider(),
        Task::OwnRecords => role == Role::Family,
        Task::CheckStudents => role.is_school(),
        Task::DecideForms => matches!(role, Role::DphReviewer | Role::DphAdmin),
        Task::GiveReason | Task::ReadFeedback => role.is_department(),
        Task::SubmitForm => true,
        Task::ChooseSchedule | Task::TendJobs => role == Role::DphAdmin,
        // The program itself: nobody has to press a button for it.
        Task::ForecastAll | Task::RebuildKeys | Task::Sweep => false,
    }
}

/// A program does its one task.
const fn is_task_of(program: Program, task: Task) -> bool {
    matches!(
        (program, task),
        (Program::Forecasts, Task::ForecastAll)
            | (Program::Keys, Task::RebuildKeys)
            | (Program::Schedules, Task::ChooseSchedule)
            | (Program::Jobs, Task::TendJobs)
            | (Program::Sweeping, Task::Sweep)
    )
}

#[cfg(test)]
mod tests {
    use domain::{
        SiteId, Standing, UserId,
        actor::{Assurance, Client, Person},
    };

    use super::*;

    fn id<T: std::str::FromStr>() -> T
    where
        T::Err: std::fmt::Debug,
    {
        "00000000000000000000000000000007".parse().expect("an id")
    }

    fn tasks(principal: &Principal) -> Vec<Task> {
        Task::ALL.iter().copied().filter(|task| may(principal, *task)).collect()
    }

    #[test]
    fn no_role_can_do_another_ones_work() {
        let of = |role: Role| {
            let standing = Standing::new(role, role.is_of_a_place().then(id::<SiteId>)).expect("a standing");
            let person = Person { user: id::<UserId>(), name: String::new(), standing, assurance: Assurance::One };
            tasks(&Principal::Person(person))
        };
        let office = [Task::Search, Task::ReportDoses, Task::Certify, Task::HandInForm, Task::SubmitForm];
        let reviewer = [Task::Search, Task::DecideForms, Task::SubmitForm, Task::GiveReason, Task::ReadFeedback];
        for role in Role::ALL {
            let wanted: &[Task] = match role {
                Role::Family => &[Task::OwnRecords, Task::SubmitForm],
                Role::ProviderStaff | Role::ProviderAdmin => &office,
                Role::SchoolNurse | Role::SchoolRegistrar => &[Task::CheckStudents, Task::SubmitForm],
                Role::ChildCare | Role::College => &[Task::SubmitForm],
                Role::DphReviewer => &reviewer,
                Role::DphEpidemiologist => &[Task::Search, Task::SubmitForm, Task::GiveReason, Task::ReadFeedback],
                Role::DphAdmin => &[
                    Task::Search,
                    Task::DecideForms,
                    Task::SubmitForm,
                    Task::GiveReason,
                    Task::ReadFeedback,
                    Task::ChooseSchedule,
                    Task::TendJobs,
                ],
                Role::HelpDesk => &[Task::Search, Task::SubmitForm],
            };
            assert_eq!(of(*role), wanted, "{role:?}");
        }
        assert_eq!(tasks(&Principal::Public), [Task::SubmitForm]);
        assert_eq!(tasks(&Principal::Client(Client { site: id() })), [Task::ReportDoses]);
    }

    #[test]
    fn a_program_does_its_task_and_no_other() {
        for program in Program::ALL {
            let own: &[Task] = match program {
                Program::Forecasts => &[Task::ForecastAll],
                Program::Keys => &[Task::RebuildKeys],
                Program::Schedules => &[Task::ChooseSchedule],
                Program::Jobs => &[Task::TendJobs],
                Program::Sweeping => &[Task::Sweep],
                Program::Forms => &[],
            };
            assert_eq!(tasks(&Principal::Program(*program)), own, "{program:?}");
        }
    }
}
