//! Types of checks: fields looked up in the catalogue, operators allowed, constants converted. All problems of a check
//! are found, in Falco's order, so that the first is the one that Falco prints.

mod constant;
pub mod course;
mod operand;
mod operator;
mod warn;

pub use operator::allowed as has_operator;

use super::check::{Argument, Check, Constant, Operand, Right};
use crate::catalog::fields::TypeGroup;
use crate::catalog::messages::conditions as say;
use crate::catalog::operators::Operator;
use crate::catalog::{Scope, codes};
use crate::parse::ast;
use crate::text::{Code, Message, TextRange};

/// Problems of one condition, or of one output, that are told. Each costs a search for what was meant.
pub const MAX_PROBLEMS: usize = 100;

/// Something wrong with a check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The kind of problem.
    pub code: &'static Code,
    /// The part that is wrong.
    pub at: TextRange,
    /// Falco's text.
    pub falco: String,
    /// What is wrong.
    pub message: Message,
    /// Why.
    pub notes: Vec<Message>,
    /// What is probably meant.
    pub suggestion: Option<Suggestion>,
}

/// A change that is probably meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// What the change does, as an imperative.
    pub title: Message,
    /// What is replaced.
    pub at: TextRange,
    /// The new text.
    pub insert: String,
}

/// Something odd about a check that works.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// The kind of problem.
    pub code: &'static Code,
    /// The part that is odd.
    pub at: TextRange,
    /// Falco's code and text, where it says something. `LOAD_UNSAFE_NA_CHECK` comes once per rule, with an empty text.
    pub falco: Option<(&'static str, String)>,
    /// What is odd.
    pub message: Message,
    /// Why.
    pub notes: Vec<Message>,
    /// What is probably meant.
    pub suggestion: Option<Suggestion>,
}

impl Problem {
    fn new(code: &'static Code, at: TextRange, falco: impl Into<String>, message: Message) -> Self {
        Self { code, at, falco: falco.into(), message, notes: Vec::new(), suggestion: None }
    }

    fn note(mut self, note: Message) -> Self {
        self.notes.push(note);
        self
    }

    fn suggest(mut self, title: Message, at: TextRange, insert: impl Into<String>) -> Self {
        self.suggestion = Some(Suggestion { title, at, insert: insert.into() });
        self
    }
}

/// Types the check `parsed` for events of an event source, or of a scope.
///
/// # Errors
/// If Falco refuses the check; at least one problem then.
pub fn check<'a>(
    parsed: &ast::Check,
    scope: impl Into<Scope<'a>>,
) -> Result<(Check, Vec<Warning>), Vec<Problem>> {
    let scope = scope.into();
    let mut problems = Vec::new();
    let left = operand::left(&parsed.left, scope, &mut problems);
    let Some((left, left_type)) = left else {
        // The type is not known, so nothing can be said about operator and values, but a field on the right can be wrong too.
        if let ast::Right::Operand(right) = &parsed.right {
            operand::right(right, scope, &mut problems);
        }
        return Err(problems);
    };
    operator::check(parsed, &left, left_type, &mut problems);
    let op = parsed.op.normal();
    let modifier = parsed.modifier.map(|(modifier, _)| modifier);
    let allowed = problems.is_empty();
    let right = match &parsed.right {
        ast::Right::Nothing => Some(Right::Nothing),
        ast::Right::Operand(operand) => {
            let found = operand::right(operand, scope, &mut problems);
            found.map(|(right, right_type)| {
                if allowed {
                    let (left, right) = ((&left, left_type), (&right, right_type));
                    operand::comparable(parsed, left, right, operand.range(), &mut problems);
                }
                Right::Operand(right)
            })
        }
        constants if allowed => {
            let target = constant::Target { left: &left, kind: left_type.kind, op };
            constant::all(constants.constants(), &target, &mut problems).map(Right::Constants)
        }
        _ => None,
    };
    operand::event_type_is_plain(&left, parsed, &mut problems);
    match right {
        Some(right) if problems.is_empty() => {
            let check = Check { left, op, modifier, right };
            let warnings = warn::all(parsed, &check, scope);
            Ok((check, warnings))
        }
        _ => Err(problems),
    }
}

/// Types a field or transformer that stands alone.
///
/// # Errors
/// If Falco refuses it; at least one problem then.
pub fn operand(parsed: &ast::Operand, scope: Scope<'_>) -> Result<Operand, Vec<Problem>> {
    let mut problems = Vec::new();
    match operand::left(parsed, scope, &mut problems) {
        Some((operand, _)) => Ok(operand),
        None => Err(problems),
    }
}

/// Whether the field text `text` (name and argument, as a rule writes it) is a field of `scope`.
pub fn is_field(text: &str, scope: Scope<'_>) -> bool {
    crate::catalog::FieldKey::parse(text, scope).is_ok()
}

#[cfg(test)]
mod tests;
