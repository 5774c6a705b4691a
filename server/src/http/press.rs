//! A button pressed twice is one act. A page carries a random word; the same word with the same answers from the same browser is
//! the same press, and is led to where the first one led.

use std::time::Duration;

use app::{
    answer::{Answer, Failure, Reply},
    call::Call,
    routes::Handler,
};
use registry::Pressed;

/// How long a second press waits for the first to end.
const PATIENCE: u32 = 100;
const STEP: Duration = Duration::from_millis(100);

/// Does what a form asks for, once.
pub(super) async fn once(call: &Call, handler: Handler) -> Reply {
    let Some(digest) = digest(call) else { return handler(call.clone()).await };
    for _ in 0..PATIENCE {
        match call.registry.press(&digest).await? {
            Pressed::First => {
                let reply = handler(call.clone()).await;
                // Only what is done leads somewhere; a page with faults is sent again.
                let led_to = match &reply {
                    Ok(Answer::Go(to)) => Some(to.as_str()),
                    _ => None,
                };
                call.registry.pressed(&digest, led_to).await?;
                return reply;
            }
            Pressed::Before(to) => return Ok(Answer::Go(to)),
            Pressed::AtWork => tokio::time::sleep(STEP).await,
        }
    }
    Err(Failure::Conflict)
}

/// Who pressed what on which page, and what was typed. None for a form without the word.
fn digest(call: &Call) -> Option<[u8; 32]> {
    let word = call.form.value("press");
    if word.len() != 64 || !word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut parts: Vec<Vec<u8>> = vec![
        call.token.clone().unwrap_or_default().into_bytes(),
        call.draft.clone().unwrap_or_default().into_bytes(),
        call.path.clone().into_bytes(),
    ];
    for (name, value) in call.form.fields() {
        parts.push(name.clone().into_bytes());
        parts.push(value.clone().into_bytes());
    }
    for (name, bytes) in call.form.files() {
        parts.push(name.clone().into_bytes());
        parts.push(credentials::sha256(bytes).to_vec());
    }
    // Each part by its own digest: no two lists of parts read the same.
    let whole: Vec<u8> = parts.iter().flat_map(|part| credentials::sha256(part)).collect();
    Some(credentials::sha256(&whole))
}
