//! What Falco warns of in a check that compiles, and what it does not see.

use super::{Operand, Operator, Right, Suggestion, Warning, ast, codes, is_field, say};
use crate::catalog::transformers::Transformer;
use crate::catalog::{FieldKey, Scope};
use crate::parse::ast::Constant;
use crate::resolve::check::{Argument, Check};
use crate::resolve::syntax::UNSAFE_NA;
use crate::value::number;

/// Falco's code for odd constants.
const COMPILE: &str = "LOAD_COMPILE_CONDITION";

/// All warnings of a check, in Falco's order.
pub(super) fn all(parsed: &ast::Check, check: &Check, scope: Scope<'_>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    missing_text(parsed, check, &mut warnings);
    for constant in parsed.right.constants() {
        if parsed.op == Operator::Regex {
            simple_pattern(constant, &mut warnings);
        }
        looks_like_field(constant, scope, &mut warnings);
        cut_number(constant, &check.left, &mut warnings);
    }
    ends_at_run_time(parsed, check, &mut warnings);
    warnings
}

/// As Falco does: `ka.` and `jevt.` fields that are compared with the text of a missing value.
fn missing_text(parsed: &ast::Check, check: &Check, warnings: &mut Vec<Warning>) {
    let operator = matches!(
        check.op,
        Operator::Eq | Operator::Ne | Operator::In | Operator::Intersects | Operator::Pmatch
    );
    if !operator || check.modifier.is_some() || !reads_audit_event(&check.left) {
        return;
    }
    let Some(constant) = parsed.right.constants().iter().find(|c| *c.bytes == *b"<NA>") else { return };
    warnings.push(Warning {
        code: &codes::NA_COMPARISON,
        at: constant.range,
        falco: Some((UNSAFE_NA, String::new())),
        message: say::compared_with_na(),
        notes: vec![say::missing_is_not_a_value()],
        suggestion: None,
    });
}

fn reads_audit_event(operand: &Operand) -> bool {
    let audit = |key: &FieldKey| key.info().name.starts_with("ka.") || key.info().name.starts_with("jevt.");
    match operand {
        Operand::Field(key) => audit(key),
        Operand::Transform(transform) => transform.args.iter().any(argument_reads_audit_event),
    }
}

fn argument_reads_audit_event(argument: &Argument) -> bool {
    match argument {
        Argument::Operand(operand) => reads_audit_event(operand),
        Argument::List(elements) => elements.iter().any(argument_reads_audit_event),
        Argument::Literal(_) => false,
    }
}

/// A regular expression that a simpler operator says as well.
fn simple_pattern(constant: &Constant, warnings: &mut Vec<Warning>) {
    let text = constant.text();
    if !is_simple(text.as_bytes()) {
        return;
    }
    let falco = format!(
        "regex check with '{text}' may be optimized with simpler operators such as '=', 'contains', 'startswith', 'endswith'"
    );
    warnings.push(Warning {
        code: &codes::SIMPLE_REGEX,
        at: constant.range,
        falco: Some((COMPILE, falco)),
        message: say::simple_regex(&*text),
        notes: Vec::new(),
        suggestion: None,
    });
}

/// As Falco does it: `^` at the start, `$` at the end, and one `.` with a repetition at either end may stand beside
/// ordinary characters.
fn is_simple(pattern: &[u8]) -> bool {
    let n = pattern.len();
    let mut at = 0;
    while let Some(&byte) = pattern.get(at) {
        let edge = (at == 0 && byte == b'^') || (at + 1 == n && byte == b'$');
        let any = byte == b'.'
            && ((at == 0 && n > 1) || at + 2 == n)
            && matches!(pattern.get(at + 1), Some(b'+' | b'*' | b'?'));
        if any {
            at += 2;
            continue;
        }
        if !edge && b".+*?^$()[]{}|\\".contains(&byte) {
            return false;
        }
        at += 1;
    }
    true
}

/// A constant that would be a field, a transformer or `val(…)` if it stood elsewhere or without quotes.
fn looks_like_field(constant: &Constant, scope: Scope<'_>, warnings: &mut Vec<Warning>) {
    let shown = constant.text();
    let text: String = shown.chars().filter(|c| !(c.is_ascii_whitespace() || *c == '\x0b')).collect();
    let call = text.split_once('(').filter(|(_, rest)| rest.ends_with(')')).map(|(name, _)| name);
    let is_call = call.is_some_and(|name| {
        name == "val" || Transformer::ALL.iter().any(|transformer| transformer.text() == name)
    });
    let (falco, suggestion, message) = if text.contains('.') && is_field(&text, scope.in_falco()) {
        let falco = format!("'{shown}' may be a valid field misused as a const string value");
        let meant = format!("val({text})");
        (falco, Some(meant), say::field_as_constant(&*shown))
    } else if is_call {
        let falco = format!("'{shown}' may be a valid field transformer misused as a const string value");
        (falco, Some(text), say::transformer_as_constant(&*shown))
    } else {
        return;
    };
    warnings.push(Warning {
        code: &codes::FIELD_AS_CONSTANT,
        at: constant.range,
        falco: Some((COMPILE, falco)),
        message,
        notes: vec![say::constants_are_text()],
        suggestion: suggestion.map(|insert| Suggestion {
            title: say::write_instead(insert.as_str()),
            at: constant.range,
            insert,
        }),
    });
}

/// A number that the field has no room for: Falco cuts it without a word.
fn cut_number(constant: &Constant, left: &Operand, warnings: &mut Vec<Warning>) {
    let Operand::Field(key) = left else { return };
    let text = constant.text();
    let Some(read) = number::is_cut(&text, key.kind().group()) else { return };
    warnings.push(Warning {
        code: &codes::CUT_NUMBER,
        at: constant.range,
        falco: None,
        message: say::number_is_cut(&*text, key.to_string(), read.to_string()),
        notes: Vec::new(),
        suggestion: None,
    });
}

/// Checks that Falco loads and on which it ends when an event with such values comes.
fn ends_at_run_time(parsed: &ast::Check, check: &Check, warnings: &mut Vec<Warning>) {
    let Operand::Field(key) = &check.left else { return };
    let name = key.info().name;
    let ends = match check.op {
        Operator::Intersects => matches!(name, "fd.ip" | "fd.port" | "fd.net"),
        Operator::In => name == "fd.net",
        _ => false,
    };
    let empty = matches!(&check.right, Right::Constants(constants) if constants.is_empty());
    let (message, note) = match name {
        "fd.net" if ends && empty => (say::ends_falco_at_run_time(name, check.op.text()), None),
        "fd.net" => return,
        _ if ends => {
            (say::ends_falco_at_run_time(name, check.op.text()), Some(say::compare_with_equal_and_or(name)))
        }
        _ => return,
    };
    warnings.push(Warning {
        code: &codes::ENDS_FALCO,
        at: parsed.op_range,
        falco: None,
        message,
        notes: note.into_iter().collect(),
        suggestion: None,
    });
}

#[cfg(test)]
mod tests {
    use super::is_simple;

    #[test]
    fn simple_patterns_are_those_of_falco() {
        for simple in ["abc", "^abc$", ".*abc", "abc.*", ".+abc.?", "", "日本"] {
            assert!(is_simple(simple.as_bytes()), "{simple}");
        }
        for other in ["^abc.*$", "^.*abc", "a.c", "(a)", r"a\.b", "."] {
            assert!(!is_simple(other.as_bytes()), "{other}");
        }
    }
}
