//! Made-up data by a deterministic generator: the same seed gives the same people, however many. Streamed: memory does not
//! grow with their number.

mod cast;
mod history;
mod names;
mod people;
mod places;

use std::sync::Arc;

use domain::Clock;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use registry::{Registry, RegistryError};
use uuid::{Builder, Uuid};

/// People committed at once.
const CHUNK: u32 = 1_000;

/// What to make.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many people.
    pub people: u32,
    /// The seed.
    pub seed: u64,
}

/// Fills an empty registry; tells `progress` how many people are durable.
///
/// # Errors
/// When the store fails.
pub async fn fill(
    registry: &Registry,
    clock: &Arc<dyn Clock>,
    plan: Plan,
    progress: &(dyn Fn(u32) + Send + Sync),
) -> Result<(), RegistryError> {
    let today = clock.today();
    let mut dice = Dice::new(plan.seed, 0);
    let places = places::Places::make(&mut dice);
    let mut seeder = registry.seed().await?;
    for site in places.all() {
        seeder.site(site).await?;
    }
    let accounts = cast::accounts(&mut dice, &places, &Registry::hash_password(app::DEMO_PASSWORD)?);
    for account in &accounts {
        seeder.account(account).await?;
    }
    cast::perform(&mut seeder, &mut dice, &places, &accounts, today).await?;
    seeder.commit().await?;
    let mut made = 0;
    while made < plan.people {
        let mut seeder = registry.seed().await?;
        let end = (made + CHUNK).min(plan.people);
        for number in made..end {
            let mut dice = Dice::new(plan.seed, u64::from(number) + 1);
            people::add(&mut seeder, &mut dice, &places, number, today).await?;
        }
        seeder.commit().await?;
        made = end;
        progress(made);
    }
    Ok(())
}

/// Chance with a memory: the same seed and the same number give the same throws.
pub(crate) struct Dice {
    rng: ChaCha8Rng,
    stream: u64,
}

impl Dice {
    fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self { rng, stream }
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, of: u32) -> bool {
        self.rng.random_range(0..100) < of
    }

    /// From `low` to `high`, both possible.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        self.rng.random_range(low..=high)
    }

    /// One of them.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.rng.random_range(0..of.len())]
    }

    /// A UUIDv7 of the time the demo data was invented, a moment later for each person: rows lie in the order they come, as
    /// they do in a registry that grows.
    pub(crate) fn id(&mut self) -> Uuid {
        let mut random = [0; 10];
        self.rng.fill(&mut random);
        Builder::from_unix_timestamp_millis(1_767_225_600_000 + self.stream, &random).into_uuid()
    }
}
