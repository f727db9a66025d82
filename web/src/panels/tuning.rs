//! What became of the alerts of a log under the rules as they are now, with the rules of then as baseline; and what a log can show.

use crate::{
    actions,
    i18n::{Text, number},
    results::{FATES, Fate, Results},
    state::State,
    widgets::{
        button::{toggle, word_button},
        code::with_code,
        erase::{flag, on, part, text, with},
    },
};
use engine::report::{Deciding, EventsKind, Explanation, Fired, PrintTo, Rule};
use leptos::prelude::*;
use web_sys::{Event, KeyboardEvent};

impl Fate {
    /// Its sign, its class, its word, and the same in full.
    const fn look(self) -> (&'static str, &'static str, Text, Text) {
        match self {
            Self::Kept => ("●", "matching", Text::FateKept, Text::FateKeptLong),
            Self::Suppressed => ("⊘", "suppressed", Text::Suppressed, Text::FateSuppressedLong),
            Self::Lost => ("○", "silent", Text::FateLost, Text::FateLostLong),
            Self::Undecided => ("◐", "undecided", Text::Undecided, Text::FateUndecidedLong),
        }
    }

    const fn count(self, fired: Fired) -> u32 {
        match self {
            Self::Kept => fired.kept,
            Self::Suppressed => fired.suppressed,
            Self::Lost => fired.lost,
            Self::Undecided => fired.undecided,
        }
    }
}

/// Over the verdicts, where events are those of a log.
pub(crate) fn log_bar(state: State) -> AnyView {
    let fired = Memo::new(move |_| state.results.with(Results::fired));
    let total = move || fired.with(|fired| FATES.iter().map(|fate| fate.count(*fired)).sum::<u32>());
    let is_log = Memo::new(move |_| {
        state.results.with(|results| results.event_files.iter().any(|file| file.kind == EventsKind::Alerts))
    });
    let has_baseline = Memo::new(move |_| state.workspace.with(|workspace| workspace.baseline.is_some()));
    let counter = move |fate: Fate| {
        let (sign, class, short, title) = fate.look();
        let inner = view! {
            <span class=format!("state-sign {class}") aria-hidden="true">{sign}</span>
            <strong>{text(move || number(fired.with(|fired| fate.count(*fired)) as usize))}</strong>
            <span>{state.t(short)}</span>
        };
        let name = text(move || {
            let lang = state.lang.get();
            Text::ShowOnly.with(lang, &[title.in_lang(lang)])
        });
        let pressed = move || state.filter.with(|filter| filter.fate) == Some(fate);
        toggle("counter", name, pressed, inner.into_any(), move || {
            actions::filter(state, |filter| {
                filter.fate = if filter.fate == Some(fate) { None } else { Some(fate) };
            });
        })
    };
    let either = move |with: Text, without: Text| {
        text(move || if has_baseline.get() { with } else { without }.in_lang(state.lang.get()).to_owned())
    };
    let said = either(Text::BaselineIs, Text::BaselineNone);
    let short = either(Text::BaselineShort, Text::NoBaselineShort);
    let clear = on(move || actions::clear_baseline(state));
    // Escape closes what is open; so does a focus that goes elsewhere, which it would cover.
    let keys = with(|event: KeyboardEvent| {
        if event.key() == "Escape" {
            crate::app::focus(".log-bar details[open] summary");
            close(".log-bar details[open]");
        }
    });
    let leave = on(|| {
        request_animation_frame(|| close("body:has(:focus) .log-bar details[open]:not(:focus-within)"));
    });
    view! {
        <section class="log-bar" on:keydown=keys on:focusout=leave aria-label=state.t(Text::LogBar) hidden=flag(move || total() == 0 && !is_log.get())>
            <div class="log-line" hidden=flag(move || total() == 0)>
                <span>{state.tf(Text::LogAlerts, move || vec![number(total() as usize)])}</span>
                <div class="counters" role="group" aria-label=state.t(Text::LogBar)>
                    {FATES.map(counter).into_iter().collect::<Vec<_>>()}
                </div>
            </div>
            {panel(
                flag(move || total() == 0),
                short,
                view! {
                    <p>{said}</p>
                    <p class="log-line">
                        {word_button("outlined small", state.t(Text::TakeBaseline), move || actions::take_baseline(state))}
                        <button type="button" class="outlined small" hidden=flag(move || !has_baseline.get()) on:click=clear>
                            {state.t(Text::ClearBaseline)}
                        </button>
                    </p>
                    <div hidden=flag(move || !has_baseline.get())>{restore(state)}</div>
                }
                .into_any(),
            )}
            {panel(
                Signal::stored(false),
                state.t(Text::LogLimits),
                view! {
                    <ul>
                        {part(move || {
                            let lang = state.lang.get();
                            [Text::LogLimitNew, Text::LogLimitUnknown, Text::LogLimitNull, Text::LogLimitProof]
                                .map(|words| view! { <li>{with_code(words.in_lang(lang))}</li> }.into_any())
                                .into_iter()
                                .collect::<Vec<_>>()
                                .into_any()
                        })}
                    </ul>
                }
                .into_any(),
            )}
        </section>
    }
    .into_any()
}

