//! Why a rule says what it says about the selected event: a sentence, the condition part by part, and what would have to
//! be otherwise.

use super::except::except_button;
use super::tuning::deciding_event;
use super::why_rows::{Folds, Row, Word, rows};
use crate::{
    actions,
    i18n::{Text, wording},
    results::Results,
    state::State,
    told::{Proposed, Told},
    widgets::{
        button::icon_button,
        code::with_code,
        erase::{flag, maybe, on, part, text, with},
        icon::OPEN,
        late::late,
    },
};
use engine::report::{Answer, Change, Explanation, Outcome, Status, Truth, Weight};
use leptos::prelude::*;
use web_sys::{Event, KeyboardEvent};

/// The section about one rule's answer.
pub(crate) fn why(state: State, explanation: Memo<Option<Explanation>>) -> AnyView {
    let go = move || {
        let rule = state.told.with_untracked(Told::explained);
        let place = state.results.with_untracked(|results| Some(results.rules.get(rule? as usize)?.at));
        if let Some(place) = place {
            actions::go_to(state, &place);
        }
    };
    let matching = Signal::derive(move || {
        explanation.with(|why| why.as_ref().filter(|why| why.answer == Answer::Matches).map(|why| why.rule))
    });
    let cut = move || explanation.with(|why| why.as_ref().is_none_or(|why| why.complete));
    view! {
        <section class="why" aria-label=state.t(Text::WhyAnswer) hidden=flag(move || explanation.with(Option::is_none))>
            <div class="detail-title">
                <h3>{state.t(Text::WhyAnswer)}</h3>
                {rule_choice(state)}
                {icon_button(state.tf(Text::GoToRule, move || vec![explained_name(state)]), OPEN, go)}
            </div>
            <div class="why-head">
                {part(move || explanation.with(|why| why.as_ref().map_or_else(|| ().into_any(), |why| sentence(state, why))))}
                {except_button(state, matching)}
            </div>
            {part(move || explanation.with(|why| why.as_ref().map_or_else(|| ().into_any(), |why| {
                deciding_event(state, why)
            })))}
            {tree(state, explanation)}
            <p class="muted" hidden=flag(cut)>{state.t(Text::WhyCut)}</p>
            {changes(state)}
        </section>
    }
    .into_any()
}

fn explained_name(state: State) -> String {
    let rule = state.told.with(Told::explained);
    state.results.with(|results| {
        let rule = rule.and_then(|rule| results.rules.get(rule as usize));
        rule.map_or_else(String::new, |rule| rule.name.clone())
    })
}

/// All rules with what they say about the event. Until somebody goes to the list only the chosen one is made: another event
/// has to be quick, and there may be hundreds of rules.
fn rule_choice(state: State) -> AnyView {
    let used = RwSignal::new(false);
    let chosen = Memo::new(move |_| state.told.with(Told::explained).map_or(0, |rule| rule as usize));
    let made = Memo::new(move |_| {
        let count = state.results.with(Results::rule_count);
        if used.get() { 0..count } else { chosen.get()..(chosen.get() + 1).min(count) }
    });
    let choice = move |at: usize| {
        let event = state.selected.get().unwrap_or(u32::MAX);
        state.results.with(|results| {
            let name = results.rules.get(at).map_or("", |rule| &rule.name);
            format!("{} {name}", sign(results, at as u32, event))
        })
    };
    let choose = with(move |event: Event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        let name = state
            .results
            .with_untracked(|results| at.and_then(|at| results.rules.get(at)).map(|rule| rule.name.clone()));
        actions::select_rule(state, name);
    });
    let options = move || {
        let option = |at: usize| {
            let words = Memo::new(move |_| choice(at));
            let selected = flag(move || chosen.get() == at);
            view! { <option value=at.to_string() prop:selected=selected>{text(move || words.get())}</option> }
                .into_any()
        };
        made.get().map(option).collect::<Vec<_>>().into_any()
    };
    view! {
        <select
            class="why-rule"
            aria-label=state.t(Text::WhyRule)
            on:pointerdown=on(move || used.set(true))
            on:focus=on(move || used.set(true))
            on:blur=on(move || used.set(false))
            on:change=choose
        >
            {part(options)}
        </select>
    }
    .into_any()
}

/// The sign of a rule's answer.
fn sign(results: &Results, rule: u32, event: u32) -> &'static str {
    if results.rules.get(rule as usize).is_none_or(|rule| rule.status != Status::Active) {
        return "–";
    }
    let hits = results.verdicts.get(event as usize).into_iter().flatten();
    let open = || results.rules.get(rule as usize).is_some_and(|rule| rule.undecided.contains(event));
    match hits.into_iter().find(|hit| hit.rule == rule).map(|hit| hit.outcome) {
        Some(Outcome::Matches) => "●",
        Some(Outcome::Suppressed { .. }) => "⊘",
        Some(Outcome::Undecided(_)) => "◐",
        None if open() => "◐",
        None => "○",
    }
}

