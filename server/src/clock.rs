//! The real time and the real randomness, once.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::America::New_York;
use domain::{Chance, Clock};

/// The computer's clock; days as Massachusetts counts them.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that owns the time")]
    fn now(&self) -> DateTime<Utc> {
        // Milliseconds: what both engines keep.
        let now = Utc::now();
        DateTime::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now)
    }

    fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&New_York).date_naive()
    }
}

/// The operating system's randomness.
pub struct SystemChance;

impl Chance for SystemChance {
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness no id and no session is safe: stopping is the only right answer.
        #[expect(clippy::expect_used, reason = "see above")]
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}
