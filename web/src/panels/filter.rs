//! What narrows the event list: counters that are buttons, a rule, and words.

use crate::{
    actions,
    i18n::{self, Lang, Text},
    results::{EventState, Results, STATES},
    state::{Filter, State},
    widgets::{
        button::{icon_button_unless, search, toggle},
        erase::{flag, on, part, text, with},
        icon::CLOSE,
    },
};
use engine::report::{EventSummary, Outcome};
use leptos::prelude::*;

impl Filter {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn takes(&self, outcome: Outcome) -> bool {
        let suppressed = |(exception, tuple)| Outcome::Suppressed { exception, tuple: Some(tuple) };
        self.tuple.is_none_or(|tuple| outcome == suppressed(tuple))
    }

    /// Positions of the events that pass.
    pub(crate) fn apply(&self, results: &Results) -> Vec<u32> {
        let words: Vec<String> = self.text.split_whitespace().map(str::to_ascii_lowercase).collect();
        let rule = results.rules.iter().position(|rule| rule.name == self.rule);
        // A file that has gone narrows nothing.
        let file = self.file.filter(|file| (*file as usize) < results.event_files.len());
        let passes = |at: u32, event: &EventSummary| {
            let hits = results.verdicts.get(at as usize).map_or(&[][..], Vec::as_slice);
            self.state.is_none_or(|state| results.state(at) == state)
                && (self.rule.is_empty()
                    || hits.iter().any(|hit| Some(hit.rule as usize) == rule && self.takes(hit.outcome))
                    || self.tuple.is_none()
                        && rule.and_then(|rule| results.rules.get(rule)).is_some_and(|rule| {
                            rule.undecided.contains(at) || self.fate.is_some() && rule.raised.contains(at)
                        }))
                && self.fate.is_none_or(|fate| results.fate(at) == Some(fate))
                && self
                    .time
                    .is_none_or(|(from, to)| event.when.is_some_and(|when| (from..to).contains(&when)))
                && file.is_none_or(|file| event.file == file)
                && words.iter().all(|word| occurs(word, event, results, at))
        };
        (0..).zip(&results.events).filter(|(at, event)| passes(*at, event)).map(|(at, _)| at).collect()
    }
}

/// True if a word (in lower case) occurs in what the list shows of an event.
fn occurs(word: &str, event: &EventSummary, results: &Results, at: u32) -> bool {
    let texts =
        [&event.name, &event.note, &event.time, &event.source, &event.kind, &event.summary, &event.place];
    let hits = results.verdicts.get(at as usize).into_iter().flatten();
    let rules = hits.filter_map(|hit| results.rules.get(hit.rule as usize)).map(|rule| &rule.name);
    texts.into_iter().chain(rules).any(|text| text.to_ascii_lowercase().contains(word))
}

pub(crate) fn filter_bar(state: State) -> AnyView {
    let counts = Memo::new(move |_| state.results.with(Results::counts));
    let names = Memo::new(move |_| {
        state.results.with(|results| {
            let with_answer = results.rules.iter().filter(|rule| Results::speaks(rule));
            with_answer.map(|rule| rule.name.clone()).collect::<Vec<_>>()
        })
    });
    let options = part(move || {
        let chosen = state.filter.with(|filter| filter.rule.clone());
        let mut names = names.get();
        if !chosen.is_empty() && !names.contains(&chosen) {
            names.push(chosen.clone());
        }
        names
            .into_iter()
            .map(|name| {
                view! { <option value=name.clone() selected=name == chosen>{name.clone()}</option> }
                    .into_any()
            })
            .collect::<Vec<_>>()
            .into_any()
    });
    let files = Memo::new(move |_| {
        state
            .results
            .with(|results| results.event_files.iter().map(|file| file.name.clone()).collect::<Vec<_>>())
    });
    let file_choice = part(move || {
        let files = files.get();
        if files.len() < 2 {
            return ().into_any();
        }
        let chosen = state.filter.with(|filter| filter.file);
        let option = |(at, name): (u32, String)| {
            view! { <option value=at.to_string() selected=chosen == Some(at)>{name}</option> }.into_any()
        };
        let choose = with(move |event: web_sys::Event| {
            let file = event_target_value(&event).parse().ok();
            actions::filter(state, |filter| filter.file = file);
        });
        view! {
            <select aria-label=state.t(Text::FilterFile) on:change=choose>
                <option value="" selected=chosen.is_none()>{state.t(Text::AllFiles)}</option>
                {(0..).zip(files).map(option).collect::<Vec<_>>()}
            </select>
        }
        .into_any()
    });
    view! {
        <div class="filter">
            <div class="counters" role="group" aria-label=state.t(Text::FilterText)>
                {STATES.map(|of| counter(state, of, counts)).into_iter().collect::<Vec<_>>()}
            </div>
            {file_choice}
            <select
                aria-label=state.t(Text::FilterRule)
                on:change=with(move |event: web_sys::Event| {
                    let chosen = event_target_value(&event);
                    actions::filter(state, |filter| (filter.rule, filter.tuple) = (chosen, None));
                })
            >
                <option value="" selected=flag(move || state.filter.with(|filter| filter.rule.is_empty()))>
                    {state.t(Text::AllRules)}
                </option>
                {options}
            </select>
            {search(
                state.t(Text::FilterText),
                text(move || state.filter.with(|filter| filter.text.clone())),
                move |typed| actions::filter(state, |filter| filter.text = typed),
            )}
            {icon_button_unless(
                flag(move || state.filter.with(Filter::is_empty)),
                state.t(Text::ClearFilter),
                CLOSE,
                on(move || actions::filter(state, |filter| *filter = Filter::default())),
            )}
        </div>
    }
    .into_any()
}

fn counter(state: State, of: EventState, counts: Memo<[usize; 4]>) -> AnyView {
    let (sign, class, short, long) = of.look();
    let label = move |lang: Lang| Text::ShowOnly.with(lang, &[long.in_lang(lang)]);
    let inner = view! {
        <span class=format!("state-sign {class}") aria-hidden="true">{sign}</span>
        <strong>{text(move || i18n::number(counts.get()[of as usize]))}</strong>
        <span>{state.t(short)}</span>
    };
    let pressed = move || state.filter.with(|filter| filter.state) == Some(of);
    let button =
        toggle("counter", text(move || label(state.lang.get())), pressed, inner.into_any(), move || {
            actions::filter(state, |filter| {
                filter.state = if filter.state == Some(of) { None } else { Some(of) }
            });
        });
    // Events that say everything leave nothing undecided.
    let hidden = flag(move || of == EventState::Undecided && counts.get()[of as usize] == 0 && !pressed());
    view! { <span hidden=hidden>{button}</span> }.into_any()
}