fn sentence(state: State, why: &Explanation) -> AnyView {
    let (sign, class) = match why.answer {
        Answer::Matches => ("●", "matching"),
        Answer::Suppressed => ("⊘", "suppressed"),
        Answer::Undecided(_) => ("◐", "undecided"),
        Answer::No | Answer::OtherSource => ("○", "silent"),
        Answer::NotRunning(_) => ("–", "silent"),
    };
    let words = wording(&why.sentence, state.lang.get());
    let decided = state.results.with(|results| results.rules.get(why.rule as usize)?.decided_at);
    let decided = decided.filter(|_| matches!(why.answer, Answer::NotRunning(_))).map(|place| {
        let name = state.results.with(|results| Some(results.input(place.file)?.name.clone()));
        let label = format!("{}:{}", name.unwrap_or_default(), place.start.line);
        let go = on(move || actions::go_to(state, &place));
        view! { <button type="button" class="link" on:click=go>{label}</button> }.into_any()
    });
    view! {
        <p class="why-sentence">
            <span class=format!("state-sign {class}") aria-hidden="true">{sign}</span>
            <span>{with_code(&words)} " " {decided}</span>
        </p>
    }
    .into_any()
}

fn tree(state: State, explanation: Memo<Option<Explanation>>) -> AnyView {
    let folds = RwSignal::new(Folds::default());
    let active = RwSignal::new(0_usize);
    let shown = Memo::new(move |_| {
        explanation.with(|why| why.as_ref().map_or_else(Vec::new, |why| folds.with(|folds| rows(why, folds))))
    });
    let last = move || shown.with_untracked(Vec::len).saturating_sub(1);
    let row_at = move |at: usize| shown.with_untracked(|rows| rows.get(at).cloned());
    let fold = move |row: &Row, open: bool| {
        let key = row.key.clone();
        folds.update(|folds| folds.set(key, open));
    };
    let keys = move |event: KeyboardEvent| {
        let at = active.get_untracked().min(last());
        let Some(row) = row_at(at) else { return };
        let to = match (event.key().as_str(), row.open) {
            ("ArrowDown", _) | ("ArrowRight", Some(true)) => (at + 1).min(last()),
            ("ArrowUp", _) => at.saturating_sub(1),
            ("Home", _) => 0,
            ("End", _) => last(),
            ("ArrowRight", Some(false)) => {
                fold(&row, true);
                at
            }
            ("ArrowLeft", Some(true)) => {
                fold(&row, false);
                at
            }
            // To the part that this one is a part of.
            ("ArrowLeft", _) => shown.with_untracked(|rows| {
                let outer = rows.iter().take(at).rposition(|other| other.level < row.level);
                outer.unwrap_or(at)
            }),
            ("Enter" | " ", _) => {
                actions::go_to(state, &row.at);
                at
            }
            _ => return,
        };
        event.prevent_default();
        active.set(to);
        reveal(to);
    };
    let current = maybe(move || {
        let rows = shown.with(Vec::len);
        (rows > 0).then(|| format!("why-{}", active.get().min(rows - 1)))
    });
    view! {
        <div
            class="why-tree"
            role="tree"
            tabindex="0"
            aria-label=state.t(Text::WhyParts)
            aria-activedescendant=current
            hidden=flag(move || shown.with(Vec::is_empty))
            on:keydown=with(keys)
        >
            {part(move || {
                let rows = shown.get();
                rows.into_iter()
                    .enumerate()
                    .map(|(at, row)| row_view(state, at, &row, active, folds))
                    .collect::<Vec<_>>()
                    .into_any()
            })}
        </div>
    }
    .into_any()
}

