//! What page and worker say to each other: postcard in transferred buffers.

use engine::catalog::Dialect;
use engine::report::{
    self, EventDetail, EventSet, EventSummary, EventsKind, Excerpt, Export, ExportForm, Place, PrintTo,
    RedactOptions, Replacement, Report, RuleDetail, Suggestion, TableEdit, editor,
};
use engine::text::{Message, Span};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

/// A file on its way to the engine.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// An events file on its way to the engine.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Events {
    pub(crate) name: String,
    /// As what it is read, where that is not what it looks like.
    pub(crate) kind: Option<EventsKind>,
    pub(crate) what: What,
}

/// What an events file holds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum What {
    /// What the one at this position held, when events were sent last.
    Same(u32),
    Text(String),
    /// What the worker itself has read under this number.
    Log(u32),
}

/// What the worker has read of a large file.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Log {
    /// Bytes that were read, unpacked.
    pub(crate) bytes: f64,
    pub(crate) end: LogEnd,
    /// Every how many lines one was kept.
    pub(crate) every: u32,
    /// Number of lines, where not all were kept.
    pub(crate) lines: u32,
}

/// Where reading a large file ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum LogEnd {
    Whole,
    /// The rest could not be read or unpacked.
    Damaged,
    /// There was more than is kept.
    Limit,
}

/// Why a large file was not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum LogFailure {
    Unreadable,
    /// The user had enough of it.
    Cancelled,
    /// The worker failed meanwhile.
    Stopped,
}

/// Page to worker. To read a large file, the page sends a list of its number, every how many lines one is kept, how many bytes
/// it has as far as that is known, and the file.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Request {
    /// Evaluate. What did not change since the last request is left out.
    Analyse {
        /// Counts the page's requests; comes back in the answer.
        revision: u32,
        /// All rules files in load order.
        rules: Option<Vec<File>>,
        /// The configuration, or that there is none: at most one file.
        config: Option<Vec<File>>,
        /// All events files in order.
        events: Option<Vec<Events>>,
        /// The rules files as they were when the events were recorded; none where these are not known.
        baseline: Option<Vec<File>>,
        /// How both are read.
        dialect: Dialect,
    },
    /// Tell about one event, with the files as they were sent last.
    Detail(Selected),
    /// Look for changes of an event that turn a rule's answer; both are positions in the last report.
    Changes { rule: u32, event: u32 },
    /// Tell about the rule with this name, with the files as they were sent last.
    Rule(String),
    /// Answer a question of the editor. It changes nothing of what the engine holds.
    Ask {
        /// Comes back in the answer.
        id: u32,
        query: editor::Query,
        /// All rules files as they are now, where they are others than those that were sent last.
        rules: Option<Vec<File>>,
    },
    /// Change a rule's exceptions, with the files as they were sent last.
    Change(Change),
    /// Make files of the events, with the files as they were sent last. The number comes back in the answer. A redaction takes the
    /// place of one that goes on, and of what that has found.
    Make(u32, Make),
    /// Do not go on with a redaction, or forget it.
    Stop { forget: bool },
    /// Tell what stands at a place of an events file, by position, as they were sent last.
    Excerpt { file: u32, span: Span },
    /// Stop reading a large file, or forget it.
    Cancel(u32),
}

/// Files that are wanted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Make {
    /// An export, of some events or of all.
    Export(ExportForm, Option<EventSet>),
    /// The events files without names.
    Redact(RedactOptions),
}

/// What is told of files that were made. Their contents come beside it, as blobs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Made {
    /// With the first lines as text.
    Export(Export),
    /// How many verdicts are others.
    Redact(u32),
}

/// A change of a rule's exceptions that is wanted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Change {
    /// Name of the rule.
    pub(crate) rule: String,
    pub(crate) how: How,
    /// Files before this position are read-only.
    pub(crate) locked: u32,
}

