//! `miis schedule`, as an operator uses it.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests stop where they cannot go on")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use domain::Clock;
use registry::{Registry, Settings};
use server::{
    clock::{SystemChance, SystemClock},
    schedules::{activate, import, list},
};
use store::Store;

async fn registry(name: &str) -> (Registry, PathBuf) {
    let folder = std::env::temp_dir().join(format!("miis_schedules_{name}_{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let store = Store::open(folder.join("miis.db").to_str().unwrap()).await.unwrap();
    store.migrate().await.unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    (Registry::new(store, clock, Arc::new(SystemChance), Settings::default()), folder)
}

fn shared(release: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/cdsi/data").join(release);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: CDC's release {release} is not here; importing it was not tried");
    None
}

#[tokio::test]
async fn cdcs_own_folder_is_imported_listed_and_put_in_force_and_a_damaged_one_is_refused_with_its_place() {
    let (registry, folder) = registry("cdc").await;
    let Some(release) = shared("4.64") else { return };
    assert!(import(&registry, &release).await.unwrap().starts_with("release 4.64 is kept"));
    assert!(import(&registry, &release).await.unwrap().contains("is here already"));
    let listed = list(&registry).await.unwrap();
    assert!(listed.contains("* release 4.65   built-in\n"), "{listed}");
    assert!(listed.contains("  release 4.64   imported"), "{listed}");
    let said = activate(&registry, "4.64", true, &[]).await.unwrap();
    assert!(said.starts_with("in force: 4.64 with errata"), "{said}");
    assert!(list(&registry).await.unwrap().contains("* release 4.64"));
    // One word of one file, and nothing of the folder is taken.
    let damaged = folder.join("4.99");
    fs::create_dir_all(&damaged).unwrap();
    for entry in fs::read_dir(&release).unwrap().flatten() {
        let name = entry.file_name();
        let mut text = fs::read_to_string(entry.path()).unwrap();
        if name.to_string_lossy().contains("Polio") {
            text = text.replacen("4 weeks", "4 moons", 1);
        }
        fs::write(damaged.join(name), text).unwrap();
    }
    let refused = import(&registry, &damaged).await.unwrap_err().to_string();
    assert!(refused.contains("Polio") && refused.contains("moons"), "{refused}");
    assert!(!list(&registry).await.unwrap().contains("4.99"));
}

#[tokio::test]
async fn the_departments_season_is_laid_over_by_its_name_and_taken_away_again() {
    let (registry, folder) = registry("overlay").await;
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/season-example.txt");
    assert!(import(&registry, &example).await.unwrap().contains("overlay Massachusetts flu 2026-27 (example) is kept"));
    let overlay = ["Massachusetts flu 2026-27 (example)".to_owned()];
    let said = activate(&registry, "built-in", true, &overlay).await.unwrap();
    assert!(said.contains("4.65 with errata 2026-11, overlay Massachusetts flu 2026-27 (example)"), "{said}");
    let listed = list(&registry).await.unwrap();
    assert!(listed.contains("* overlay Massachusetts flu 2026-27 (example)"), "{listed}");
    assert!(
        listed.contains("    Influenza: 2026-07-01 to 2027-06-30\n"),
        "the season in force, which is not past: {listed}"
    );
    // In force, and sent once more: it is not laid over itself.
    assert!(import(&registry, &example).await.unwrap().contains("is here already"));
    assert!(activate(&registry, "built-in", true, &["nothing".to_owned()]).await.is_err());
    assert!(activate(&registry, "9.99", true, &[]).await.unwrap_err().to_string().contains("miis schedule list"));
    assert!(import(&registry, &folder.join("missing.txt")).await.is_err());
    // A program that starts finds what was decided.
    assert_eq!(registry.begin_schedule().await.unwrap().schedule().amendments.len(), 2);
    let said = activate(&registry, "built-in", false, &[]).await.unwrap();
    assert!(said.starts_with("in force: 4.65 (SHA-256 "), "{said}");
}
