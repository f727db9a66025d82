//! The notice: one short message, with a way back where something was replaced.

use crate::{
    actions,
    i18n::Text,
    state::State,
    widgets::{
        button::{icon_button, word_button},
        erase::{effect, flag, on, part},
        icon::CLOSE,
    },
};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

/// How long a notice stays; one that can undo something stays longer.
const STAY_MS: u32 = 6_000;
const STAY_UNDO_MS: u32 = 20_000;

/// Over the page, or inside of the dialog that is open: what lies around that is neither seen nor read out. What was done
/// before the dialog opened can be undone when it is closed.
pub(crate) fn notices(state: State, in_dialog: bool) -> AnyView {
    let here = flag(move || {
        let undo = state.notice.with(|notice| notice.as_ref().is_some_and(|it| it.undo.is_some()));
        state.dialog.with(Option::is_some) == in_dialog && !(in_dialog && undo)
    });
    let timer = StoredValue::new_local(None::<Timeout>);
    // Reading and reaching for it stop the clock.
    let held = RwSignal::new(false);
    effect(move || {
        let stay = state
            .notice
            .with(|notice| notice.as_ref().map(|it| if it.undo.is_some() { STAY_UNDO_MS } else { STAY_MS }));
        let stay = if held.get() || !here.get() { None } else { stay };
        timer.set_value(stay.map(|stay| Timeout::new(stay, move || actions::dismiss(state))));
    });
    let shown = part(move || {
        let Some(notice) = state.notice.get().filter(|_| here.get()) else { return ().into_any() };
        let undo = notice.undo.is_some();
        let undo = undo.then(|| word_button("outlined", state.t(Text::Undo), move || actions::undo(state)));
        let dismiss = icon_button(state.t(Text::Dismiss), CLOSE, move || {
            held.set(false);
            actions::dismiss(state);
        });
        view! {
            <p>{notice.text}</p>
            {undo}
            {dismiss}
        }
        .into_any()
    });
    view! {
        <div
            class="notices"
            role="status"
            on:pointerenter=on(move || held.set(true))
            on:pointerleave=on(move || held.set(false))
            on:focusin=on(move || held.set(true))
            on:focusout=on(move || held.set(false))
        >
            {shown}
        </div>
    }
    .into_any()
}
