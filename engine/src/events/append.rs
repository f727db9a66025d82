//! A new event at the end of an events file.

use super::edit::is_plain;
use super::json;
use crate::catalog::FieldKey;
use crate::catalog::fields::TypeGroup;
use crate::parse::quote::double as quoted;

/// Where a new event goes at the end of an events file, and its text there, in the way in which the file is written. The
/// fields have their names and values as a person types them; `name` is the event's title.
pub fn appended(file: &str, name: &str, fields: &[(String, String)]) -> (u32, String) {
    let source = fields.iter().find(|(field, _)| field == "source").map_or("syscall", |(_, value)| value);
    let named = (!name.is_empty()).then(|| ("name", typed("name", name, source)));
    let given = fields
        .iter()
        .filter(|(field, value)| !field.trim().is_empty() && !value.is_empty())
        .map(|(field, value)| (field.trim(), typed(field.trim(), value, source)));
    let entries: Vec<(&str, Typed)> = named.into_iter().chain(given).collect();
    let kept = file.trim_end();
    let end = kept.len() as u32;
    if json::Json::looks_like(file) {
        let entries: Vec<_> =
            entries.iter().map(|(key, value)| format!("{}: {}", quoted(key), value.json())).collect();
        let event = format!("{{{}}}", entries.join(", "));
        let array = file.trim_start().starts_with('[');
        return match kept.strip_suffix(']').filter(|_| array) {
            Some(inside) => {
                let inside = inside.trim_end();
                let comma = if inside.ends_with(['[', ',']) { "" } else { "," };
                (inside.len() as u32, format!("{comma}\n{event}"))
            }
            None => (end, format!("\n{event}")),
        };
    }
    // As the last item begins; one map per document where there are no items.
    let item = kept.lines().rev().find(|line| line.trim_start().starts_with("- "));
    let documents = item.is_none() && !kept.is_empty();
    let indent = item.map_or(0, |line| line.len() - line.trim_start().len());
    let (lead, inner) =
        if documents { ("---\n".to_owned(), 0) } else { (format!("{}- ", " ".repeat(indent)), indent + 2) };
    let entries: Vec<_> =
        entries.iter().map(|(key, value)| format!("{}: {}", yaml_key(key), value.yaml())).collect();
    let event = entries.join(&format!("\n{}", " ".repeat(inner)));
    let gap = if kept.is_empty() { "" } else { "\n\n" };
    (end, format!("{gap}{lead}{event}\n"))
}

/// A value that a person typed.
enum Typed {
    /// A number, a truth value or a list, as JSON and YAML write it.
    Literal(String),
    Text(String),
}

impl Typed {
    fn json(&self) -> String {
        match self {
            Self::Literal(text) => text.clone(),
            Self::Text(text) => quoted(text),
        }
    }

    fn yaml(&self) -> String {
        match self {
            Self::Text(text) if is_plain(text) => text.clone(),
            other => other.json(),
        }
    }
}

/// Reads what was typed for a field: numbers and truth values where the field has such, `[…]` for lists.
fn typed(field: &str, value: &str, source: &str) -> Typed {
    let info = FieldKey::parse(field, source).ok();
    let group = info.as_ref().map(|key| key.kind().group());
    let number =
        matches!(group, Some(TypeGroup::Integer { .. } | TypeGroup::Port)) && value.parse::<i128>().is_ok();
    let truth = matches!(group, Some(TypeGroup::Bool)) && matches!(value, "true" | "false");
    if number || truth {
        return Typed::Literal(value.to_owned());
    }
    if info.is_some_and(|key| key.info().list) {
        let inside = value.trim().trim_start_matches('[').trim_end_matches(']');
        let items: Vec<_> = inside
            .split(',')
            .map(|item| item.trim().trim_matches('"'))
            .filter(|item| !item.is_empty())
            .map(quoted)
            .collect();
        return Typed::Literal(format!("[{}]", items.join(", ")));
    }
    Typed::Text(value.to_owned())
}

/// A key as YAML reads it.
fn yaml_key(key: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-[]/".contains(c);
    let is_plain = key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(plain);
    if is_plain { key.to_owned() } else { quoted(key) }
}

#[cfg(test)]
mod tests {
    use super::super::{Options, read, summaries};
    use super::*;
    use crate::text::SourceId;

    fn after(file: &str) -> (String, Vec<String>) {
        let fields = [
            ("evt.type", "openat"),
            ("fd.name", "/etc/日本 \"x\": y"),
            ("proc.pid", "7"),
            ("evt.is_open_read", "true"),
            ("fd.types", "file, pipe"),
            ("k8s.pod.label[app]", "web"),
            ("proc.name", ""),
        ];
        let fields = fields.map(|(field, value)| (field.to_owned(), value.to_owned()));
        let (at, text) = appended(file, "A new: one", &fields);
        let mut whole = file.to_owned();
        whole.insert_str(at as usize, &text);
        let (store, problems) = read(&whole, SourceId(0), Options::default());
        assert!(problems.is_empty(), "{problems:?}\n{whole}");
        let names = summaries(&store, 0..store.len()).into_iter().map(|event| event.name).collect();
        (whole, names)
    }

    #[test]
    fn a_new_event_fits_the_file() {
        for (file, known) in [
            ("", 0),
            ("# nothing yet\n", 0),
            ("- name: a\n  evt.type: open\n", 1),
            ("  - name: a\n    evt.type: open\n\n  - {name: b, evt.type: open}", 2),
            ("name: a\nevt.type: open\n---\nname: b\nevt.type: open\n", 2),
            ("{\"name\": \"a\"}\n{\"name\": \"b\"}\n", 2),
            ("[{\"name\": \"a\"}]\n", 1),
            ("[]", 0),
            ("[\n  {\"name\": \"a\"},\n  {\"name\": \"b\"}\n]", 2),
        ] {
            let (whole, names) = after(file);
            assert_eq!(names.len(), known + 1, "{whole}");
            assert_eq!(names.last().map(String::as_str), Some("A new: one"), "{whole}");
        }
    }
}
