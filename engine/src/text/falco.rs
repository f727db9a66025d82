//! What Falco itself would say, and where (sheet `lint-codes`).

use super::SourceId;
use std::borrow::Cow;
use std::sync::Arc;

/// A problem in Falco's words.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct FalcoMessage {
    /// Falco's code, such as `LOAD_ERR_COMPILE_CONDITION`.
    pub code: Cow<'static, str>,
    /// Falco's text.
    pub text: String,
    /// The innermost place that lies in a file.
    pub place: Arc<FalcoPlace>,
    /// The place in a condition, which is no place in a file. Known only where Falco's own result is asked for.
    pub expression: Option<Box<FalcoExpression>>,
    /// The field, if the message is about a deprecated one.
    pub deprecated_field: Option<&'static str>,
    /// False where Falco stops at an earlier error of the file and never gets here.
    pub printed: bool,
}

/// A place as Falco names it: a thing of a kind, perhaps with a name, and what it lies in.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct FalcoPlace {
    /// Falco's name for the kind of thing, such as `rule` or `value for`.
    pub kind: &'static str,
    /// Its name; empty where it has none.
    pub name: String,
    /// The file.
    pub file: SourceId,
    /// Where Falco's YAML reader notices it, in bytes.
    pub offset: u32,
    /// What it lies in; none for the whole file.
    pub outer: Option<Arc<FalcoPlace>>,
}

/// A place in a condition as Falco names it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct FalcoExpression {
    /// The condition with its exceptions, before lists are put in.
    pub text: String,
    /// Line that the parser counts, from 1; 0 for a warning of the whole condition.
    pub line: u32,
    /// Column in bytes, from 1; 0 for a warning of the whole condition.
    pub column: u32,
    /// Offset in bytes, from 0, in the condition after lists are put in.
    pub offset: u32,
}

impl FalcoMessage {
    /// The places in files, from the outermost on.
    pub fn places(&self) -> Vec<&FalcoPlace> {
        let mut all: Vec<&FalcoPlace> =
            std::iter::successors(Some(&*self.place), |place| place.outer.as_deref()).collect();
        all.reverse();
        all
    }

    /// The kind of the innermost place.
    pub fn item_type(&self) -> &'static str {
        if self.expression.is_some() { FalcoExpression::KIND } else { self.place.kind }
    }

    /// The name of the innermost place that has one; empty if none.
    pub fn item_name(&self) -> &str {
        let places = self.places();
        places.iter().rev().map(|place| place.name.as_str()).find(|name| !name.is_empty()).unwrap_or("")
    }
}

impl FalcoExpression {
    /// Falco's name for this kind of place.
    pub const KIND: &'static str = "condition expression";
}

impl FalcoPlace {
    /// The whole of a file.
    pub fn file(file: SourceId) -> Arc<Self> {
        Arc::new(Self { kind: "rules content", name: String::new(), file, offset: 0, outer: None })
    }
}
