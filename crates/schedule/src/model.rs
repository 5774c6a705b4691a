//! A schedule: the supporting data of one release, as the logic needs it. Names follow the specification (chapter 3).
//!
//! An empty lower bound of an age or a date is none, an empty upper bound likewise. Lower bounds are inclusive, upper bounds of
//! ages exclusive; the days a rule is in force are inclusive at both ends.

use chrono::NaiveDate;
use domain::Period;

use crate::CvxSet;

/// One release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Its name, such as `4.65`.
    pub release: String,
    /// What was laid over it: names and versions of errata and overlays.
    pub amendments: Vec<String>,
    /// SHA-256 of the notation it was read from, in hexadecimal; empty if it was read from something else.
    pub hash: String,
    /// Errata that were not applied, because the release no longer says what they correct.
    pub passed_over: Vec<String>,
    /// The antigens, by name.
    pub antigens: Vec<Antigen>,
    /// The vaccine groups, in the release's order.
    pub groups: Vec<Group>,
    /// Which antigens a vaccine is about, by CVX.
    pub associations: Vec<Association>,
    /// Vaccines that disturb each other.
    pub conflicts: Vec<Conflict>,
    /// What can be known of a person besides doses.
    pub observations: Vec<Observation>,
}

/// A disease vaccines protect against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Antigen {
    /// Its name in the release.
    pub name: String,
    /// Its vaccine group: an index of [`Schedule::groups`].
    pub group: usize,
    /// Evidence that no dose is needed.
    pub immunity: Immunity,
    /// Observations that forbid every vaccine of the group.
    pub contraindications: Vec<Contraindication>,
    /// Observations that forbid some vaccines.
    pub vaccine_contraindications: Vec<VaccineContraindication>,
    /// The series.
    pub series: Vec<Series>,
}

/// Vaccines that are forecast together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name in the release, without the blanks some of them end in.
    pub name: String,
    /// Several antigens: must all of them be due (MMR) or any (DTaP)? `None` for a group of one.
    pub full: Option<bool>,
}

/// One antigen of a vaccine, at some ages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Association {
    /// The vaccine.
    pub cvx: u16,
    /// The antigen: an index of [`Schedule::antigens`].
    pub antigen: usize,
    /// At which age it is about it.
    pub window: Window,
}

/// An earlier vaccine that disturbs a later one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The earlier one.
    pub previous: u16,
    /// The later one.
    pub current: u16,
    /// From so long after the earlier one.
    pub begin: Period,
    /// Until then, if the earlier one counted.
    pub min_end: Period,
    /// Until then, if it did not.
    pub end: Period,
}

/// Something known of a person: a condition, a risk, a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// CDC's number.
    pub code: u16,
    /// In words.
    pub title: String,
}

/// Ages from (inclusive) and to (exclusive).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// From this age on.
    pub from: Option<Period>,
    /// Before this age.
    pub to: Option<Period>,
}

/// Evidence of immunity (table 3-2).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Immunity {
    /// Observations that prove it.
    pub history: Vec<u16>,
    /// Born before a date.
    pub born_before: Vec<BornBefore>,
}

/// Whoever was born before a date had the disease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BornBefore {
    /// The date.
    pub date: NaiveDate,
    /// In this country; empty for any.
    pub country: String,
    /// But not with these observations.
    pub unless: Vec<u16>,
}

/// An observation that forbids every vaccine of a group, at some ages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contraindication {
    /// The observation.
    pub code: u16,
    /// At these ages.
    pub window: Window,
}

/// An observation that forbids some vaccines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaccineContraindication {
    /// The observation.
    pub code: u16,
    /// The vaccines, each at some ages.
    pub vaccines: Vec<(u16, Window)>,
}

/// What kind of series it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// For everybody.
    Standard,
    /// For who has an indication.
    Risk,
    /// Counts when somebody has it, is never forecast.
    EvaluationOnly,
}

/// Whom a series is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// Women and girls.
    Female,
    /// Men and boys.
    Male,
    /// Not known.
    Unknown,
}

/// One way to be protected against an antigen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its name in the release.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// Groups of series that do the same, by number. Directional: this one names them, they need not name it.
    pub equivalent: Vec<u8>,
    /// Only for these; empty for everybody.
    pub genders: Vec<Sex>,
    /// The one that is shown when nothing else can be chosen.
    pub default: bool,
    /// All doses of one product.
    pub product: bool,
    /// Its group of series, by number.
    pub group: u8,
    /// The group in words.
    pub group_name: String,
    /// A to C, A first.
    pub priority: u8,
    /// Breaks ties, the lowest first.
    pub preference: u8,
    /// The ages at which it is begun.
    pub start: Window,
    /// Risk series: whom it is for.
    pub indications: Vec<Indication>,
    /// The target doses.
    pub doses: Vec<TargetDose>,
}

