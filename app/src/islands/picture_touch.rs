//! The picture of a person's doses, under a finger or the arrow keys: it opens at today, and a mark that is chosen says what it is. A mouse
//! shows the same beside a mark without a script, and the lists of the page say it in words.

use leptos::prelude::*;

/// What stands below the picture: what to do, then what was touched. Hidden until it is awake.
#[island]
pub fn PictureTouch(hint: String) -> impl IntoView {
    let (awake, set_awake) = signal(false);
    let (said, set_said) = signal(hint.clone());
    // What a mark says stays in sight; how to touch one need not.
    let is_told = move || said.get() != hint;
    Effect::new(move |_| set_awake.set(open(set_said)));
    view! { <p class="tl-said no-print" class:told=is_told aria-live="polite" hidden=move || !awake.get()>{said}</p> }
}

/// Brings today into the middle, and listens. False where there is no picture.
#[cfg(feature = "hydrate")]
fn open(set_said: WriteSignal<String>) -> bool {
    use leptos::{ev, wasm_bindgen::JsCast};
    let find = |selector: &str| document().query_selector(selector).ok().flatten();
    let (Some(frame), Some(today)) = (find(".timeline-scroll"), find(".tl-today")) else { return false };
    bring_to_middle(&frame, &today);
    let is_inside = |frame: &web_sys::Element, target: Option<web_sys::EventTarget>| {
        let touched = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        touched.is_some_and(|touched| frame.contains(Some(&touched)))
    };
    let by_finger = {
        let frame = frame.clone();
        window_event_listener(ev::click, move |event| {
            if is_inside(&frame, event.target())
                && let Some(mark) = nearest(&frame, f64::from(event.client_x()), f64::from(event.client_y()))
            {
                choose(&mark, set_said);
            }
        })
    };
    let by_key = window_event_listener(ev::keydown, move |event| {
        // With one of these the keys are the browser's own: a page back, a word on.
        if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let to = match event.key().as_str() {
            "ArrowRight" => Step::Forward,
            "ArrowLeft" => Step::Back,
            "Home" => Step::First,
            "End" => Step::Last,
            _ => return,
        };
        if is_inside(&frame, event.target())
            && let Some(mark) = mark_at(&frame, to)
        {
            event.prevent_default();
            choose(&mark, set_said);
            bring_to_middle(&frame, &mark);
        }
    });
    on_cleanup(move || {
        by_finger.remove();
        by_key.remove();
    });
    true
}

/// Moves the picture so that something of it is in its middle.
#[cfg(feature = "hydrate")]
fn bring_to_middle(frame: &web_sys::Element, mark: &web_sys::Element) {
    let (outer, inner) = (frame.get_bounding_client_rect(), mark.get_bounding_client_rect());
    let beside = inner.left() - outer.left() - outer.width() / 2.0;
    #[expect(clippy::cast_possible_truncation, reason = "a picture is some hundred pixels wide")]
    frame.set_scroll_left(frame.scroll_left() + beside as i32);
}

/// Says what a mark is.
#[cfg(feature = "hydrate")]
fn choose(mark: &web_sys::Element, set_said: WriteSignal<String>) {
    let title = mark.query_selector("title").ok().flatten();
    let Some(title) = title.and_then(|title| title.text_content()) else { return };
    if let Ok(Some(before)) = document().query_selector(".tl-chosen") {
        let _ = before.class_list().remove_1("tl-chosen");
    }
    let _ = mark.class_list().add_1("tl-chosen");
    set_said.set(title);
}

/// Which mark a key means.
#[cfg(feature = "hydrate")]
#[derive(Clone, Copy)]
enum Step {
    Forward,
    Back,
    First,
    Last,
}

/// The mark after the chosen one, or before it, as one reads: line by line, each from left to right; the first or the last where none is
/// chosen, and none beyond the last or before the first, where the keys are the browser's again.
#[cfg(feature = "hydrate")]
fn mark_at(frame: &web_sys::Element, to: Step) -> Option<web_sys::Element> {
    use leptos::wasm_bindgen::JsCast;
    let parts = frame.query_selector_all(".tl-line, .tl-dose, .tl-window, .tl-overdue").ok()?;
    let parts = (0..parts.length()).filter_map(|at| parts.item(at)?.dyn_into::<web_sys::Element>().ok());
    let mut line = 0_u32;
    let mut marks = Vec::new();
    for part in parts {
        // Each line of the picture begins with its stroke.
        if part.class_list().contains("tl-line") {
            line += 1;
        } else {
            let place = part.get_bounding_client_rect();
            marks.push((line, place.left() + place.right(), part));
        }
    }
    marks.sort_by(|(line, x, _), (other_line, other_x, _)| line.cmp(other_line).then(x.total_cmp(other_x)));
    let chosen = marks.iter().position(|(.., mark)| mark.class_list().contains("tl-chosen"));
    let next = match (to, chosen) {
        (Step::First, _) | (Step::Forward, None) => 0,
        (Step::Last, _) | (Step::Back, None) => marks.len().checked_sub(1)?,
        (Step::Forward, Some(at)) => at + 1,
        (Step::Back, Some(at)) => at.checked_sub(1)?,
    };
    marks.into_iter().nth(next).map(|(.., mark)| mark)
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
