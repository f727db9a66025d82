//! The list of events with what the rules say about each. Only the rows that are seen are made, and each is made
//! anew only when it says something else.

use super::{
    chip::Chip, filter::filter_bar, grid::grid, rules::rule_list, timeline::timeline, tuning::log_bar,
};
use crate::{
    actions,
    i18n::{self, Text},
    results::{EventState, Results},
    state::{Dialog, Engine, ResultView, State, VIEWS},
    widgets::{
        button::{icon_button, toggle},
        erase::{Keyed, effect, flag, list, maybe, on, part, text, with},
        icon::{DOTS, PLUS, TIMES, icon},
        menu::{Face, Item, menu},
        window::Window,
    },
    workspace::Role,
};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// Most chips in a row; the details have all.
const CHIPS: usize = 4;

/// With more events than this the time line is shown to begin with.
const MANY: usize = 30;

/// What a row shows.
#[derive(Clone, PartialEq)]
struct Row {
    event: u32,
    /// Position in the filtered list.
    at: usize,
    number: u32,
    state: EventState,
    time: String,
    kind: String,
    title: String,
    summary: String,
    place: String,
    chips: Vec<Chip>,
    more: usize,
}

/// The region of events and verdicts: the views of them, and what narrows them.
pub(crate) fn events_panel(state: State) -> AnyView {
    let listed =
        Memo::new(move |_| state.results.with(|results| state.filter.with(|filter| filter.apply(results))));
    let any = Memo::new(move |_| state.results.with(|results| !results.events.is_empty()));
    let busy = Memo::new(move |_| matches!(state.engine.get(), Engine::Busy | Engine::Stuck));
    let kept = Memo::new(move |_| state.results.with(Results::any_stale));
    // Rules are there without events.
    let nothing = Memo::new(move |_| state.view.get() != ResultView::Rules && listed.with(Vec::is_empty));
    let line = RwSignal::new(None::<bool>);
    let line_shown = Memo::new(move |_| state.view.get() != ResultView::Rules && wants_line(state, line));
    view! {
        <section id="events" class="region" aria-label=state.t(Text::Events)>
            <div class="events-head">
                {view_tabs(state, line)}
                {filter_bar(state)}
            </div>
            {log_bar(state)}
            {part(move || if line_shown.get() { timeline(state) } else { ().into_any() })}
            <p class="line-note" hidden=flag(move || !kept.get() && !busy.get())>
                {text(move || if busy.get() { Text::Busy } else { Text::LastGood }.in_lang(state.lang.get()).to_owned())}
            </p>
            <div
                id="events-view"
                class="events-view"
                class:dimmed=flag(move || busy.get())
                role="tabpanel"
                aria-labelledby=text(move || state.view.get().tab_id().to_owned())
                hidden=flag(move || nothing.get())
            >
                {part(move || match state.view.get() {
                    ResultView::List => event_list(state, listed),
                    ResultView::Grid => grid(state, listed),
                    ResultView::Rules => rule_list(state),
                })}
            </div>
            {part(move || {
                let nothing = nothing.get() && state.results.with(|results| results.any);
                if nothing { empty(state, any.get()) } else { ().into_any() }
            })}
        </section>
    }
    .into_any()
}

/// Whether the time line is wanted: without a word from the user, over a list of many events. The grid needs the room.
fn wants_line(state: State, line: RwSignal<Option<bool>>) -> bool {
    // What narrows the lists is always seen.
    state.filter.with(|filter| filter.time.is_some())
        || line.get().unwrap_or_else(|| {
            state.view.get() == ResultView::List && state.results.with(|results| results.events.len() > MANY)
        })
}

