//! Fields and transformers: whether they exist, what they take and what they yield.

use super::{Argument, Operand, Operator, Problem, ast, codes, constant, say};
use crate::catalog::dialect::{AUDIT, HOUR, audit_name, bracketed};
use crate::catalog::event_types;
use crate::catalog::fields::{self, TypeGroup};
use crate::catalog::messages::course;
use crate::catalog::scope::STATIC;
use crate::catalog::suggest::closest;
use crate::catalog::transformers::Transformer;
use crate::catalog::{FieldKey, FieldProblem, FieldType, Scope};
use crate::resolve::check::{Transform, ValueType};
use crate::text::{TextRange, sorted};

type Found = Option<(Operand, ValueType)>;

/// The left side of a check.
pub(super) fn left(operand: &ast::Operand, scope: Scope<'_>, problems: &mut Vec<Problem>) -> Found {
    match operand {
        ast::Operand::Field(field) => plain(field, scope, problems),
        ast::Operand::Transform(transform) => self::transform(transform, scope, problems),
    }
}

/// The right side of a check: the same, but that some fields cannot stand there.
pub(super) fn right(operand: &ast::Operand, scope: Scope<'_>, problems: &mut Vec<Problem>) -> Found {
    left(operand, scope, problems)
}

fn plain(field: &ast::Field, scope: Scope<'_>, problems: &mut Vec<Problem>) -> Found {
    match FieldKey::resolve(&field.name, field.arg.as_deref(), scope) {
        Ok(key) => {
            let kind = ValueType { kind: key.kind(), list: key.info().list };
            Some((Operand::Field(key), kind))
        }
        Err(problem) => {
            problems.push(explain(&problem, field, scope));
            None
        }
    }
}

/// A field problem in our own words.
fn explain(problem: &FieldProblem, field: &ast::Field, scope: Scope<'_>) -> Problem {
    let written = field.text();
    let falco = problem.falco(&written);
    let at = field.range;
    let bad_argument = |message| Problem::new(&codes::BAD_FIELD_ARGUMENT, at, falco.clone(), message);
    match problem {
        FieldProblem::Unknown => unknown(field, scope, falco.clone()),
        FieldProblem::UnknownEventArgument { arg, .. } => {
            let new = bad_argument(say::unknown_event_argument(&**arg));
            match event_argument(&field.name) {
                Some(meant) => new.suggest(say::write_instead(meant.as_str()), at, meant),
                None => new,
            }
        }
        FieldProblem::UnknownEventType { arg, .. } => {
            let message = say::unknown_event_type(&**arg);
            Problem::new(&codes::UNKNOWN_EVENT_TYPE, at, falco.clone(), message)
        }
        FieldProblem::NeedsArgument { field: id } => {
            let new = bad_argument(say::argument_needed(fields::field(*id).name));
            match bracketed(&field.name) {
                Some(meant) => new.note(say::argument_in_brackets()).note(course::evaluated()).suggest(
                    say::write_instead(meant.as_str()),
                    at,
                    meant,
                ),
                None => new,
            }
        }
        FieldProblem::BadForm { field: id } => {
            let name = fields::field(*id).name;
            let new = bad_argument(say::argument_of_wrong_form(name));
            match &field.arg {
                Some(arg) if field.name.as_ref() == name => {
                    let meant = format!("{name}.{arg}");
                    new.suggest(say::write_instead(meant.as_str()), at, meant)
                }
                _ => new,
            }
        }
        FieldProblem::TakesNoArgument { field: id, .. } => {
            let name = fields::field(*id).name;
            bad_argument(say::takes_no_argument(name)).suggest(say::write_instead(name), at, name)
        }
        FieldProblem::BadIndex { arg, .. } | FieldProblem::NotANumber { arg, .. } => {
            bad_argument(say::index_not_digits(&*written, &**arg))
        }
        FieldProblem::UnbalancedBrackets { .. } => bad_argument(say::argument_with_blanks(&*written)),
        FieldProblem::NotByNumber { .. } => bad_argument(say::raw_arguments_by_name()),
    }
}

fn unknown(field: &ast::Field, scope: Scope<'_>, falco: String) -> Problem {
    let source = scope.source;
    let written = field.text();
    let name = field.name.as_ref();
    let at = field.range;
    // A field with an argument that does not fit is refused as if it did not exist.
    if fields::find(name, source).is_some() {
        let message = say::argument_does_not_fit(&*written);
        let problem = Problem::new(&codes::UNKNOWN_FIELD, at, falco, message);
        return problem.suggest(say::write_instead(name), at, name);
    }
    let problem = Problem::new(&codes::UNKNOWN_FIELD, at, falco, say::unknown_field(&*written, source));
    if TIMES_OF_DAY.contains(&name) {
        let problem = problem.note(say::no_time_of_day()).note(course::hour_instead());
        return if name == HOUR { problem.note(course::evaluated()) } else { problem };
    }
    let problem =
        if name.starts_with(STATIC) { problem.note(say::static_fields_are_configured()) } else { problem };
    let brackets = field.arg.as_ref().map_or(String::new(), |arg| format!("[{arg}]"));
    let audit = audit_name(name);
    let meant = audit
        .clone()
        .filter(|_| source == AUDIT)
        .or_else(|| event_argument(name))
        .or_else(|| scope.closest(name).map(str::to_owned));
    if let Some(meant) = audit.filter(|_| source != AUDIT) {
        return problem
            .note(say::field_of_other_source(meant, AUDIT, source))
            .note(say::sources_do_not_mix())
            .note(course::evaluated());
    }
    if let Some(id) = fields::find_anywhere(name) {
        let owner = fields::field(id).source;
        if let fields::FieldSource::Only(owner) = owner {
            return problem.note(say::field_of_other_source(name, owner, source));
        }
    }
    match meant {
        Some(meant) => {
            let meant = format!("{meant}{brackets}");
            problem.suggest(say::write_instead(meant.as_str()), at, meant)
        }
        None => problem,
    }
}

