//! Outputs: literal text with `%field` tokens, looked up in the catalogue. Where a token ends depends on which fields
//! exist, so there is no syntax of its own to parse first.

use super::check::Operand;
use super::types::{self, Problem, Suggestion, course};
use crate::catalog::messages::outputs as say;
use crate::catalog::{Dialect, FieldKey, Scope, codes};
use crate::parse::ast;
use crate::parse::condition::operand_at;
use crate::report::TokenKind;
use crate::text::{Code, Message, TextRange};

/// A checked output.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Output {
    /// Texts and values, in order.
    pub parts: Vec<Part>,
    /// Values that stand only in JSON, by key.
    pub extra: Vec<(Box<str>, Extra)>,
}

/// What an alert's JSON has beside the fields of its output.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Extra {
    /// The value of a field.
    Field(FieldKey),
    /// A text.
    Format(Vec<Part>),
}

/// A part of an output.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// Literal text.
    Text(String),
    /// A value.
    Value {
        /// What is printed.
        operand: Operand,
        /// The fields in it, as Falco names them in JSON: as written, quotes resolved.
        fields: Vec<(String, FieldKey)>,
        /// Bytes to which the value is filled or cut.
        width: Option<usize>,
    },
}

/// What was read of an output.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Parsed {
    /// The output; `None` if Falco refuses it.
    pub output: Option<Output>,
    /// What is wrong, from left to right; the first is what Falco prints.
    pub problems: Vec<Problem>,
    /// What Falco refuses and the dialect accepts.
    pub tolerated: Vec<Problem>,
    /// The tokens, for colouring.
    pub tokens: Vec<(TextRange, TokenKind)>,
}

/// Bytes that a value is filled or cut to at most.
pub const MAX_WIDTH: usize = 1 << 16;

/// Longest name that is tried as a field; no field is nearly as long.
const MAX_NAME: usize = 256;

/// Falco's text for whatever stands behind a `%` and is no field.
const UNKNOWN: &str = "unknown filter: unexpected token after '";

/// Reads the output of a rule for events of an event source, or of a scope.
pub fn parse<'a>(text: &str, scope: impl Into<Scope<'a>>) -> Parsed {
    let scope = scope.into();
    let mut parsed = Parsed::default();
    if text.trim().is_empty() {
        let at = TextRange::new(0, text.len() as u32);
        parsed.problems.push(problem(&codes::EMPTY_OUTPUT, at, "empty formatting token", say::empty()));
        return parsed;
    }
    let mut output = Output::default();
    // A star at the start asks for what Falco does anyway: to print what is missing as `<NA>`.
    let mut at = usize::from(text.starts_with('*'));
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let literal = rest.find('%').unwrap_or(rest.len());
        if let Some(text) = rest.get(..literal).filter(|text| !text.is_empty()) {
            output.parts.push(Part::Text(text.to_owned()));
        }
        at += literal;
        if parsed.problems.len() >= types::MAX_PROBLEMS {
            break;
        }
        if at < text.len() {
            at = token(text, at, scope, &mut output, &mut parsed);
        }
    }
    parsed.output = parsed.problems.is_empty().then_some(output);
    parsed
}

/// Reads the token whose `%` stands at `start`; gives the offset behind it.
fn token(text: &str, start: usize, scope: Scope<'_>, output: &mut Output, parsed: &mut Parsed) -> usize {
    let after = text.get(start + 1..).unwrap_or("");
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let at = start + 1 + digits;
    let here = TextRange::from_usize(start, at);
    if at >= text.len() {
        let (falco, message) = if digits > 0 {
            ("invalid formatting syntax: formatting cannot end with a number", say::ends_with_number())
        } else {
            ("invalid formatting syntax: formatting cannot end with a %", say::ends_with_percent())
        };
        parsed.problems.push(problem(&codes::OUTPUT_SYNTAX, here, falco, message));
        return at;
    }
    let width = match after.get(..digits).unwrap_or("") {
        "" => None,
        digits => Some(digits.parse::<usize>().unwrap_or(usize::MAX)).filter(|width| *width > 0),
    };
    if width.is_some_and(|width| width > MAX_WIDTH) {
        let message = say::too_wide(MAX_WIDTH.to_string());
        parsed.problems.push(problem(&codes::OUTPUT_SYNTAX, here, "stoi", message));
        return at;
    }
    match value(text, at, scope) {
        Ok((operand, written, kind, end)) => {
            let refused = written.iter().filter_map(|field| course::of_field(field, scope));
            parsed.tolerated.extend(refused.map(|problem| Problem { falco: UNKNOWN.to_owned(), ..problem }));
            let fields = written.iter().filter_map(|field| named(field, scope)).collect();
            parsed.tokens.push((TextRange::from_usize(start, end), kind));
            output.parts.push(Part::Value { operand, fields, width });
            end
        }
        Err((found, end)) => {
            parsed.problems.push(*found);
            end.max(at)
        }
    }
}

/// A value, the fields in it, what it is, and the offset behind it.
type Value = (Operand, Vec<ast::Field>, TokenKind, usize);

