//! An exception without values: it excludes nothing until another file adds some.

pub(super) use crate::catalog::codes::EMPTY_EXCEPTION as CODE;

use super::Context;
use crate::catalog::messages::lints as say;
use crate::report::Status;
use crate::text::Diagnostic;

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for rule in context.ruleset.rules.iter().filter(|rule| rule.status != Status::Broken) {
        for (number, exception) in rule.exceptions.iter().enumerate() {
            // What is wrong between this name and the next says more.
            let next = rule
                .exceptions
                .get(number + 1)
                .map_or_else(|| context.item_end(exception.at), |next| next.at.span.start);
            if !exception.tuples.is_empty() || context.has_error(exception.at, next) {
                continue;
            }
            let message = say::empty_exception(&exception.name);
            out.push(Diagnostic::new(&CODE, exception.at, message).note(say::values_may_follow()));
        }
    }
}