/// How exceptions are to be changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum How {
    Edit(TableEdit),
    /// So that this event raises no alert: tell the ways.
    Except(u32),
    /// So that the alerts of the rule say these fields.
    Print {
        fields: Vec<String>,
        to: PrintTo,
    },
}

/// What the page shows closely.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Selected {
    /// The event, from 0.
    pub(crate) event: u32,
    /// Name of the rule whose answer is explained; none for whichever has something to say.
    pub(crate) rule: Option<String>,
}

/// Worker to page.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Reply {
    /// The worker listens; what was sent before is lost.
    Ready,
    /// The answer to `Analyse`.
    Analysis(Box<Analysis>),
    /// The answer to `Detail`; none where there is no such event.
    Detail { selected: Selected, detail: Option<EventDetail> },
    /// The answer to `Changes`.
    Changes { rule: u32, event: u32, changes: Vec<report::Change> },
    /// The answer to `Rule`; none where there is no such rule.
    Rule { name: String, detail: Option<Box<RuleDetail>> },
    /// The answer to `Ask`.
    Ask { id: u32, reply: editor::Reply },
    /// The answer to `Change`.
    Changed(Changed),
    /// The answer to `Make`.
    Made(u32, Made),
    /// So much, in percent, of what that takes is done; once it is known, what a redaction replaces.
    MadeStep(u32, u32, Option<Vec<Replacement>>),
    /// The answer to `Excerpt`.
    Excerpt { file: u32, excerpt: Option<Excerpt> },
    /// So much of a large file was read: bytes, unpacked, and events.
    LogStep { id: u32, bytes: f64, events: u32 },
    /// A large file was read, or will not be.
    Log { id: u32, log: Result<Log, LogFailure> },
    /// Events that belong to the next `Analysis`, in front of its own.
    Events(Vec<EventSummary>),
}

/// What is told of a change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Changed {
    /// The edits that change the exceptions of a rule (by name), or why there are none.
    Edits { rule: String, edits: Result<Vec<(Place, String)>, Message> },
    /// The edits that make alerts say fields, or why there are none.
    Printed { fields: Vec<String>, edits: Result<Vec<(Place, String)>, Message> },
    /// Ways to keep a rule (by name) from matching an event.
    Ways { rule: String, event: u32, ways: Vec<Suggestion> },
}

/// What the engine says about the files.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Analysis {
    /// The request's.
    pub(crate) revision: u32,
    pub(crate) report: Report,
    /// Where the events are other than before: the last of them.
    pub(crate) events: Option<Vec<EventSummary>>,
    /// Time that the engine took, in milliseconds.
    pub(crate) millis: f64,
    /// Bytes of memory that the worker has taken so far.
    pub(crate) memory: f64,
}

/// A number of JavaScript's that counts something.
#[expect(clippy::cast_sign_loss, reason = "counts are not negative")]
pub(crate) fn count_of(number: f64) -> u32 {
    number as u32
}

/// A message as the buffer to transfer.
pub(super) fn pack(message: &impl Serialize) -> Option<ArrayBuffer> {
    let bytes = postcard::to_allocvec(message).ok()?;
    Some(Uint8Array::from(bytes.as_slice()).buffer())
}

/// The message in a received buffer.
pub(super) fn unpack<T: DeserializeOwned>(data: &JsValue) -> Option<T> {
    postcard::from_bytes(&Uint8Array::new(data).to_vec()).ok()
}

/// A received message apart from the blobs that came with it.
pub(super) fn apart(data: JsValue) -> (JsValue, Vec<Blob>) {
    if !Array::is_array(&data) {
        return (data, Vec::new());
    }
    let mut all = Array::from(&data).into_iter();
    (all.next().unwrap_or_default(), all.map(JsCast::unchecked_into).collect())
}

/// The list of things that change hands with a message.
pub(super) fn transfer(buffer: &ArrayBuffer) -> Array {
    Array::of1(buffer)
}
