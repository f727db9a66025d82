//! What lasts longer than a moment.

use crate::widgets::erase::effect;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

/// A change that is over after this time is not worth showing.
const LATE_MS: u32 = 150;

/// Whether `is` has been true for a moment. A delayed transition would do the same, but while it waits the browser keeps
/// what may fade as a layer of its own, and draws it anew at every change.
pub(crate) fn late(is: Memo<bool>) -> RwSignal<bool> {
    let timer = StoredValue::new_local(None::<Timeout>);
    let late = RwSignal::new(false);
    effect(move || {
        let waiting = is.get().then(|| Timeout::new(LATE_MS, move || late.set(true)));
        if waiting.is_none() && late.get_untracked() {
            late.set(false);
        }
        timer.set_value(waiting);
    });
    late
}
