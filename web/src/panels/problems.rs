//! The list of problems of all files, the worst first.

use crate::widgets::erase::{Keyed, flag, list, on, text, with};
use crate::{
    actions, app,
    i18n::{self, Lang, Text},
    results::Results,
    state::{Dialog, State},
};
use engine::{
    catalog::codes::ALL,
    report::{Diagnostic, Place},
    text::Severity,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Longer lists help nobody.
const MOST: usize = 200;

/// A problem, ready to be shown.
#[derive(Clone, PartialEq)]
struct Row {
    /// Position in the report, for its fixes.
    at: usize,
    file: String,
    problem: Diagnostic,
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
                {list(move || rows.get().into_iter().map(|row| Keyed::new(row.key(), move || row_view(state, row.clone()))).collect())}
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

impl Row {
    /// A row stays, and stays open, while its problem stays the same.
    fn key(&self) -> String {
        let Place { file, span, .. } = self.problem.at;
        format!("{} {:?} {} {} {:?} {}", self.at, file, span.start, span.end, self.problem.message, self.file)
    }
}

fn listed(results: &Results) -> Vec<Row> {
    let order = results.problems_by_weight();
    let row = |at: usize| {
        let problem = results.diagnostics.get(at)?.clone();
        let file = results.input(problem.at.file)?.name.clone();
        Some(Row { at, file, problem })
    };
    order.into_iter().take(MOST).filter_map(row).collect()
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

fn row_view(state: State, row: Row) -> AnyView {
    let lang = state.lang;
    let Row { at, file, problem } = row;
    let place = problem.at;
    let severity = problem.severity;
    let message = problem.message.clone();
    let (line, column) = (place.start.line.to_string(), place.start.column.to_string());
    let label = {
        let (file, line) = (file.clone(), line.clone());
        text(move || Text::PlaceLabel.with(lang.get(), &[&file, &line, &column]))
    };
    let fixes = problem.fixes.iter().enumerate().map(|(fix, it)| {
        let title = it.title.clone();
        view! {
            <button type="button" class="fix outlined" on:click=on(move || actions::apply_fix(state, at, fix))>
                {state.t(Text::Fix)} ": " {text(move || title.text(lang.get()))}
            </button>
        }
        .into_any()
    });
    let fixes = fixes.collect::<Vec<_>>();
    view! {
        <li class="problem">
            <button type="button" class="problem-main" data-start="" on:click=on(move || actions::go_to(state, &place))>
                <span class=format!("problem-sign {}", class(severity))>
                    <span aria-hidden="true">{sign(severity)}</span>
                    <span class="quiet">{state.t(word(severity))}</span>
                </span>
                <span class="problem-message">{text(move || message.text(lang.get()))}</span>
                <span class="problem-place muted" aria-hidden="true">{format!("{file}:{line}")}</span>
                <span class="quiet">{label}</span>
                <code class="problem-code muted">{problem.code.clone()}</code>
            </button>
            {fixes}
            {more(state, &problem)}
        </li>
    }
    .into_any()
}

/// Reasons, other places, Falco's own words and the page of the code, closed at first.
fn more(state: State, problem: &Diagnostic) -> AnyView {
    let lang = state.lang;
    let notes = problem
        .notes
        .iter()
        .cloned()
        .map(|note| view! { <p>{text(move || note.text(lang.get()))}</p> }.into_any());
    let related = problem.related.iter().cloned().map(|(place, message)| {
        let line = place.start.line;
        let label = move |lang: Lang| format!("{} ({}:{line})", message.text(lang), Text::Related.in_lang(lang));
        view! {
            <p><button type="button" class="link" on:click=on(move || actions::go_to(state, &place))>{text(move || label(lang.get()))}</button></p>
        }
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
