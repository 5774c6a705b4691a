//! The picture of a person's doses, under a finger: it opens at today, and a mark that is touched says what it is. A mouse shows the same
//! beside a mark without a script, and the lists of the page say it in words.

use leptos::prelude::*;

/// What stands below the picture: what to do, then what was touched. Hidden until it is awake.
#[island]
pub fn PictureTouch(hint: String) -> impl IntoView {
    let (awake, set_awake) = signal(false);
    let (said, set_said) = signal(hint);
    Effect::new(move |_| set_awake.set(open(set_said)));
    view! { <p class="tl-said no-print" aria-live="polite" hidden=move || !awake.get()>{said}</p> }
}

/// Brings today into the middle, and listens. False where there is no picture.
#[cfg(feature = "hydrate")]
fn open(set_said: WriteSignal<String>) -> bool {
    use leptos::{ev, wasm_bindgen::JsCast};
    let find = |selector: &str| document().query_selector(selector).ok().flatten();
    let (Some(frame), Some(today)) = (find(".timeline-scroll"), find(".tl-today")) else { return false };
    let (outer, inner) = (frame.get_bounding_client_rect(), today.get_bounding_client_rect());
    let beside = inner.left() - outer.left() - outer.width() / 2.0;
    #[expect(clippy::cast_possible_truncation, reason = "a picture is some hundred pixels wide")]
    frame.set_scroll_left(frame.scroll_left() + beside as i32);
    let listener = window_event_listener(ev::click, move |event| {
        let touched = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if !touched.is_some_and(|touched| frame.contains(Some(&touched))) {
            return;
        }
        let Some(mark) = nearest(&frame, f64::from(event.client_x()), f64::from(event.client_y())) else { return };
        let title = mark.query_selector("title").ok().flatten();
        let Some(title) = title.and_then(|title| title.text_content()) else { return };
        if let Ok(Some(before)) = document().query_selector(".tl-chosen") {
            let _ = before.class_list().remove_1("tl-chosen");
        }
        let _ = mark.class_list().add_1("tl-chosen");
        set_said.set(title);
    });
    on_cleanup(move || listener.remove());
    true
}

/// As far from a mark a finger may come down: half of what WCAG 2.5.8 asks a target to be, beyond the mark itself.
#[cfg(feature = "hydrate")]
const REACH: f64 = 12.0;

/// The mark a finger means: the one it is nearest to, doses before the bars behind them; nothing where it is near none.
#[cfg(feature = "hydrate")]
fn nearest(frame: &web_sys::Element, x: f64, y: f64) -> Option<web_sys::Element> {
    use leptos::wasm_bindgen::JsCast;
    [".tl-dose", ".tl-window, .tl-overdue"].into_iter().find_map(|kind| {
        let marks = frame.query_selector_all(kind).ok()?;
        let marks = (0..marks.length()).filter_map(|at| marks.item(at)?.dyn_into::<web_sys::Element>().ok());
        let away = |mark: &web_sys::Element| {
            let place = mark.get_bounding_client_rect();
            let beside = (place.left() - x).max(x - place.right()).max(0.0);
            let above = (place.top() - y).max(y - place.bottom()).max(0.0);
            beside.hypot(above)
        };
        let near = marks.map(|mark| (away(&mark), mark)).filter(|(away, _)| *away <= REACH);
        near.min_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, mark)| mark)
    })
}

/// On the server nobody touches.
#[cfg(not(feature = "hydrate"))]
fn open(_set_said: WriteSignal<String>) -> bool {
    false
}
