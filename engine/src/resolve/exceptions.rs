//! Exceptions as text around the condition, as Falco writes them (sheet `exceptions`, section 3): `(condition)`, then
//! ` and not …` for each. Also each tuple alone, to tell which one excludes an event.

use super::decode::VALIDATE;
use super::definitions::{Entry, ExceptionDef, RuleDef, Spot};
use super::exception_item::{NOT_IN, compares_list, not_in};
use super::ruleset::Cell;
use crate::catalog::messages::items as say;
use crate::catalog::{Dialect, codes};
use crate::parse::condition;
use crate::text::{Applicability, Diagnostic, Fix, Loc, Message, Origin, Severity, Text, TextRange};

/// A condition with its exceptions.
pub(super) struct WithExceptions {
    /// The condition as Falco parses it, but for lists.
    pub(super) whole: Text,
    /// The exceptions.
    pub(super) exceptions: Vec<ExceptionText>,
}

/// An exception as Falco writes it.
#[derive(Default)]
pub(super) struct ExceptionText {
    /// What stands behind `and not`; empty where nothing is excluded.
    pub(super) whole: Text,
    /// How it compares its fields.
    pub(super) comps: Vec<Box<str>>,
    pub(super) tuples: Vec<TupleText>,
}

/// A row of `values`.
pub(super) struct TupleText {
    /// As written, on one line.
    pub(super) shown: String,
    /// Where.
    pub(super) at: Loc,
    /// Its values.
    pub(super) cells: Vec<Cell>,
    /// The comparison that excludes an event; None where it makes sense only with the other values.
    pub(super) condition: Option<Text>,
}

/// Writes the exceptions around the condition of `rule`. What is wrong with some is told, and the others stay.
pub(super) fn write(rule: &RuleDef, dialect: Dialect, out: &mut Vec<Diagnostic>) -> WithExceptions {
    if rule.exceptions.is_empty() {
        return WithExceptions { whole: rule.condition.clone(), exceptions: Vec::new() };
    }
    let mut whole = Text::new();
    let first = rule.exceptions.first().map_or(rule.condition_spot.at, |exception| exception.name_at);
    whole.push("(", Origin::Glue(first));
    whole.push_text(&rule.condition);
    whole.push(")", Origin::Glue(first));
    let mut all = Vec::with_capacity(rule.exceptions.len());
    for exception in &rule.exceptions {
        let written = exception_text(exception, dialect, out);
        if !written.whole.is_empty() {
            whole.push(" and not ", Origin::Glue(exception.name_at));
            whole.push_text(&written.whole);
        }
        all.push(written);
    }
    WithExceptions { whole, exceptions: all }
}

/// What an exception excludes, as a rule could write it behind `and not`; `None` if it is broken or excludes nothing.
pub(super) fn alone(exception: &ExceptionDef, dialect: Dialect) -> Option<String> {
    let mut problems = Vec::new();
    let written = exception_text(exception, dialect, &mut problems);
    let text = written.whole.as_str();
    if text.is_empty() || problems.iter().any(|problem| problem.severity == Severity::Error) {
        return None;
    }
    // Falco's own blanks are of no use to a reader.
    let quoted = text.contains(['"', '\'']);
    let neat = text.replace("( ", "(").replace("  ", " ");
    let inner = neat.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let one = inner.filter(|inner| inner.starts_with('(') && !inner.contains(") or ("));
    Some(if quoted { text.to_owned() } else { one.map_or_else(|| neat.clone(), str::to_owned) })
}

fn exception_text(exception: &ExceptionDef, dialect: Dialect, out: &mut Vec<Diagnostic>) -> ExceptionText {
    let values = exception.values.as_deref().unwrap_or(&[]);
    match &exception.fields {
        _ if exception.broken => ExceptionText::default(),
        Entry::Nothing => ExceptionText::default(),
        Entry::One(field, _) => one_field(exception, field, values, dialect, out),
        Entry::Many(fields, at) => many_fields(exception, (fields, *at), values, dialect, out),
    }
}

fn fail(exception: &ExceptionDef, at: Loc, message: Message, text: &str) -> Diagnostic {
    let spot = Spot { at, ..exception.spot.clone() };
    spot.problem(&codes::BAD_EXCEPTION, message, (VALIDATE, text))
}

