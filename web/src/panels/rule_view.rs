//! A rule as Falco has it in the end: where each part comes from, what it sees, and what it just misses.

use super::{
    chip::{priority_class, priority_letters},
    details::nothing,
    exceptions::exceptions_table,
    rules::status_word,
    tuning::{deciding, rule_fates},
};
use crate::{
    actions,
    i18n::{Lang, Text, number},
    results::Results,
    state::{ResultView, State},
    widgets::{
        button::word_button,
        erase::{flag, on, part},
        markdown::{link, markdown},
    },
};
use engine::{
    catalog::attack,
    report::{KeyChange, ListDetail, Piece, PieceKind, Place, Rule, RuleDetail},
};
use leptos::prelude::*;

/// What the region of details shows in the view of rules.
pub(crate) fn rule_view(state: State) -> AnyView {
    let shown = Memo::new(move |_| {
        state.results.with(|results| {
            let (name, detail) = state.told.with(|told| told.rule.clone())?;
            let rule = results.rules.iter().find(|rule| rule.name == name)?.clone();
            Some((rule, detail))
        })
    });
    let position = Signal::derive(move || {
        let name = shown.with(|shown| Some(shown.as_ref()?.0.name.clone()))?;
        let at = state.results.with(|results| results.rules.iter().position(|rule| rule.name == name))?;
        Some(at as u32)
    });
    let of = move |of: fn(State, &Rule, &RuleDetail) -> AnyView, none: fn(State) -> AnyView| {
        part(move || shown.get().map_or_else(|| none(state), |(rule, detail)| of(state, &rule, &detail)))
    };
    let no_rule = |state| nothing(state, Text::NoRuleTitle, Text::NoRuleHint);
    let no_part = |_| ().into_any();
    view! {
        {of(head, no_rule)}
        <div
            class="detail-body"
            tabindex="0"
            role="group"
            aria-label=state.t(Text::Details)
            data-start=""
            hidden=flag(move || shown.with(Option::is_none))
        >
            <div class="told">
                {of(about, no_part)}
                {exceptions_table(state, position, true)}
                {of(more, no_part)}
            </div>
        </div>
    }
    .into_any()
}

fn head(state: State, rule: &Rule, _: &RuleDetail) -> AnyView {
    let place = rule.at;
    view! {
        <header class="detail-head">
            <h2>
                <span class=format!("grid-priority {}", priority_class(rule.priority)) title=rule.priority.name()>
                    {priority_letters(rule.priority)}
                </span>
                " "
                <span>{rule.name.clone()}</span>
            </h2>
            {word_button("", state.t(Text::ShowInFile), move || actions::go_to(state, &place))}
        </header>
    }
    .into_any()
}

fn about(state: State, rule: &Rule, detail: &RuleDetail) -> AnyView {
    let lang = state.lang.get();
    let status = match status_word(rule.status) {
        Some(word) => format!("– {}", word.in_lang(lang)),
        None => Text::StatusRuns.in_lang(lang).to_owned(),
    };
    let decided = rule.decided_at.map(|at| to_place(state, Text::DecidedHere.in_lang(lang).to_owned(), at));
    let tags = rule.tags.iter().map(|tag| view! { <li>{tag_view(tag)}</li> }.into_any());
    view! {
            <p class="muted">
                {rule.priority.name()} " · " {rule.source.clone()} " · " {status} " " {decided}
            </p>
            {markdown(&detail.desc)}
            {rule_fates(state, rule)}
            {deciding(state, rule, &detail.deciding).map(|inner| section(state, Text::Deciding, inner))}
            <ul class="rule-tags" aria-label=state.t(Text::Tags) hidden=rule.tags.is_empty()>{tags.collect::<Vec<_>>()}</ul>
            {section(state, Text::MergedCondition, text_view(state, detail, &detail.condition))}
            {section(state, Text::EventTypes, event_types(state, detail))}
            {(!detail.lists.is_empty()).then(|| section(state, Text::Lists, lists(state, &detail.lists)))}
    }
    .into_any()
}

fn more(state: State, _: &Rule, detail: &RuleDetail) -> AnyView {
    view! {
            {section(state, Text::MergedOutput, text_view(state, detail, &detail.output))}
            {section(state, Text::WhereFrom, parts(state, detail))}
            {section(state, Text::NearMisses, near_misses(state, detail))}
    }
    .into_any()
}

fn section(state: State, title: Text, inner: AnyView) -> AnyView {
    let title = state.t(title);
    view! { <section class="rule-section" aria-label=title><h3>{title}</h3>{inner}</section> }.into_any()
}

/// A tag, with a link where it names a tactic, a technique or a benchmark that has a page.
fn tag_view(tag: &str) -> AnyView {
    attack::page(tag).map_or_else(|| tag.to_owned().into_any(), |to| link(tag, &to))
}

fn to_place(state: State, words: String, at: Place) -> AnyView {
    view! { <button type="button" on:click=on(move || actions::go_to(state, &at))>{words}</button> }
        .into_any()
}

fn file_and_line(state: State, at: &Place) -> String {
    let name = state.results.with_untracked(|results: &Results| {
        results.input(at.file).map_or_else(String::new, |input| input.name.clone())
    });
    format!("{name}:{}", at.start.line)
}

