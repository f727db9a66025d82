//! The page's state: one bundle of signals. What is shown is derived from them; `actions.rs` writes them.

use crate::{
    actions::Items,
    editor::CodeEditor,
    examples::Example,
    i18n::{Lang, Text},
    results::{EventState, Fate, Results},
    told::Told,
    transfer::Purpose,
    worker::client::{Client, Inputs},
    worker::protocol::Made,
    workspace::{Doc, DocKey, Role, Workspace},
};
use engine::report::{
    Excerpt, Replacement, Suggestion,
    editor::{Cursor, OutlineItem, References},
};
use engine::text::{Code, Message, Span};
use leptos::prelude::*;
use std::{ops::Deref, sync::Arc};
use web_sys::Blob;

/// The page's signals. There is one set of them, and it lives as long as the page: what is copied into every view and
/// listener is one pointer.
#[derive(Clone, Copy)]
pub(crate) struct State(&'static Signals);

impl Deref for State {
    type Target = Signals;

    fn deref(&self) -> &Signals {
        self.0
    }
}

/// All signals.
pub(crate) struct Signals {
    pub(crate) workspace: RwSignal<Workspace>,
    /// The document in the editor.
    pub(crate) active: RwSignal<DocKey>,
    pub(crate) results: RwSignal<Results>,
    pub(crate) told: RwSignal<Told>,
    pub(crate) engine: RwSignal<Engine>,
    /// The event whose details are shown.
    pub(crate) selected: RwSignal<Option<u32>>,
    /// Name of the rule whose answer is explained; none for whichever has something to say.
    pub(crate) rule: RwSignal<Option<String>>,
    /// How the verdicts are looked at.
    pub(crate) view: RwSignal<ResultView>,
    pub(crate) filter: RwSignal<Filter>,
    /// The region that a narrow window shows.
    pub(crate) region: RwSignal<Region>,
    pub(crate) lang: RwSignal<Lang>,
    pub(crate) theme: RwSignal<Theme>,
    pub(crate) sizes: RwSignal<Sizes>,
    /// Counts the examples whose files have come, for what depends on them.
    pub(crate) fetched: RwSignal<u32>,
    /// Why the last change of the exceptions of a rule (by name) was not made.
    pub(crate) refused: RwSignal<Option<(String, Message)>>,
    /// Ways to keep an alert away, once they are known.
    pub(crate) ways: RwSignal<Option<Vec<Suggestion>>>,
    /// The files that a dialog asked for.
    pub(crate) making: RwSignal<Making>,
    /// What a redaction replaces, since it is known.
    pub(crate) replaced: RwSignal<Option<Vec<Replacement>>>,
    /// Their contents.
    pub(crate) blobs: StoredValue<Vec<Blob>, LocalStorage>,
    /// Large files that are being read or wait for it.
    pub(crate) loading: RwSignal<Vec<Loading>>,
    /// The place in a large file that is shown.
    pub(crate) place: RwSignal<Option<(DocKey, Span)>>,
    /// What stands there: the position of the events file, and the text.
    pub(crate) excerpt: RwSignal<Option<(u32, Excerpt)>>,
    pub(crate) notice: RwSignal<Option<Notice>>,
    pub(crate) dialog: RwSignal<Option<Dialog>>,
    /// What the dialogs about names show.
    pub(crate) found: RwSignal<Option<Arc<Found>>>,
    /// Whether the quick reference is open.
    pub(crate) reference: RwSignal<bool>,
    /// What a screen reader is told.
    pub(crate) announcement: RwSignal<String>,
    /// The document and offset (UTF-16) of the editor's cursor.
    pub(crate) cursor: StoredValue<(DocKey, u32)>,
    /// The items of the rules file that the cursor was in last.
    pub(crate) items: StoredValue<Option<Items>>,
    /// What the files are for that are about to be chosen.
    pub(crate) purpose: StoredValue<Purpose>,
    /// The key of the next document.
    next_key: StoredValue<u32>,
    /// Handles to what is not data.
    pub(crate) editor: StoredValue<Option<CodeEditor>, LocalStorage>,
    pub(crate) client: StoredValue<Option<Client>, LocalStorage>,
}

/// How the worker does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Engine {
    Starting,
    Ready,
    /// An answer takes longer than a keystroke.
    Busy,
    /// It failed twice on the same text.
    Stuck,
}