/// Words that open what stands over the list.
fn panel(hidden: Signal<bool>, words: Signal<String>, inner: AnyView) -> AnyView {
    view! {
        <details name="log" hidden=hidden>
            <summary>{words}</summary>
            <div class="log-more">{inner}</div>
        </details>
    }
    .into_any()
}

/// Closes what stands over the list, if it is as `selector` says.
fn close(selector: &str) {
    let open = document().query_selector(selector).ok().flatten();
    if let Some(open) = open {
        let _ = open.remove_attribute("open");
    }
}

/// The way back to the rules of the baseline: which files change, and a question where something is lost.
fn restore(state: State) -> AnyView {
    let asked = RwSignal::new(false);
    let differs = Memo::new(move |_| {
        let (_, changed, _) = state.workspace.with(|workspace| workspace.restored(0));
        changed
    });
    let same = flag(move || differs.with(Vec::is_empty));
    let asks = flag(move || asked.get() && !same.get());
    let restore = on(move || {
        let (_, _, loses) = state.workspace.with_untracked(|workspace| workspace.restored(0));
        asked.set(loses);
        if loses {
            request_animation_frame(|| crate::app::focus("#restore"));
        } else {
            actions::restore_baseline(state);
        }
    });
    let now = on(move || {
        asked.set(false);
        actions::restore_baseline(state);
        crate::app::focus(".log-bar details[open] summary");
    });
    let files = text(move || {
        let (lang, changed) = (state.lang.get(), differs.get().join(", "));
        if changed.is_empty() {
            Text::RestoreNothing.in_lang(lang).to_owned()
        } else {
            Text::RestoreChanges.with(lang, &[&changed])
        }
    });
    let keep = on(move || {
        asked.set(false);
        crate::app::focus("#to-baseline");
    });
    view! {
        <p class="log-line">
            <button id="to-baseline" type="button" class="outlined small" disabled=same on:click=restore>
                {state.t(Text::RestoreBaseline)}
            </button>
            <span class="muted">{files}</span>
        </p>
        <p class="log-line" role="group" aria-label=state.t(Text::RestoreBaseline) hidden=flag(move || !asks.get())>
            <span>{state.t(Text::RestoreLoses)}</span>
            <button id="restore" type="button" class="outlined small" on:click=now>{state.t(Text::Replace)}</button>
            <button type="button" class="outlined small" on:click=keep>{state.t(Text::Cancel)}</button>
        </p>
    }
    .into_any()
}

/// The same for one rule, each number a way to its events; nothing if it raised no alert in a log.
pub(super) fn rule_fates(state: State, rule: &Rule) -> Option<AnyView> {
    let (fired, lang) = (rule.fired, state.lang.get());
    let all: u32 = FATES.iter().map(|fate| fate.count(fired)).sum();
    let rows = FATES.into_iter().filter(|fate| fate.count(fired) > 0).map(|fate| {
        let (sign, class, short, title) = fate.look();
        let words = format!("{} {}", number(fate.count(fired) as usize), short.in_lang(lang));
        let name = rule.name.clone();
        let list = on(move || actions::list_fate(state, &name, fate));
        view! {
            <button type="button" class="outlined small" title=title.in_lang(lang) on:click=list>
                <span class=format!("state-sign {class}") aria-hidden="true">{sign}</span>
                {words}
            </button>
        }
        .into_any()
    });
    (all > 0).then(|| {
        view! {
            <p class="log-line">
                <span>{Text::LogAlerts.with(lang, &[&number(all as usize)])}</span>
                {rows.collect::<Vec<_>>()}
            </p>
        }
        .into_any()
    })
}

/// How many alerts of a rule are kept, in short; nothing if it raised none.
pub(super) fn kept_of(rule: &Rule) -> Option<(u32, u32)> {
    let all: u32 = FATES.iter().map(|fate| fate.count(rule.fired)).sum();
    (all > 0).then_some((rule.fired.kept, all))
}

/// What would decide events that are left open, as buttons that make alerts say the chosen of these fields from now on. `own`: alerts
/// of rule `rule` are meant, else those of others.
fn print_buttons(
    state: State,
    rule: &str,
    fields: &[String],
    chosen: RwSignal<Vec<String>>,
    own: bool,
) -> AnyView {
    let file = move || {
        let is_there = state.results.with(|results| results.config.is_some());
        if is_there { Text::ConfigFile } else { Text::NewConfigFile }
    };
    let button = |words: Text, to| {
        let (rule, fields) = (rule.to_owned(), fields.to_vec());
        let wanted = Memo::new(move |_| {
            let wanted = fields.iter().filter(|field| chosen.with(|chosen| chosen.contains(field)));
            wanted.cloned().collect::<Vec<_>>()
        });
        let said = state.tf(words, move || vec![file().in_lang(state.lang.get()).to_owned()]);
        let name = state.tf(Text::ButtonOf, move || vec![said.get(), wanted.with(|all| all.join(", "))]);
        let act = on(move || actions::print_fields(state, rule.clone(), wanted.get_untracked(), to));
        view! {
            <button
                type="button"
                class="outlined small"
                aria-label=name
                disabled=flag(move || wanted.with(Vec::is_empty))
                on:click=act
            >
                {said}
            </button>
        }
        .into_any()
    };
    let buttons = if own {
        vec![button(Text::PrintInOutput, PrintTo::Output), button(Text::PrintInConfig, PrintTo::Config)]
    } else {
        vec![button(Text::PrintForAll, PrintTo::ConfigOfSource)]
    };
    let hint = if own { Text::PrintHint } else { Text::PrintOthers };
    view! { <p class="log-line">{buttons} <span class="muted">{state.t(hint)}</span></p> }.into_any()
}

