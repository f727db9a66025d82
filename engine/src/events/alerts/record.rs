//! The alerts of one record: an object is an alert if it has the rule and the fields of its output; everything else is
//! searched, however deep, texts that hold JSON included.

use super::super::json::JsonError;
use super::scan::{Scan, Token, Value};
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
    /// Key and value of each field of the output.
    pub(super) fields: Vec<(Token, Value)>,
    /// Keys that are given twice.
    pub(super) twice: Vec<Token>,
    /// What else the object is, if it is no alert.
    other: Other,
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
    fn clear(&mut self) {
        let (mut fields, mut twice) = (std::mem::take(&mut self.fields), std::mem::take(&mut self.twice));
        fields.clear();
        twice.clear();
        *self = Self { fields, twice, ..Self::default() };
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
pub(super) fn read(
    scan: &mut Scan<'_>,
    alert: &mut Alert,
    found: &mut Vec<Found>,
) -> Result<bool, JsonError> {
    alert.clear();
    let text = scan.text;
    scan.object(|scan, key| {
        let name = key.at.slice(text);
        if name == "output_fields" && scan.peek() == Some(b'{') {
            alert.fields.clear();
            alert.has_fields = true;
            let fields = &mut alert.fields;
            return scan
                .object(|scan, key| {
                    fields.push((key, scan.value()?));
                    Ok(())
                })
                .map(drop);
        }
        if name == "auditID" {
            alert.other = Other::Audit;
        } else if name.starts_with("evt.") || name.starts_with("proc.") {
            alert.other = Other::Fields;
        }
        if scan.peek() != Some(b'"') {
            return search(scan, found);
        }
        let value = scan.string()?;
        let place = match name {
            "rule" => &mut alert.rule,
            "source" => &mut alert.source,
            "time" => &mut alert.time,
            "hostname" => &mut alert.hostname,
            "output" => &mut alert.output,
            "priority" => {
                alert.has_priority = true;
                return Ok(());
            }
            _ => {
                text_found(text, key, value, found);
                return Ok(());
            }
        };
        if place.replace(value).is_some() {
            alert.twice.push(key);
        }
        Ok(())
    })?;
    if alert.is_alert() {
        found.clear();
    } else if let Some(output) = alert.output {
        // Not an alert's own.
        text_found(text, output, output, found);
    }
    Ok(alert.is_alert())
}

/// Reads the value at the place and adds what is in it; tells whether it is an object that is an alert.
fn search(scan: &mut Scan<'_>, found: &mut Vec<Found>) -> Result<(), JsonError> {
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
