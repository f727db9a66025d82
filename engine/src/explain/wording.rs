//! One comparison as a part of a sentence: the field, the value that it met, and what came of it.

use crate::catalog::messages::explain as say;
use crate::catalog::operators::Operator;
use crate::report::{Step, Truth};
use crate::resolve::check::{Check, Operand, Right};
use crate::text::Message;

/// Longest value or list in a sentence, in characters; the tree shows the whole.
const LONGEST: usize = 60;

/// What a comparison says about the event, as far as one field decides it.
pub(super) fn phrase(step: &Step, check: &Check) -> Message {
    let op = check.op;
    // One field and constants; everything else is told by its own words.
    let plain = matches!(check.left, Operand::Field(_))
        && check.modifier.is_none()
        && !matches!(check.right, Right::Operand(_));
    let holds = step.truth == Truth::True;
    let label = shortened(&step.label);
    let generic = |label: String| if holds { say::holds(label) } else { say::holds_not(label) };
    if step.truth == Truth::Missing
        && let [(field, None)] = step.reads.as_slice()
    {
        return say::is_missing(field.as_str());
    }
    let [(field, Some(value))] = step.reads.as_slice() else { return generic(label) };
    let value = shortened(value);
    let compares = |field: &str, value: String, label: String| {
        if holds { say::compares(field, value, label) } else { say::compares_not(field, value, label) }
    };
    let Some(right) = right(&step.label, field, op).filter(|_| plain) else {
        return compares(field, value, label);
    };
    let field = field.as_str();
    match (op, holds) {
        (Operator::Exists, true) => say::exists(field, value),
        (Operator::Exists, false) => say::is_missing(field),
        (Operator::Eq | Operator::EqEq, true) | (Operator::Ne, false) => say::equal(field, value),
        (Operator::Eq | Operator::EqEq, false) | (Operator::Ne, true) => say::equal_not(field, value, right),
        (Operator::In, true) => say::in_list(field, value, right),
        (Operator::In, false) => say::not_in_list(field, value, right),
        (Operator::Contains | Operator::Icontains, true) => say::contains(field, value, right),
        (Operator::Contains | Operator::Icontains, false) => say::contains_not(field, value, right),
        (Operator::Startswith, true) => say::starts(field, value, right),
        (Operator::Startswith, false) => say::starts_not(field, value, right),
        (Operator::Endswith, true) => say::ends(field, value, right),
        (Operator::Endswith, false) => say::ends_not(field, value, right),
        (Operator::Glob | Operator::Iglob | Operator::Regex, true) => say::pattern(field, value, right),
        (Operator::Glob | Operator::Iglob | Operator::Regex, false) => say::pattern_not(field, value, right),
        (Operator::Pmatch, true) => say::below(field, value, right),
        (Operator::Pmatch, false) => say::below_not(field, value, right),
        _ => compares(field, value, label),
    }
}

/// The right side of a comparison as written, without the parentheses around a list's name and without quotes.
fn right(label: &str, field: &str, op: Operator) -> Option<String> {
    let rest = label.strip_prefix(field)?.trim_start();
    let text = if rest.starts_with("==") { "==" } else { op.text() };
    let right = rest.strip_prefix(text)?.trim();
    let inside = right.strip_prefix('(').and_then(|right| right.strip_suffix(')')).map(str::trim);
    let named = inside.filter(|inside| !inside.is_empty() && !inside.contains([',', ' ', '(', '"', '\'']));
    let right = named.unwrap_or(right);
    let quoted = ['"', '\''].iter().find_map(|quote| right.strip_prefix(*quote)?.strip_suffix(*quote));
    Some(shortened(quoted.unwrap_or(right)))
}

/// At most [`LONGEST`] characters, without the marks that stand around code in sentences.
pub(super) fn shortened(text: &str) -> String {
    let mut characters = text.chars().map(|c| if c == '`' { '\'' } else { c });
    let mut out: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        out.push('…');
    }
    out
}
