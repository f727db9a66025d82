//! A field that exists and never has a value: a check on it is always false, and an exclusion by it never applies.

pub(super) use crate::catalog::codes::INERT_FIELD as CODE;

use super::{Context, fields_of};
use crate::catalog::messages::lints as say;
use crate::parse::ast::Right;
use crate::text::Diagnostic;

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (written, check) in context.checks() {
        let right = match &check.right {
            Right::Operand(operand) => fields_of(operand),
            _ => Vec::new(),
        };
        for field in fields_of(&check.left).into_iter().chain(right) {
            let Some(at) = written.place(field.range) else { continue };
            if !written.field(field).is_some_and(|info| info.never_set) {
                continue;
            }
            let mut problem =
                Diagnostic::new(&CODE, at, say::inert_field(field.text())).note(say::missing_is_false());
            if field.name.starts_with("k8s.") {
                problem = problem.note(say::use_pod_labels());
            }
            out.push(problem);
        }
    }
}
