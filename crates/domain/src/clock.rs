//! Time and randomness, as parameters: only the server owns the real ones, so every rule can be tested on any day.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::{Builder, Uuid};

/// What time it is.
pub trait Clock: Send + Sync {
    /// The instant, for records of what happened when.
    fn now(&self) -> DateTime<Utc>;

    /// The calendar day in Massachusetts at an instant.
    fn day(&self, at: DateTime<Utc>) -> NaiveDate;

    /// The calendar day in Massachusetts, for everything the law counts in days.
    fn today(&self) -> NaiveDate {
        self.day(self.now())
    }
}

/// Unpredictable bytes.
pub trait Chance: Send + Sync {
    /// Fills `bytes` from a cryptographically secure source.
    fn fill(&self, bytes: &mut [u8]);

    /// A fresh id of nothing but chance (UUIDv4, 122 random bits): one that stands in an address tells nobody since when what it
    /// names is there.
    fn random_id(&self) -> Uuid {
        let mut random = [0; 16];
        self.fill(&mut random);
        Builder::from_random_bytes(random).into_uuid()
    }

    /// A fresh UUIDv7 for an instant: it sorts by time and cannot be guessed (74 random bits).
    fn id(&self, at: DateTime<Utc>) -> Uuid {
        let mut random = [0; 10];
        self.fill(&mut random);
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}
