//! The list of problems of all files, the worst first.

use crate::widgets::erase::{Keyed, Listener, flag, list, on, text, with};
use crate::{
    actions, app,
    i18n::{self, Text, wording},
    results::Results,
    state::{Dialog, State},
};
use engine::{
    catalog::codes::ALL,
    report::{Diagnostic, Place},
    text::{LineColumn, Severity},
};
use leptos::prelude::*;
use std::hash::{DefaultHasher, Hash, Hasher};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, MouseEvent};

/// Longer lists help nobody.
const MOST: usize = 200;

/// A problem, ready to be shown.
#[derive(Clone, PartialEq)]
struct Row {
    /// What it says, whatever its place; and how many say the same before it.
    key: u64,
    /// Position in the report, for its fixes.
    at: usize,
    file: String,
    problem: Diagnostic,
}

/// Where a row finds what may change while it stays in the page: its places.
#[derive(Clone, Copy)]
struct Own {
    rows: Memo<Vec<Row>>,
    key: u64,
}

impl Own {
    /// Something of the row as it is now, followed.
    fn follow<T>(self, what: impl Fn(&Row) -> Option<T>) -> Option<T> {
        self.rows.with(|rows| rows.iter().find(|row| row.key == self.key).and_then(what))
    }

    fn get(self) -> Option<Row> {
        self.rows.with_untracked(|rows| rows.iter().find(|row| row.key == self.key).cloned())
    }

    /// Goes to one of its places.
    fn go(
        self,
        state: State,
        to: fn(&Diagnostic, usize) -> Option<Place>,
        at: usize,
    ) -> Listener<MouseEvent> {
        on(move || {
            if let Some(place) = self.get().and_then(|row| to(&row.problem, at)) {
                actions::go_to(state, &place);
            }
        })
    }
}

pub(crate) fn problems_panel(state: State) -> AnyView {
    let rows = Memo::new(move |_| state.results.with(listed));
    let counts = Memo::new(move |_| state.results.with(|results| results.problem_counts(None)));
    let total = move || counts.get().iter().sum::<usize>();
    let unlisted = move || total().saturating_sub(MOST);
    let refused = Memo::new(move |_| state.results.with(refused));
    let more = text(move || Text::MoreProblems.with(state.lang.get(), &[&i18n::number(unlisted())]));
    view! {
        <section id="problems" class="region" aria-label=state.t(Text::Problems)>
            <header class="problem-head">
                <h2>{state.t(Text::Problems)}</h2>
                {[
                    (Severity::Error, Text::OneError, Text::Errors),
                    (Severity::Warning, Text::OneWarning, Text::Warnings),
                    (Severity::Hint, Text::OneHint, Text::Hints),
                ]
                .map(|(severity, one, many)| {
                    let n = move || counts.get()[severity as usize];
                    view! {
                        <span class=format!("problem-count {}", class(severity)) hidden=flag(move || n() == 0)>
                            <span aria-hidden="true">{sign(severity)}</span>
                            " "
                            {text(move || i18n::count(state.lang.get(), n(), one, many))}
                        </span>
                    }
                    .into_any()
                })
                .into_iter().collect::<Vec<_>>()}
                <span class="problem-refused" hidden=flag(move || refused.with(String::is_empty))>
                    {state.tf(Text::FalcoRefuses, move || vec![refused.get()])}
                </span>
            </header>
            <ul class="problem-list" on:keydown=with(|event| walk(&event))>
                {list(move || {
                    let row = |row: Row| {
                        let own = Own { rows, key: row.key };
                        Keyed::new(row.key.to_string(), move || row_view(state, own, row.clone()))
                    };
                    rows.get().into_iter().map(row).collect()
                })}
            </ul>
            <p class="line-note" hidden=flag(move || unlisted() == 0)>{more}</p>
            <div
                class="empty"
                data-start=""
                tabindex="-1"
                hidden=flag(move || total() > 0 || !state.results.with(|results| results.any))
            >
                <p><strong>{state.t(Text::NoProblems)}</strong> " " {state.t(Text::NoProblemsHint)}</p>
            </div>
        </section>
    }
    .into_any()
}

/// A row stays, and stays open, while its problem says the same: its place may change with every key.
fn said(problem: &Diagnostic, file: &str) -> DefaultHasher {
    let mut said = DefaultHasher::new();
    let sentences = [&problem.message].into_iter().chain(&problem.notes);
    let sentences = sentences.chain(problem.related.iter().map(|(_, message)| message));
    for sentence in sentences.chain(problem.fixes.iter().map(|fix| &fix.title)) {
        sentence.hash(&mut said);
    }
    (&problem.code, problem.severity as u8, &problem.falco, problem.printed, file).hash(&mut said);
    said
}

fn listed(results: &Results) -> Vec<Row> {
    let order = results.problems_by_weight();
    let mut before: Vec<u64> = Vec::new();
    let mut row = |at: usize| {
        let problem = results.diagnostics.get(at)?.clone();
        let file = results.input(problem.at.file)?.name.clone();
        let mut said = said(&problem, &file);
        let same = said.finish();
        before.iter().filter(|other| **other == same).count().hash(&mut said);
        before.push(same);
        Some(Row { key: said.finish(), at, file, problem })
    };
    order.into_iter().take(MOST).filter_map(&mut row).collect()
}

