//! Problems of a condition, brought from its string to the place where the user wrote it.

use super::definitions::Spot;
use super::types::{self, Problem, Warning};
use crate::catalog::messages::conditions::{self, list_put_in};
use crate::catalog::messages::{course, items as say};
use crate::catalog::{Dialect, codes};
use crate::parse::condition::{self, Parsed, SyntaxError};
use crate::text::{Applicability, Diagnostic, Fix, Loc, Message, Origin, Text, TextRange};

const CODE: &str = "LOAD_ERR_COMPILE_CONDITION";
/// Falco's code for comparisons with the text of a missing value.
pub(super) const UNSAFE_NA: &str = "LOAD_UNSAFE_NA_CHECK";

/// A fix at a place of `text`, if that place is byte for byte the user's.
pub(super) fn fix(text: &Text, range: TextRange, insert: &str, title: Message) -> Option<Fix> {
    let at = text.locate(range)?;
    (at.span.len() == range.len()).then(|| Fix::replace(title, at, insert, Applicability::Unsafe))
}

fn place(text: &Text, range: TextRange, spot: &Spot) -> Loc {
    text.locate(range).unwrap_or(spot.at)
}

/// Reads a condition in a dialect. What only that can read is told, in the words in which Falco refuses it.
pub(super) fn parse(text: &Text, dialect: Dialect, spot: &Spot, out: &mut Vec<Diagnostic>) -> Parsed {
    let parsed = condition::parse_as(text.as_str(), dialect);
    if dialect == Dialect::Course
        && parsed.error.is_none()
        && let Some(refused) = condition::parse(text.as_str()).error
    {
        let problems = types::course::of_syntax(&parsed.condition, &refused.falco);
        out.extend(problems.iter().map(|problem| check_problem(problem, text, spot)));
    }
    parsed
}

/// What a syntax error is: each label that ends its field for Falco, if there is no other.
pub(super) fn problems(error: &SyntaxError, text: &Text, spot: &Spot) -> Vec<Diagnostic> {
    let wide = condition::parse_as(text.as_str(), Dialect::Course);
    let labels = match wide.error {
        None => types::course::of_syntax(&wide.condition, &error.falco),
        Some(_) => Vec::new(),
    };
    if labels.is_empty() {
        return vec![problem(error, text, spot)];
    }
    let in_falco = |label: Problem| {
        let first = label.at.slice(text.as_str()).chars().find(|c| matches!(c, '-' | '/')).map(String::from);
        let message = conditions::label_needs_brackets(first.unwrap_or_default());
        let problem = Problem { code: &codes::CONDITION_SYNTAX, message, ..label };
        check_problem(&problem, text, spot).note(course::evaluated())
    };
    labels.into_iter().map(in_falco).collect()
}

/// A syntax error.
fn problem(error: &SyntaxError, text: &Text, spot: &Spot) -> Diagnostic {
    let spot = Spot { at: place(text, error.at, spot), ..spot.clone() };
    let mut out = spot.problem(error.code, error.message.clone(), (CODE, &error.falco));
    if text.runs(error.at).any(|(_, origin)| matches!(origin, Origin::Item { .. })) {
        out.notes.push(list_put_in());
    }
    out.notes.extend(error.notes.iter().cloned());
    if let Some((title, range, insert)) = &error.suggestion {
        out.fixes.extend(fix(text, *range, insert, title.clone()));
    }
    out
}

/// A problem of a check.
pub(super) fn check_problem(problem: &Problem, text: &Text, spot: &Spot) -> Diagnostic {
    let spot = Spot { at: place(text, problem.at, spot), ..spot.clone() };
    let mut out = spot.problem(problem.code, problem.message.clone(), (CODE, &problem.falco));
    out.notes.extend(problem.notes.iter().cloned());
    if let Some(suggestion) = &problem.suggestion {
        out.fixes.extend(fix(text, suggestion.at, &suggestion.insert, suggestion.title.clone()));
    }
    out
}

/// A problem of a field that Falco meets, and refuses, outside of a condition.
pub(super) fn field_problem(problem: &Problem, text: &Text, refused: &Diagnostic) -> Diagnostic {
    let at = text.locate(problem.at).unwrap_or(refused.at);
    let mut out = Diagnostic::new(problem.code, at, problem.message.clone());
    out.notes.extend(problem.notes.iter().cloned());
    if let Some(suggestion) = &problem.suggestion {
        out.fixes.extend(fix(text, suggestion.at, &suggestion.insert, suggestion.title.clone()));
    }
    out.falco.clone_from(&refused.falco);
    out
}

/// Something odd about a check.
pub(super) fn check_warning(warning: &Warning, text: &Text, spot: &Spot) -> Diagnostic {
    let at = place(text, warning.at, spot);
    let mut out = match &warning.falco {
        Some((code, falco)) => {
            Spot { at, ..spot.clone() }.problem(warning.code, warning.message.clone(), (code, falco))
        }
        None => Diagnostic::new(warning.code, at, warning.message.clone()),
    };
    out.notes.extend(warning.notes.iter().cloned());
    if let Some(suggestion) = &warning.suggestion {
        out.fixes.extend(fix(text, suggestion.at, &suggestion.insert, suggestion.title.clone()));
    }
    out
}

/// Falco would drop the rule for this, and not refuse the file, under `skip-if-unknown-filter`.
pub(super) fn softens(falco: &str) -> bool {
    ["nonexistent field", "invalid formatting token", "unknown event type", "unknown filter:"]
        .iter()
        .any(|words| falco.contains(words))
}

/// A problem that `skip-if-unknown-filter` softens to a warning.
pub(super) fn softened(mut problem: Diagnostic) -> Diagnostic {
    let words = problem.falco.as_ref().map(|falco| falco.text.clone()).unwrap_or_default();
    problem.notes.insert(0, say::skipped_unknown(words));
    problem.code = &codes::SKIPPED_RULE;
    problem.severity = problem.code.severity;
    if let Some(falco) = &mut problem.falco {
        falco.code = "LOAD_UNKNOWN_FILTER".into();
    }
    problem
}
