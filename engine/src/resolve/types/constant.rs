//! Constants: the text of a condition to a value of the field's type.

use super::{Constant, MAX_PROBLEMS, Operand, Operator, Problem, TypeGroup, ast, codes, say};
use crate::catalog::FieldType;
use crate::catalog::event_types;
use crate::catalog::suggest::closest;
use crate::value::{Double, MAX_VALUE, ValueProblem, address, number, port};

/// What constants are converted for.
pub(super) struct Target<'a> {
    pub(super) left: &'a Operand,
    pub(super) kind: FieldType,
    pub(super) op: Operator,
}

/// Converts all; `None` if one has no value.
pub(super) fn all(
    constants: &[ast::Constant],
    target: &Target<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Vec<Constant>> {
    let mut values = Vec::with_capacity(constants.len());
    for constant in constants {
        if problems.len() >= MAX_PROBLEMS {
            return None;
        }
        match one(constant, target) {
            Ok(value) => values.push(value),
            Err(problem) => problems.push(*problem),
        }
    }
    (values.len() == constants.len()).then_some(values)
}

fn one(constant: &ast::Constant, target: &Target<'_>) -> Result<Constant, Box<Problem>> {
    if let Some(problem) = raw_argument(constant, target) {
        return Err(problem);
    }
    let value = convert(constant, target).map_err(|problem| Box::new(explain(&problem, constant, target)))?;
    event_type(constant, target)?;
    if target.op == Operator::Regex
        && let Constant::Bytes(pattern) = &value
    {
        let text = String::from_utf8_lossy(pattern);
        if let Err(why) = crate::parse::regex::compile(&text) {
            let falco = format!("invalid regex pattern: {}", why.falco);
            let message = say::bad_regex(&*text, &*why.falco);
            let mut problem = Problem::new(&codes::BAD_REGEX, constant.range, falco, message);
            if why.perl {
                problem = problem.note(say::regex_is_posix());
            }
            return Err(Box::new(problem));
        }
    }
    Ok(value)
}

fn convert(constant: &ast::Constant, target: &Target<'_>) -> Result<Constant, ValueProblem> {
    let bytes = &constant.bytes;
    let text = constant.text();
    let group = target.kind.group();
    match group {
        TypeGroup::Text | TypeGroup::Other | TypeGroup::Bytes => {
            if matches!(target.op, Operator::Bcontains | Operator::Bstartswith) {
                return unhex(bytes).map(Constant::Bytes).ok_or(ValueProblem::NotHex);
            }
            if bytes.len() >= MAX_VALUE {
                return Err(ValueProblem::TooLong { used: bytes.len() });
            }
            if group != TypeGroup::Bytes && bytes.contains(&0) {
                return Err(ValueProblem::Nul);
            }
            Ok(Constant::Bytes(bytes.clone()))
        }
        TypeGroup::Integer { bits, signed } => number::integer(&text, bits, signed).map(Constant::Integer),
        // As Falco does: what a number is compared with is read as a 32-bit integer.
        TypeGroup::Double => {
            number::integer(&text, 32, true).map(|n| Constant::Double(Double(f64::from(n as i32))))
        }
        TypeGroup::Port => port::port(&text).map(|port| Constant::Integer(port.into())),
        TypeGroup::Bool => match text.as_ref() {
            "true" => Ok(Constant::Bool(true)),
            "false" => Ok(Constant::Bool(false)),
            _ => Err(ValueProblem::NotABool(text.into())),
        },
        TypeGroup::Address => address::address(&text).map(Constant::Address),
        TypeGroup::Network => address::network(&text).map(Constant::Network),
    }
}

fn unhex(digits: &[u8]) -> Option<Box<[u8]>> {
    let value = |b: u8| char::from(b).to_digit(16);
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits
        .chunks_exact(2)
        .map(|pair| match pair {
            [high, low] => Some((value(*high)? * 16 + value(*low)?) as u8),
            _ => None,
        })
        .collect()
}

/// As Falco does: some raw arguments have an operator, but no value that they could be compared with.
fn raw_argument(constant: &ast::Constant, target: &Target<'_>) -> Option<Box<Problem>> {
    let Operand::Field(key) = target.left else { return None };
    if key.info().kind != FieldType::Dyn {
        return None;
    }
    let number = match target.kind {
        FieldType::Bytebuf => 10,
        _ => return None,
    };
    let falco = format!("wrong parameter type {number}");
    let message = say::raw_argument_not_comparable(key.to_string(), target.kind.name());
    Some(Box::new(Problem::new(&codes::WRONG_OPERATOR, constant.range, falco, message)))
}

/// As Falco does: whatever `evt.type` is compared with must be the full name of an event type.
fn event_type(constant: &ast::Constant, target: &Target<'_>) -> Result<(), Box<Problem>> {
    if !is_event_type(target.left) {
        return Ok(());
    }
    let name = constant.text();
    if event_types::find(&name).is_some() {
        return Ok(());
    }
    let falco = format!("unknown event type {name}");
    let message = say::unknown_event_type(&*name);
    let mut problem = Problem::new(&codes::UNKNOWN_EVENT_TYPE, constant.range, falco, message);
    if !matches!(target.op, Operator::Eq | Operator::Ne | Operator::In | Operator::Intersects) {
        problem = problem.note(say::event_types_are_full_names());
    }
    let names = event_types::all().map(|kind| kind.name).filter(|name| !name.is_empty());
    if let Some(known) = closest(&name, names) {
        problem = problem.suggest(say::write_instead(known), constant.range, known);
    }
    Err(Box::new(problem))
}

/// Whether the left side is (made from) the type of an event.
pub(super) fn is_event_type(left: &Operand) -> bool {
    match left {
        Operand::Field(key) => matches!(key.info().name, "evt.type" | "syscall.type"),
        Operand::Transform(transform) => transform.args.iter().any(|argument| match argument {
            super::Argument::Operand(operand) => is_event_type(operand),
            _ => false,
        }),
    }
}

/// A value problem in our own words.
fn explain(problem: &ValueProblem, constant: &ast::Constant, target: &Target<'_>) -> Problem {
    let left = super::operator::describe(target.left);
    let text = constant.text();
    let at = constant.range;
    let new = |message| Problem::new(&codes::BAD_VALUE, at, problem.falco(), message);
    match problem {
        ValueProblem::NotANumber(_) if target.kind.group() == TypeGroup::Network => {
            new(say::not_a_network(&*text))
        }
        ValueProblem::NotANumber(_) => number_problem(new(say::not_a_number(left, &*text)), &text, constant),
        ValueProblem::NotABool(_) => {
            let lower = text.trim().to_ascii_lowercase();
            let meant = match lower.as_str() {
                "true" | "yes" | "1" | "on" | "t" => Some("true"),
                "false" | "no" | "0" | "off" | "f" => Some("false"),
                _ => None,
            };
            let problem = new(say::not_a_bool(left, &*text));
            match meant {
                Some(meant) => problem.suggest(say::write_instead(meant), at, meant),
                None => problem,
            }
        }
        ValueProblem::UnknownService(_) => {
            let problem = new(say::unknown_service(left, &*text)).note(say::ports_are_digits_or_services());
            match closest(&text, port::services()) {
                Some(known) => problem.suggest(say::write_instead(known), at, known),
                None => problem,
            }
        }
        ValueProblem::HugePort(_) => new(say::huge_port(&*text)).note(say::ends_falco()),
        ValueProblem::NotIpv4(_) | ValueProblem::NotIpv6(_) => {
            let problem = new(say::not_an_address(&*text));
            let name = left.strip_prefix("fd.").and_then(|end| end.strip_suffix("ip"));
            match name {
                Some(end) if text.contains('/') => {
                    problem.note(say::networks_have_own_fields(format!("fd.{end}net")))
                }
                _ => problem,
            }
        }
        ValueProblem::NotANetwork(_) => {
            let whole = if text.contains('.') { format!("{text}/32") } else { format!("{text}/128") };
            let problem = new(say::network_without_prefix(&*text));
            if address::address(&text).is_ok() {
                problem.suggest(say::write_instead(whole.as_str()), at, whole)
            } else {
                problem
            }
        }
        ValueProblem::BadPrefix { length, v6 } => new(say::bad_prefix(
            length.to_string(),
            if *v6 { "1" } else { "0" },
            if *v6 { "128" } else { "32" },
        )),
        ValueProblem::NotHex => new(say::not_hex(&*text)),
        ValueProblem::TooLong { used } => {
            new(say::value_too_long(used.to_string(), (MAX_VALUE - 1).to_string()))
        }
        ValueProblem::Nul => new(say::value_with_nul()),
    }
}

fn number_problem(problem: Problem, text: &str, constant: &ast::Constant) -> Problem {
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    if let Some(decimal) = hex.and_then(|digits| u64::from_str_radix(digits, 16).ok()) {
        let decimal = decimal.to_string();
        return problem.note(say::numbers_are_decimal()).suggest(
            say::write_instead(decimal.as_str()),
            constant.range,
            decimal,
        );
    }
    if text.trim() != text && number::integer(text.trim(), 64, true).is_ok() {
        return problem.suggest(say::write_instead(text.trim()), constant.range, text.trim());
    }
    problem.note(say::numbers_are_decimal())
}
