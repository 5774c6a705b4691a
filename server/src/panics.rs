//! A panic is a fault of the program; what it says may quote what it was reading, and that is somebody's.

use std::panic::{self, PanicHookInfo};

/// From now on a panic says where in the program it was, and only words the program itself is written with.
pub fn log_places_only() {
    panic::set_hook(Box::new(note));
}

fn note(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    // A literal of the program; what was put together while it ran is left out.
    let what = info.payload().downcast_ref::<&'static str>().copied().unwrap_or("");
    tracing::error!(place, what, "a panic");
}

#[cfg(test)]
mod tests {
    use std::{
        io::Write,
        sync::{Arc, Mutex},
    };

    use super::log_places_only;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_panic_says_where_it_was_and_nothing_of_whom_the_program_was_reading() {
        let before = std::panic::take_hook();
        log_places_only();
        let kept = Kept::default();
        let writer = kept.clone();
        let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).finish();
        tracing::subscriber::with_default(subscriber, || {
            let cell = String::from("Canary, Mia 2021–");
            let broken = std::panic::catch_unwind(|| assert_eq!(cell, "a date"));
            assert!(broken.is_err());
        });
        std::panic::set_hook(before);
        let log = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        assert!(log.contains("panics.rs") && !log.contains("Canary"), "{log}");
    }
}