/// An observation that makes a risk series relevant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indication {
    /// The observation.
    pub code: u16,
    /// At these ages.
    pub window: Window,
}

/// A dose to be given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TargetDose {
    /// Ages; more than one when they changed on a day.
    pub ages: Ages,
    /// Intervals that are preferred: all of them have to be kept.
    pub intervals: Vec<Interval>,
    /// Intervals that do as well.
    pub allowable_intervals: Vec<Interval>,
    /// Vaccines that are preferred.
    pub preferable: Vec<Vaccine>,
    /// Vaccines that do as well, at some ages.
    pub allowable: Vec<(u16, Window)>,
    /// Vaccines that are given by mistake only.
    pub inadvertent: CvxSet,
    /// When it is not needed.
    pub skips: Vec<Skip>,
    /// It comes again and again.
    pub recurring: bool,
    /// It is for a season: from, and to if that is known.
    pub season: Option<(NaiveDate, Option<NaiveDate>)>,
}

/// The ages of a target dose.
pub type Ages = Vec<AgeRule>;

/// At which age a dose is given (table 3-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AgeRule {
    /// Before this it does not count: the minimum less the days of grace.
    pub abs_min: Option<Period>,
    /// The minimum.
    pub min: Option<Period>,
    /// Recommended from.
    pub earliest: Option<Period>,
    /// Recommended until.
    pub latest: Option<Period>,
    /// No more from then on.
    pub max: Option<Period>,
    /// In force from this day.
    pub since: Option<NaiveDate>,
    /// In force until this day.
    pub until: Option<NaiveDate>,
}

/// From what an interval is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// The dose before that was valid or not.
    Previous,
    /// The dose that satisfied a target dose, by its number from 1.
    Target(u8),
    /// The latest dose of these vaccines in the whole history.
    MostRecent(Box<CvxSet>),
    /// The day of an observation.
    Observation(u16),
}

/// How long after something a dose is given (tables 3-5, 3-6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// After what.
    pub from: From,
    /// Before this it does not count.
    pub abs_min: Option<Period>,
    /// The minimum.
    pub min: Option<Period>,
    /// Recommended from.
    pub earliest: Option<Period>,
    /// Recommended until.
    pub latest: Option<Period>,
    /// It goes before what other antigens of the group want.
    pub overrides: bool,
    /// In force from this day.
    pub since: Option<NaiveDate>,
    /// In force until this day.
    pub until: Option<NaiveDate>,
}

/// A vaccine that is preferred for a dose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vaccine {
    /// The vaccine.
    pub cvx: u16,
    /// At these ages.
    pub window: Window,
    /// Only of this maker; empty for any.
    pub mvx: String,
    /// Only under this name; empty for any.
    pub trade_name: String,
    /// It is named when the dose is forecast.
    pub forecast: bool,
}

/// In which steps a skip is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// When doses are evaluated.
    Evaluation,
    /// When the next one is forecast.
    Forecast,
    /// In both.
    Both,
}

/// When a target dose is not needed (table 3-9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// In which step.
    pub context: Context,
    /// Any of the sets is enough; else all are needed.
    pub any: bool,
    /// The sets.
    pub sets: Vec<SkipSet>,
}

/// Conditions that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkipSet {
    /// In force from this day.
    pub since: Option<NaiveDate>,
    /// In force until this day.
    pub until: Option<NaiveDate>,
    /// Any of the conditions is enough; else all are needed.
    pub any: bool,
    /// The conditions.
    pub conditions: Vec<Condition>,
}

/// A condition of a skip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The person is of this age.
    Age(Window),
    /// So long since the dose before.
    Interval(Period),
    /// A series of this group is complete.
    Completed(u8),
    /// So many doses were given.
    Count(Box<Count>),
}

/// So many doses were given at some ages, or on some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// At these ages.
    pub window: Window,
    /// From this day.
    pub since: Option<NaiveDate>,
    /// Before this day.
    pub until: Option<NaiveDate>,
    /// Of these vaccines; empty for any.
    pub vaccines: CvxSet,
    /// Which doses.
    pub doses: Doses,
    /// Compared how.
    pub compare: std::cmp::Ordering,
    /// With this number.
    pub number: u8,
}

/// Which doses are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doses {
    /// Those that are valid in this series.
    Valid,
    /// All of them.
    Total,
}
