//! Alerts: an output filled in for an event, as text and as JSON.

mod json;

use super::semantics::{Fields, MAX_ANCESTORS};
use super::term::Term;
use super::transform;
use crate::catalog::FieldKey;
use crate::catalog::fields::ValueFormat;
use crate::catalog::transformers::Transformer;
use crate::config::AlertFormat;
use crate::report::Priority;
use crate::resolve::check::Operand;
use crate::resolve::output::{Extra, Output, Part};
use crate::value::Value;
use crate::value::text::{MISSING, of_field};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What an alert says about its rule.
#[derive(Clone, Copy, Debug)]
pub struct AlertRule<'a> {
    /// Name.
    pub name: &'a str,
    /// Priority.
    pub priority: Priority,
    /// Event source.
    pub source: &'a str,
    /// Tags, sorted.
    pub tags: &'a [String],
}

/// The message: the output with its values, without time and priority.
pub fn format(output: &Output, printed: AlertFormat, event: &dyn Fields) -> String {
    parts(&output.parts, printed, event)
}

fn parts(parts: &[Part], printed: AlertFormat, event: &dyn Fields) -> String {
    let mut out = Vec::new();
    for part in parts {
        match part {
            Part::Text(text) => out.extend_from_slice(text.as_bytes()),
            Part::Value { operand, width, .. } => {
                let text = text_of(operand, printed, event);
                let text = text.as_deref().unwrap_or(MISSING.as_bytes());
                match width {
                    None => out.extend_from_slice(text),
                    Some(width) => {
                        out.extend(text.iter().copied().chain(std::iter::repeat(b' ')).take(*width));
                    }
                }
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|bad| String::from_utf8_lossy(bad.as_bytes()).into_owned())
}

/// The line that Falco prints: time, priority and message, escaped like the inside of a JSON string.
pub fn text(rule: &AlertRule<'_>, printed: AlertFormat, message: &str, event: &dyn Fields) -> String {
    let quoted = json::text(&line(rule, printed, message, event));
    quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(&quoted).to_owned()
}

/// The line that Falco prints with `json_output: true`: one object, keys in alphabetical order.
pub fn json(
    rule: &AlertRule<'_>,
    printed: AlertFormat,
    output: &Output,
    message: &str,
    event: &dyn Fields,
) -> String {
    let text = json::text;
    let mut members = vec![("hostname", text(&named(event, "evt.hostname").unwrap_or_default()))];
    if printed.message {
        members.push(("message", text(message)));
    }
    if printed.output {
        members.push(("output", text(&line(rule, printed, message, event))));
    }
    if printed.output_fields {
        members.push(("output_fields", output_fields(output, printed, event)));
    }
    members.extend([
        ("priority", text(rule.priority.name())),
        ("rule", text(rule.name)),
        ("source", text(rule.source)),
    ]);
    if printed.tags {
        members.push(("tags", json::array(rule.tags.iter().map(|tag| text(tag)))));
    }
    members.push(("time", time(event).map_or_else(null, |time| text(&time))));
    json::object(&members)
}

fn output_fields(output: &Output, printed: AlertFormat, event: &dyn Fields) -> String {
    let fields = fields(output, printed, event);
    json::object(&fields.into_iter().map(|(name, value)| (name, value.json())).collect::<Vec<_>>())
}

/// The fields of the output and of the prefix, and the extra ones, by name.
pub fn fields<'a>(
    output: &'a Output,
    printed: AlertFormat,
    event: &dyn Fields,
) -> BTreeMap<&'a str, FieldValue> {
    let mut fields = BTreeMap::new();
    let names = output.parts.iter().filter_map(|part| match part {
        Part::Value { fields, .. } => Some(fields),
        Part::Text(_) => None,
    });
    for (name, key) in names.flatten() {
        fields.insert(name.as_str(), value_of(key, printed, event));
    }
    let time = prefix_time(printed);
    if let Some(key) = FieldKey::named(time) {
        fields.insert(time, value_of(&key, printed, event));
    }
    for (name, extra) in &output.extra {
        let value = match extra {
            Extra::Field(key) => value_of(key, printed, event),
            Extra::Format(format) => FieldValue::Text(parts(format, printed, event)),
        };
        fields.insert(name, value);
    }
    fields
}

/// The value of a field in an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// None.
    Missing,
    /// A number, a truth or a list, as JSON has it.
    Literal(String),
    /// A text.
    Text(String),
}

impl FieldValue {
    fn json(&self) -> String {
        match self {
            Self::Missing => null(),
            Self::Literal(json) => json.clone(),
            Self::Text(text) => json::text(text),
        }
    }

    fn of(text: Option<Cow<'_, [u8]>>) -> Self {
        text.map_or(Self::Missing, |text| Self::Text(String::from_utf8_lossy(&text).into_owned()))
    }
}

/// The field that a line begins with.
fn prefix_time(printed: AlertFormat) -> &'static str {
    if printed.iso_time { "evt.time.iso8601" } else { "evt.time" }
}

/// Time, priority and message.
pub fn line(rule: &AlertRule<'_>, printed: AlertFormat, message: &str, event: &dyn Fields) -> String {
    let time = named(event, prefix_time(printed)).unwrap_or(MISSING.into());
    format!("{time}: {} {message}", rule.priority.name())
}

