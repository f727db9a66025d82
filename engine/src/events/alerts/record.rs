//! The alerts of one record: an object is an alert if it has the rule and the fields of its output; everything else is
//! searched, however deep, texts that hold JSON included.

use super::keys::{InObject, KeyId, Keys, Role};
use super::scan::{Read, Scan, Token, Value};
use crate::catalog::messages::logs as messages;
use crate::text::{Message, Span};

/// An alert, as places in the text that it was read from. Kept and cleared between alerts.
#[derive(Debug, Default)]
pub(in crate::events) struct Alert {
    pub(super) rule: Option<Token>,
    pub(super) source: Option<Token>,
    pub(super) time: Option<Token>,
    pub(super) hostname: Option<Token>,
    pub(super) output: Option<Token>,
    has_priority: bool,
    has_fields: bool,
    pub(super) fields: Vec<Field>,
    /// Keys that are given twice.
    pub(super) twice: Vec<Token>,
    /// What else the object is, if it is no alert.
    other: Other,
    /// The keys of all alerts so far.
    keys: Keys,
}

/// A field of the output.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) id: KeyId,
    pub(super) key: Token,
    pub(super) value: Value,
}

/// An object that is no alert.
#[derive(Clone, Copy, Debug, Default)]
enum Other {
    #[default]
    Unknown,
    /// An event in our own form.
    Fields,
    /// An audit event.
    Audit,
}

/// Something in a record that may be or hold an alert.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found {
    /// An alert.
    Object(Span),
    /// A text.
    Text(Token),
}

impl Alert {
    /// Reads every key as if it were the first.
    #[cfg(test)]
    pub(super) fn without_expected_keys() -> Self {
        Self { keys: Keys::unexpected(), ..Self::default() }
    }

    fn clear(&mut self) {
        self.fields.clear();
        self.twice.clear();
        (self.rule, self.source, self.time, self.hostname, self.output) = (None, None, None, None, None);
        (self.has_priority, self.has_fields, self.other) = (false, false, Other::Unknown);
    }

    fn read_fields(&mut self, scan: &mut Scan<'_>) -> Read<()> {
        self.fields.clear();
        self.has_fields = true;
        let mut object = InObject::fields(scan)?;
        while let Some(id) = self.keys.next(&mut object, scan)? {
            let (key, value) = (object.key(), scan.value()?);
            self.fields.push(Field { id, key, value });
        }
        Ok(())
    }

    /// What the object that was read is, if it is no alert.
    pub(super) fn otherwise(&self) -> fn() -> Message {
        match self.other {
            Other::Unknown => messages::skipped_json,
            Other::Fields => messages::skipped_fields,
            Other::Audit => messages::skipped_audit,
        }
    }

    fn is_alert(&self) -> bool {
        let described = self.output.is_some() && self.has_priority && self.time.is_some();
        self.rule.is_some() && (self.has_fields || described)
    }
}

/// Reads the object at the place of `scan`, and tells whether it is an alert, which is in `alert` then. If it is not,
/// `found` has what is in it. `found` is also told what stands before an error.
pub(super) fn read(scan: &mut Scan<'_>, alert: &mut Alert, found: &mut Vec<Found>) -> Read<bool> {
    alert.clear();
    let text = scan.text;
    let mut object = InObject::alert(scan)?;
    while let Some(id) = alert.keys.next(&mut object, scan)? {
        let key = object.key();
        let role = alert.keys.role(id, key.at.slice(text));
        let place = match role {
            Role::Fields if scan.peek() == Some(b'{') => {
                alert.read_fields(scan)?;
                continue;
            }
            Role::Rule => Some(&mut alert.rule),
            Role::Source => Some(&mut alert.source),
            Role::Time => Some(&mut alert.time),
            Role::Hostname => Some(&mut alert.hostname),
            Role::Output => Some(&mut alert.output),
            Role::Audit | Role::Field => {
                alert.other = if role == Role::Audit { Other::Audit } else { Other::Fields };
                None
            }
            Role::Fields | Role::Priority | Role::Other => None,
        };
        if scan.peek() != Some(b'"') {
            search(scan, found)?;
            continue;
        }
        let value = scan.string()?;
        match place {
            Some(place) => {
                if place.replace(value).is_some() {
                    alert.twice.push(key);
                }
            }
            None if role == Role::Priority => alert.has_priority = true,
            None => text_found(text, key, value, found),
        }
    }
    if alert.is_alert() {
        found.clear();
    } else if let Some(output) = alert.output {
        // Not an alert's own.
        text_found(text, output, output, found);
    }
    Ok(alert.is_alert())
}

