//! Plain data that leaves the engine: what the page, the worker and the command line see. Next to no behaviour, no ids of the
//! engine's insides; places are byte ranges in files that are named by their position in the workspace.

pub mod editor;
mod events_file;
mod exceptions;
mod explanation;
mod export;
mod redaction;
mod rule_detail;

pub use events_file::{EventsFile, EventsKind, Skipped};
pub use exceptions::{Breadth, Exception, PrintTo, Suggestion, TableEdit, Tuple, Writing};
pub use explanation::{Answer, Change, Explanation, Proof, Step, StepKind, Truth, Weight};
pub use export::{Export, ExportForm};
pub use redaction::{Kept, RedactOptions, Redaction, Replacement, Secret};
pub use rule_detail::{
    Deciding, DecidingField, KeyChange, ListDetail, Piece, PieceKind, RuleDetail, RulePart,
};

use crate::text::{Applicability, LineColumn, Message, Severity, Span};
use serde::{Deserialize, Serialize};

/// The answer to "what do these rules say about these events".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// One per rules file, in load order.
    pub files: Vec<File>,
    /// Problems in rules files, in falco.yaml and in events files, in order of file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// All rules in the order in which Falco tries them.
    pub rules: Vec<Rule>,
    /// One per event, in the order of the events files: what the rules say about it, in rule order.
    /// Rules that neither match nor are suppressed are left out, and those of which that is not decided: see
    /// [`Rule::undecided`].
    pub verdicts: Vec<Vec<Hit>>,
    /// None in a workspace without falco.yaml.
    pub config: Option<Config>,
    /// One per events file, in order.
    pub events: Vec<EventsFile>,
}

impl RuleMatching {
    /// The rule at which Falco stops, if that is before it gets to `rule`; `hits` is what the rules say about one event, in
    /// rule order.
    pub fn stops_at(self, hits: &[Hit], rule: u32) -> Option<u32> {
        let first = hits.iter().find(|hit| hit.outcome == Outcome::Matches)?.rule;
        (self == Self::First && first < rule).then_some(first)
    }
}

/// A file of the workspace: rules files count in load order, falco.yaml and the events files are their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FileId {
    /// A rules file, by its position in load order.
    Rules(u32),
    /// falco.yaml.
    Config,
    /// An events file, by its position among those.
    Events(u32),
}

/// Which of the rules that match an event raise an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RuleMatching {
    /// The first.
    First,
    /// All.
    All,
}

/// What falco.yaml says of alerts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// Its name.
    pub name: String,
    /// False where Falco would refuse to start with it.
    pub loads: bool,
    /// Which rules raise them.
    pub rule_matching: RuleMatching,
    /// Whether Falco prints them as JSON.
    pub json_output: bool,
    /// Fields in it, for colouring; sorted, not overlapping.
    pub tokens: Vec<Token>,
}

/// A place: bytes in a file, and where they start for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub span: Span,
    /// Line and column (from 1) of the first byte.
    pub start: LineColumn,
}

/// What became of one rules file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// Its name.
    pub name: String,
    /// False where Falco would refuse to start with it.
    pub loads: bool,
    /// Numbers of rules, macros and lists that are defined in it.
    pub rules: u32,
    /// See `rules`.
    pub macros: u32,
    /// See `rules`.
    pub lists: u32,
    /// Words of the conditions and outputs in it, for colouring; sorted, not overlapping.
    pub tokens: Vec<Token>,
}

/// A coloured word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The bytes.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// What a word of a condition or output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TokenKind {
    /// `and`, `or`, `not`.
    Logic,
    /// A comparison such as `=` or `startswith`, or a modifier such as `oneof`.
    Operator,
    /// A field, with its argument.
    Field,
    /// A transformer such as `tolower`, or `val`.
    Transformer,
    /// A macro.
    Macro,
    /// A list.
    List,
    /// A text value.
    Text,
    /// A number.
    Number,
    /// Parentheses and commas.
    Punctuation,
}

/// A problem. The engine's `Diagnostic` with places that need no engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Kebab-case code, such as `unknown-field`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: Message,
    /// Where.
    pub at: Place,
    /// Other places that matter.
    pub related: Vec<(Place, Message)>,
    /// Why.
    pub notes: Vec<Message>,
    /// Ways to mend it, the best first.
    pub fixes: Vec<Fix>,
    /// Falco's code and text, where Falco would say something.
    pub falco: Option<(String, String)>,
    /// False where Falco stops at an earlier error of the file and never says so.
    pub printed: bool,
}

/// A change that mends a problem.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does.
    pub title: Message,
    /// Places and new texts, in order, not overlapping.
    pub edits: Vec<(Place, String)>,
    /// Whether it may be applied without a look.
    pub applicability: Applicability,
}

/// The eight priorities, the most severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Priority {
    Emergency,
    Alert,
    Critical,
    Error,
    Warning,
    Notice,
    Informational,
    Debug,
}

impl Priority {
    /// All of them, the most severe first.
    pub const ALL: [Self; 8] = [
        Self::Emergency,
        Self::Alert,
        Self::Critical,
        Self::Error,
        Self::Warning,
        Self::Notice,
        Self::Informational,
        Self::Debug,
    ];

    /// The word that Falco prints.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Emergency => "Emergency",
            Self::Alert => "Alert",
            Self::Critical => "Critical",
            Self::Error => "Error",
            Self::Warning => "Warning",
            Self::Notice => "Notice",
            Self::Informational => "Informational",
            Self::Debug => "Debug",
        }
    }
}

