//! How often something may be tried, per visitor, and for passwords per account too. Kept in memory: a restart forgives, a second server counts by itself.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bucket {
    /// Passwords, from one network.
    SignIn,
    /// Passwords of one account, from wherever.
    Account,
    /// Codes of certificates.
    Verify,
    /// Public forms.
    Submit,
}

impl Bucket {
    /// Most tries in ten minutes.
    const fn most(self) -> u32 {
        match self {
            Self::SignIn => 20,
            // More than a forgetful owner needs, and 7,200 guesses a day for everybody else together. A stranger who
            // locks an account has to go on doing so.
            Self::Account => 50,
            Self::Verify => 30,
            Self::Submit => 200,
        }
    }
}

const WINDOW: Duration = Duration::from_mins(10);
/// Most that are counted at once in a bucket: some megabytes.
const MOST_COUNTED: usize = 100_000;

/// The counts: a window for each bucket, so that a flood of one kind does not make another forgotten.
#[derive(Default)]
pub struct Tries(Mutex<HashMap<Bucket, Window>>);

/// What was tried since. It ends for everybody at once: nothing is looked through while others wait.
struct Window {
    since: Instant,
    counts: HashMap<Tried, u32>,
}

/// Who tries, or what is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tried {
    /// A network.
    Network(IpAddr),
    /// What was typed as a user name, known or not: its digest, so that what is kept has a size.
    Login([u8; 32]),
}

impl Tried {
    /// The network of a visitor.
    pub fn by(visitor: IpAddr) -> Self {
        Self::Network(network(visitor))
    }

    /// A user name as typed.
    pub fn login(typed: &str) -> Self {
        Self::Login(registry::login_digest(typed))
    }
}

impl Tries {
    /// Takes back a try that turned out right: a whole office behind one address may sign in, only wrong ones count.
    pub fn forgive(&self, bucket: Bucket, tried: Tried) {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = windows.get_mut(&bucket).and_then(|window| window.counts.get_mut(&tried)) {
            *count = count.saturating_sub(1);
        }
    }

    /// Counts a try; false when there were too many.
    pub fn allow(&self, bucket: Bucket, tried: Tried, now: Instant) -> bool {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.entry(bucket).or_insert_with(|| Window { since: now, counts: HashMap::new() });
        let is_over = now.duration_since(window.since) >= WINDOW;
        let is_full = window.counts.len() >= MOST_COUNTED && !window.counts.contains_key(&tried);
        let over = (is_over || is_full)
            .then(|| std::mem::replace(window, Window { since: now, counts: HashMap::new() }))
            .map(|over| over.counts);
        if let Some(over) = over.as_ref().filter(|_| !is_over) {
            // Full before its time: whoever has tried so often that it looks like guessing is not forgotten for it.
            let often = over.iter().filter(|(_, count)| **count > bucket.most() / 2);
            window.counts.extend(often.take(MOST_COUNTED / 2).map(|(tried, count)| (*tried, *count)));
        }
        let count = window.counts.entry(tried).or_default();
        *count += 1;
        let is_allowed = *count <= bucket.most();
        // What is over is freed after the lock.
        drop(windows);
        drop(over);
        is_allowed
    }
}

/// A network of one household or one attacker: the first 64 bits of an IPv6 address.
fn network(visitor: IpAddr) -> IpAddr {
    match visitor {
        IpAddr::V6(address) if address.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_codes_ends_after_thirty_tries_and_others_go_on() {
        let tries = Tries::default();
        let start = Instant::now();
        let one = Tried::by("192.0.2.1".parse().unwrap());
        assert!((0..30).all(|_| tries.allow(Bucket::Verify, one, start)));
        assert!(!tries.allow(Bucket::Verify, one, start));
        assert!(tries.allow(Bucket::Verify, Tried::by("192.0.2.2".parse().unwrap()), start));
        assert!(tries.allow(Bucket::SignIn, one, start));
        assert!(tries.allow(Bucket::Verify, one, start + WINDOW));
    }

    #[test]
    fn an_office_behind_one_address_can_sign_in_all_day() {
        let tries = Tries::default();
        let (office, now) = (Tried::by("192.0.2.7".parse().unwrap()), Instant::now());
        for _ in 0..200 {
            assert!(tries.allow(Bucket::SignIn, office, now));
            tries.forgive(Bucket::SignIn, office);
        }
        assert!((0..20).all(|_| tries.allow(Bucket::SignIn, office, now)));
        assert!(!tries.allow(Bucket::SignIn, office, now));
    }

    #[test]
    fn a_flood_of_made_up_names_does_not_make_the_guesses_at_one_account_forgotten() {
        let tries = Tries::default();
        let start = Instant::now();
        let account = Tried::login("clinic");
        assert!((0..50).all(|_| tries.allow(Bucket::Account, account, start)));
        for name in 0..MOST_COUNTED + 10 {
            assert!(tries.allow(Bucket::Account, Tried::login(&name.to_string()), start));
        }
        assert!(!tries.allow(Bucket::Account, account, start));
        // Nor is what was right before a window ended counted after it.
        let later = start + WINDOW;
        tries.forgive(Bucket::Account, account);
        assert!((0..50).all(|_| tries.allow(Bucket::Account, account, later)));
        assert!(!tries.allow(Bucket::Account, account, later));
    }

    #[test]
    fn a_whole_ipv6_network_is_one_visitor() {
        let tries = Tries::default();
        let now = Instant::now();
        for host in 0..30u16 {
            assert!(tries.allow(Bucket::Verify, Tried::by(format!("2001:db8::{host:x}").parse().unwrap()), now));
        }
        assert!(!tries.allow(Bucket::Verify, Tried::by("2001:db8::ffff".parse().unwrap()), now));
    }

    #[test]
    fn guessing_one_account_from_many_networks_ends_and_its_case_does_not_matter() {
        let tries = Tries::default();
        let now = Instant::now();
        for guess in 0..50 {
            let typed = if guess % 2 == 0 { "Clinic" } else { " clinic " };
            assert!(tries.allow(Bucket::Account, Tried::login(typed), now));
        }
        assert!(!tries.allow(Bucket::Account, Tried::login("clinic"), now));
        assert!(tries.allow(Bucket::Account, Tried::login("nurse"), now));
    }
}
