//! Over an events file in the editor: as what it is read, how many events it has, and what was left out of it.

use super::log_view::how_much;
use crate::{
    actions,
    i18n::{Text, number, wording},
    state::State,
    widgets::{
        button::word_button,
        erase::{part, with},
    },
    workspace::{DocKey, Role},
};
use engine::report::{EventsFile, EventsKind, FileId, Skipped};
use leptos::prelude::*;
use web_sys::Event;

const KINDS: [EventsKind; 3] = [EventsKind::Fields, EventsKind::Alerts, EventsKind::Audit];

fn name_of(kind: EventsKind) -> Text {
    match kind {
        EventsKind::Fields => Text::KindFields,
        EventsKind::Alerts => Text::KindAlerts,
        EventsKind::Audit => Text::KindAudit,
    }
}

/// What there is to say about the shown file; nothing if it is no events file.
pub(crate) fn events_bar(state: State) -> AnyView {
    let shown = Memo::new(move |_| {
        let active = state.active.get();
        let chosen = state.workspace.with(|workspace| {
            workspace.doc(active).filter(|doc| doc.role == Role::Events).map(|doc| doc.kind)
        })?;
        let read = state.results.with(|results| match results.file_of(active)? {
            FileId::Events(at) => results.event_files.get(at as usize).cloned(),
            _ => None,
        })?;
        Some((active, chosen, read))
    });
    part(move || match shown.get() {
        // An empty file has nothing to choose.
        Some((key, chosen, read)) if read.bytes > 0 => bar(state, key, chosen, read),
        _ => ().into_any(),
    })
    .into_any()
}

fn bar(state: State, key: DocKey, chosen: Option<EventsKind>, read: EventsFile) -> AnyView {
    let lang = state.lang.get();
    let events = number(read.events as usize);
    let choose = with(move |event: Event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        actions::read_as(state, key, at.and_then(|at| KINDS.get(at).copied()));
    });
    // What it looks like is known while nobody has chosen something else.
    let seen = match chosen {
        None => Text::KindSeen.with(lang, &[name_of(read.kind).in_lang(lang)]),
        Some(_) => Text::KindSeen.with(lang, &["…"]),
    };
    let options = KINDS.iter().enumerate().map(|(at, kind)| {
        let name = name_of(*kind).in_lang(lang);
        view! { <option value=at.to_string() selected=chosen == Some(*kind)>{name}</option> }.into_any()
    });
    view! {
        <div class="events-bar">
            <label>
                <span class="muted">{Text::ReadAs.in_lang(lang)}</span>
                " "
                <select on:change=choose>
                    <option value="" selected=chosen.is_none()>{seen}</option>
                    {options.collect::<Vec<_>>()}
                </select>
            </label>
            <span>{Text::EventsInFile.with(lang, &[&events])}</span>
            <span>{how_much(state, key)}</span>
            {left_out(state, read.skipped)}
        </div>
    }
    .into_any()
}

fn left_out(state: State, skipped: Vec<Skipped>) -> AnyView {
    if skipped.is_empty() {
        return ().into_any();
    }
    let lang = state.lang.get();
    let all: u32 = skipped.iter().map(|skipped| skipped.count).sum();
    let rows = skipped.into_iter().map(|skipped| {
        let count = number(skipped.count as usize);
        let reason = wording(&skipped.reason, lang);
        let show =
            skipped.first.into_iter().next().map(|place| {
                word_button("", state.t(Text::ShowFirst), move || actions::go_to(state, &place))
            });
        view! { <li><span>{Text::LeftOutWhy.with(lang, &[&reason, &count])}</span>{show}</li> }.into_any()
    });
    view! {
        <details class="left-out">
            <summary>{Text::LeftOut.with(lang, &[&number(all as usize)])}</summary>
            <ul>{rows.collect::<Vec<_>>()}</ul>
        </details>
    }
    .into_any()
}
