//! The browser's entry: wakes the islands.

// Naming the app keeps its islands in this module.
extern crate app;

/// Called once by `start.js` when the module is loaded; each island is then woken by its own exported function.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