/// The field or transformer at `at`: the longest text that is one.
fn value(text: &str, at: usize, scope: Scope<'_>) -> Result<Value, (Box<Problem>, usize)> {
    let found = operand_at(text, at, scope.dialect);
    match &found {
        Some(operand @ ast::Operand::Transform(_)) => {
            let end = operand.range().end as usize;
            let typed =
                types::operand(operand, scope).map_err(|inner| (Box::new(transform_problem(inner)), end))?;
            let fields = operand.fields().into_iter().cloned().collect();
            return Ok((typed, fields, TokenKind::Transformer, end));
        }
        Some(ast::Operand::Field(field)) => {
            if let Ok(key) = FieldKey::resolve(&field.name, field.arg.as_deref(), scope) {
                let end = field.range.end as usize;
                return Ok((Operand::Field(key), vec![field.clone()], TokenKind::Field, end));
            }
        }
        None => {}
    }
    let rest = text.get(at..).unwrap_or("");
    let name_byte = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.');
    let longest = rest.bytes().take_while(|b| name_byte(b)).count().min(MAX_NAME);
    for end in (1..=longest).rev() {
        let Some(name) = rest.get(..end).filter(|name| name.contains('.')) else { continue };
        if let Ok(key) = FieldKey::resolve(name, None, scope) {
            let range = TextRange::from_usize(at, at + end);
            let field = ast::Field { name: name.into(), arg: None, range };
            return Ok((Operand::Field(key), vec![field], TokenKind::Field, at + end));
        }
    }
    // What is meant is read in the widest dialect, so that the problem is told of all of it.
    let meant = operand_at(text, at, Dialect::Course);
    let end = meant.as_ref().map_or(0, |meant| meant.range().end as usize);
    Err((Box::new(unknown(text, at, longest, meant.as_ref(), scope)), end.max(at + longest)))
}

/// A field as it is written, and what it is.
fn named(field: &ast::Field, scope: Scope<'_>) -> Option<(String, FieldKey)> {
    let key = FieldKey::resolve(&field.name, field.arg.as_deref(), scope).ok()?;
    Some((field.text(), key))
}

/// Reads a text that is the name of a field and nothing else, in Falco's own language. As Falco does: what is wrong with it is what is wrong with an
/// output of it.
///
/// # Errors
/// If it is not.
pub(super) fn field(text: &str, scope: Scope<'_>) -> Result<FieldKey, Box<Problem>> {
    let scope = scope.in_falco();
    let whole = TextRange::from_usize(0, text.len());
    if let Some(operand @ ast::Operand::Field(_)) = operand_at(text, 0, scope.dialect)
        && operand.range() == whole
    {
        match types::operand(&operand, scope) {
            Ok(Operand::Field(key)) => return Ok(key),
            Err(inner) => return Err(Box::new(transform_problem(inner))),
            Ok(Operand::Transform(_)) => {}
        }
    }
    Err(Box::new(problem(&codes::UNKNOWN_FIELD, whole, UNKNOWN, say::no_field(text))))
}

fn problem(code: &'static Code, at: TextRange, falco: &str, message: Message) -> Problem {
    Problem { code, at, falco: falco.to_owned(), message, notes: Vec::new(), suggestion: None }
}

/// As Falco does: whatever is wrong inside, its text is that of an unknown field.
fn transform_problem(inner: Vec<Problem>) -> Problem {
    let first = inner.into_iter().next();
    first.map_or_else(
        || problem(&codes::OUTPUT_SYNTAX, TextRange::default(), UNKNOWN, say::no_field("%")),
        |first| Problem { falco: UNKNOWN.to_owned(), ..first },
    )
}

/// Nothing behind the `%` is a field.
fn unknown(text: &str, at: usize, len: usize, found: Option<&ast::Operand>, scope: Scope<'_>) -> Problem {
    let rest = text.get(at..).unwrap_or("");
    let name = rest.get(..len).unwrap_or("");
    let percent = TextRange::from_usize(at - 1, at);
    let whole = TextRange::from_usize(at, at + len);
    if let Some(operand) = found
        && let Err(inner) = types::operand(operand, scope)
        && let Some(first) = inner.into_iter().next()
    {
        return Problem { falco: UNKNOWN.to_owned(), ..first };
    }
    if let Some(inside) = rest.strip_prefix(['(', '{']) {
        let end = inside.find([')', '}']).map_or(rest.len(), |end| end + 2);
        let inner = rest.get(1..end.saturating_sub(1)).unwrap_or("");
        let at = TextRange::from_usize(at, at + end);
        let new = problem(&codes::OUTPUT_SYNTAX, at, UNKNOWN, say::field_without_brackets());
        return suggest(new, say::write_instead(format!("%{inner}")), at, inner);
    }
    if len == 0 {
        let new = problem(&codes::OUTPUT_SYNTAX, percent, UNKNOWN, say::percent_without_field());
        return Problem { notes: vec![say::no_percent_sign()], ..new };
    }
    let new = problem(&codes::UNKNOWN_FIELD, whole, UNKNOWN, say::no_field(name));
    match scope.closest(name) {
        Some(meant) => suggest(new, say::write_instead(meant), whole, meant),
        None => Problem { notes: vec![say::no_percent_sign()], ..new },
    }
}

fn suggest(problem: Problem, title: Message, at: TextRange, insert: &str) -> Problem {
    Problem { suggestion: Some(Suggestion { title, at, insert: insert.to_owned() }), ..problem }
}