/// `(FIELD COMP (v1, v2))`.
fn one_field(
    exception: &ExceptionDef,
    field: &Text,
    values: &[Entry],
    dialect: Dialect,
    out: &mut Vec<Diagnostic>,
) -> ExceptionText {
    let glue = Origin::Glue(exception.name_at);
    let comp = match exception.comps.scalar() {
        Some(comp) => trimmed(comp),
        None if exception.unchecked => {
            // As Falco does: nothing stands between field and values, which is then a syntax error.
            Text::new()
        }
        None => glued("in", glue),
    };
    let comps = vec![comp.as_str().into()];
    if values.is_empty() {
        return ExceptionText { comps, ..ExceptionText::default() };
    }
    let (negation, comp) = negated(exception, comp, dialect, out);
    let head = |text: &mut Text| {
        text.push("(", glue);
        text.push(negation, glue);
        text.push_text(field);
        text.push(" ", glue);
        text.push_text(&comp);
        text.push(" (", glue);
    };
    let separable =
        negation.is_empty() && !comp.as_str().ends_with(" oneof") && !comp.as_str().ends_with(" allof");
    let mut whole = Text::new();
    head(&mut whole);
    let mut tuples = Vec::with_capacity(values.len());
    for value in values {
        let place = value.at().unwrap_or(exception.name_at);
        if let Entry::Many(..) = value {
            let text = "Expected values array to contain a list of strings";
            out.push(fail(exception, place, say::value_not_scalar(), text));
            continue;
        }
        let value_text = value.scalar().map(|text| quoted(text, glue)).unwrap_or_default();
        if !tuples.is_empty() {
            whole.push(", ", glue);
        }
        whole.push_text(&value_text);
        let mut alone = Text::new();
        head(&mut alone);
        alone.push_text(&value_text);
        alone.push("))", glue);
        tuples.push(TupleText {
            shown: one_line(value.text()),
            at: place,
            cells: vec![Cell::One(value.text().into(), place)],
            condition: separable.then_some(alone),
        });
    }
    whole.push("))", glue);
    ExceptionText { whole: if tuples.is_empty() { Text::new() } else { whole }, comps, tuples }
}

/// `(( F1 C1 x1 and  F2 C2 x2) or (…))`.
fn many_fields(
    exception: &ExceptionDef,
    (fields, fields_at): (&[Entry], Loc),
    rows: &[Entry],
    dialect: Dialect,
    out: &mut Vec<Diagnostic>,
) -> ExceptionText {
    let glue = Origin::Glue(exception.name_at);
    let comps = match comparisons(exception, fields, fields_at) {
        Ok(comps) => comps,
        Err(problem) => {
            // Without values nothing is compared, and Falco does not mind.
            out.extend((!rows.is_empty()).then_some(*problem));
            return ExceptionText::default();
        }
    };
    let written = comps.iter().map(|comp| comp.as_str().into()).collect();
    if rows.is_empty() {
        return ExceptionText { comps: written, ..ExceptionText::default() };
    }
    let comps: Vec<_> = comps.into_iter().map(|comp| negated(exception, comp, dialect, out)).collect();
    let mut whole = Text::new();
    whole.push("(", glue);
    let mut tuples = Vec::with_capacity(rows.len());
    for row in rows {
        let place = row.at().unwrap_or(exception.name_at);
        let text = "Fields and values lists must have equal length";
        let Entry::Many(values, _) = row else {
            let mut problem = fail(exception, place, say::row_not_list(), text);
            if fields.len() == 1 && row.scalar().is_some() {
                let fix =
                    Fix::replace(say::wrap_row(), place, format!("[{}]", row.text()), Applicability::Unsafe);
                problem.fixes.push(fix);
            }
            out.push(problem);
            continue;
        };
        if values.len() != fields.len() {
            let message = say::row_length(fields.len().to_string(), values.len().to_string());
            out.push(fail(exception, place, message, text));
            continue;
        }
        let mut condition = Text::new();
        condition.push("(", glue);
        for (at, ((field, (negation, comp)), value)) in fields.iter().zip(&comps).zip(values).enumerate() {
            condition.push(if at > 0 { " and  " } else { " " }, glue);
            condition.push(negation, glue);
            if let Some(field) = field.scalar() {
                condition.push_text(field);
            }
            condition.push(" ", glue);
            condition.push_text(comp);
            condition.push(" ", glue);
            condition.push_text(&value_text(value, comp.as_str(), glue));
        }
        condition.push(")", glue);
        if !tuples.is_empty() {
            whole.push(" or ", glue);
        }
        whole.push_text(&condition);
        let shown: Vec<_> = values.iter().map(shown).collect();
        tuples.push(TupleText {
            shown: format!("({})", shown.join(", ")),
            at: place,
            cells: values.iter().map(|value| cell(value, place)).collect(),
            condition: Some(condition),
        });
    }
    whole.push(")", glue);
    ExceptionText { whole: if tuples.is_empty() { Text::new() } else { whole }, comps: written, tuples }
}

