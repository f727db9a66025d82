//! Everything about the selected event: rules, alerts, fields.

use super::{
    chip::Chip, except::except_button, exceptions::exceptions_table, rule_view::rule_view, scene::scene, why,
};
use crate::{
    actions,
    i18n::{Text, number},
    state::{Dialog, ResultView, State},
    told::Told,
    widgets::{
        button::{icon_button, search, toggle, word_button},
        erase::{effect, flag, part, text},
        icon::{COPY, LEFT, RIGHT},
        late::late,
    },
};
use engine::report::{Alert, EventField, EventSummary};
use leptos::prelude::*;

/// The region of what is selected: an event, or in the view of rules a rule.
pub(crate) fn details_panel(state: State) -> AnyView {
    let of_rule = Memo::new(move |_| state.view.get() == ResultView::Rules);
    // What was told last stays until the new comes, so that nothing flickers or jumps.
    let old = Memo::new(move |_| {
        state.told.with(|told| {
            if of_rule.get() {
                return told.rule_is_old;
            }
            let event = state.selected.get();
            state.rule.with(|rule| !told.is_of(event, rule.as_ref()))
        })
    });
    let dim = late(old);
    view! {
        <section
            id="details"
            class="region"
            class:old=flag(move || dim.get())
            aria-busy=text(move || old.get().to_string())
            aria-label=state.t(Text::Details)
        >
            {part(move || if of_rule.get() { rule_view(state) } else { event_details(state) })}
        </section>
    }
    .into_any()
}

fn event_details(state: State) -> AnyView {
    let json = RwSignal::new(false);
    let words = RwSignal::new(String::new());
    let event = Memo::new(move |_| {
        let at = state.selected.get()?;
        state.results.with(|results| Some((at, results.events.get(at as usize)?.clone())))
    });
    // Each for itself: about another rule's answer on the same event nothing else is made anew.
    let why = Memo::new(move |_| state.told.with(|told| told.event.as_ref()?.1.why.clone()));
    let raised = Memo::new(move |_| state.told.with(|told| Some(told.event.as_ref()?.1.alerts.clone())));
    let said = Memo::new(move |_| state.told.with(|told| Some(told.event.as_ref()?.1.fields.clone())));
    let none = || ().into_any();
    let chips = Memo::new(move |_| {
        let at = state.selected.get().unwrap_or(u32::MAX);
        let lang = state.lang.get();
        state.results.with(|results| Chip::all(results, at, lang))
    });
    // At first, and whenever falco.yaml changes its mind, alerts are shown as Falco prints them.
    let printed_json = Memo::new(move |_| {
        state.results.with(|results| results.config.as_ref().map(|config| config.json_output))
    });
    effect(move || {
        if let Some(printed) = printed_json.get() {
            json.set(printed);
        }
    });
    view! {
            {part(move || event.get().map_or_else(|| nothing(state, Text::NoSelectionTitle, Text::NoSelectionHint), |(at, event)| head(state, at, event)))}
            <div
                class="detail-body"
                tabindex="0"
                role="group"
                aria-label=state.t(Text::Details)
                data-start=""
                hidden=flag(move || event.get().is_none())
            >
                <div class="detail-chips">
                    {part(move || chips.get().into_iter().map(|chip| chip.button(state)).collect::<Vec<_>>().into_any())}
                </div>
                <div class="told">
                    {why::why(state, why)}
                    {exceptions_table(state, Signal::derive(move || state.told.with(Told::explained)), false)}
                    {part(move || raised.with(|raised| raised.as_ref().map_or_else(none, |raised| alerts(state, raised, &chips.get(), json))))}
                    {part(move || said.with(|said| said.as_ref().map_or_else(none, |said| scene(state, said))))}
                    {field_head(state, words)}
                    {part(move || said.with(|said| said.as_ref().map_or_else(none, |said| fields(state, said, &words.get()))))}
                </div>
            </div>
    }
    .into_any()
}

/// What stands in a region with nothing to show: why, and what to do.
pub(crate) fn nothing(state: State, title: Text, hint: Text) -> AnyView {
    view! {
        <div class="empty">
            <h2>{state.t(title)}</h2>
            <p>{state.t(hint)}</p>
        </div>
    }
    .into_any()
}