/// A rule and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Its name.
    pub name: String,
    /// Its priority.
    pub priority: Priority,
    /// Its event source.
    pub source: String,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// Whether it takes part, and if not, why.
    pub status: Status,
    /// What falco.yaml says about that, where it decides.
    pub decided_at: Option<Place>,
    /// Its name in the definition that counts.
    pub at: Place,
    /// Its exceptions, in order.
    pub exceptions: Vec<Exception>,
    /// Number of events that it matches.
    pub matched: u32,
    /// Number of events on which only an exception keeps it from matching.
    pub suppressed: u32,
    /// The events that do not say enough to tell whether it matches.
    pub undecided: EventSet,
    /// The events that raised an alert of this rule when they were recorded.
    pub raised: EventSet,
    /// What became of them.
    pub fired: Fired,
    /// Those on which the answer rests on the alert: it proves what the event itself does not say.
    pub proven: EventSet,
}

/// What became of the alerts of a rule. Numbers of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fired {
    /// It matches still.
    pub kept: u32,
    /// It does not match any more.
    pub lost: u32,
    /// Now only an exception keeps it from matching.
    pub suppressed: u32,
    /// The events do not say enough to tell.
    pub undecided: u32,
}

/// Whether a rule takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    /// It is evaluated.
    Active,
    /// `enabled: false`.
    Disabled,
    /// `rules` in falco.yaml switches it off.
    Deselected,
    /// It is less severe than `priority` in falco.yaml.
    BelowPriority,
    /// It has an error; Falco would refuse it.
    Broken,
    /// Its source is not known, or `skip-if-unknown-filter` dropped it.
    Skipped,
}

/// A rule's answer on an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Position in `Report::rules`.
    pub rule: u32,
    /// The answer.
    pub outcome: Outcome,
}

/// What a rule says about an event that it has something to say about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It matches: Falco would raise an alert.
    Matches,
    /// Its condition holds, and this tuple of this exception keeps it from matching (positions in
    /// `Rule::exceptions` and `Exception::tuples`; the first that hits). No tuple where the exception cannot be
    /// taken apart.
    Suppressed {
        /// Position of the exception.
        exception: u32,
        /// Position of the tuple.
        tuple: Option<u32>,
    },
    /// The event does not say enough to tell. Never a match.
    Undecided(Possible),
}

/// The answers of a rule that are possible, whatever it is that the event does not say; at least two of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Possible {
    /// It matches.
    pub matches: bool,
    /// An exception keeps it from matching.
    pub suppressed: bool,
    /// It has nothing to say.
    pub none: bool,
}

/// A set of events, a bit for each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSet(Vec<u8>);

impl EventSet {
    /// These events, by position.
    pub fn of(events: impl IntoIterator<Item = u32>) -> Self {
        let mut bits: Vec<u8> = Vec::new();
        let mut length = 0;
        for event in events {
            let at = event as usize / 8;
            if at >= length {
                length = at + 1;
                // Sets are made for every rule, of very many events.
                if bits.len() < length {
                    bits.resize(length.max(2 * bits.len()), 0);
                }
            }
            if let Some(byte) = bits.get_mut(at) {
                *byte |= 1 << (event % 8);
            }
        }
        bits.truncate(length);
        Self(bits)
    }

    /// Whether event `event` is in it.
    pub fn contains(&self, event: u32) -> bool {
        self.0.get(event as usize / 8).is_some_and(|byte| byte >> (event % 8) & 1 == 1)
    }

    /// Number of events.
    pub fn len(&self) -> usize {
        self.0.iter().map(|byte| byte.count_ones() as usize).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The events, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let bytes = self.0.iter().zip((0..).step_by(8)).filter(|(byte, _)| **byte != 0);
        bytes.flat_map(|(byte, first)| {
            (0..8).filter(move |bit| byte >> bit & 1 == 1).map(move |bit| first + bit)
        })
    }
}

/// An event in the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventSummary {
    /// Number as shown, from 1.
    pub number: u32,
    /// The event's own title (`name`), if it has one.
    pub name: String,
    /// The event's own remark (`note`).
    pub note: String,
    /// Time of day as written or derived, or empty.
    pub time: String,
    /// When it happened, in milliseconds since 1970 (UTC), or since midnight where there is no date.
    pub when: Option<i64>,
    /// Event source.
    pub source: String,
    /// `evt.type`, or the verb and resource of an audit event.
    pub kind: String,
    /// The one line that says what happened, such as a command line or a file.
    pub summary: String,
    /// `namespace/pod`, a container's name, or empty for the host.
    pub place: String,
    /// Position of its file among the events files.
    pub file: u32,
    /// Where it stands there.
    pub span: Span,
}

/// A piece of a file that is too large to be shown whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The line that it begins with, from 1.
    pub line: u32,
    /// What stands in front of the place, from the beginning of a line.
    pub before: String,
    /// The place, or the beginning of it.
    pub inside: String,
    /// What follows.
    pub after: String,
}

/// Everything about one event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventDetail {
    /// All fields, sorted by name.
    pub fields: Vec<EventField>,
    /// The alerts that it raises, in rule order.
    pub alerts: Vec<Alert>,
    /// Why one of the rules says what it says about it.
    pub why: Option<Explanation>,
}

/// A field of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventField {
    /// Name with argument, as written in a rule.
    pub name: String,
    /// Value as Falco prints it.
    pub value: String,
    /// True where the engine computed it from other fields.
    pub derived: bool,
    /// Where it is written; the event where it is derived.
    pub span: Span,
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Position in `Report::rules`.
    pub rule: u32,
    /// The line that Falco prints in text mode, time and priority in front.
    pub text: String,
    /// The message alone: the rule's output filled in.
    pub message: String,
    /// The line that Falco prints with `json_output: true`.
    pub json: String,
}
