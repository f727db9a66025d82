//! Values as Falco prints them.

use super::Value;
use crate::catalog::fields::{TypeGroup, ValueFormat};
use crate::catalog::{Field, FieldKey};
use std::fmt::Write as _;

/// What stands for a value that is not there.
pub const MISSING: &str = "<NA>";

/// Bytes to which Falco cuts the text of a list.
const MAX_LIST: usize = 1023;

/// The value of a field as an output prints it.
pub fn of_field(key: &FieldKey, value: &Value) -> String {
    let info = key.info();
    match value {
        Value::List(elements) => {
            let mut out = String::from("(");
            for (at, element) in elements.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                push(info, key.kind().group(), element, &mut out);
                if out.len() > MAX_LIST {
                    break;
                }
            }
            out.push(')');
            cut(&mut out, MAX_LIST);
            out
        }
        one => {
            let mut out = String::new();
            push(info, key.kind().group(), one, &mut out);
            out
        }
    }
}

/// A value without a field's format.
fn plain(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Text(text) => out.push_str(text),
        Value::Bool(truth) => push_display(truth, &mut out),
        Value::Integer(number) => push_display(number, &mut out),
        Value::Double(number) => push_display(format_args!("{:.1}", number.0), &mut out),
        Value::Address(address) => push_display(address, &mut out),
        Value::List(elements) => {
            let texts: Vec<String> = elements.iter().map(plain).collect();
            push_display(format_args!("({})", texts.join(",")), &mut out);
        }
    }
    out
}

/// Cuts a text to at most `max` bytes, without a broken character at the end.
fn cut(text: &mut String, max: usize) {
    let mut end = max.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
}

fn push(info: &Field, group: TypeGroup, value: &Value, out: &mut String) {
    match (value, group) {
        (Value::Text(text), TypeGroup::Bytes) => {
            let shown = |b: u8| if b == b' ' || b.is_ascii_graphic() { char::from(b) } else { '.' };
            out.extend(text.bytes().map(shown));
        }
        (_, TypeGroup::Network) => out.push_str("<IPNET>"),
        (Value::Integer(number), _) => match info.format {
            // The one such field has 32 bits.
            ValueFormat::Hex => push_display(format_args!("{:X}", number & 0xffff_ffff), out),
            ValueFormat::DecimalPadded9 => push_display(format_args!("{number:09}"), out),
            _ => push_display(number, out),
        },
        (other, _) => out.push_str(&plain(other)),
    }
}

fn push_display(what: impl std::fmt::Display, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "{what}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Double;

    fn text(field: &str, value: impl Into<Value>) -> String {
        of_field(&FieldKey::parse(field, "syscall").unwrap(), &value.into())
    }

    #[test]
    fn formats() {
        assert_eq!(text("proc.name", Value::Text("é".into())), "é");
        assert_eq!(text("proc.pid", Value::Integer(-1)), "-1");
        assert_eq!(text("fd.dev", Value::Integer(0x1af)), "1AF");
        assert_eq!(text("evt.rawtime.ns", Value::Integer(42)), "000000042");
        assert_eq!(text("thread.cpu", Value::Double(Double(12.25))), "12.2");
        assert_eq!(text("fd.sip", Value::Address("2001:db8:0:0::1".parse().unwrap())), "2001:db8::1");
        assert_eq!(text("fd.snet", Value::Address("10.0.0.1".parse().unwrap())), "<IPNET>");
        assert_eq!(text("evt.buffer", Value::Text("a\r\né".into())), "a....");
        assert_eq!(text("fd.types", Value::List(Box::new([]))), "()");
    }

    #[test]
    fn lists_are_cut() {
        let long = Value::List(vec![Value::Text("日本".into()); 400].into());
        let shown = text("fd.types", long);
        assert!(shown.len() <= MAX_LIST && shown.len() > MAX_LIST - 4);
    }
}
