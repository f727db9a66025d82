//! The line at the bottom: how the engine does, what it holds, and whom it follows.

use crate::{
    i18n::{Text, count},
    state::{Engine, State},
    widgets::erase::{part, text},
};
use leptos::prelude::*;

/// The release of Falco whose behaviour the engine has.
pub(crate) const FALCO: &str = "0.63.0";

pub(crate) fn status_line(state: State) -> AnyView {
    let lang = state.lang;
    let engine = part(move || {
        let (class, text) = match state.engine.get() {
            Engine::Starting => ("starting", Text::EngineStarting),
            Engine::Ready => ("ready", Text::EngineReady),
            Engine::Busy => ("busy", Text::EngineBusy),
            Engine::Stuck => ("stuck", Text::EngineStuck),
        };
        view! { <span class=format!("engine {class}")>{text.in_lang(lang.get())}</span> }.into_any()
    });
    let sums = Memo::new(move |_| {
        state.results.with(|results| (results.any, results.rule_count(), results.events.len()))
    });
    let sum = move |of: fn((bool, usize, usize)) -> usize, one, many| {
        text(move || if sums.get().0 { count(lang.get(), of(sums.get()), one, many) } else { String::new() })
    };
    let rules = sum(|sums| sums.1, Text::OneRule, Text::ManyRules);
    let events = sum(|sums| sums.2, Text::OneEvent, Text::ManyEvents);
    let millis = Memo::new(move |_| {
        let millis = state.results.with(|results| results.any.then_some(results.millis))?;
        // The browser's clock does not tell less.
        Some(if millis < 10.0 { format!("{:.1}", millis.max(0.1)) } else { format!("{millis:.0}") })
    });
    let time = text(move || {
        millis.get().map(|millis| Text::EvaluatedIn.with(lang.get(), &[&millis])).unwrap_or_default()
    });
    view! {
        <footer class="status">
            {engine}
            <span>{rules}</span>
            <span>{events}</span>
            <span class="time">{time}</span>
            <span>{state.tf(Text::FollowsFalco, || vec![FALCO.to_owned()])}</span>
            <span class="private">{state.t(Text::NothingLeaves)}</span>
        </footer>
    }
    .into_any()
}
