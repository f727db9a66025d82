//! The notice: one short message, with a way back where something was replaced.

use crate::{
    actions,
    i18n::Text,
    state::State,
    widgets::{
        erase::{on, part},
        icon::{CLOSE, icon},
    },
};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

/// How long a notice stays; one that can undo something stays longer.
const STAY_MS: u32 = 6_000;
const STAY_UNDO_MS: u32 = 20_000;

pub(crate) fn notices(state: State) -> AnyView {
    let timer = StoredValue::new_local(None::<Timeout>);
    // Reading and reaching for it stop the clock.
    let held = RwSignal::new(false);
    Effect::new(move |_| {
        let stay = state
            .notice
            .with(|notice| notice.as_ref().map(|it| if it.undo.is_some() { STAY_UNDO_MS } else { STAY_MS }));
        let stay = if held.get() { None } else { stay };
        timer.set_value(stay.map(|stay| Timeout::new(stay, move || actions::dismiss(state))));
    });
    let shown = part(move || {
        let Some(notice) = state.notice.get() else { return ().into_any() };
        let undo = notice.undo.is_some().then(|| {
            view! {
                <button type="button" class="outlined" on:click=on(move || actions::undo(state))>{state.t(Text::Undo)}</button>
            }
            .into_any()
        });
        let dismiss = on(move || {
            held.set(false);
            actions::dismiss(state);
        });
        view! {
            <p>{notice.text}</p>
            {undo}
            <button
                type="button"
                class="icon-only"
                aria-label=state.t(Text::Dismiss)
                title=state.t(Text::Dismiss)
                on:click=dismiss
            >
                {icon(CLOSE)}
            </button>
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
