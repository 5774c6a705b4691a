//! The picture of a person's doses, under a finger: it opens at today, and a mark that is touched says what it is. A mouse shows the same
//! beside a mark without a script, and the lists of the page say it in words.

use leptos::prelude::*;

/// What stands below the picture: what to do, then what was touched. Hidden until it is awake.
#[island]
pub fn PictureTouch(hint: String) -> impl IntoView {
    let (awake, set_awake) = signal(false);
    let (said, set_said) = signal(hint);
    Effect::new(move |_| {
        set_awake.set(true);
        open(set_said);
    });
    view! { <p class="tl-said no-print" aria-live="polite" hidden=move || !awake.get()>{said}</p> }
}

/// Brings today into the middle, and listens.
#[cfg(feature = "hydrate")]
fn open(set_said: WriteSignal<String>) {
    use leptos::{ev, wasm_bindgen::JsCast};
    let find = |selector: &str| document().query_selector(selector).ok().flatten();
    let (Some(frame), Some(today)) = (find(".timeline-scroll"), find(".tl-today")) else { return };
    let (outer, inner) = (frame.get_bounding_client_rect(), today.get_bounding_client_rect());
    let beside = inner.left() - outer.left() - outer.width() / 2.0;
    #[expect(clippy::cast_possible_truncation, reason = "a picture is some hundred pixels wide")]
    frame.set_scroll_left(frame.scroll_left() + beside as i32);
    let listener = window_event_listener(ev::click, move |event| {
        let Some(touched) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
            return;
        };
        if !frame.contains(Some(&touched)) {
            return;
        }
        let title = touched.query_selector("title").ok().flatten();
        let Some(title) = title.and_then(|title| title.text_content()) else { return };
        if let Ok(Some(before)) = document().query_selector(".tl-chosen") {
            let _ = before.class_list().remove_1("tl-chosen");
        }
        let _ = touched.class_list().add_1("tl-chosen");
        set_said.set(title);
    });
    on_cleanup(move || listener.remove());
}

/// On the server nobody touches.
#[cfg(not(feature = "hydrate"))]
fn open(_set_said: WriteSignal<String>) {}