/// The tabs above: ways to look at the same verdicts.
fn view_tabs(state: State, line: RwSignal<Option<bool>>) -> AnyView {
    let tab = move |view: ResultView| {
        let chosen = flag(move || state.view.get() == view);
        view! {
            <button
                id=view.tab_id()
                type="button"
                role="tab"
                aria-controls="events-view"
                aria-selected=text(move || chosen.get().to_string())
                tabindex=text(move || if chosen.get() { "0" } else { "-1" }.to_owned())
                on:click=on(move || actions::set_view(state, view))
            >
                {state.t(view.title())}
            </button>
        }
        .into_any()
    };
    let keys = move |event: KeyboardEvent| {
        let now = VIEWS.iter().position(|view| *view == state.view.get_untracked()).unwrap_or(0);
        let to = match event.key().as_str() {
            "ArrowLeft" => (now + VIEWS.len() - 1) % VIEWS.len(),
            "ArrowRight" => (now + 1) % VIEWS.len(),
            "Home" => 0,
            "End" => VIEWS.len() - 1,
            _ => return,
        };
        event.prevent_default();
        if let Some(view) = VIEWS.get(to) {
            actions::set_view(state, *view);
            crate::app::focus(&format!("#{}", view.tab_id()));
        }
    };
    view! {
        <div class="view-tabs" role="tablist" aria-label=state.t(Text::Views) on:keydown=with(keys)>
            {VIEWS.map(tab).into_iter().collect::<Vec<_>>()}
        </div>
        {icon_button(state.t(Text::NewEvent), PLUS, move || state.dialog.set(Some(Dialog::NewEvent(None))))}
        {toggle(
            "icon-only",
            state.t(Text::TimeLine),
            move || wants_line(state, line),
            view! { {icon(TIMES)}<span class="quiet">{state.t(Text::TimeLine)}</span> }.into_any(),
            move || line.set(Some(!untrack(|| wants_line(state, line)))),
        )}
        {menu(state.t(Text::EventsActions), Face::Icon(DOTS), "at-end", move || vec![
            Item::new(state.say(Text::ExportMenu, &[]), move || state.dialog.set(Some(Dialog::Export))),
            Item::new(state.say(Text::RedactMenu, &[]), move || state.dialog.set(Some(Dialog::Redact))),
        ])}
    }
    .into_any()
}