/// The text put together, each run a way to where it is written; what later items bring in is marked with their number.
fn text_view(state: State, detail: &RuleDetail, pieces: &[Piece]) -> AnyView {
    let mut before: Option<u32> = Some(0);
    let runs = pieces.iter().map(|piece| {
        let class = match piece.kind {
            PieceKind::Written => "",
            PieceKind::Items => "items",
            PieceKind::Glue => "glue",
        };
        let later = piece.part.filter(|part| *part > 0);
        let number = (later != before.filter(|part| *part > 0)).then_some(later).flatten();
        before = piece.part;
        let number = number.map(|part| view! { <span class="rule-from">{part + 1}</span> }.into_any());
        let class = format!("{class} {}", if later.is_some() { "from-later" } else { "" });
        if piece.kind == PieceKind::Glue {
            return view! { <span class=class>{number}{piece.text.clone()}</span> }.into_any();
        }
        let title = match piece.part.and_then(|part| detail.parts.get(part as usize)) {
            Some(_) => file_and_line(state, &piece.at),
            None => String::new(),
        };
        let at = piece.at;
        view! {
            <button type="button" class=class title=title on:click=on(move || actions::go_to(state, &at))>
                {number}
                {piece.text.clone()}
            </button>
        }
        .into_any()
    });
    view! { <div class="rule-text">{runs.collect::<Vec<_>>()}</div> }.into_any()
}

fn event_types(state: State, detail: &RuleDetail) -> AnyView {
    let lang = state.lang.get();
    let open = detail.open_branch.map(|at| {
        view! { <p>{Text::OpenBranch.in_lang(lang)} " " {to_place(state, file_and_line(state, &at), at)}</p> }
            .into_any()
    });
    let types = match &detail.event_types {
        None => Text::AllEventTypes.in_lang(lang).into_any(),
        Some(names) => view! { <code>{names.join(", ")}</code> }.into_any(),
    };
    view! { <p>{types}</p> {open} }.into_any()
}

fn lists(state: State, lists: &[ListDetail]) -> AnyView {
    let rows = lists.iter().map(|list| {
        let more = (list.count as usize).saturating_sub(list.items.len());
        let more = (more > 0).then(|| format!(" … +{}", number(more)));
        view! {
            <tr>
                <th scope="row">{to_place(state, list.name.clone(), list.at)}</th>
                <td><code>{list.items.join(", ")}</code> {more}</td>
            </tr>
        }
        .into_any()
    });
    view! { <table class="rule-parts"><tbody>{rows.collect::<Vec<_>>()}</tbody></table> }.into_any()
}

/// The items that the rule is made of, numbered as the marks in its text.
fn parts(state: State, detail: &RuleDetail) -> AnyView {
    let lang = state.lang.get();
    let rows = detail.parts.iter().enumerate().map(|(at, part)| {
        let keys = part.keys.iter().map(|(key, how, place)| {
            let how = match how {
                KeyChange::Defines => None,
                KeyChange::Replaces => Some(Text::Replaces),
                KeyChange::Appends => Some(Text::Appends),
            };
            let words = how.map_or_else(|| key.clone(), |how| format!("{key} ({})", how.in_lang(lang)));
            to_place(state, words, *place)
        });
        view! {
            <tr>
                <td><span class="rule-from">{at + 1}</span></td>
                <th scope="row">{to_place(state, file_and_line(state, &part.at), part.at)}</th>
                <td>{keys.collect::<Vec<_>>()}</td>
            </tr>
        }
        .into_any()
    });
    view! { <table class="rule-parts"><tbody>{rows.collect::<Vec<_>>()}</tbody></table> }.into_any()
}

fn near_misses(state: State, detail: &RuleDetail) -> AnyView {
    let lang = state.lang.get();
    if detail.near_misses.is_empty() {
        return view! { <p class="muted">{Text::NoNearMisses.in_lang(lang)}</p> }.into_any();
    }
    let rows = detail.near_misses.iter().map(|(event, check)| {
        let event = *event;
        let title = state.results.with_untracked(|results| {
            let summary = results.events.get(event as usize)?;
            Some(if summary.name.is_empty() { summary.summary.clone() } else { summary.name.clone() })
        });
        let words = format!("{} {}", event + 1, title.unwrap_or_default());
        let name = state.told.with_untracked(|told| told.rule.as_ref().map(|(name, _)| name.clone()));
        let show = on(move || {
            state.view.set(ResultView::List);
            if let Some(name) = name.clone() {
                actions::select_cell(state, event, name);
            }
        });
        view! {
            <li>
                <button type="button" on:click=show>{words}</button>
                <span class="muted">{one_check(lang)}</span>
                <code>{check.clone()}</code>
            </li>
        }
        .into_any()
    });
    let cut = (!detail.all_near_misses)
        .then(|| view! { <p class="muted">{Text::MoreNearMisses.in_lang(lang)}</p> });
    view! { <ul class="rule-misses">{rows.collect::<Vec<_>>()}</ul> {cut} }.into_any()
}

fn one_check(lang: Lang) -> &'static str {
    Text::OnlyThis.in_lang(lang)
}
