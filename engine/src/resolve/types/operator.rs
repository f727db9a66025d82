//! Which operators a type has.

use super::{Operand, Operator, Problem, TypeGroup, ast, codes, say};
use crate::resolve::check::ValueType;
use Operator::{
    Bcontains, Bstartswith, Contains, Endswith, Eq, Exists, Ge, Gt, In, Intersects, Le, Lt, Ne, Startswith,
};

/// Operators of numbers.
const NUMBERS: &[Operator] = &[Eq, Ne, Lt, Le, Gt, Ge, In, Intersects, Exists];
/// Operators of booleans and addresses.
const EQUALITY: &[Operator] = &[Eq, Ne, In, Intersects, Exists];
/// Operators of byte buffers.
const BYTES: &[Operator] =
    &[Eq, Ne, Contains, Startswith, Endswith, Bcontains, Bstartswith, In, Intersects, Exists];
/// Operators of lists.
const LISTS: &[Operator] = &[In, Intersects, Exists];

/// The operators of a type, and Falco's text for another; `None` for text, which has all but two.
fn of(kind: ValueType) -> (Option<&'static [Operator]>, String) {
    if kind.list {
        return (Some(LISTS), "list filters".to_owned());
    }
    match kind.kind.group() {
        TypeGroup::Integer { .. } | TypeGroup::Port | TypeGroup::Double => {
            (Some(NUMBERS), "for numeric filters".to_owned())
        }
        TypeGroup::Bool => (Some(EQUALITY), "for numeric filters".to_owned()),
        TypeGroup::Address | TypeGroup::Network => {
            (Some(EQUALITY), "for ip address and network filters".to_owned())
        }
        TypeGroup::Bytes => (Some(BYTES), "for buffer filters".to_owned()),
        TypeGroup::Text => (None, "for string filters".to_owned()),
        TypeGroup::Other => (Some(&[Exists]), format!("for type '{}'", kind.kind.name())),
    }
}

/// Whether a type has an operator.
pub fn allowed(op: Operator, kind: ValueType) -> bool {
    match of(kind).0 {
        Some(operators) => operators.contains(&op.normal()),
        None => !matches!(op, Bcontains | Bstartswith),
    }
}

/// Finds an operator that the type on the left does not have.
pub(super) fn check(parsed: &ast::Check, left: &Operand, kind: ValueType, problems: &mut Vec<Problem>) {
    let op = parsed.op;
    if let Operand::Field(key) = left
        && key.info().name == "evt.around"
        && op.normal() != Eq
        && op != Exists
    {
        let falco = "evt.around supports only '=' comparison operator";
        let message = say::around_only_equal(op.text());
        problems.push(Problem::new(&codes::WRONG_OPERATOR, parsed.op_range, falco, message));
        return;
    }
    if allowed(op, kind) {
        return;
    }
    let (operators, group) = of(kind);
    let address = matches!(kind.kind.group(), TypeGroup::Address | TypeGroup::Network);
    let falco = if parsed.modifier.is_some() && address && !kind.list {
        format!("filter error: '{}' with modifier not supported {group}", op.text())
    } else {
        format!("filter error: '{}' operator not supported {group}", op.text())
    };
    let message = if kind.list {
        say::operator_on_list(op.text(), describe(left))
    } else {
        say::operator_on_type(op.text(), describe(left), kind.kind.name())
    };
    let mut problem = Problem::new(&codes::WRONG_OPERATOR, parsed.op_range, falco, message);
    if let Some(operators) = operators {
        let names: Vec<String> = operators.iter().map(|op| format!("`{}`", op.text())).collect();
        problem = problem.note(say::operators_of_type(names.join(", ")));
    } else {
        problem = problem.note(say::operator_for_bytes());
        let plain = if op == Bcontains { Contains } else { Startswith };
        problem = problem.suggest(say::use_operator(plain.text()), parsed.op_range, plain.text());
    }
    if kind.list && matches!(op.normal(), Eq) && parsed.modifier.is_none() {
        problem = with_list(problem, parsed);
    }
    problems.push(problem);
}

/// `list = x` is usually meant as `list intersects (x)`.
fn with_list(problem: Problem, parsed: &ast::Check) -> Problem {
    let ast::Right::Constant(constant) = &parsed.right else { return problem };
    let text = constant.text();
    let quoted = constant.quoted.then(|| format!("({})", crate::parse::print::quote(&text)));
    let list = quoted.unwrap_or_else(|| format!("({text})"));
    let at = parsed.op_range.cover(constant.range);
    problem.suggest(say::use_operator("intersects"), at, format!("intersects {list}"))
}

/// The left side, for a message.
pub(super) fn describe(left: &Operand) -> String {
    match left {
        Operand::Field(key) => key.to_string(),
        Operand::Transform(transform) => format!("{}(…)", transform.transformer.text()),
    }
}
