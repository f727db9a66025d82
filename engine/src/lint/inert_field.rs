//! A field that exists and never has a value: a check on it is always false, and an exclusion by it never applies.

pub(super) use crate::catalog::codes::INERT_FIELD as CODE;

use super::Context;
use crate::catalog::messages::{conditions, lints as say};
use crate::catalog::{FieldKey, SYSCALL, fields};
use crate::text::{Applicability, Diagnostic, Fix};

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (written, check) in context.checks() {
        for (field, in_val) in check.fields() {
            let Some(at) = written.place(field.range) else { continue };
            if !written.field(field).is_some_and(|info| info.never_set) {
                continue;
            }
            let mut problem =
                Diagnostic::new(&CODE, at, say::inert_field(field.text())).note(say::missing_is_false());
            if field.name.starts_with("k8s.") {
                problem = problem.note(say::use_pod_labels());
            }
            let successor = FieldKey::parse(&field.text(), SYSCALL).ok().and_then(|key| {
                let successor = FieldKey::named(fields::successor(key.info().name)?)?;
                Some(FieldKey { arg: key.arg, ..successor }.to_string())
            });
            let range = field.range;
            if let Some(meant) = successor.filter(|_| context.is_verbatim(written.text, range, at)) {
                let meant = if in_val { format!("val({meant})") } else { meant };
                let title = conditions::write_instead(meant.as_str());
                problem = problem.fix(Fix::replace(title, at, meant, Applicability::Unsafe));
            }
            out.push(problem);
        }
    }
}
