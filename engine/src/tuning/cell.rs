//! Values of tuples as people type them: a text, or a list in brackets; and as files hold them.

use crate::catalog::Dialect;
use crate::catalog::messages::tuning as say;
use crate::parse::ast::{NodeKind, Right};
use crate::parse::{condition, print, quote, yaml};
use crate::resolve::compares_list;
use crate::resolve::ruleset::Cell;
use crate::text::Message;

/// A value of a tuple.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Value {
    One(String),
    Many(Vec<String>),
}

/// A value as it is shown and typed.
pub fn text(cell: &Cell) -> String {
    match Value::of(cell) {
        Value::One(text) => text,
        many @ Value::Many(_) => many.yaml(),
    }
}

impl Value {
    pub(super) fn of(cell: &Cell) -> Self {
        match cell {
            Cell::One(text, _) => Self::One(text.to_string()),
            Cell::Many(items, _) => Self::Many(items.iter().map(ToString::to_string).collect()),
        }
    }

    /// As it stands in a file.
    pub(super) fn yaml(&self) -> String {
        match self {
            Self::One(text) => quote::scalar(text),
            Self::Many(items) => {
                let items: Vec<_> = items.iter().map(|item| quote::scalar(item)).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }

    /// Reads what was typed for a column that is compared with `comp`. A text that a condition does not read as one value gets
    /// quotes, so that it does.
    pub(super) fn read(typed: &str, comp: &Comp<'_>) -> Result<Self, Message> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(say::empty_value());
        }
        if comp.takes_list() && !comp.single && typed.starts_with('[') && typed.ends_with(']') {
            let items = list(typed).ok_or_else(|| say::unreadable_value(typed, comp.text))?;
            let items = items.iter().map(|item| comp.quoted(item, true));
            return Ok(Self::Many(items.collect::<Result<_, _>>()?));
        }
        comp.quoted(typed, comp.single).map(Self::One)
    }
}

/// The texts of a list in brackets; at least one.
fn list(typed: &str) -> Option<Vec<String>> {
    let read = yaml::read(typed);
    let items = read.yaml.sequence(*read.yaml.documents.first()?)?;
    let texts = items.iter().map(|id| read.yaml.scalar(*id).filter(|text| !text.is_empty()));
    let texts: Vec<String> = texts.map(|text| text.map(str::to_owned)).collect::<Option<_>>()?;
    (read.problems.is_empty() && !texts.is_empty()).then_some(texts)
}

/// How a column is compared.
pub(super) struct Comp<'a> {
    /// As written.
    pub(super) text: &'a str,
    /// The exception has a single field.
    pub(super) single: bool,
    pub(super) dialect: Dialect,
}

impl Comp<'_> {
    fn takes_list(&self) -> bool {
        compares_list(self.positive())
    }

    fn positive(&self) -> &str {
        self.text.strip_prefix("not ").unwrap_or(self.text)
    }

    /// The text, in quotes if a condition needs them. `in_list`: it is one of several.
    fn quoted(&self, text: &str, in_list: bool) -> Result<String, Message> {
        let quoted = || Some(print::quote(text)).filter(|quoted| self.reads(quoted, in_list));
        let as_typed = || self.reads(text, in_list).then(|| text.to_owned());
        as_typed().or_else(quoted).ok_or_else(|| say::unreadable_value(text, self.text))
    }

    /// Whether the condition that Falco makes of the text is one comparison.
    fn reads(&self, text: &str, in_list: bool) -> bool {
        // As Falco does: a text with a blank is put in quotes, unless it stands alone for a list.
        let bare = !text.contains(' ') || text.starts_with(['"', '\'']);
        let item = if bare { text.to_owned() } else { format!("\"{text}\"") };
        let right = match (self.takes_list(), in_list) {
            (false, _) => item,
            (true, true) => format!("({item})"),
            (true, false) if text.starts_with('(') => text.to_owned(),
            (true, false) => format!("({text})"),
        };
        let parsed = condition::parse_as(&format!("proc.name {} {right}", self.positive()), self.dialect);
        let [node] = parsed.condition.nodes.as_slice() else { return false };
        let NodeKind::Check(check) = &node.kind else { return false };
        let one = !in_list || !matches!(&check.right, Right::List(items, _) if items.len() != 1);
        parsed.error.is_none() && one
    }
}
