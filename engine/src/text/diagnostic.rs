//! Diagnostics: what is wrong, where, why, and how to mend it.

use super::{FalcoMessage, Loc, Message};
use serde::{Deserialize, Serialize};

/// How bad it is. Ordered: the worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Severity {
    /// Something the user wrote does not work; Falco would refuse the file.
    Error,
    /// It works, but not as it seems to be meant.
    Warning,
    /// It could be better.
    Hint,
}

/// A kind of problem: a row of the table in `catalog/codes.rs`.
#[derive(PartialEq, Eq, Debug)]
pub struct Code {
    /// Kebab-case name of the problem, such as `unknown-field`.
    pub name: &'static str,
    /// How bad it is, unless the diagnostic says otherwise.
    pub severity: Severity,
}

/// One problem at one place.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: &'static Code,
    /// How bad it is here.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: Message,
    /// Where. Always text that the user wrote.
    pub at: Loc,
    /// Other places that matter, such as a first definition.
    pub related: Vec<Label>,
    /// Why it is so.
    pub notes: Vec<Message>,
    /// Ways to mend it, the best first.
    pub fixes: Vec<Fix>,
    /// What Falco itself would say, if it would say anything.
    pub falco: Option<FalcoMessage>,
}

/// A place with a remark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// The place.
    pub at: Loc,
    /// The remark.
    pub message: Message,
}

/// A change that mends a problem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What the change does, as an imperative.
    pub title: Message,
    /// The edits, in order, not overlapping.
    pub edits: Vec<Edit>,
    /// Whether it may be applied without a look.
    pub applicability: Applicability,
}

/// Whether a fix can be applied without a look.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Applicability {
    /// Removes the diagnostic and keeps every verdict that the rules had.
    Safe,
    /// Probably what is meant; may change verdicts.
    Unsafe,
}

/// Replaces the text at a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// What is replaced; an empty range inserts.
    pub at: Loc,
    /// The new text.
    pub insert: String,
}

impl Diagnostic {
    /// A diagnostic without notes, fixes or related places.
    pub fn new(code: &'static Code, at: Loc, message: Message) -> Self {
        Self {
            code,
            severity: code.severity,
            message,
            at,
            related: Vec::new(),
            notes: Vec::new(),
            fixes: Vec::new(),
            falco: None,
        }
    }

    /// Adds a reason.
    #[must_use]
    pub fn note(mut self, note: Message) -> Self {
        self.notes.push(note);
        self
    }

    /// Adds a way to mend it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Adds a related place.
    #[must_use]
    pub fn related(mut self, at: Loc, message: Message) -> Self {
        self.related.push(Label { at, message });
        self
    }

    /// Adds Falco's own words.
    #[must_use]
    pub fn falco(mut self, falco: FalcoMessage) -> Self {
        self.falco = Some(falco);
        self
    }
}

impl Fix {
    /// A fix that replaces one place.
    pub fn replace(title: Message, at: Loc, insert: impl Into<String>, applicability: Applicability) -> Self {
        Self { title, edits: vec![Edit { at, insert: insert.into() }], applicability }
    }
}
