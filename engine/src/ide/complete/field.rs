//! Fields, and the values that events have in them.

use super::{Context, simple, written};
use crate::catalog::fields::{self, ArgKind, Field, FieldType};
use crate::catalog::{Dialect, FieldKey, SYSCALL, dialect, event_types};
use crate::ide::values::seen;
use crate::parse::print::quote;
use crate::report::editor::{Completion, Mark, WordKind};
use crate::text::distinct;

/// The type of a field and the argument that it takes.
pub(in crate::ide) fn type_of(field: &Field, kind: FieldType) -> String {
    let list = if field.list { " list" } else { "" };
    let arg = match field.arg {
        None => "",
        Some(ArgKind::Index) => " [index]",
        Some(ArgKind::Key) => " [key]",
        Some(ArgKind::IndexOrKey) => " [index or key]",
        Some(ArgKind::DotName) => " .name",
        Some(ArgKind::IndexOrDotName) => " [index] .name",
    };
    format!("{}{list}{arg}", kind.name())
}

/// Why a field is not a good choice in a rule of `source`.
pub(in crate::ide) fn mark_of(field: &Field, source: Option<&str>) -> Option<Mark> {
    match () {
        () if field.deprecated => Some(Mark::Deprecated),
        () if field.never_set => Some(Mark::Inert),
        () if source.is_some_and(|source| !field.source.includes(source)) => Some(Mark::OtherSource),
        () => None,
    }
}

impl Context<'_> {
    /// The fields, each with `before` in front. `word` is what is typed so far.
    pub(super) fn fields(&self, before: &str, word: &str) -> Vec<Completion> {
        let source = self.source();
        let in_output = self.position.keys() == ["output"];
        let store = self.workspace.store;
        let mut found = Vec::new();
        let mut add = |label: &str, field: &Field, kind: FieldType, ending: &str, seen: bool| {
            let mark = mark_of(field, source.as_deref());
            let whole = label == field.name;
            let rank = match mark {
                Some(Mark::OtherSource) => -30,
                Some(_) => -20,
                None if seen => {
                    if whole {
                        4
                    } else {
                        2
                    }
                }
                // In a macro those of system calls first.
                None => i8::from(source.is_some() || field.source.includes(SYSCALL)),
            };
            let about = (!whole || !before.is_empty()).then(|| field.name.to_owned());
            let label = format!("{before}{label}");
            let text = format!("{label}{ending}");
            let detail = if whole { type_of(field, kind) } else { kind.name().to_owned() };
            let item = simple(&label, WordKind::Field, detail);
            found.push(written(Completion { about, rank, mark, ..item }, text));
        };
        let usable = |field: &Field| !(field.hidden || (in_output && field.filter_only));
        for (id, field) in fields::all().filter(|(_, field)| usable(field)) {
            let ending = match field.arg {
                Some(ArgKind::DotName | ArgKind::IndexOrDotName) if field.arg_required => ".",
                Some(_) if field.arg_required => "[",
                _ => "",
            };
            let seen = store.columns().iter().any(|column| column.key.field == id);
            add(field.name, field, field.kind, ending, seen);
        }
        for column in store.columns().iter().filter(|column| column.key.arg.is_some()) {
            add(&column.key.to_string(), column.key.info(), column.key.kind(), "", true);
        }
        for base in ["evt.arg", "evt.rawarg"].into_iter().filter(|base| word.starts_with(base)) {
            let names = distinct(event_types::params().collect());
            let find = |name: &&str| FieldKey::parse(&format!("{base}.{name}"), SYSCALL).ok();
            for key in names.iter().filter_map(find).filter(|key| store.column(key).is_none()) {
                add(&key.to_string(), key.info(), key.kind(), "", false);
            }
        }
        if self.workspace.dialect == Dialect::Course {
            let hour = fields::field(fields::HOUR_ID);
            add(dialect::HOUR, hour, hour.kind, "", false);
        }
        found
    }

    /// The field with its argument as written, in the rule's event source or, in a macro, in any.
    pub(super) fn key(&self, written: &str) -> Option<FieldKey> {
        super::super::key_of(written, self.source().as_deref(), self.workspace.dialect)
    }

    /// Values of a field: those that it can have by its type, and those that events have. `write` puts each as it must be
    /// written, or gives nothing where it cannot.
    pub(super) fn values(&self, key: &FieldKey, write: &dyn Fn(&str) -> Option<String>) -> Vec<Completion> {
        let seen = seen(self.workspace.store, key);
        let mut found = Vec::new();
        let mut add = |item: Completion| found.extend(write(&item.label).map(|text| written(item, text)));
        if key.info().name == "evt.type" {
            for kind in event_types::all().filter(|kind| !kind.name.is_empty()) {
                // Falco reports it under another name, so that a comparison with this one never holds.
                let mark = (kind.reported_as.is_some() || kind.codes.is_empty()).then_some(Mark::Inert);
                let rank = match mark {
                    Some(_) => -20,
                    None if seen.iter().any(|seen| seen == kind.name) => 5,
                    None => 0,
                };
                let item = simple(kind.name, WordKind::EventType, kind.category.unwrap_or(""));
                add(Completion { rank, mark, ..item });
            }
            return found;
        }
        for text in &seen {
            add(Completion { rank: 5, ..simple(text, WordKind::Value, "") });
        }
        if key.kind() == FieldType::Bool {
            let unseen = |truth: &&str| !seen.iter().any(|seen| seen == truth);
            ["true", "false"].iter().filter(|truth| unseen(truth)).for_each(|truth| {
                add(simple(truth, WordKind::Value, ""));
            });
        }
        found
    }
}

/// A value as it is written in a condition within a YAML text in `quotes`; nothing where both would be needed.
pub(super) fn in_condition(value: &str, quotes: Option<char>) -> Option<String> {
    if value.contains(char::is_control) {
        return None;
    }
    let special = |c: char| c.is_whitespace() || "(),\"'=\\".contains(c);
    let text = if value.is_empty() || value.contains(special) { quote(value) } else { value.to_owned() };
    let clash = match quotes {
        Some(quotes) => text.contains([quotes, '\\']),
        // What YAML would take for a comment or a key.
        None => text.contains(" #") || text.contains(": "),
    };
    (!clash).then_some(text)
}

/// A value as it is written in a sequence of a rules file, within `quotes` if they are there already.
pub(super) fn in_yaml(value: &str, quotes: Option<char>) -> Option<String> {
    match quotes {
        _ if value.contains(char::is_control) => None,
        Some(quote) => (!value.contains([quote, '\\'])).then(|| value.to_owned()),
        None if is_plain(value) => Some(value.to_owned()),
        None => Some(format!("'{}'", value.replace('\'', "''"))),
    }
}

/// Whether a text can stand in a YAML sequence without quotes and is the same text there.
pub(in crate::ide) fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 7] = ["null", "true", "false", "yes", "no", "on", "off"];
    let inside = |c: char| c.is_alphanumeric() || " _./+=@<>~^$-:%".contains(c);
    text.starts_with(|c: char| c.is_alphanumeric() || "_./+=<^$".contains(c))
        && text.chars().all(inside)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}