/// The comparison of each field: as given, or `=`.
fn comparisons(
    exception: &ExceptionDef,
    fields: &[Entry],
    fields_at: Loc,
) -> Result<Vec<Text>, Box<Diagnostic>> {
    let default = || glued("=", Origin::Glue(exception.name_at));
    match &exception.comps {
        Entry::Many(comps, _) if comps.len() >= fields.len() => {
            Ok(comps.iter().map(|comp| comp.scalar().map(trimmed).unwrap_or_default()).collect())
        }
        Entry::Nothing if !exception.unchecked => Ok(fields.iter().map(|_| default()).collect()),
        other => {
            let at = other.at().unwrap_or(fields_at);
            // Falco reads past the end of its list here; anything may happen.
            let text = "Fields and comps lists must have equal length";
            Err(Box::new(fail(exception, at, say::no_default_comparison(), text)))
        }
    }
}

/// The dialect of the course has one comparison more, `not in`: what stands before the field, and what behind it.
fn negated(
    exception: &ExceptionDef,
    comp: Text,
    dialect: Dialect,
    out: &mut Vec<Diagnostic>,
) -> (&'static str, Text) {
    if dialect != Dialect::Course || comp.as_str() != NOT_IN {
        return ("", comp);
    }
    let whole = TextRange::new(0, comp.len());
    if exception.unchecked {
        // Falco sees it only when it reads the condition.
        let falco = condition::parse("x.y not in (z)").error.map(|error| error.falco).unwrap_or_default();
        let at = comp.locate(whole).unwrap_or(exception.name_at);
        let spot = Spot { at, ..exception.spot.clone() };
        out.push(not_in(&spot, ("LOAD_ERR_COMPILE_CONDITION", &falco)));
    }
    ("not ", comp.slice(TextRange::new(whole.end - "in".len() as u32, whole.end)))
}

fn trimmed(text: &Text) -> Text {
    let string = text.as_str();
    let blank = [' ', '\t', '\r', '\n'];
    let start = string.len() - string.trim_start_matches(blank).len();
    let end = string.trim_end_matches(blank).len();
    text.slice(crate::text::TextRange::from_usize(start, end))
}

/// As Falco does: a text with a blank is put in double quotes unless it begins with a quote.
fn quoted(text: &Text, glue: Origin) -> Text {
    let string = text.as_str();
    if !string.contains(' ') || string.starts_with(['"', '\'']) {
        return text.clone();
    }
    let mut out = Text::new();
    out.push("\"", glue);
    out.push_text(text);
    out.push("\"", glue);
    out
}

fn value_text(value: &Entry, comp: &str, glue: Origin) -> Text {
    let mut out = Text::new();
    match value {
        Entry::Many(items, _) => {
            out.push("(", glue);
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(", ", glue);
                }
                if let Some(text) = item.scalar() {
                    out.push_text(&quoted(text, glue));
                }
            }
            out.push(")", glue);
        }
        Entry::One(text, _) if compares_list(comp) => {
            let bare = !text.as_str().starts_with('(');
            if bare {
                out.push("(", glue);
            }
            out.push_text(text);
            if bare {
                out.push(")", glue);
            }
        }
        Entry::One(text, _) => return quoted(text, glue),
        Entry::Nothing => {}
    }
    out
}

/// A value of a tuple at `row`.
fn cell(value: &Entry, row: Loc) -> Cell {
    let at = value.at().unwrap_or(row);
    match value {
        Entry::Many(items, _) => Cell::Many(items.iter().map(|item| item.text().into()).collect(), at),
        one => Cell::One(one.text().into(), at),
    }
}

fn shown(value: &Entry) -> String {
    match value {
        Entry::Nothing => "~".to_owned(),
        Entry::One(text, _) => one_line(text.as_str()),
        Entry::Many(items, _) => {
            let items: Vec<_> = items.iter().map(|item| one_line(item.text())).collect();
            format!("[{}]", items.join(", "))
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn glued(text: &str, glue: Origin) -> Text {
    let mut out = Text::new();
    out.push(text, glue);
    out
}