/// A field that can be chosen, and what it can do alone.
fn field_choice(state: State, chosen: RwSignal<Vec<String>>, field: &str, alone: Option<Text>) -> AnyView {
    let name = field.to_owned();
    let checked = flag(move || chosen.with(|chosen| chosen.contains(&name)));
    let name = field.to_owned();
    let change = with(move |event: Event| {
        let choose = event_target_checked(&event);
        chosen.update(|chosen| {
            chosen.retain(|field| *field != name);
            chosen.extend(choose.then(|| name.clone()));
        });
    });
    let alone = alone.map(|words| view! { <span class="why-word">{state.t(words)}</span> }.into_any());
    view! {
        <label class="field-choice">
            <input type="checkbox" prop:checked=checked on:change=change/>
            <code>{field.to_owned()}</code>
            {alone}
        </label>
    }
    .into_any()
}

/// Whether events are those of no log.
fn no_log(state: State, is_alert: impl Fn(&Results) -> bool) -> bool {
    state.results.with_untracked(|results| results.fired() == Fired::default() && !is_alert(results))
}

/// The fields that would decide what events leave open of a rule, counted; nothing where all is decided. The first of them that decide
/// most events are chosen.
pub(super) fn deciding(state: State, rule: &Rule, deciding: &Deciding) -> Option<AnyView> {
    if deciding.fields.is_empty() {
        return None;
    }
    let lang = state.lang.get();
    let said = if deciding.of_alerts { Text::DecidingOfAlerts } else { Text::DecidingOfEvents };
    let fields: Vec<String> = deciding.fields.iter().map(|field| field.field.clone()).collect();
    let most = deciding.fields.iter().position(|field| field.together > deciding.events / 2);
    let chosen = RwSignal::new(fields.iter().take(most.map_or(fields.len(), |at| at + 1)).cloned().collect());
    let rows = deciding.fields.iter().map(|field| {
        let count = |count: u32| view! { <td>{number(count as usize)}</td> }.into_any();
        let alone = (field.alone > 0).then_some(Text::DecidingAlone);
        view! {
            <tr>
                <th scope="row">{field_choice(state, chosen, &field.field, alone)}</th>
                {count(field.needed)}
                {count(field.alone)}
                {count(field.together)}
            </tr>
        }
        .into_any()
    });
    let head = [Text::KindField, Text::DecidingNeeded, Text::DecidingAlone, Text::DecidingTogether]
        .map(|words| view! { <th scope="col">{words.in_lang(lang)}</th> }.into_any());
    let is_log = |results: &Results| results.event_files.iter().any(|file| file.kind == EventsKind::Alerts);
    let own = deciding.of_alerts || no_log(state, is_log);
    Some(
        view! {
            <p>{said.with(lang, &[&number(deciding.events as usize)])}</p>
            <table class="deciding">
                <thead><tr>{head.into_iter().collect::<Vec<_>>()}</tr></thead>
                <tbody>{rows.collect::<Vec<_>>()}</tbody>
            </table>
            {print_buttons(state, &rule.name, &fields, chosen, own)}
        }
        .into_any(),
    )
}

/// The same for the answer that is explained. All of them are needed for certain.
pub(super) fn deciding_event(state: State, why: &Explanation) -> AnyView {
    let (event, fields) = (why.event, &why.deciding);
    let found = state.results.with_untracked(|results| {
        let rule = results.rules.get(why.rule as usize)?;
        Some((rule.name.clone(), rule.raised.contains(event)))
    });
    let Some((name, raised)) = found.filter(|_| !fields.is_empty()) else {
        return part(|| ().into_any()).into_any();
    };
    let is_alert = |results: &Results| {
        let file = results.events.get(event as usize).map_or(0, |event| event.file as usize);
        results.event_files.get(file).is_some_and(|file| file.kind == EventsKind::Alerts)
    };
    let own = raised || no_log(state, is_alert);
    let chosen = RwSignal::new(fields.clone());
    let choices = (0..).zip(fields).map(|(at, field)| {
        field_choice(state, chosen, field, (at < why.alone).then_some(Text::MayDecideAlone))
    });
    let choices = (fields.len() > 1).then(|| {
        view! {
            <div class="log-line" role="group" aria-label=state.t(Text::Deciding)>
                {choices.collect::<Vec<_>>()}
            </div>
        }
        .into_any()
    });
    view! { {choices} {print_buttons(state, &name, fields, chosen, own)} }.into_any()
}