/// Which events are listed.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Filter {
    pub(crate) state: Option<EventState>,
    /// Position of the events file that it is in.
    pub(crate) file: Option<u32>,
    /// Name of the rule that must have something to say; empty for all.
    pub(crate) rule: String,
    /// The exception and tuple of the rule that must exclude the event.
    pub(crate) tuple: Option<(u32, u32)>,
    /// When it must have happened: from, and before, as [`engine::report::EventSummary::when`] counts.
    pub(crate) time: Option<(i64, i64)>,
    /// What must have become of an alert that the event raised.
    pub(crate) fate: Option<Fate>,
    /// Words that must occur.
    pub(crate) text: String,
}

/// The four regions of the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Region {
    Rules,
    Events,
    Details,
    Problems,
}

/// All regions in the order of their keys and tabs.
pub(crate) const REGIONS: [Region; 4] = [Region::Rules, Region::Events, Region::Details, Region::Problems];

impl Region {
    /// The id of its element.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Events => "events",
            Self::Details => "details",
            Self::Problems => "problems",
        }
    }

    pub(crate) const fn title(self) -> Text {
        match self {
            Self::Rules => Text::Rules,
            Self::Events => Text::Events,
            Self::Details => Text::Details,
            Self::Problems => Text::Problems,
        }
    }
}

/// A way to look at the verdicts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ResultView {
    /// One event per row, with the rules that have something to say.
    List,
    /// All rules and all events.
    Grid,
    /// One rule per row, and the chosen one as it is in the end.
    Rules,
}

/// All views in the order of their tabs.
pub(crate) const VIEWS: [ResultView; 3] = [ResultView::List, ResultView::Grid, ResultView::Rules];

impl ResultView {
    /// The id of its tab.
    pub(crate) const fn tab_id(self) -> &'static str {
        match self {
            Self::List => "view-list",
            Self::Grid => "view-grid",
            Self::Rules => "view-rules",
        }
    }

    pub(crate) const fn title(self) -> Text {
        match self {
            Self::List => Text::ViewList,
            Self::Grid => Text::ViewGrid,
            Self::Rules => Text::Rules,
        }
    }
}

/// The choice of colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Theme {
    System,
    Light,
    Dark,
}

/// Sizes of the regions in percent.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Sizes {
    /// Width of the editor.
    pub(crate) editor: f64,
    /// Height of the event list, or of the rules, within the right side.
    pub(crate) list: f64,
    /// The same of the grid, which is of little use with few rows.
    pub(crate) grid: f64,
    /// Height of the problems.
    pub(crate) problems: f64,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { editor: 48.0, list: 48.0, grid: 60.0, problems: 20.0 }
    }
}

/// A short message, with a way back where something was replaced.
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    pub(crate) text: String,
    pub(crate) undo: Option<Undo>,
}

/// What the workspace was before.
#[derive(Clone, Debug)]
pub(crate) struct Undo {
    pub(crate) workspace: Workspace,
    pub(crate) active: DocKey,
}

/// A large file that is being read, waits for it, or of which the user is asked how much of it to read.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Loading {
    /// Its number.
    pub(crate) id: u32,
    pub(crate) name: String,
    /// Bytes, unpacked, as far as that is known.
    pub(crate) size: f64,
    /// Every how many lines one would have to be kept, while the user is asked.
    pub(crate) ask: Option<u32>,
    /// Bytes and events so far.
    pub(crate) bytes: f64,
    pub(crate) events: u32,
}

/// What is open over the page.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Dialog {
    Help,
    /// Everything that was written is about to be replaced.
    Replace(Start),
    Rename(DocKey),
    /// What a kind of problem means.
    Code(&'static Code),
    /// A new event, or a copy of one with other values.
    NewEvent(Option<u32>),
    /// Where a name stands.
    References,
    /// Another name for what stands at the cursor.
    NewName,
    /// The items of a file.
    Outline,
    /// Ways to keep a rule (by position) from matching an event.
    Except {
        rule: u32,
        event: u32,
    },
    /// Events and alerts as files.
    Export,
    /// Events without names.
    Redact,
    /// How many events happened when.
    Times,
}

/// How far files are that the worker makes.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Making {
    /// In percent.
    Busy(u32),
    Done(Made),
    /// The user has stopped it.
    Stopped,
    /// The worker failed over them.
    Failed,
}

/// What was found about names, and the texts that it was found in.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) inputs: Inputs,
    pub(crate) what: Names,
}

/// What was found.
#[derive(Debug)]
pub(crate) enum Names {
    /// All places of the name at the cursor.
    Places(Cursor, References),
    /// The items of the file at this position in load order.
    Items(u32, Vec<OutlineItem>),
}

