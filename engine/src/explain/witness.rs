//! Values of a field that make a comparison come out as wanted. Suggestions only: whoever uses one asks the matcher.

use crate::catalog::FieldKey;
use crate::catalog::fields::TypeGroup;
use crate::catalog::operators::Operator;
use crate::evaluate::Fields;
use crate::resolve::check::{Check, Constant, Operand, Right};
use crate::value::Value;
use std::net::{IpAddr, Ipv4Addr};

/// Constants of a list that are tried.
const TRIED: usize = 4;

/// An address that is kept for documentation.
const SOME_ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

/// Values of `key`, the best first, that should make `check` come out as `to`; `None` is no value at all.
pub(super) fn values(check: &Check, key: &FieldKey, to: bool, event: &dyn Fields) -> Vec<Option<Value>> {
    let now = event.get(key);
    let constants: &[Constant] = match &check.right {
        Right::Constants(constants) => constants,
        _ => &[],
    };
    let fits = to != (check.op == Operator::Ne);
    let mut out: Vec<Option<Value>> = Vec::new();
    if fits {
        out.extend(constants.iter().take(TRIED).flat_map(|one| fitting(check.op, one)).map(Some));
        if let Right::Operand(Operand::Field(right)) = &check.right {
            out.extend(event.get(right).cloned().map(Some));
        }
        if check.op == Operator::Exists {
            out.push(Some(sample(key)));
        }
    } else {
        if key.info().name == "evt.type" {
            out.extend(["openat", "execve"].map(|name| Some(Value::Text(name.into()))));
        } else if check.op != Operator::Exists {
            out.extend(constants.iter().take(1).flat_map(|one| other(check.op, one, key, now)).map(Some));
        }
        if check.op != Operator::Ne {
            out.push(None);
        }
    }
    if key.info().list {
        let listed = |value: Value| match value {
            Value::List(_) => value,
            one => Value::List(Box::new([one])),
        };
        out = out.into_iter().map(|value| value.map(listed)).collect();
    }
    out
}

/// Values for which `op constant` holds.
fn fitting(op: Operator, constant: &Constant) -> Vec<Value> {
    let text = |text: String| Value::Text(text.into());
    match (op, constant) {
        (_, Constant::Bool(truth)) => vec![Value::Bool(*truth)],
        (_, Constant::Address(address)) => vec![Value::Address(*address)],
        (_, Constant::Network(network)) => vec![Value::Address(network.address)],
        (_, Constant::Double(number)) => vec![Value::Double(*number)],
        (Operator::Lt, Constant::Integer(number)) => vec![Value::Integer(number.saturating_sub(1))],
        (Operator::Gt, Constant::Integer(number)) => vec![Value::Integer(number.saturating_add(1))],
        (_, Constant::Integer(number)) => vec![Value::Integer(*number)],
        (op, Constant::Bytes(bytes)) => {
            let plain = String::from_utf8_lossy(bytes).into_owned();
            match op {
                Operator::Startswith if plain.ends_with(['/', '-', '.', '_']) => {
                    vec![text(format!("{plain}example")), text(plain)]
                }
                Operator::Endswith if plain.starts_with(['/', '-', '.', '_']) => {
                    vec![text(format!("example{plain}")), text(format!("/example{plain}")), text(plain)]
                }
                Operator::Glob | Operator::Iglob => {
                    vec![text(plain.replace('*', "example").replace('?', "x"))]
                }
                Operator::Pmatch => {
                    vec![text(format!("{}/example", plain.trim_end_matches('/'))), text(plain)]
                }
                Operator::Regex => {
                    let inside = plain.trim_start_matches('^').trim_end_matches('$').replace(".*", "");
                    vec![text(inside.replace('\\', ""))]
                }
                _ => vec![text(plain)],
            }
        }
    }
}

/// Values for which `op constant` does not hold.
fn other(op: Operator, constant: &Constant, key: &FieldKey, now: Option<&Value>) -> Vec<Value> {
    match constant {
        Constant::Bool(truth) => vec![Value::Bool(!truth)],
        Constant::Address(_) | Constant::Network(_) => vec![Value::Address(SOME_ADDRESS)],
        Constant::Double(_) => Vec::new(),
        Constant::Integer(number) => {
            let other = match op {
                Operator::Lt | Operator::Ge => number.saturating_sub(i128::from(op == Operator::Ge)),
                Operator::Gt => *number,
                _ => number.saturating_add(1),
            };
            vec![Value::Integer(other)]
        }
        Constant::Bytes(bytes) => {
            let is_path =
                bytes.starts_with(b"/") || matches!(now, Some(Value::Text(text)) if text.starts_with('/'));
            let word = if is_path { "/other/example" } else { some_text(key) };
            vec![Value::Text(word.into())]
        }
    }
}

/// Some value of a field's type.
fn sample(key: &FieldKey) -> Value {
    match key.kind().group() {
        TypeGroup::Integer { .. } | TypeGroup::Port => Value::Integer(1),
        TypeGroup::Bool => Value::Bool(true),
        TypeGroup::Address | TypeGroup::Network => Value::Address(SOME_ADDRESS),
        _ => Value::Text(some_text(key).into()),
    }
}

/// A text that means nothing in particular.
fn some_text(key: &FieldKey) -> &'static str {
    match key.info().name {
        "container.id" => "0123456789ab",
        _ => "example",
    }
}