/// What people write who want a rule to hold at certain times only. Nothing similar exists.
const TIMES_OF_DAY: [&str; 6] =
    ["evt.hour", "evt.minute", "evt.weekday", "evt.day", "evt.month", "evt.time.hour"];

/// The event argument that is probably meant by `evt.arg.NAME`.
fn event_argument(name: &str) -> Option<String> {
    let base = ["evt.arg.", "evt.rawarg."].into_iter().find(|base| name.starts_with(base))?;
    let names = sorted(event_types::params().collect(), |name| *name);
    closest(name.strip_prefix(base)?, names).map(|known| format!("{base}{known}"))
}

fn transform(transform: &ast::Transform, scope: Scope<'_>, problems: &mut Vec<Problem>) -> Found {
    let before = problems.len();
    let args: Vec<Option<(Argument, ValueType)>> =
        transform.args.iter().map(|argument| self::argument(argument, scope, problems)).collect();
    if problems.len() > before {
        return None;
    }
    let args: Vec<(Argument, ValueType)> = args.into_iter().flatten().collect();
    match shape(transform, &args) {
        Ok(kind) => {
            let args = args.into_iter().map(|(argument, _)| argument).collect();
            let index = transform.index.clone();
            let typed = Transform { transformer: transform.transformer, args, index };
            Some((Operand::Transform(Box::new(typed)), kind))
        }
        Err((falco, message)) => {
            problems.push(Problem::new(&codes::BAD_TRANSFORMER, transform.range, falco, message));
            None
        }
    }
}

const TEXT: ValueType = ValueType { kind: FieldType::Charbuf, list: false };

fn argument(
    argument: &ast::Argument,
    scope: Scope<'_>,
    problems: &mut Vec<Problem>,
) -> Option<(Argument, ValueType)> {
    match argument {
        ast::Argument::Field(field) => {
            let (operand, kind) = plain(field, scope, problems)?;
            if let Operand::Field(key) = &operand
                && key.info().no_transformer
            {
                let name = field.text();
                let falco = format!("field '{name}' does not support transformers");
                let message = say::field_without_transformers(name);
                problems.push(Problem::new(&codes::BAD_TRANSFORMER, field.range, falco, message));
                return None;
            }
            Some((Argument::Operand(operand), kind))
        }
        ast::Argument::Transform(inner) => {
            let (operand, kind) = transform(inner, scope, problems)?;
            Some((Argument::Operand(operand), kind))
        }
        ast::Argument::Text(constant) | ast::Argument::Number(constant) => {
            Some((Argument::Literal(constant.bytes.clone()), TEXT))
        }
        ast::Argument::List(inner, _) => {
            let elements: Option<Vec<Argument>> = inner
                .iter()
                .map(|element| self::argument(element, scope, problems).map(|(argument, _)| argument))
                .collect();
            Some((Argument::List(elements?), ValueType { kind: FieldType::Charbuf, list: true }))
        }
    }
}