fn head(state: State, at: u32, event: EventSummary) -> AnyView {
    let (file, span) = (event.file, event.span);
    let last = state.results.with_untracked(|results| results.events.len()).saturating_sub(1) as u32;
    let title = if event.name.is_empty() { event.summary } else { event.name };
    let step = move |to: u32| actions::select_event(state, Some(to.min(last)));
    view! {
        <header class="detail-head">
            <h2>
                <span class="muted">{state.tf(Text::EventNumber, move || vec![number(event.number as usize)])}</span>
                " "
                <span>{title}</span>
            </h2>
            {word_button("", state.t(Text::ShowInFile), move || actions::go_to_event(state, file, span))}
            {icon_button(state.t(Text::CopyEvent), COPY, move || state.dialog.set(Some(Dialog::NewEvent(Some(at)))))}
            {icon_button(state.t(Text::Previous), LEFT, move || step(at.saturating_sub(1)))}
            {icon_button(state.t(Text::Next), RIGHT, move || step(at + 1))}
        </header>
        <p class="detail-note" hidden=event.note.is_empty()>{event.note.clone()}</p>
    }
    .into_any()
}

fn alerts(state: State, raised: &[Alert], chips: &[Chip], json: RwSignal<bool>) -> AnyView {
    let lang = state.lang.get();
    let hidden: Vec<AnyView> = chips
        .iter()
        .filter(|chip| chip.stops_at.is_some())
        .map(|chip| view! { <p class="detail-none muted">{chip.title(lang)}</p> }.into_any())
        .collect();
    if raised.is_empty() {
        let refused = chips.iter().any(|chip| !chip.suppressed && !chip.undecided && !chip.stale);
        let text = if refused { Text::NoAlertOutput } else { Text::NoAlerts };
        return view! { <p class="detail-none muted">{state.t(text)}</p> {hidden} }.into_any();
    }
    let choice = move |label: Text, of: bool| {
        let words = state.t(label);
        toggle(
            "",
            words,
            move || json.get() == of,
            view! { <span>{words}</span> }.into_any(),
            move || json.set(of),
        )
    };
    view! {
        <div class="detail-title">
            <h3>{state.t(Text::Alerts)}</h3>
            <div class="choices" role="group" aria-label=state.t(Text::AlertFormat)>
                {choice(Text::AsText, false)}
                {choice(Text::AsJson, true)}
            </div>
        </div>
        {raised.iter().map(|alert| alert_view(state, alert.clone(), json)).collect::<Vec<_>>()}
        {hidden}
    }
    .into_any()
}

fn alert_view(state: State, alert: Alert, json: RwSignal<bool>) -> AnyView {
    let class = state.results.with_untracked(|results| {
        results.rules.get(alert.rule as usize).map_or("", |rule| super::chip::priority_class(rule.priority))
    });
    let rule = Some(alert.rule);
    let shown = text(move || if json.get() { alert.json.clone() } else { alert.text.clone() });
    view! {
        <div class=format!("alert-text {class}")>
            <pre>{shown}</pre>
            {except_button(state, Signal::stored(rule))}
            {icon_button(state.t(Text::Copy), COPY, move || actions::copy(state, shown.get_untracked()))}
        </div>
    }
    .into_any()
}

fn field_head(state: State, words: RwSignal<String>) -> AnyView {
    view! {
        <div class="detail-title">
            <h3>{state.t(Text::Fields)}</h3>
            {search(state.t(Text::FieldFilter), text(move || words.get()), move |typed| words.set(typed))}
        </div>
    }
    .into_any()
}

fn fields(state: State, said: &[EventField], words: &str) -> AnyView {
    let words = words.to_ascii_lowercase();
    let passes = |field: &&EventField| {
        field.name.to_ascii_lowercase().contains(&words) || field.value.to_ascii_lowercase().contains(&words)
    };
    let derived = Text::Derived.in_lang(state.lang.get());
    let hint = Text::DerivedHint.in_lang(state.lang.get());
    let rows = said.iter().filter(passes).map(|field| {
        let mark =
            field.derived.then(|| view! { <span class="derived" title=hint>{derived}</span> }.into_any());
        view! {
            <tr>
                <th scope="row"><code>{field.name.clone()}</code></th>
                <td><code>{field.value.clone()}</code> {mark}</td>
            </tr>
        }
        .into_any()
    });
    let rows = rows.collect::<Vec<_>>();
    let count = rows.len().to_string();
    view! {
        <div class="fields-part" style=("--rows", count)>
            <table class="fields" aria-label=state.t(Text::Fields)><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}
