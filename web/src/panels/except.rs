//! "Except this event": tuples that would keep a rule from matching an event, what else each takes along, and where to write it.

use super::exceptions::locked_name;
use crate::{
    actions,
    i18n::{Text, number},
    state::State,
    widgets::{
        button::word_button,
        erase::{flag, on, part, with},
    },
};
use engine::report::{Breadth, FileId, Suggestion, Writing};
use leptos::prelude::*;
use web_sys::Event;

/// Events that are named.
const NAMED: usize = 12;

/// What the dialog asks.
pub(crate) fn except(state: State, rule: u32, event: u32) -> AnyView {
    let locked = state
        .results
        .with_untracked(|results| locked_name(state, results, results.rules.get(rule as usize)?.at.file));
    let locked = locked.map(|name| {
        let words = state.say(Text::ExceptLocked, &[&name]);
        view! { <p class="muted">{words}</p> }.into_any()
    });
    let chosen = RwSignal::new(0_usize);
    // By file: the same place is meant whichever tuple is chosen.
    let file = RwSignal::new(None::<u32>);
    let of_chosen = move |of: &dyn Fn(&Suggestion) -> AnyView| {
        state
            .ways
            .with(|ways| ways.as_ref().and_then(|ways| ways.get(chosen.get())).map(of))
            .unwrap_or_else(|| ().into_any())
    };
    let ways = part(move || {
        let ways = state.ways.get();
        match ways.as_deref() {
            None => view! { <p role="status">{state.t(Text::Looking)}</p> }.into_any(),
            Some([]) => view! { <p role="status">{state.t(Text::NoWays)}</p> }.into_any(),
            Some(ways) => {
                let way = |(at, way): (usize, &Suggestion)| way_view(state, at, way, event, chosen);
                ways.iter().enumerate().map(way).collect::<Vec<_>>().into_any()
            }
        }
    });
    let choose = with(move |event: Event| file.set(event_target_value(&event).parse().ok()));
    let places = part(move || {
        of_chosen(&|way| {
            let now = writing(way, file.get()).map(|writing| writing.file);
            let option = |writing: &Writing| {
                let place = place(state, writing);
                view! { <option value=writing.file.to_string() selected=now == Some(writing.file)>{place}</option> }
                    .into_any()
            };
            way.writings.iter().map(option).collect::<Vec<_>>().into_any()
        })
    });
    let preview = part(move || {
        of_chosen(&|way| {
            let yaml = writing(way, file.get()).map(added).unwrap_or_default();
            view! { <pre class="file-text exc-built" tabindex="0">{yaml}</pre> }.into_any()
        })
    });
    let write = move || {
        let writing = state.ways.with_untracked(|ways| {
            writing(ways.as_ref()?.get(chosen.get_untracked())?, file.get_untracked()).cloned()
        });
        state.dialog.set(None);
        if let Some(writing) = writing {
            actions::exceptions::write_exception(state, &writing);
        }
    };
    let nothing = flag(move || state.ways.with(|ways| ways.as_ref().is_none_or(Vec::is_empty)));
    view! {
        <div class="except">
            {locked}
            <div role="radiogroup" aria-label=state.t(Text::Breadth)>{ways}</div>
            <label class="except-where" hidden=nothing>
                <span>{state.t(Text::WriteTo)}</span>
                <select on:change=choose>{places}</select>
            </label>
            {preview}
            <div class="modal-actions">
                {word_button("outlined", state.t(Text::Cancel), move || state.dialog.set(None))}
                <button type="button" class="solid" disabled=nothing on:click=on(write)>
                    {state.t(Text::WriteException)}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// Opens the dialog about the selected event and a rule; hidden where there is none.
pub(crate) fn except_button(state: State, rule: Signal<Option<u32>>) -> AnyView {
    let act = move || {
        if let (Some(rule), Some(event)) = (rule.get_untracked(), state.selected.get_untracked()) {
            actions::exceptions::except(state, rule, event);
        }
    };
    let name = state.tf(Text::ExceptFrom, move || {
        let named = |rule: u32| {
            state.results.with(|results| results.rules.get(rule as usize).map(|rule| rule.name.clone()))
        };
        vec![rule.get().and_then(named).unwrap_or_default()]
    });
    view! {
        <button
            type="button"
            class="outlined small"
            aria-label=name
            hidden=flag(move || rule.get().is_none())
            on:click=on(act)
        >
            {state.t(Text::ExceptThis)}
        </button>
    }
    .into_any()
}

/// The way to write in `file`, or the first.
fn writing(way: &Suggestion, file: Option<u32>) -> Option<&Writing> {
    way.writings.iter().find(|writing| Some(writing.file) == file).or(way.writings.first())
}

fn place(state: State, writing: &Writing) -> String {
    let name = state
        .results
        .with_untracked(|results| results.input(FileId::Rules(writing.file)).map(|input| input.name.clone()));
    let Some(name) = name else {
        return Text::AppendedInNew.with(state.lang.get(), &[&actions::exceptions::new_file(state)]);
    };
    let words = if writing.appended { Text::AppendedIn } else { Text::InTheRule };
    words.with(state.lang.get(), &[&name])
}

/// What is added, from the left margin on.
fn added(writing: &Writing) -> String {
    let inserted = writing.edits.iter().map(|(_, insert)| insert.as_str()).collect::<String>();
    let lines = || inserted.lines().filter(|line| !line.trim().is_empty());
    let margin = lines().map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    lines().filter_map(|line| line.get(margin..)).collect::<Vec<_>>().join("\n")
}

fn way_view(state: State, at: usize, way: &Suggestion, event: u32, chosen: RwSignal<usize>) -> AnyView {
    let lang = state.lang.get();
    let breadth = match way.breadth {
        Breadth::Narrow => Text::Narrow,
        Breadth::Middle => Text::Middle,
        Breadth::Broad => Text::Broad,
    };
    let kind = if way.new { Text::NewException } else { Text::OneMoreTuple };
    let (lost, all) = (way.lost.len(), way.matched as usize);
    let loses = Text::Loses.with(lang, &[&number(lost), &number(all), &number(all.saturating_sub(lost))]);
    let others: Vec<String> =
        way.lost.iter().filter(|lost| **lost != event).map(|lost| number(*lost as usize + 1)).collect();
    let more = if others.len() > NAMED { " …" } else { "" };
    let named = others.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let also = (!others.is_empty()).then(|| Text::AlsoLost.with(lang, &[&(named + more)]));
    let columns = way
        .columns
        .iter()
        .map(|(field, comp, value)| view! { <code>{format!("{field} {comp} {value}")}</code> }.into_any());
    view! {
        <label class="except-way">
            <input
                type="radio"
                name="breadth"
                prop:checked=flag(move || chosen.get() == at)
                on:change=on(move || chosen.set(at))
            />
            <span>
                <span>
                    <strong>{breadth.in_lang(lang)}</strong>
                    " "
                    <span class="muted">{kind.with(lang, &[&way.exception])}</span>
                </span>
                <span class="except-columns">{columns.collect::<Vec<_>>()}</span>
                <span>{loses}" "{also}</span>
            </span>
        </label>
    }
    .into_any()
}