/// Reads the value at the place and adds what is in it; tells whether it is an object that is an alert.
fn search(scan: &mut Scan<'_>, found: &mut Vec<Found>) -> Read<()> {
    let text = scan.text;
    match scan.peek() {
        Some(b'{') => {
            let before = found.len();
            // What makes an alert: rule, fields, output, priority, time.
            let mut has = [false; 5];
            let at = scan.object(|scan, key| {
                let name = key.at.slice(text);
                let first = scan.peek();
                let kind = match name {
                    "rule" => Some((0, b'"')),
                    "output_fields" => Some((1, b'{')),
                    "output" => Some((2, b'"')),
                    "priority" => Some((3, b'"')),
                    "time" => Some((4, b'"')),
                    _ => None,
                };
                if let Some((at, start)) = kind
                    && first == Some(start)
                    && let Some(place) = has.get_mut(at)
                {
                    *place = true;
                }
                if first == Some(b'"') {
                    let value = scan.string()?;
                    text_found(text, key, value, found);
                    return Ok(());
                }
                if name == "output_fields" {
                    return scan.value().map(drop);
                }
                search(scan, found)
            })?;
            let [rule, fields, output, priority, time] = has;
            if rule && (fields || (output && priority && time)) {
                found.truncate(before);
                found.push(Found::Object(at));
            }
            Ok(())
        }
        Some(b'[') => {
            // A pair of a time in nanoseconds and a line is a line.
            let mut stamped = None;
            scan.array(|scan| {
                if scan.peek() != Some(b'"') {
                    stamped = None;
                    return search(scan, found);
                }
                let value = scan.string()?;
                let raw = value.at.slice(text);
                if stamped == Some(true) || may_hold_json(text, value) {
                    found.push(Found::Text(value));
                }
                stamped = Some(stamped.is_none() && is_stamp(raw));
                Ok(())
            })
            .map(drop)
        }
        _ => scan.value().map(drop),
    }
}

/// Keys under which log collectors keep a line.
const LINES: &[&str] = &["log", "message", "line", "MESSAGE", "msg"];

fn text_found(text: &str, key: Token, value: Token, found: &mut Vec<Found>) {
    if may_hold_json(text, value) || LINES.contains(&key.at.slice(text)) {
        found.push(Found::Text(value));
    }
}

/// Whether a text may hold an object with keys.
fn may_hold_json(text: &str, value: Token) -> bool {
    if !value.escaped {
        return false;
    }
    let raw = value.at.slice(text);
    raw.contains("{\\\"") || raw.contains("{\\u0022") || (raw.contains('{') && raw.contains("\\\""))
}

fn is_stamp(raw: &str) -> bool {
    raw.len() >= 10 && raw.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALERT: &str = concat!(
        r#"{"hostname":"node-1","output":"08:00:00.5: Notice \"x\" | a=1","#,
        r#""output_fields":{"evt.time":17,"evt.type":"execve","fd.name":null,"proc.n\u0061me":"sh","#,
        r#""proc.name":"sh","proc.tty":-0},"#,
        r#""priority":"Notice","rule":"R","source":"syscall","tags":["a",[1.5e3]],"time":"2026-01-01"}"#,
    );

    /// What is read, everything that is found, and where reading ends.
    fn all(text: &str, alert: &mut Alert) -> String {
        let (mut scan, mut found) = (Scan::new(text, 0), Vec::new());
        let read = read(&mut scan, alert, &mut found).ok();
        let fields: Vec<_> = alert.fields.iter().map(|field| (field.key, field.value)).collect();
        let said = [alert.rule, alert.source, alert.time, alert.hostname, alert.output];
        let end = (scan.at, scan.error);
        format!("{read:?} {end:?} {fields:?} {said:?} {:?} {:?} {found:?}", alert.twice, alert.other)
    }

    proptest! {
        #[test]
        fn what_is_expected_changes_nothing(
            changes in prop::collection::vec(
                (0..ALERT.len(), 0..12_usize, prop::sample::select(vec!["", "\"", ",", ":", "}", "{", " ", "\n", "\\", "-", "日"])),
                1..12,
            )
        ) {
            // Knows the alerts before; in between there is one as usual.
            let mut known = Alert::default();
            let mut text = ALERT.to_owned();
            for (at, length, new) in changes {
                let at = text.floor_char_boundary(at);
                let end = text.floor_char_boundary(at + length).max(at);
                text.replace_range(at..end, new);
                for text in [ALERT, &text] {
                    prop_assert_eq!(all(text, &mut known), all(text, &mut Alert::default()), "{}", text);
                }
            }
        }
    }
}
