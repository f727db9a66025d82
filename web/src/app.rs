//! The page: makes the state, starts what runs beside the views, and lays out the panels.

use crate::{
    actions,
    i18n::{self, Lang, Text},
    panels::{details, events, files, header, help, loading, notice, problems, reference, regions, status},
    persist::{
        draft::{self, Refusal},
        preferences,
    },
    results::Results,
    state::{Dialog, REGIONS, Region, ResultView, Sizes, Start, State, Theme, first_shown},
    transfer::{self, Purpose},
    widgets::{
        erase::{effect, flag, text},
        split::{Axis, Division, splitter},
    },
    worker::client::Client,
    workspace::Workspace,
};
use gloo::{
    events::{EventListener, EventListenerOptions, EventListenerPhase},
    timers::callback::Timeout,
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, HtmlElement, KeyboardEvent};

/// How long nothing must be typed before the draft is written.
const DRAFT_DELAY_MS: u32 = 400;
/// How long results must stand before a screen reader is told: typing must not chatter.
const ANNOUNCE_DELAY_MS: u32 = 1200;

/// The page in a language whose words are there.
pub(crate) fn app(lang: Lang) -> AnyView {
    let (workspace, active) = draft::load().unwrap_or_else(|| {
        let start = crate::examples::EXAMPLES.first().map_or(Start::Empty, Start::Example);
        let workspace = start.workspace(lang).unwrap_or_else(Workspace::empty);
        let active = first_shown(&workspace);
        (workspace, active)
    });
    let state = State::new(workspace, active, lang, preferences::theme(), preferences::sizes());
    actions::fetch_start(state);
    actions::tell_lost_logs(state);
    run_engine(state);
    follow_look(state);
    keep_draft(state);
    tell_results(state);
    listen_for_keys(state);
    let dropping = listen_for_drops(state);

    let sizes = state.sizes;
    let size = move |of: fn(&Sizes) -> f64| Signal::derive(move || of(&sizes.get()));
    let percent = move |of: fn(&Sizes) -> f64| text(move || format!("{}%", of(&sizes.get())));
    let division = |axis, reversed, default, region: Region| Division {
        axis,
        reversed,
        default,
        min: 10.0,
        max: 85.0,
        controls: region.id(),
    };
    let default = Sizes::default();
    let split_editor = splitter(
        division(Axis::Horizontal, false, default.editor, Region::Rules),
        "split-editor",
        state.t(Text::SplitEditor),
        size(|sizes| sizes.editor),
        Callback::new(move |size| actions::set_sizes(state, |sizes| sizes.editor = size)),
    );
    let is_grid = move || state.view.get() == ResultView::Grid;
    let list = Signal::derive(move || sizes.with(|sizes| if is_grid() { sizes.grid } else { sizes.list }));
    let split_details = splitter(
        division(Axis::Vertical, false, default.list, Region::Events),
        "split-details",
        state.t(Text::SplitDetails),
        list,
        Callback::new(move |size| {
            let is_grid = untrack(is_grid);
            actions::set_sizes(state, |sizes| {
                let of = if is_grid { &mut sizes.grid } else { &mut sizes.list };
                *of = size;
            });
        }),
    );
    let split_problems = splitter(
        division(Axis::Vertical, true, default.problems, Region::Problems),
        "split-problems",
        state.t(Text::SplitProblems),
        size(|sizes| sizes.problems),
        Callback::new(move |size| actions::set_sizes(state, |sizes| sizes.problems = size)),
    );
    view! {
        {header::header(state)}
        <main
            data-region=text(move || state.region.get().id().to_owned())
            style=("--editor", percent(|sizes| sizes.editor))
            style=("--problems", percent(|sizes| sizes.problems))
        >
            {files::files_panel(state)}
            {split_editor}
            <div class="results" style=("--list", text(move || format!("{}%", list.get())))>
                {events::events_panel(state)}
                {split_details}
                {details::details_panel(state)}
            </div>
            {split_problems}
            {problems::problems_panel(state)}
            {reference::reference(state)}
        </main>
        {regions::region_tabs(state)}
        {status::status_line(state)}
        {loading::loading(state)}
        {notice::notices(state, false)}
        {help::dialogs(state)}
        {transfer::chooser(state)}
        <div class="quiet" role="status">{text(move || state.announcement.get())}</div>
        <div class="drop" hidden=flag(move || !dropping.get()) aria-hidden="true">
            <p>{state.t(Text::DropHere)}</p>
        </div>
    }
    .into_any()
}

/// Takes the focus to the first element that matches.
pub(crate) fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// What the system asks for.
pub(crate) fn system_is_dark() -> bool {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches())
}

/// Whether all regions are shown at once.
pub(crate) fn is_wide() -> bool {
    window().match_media("(min-width: 900px)").ok().flatten().is_none_or(|query| query.matches())
}

/// Starts the worker and gives it the workspace whenever it changes.
fn run_engine(state: State) {
    state.client.set_value(Some(Client::new(move |news| actions::take_news(state, news))));
    actions::select_event(state, state.selected.get_untracked());
    effect(move || {
        state.workspace.with(|workspace| {
            state.client.with_value(|client| client.iter().for_each(|client| client.submit(workspace)));
        });
    });
}

/// Puts language and theme on the document.
fn follow_look(state: State) {
    effect(move || {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", i18n::tag(state.lang.get()));
        }
        document().set_title(&format!("Mews: {}", Text::Tagline.in_lang(state.lang.get())));
    });
    effect(move || {
        let Some(root) = document().document_element() else { return };
        let _ = match preferences::theme_name(state.theme.get()) {
            Some(name) => root.set_attribute("data-theme", name),
            None => root.remove_attribute("data-theme"),
        };
    });
    // The system's theme may change while the page is open; only the editor has to be told.
    if let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") {
        EventListener::new(&query, "change", move |_| {
            if state.theme.get_untracked() == Theme::System {
                state.theme.notify();
            }
        })
        .forget();
    }
}

