//! Written values to typed values, by the type of the field.

use super::raw::Raw;
use crate::catalog::FieldKey;
use crate::catalog::fields::TypeGroup;
use crate::catalog::messages::events as messages;
use crate::text::Message;
use crate::value::{Double, Value};
use std::net::IpAddr;

/// The value of field `key`; None for null.
///
/// # Errors
/// If the value does not fit the field's type.
pub(super) fn value(key: &FieldKey, raw: &Raw<'_>) -> Result<Option<Value>, Message> {
    match raw {
        Raw::Null => Ok(None),
        Raw::Map => Err(messages::map_for_value(key.to_string())),
        Raw::List(items) if key.info().list => {
            let items = items.iter().map(|item| match item {
                Raw::Null => Err(messages::null_in_list(key.to_string())),
                Raw::List(_) => Err(messages::list_for_one_value(key.to_string())),
                Raw::Map => Err(messages::map_for_value(key.to_string())),
                item => scalar(key, item.as_text().unwrap_or_default()),
            });
            Ok(Some(Value::List(items.collect::<Result<_, _>>()?)))
        }
        Raw::List(_) => Err(messages::list_for_one_value(key.to_string())),
        raw => {
            let one = scalar(key, raw.as_text().unwrap_or_default())?;
            Ok(Some(if key.info().list { Value::List(Box::new([one])) } else { one }))
        }
    }
}

fn scalar(key: &FieldKey, text: &str) -> Result<Value, Message> {
    let field = || key.to_string();
    match key.kind().group() {
        TypeGroup::Text | TypeGroup::Bytes | TypeGroup::Other => Ok(Value::Text(text.into())),
        TypeGroup::Integer { bits, signed } => {
            let number: i128 = text.parse().map_err(|_| messages::not_an_integer(field(), text))?;
            let (low, high) = if signed {
                (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1)
            } else {
                (0, (1i128 << bits) - 1)
            };
            if (low..=high).contains(&number) {
                Ok(Value::Integer(number))
            } else {
                Err(messages::out_of_range(field(), text, low.to_string(), high.to_string()))
            }
        }
        TypeGroup::Port => match text.parse::<u16>() {
            Ok(port) => Ok(Value::Integer(port.into())),
            Err(_) if text.parse::<i128>().is_ok() => {
                Err(messages::out_of_range(field(), text, "0", "65535"))
            }
            Err(_) => Err(messages::not_an_integer(field(), text)),
        },
        TypeGroup::Double => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Value::Double(Double(number))),
            _ => Err(messages::not_a_number(field(), text)),
        },
        TypeGroup::Bool => match text {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(messages::not_a_boolean(field(), text)),
        },
        TypeGroup::Address | TypeGroup::Network => {
            text.parse::<IpAddr>().map(Value::Address).map_err(|_| messages::not_an_address(field(), text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;
    use std::borrow::Cow;

    fn read(field: &str, raw: &Raw<'_>) -> Result<Option<Value>, String> {
        value(&FieldKey::parse(field, "syscall").unwrap(), raw).map_err(|message| message.text(Lang::En))
    }

    fn number(digits: &'static str) -> Raw<'static> {
        Raw::Number(digits)
    }

    #[test]
    fn values_follow_the_type_of_the_field() {
        let text = |t: &'static str| Raw::Text(Cow::Borrowed(t));
        assert_eq!(read("proc.name", &number("123")), Ok(Some(Value::Text("123".into()))));
        assert_eq!(read("proc.pid", &text("-5")), Ok(Some(Value::Integer(-5))));
        assert_eq!(read("fd.sport", &number("443")), Ok(Some(Value::Integer(443))));
        assert_eq!(read("evt.failed", &Raw::Bool(true)), Ok(Some(Value::Bool(true))));
        assert_eq!(read("fd.sip", &text("::1")), Ok(Some(Value::Address("::1".parse().unwrap()))));
        assert_eq!(read("proc.fdusage", &number("1.5")), Ok(Some(Value::Double(Double(1.5)))));
        assert_eq!(
            read("fd.types", &text("file")),
            Ok(Some(Value::List(Box::new([Value::Text("file".into())]))))
        );
        assert_eq!(read("fd.types", &Raw::List(vec![])), Ok(Some(Value::List(Box::new([])))));
        assert_eq!(read("proc.name", &Raw::Null), Ok(None));
    }

    #[test]
    fn misfits_are_named() {
        let text = |t: &'static str| Raw::Text(Cow::Borrowed(t));
        for (field, raw, says) in [
            ("proc.pid", text("x"), "`proc.pid` takes an integer, not `x`"),
            ("evt.cpu", number("70000"), "`70000` does not fit `evt.cpu`, which goes from -32768 to 32767"),
            ("user.uid", number("-1"), "`-1` does not fit `user.uid`, which goes from 0 to 4294967295"),
            ("fd.sport", number("65536"), "`65536` does not fit `fd.sport`, which goes from 0 to 65535"),
            ("evt.failed", text("yes"), "`evt.failed` takes `true` or `false`, not `yes`"),
            ("fd.sip", text("10.0.0"), "`fd.sip` takes an IP address, not `10.0.0`"),
            ("proc.name", Raw::List(vec![]), "`proc.name` takes one value, not a list"),
            ("fd.types", Raw::List(vec![Raw::Null]), "a list of `fd.types` has no empty elements"),
        ] {
            assert_eq!(read(field, &raw), Err(says.to_owned()));
        }
    }
}
