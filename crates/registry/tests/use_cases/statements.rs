//! What the use cases ask the database: each text once, into the file `MIIS_STATEMENTS` names. `cargo xtask check` asks the engines how they
//! would answer.

use std::{
    collections::HashSet,
    fs::File,
    io::Write as _,
    sync::{Mutex, Once},
};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

/// Begins to write them down, where a file is named.
pub(crate) fn record() {
    static BEGUN: Once = Once::new();
    BEGUN.call_once(|| {
        let Some(path) = std::env::var_os("MIIS_STATEMENTS") else { return };
        let file = File::options().create(true).append(true).open(path).unwrap();
        let writer = Writer(Mutex::new((file, HashSet::new())));
        tracing::subscriber::set_global_default(writer).unwrap();
    });
}

/// Writes each statement once, as a line of JSON.
struct Writer(Mutex<(File, HashSet<String>)>);

/// The text of a statement: whole where it is long, else its summary is all of it.
#[derive(Default)]
struct Text {
    summary: String,
    whole: String,
}

impl Visit for Text {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.trim().clone_into(&mut self.whole),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

impl Subscriber for Writer {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text::default();
        event.record(&mut text);
        let text = if text.whole.is_empty() { text.summary } else { text.whole };
        let mut kept = self.0.lock().unwrap();
        if kept.1.insert(text.clone()) {
            writeln!(kept.0, "{}", serde_json::Value::String(text)).unwrap();
        }
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}