fn event_list(state: State, listed: Memo<Vec<u32>>) -> AnyView {
    let window = Window::new();
    let rows = Memo::new(move |_| window.rows(listed.with(Vec::len)));
    let total = Memo::new(move |_| listed.with(Vec::len));
    let keys = move |event: KeyboardEvent| {
        let listed = listed.get_untracked();
        let now = state.selected.get_untracked().and_then(|event| listed.iter().position(|at| *at == event));
        let last = listed.len().saturating_sub(1);
        let to = match (event.key().as_str(), now) {
            ("ArrowDown", Some(at)) => (at + 1).min(last),
            ("ArrowUp", Some(at)) => at.saturating_sub(1),
            ("PageDown", Some(at)) => (at + window.page()).min(last),
            ("PageUp", Some(at)) => at.saturating_sub(window.page()),
            ("Home" | "ArrowDown" | "ArrowUp" | "PageDown" | "PageUp", _) => 0,
            ("End", _) => last,
            ("Enter", Some(_)) => {
                actions::go_to_region(state, crate::state::Region::Details);
                event.prevent_default();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(event) = listed.get(to) {
            actions::select_event(state, Some(*event));
            window.reveal(to);
        }
    };
    // Selected elsewhere, such as by the cursor in the events file: bring it into sight.
    effect(move || {
        let selected = state.selected.get();
        let at = selected
            .and_then(|event| listed.with_untracked(|listed| listed.iter().position(|at| *at == event)));
        if let Some(at) = at {
            window.reveal(at);
        }
    });
    let active = maybe(move || {
        let selected = state.selected.get()?;
        let at = listed.with(|listed| listed.iter().position(|event| *event == selected))?;
        rows.get().contains(&at).then(|| format!("event-{selected}"))
    });
    view! {
        <div
            class="event-list"
            node_ref=window.node
            role="listbox"
            tabindex="0"
            data-start=""
            aria-label=state.t(Text::EventList)
            aria-activedescendant=active
            on:keydown=with(keys)
            on:scroll=on(move || window.look())
        >
            <div class="event-space" role="presentation" style=("--rows", text(move || total.get().to_string()))>
                {list(move || rows.get().map(|at| Keyed::new(at.to_string(), move || slot(state, listed, at))).collect())}
            </div>
        </div>
    }
    .into_any()
}

/// A place in the list; the event in it may change.
fn slot(state: State, listed: Memo<Vec<u32>>, at: usize) -> AnyView {
    let row = Memo::new(move |_| {
        let event = listed.with(|listed| listed.get(at).copied())?;
        state.results.with(|results| make(results, event, at, state))
    });
    part(move || row.get().map_or_else(|| ().into_any(), |row| row_view(state, listed, row))).into_any()
}

fn make(results: &Results, event: u32, at: usize, state: State) -> Option<Row> {
    let it = results.events.get(event as usize)?;
    let mut chips = Chip::all(results, event, state.lang.get());
    let more = chips.len().saturating_sub(CHIPS);
    chips.truncate(CHIPS);
    let (title, summary) = if it.name.is_empty() {
        (it.summary.clone(), String::new())
    } else {
        (it.name.clone(), it.summary.clone())
    };
    Some(Row {
        event,
        at,
        number: it.number,
        state: results.state(event),
        time: it.time.clone(),
        kind: it.kind.clone(),
        title,
        summary,
        place: it.place.clone(),
        chips,
        more,
    })
}

fn row_view(state: State, listed: Memo<Vec<u32>>, row: Row) -> AnyView {
    let lang = state.lang.get_untracked();
    let event = row.event;
    let (sign, class, _, words) = row.state.look();
    let selected = Memo::new(move |_| state.selected.get() == Some(event));
    let own_title = !row.summary.is_empty();
    view! {
        <div
            id=format!("event-{event}")
            class="event"
            role="option"
            aria-selected=text(move || selected.get().to_string())
            aria-posinset=(row.at + 1).to_string()
            aria-setsize=text(move || listed.with(Vec::len).to_string())
            style=("--at", row.at.to_string())
            on:click=on(move || {
                actions::select_event(state, Some(event));
                // A narrow window shows the details in place of the list.
                state.region.update(|region| {
                    if *region == crate::state::Region::Events {
                        *region = crate::state::Region::Details;
                    }
                });
            })
        >
            <span class="event-number">
                <span>{row.number}</span>
                <span class="event-time">{row.time}</span>
            </span>
            <span class=format!("state-sign {class}") title=words.in_lang(lang)>
                <span aria-hidden="true">{sign}</span>
                <span class="quiet">{words.in_lang(lang)}</span>
            </span>
            <span class="event-what">
                <span class="event-title" class:mono=!own_title>{row.title}</span>
                <span class="event-more">
                    <span class="kind">{row.kind}</span>
                    <span class="mono event-summary">{row.summary}</span>
                    <span class="event-place">{row.place}</span>
                </span>
            </span>
            <span class="event-chips">
                {row.chips.into_iter().map(|chip| chip.plain(lang)).collect::<Vec<_>>()}
                {(row.more > 0).then(|| Text::MoreChips.with(lang, &[&i18n::number(row.more)]))}
            </span>
        </div>
    }
    .into_any()
}

/// What stands there instead of a list.
fn empty(state: State, filtered: bool) -> AnyView {
    let edit = on(move || {
        let key = state
            .workspace
            .with_untracked(|workspace| workspace.of_role(Role::Events).next().map(|doc| doc.key));
        if let Some(key) = key {
            actions::show(state, key);
            actions::go_to_region(state, crate::state::Region::Rules);
        }
    });
    if filtered {
        return view! { <p class="empty" data-start="" tabindex="-1">{state.t(Text::NothingPasses)}</p> }
            .into_any();
    }
    view! {
        <div class="empty">
            <h2>{state.t(Text::NoEventsTitle)}</h2>
            <p>{state.t(Text::NoEventsHint)}</p>
            <button type="button" class="outlined" data-start="" on:click=edit>{state.t(Text::EditEvents)}</button>
        </div>
    }
    .into_any()
}
