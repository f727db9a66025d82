//! Exceptions as tables: what they hold, what may be changed in them, and what would keep an alert away.

use super::Place;
use serde::{Deserialize, Serialize};

/// An exception of a rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exception {
    /// Its name.
    pub name: String,
    /// Its name in the file.
    pub at: Place,
    /// The fields that it compares: the columns.
    pub fields: Vec<String>,
    /// How it compares each of them, defaults filled in.
    pub comps: Vec<String>,
    /// True where `fields` is a single value and not a list, so that tuples are single values as well.
    pub single: bool,
    /// What Falco puts behind the condition's ` and not `; empty where nothing is excluded.
    pub text: String,
    /// Its tuples (rows of `values`), in order.
    pub tuples: Vec<Tuple>,
}

/// One row of an exception's `values`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tuple {
    /// As written, on one line.
    pub text: String,
    /// Where.
    pub at: Place,
    /// One per column, as a [`TableEdit`] writes it: a text, or a list in brackets.
    pub cells: Vec<String>,
    /// Of the events that the condition alone matches: on how many it holds. `None` where it cannot be told from the others.
    pub holds: Option<u32>,
    /// On how many of these no other tuple of the rule holds.
    pub alone: u32,
}

/// A change of a rule's exceptions. Exceptions, tuples and columns are named by their positions in `Rule::exceptions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableEdit {
    /// Another value in a cell.
    Cell {
        /// Position of the exception.
        exception: u32,
        /// Position of the tuple.
        tuple: u32,
        /// Position of the column.
        column: u32,
        /// A text, or for comparisons with a list also `[a, b]`.
        text: String,
    },
    /// A tuple more.
    AddTuple {
        /// Position of the exception.
        exception: u32,
        /// One per column.
        cells: Vec<String>,
        /// The file that gets it, with `override` and `append`; where the exception is defined if none.
        file: Option<u32>,
    },
    /// A tuple less.
    RemoveTuple {
        /// Position of the exception.
        exception: u32,
        /// Position of the tuple.
        tuple: u32,
    },
    /// A column more, behind the others.
    AddColumn {
        /// Position of the exception.
        exception: u32,
        /// The field.
        field: String,
        /// How it is compared.
        comp: String,
        /// With what, in every tuple.
        cell: String,
    },
    /// Another field or comparison of a column.
    Column {
        /// Position of the exception.
        exception: u32,
        /// Position of the column.
        column: u32,
        /// The field.
        field: String,
        /// How it is compared.
        comp: String,
    },
    /// A column less.
    RemoveColumn {
        /// Position of the exception.
        exception: u32,
        /// Position of the column.
        column: u32,
    },
    /// An exception more, behind the others.
    Add {
        /// Its name.
        name: String,
        /// Its columns: field and comparison.
        columns: Vec<(String, String)>,
        /// Its first tuple.
        cells: Vec<String>,
        /// The file that gets it, with `override` and `append`; where the rule is defined if none.
        file: Option<u32>,
    },
    /// Another name.
    Rename {
        /// Position of the exception.
        exception: u32,
        /// The name.
        name: String,
    },
    /// An exception less.
    Remove {
        /// Position of the exception.
        exception: u32,
    },
}

/// A tuple that keeps a rule from matching an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// How much it takes in.
    pub breadth: Breadth,
    /// Name of the exception that gets it.
    pub exception: String,
    /// True where the rule has no such exception yet.
    pub new: bool,
    /// Fields, comparisons and values.
    pub columns: Vec<(String, String, String)>,
    /// The events (from 0) that the rule matches now and would no longer match, the one that was asked about among them.
    pub lost: Vec<u32>,
    /// Number of events that the rule matches now.
    pub matched: u32,
    /// Where it can be written, the rule itself first.
    pub writings: Vec<Writing>,
}

/// How much a suggested tuple takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Breadth {
    /// This command of this process in this place.
    Narrow,
    /// This process in this place.
    Middle,
    /// Everything in this place.
    Broad,
}

/// A way to write a suggested tuple.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Writing {
    /// Position of the rules file; that behind the last one for a new file.
    pub file: u32,
    /// False where it is written into the exceptions that are there, true where `override` appends it to the rule.
    pub appended: bool,
    /// Places and new texts, in order, not overlapping.
    pub edits: Vec<(Place, String)>,
}

/// Where alerts get fields that they do not tell yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PrintTo {
    /// The output of the rule: where it is written, or as something that a later file appends.
    Output,
    /// `append_output` in falco.yaml, for the rule.
    Config,
    /// The same for all rules of its event source.
    ConfigOfSource,
}
