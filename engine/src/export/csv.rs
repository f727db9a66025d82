//! Alerts as a table: RFC 4180, one column per field that any of the rules prints.

use super::alerts::{Raised, Raising};
use crate::evaluate::alert::{self, FieldValue};
use std::collections::BTreeSet;

/// The columns before those of fields.
const FIRST: [&str; 5] = ["time", "rule", "priority", "source", "output"];

/// A table of alerts.
pub struct Table {
    /// Names of the fields, sorted.
    fields: Vec<String>,
}

impl Table {
    /// The table of the alerts of some events: its columns are the fields of the rules that raise any.
    pub fn of(raising: &Raising<'_>, events: impl Iterator<Item = u32>) -> Self {
        let mut fields = BTreeSet::new();
        let mut seen = vec![false; raising.rules.len()];
        for event in events {
            for raised in raising.of(event).into_iter().filter(|raised| raised.certain) {
                let Some(seen) = seen.get_mut(raised.rule as usize).filter(|seen| !**seen) else { continue };
                *seen = true;
                if let Some((_, output, row)) = raising.parts(&raised) {
                    let names = alert::fields(output, raising.config.alerts, &row);
                    fields.extend(names.into_keys().map(str::to_owned));
                }
            }
        }
        Self { fields: fields.into_iter().collect() }
    }

    /// The names of the columns.
    pub fn header(&self) -> String {
        line(FIRST.into_iter().chain(self.fields.iter().map(String::as_str)).map(text))
    }

    /// An alert as a row.
    pub fn row(&self, raising: &Raising<'_>, raised: &Raised) -> String {
        let Some((about, output, row)) = raising.parts(raised) else { return String::new() };
        let printed = raising.config.alerts;
        let message = alert::format(output, printed, &row);
        let output_line = alert::line(&about, printed, &message, &row);
        let time = alert::time(&row).unwrap_or_default();
        let first = [time.as_str(), about.name, about.priority.name(), about.source, &output_line];
        let fields = alert::fields(output, printed, &row);
        let rest = self.fields.iter().map(|name| match fields.get(name.as_str()) {
            None | Some(FieldValue::Missing) => String::new(),
            Some(FieldValue::Literal(json)) => quoted(json),
            Some(FieldValue::Text(value)) => text(value),
        });
        line(first.into_iter().map(text).chain(rest))
    }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    cells.collect::<Vec<_>>().join(",") + "\r\n"
}

/// A text as a cell. Programs for tables run what begins with one of these characters as a formula, and an attacker chooses
/// command lines; so an apostrophe is put in front, which they show as text. Numbers are left alone.
fn text(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        quoted(&format!("'{text}"))
    } else {
        quoted(text)
    }
}

/// In quotes where they are needed.
fn quoted(text: &str) -> String {
    let edge = text.starts_with(' ') || text.ends_with(' ');
    if edge || text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        for (value, cell) in [
            ("", ""),
            ("日本 é", "日本 é"),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("a\nb", "\"a\nb\""),
            (" a", "\" a\""),
            ("=1+1", "'=1+1"),
            ("-c \"id\"", "\"'-c \"\"id\"\"\""),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("\r=1", "\"'\r=1\""),
        ] {
            assert_eq!(text(value), cell, "{value:?}");
        }
        assert_eq!(quoted("-1"), "-1");
    }
}
