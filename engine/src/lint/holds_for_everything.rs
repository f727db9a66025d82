//! A check that holds for every value, such as `contains ""`: in an exception it hides everything.

pub(super) use crate::catalog::codes::HOLDS_FOR_EVERYTHING as CODE;

use super::Context;
use crate::catalog::messages::lints as say;
use crate::catalog::operators::Operator;
use crate::parse::ast::Operand;
use crate::text::Diagnostic;

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (written, check) in context.checks() {
        let Operand::Field(field) = &check.left else { continue };
        for constant in check.right.constants() {
            let everything = match check.op {
                Operator::Contains | Operator::Icontains | Operator::Startswith | Operator::Endswith => {
                    constant.bytes.is_empty()
                }
                Operator::Glob | Operator::Iglob => {
                    !constant.bytes.is_empty() && constant.bytes.iter().all(|byte| *byte == b'*')
                }
                _ => false,
            };
            let Some(at) = written.place(constant.range).filter(|_| everything) else { continue };
            let message = say::holds_for_everything(check.op.text(), field.text());
            out.push(Diagnostic::new(&CODE, at, message).note(say::ask_with_exists()));
        }
    }
}
