//! A text that a template left to be filled in, as a value or in an output.

pub(super) use crate::catalog::codes::PLACEHOLDER as CODE;

use super::Context;
use crate::catalog::messages::lints as say;
use crate::catalog::placeholder::{find_placeholder, is_placeholder};
use crate::text::{Diagnostic, TextRange};

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (written, check) in context.checks() {
        for constant in check.right.constants() {
            let text = constant.text();
            let Some(at) = written.place(constant.range).filter(|_| is_placeholder(&text)) else { continue };
            out.push(Diagnostic::new(&CODE, at, say::placeholder(text)).note(say::compared_literally()));
        }
    }
    for rule in &context.ruleset.rules {
        let text = rule.output.as_str();
        let Some(found) = find_placeholder(text) else { continue };
        let name = text.get(found.clone()).unwrap_or_default();
        let at = rule.output.locate(TextRange::from_usize(found.start, found.end));
        out.extend(at.map(|at| Diagnostic::new(&CODE, at, say::placeholder(name))));
    }
}