/// Scrolls a row into sight.
fn reveal(at: usize) {
    request_animation_frame(move || {
        if let Some(row) = document().get_element_by_id(&format!("why-{at}")) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

fn row_view(state: State, at: usize, row: &Row, active: RwSignal<usize>, folds: RwSignal<Folds>) -> AnyView {
    let lang = state.lang.get();
    let (sign, truth, word) = match row.truth {
        Truth::True => ("✓", "true", Text::PartTrue),
        Truth::False => ("✗", "false", Text::PartFalse),
        Truth::Missing => ("∅", "missing", Text::PartMissing),
        Truth::Unknown => ("?", "unknown", Text::Undecided),
    };
    let weight = match row.weight {
        Weight::Decisive => "decisive",
        Weight::Contributes => "contributes",
        Weight::Quiet => "quiet-part",
    };
    let place = row.at;
    let go = on(move || {
        active.set(at);
        actions::go_to(state, &place);
    });
    let (open, key) = (row.open, row.key.clone());
    let twist = with(move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        active.set(at);
        if let Some(open) = open {
            folds.update(|folds| folds.set(key.clone(), !open));
        }
    });
    let words = |word: Word| match word {
        Word::All => Text::AllOf,
        Word::Any => Text::AnyOf,
        Word::Not => Text::NotThis,
        Word::Macro => Text::MacroWord,
        Word::Exception => Text::ExceptionWord,
        Word::Tuple => Text::TupleWord,
    };
    let tags = row
        .words
        .iter()
        .map(|word| view! { <span class="why-word">{words(*word).in_lang(lang)}</span> }.into_any());
    let values = row.reads.iter().map(|(field, value)| {
        let shown = value.clone().unwrap_or_else(|| Text::PartMissing.in_lang(lang).to_owned());
        let name = (!row.label.starts_with(field.as_str())).then(|| format!("{field}: "));
        let class = if value.is_some() { "why-value" } else { "why-value absent" };
        let title = Text::ValueOf.with(lang, &[field, &shown]);
        view! { <span class=class title=title><span class="muted">{name}</span>{shown}</span> }.into_any()
    });
    let unknown = row.unknown.iter().map(|field| {
        let shown = Text::NotSaid.in_lang(lang);
        let name = (!row.label.starts_with(field.as_str())).then(|| format!("{field}: "));
        let title = Text::ValueOf.with(lang, &[field, shown]);
        view! { <span class="why-value absent" title=title><span class="muted">{name}</span>{shown}</span> }
            .into_any()
    });
    // Where the value itself is the item, it stands there already.
    let is_value = |hit: &&String| row.reads.iter().all(|(_, value)| value.as_ref() != Some(*hit));
    let hit =
        row.hit.as_ref().filter(is_value).map(|hit| {
            view! { <span class="why-word">{Text::ListItem.with(lang, &[hit])}</span> }.into_any()
        });
    let decides = (row.weight == Weight::Decisive
        && row.reads.len() + row.unknown.len() + usize::from(row.open.is_none()) > 0)
        .then(|| view! { <span class="quiet">{Text::Decides.in_lang(lang)}</span> }.into_any());
    let proven = row
        .proven
        .then(|| view! { <span class="why-word">{Text::ProvenByAlert.in_lang(lang)}</span> }.into_any());
    let selected = flag(move || active.get() == at);
    let label = (!row.label.is_empty()).then(|| view! { <code>{row.label.clone()}</code> }.into_any());
    view! {
        <div
            id=format!("why-{at}")
            class=format!("why-row {truth} {weight}")
            class:current=selected
            role="treeitem"
            attr:aria-level=(row.level + 1).to_string()
            aria-expanded=row.open.map(|open| open.to_string())
            aria-selected=text(move || selected.get().to_string())
            style=("--level", row.level.to_string())
            on:click=go
        >
            <span class="why-twist" aria-hidden="true" on:click=twist>
                {row.open.map(|open| if open { "▾" } else { "▸" })}
            </span>
            <span class="why-sign" aria-hidden="true">{sign}</span>
            <span class="quiet">{word.in_lang(lang)} " "</span>
            <span class="why-what">
                {tags.collect::<Vec<_>>()}
                {label}
                {values.chain(unknown).collect::<Vec<_>>()}
                {hit}
                {proven}
                {decides}
            </span>
        </div>
    }
    .into_any()
}

/// What would turn the answer. It is tried out, so it follows the explanation; the last stays until then, out of reach.
fn changes(state: State) -> AnyView {
    let proposed = Memo::new(move |_| state.told.with(|told| told.proposed.clone()));
    let old = Memo::new(move |_| state.told.with(|told| told.proposed_is_old));
    let list = move || match proposed.get() {
        Some(Proposed { event, to_match, changes }) if !changes.is_empty() => {
            let title = if to_match { Text::ChangesToMatch } else { Text::ChangesToStop };
            let rows = changes.iter().map(|change| change_view(state, event, change));
            view! {
                <h4 class="why-changes-title">{state.t(title)}</h4>
                <ul class="why-changes">{rows.collect::<Vec<_>>()}</ul>
            }
            .into_any()
        }
        _ => ().into_any(),
    };
    let dim = late(old);
    view! {
        <div
            class:old=flag(move || dim.get())
            aria-busy=text(move || old.get().to_string())
            inert=flag(move || old.get())
        >
            {part(list)}
        </div>
    }
    .into_any()
}

fn change_view(state: State, event: u32, change: &Change) -> AnyView {
    let lang = state.lang.get();
    let none = Text::PartMissing.in_lang(lang);
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| none.to_owned());
    let words: Vec<String> =
        change.fields.iter().map(|(field, value)| format!("{field} → {}", shown(value))).collect();
    let name = Text::TryCopyOf.with(lang, &[&words.join(", ")]);
    let fields = change.fields.iter().map(|(field, value)| {
        let value = match value {
            Some(value) => view! { <code>{value.clone()}</code> }.into_any(),
            None => view! { <span class="muted">{none}</span> }.into_any(),
        };
        view! { <span class="why-change"><code>{field.clone()}</code> " → " {value}</span> }.into_any()
    });
    let (place, text) = change.copy.clone();
    let act = on(move || actions::add_copy(state, event, &place, &text));
    view! {
        <li>
            <span>{fields.collect::<Vec<_>>()}</span>
            <button type="button" class="outlined small" aria-label=name on:click=act>
                {Text::TryCopy.in_lang(lang)}
            </button>
        </li>
    }
    .into_any()
}