/// Writes the draft some time after the last change, and when the page goes away.
fn keep_draft(state: State) {
    let timer = StoredValue::new_local(None::<Timeout>);
    let told = StoredValue::new(None::<Refusal>);
    let save = move || {
        // Without a timer nothing has changed here: another tab's newer draft stays.
        if timer.try_update_value(Option::take).flatten().is_none() {
            return;
        }
        let result =
            state.workspace.with_untracked(|workspace| draft::save(workspace, state.active.get_untracked()));
        let refusal = result.err();
        if let (Some(refusal), true) = (refusal, told.get_value() != refusal) {
            let text = match refusal {
                Refusal::TooLarge => Text::DraftTooLarge,
                Refusal::NoStorage => Text::DraftRefused,
            };
            actions::notify(state, state.say(text, &[]), None);
        }
        told.set_value(refusal);
    };
    Effect::new(move |first: Option<()>| {
        state.workspace.track();
        state.active.track();
        if first.is_some() {
            timer.set_value(Some(Timeout::new(DRAFT_DELAY_MS, save)));
        }
    });
    let _ = window_event_listener(ev::pagehide, move |_| save());
    document_listener("visibilitychange", save);
}

fn document_listener(name: &'static str, act: impl Fn() + 'static) {
    EventListener::new(&document(), name, move |_| act()).forget();
}

/// Says in one sentence how many events match, when that has changed and stands.
fn tell_results(state: State) {
    let timer = StoredValue::new_local(None::<Timeout>);
    let sums = Memo::new(move |_| {
        state.results.with(|results| (results.any, results.counts(), results.problem_counts(None)))
    });
    Effect::new(move |before: Option<bool>| {
        let (any, [matching, suppressed, undecided, silent], [errors, warnings, _]) = sums.get();
        if !any {
            return false;
        }
        // The first answer is what the page shows when it opens.
        if before == Some(true) {
            timer.set_value(Some(Timeout::new(ANNOUNCE_DELAY_MS, move || {
                let lang = state.lang.get_untracked();
                let open = undecided > 0;
                let [matching, suppressed, undecided, silent] =
                    [matching, suppressed, undecided, silent].map(i18n::number);
                let mut text = Text::Announce.with(lang, &[&matching, &suppressed, &silent]);
                if open {
                    text.push(' ');
                    text.push_str(&Text::AnnounceUndecided.with(lang, &[&undecided]));
                }
                for (n, one, many) in
                    [(errors, Text::OneError, Text::Errors), (warnings, Text::OneWarning, Text::Warnings)]
                {
                    if n > 0 {
                        text.push(' ');
                        text.push_str(&i18n::count(lang, n, one, many));
                    }
                }
                actions::announce(state, text);
            })));
        }
        true
    });
}

fn listen_for_keys(state: State) {
    let _ = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        if event.default_prevented() || event.is_composing() || state.dialog.get_untracked().is_some() {
            return;
        }
        let key = event.key();
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if key == "F8" {
            actions::step_problem(state, event.shift_key());
        } else if key == "?" && plain && !is_typing() {
            state.dialog.set(Some(Dialog::Help));
        } else if event.alt_key() && !event.ctrl_key() && !event.meta_key() {
            // By place on the keyboard: with Alt, some systems make other characters of the digits.
            let code = event.code();
            if code == "KeyR" {
                event.prevent_default();
                return actions::open_reference(state);
            }
            let digit = code.strip_prefix("Digit").and_then(|digit| digit.parse::<usize>().ok());
            let Some(region) = digit.and_then(|digit| REGIONS.get(digit.checked_sub(1)?)) else { return };
            actions::go_to_region(state, *region);
        } else {
            return;
        }
        event.prevent_default();
    });
}

/// True if the focus is where characters are typed. The editor's shadow root shows as its host.
fn is_typing() -> bool {
    let name = document().active_element().map(|element| element.tag_name()).unwrap_or_default();
    matches!(name.as_str(), "INPUT" | "SELECT" | "TEXTAREA" | "CODE-EDITOR")
}

/// Opens files that are dropped anywhere; true while they hover over the page. In the capture phase, since the
/// editor would insert them as text.
fn listen_for_drops(state: State) -> RwSignal<bool> {
    let over = RwSignal::new(false);
    let has_files = |event: &DragEvent| {
        event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
    };
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
    for name in ["dragenter", "dragover", "dragleave", "drop"] {
        EventListener::new_with_options(&window(), name, options, move |event| {
            let event: &DragEvent = event.unchecked_ref();
            if !has_files(event) {
                return;
            }
            match name {
                // Leaving for nowhere is leaving the page.
                "dragleave" => over.set(event.related_target().is_some() && over.get_untracked()),
                "drop" => {
                    over.set(false);
                    if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
                        transfer::open(state, &files, Purpose::Any);
                    }
                }
                _ => over.set(true),
            }
            event.prevent_default();
            event.stop_propagation();
        })
        .forget();
    }
    over
}

/// The summary of a problem count for a badge: errors, else warnings, else nothing.
pub(crate) fn worst(
    results: &Results,
    file: Option<engine::report::FileId>,
) -> Option<(&'static str, usize)> {
    match results.problem_counts(file) {
        [0, 0, _] => None,
        [0, warnings, _] => Some(("warning", warnings)),
        [errors, ..] => Some(("error", errors)),
    }
}
