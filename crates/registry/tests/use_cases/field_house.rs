//! Messages and tables as systems of the field send them, and what a house makes of them.

use registry::Batch;

use super::*;

/// A message about somebody as a system sends it; `doses` are its ORC and RXA lines.
pub(crate) fn vxu(control: &str, identity: &str, doses: &[String]) -> String {
    format!(
        "MSH|^~\\&|EHR|P1|MIIS|MA|20261101120000-0500||VXU^V04^VXU_V04|{control}|P|2.5.1|||ER|AL|||||Z22^CDCPHINVS\rPID|1||{identity}\r{}\r",
        doses.join("\r")
    )
}

/// An order and its dose, with what is done about it (RXA-21).
pub(crate) fn given(order: &str, on: &str, vaccine: &str, action: &str) -> String {
    format!(
        "ORC|RE||{order}^EHR\rRXA|0|1|{on}||{vaccine}|0.5|mL^^UCUM||00^New^NIP001||^^^||||L1||MSD^M^MVX|||CP|{action}"
    )
}

pub(crate) fn ada(control: &str) -> String {
    vxu(control, "41^^^EHR^MR||Brook^Ada||20200203|F", &[given("1", "20210301", "03^MMR^CVX", "A")])
}

pub(crate) fn ben(control: &str) -> String {
    vxu(control, "42^^^EHR^MR||Stone^Ben||20210607|M", &[given("2", "20220701", "21^varicella^CVX", "A")])
}

impl House {
    /// A day in November, when the files were made.
    pub(crate) fn november(&self) {
        *self.clock.0.lock().unwrap() = "2026-11-25T14:00:00Z".parse().unwrap();
    }

    pub(crate) async fn take(&self, bytes: impl AsRef<[u8]>) -> Batch {
        self.november();
        let bytes = bytes.as_ref();
        self.registry.import(&self.clinic(), self.office, ImportKind::of(bytes), bytes, &|_| {}).await.unwrap().batch
    }

    /// The days and vaccines of the one person found by a name and a birth date.
    pub(crate) async fn doses_of(&self, last: &str, first: &str, born: &str) -> Vec<String> {
        let record = self.record_of(last, first, born).await;
        record.doses.iter().map(|dose| format!("{} {}", dose.given_on, dose.cvx)).collect()
    }

    pub(crate) async fn record_of(&self, last: &str, first: &str, born: &str) -> registry::Record {
        let found = self.registry.search(&self.clinic(), last, first, day(born)).await.unwrap();
        let exact: Vec<_> = found.iter().filter(|hit| hit.born.date() == day(born)).collect();
        assert_eq!(exact.len(), 1, "{last}, {first}: {found:?}");
        self.registry.record(&self.clinic(), exact[0].id).await.unwrap()
    }

    pub(crate) async fn people(&self) -> i64 {
        self.registry.count_people().await.unwrap()
    }
}

/// What a file of the shared cases comes to: people, accepted (with or without a warning), refused, waiting.
pub(crate) async fn shared(files: &[&str], expected: (i64, i64, i64, i64)) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/real-cases");
    if !folder.is_dir() {
        eprintln!("SKIPPED: the shared cases of the field are not here");
        return;
    }
    let house = house().await;
    let (mut accepted, mut refused, mut waiting) = (0, 0, 0);
    for file in files {
        let batch = house.take(std::fs::read(folder.join(file)).unwrap()).await;
        accepted += batch.accepted + batch.warned;
        refused += batch.refused;
        waiting += batch.waiting;
    }
    assert_eq!((house.people().await, accepted, refused, waiting), expected, "{files:?}");
}
