//! What the editor asks about a place in a rules file, and what it is told. Files are named by their position in load order,
//! places are bytes.

use super::Place;
use crate::text::{Message, Span};
use serde::{Deserialize, Serialize};

/// A place between two bytes of a rules file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Position of the file in load order.
    pub file: u32,
    /// The offset.
    pub offset: u32,
}

/// A question about rules files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Query {
    /// What can be written here?
    Complete(Cursor),
    /// What is this?
    Hover(Cursor),
    /// Where is what is named here defined, and where is it named?
    References(Cursor),
    /// How are the files changed so that what is named here has another name?
    Rename(Cursor, String),
    /// What items does this file have?
    Outline(u32),
    /// How is this file written tidily?
    Format(u32),
    /// How is this file after all of its safe fixes?
    FixAll(u32),
    /// What values can this field have in an event of this source?
    Values {
        /// The field, with its argument.
        field: String,
        /// The event source.
        source: String,
    },
}

/// The answer to a [`Query`], variant by variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// To `Complete`: nothing where nothing is known to fit.
    Complete(Option<Completions>),
    /// To `Hover`: nothing where nothing is known.
    Hover(Option<Hover>),
    /// To `References`: nothing where nothing is named that has a definition.
    References(Option<References>),
    /// To `Rename`: the changes, or why there are none.
    Rename(Result<Vec<(Place, String)>, Message>),
    /// To `Outline`.
    Outline(Vec<OutlineItem>),
    /// To `Format`: the changes, or why there are none.
    Format(Result<Vec<(Span, String)>, Message>),
    /// To `FixAll`.
    FixAll(FixAll),
    /// To `Values`: the likeliest first; nothing where nothing is known.
    Values(Vec<String>),
}

/// What can be written at a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Completions {
    /// The half-written word.
    pub replace: Span,
    /// What can stand for it; the order does not matter, the rank does.
    pub items: Vec<Completion>,
}

/// Something that can be written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Completion {
    /// What is typed to find it, and shown.
    pub label: String,
    /// What it is.
    pub kind: WordKind,
    /// The name by which its text is found, where that is not the label: of a key with its item, such as `rule.condition`.
    pub about: Option<String>,
    /// Its type, number of items or the like: the same in every language.
    pub detail: String,
    /// What is written, where that is not the label.
    pub insert: Option<String>,
    /// Whether `insert` has places to fill in, `${…}`.
    pub snippet: bool,
    /// Among those that are alike: higher comes first, 0 is usual.
    pub rank: i8,
    /// Why it is not a good choice.
    pub mark: Option<Mark>,
}

/// Why something that could be written is not a good choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mark {
    /// Falco will drop it.
    Deprecated,
    /// Falco gives it no value.
    Inert,
    /// Events of the rule's source do not have it.
    OtherSource,
}

/// What a word of a rules file is. The texts about fields, operators and the like have these kinds too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WordKind {
    /// A field.
    Field,
    /// An operator.
    Operator,
    /// `oneof` and its kind.
    Modifier,
    /// `and`, `or`, `not`, `val`.
    Logic,
    /// A transformer.
    Transformer,
    /// A macro.
    Macro,
    /// A list.
    List,
    /// A key.
    Key,
    /// A priority.
    Priority,
    /// An event type.
    EventType,
    /// A rule.
    Rule,
    /// An exception.
    Exception,
    /// An event source.
    Source,
    /// A tag.
    Tag,
    /// A value.
    #[default]
    Value,
    /// Several lines to fill in.
    Snippet,
}

/// What a word is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hover {
    /// The word.
    pub span: Span,
    /// What it is.
    pub kind: WordKind,
    /// Its name, by which its text is found: of a field without argument, of a key with its item.
    pub name: String,
    /// Its type, its event source: the same in every language.
    pub detail: String,
    /// What it stands for: the condition of a macro, the items of a list, on one line and cut.
    pub expansion: String,
    /// Why it is not a good choice.
    pub mark: Option<Mark>,
    /// Where it is defined.
    pub defined: Option<Place>,
}

/// Where a name stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct References {
    /// What it names.
    pub kind: WordKind,
    /// The name.
    pub name: String,
    /// The name at the place that was asked about.
    pub span: Span,
    /// Where it is defined; of several definitions that which counts.
    pub definition: Option<Place>,
    /// Everywhere it stands, by file and place.
    pub places: Vec<Reference>,
    /// Why it cannot be renamed.
    pub fixed: Option<Message>,
}

/// A place at which a name stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// The name.
    pub at: Place,
    /// What is done with it there.
    pub role: Role,
    /// The line, without blanks around it and cut.
    pub line: String,
}

/// What is done with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// It is defined.
    Definition,
    /// What it names is changed by an override or an append.
    Change,
    /// It is used.
    Use,
}

/// An item of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutlineItem {
    /// What it is; an exception belongs to the rule before it.
    pub kind: WordKind,
    /// Its name.
    pub name: String,
    /// The name in the file.
    pub at: Span,
    /// The whole item.
    pub span: Span,
    /// Whether it changes an earlier item.
    pub changes: bool,
}

/// A file after its safe fixes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FixAll {
    /// The text.
    pub text: String,
    /// Number of fixes that were made.
    pub fixes: u32,
}