/// The text of a field of the event.
fn named<'a>(event: &'a dyn Fields, name: &str) -> Option<Cow<'a, str>> {
    let key = FieldKey::named(name)?;
    let value = event.get(&key)?;
    Some(match value {
        Value::Text(text) => Cow::Borrowed(text),
        other => Cow::Owned(of_field(&key, other)),
    })
}

/// The time of the event in UTC, as the JSON of an alert has it.
pub fn time(event: &dyn Fields) -> Option<String> {
    let utc = named(event, "evt.time.iso8601")?;
    Some(utc.strip_suffix("+0000").map_or_else(|| utc.to_string(), |time| format!("{time}Z")))
}

/// What an operand prints.
fn text_of<'a>(operand: &'a Operand, printed: AlertFormat, event: &'a dyn Fields) -> Option<Cow<'a, [u8]>> {
    match operand {
        Operand::Field(key) => field_text(key, printed, event),
        Operand::Transform(transform) => match transform::operand(operand, event)? {
            Term::Bytes(text) => Some(text),
            // As Falco does: the length of a text has no text, that of a list has.
            Term::Integer(_)
                if transform.transformer == Transformer::Len && !measures_list(transform, event) =>
            {
                None
            }
            Term::Integer(number) => Some(Cow::Owned(number.to_string().into_bytes())),
            Term::List(elements) => {
                let texts: Vec<Cow<'_, [u8]>> = elements.iter().map(Term::text).collect();
                Some(Cow::Owned([b"(", texts.join(&b","[..]).as_slice(), b")"].concat()))
            }
            _ => None,
        },
    }
}

fn measures_list(transform: &crate::resolve::check::Transform, event: &dyn Fields) -> bool {
    transform.args.first().is_some_and(|argument| match argument {
        crate::resolve::check::Argument::Operand(inner) => {
            matches!(transform::operand(inner, event), Some(Term::List(_)))
        }
        crate::resolve::check::Argument::List(_) => true,
        crate::resolve::check::Argument::Literal(_) => false,
    })
}

fn field_text<'a>(key: &FieldKey, printed: AlertFormat, event: &'a dyn Fields) -> Option<Cow<'a, [u8]>> {
    let info = key.info();
    if info.any_ancestor && key.arg.is_none() && info.name != "proc.apid" {
        return ancestors(key, event);
    }
    let (key, value) = plain_value(key, event)?;
    match value {
        Value::Text(text) if info.kind != crate::catalog::FieldType::Bytebuf => {
            Some(Cow::Borrowed(text.as_bytes()))
        }
        Value::Text(text) if printed.base64 => Some(Cow::Owned(transform::encode_base64(text.as_bytes()))),
        value => Some(Cow::Owned(of_field(&key, value).into_bytes())),
    }
}

/// All ancestors, joined by blanks.
fn ancestors<'a>(key: &FieldKey, event: &'a dyn Fields) -> Option<Cow<'a, [u8]>> {
    let mut texts = Vec::new();
    for n in 1..=MAX_ANCESTORS {
        let key = key.with_arg(n.to_string());
        if let Some(value) = event.get(&key) {
            texts.push(of_field(&key, value));
        }
    }
    (!texts.is_empty()).then(|| Cow::Owned(texts.join(" ").into_bytes()))
}

/// The value that an output prints for a field, and the field that tells how.
fn plain_value<'a>(key: &FieldKey, event: &'a dyn Fields) -> Option<(FieldKey, &'a Value)> {
    let info = key.info();
    let stored = match info.name {
        // As Falco does: these have no value of their own.
        _ if info.either_end => return None,
        "evt.around" => return None,
        "proc.apid" if key.arg.is_none() => FieldKey::named("proc.pid")?,
        "fd.cnet" | "fd.snet" | "fd.lnet" | "fd.rnet" => {
            FieldKey::named(&format!("{}ip", info.name.trim_end_matches("net")))?
        }
        _ => key.clone(),
    };
    let value = event.get(&stored)?;
    if transform::is_missing(key, value) { None } else { Some((key.clone(), value)) }
}

fn value_of(key: &FieldKey, printed: AlertFormat, event: &dyn Fields) -> FieldValue {
    const CLOCK: [&str; 6] =
        ["evt.time", "evt.time.s", "evt.time.iso8601", "evt.datetime", "evt.datetime.s", "evt.outputtime"];
    let info = key.info();
    if CLOCK.contains(&info.name)
        && let Some(Value::Integer(time)) = FieldKey::named("evt.rawtime").and_then(|raw| event.get(&raw))
    {
        return FieldValue::Literal(time.to_string());
    }
    if info.any_ancestor && key.arg.is_none() && info.name != "proc.apid" {
        return FieldValue::of(ancestors(key, event));
    }
    FieldValue::Literal(match plain_value(key, event) {
        Some((_, Value::Integer(number))) if info.format != ValueFormat::Hex && info.name != "evt.arg" => {
            number.to_string()
        }
        Some((_, Value::Bool(truth))) => truth.to_string(),
        Some((_, Value::Double(number))) if number.0.is_finite() => format!("{:?}", number.0),
        None | Some((_, Value::Double(_))) => return FieldValue::Missing,
        Some((key, Value::List(elements))) => json::array(elements.iter().map(|element| match element {
            Value::Integer(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            other => json::text(&of_field(&key, other)),
        })),
        Some(_) => return FieldValue::of(field_text(key, printed, event)),
    })
}

fn null() -> String {
    "null".to_owned()
}

#[cfg(test)]
mod tests;