/// The names of the files that Falco would refuse.
fn refused(results: &Results) -> String {
    let names = results.files.iter().filter(|file| !file.loads).map(|file| file.name.as_str());
    let config = results.config.iter().filter(|config| !config.loads).map(|config| config.name.as_str());
    let names = names.chain(config);
    names.collect::<Vec<_>>().join(", ")
}

const fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✖",
        Severity::Warning => "▲",
        Severity::Hint => "●",
    }
}

const fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

fn word(severity: Severity) -> Text {
    match severity {
        Severity::Error => Text::Error,
        Severity::Warning => Text::Warning,
        Severity::Hint => Text::Hint,
    }
}

fn row_view(state: State, own: Own, row: Row) -> AnyView {
    let lang = state.lang;
    let Row { file, problem, .. } = row;
    let severity = problem.severity;
    let message = problem.message.clone();
    let first = problem.at.start;
    let start = Memo::new(move |_| own.follow(|row| Some(row.problem.at.start)).unwrap_or(first));
    let label = {
        let file = file.clone();
        text(move || {
            let LineColumn { line, column } = start.get();
            Text::PlaceLabel.with(lang.get(), &[&file, &line.to_string(), &column.to_string()])
        })
    };
    let short = text(move || format!("{file}:{}", start.get().line));
    let go = own.go(state, |problem, _| Some(problem.at), 0);
    let fixes = problem.fixes.iter().enumerate().map(|(fix, it)| {
        let title = it.title.clone();
        let apply = on(move || own.get().iter().for_each(|row| actions::apply_fix(state, row.at, fix)));
        view! {
            <button type="button" class="fix outlined" on:click=apply>
                {state.t(Text::Fix)} ": " {text(move || wording(&title, lang.get()))}
            </button>
        }
        .into_any()
    });
    let fixes = fixes.collect::<Vec<_>>();
    view! {
        <li class="problem">
            <button type="button" class="problem-main" data-start="" on:click=go>
                <span class=format!("problem-sign {}", class(severity))>
                    <span aria-hidden="true">{sign(severity)}</span>
                    <span class="quiet">{state.t(word(severity))}</span>
                </span>
                <span class="problem-message">{text(move || wording(&message, lang.get()))}</span>
                <span class="problem-place muted" aria-hidden="true">{short}</span>
                <span class="quiet">{label}</span>
                <code class="problem-code muted">{problem.code.clone()}</code>
            </button>
            {fixes}
            {more(state, own, &problem)}
        </li>
    }
    .into_any()
}

/// Reasons, other places, Falco's own words and the page of the code, closed at first.
fn more(state: State, own: Own, problem: &Diagnostic) -> AnyView {
    let lang = state.lang;
    let notes = problem
        .notes
        .iter()
        .cloned()
        .map(|note| view! { <p>{text(move || wording(&note, lang.get()))}</p> }.into_any());
    let place = |problem: &Diagnostic, at: usize| problem.related.get(at).map(|(place, _)| *place);
    let related = problem.related.iter().cloned().enumerate().map(|(at, (first, message))| {
        let label = text(move || {
            let line = own.follow(|row| place(&row.problem, at)).unwrap_or(first).start.line;
            format!("{} ({}:{line})", wording(&message, lang.get()), Text::Related.in_lang(lang.get()))
        });
        view! { <p><button type="button" class="link" on:click=own.go(state, place, at)>{label}</button></p> }
            .into_any()
    });
    let printed = problem.printed;
    let falco = problem.falco.clone().map(|(code, text)| {
        let lead = if printed { Text::FalcoSays } else { Text::FalcoWouldSay };
        view! { <p>{state.t(lead)} ": " <code>{code}</code> " " <span class="mono">{text}</span></p> }
            .into_any()
    });
    let page = ALL.iter().find(|code| code.name == problem.code).map(|code| {
        let open = on(move || state.dialog.set(Some(Dialog::Code(code))));
        let label = state.tf(Text::AboutCode, || vec![code.name.to_owned()]);
        view! { <p><button type="button" class="link" on:click=open>{label}</button></p> }.into_any()
    });
    view! {
        <details class="problem-more">
            <summary>{state.t(Text::Why)}</summary>
            <div>{notes.collect::<Vec<_>>()} {related.collect::<Vec<_>>()} {falco} {page}</div>
        </details>
    }
    .into_any()
}

/// Arrow keys go from problem to problem.
fn walk(event: &KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let Ok(buttons) = document().query_selector_all(".problem-main") else { return };
    let focused = document().active_element();
    let button = |at: i32| buttons.item(u32::try_from(at).ok()?)?.dyn_into::<HtmlElement>().ok();
    let Some(at) = (0..buttons.length().cast_signed()).find(|at| button(*at).as_deref() == focused.as_ref())
    else {
        return;
    };
    if let Some(button) = button(at + step) {
        let _ = button.focus();
        event.prevent_default();
    }
}

/// The badge of the problems in the narrow window's tabs.
pub(crate) fn badge(results: &Results) -> Option<(&'static str, usize)> {
    app::worst(results, None)
}
