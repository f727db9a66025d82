//! The same tuple twice in an exception.

pub(super) use crate::catalog::codes::DUPLICATE_TUPLE as CODE;

use super::Context;
use crate::catalog::messages::lints as say;
use crate::text::Diagnostic;
use std::collections::HashMap;

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for exception in context.ruleset.rules.iter().flat_map(|rule| &rule.exceptions) {
        let mut seen = HashMap::new();
        for (at, tuple) in exception.tuples.iter().enumerate() {
            let first: usize = *seen.entry(tuple.text.as_str()).or_insert(at);
            if let Some(first) = exception.tuples.get(first).filter(|_| first != at) {
                let message = say::duplicate_tuple(&exception.name);
                out.push(Diagnostic::new(&CODE, tuple.at, message).related(first.at, say::first_here()));
            }
        }
    }
}
