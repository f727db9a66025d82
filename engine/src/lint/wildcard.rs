//! A `*` where Falco compares literally.

pub(super) use crate::catalog::codes::LITERAL_WILDCARD as CODE;

use super::Context;
use crate::catalog::fields::TypeGroup;
use crate::catalog::messages::lints as say;
use crate::catalog::operators::Operator;
use crate::parse::ast::Operand;
use crate::text::{Applicability, Diagnostic, Fix};

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (written, check) in context.checks() {
        let instead = match check.op {
            Operator::In => Some("glob oneof"),
            Operator::Eq | Operator::EqEq => Some("glob"),
            Operator::Ne => None,
            _ => continue,
        };
        let Operand::Field(field) = &check.left else { continue };
        let is_text =
            written.field(field).is_some_and(|info| info.kind.group() == TypeGroup::Text && !info.list);
        if !is_text || check.modifier.is_some() {
            continue;
        }
        for constant in check.right.constants() {
            // The star alone is a value of its own, as in the verbs of a role.
            if constant.bytes.len() < 2 || !constant.bytes.contains(&b'*') {
                continue;
            }
            let Some(at) = written.place(constant.range) else { continue };
            let message = say::literal_wildcard(check.op.text(), constant.text());
            let mut problem = Diagnostic::new(&CODE, at, message).note(say::glob_knows_wildcards());
            let operator = written.text.locate(check.op_range);
            if let (Some(instead), Some(operator)) = (instead, operator)
                && context.is_verbatim(written.text, check.op_range, operator)
            {
                let title = say::replace_operator(instead);
                problem = problem.fix(Fix::replace(title, operator, instead, Applicability::Unsafe));
            }
            out.push(problem);
        }
    }
}
