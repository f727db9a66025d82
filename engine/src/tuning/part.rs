//! What is added to a file: an exception as lines of an item, an item that appends exceptions to a rule.

use super::splice::{Changes, Splice};
use super::table::Column;
use super::written::{Item, Written};
use crate::parse::quote;
use crate::text::Span;

/// A new exception, or new values for one that is defined elsewhere.
pub(super) struct New<'a> {
    pub(super) name: &'a str,
    /// Empty where the exception is defined elsewhere.
    pub(super) columns: &'a [Column],
    pub(super) tuple: &'a str,
}

impl New<'_> {
    fn keys(&self) -> Vec<(&'static str, String)> {
        let list = |of: fn(&Column) -> &str| {
            let texts: Vec<_> = self.columns.iter().map(|column| quote::scalar(of(column))).collect();
            format!("[{}]", texts.join(", "))
        };
        let mut keys = vec![("name", quote::scalar(self.name))];
        if !self.columns.is_empty() {
            keys.push(("fields", list(|column| &column.field)));
            keys.push(("comps", list(|column| &column.comp)));
        }
        keys
    }

    /// As lines behind a dash.
    pub(super) fn block(&self) -> Vec<String> {
        let mut lines: Vec<_> = self.keys().iter().map(|(key, value)| format!("{key}: {value}")).collect();
        lines.push("values:".to_owned());
        lines.push(format!("  - {}", self.tuple));
        lines
    }

    /// In braces.
    pub(super) fn flow(&self) -> String {
        let keys: Vec<_> = self.keys().iter().map(|(key, value)| format!("{key}: {value}")).collect();
        format!("{{{}, values: [{}]}}", keys.join(", "), self.tuple)
    }
}

impl Written<'_> {
    pub(super) fn splice(&self, file: usize) -> Option<Splice<'_>> {
        let (text, yaml) = self.files.get(file)?;
        Some(Splice { text, yaml })
    }

    /// Adds an exception to those of an item, which may have none.
    pub(super) fn add_to(&self, item: Item, new: &New<'_>) -> Option<Changes> {
        let splice = self.splice(item.file)?;
        if let Some((key, list)) = splice.yaml.entry(item.id, "exceptions") {
            return splice.push_lines(key, list, &new.block(), &new.flow());
        }
        let block = format!("exceptions:\n  - {}", new.block().join("\n    "));
        splice.entry(item.id, None, &block, &format!("exceptions: [{}]", new.flow()))
    }

    /// Adds an item behind all others of a file that appends an exception to a rule.
    pub(super) fn append_item(&self, file: usize, rule: &str, new: &New<'_>) -> Option<Changes> {
        let item = format!(
            "- rule: {}\n  exceptions:\n    - {}\n  override: {{exceptions: append}}",
            quote::scalar(rule),
            new.block().join("\n      ")
        );
        self.append_lines(file, &item)
    }

    /// Adds an item, as lines of a list at the left margin, behind all others of a file.
    pub(super) fn append_lines(&self, file: usize, item: &str) -> Option<Changes> {
        let splice = self.splice(file)?;
        let last = splice.yaml.documents.iter().rev().find(|root| !splice.yaml.is_null(**root));
        let indent = match last {
            Some(root) if splice.is_flow(*root) => return None,
            Some(root) => splice.dash(*root)?,
            None => String::new(),
        };
        let root = last.map_or(0, |root| splice.line_end(splice.span(*root).end));
        let behind = splice.text.get(root as usize..).unwrap_or("");
        // Behind the comments at the end, but in front of what ends the document.
        let more = behind.contains("\n---") || behind.contains("\n...");
        let end = if more { root } else { splice.text.trim_end().len() as u32 };
        let lines = item.replace('\n', &format!("\n{indent}"));
        let (before, rest) = splice.text.split_at_checked(end as usize)?;
        let gap = if before.is_empty() { "" } else { "\n\n" };
        let tail = if rest.starts_with(['\n', '\r']) { "" } else { "\n" };
        Some(vec![(Span::new(end, end), format!("{gap}{indent}{lines}{tail}"))])
    }
}
