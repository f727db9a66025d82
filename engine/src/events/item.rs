//! An event as our own events files have it: only what it gave itself, so that it reads back as the event it was.

use super::edit::{yaml, yaml_text};
use super::{EventStore, Expected};
use crate::parse::quote::double;
use std::fmt::Write as _;

/// An event as an item of a YAML list, with a line end; empty past the last one. `fired`: with the rules that raised an alert.
pub fn item(store: &EventStore, index: usize, file: &str, fired: bool) -> String {
    let (Some(info), Some(row)) = (store.info(index), store.row(index)) else { return String::new() };
    let given = store.given(index, file);
    let mut out = Item::default();
    let about = info.about.as_deref().cloned().unwrap_or_default();
    let time = store.time_of(index).unwrap_or_default();
    for (key, text) in [("name", &*about.name), ("note", &*about.note), ("time", &*time)] {
        if !text.is_empty() {
            out.line(key, &yaml_text(text));
        }
    }
    if row.is_partial() {
        out.line("partial", "true");
    }
    let fired: Vec<String> = store.fired(index).filter(|_| fired).map(yaml_text).collect();
    match fired.as_slice() {
        [] => {}
        [rule] => out.line("fired", rule),
        rules => out.line("fired", &format!("[{}]", rules.join(", "))),
    }
    let mut named: Vec<&str> = Vec::new();
    for expect in &about.expect {
        // A rule can be named only once in a map.
        if named.contains(&expect.rule.as_ref()) {
            continue;
        }
        if named.is_empty() {
            out.line("expect", "");
        }
        named.push(&expect.rule);
        let outcome = match expect.outcome {
            Expected::Match => "match",
            Expected::Suppressed => "suppressed",
            Expected::None => "none",
            Expected::Undecided => "undecided",
        };
        let _ = writeln!(out.0, "    {}: {outcome}", yaml_text(&expect.rule));
    }
    for (key, value) in &given {
        let value = value.as_ref().map_or_else(|| "null".to_owned(), yaml);
        out.line(&key_text(&key.to_string()), &value);
    }
    // Of two sources the last one counts, and `evt.source` is given or worked out from it.
    if row.source() != crate::catalog::SYSCALL {
        out.line("source", &yaml_text(row.source()));
    }
    if out.0.is_empty() { "- {}\n".to_owned() } else { out.0 }
}

/// An item that is being written.
#[derive(Default)]
struct Item(String);

impl Item {
    fn line(&mut self, key: &str, value: &str) {
        let lead = if self.0.is_empty() { "- " } else { "  " };
        let blank = if value.is_empty() { "" } else { " " };
        let _ = writeln!(self.0, "{lead}{key}:{blank}{value}");
    }
}

/// A field's name as a key.
fn key_text(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._[]/-".contains(c);
    if name.chars().all(plain) { name.to_owned() } else { double(name) }
}