/// What a transformer yields for its arguments, or Falco's text and ours if it does not take them.
fn shape(
    transform: &ast::Transform,
    args: &[(Argument, ValueType)],
) -> Result<ValueType, (String, crate::text::Message)> {
    use Transformer::{B64, Basename, Concat, Getopt, Join, Len, Tolower, Toupper};
    let name = transform.transformer.text();
    let text_list = ValueType { kind: FieldType::Charbuf, list: true };
    let is_text = |kind: ValueType| !kind.list && kind.kind.group() == TypeGroup::Text;
    let fail = |falco: &str, message| Err((falco.to_owned(), message));
    match (transform.transformer, args) {
        (Tolower | Toupper | B64 | Basename | Len, [(_, kind)]) => {
            let group = kind.kind.group();
            let fits = match transform.transformer {
                Len => kind.list || matches!(group, TypeGroup::Text | TypeGroup::Bytes),
                B64 => matches!(group, TypeGroup::Text | TypeGroup::Bytes),
                _ => group == TypeGroup::Text,
            };
            if !fits {
                let at = transform.args.first().map(describe).unwrap_or_default();
                let list = if kind.list { "list " } else { "" };
                let falco = format!(
                    "can't add field transformer: type '{}' is not supported by '{name}' transformer applied on {list}field '{at}'",
                    kind.kind.name()
                );
                return Err((falco, say::type_not_for_transformer(name, at, kind.kind.name())));
            }
            Ok(match transform.transformer {
                Len => ValueType { kind: FieldType::Uint64, list: false },
                _ => *kind,
            })
        }
        (Tolower | Toupper | B64 | Basename | Len, _) => {
            fail("unknown multivalue transformer", say::transformer_takes_one(name))
        }
        (Join | Getopt, [_]) => {
            fail(&format!("unknown field transfomer '{name}'"), say::transformer_takes_two(name))
        }
        (Concat, [_]) => {
            fail(&format!("unknown field transfomer '{name}'"), say::transformer_takes_several(name))
        }
        (Join, [separator, list]) => {
            let message = say::join_takes_separator_and_list;
            if separator.1.list {
                fail("join() first argument (separator) must be a single value, not a list", message())
            } else if !list.1.list || is_getopt(&list.0) {
                fail("join() second argument must be a list", message())
            } else {
                Ok(TEXT)
            }
        }
        (Join, _) => fail(
            "join() requires exactly 2 arguments: separator and list",
            say::join_takes_separator_and_list(),
        ),
        (Concat, _) if args.iter().all(|(_, kind)| is_text(*kind)) => Ok(TEXT),
        (Concat, _) => fail("concat() arguments must be strings", say::concat_takes_texts()),
        (Getopt, [list, options])
            if list.1.list && list.1.kind.group() == TypeGroup::Text && is_text(options.1) =>
        {
            Ok(if transform.index.is_some() { TEXT } else { text_list })
        }
        (Getopt, _) => fail(
            "getopt() requires exactly 2 arguments: a list and an option string",
            say::getopt_takes_list_and_options(),
        ),
    }
}

fn is_getopt(argument: &Argument) -> bool {
    matches!(argument, Argument::Operand(Operand::Transform(inner)) if inner.transformer == Transformer::Getopt)
}

/// What Falco calls the thing that a transformer is applied to.
fn describe(argument: &ast::Argument) -> String {
    match argument {
        ast::Argument::Field(field) => field.text(),
        ast::Argument::Transform(inner) => inner.args.first().map(describe).unwrap_or_default(),
        ast::Argument::Text(constant) | ast::Argument::Number(constant) => constant.text().into_owned(),
        ast::Argument::List(..) => String::new(),
    }
}

/// Finds what keeps two operands from being compared.
pub(super) fn comparable(
    parsed: &ast::Check,
    (left, left_type): (&Operand, ValueType),
    (right, right_type): (&Operand, ValueType),
    at: TextRange,
    problems: &mut Vec<Problem>,
) {
    let mut refuse = |at, falco: String, message| {
        problems.push(Problem::new(&codes::BAD_COMPARISON, at, falco, message));
    };
    if matches!(parsed.op, Operator::Regex | Operator::Pmatch) {
        let falco = format!(
            "operator '{}' doesn't support right-hand side fields",
            parsed.op.text().to_ascii_uppercase()
        );
        return refuse(at, falco, say::operator_without_right_fields(parsed.op.text()));
    }
    if let Operand::Field(key) = left
        && (key.info().no_rhs || left_type.kind.group() == TypeGroup::Network)
    {
        let name = super::operator::describe(left);
        let falco = format!("field '{name}' doesn't support right-hand side fields");
        return refuse(parsed.left.range(), falco, say::field_without_right_fields(name));
    }
    if let Operand::Field(key) = right
        && (key.info().no_rhs || right_type.kind.group() == TypeGroup::Network)
    {
        let name = super::operator::describe(right);
        let falco = format!("field '{name}' can't be used as a right-hand side field");
        return refuse(at, falco, say::field_not_on_the_right(name));
    }
    if left_type != right_type {
        let (a, b) = (super::operator::describe(left), super::operator::describe(right));
        let (x, y) = (type_name(left_type), type_name(right_type));
        let falco = format!(
            "field '{a}' has type '{x}' while the right-hand side field '{b}' has incompatible type '{y}'"
        );
        refuse(at, falco, say::types_differ(a, x, b, y));
    }
}

fn type_name(kind: ValueType) -> String {
    let name = kind.kind.name();
    if kind.list { format!("{name} (list)") } else { name.to_owned() }
}

/// As Falco does: an event type in a transformer or beside a field on the right ends its load.
pub(super) fn event_type_is_plain(left: &Operand, parsed: &ast::Check, problems: &mut Vec<Problem>) {
    if !problems.is_empty() || !constant::is_event_type(left) {
        return;
    }
    let falco = "event code search does not support";
    if let Operand::Transform(_) = left {
        let falco = format!("{falco} transformers");
        let at = parsed.left.range();
        let message = say::event_type_in_transformer();
        problems.push(Problem::new(&codes::BAD_TRANSFORMER, at, falco, message).note(say::ends_falco()));
    } else if let ast::Right::Operand(right) = &parsed.right {
        let falco = format!("{falco} right-hand side fields");
        let message = say::event_type_beside_field();
        let problem = Problem::new(&codes::BAD_COMPARISON, right.range(), falco, message);
        problems.push(problem.note(say::ends_falco()));
    }
}
