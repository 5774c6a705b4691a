//! What a school requires of its students (105 CMR 220): data in `data/`, evaluated here.
//!
//! Pure: facts and a day in, a status and a sentence for every requirement out. Requirements (the law's table) are not
//! recommendations (the schedule); each rule set is versioned by school year, so a past day can be asked for under the
//! rules of its year.

mod evaluate;
mod ladder;
mod rules;
mod sentence;
mod status;

pub use evaluate::{Facts, Outcome, RequirementResult, antigens_of, evaluate, with_doses};
pub use ladder::Fault;
pub use rules::{Requirement, RuleError, RuleSet, check, rule_set};
pub use sentence::{count, fault_in, fault_words, name, sentence, stated};
pub use status::{Compliance, Status};
