//! A name of a process that is longer than the kernel keeps.

pub(super) use crate::catalog::codes::LONG_PROCESS_NAME as CODE;

use super::Context;
use crate::catalog::messages::lints as say;
use crate::catalog::operators::Operator;
use crate::parse::ast::Operand;
use crate::text::Diagnostic;

/// Bytes of a name that the kernel keeps.
const KEPT: usize = 15;

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (written, check) in context.checks() {
        let Operand::Field(field) = &check.left else { continue };
        let literal = matches!(
            check.op,
            Operator::Eq
                | Operator::EqEq
                | Operator::Ne
                | Operator::In
                | Operator::Contains
                | Operator::Startswith
                | Operator::Endswith
        );
        if !literal || !matches!(&*field.name, "proc.name" | "proc.pname" | "proc.aname") {
            continue;
        }
        for constant in check.right.constants().iter().filter(|constant| constant.bytes.len() > KEPT) {
            let Some(at) = written.place(constant.range) else { continue };
            let message = say::long_process_name(constant.text(), field.text(), KEPT.to_string());
            out.push(Diagnostic::new(&CODE, at, message).note(say::use_exepath()));
        }
    }
}