/// What a workspace starts from.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Start {
    Example(&'static Example),
    Empty,
}

impl Start {
    /// What a workspace came from.
    pub(crate) fn of(workspace: &Workspace) -> Self {
        workspace.example.and_then(crate::examples::by_id).map_or(Self::Empty, Self::Example)
    }

    /// True if a workspace is other than what it started from, in whichever language.
    pub(crate) fn left_by(workspace: &Workspace) -> bool {
        let start = Self::of(workspace);
        ![Lang::En, Lang::Ja]
            .iter()
            .any(|&lang| start.workspace(lang).is_some_and(|start| start.same_content(workspace)))
    }

    /// The workspace as it is before anything is edited; none for an example whose files are not there yet.
    pub(crate) fn workspace(self, lang: Lang) -> Option<Workspace> {
        match self {
            Self::Example(example) => example.workspace(lang),
            Self::Empty => Some(Workspace::empty()),
        }
    }

    /// Whether [`Self::workspace`] has what it needs.
    pub(crate) fn is_there(self) -> bool {
        match self {
            Self::Example(example) => example.is_there(),
            Self::Empty => true,
        }
    }

    /// Fetches what [`Self::workspace`] needs; false if that failed.
    pub(crate) async fn fetch(self) -> bool {
        match self {
            Self::Example(example) => example.fetch().await,
            Self::Empty => true,
        }
    }
}

impl State {
    pub(crate) fn new(workspace: Workspace, active: DocKey, lang: Lang, theme: Theme, sizes: Sizes) -> Self {
        Self(Box::leak(Box::new(Signals {
            next_key: StoredValue::new(workspace.docs.len() as u32),
            workspace: RwSignal::new(workspace),
            active: RwSignal::new(active),
            results: RwSignal::new(Results::default()),
            told: RwSignal::new(Told::default()),
            engine: RwSignal::new(Engine::Starting),
            selected: RwSignal::new(Some(0)),
            rule: RwSignal::new(None),
            view: RwSignal::new(ResultView::List),
            filter: RwSignal::new(Filter::default()),
            region: RwSignal::new(Region::Rules),
            lang: RwSignal::new(lang),
            theme: RwSignal::new(theme),
            sizes: RwSignal::new(sizes),
            fetched: RwSignal::new(0),
            refused: RwSignal::new(None),
            ways: RwSignal::new(None),
            making: RwSignal::new(Making::Busy(0)),
            replaced: RwSignal::new(None),
            blobs: StoredValue::new_local(Vec::new()),
            loading: RwSignal::new(Vec::new()),
            place: RwSignal::new(None),
            excerpt: RwSignal::new(None),
            notice: RwSignal::new(None),
            dialog: RwSignal::new(None),
            found: RwSignal::new(None),
            reference: RwSignal::new(false),
            announcement: RwSignal::new(String::new()),
            cursor: StoredValue::new((active, 0)),
            items: StoredValue::new(None),
            purpose: StoredValue::new(Purpose::Any),
            editor: StoredValue::new_local(None),
            client: StoredValue::new_local(None),
        })))
    }

    /// A sentence that follows the language.
    pub(crate) fn t(self, text: Text) -> Signal<String> {
        let lang = self.lang;
        Signal::derive(move || text.in_lang(lang.get()).to_owned())
    }

    /// A sentence with arguments that follows the language and whatever `args` reads.
    pub(crate) fn tf(
        self,
        text: Text,
        args: impl Fn() -> Vec<String> + Send + Sync + 'static,
    ) -> Signal<String> {
        let lang = self.lang;
        Signal::derive(move || {
            let args = args();
            text.with(lang.get(), &args.iter().map(String::as_str).collect::<Vec<_>>())
        })
    }

    /// `count` keys that no document has had.
    pub(crate) fn fresh_keys(self, count: usize) -> u32 {
        let first = self.next_key.get_value();
        self.next_key.set_value(first + count as u32);
        first
    }

    /// A sentence in the present language.
    pub(crate) fn say(self, text: Text, args: &[&str]) -> String {
        text.with(self.lang.get_untracked(), args)
    }
}

/// The document to show first: the first rules file.
pub(crate) fn first_shown(workspace: &Workspace) -> DocKey {
    let first: Option<&Doc> = workspace.of_role(Role::Rules).next().or(workspace.docs.first());
    first.map_or(DocKey(0), |doc| doc.key)
}
