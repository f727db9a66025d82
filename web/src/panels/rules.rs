//! The list of rules: what each says about the events, and whether it takes part.

use super::{
    chip::{priority_class, priority_letters},
    tuning::kept_of,
};
use crate::{
    actions,
    i18n::{Text, number},
    results::Results,
    state::{Region, State},
    widgets::{
        erase::{Keyed, list, maybe, on, part, text, with},
        window::Window,
    },
};
use engine::report::Status;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// What a row shows.
#[derive(Clone, PartialEq)]
struct Row {
    name: String,
    class: &'static str,
    letters: &'static str,
    priority: &'static str,
    source: String,
    status: Status,
    place: String,
    matched: u32,
    suppressed: u32,
    undecided: u32,
    /// Of how many alerts of a log how many are kept.
    kept: Option<(u32, u32)>,
}

pub(crate) fn rule_list(state: State) -> AnyView {
    let shown = Memo::new(move |_| {
        let words: Vec<String> =
            state.filter.with(|filter| filter.text.split_whitespace().map(str::to_ascii_lowercase).collect());
        state.results.with(|results| {
            let rules = results.rules.iter().take(results.rule_count()).enumerate();
            let passes = |name: &str| {
                let name = name.to_ascii_lowercase();
                words.iter().all(|word| name.contains(word.as_str()))
            };
            rules.filter(|(_, rule)| passes(&rule.name)).map(|(at, _)| at).collect::<Vec<_>>()
        })
    });
    let window = Window::new();
    let total = Memo::new(move |_| shown.with(Vec::len));
    let rows = Memo::new(move |_| window.rows(total.get()));
    let name_at = move |at: usize| {
        let rule = shown.with_untracked(|shown| shown.get(at).copied())?;
        state.results.with_untracked(|results| Some(results.rules.get(rule)?.name.clone()))
    };
    let chosen = Memo::new(move |_| {
        let name = state.told.with(|told| Some(told.rule.as_ref()?.0.clone()))?;
        shown.with(|shown| {
            state.results.with(|results| {
                shown.iter().position(|at| results.rules.get(*at).is_some_and(|rule| rule.name == name))
            })
        })
    });
    let keys = move |event: KeyboardEvent| {
        let last = total.get_untracked().saturating_sub(1);
        let now = chosen.get_untracked().unwrap_or(0);
        let to = match event.key().as_str() {
            "ArrowDown" => (now + 1).min(last),
            "ArrowUp" => now.saturating_sub(1),
            "PageDown" => (now + window.page()).min(last),
            "PageUp" => now.saturating_sub(window.page()),
            "Home" => 0,
            "End" => last,
            "Enter" => {
                event.prevent_default();
                actions::go_to_region(state, Region::Details);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(name) = name_at(to) {
            actions::select_rule(state, Some(name));
            window.reveal(to);
        }
    };
    let current = maybe(move || {
        let at = chosen.get()?;
        rows.get().contains(&at).then(|| format!("rule-{at}"))
    });
    let row = move |at: usize| {
        let row = Memo::new(move |_| {
            let rule = shown.with(|shown| shown.get(at).copied())?;
            state.results.with(|results| make(results, rule))
        });
        part(move || row.get().map_or_else(|| ().into_any(), |row| row_view(state, at, row, chosen)))
            .into_any()
    };
    view! {
        <div
            class="rule-list"
            node_ref=window.node
            role="listbox"
            tabindex="0"
            data-start=""
            aria-label=state.t(Text::RuleList)
            aria-activedescendant=current
            on:keydown=with(keys)
            on:scroll=on(move || window.look())
        >
            <div class="event-space" role="presentation" style=("--rows", text(move || total.get().to_string()))>
                {list(move || rows.get().map(|at| Keyed::new(at.to_string(), move || row(at))).collect())}
            </div>
        </div>
    }
    .into_any()
}

fn make(results: &Results, at: usize) -> Option<Row> {
    let rule = results.rules.get(at)?;
    let file = results.input(rule.at.file).map_or("", |input| input.name.as_str());
    Some(Row {
        name: rule.name.clone(),
        class: priority_class(rule.priority),
        letters: priority_letters(rule.priority),
        priority: rule.priority.name(),
        source: rule.source.clone(),
        status: rule.status,
        place: format!("{file}:{}", rule.at.start.line),
        matched: rule.matched,
        suppressed: rule.suppressed,
        undecided: rule.undecided.len() as u32,
        kept: kept_of(rule),
    })
}

/// What a status means for the rule, in a word or two; nothing for one that runs.
pub(crate) const fn status_word(status: Status) -> Option<Text> {
    match status {
        Status::Active => None,
        Status::Disabled => Some(Text::StatusDisabled),
        Status::Deselected => Some(Text::StatusDeselected),
        Status::BelowPriority => Some(Text::StatusBelow),
        Status::Broken => Some(Text::StatusBroken),
        Status::Skipped => Some(Text::StatusSkipped),
    }
}

fn row_view(state: State, at: usize, row: Row, chosen: Memo<Option<usize>>) -> AnyView {
    let lang = state.lang.get();
    let name = row.name.clone();
    let choose = on(move || {
        actions::select_rule(state, Some(name.clone()));
        // A narrow window shows the details in place of the list.
        if state.region.get_untracked() == Region::Events {
            actions::go_to_region(state, Region::Details);
        }
    });
    let count = |count: u32, class: &'static str, sign: &'static str, words: Text| {
        let shown = if count > 0 { number(count as usize) } else { String::new() };
        view! {
            <span class=format!("rule-count {class}")>
                <span aria-hidden="true">{(count > 0).then_some(sign)} " "</span>
                {shown}
                <span class="quiet">{(count > 0).then(|| words.in_lang(lang))}</span>
            </span>
        }
        .into_any()
    };
    let kept = row
        .kept
        .map(|(kept, all)| Text::KeptOf.with(lang, &[&number(kept as usize), &number(all as usize)]) + " · ");
    let status = status_word(row.status)
        .map(|word| view! { <span class="rule-status">"– " {word.in_lang(lang)}</span> }.into_any());
    view! {
        <div
            id=format!("rule-{at}")
            class="rule-row"
            role="option"
            aria-selected=text(move || (chosen.get() == Some(at)).to_string())
            style=("--at", at.to_string())
            on:click=choose
        >
            <span class=format!("grid-priority {}", row.class) title=row.priority aria-hidden="true">{row.letters}</span>
            <span class="quiet">{row.priority}</span>
            <span class="rule-name">{row.name}</span>
            {status}
            {count(row.matched, "matching", "●", Text::Matching)}
            {count(row.suppressed, "suppressed", "⊘", Text::Suppressed)}
            {count(row.undecided, "undecided", "◐", Text::Undecided)}
            <span class="rule-place muted">{kept}{(row.source != "syscall").then(|| format!("{} · ", row.source))} {row.place}</span>
        </div>
    }
    .into_any()
}
