//! Fields that Falco refuses and the dialect of the course accepts: what Falco says, and what to write instead.

use super::{MAX_PROBLEMS, Problem, ast, codes};
use crate::catalog::dialect::{self, AUDIT, CourseField};
use crate::catalog::messages::{conditions, course as say};
use crate::catalog::{FieldKey, Scope};

/// Of a check; from left to right.
pub fn of_check(parsed: &ast::Check, scope: Scope<'_>) -> Vec<Problem> {
    parsed.fields().filter_map(|(field, in_val)| Some(in_place(of_field(field, scope)?, in_val))).collect()
}

/// The range of a field in `val(…)` holds that as well, so what replaces it must, too.
fn in_place(mut problem: Problem, in_val: bool) -> Problem {
    if let Some(suggestion) = problem.suggestion.as_mut().filter(|_| in_val) {
        suggestion.insert = format!("val({})", suggestion.insert);
    }
    problem
}

/// Of a field, if it is one of the course in `scope`.
pub fn of_field(field: &ast::Field, scope: Scope<'_>) -> Option<Problem> {
    let (name, arg) = (field.name.as_ref(), field.arg.as_deref());
    let refused = FieldKey::resolve(name, arg, scope.in_falco()).err()?;
    let meant = CourseField::find(name, arg, scope.source).filter(|_| scope.is_course())?;
    let written = field.text();
    let falco = refused.falco(&written);
    let problem = |message| Problem::new(&codes::COURSE_DIALECT, field.range, falco, message);
    Some(match meant {
        CourseField::Hour(_) => problem(say::hour()).note(say::hour_means()).note(say::hour_instead()),
        CourseField::Audit(key) if scope.source == AUDIT => {
            let meant = key.to_string();
            let title = conditions::write_instead(meant.as_str());
            problem(say::audit_name(written, meant.as_str())).suggest(title, field.range, meant)
        }
        CourseField::Audit(key) => problem(say::audit_elsewhere(written, key.to_string()))
            .note(conditions::sources_do_not_mix())
            .note(say::audit_instead()),
        CourseField::Label(_) => label(problem(say::label(written)), field),
    })
}

/// Of a condition that only the grammar of the dialect can read: labels with characters at which Falco's names end. `falco` is
/// what Falco says of the first.
pub fn of_syntax(condition: &ast::Condition, falco: &str) -> Vec<Problem> {
    let checks = condition.nodes.iter().filter_map(|node| match &node.kind {
        ast::NodeKind::Check(check) => Some(check),
        _ => None,
    });
    let problem = |(field, in_val): (&ast::Field, bool)| {
        dialect::label(&field.name).filter(|(_, key)| key.contains(['-', '/']))?;
        let new = Problem::new(&codes::COURSE_DIALECT, field.range, falco, say::label(field.text()));
        Some(in_place(label(new, field), in_val))
    };
    checks.flat_map(|check| check.fields()).filter_map(problem).take(MAX_PROBLEMS).collect()
}

fn label(problem: Problem, field: &ast::Field) -> Problem {
    match dialect::bracketed(&field.name) {
        Some(meant) => problem.suggest(conditions::write_instead(meant.as_str()), field.range, meant),
        None => problem,
    }
}
