//! Reads the `exceptions` of a rule item, and checks what can be checked before the condition is compiled (sheet
//! `exceptions`, sections 1, 2 and 4).

use super::decode::{Reading, VALIDATE, YAML_VALIDATE};
use super::definitions::{Entry, ExceptionDef, RuleDef, Spot};
use super::{negated_exception, syntax, types};
use crate::catalog::keys::EXCEPTION_KEYS;
use crate::catalog::messages::{course, items as say};
use crate::catalog::operators::{Modifier, Operator, Shape};
use crate::catalog::{Dialect, FieldKey, FieldProblem, Scope, codes, suggest};
use crate::parse::ast::{Check, NodeKind};
use crate::parse::condition;
use crate::parse::node::{YamlId, YamlKind};
use crate::text::{Applicability, Diagnostic, Fix, Loc, Severity, Text};

/// What the exceptions are read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// A full definition.
    Define,
    /// An append, deprecated or by override: `fields` may be absent.
    Append,
    /// A replacing override, which checks nothing.
    Replace,
}

/// Reads the exceptions; none after an error.
pub(super) fn read(reading: &mut Reading<'_>, id: YamlId, rule: &Spot, mode: Mode) -> Vec<ExceptionDef> {
    let Some(value) = reading.value(id, "exceptions").filter(|value| !reading.yaml.is_null(*value)) else {
        return Vec::new();
    };
    let all = reading.inner(rule, "exceptions", "", value);
    let Some(items) = reading.yaml.sequence(value).map(<[YamlId]>::to_vec) else {
        let spot = Spot { at: reading.loc(value), ..all };
        let text = "Rule exceptions must be a sequence";
        reading.error(spot.problem(&codes::BAD_EXCEPTION, say::exceptions_not_list(), (YAML_VALIDATE, text)));
        return Vec::new();
    };
    let mut out: Vec<ExceptionDef> = Vec::with_capacity(items.len());
    for item in items {
        let Some(exception) = exception(reading, item, (rule, &all), mode) else { continue };
        if let Some(first) = out.iter().find(|other| other.name == exception.name) {
            let text = format!("Multiple definitions of exception '{}' in the same rule", exception.name);
            let falco = ("LOAD_EXCEPTION_NAME_NOT_UNIQUE", text.as_str());
            let message = say::exception_twice(&exception.name);
            let problem = exception.spot.problem(&codes::DUPLICATE_EXCEPTION, message, falco);
            reading.warn(problem.related(first.name_at, say::exception_twice(&exception.name)));
        }
        if mode == Mode::Append && exception.values.is_none() {
            let falco = ("LOAD_APPEND_NO_VALUES", "Overriding/appending exception with no values");
            reading.warn(exception.spot.problem(&codes::EXCEPTION_NO_VALUES, say::append_no_values(), falco));
        }
        out.push(exception);
    }
    out
}

/// Reads one of the exceptions of a rule, given the places of both.
fn exception(
    reading: &mut Reading<'_>,
    id: YamlId,
    (rule, all): (&Spot, &Spot),
    mode: Mode,
) -> Option<ExceptionDef> {
    let at = if reading.yaml.is_null(id) { rule.at } else { reading.loc(id) };
    let unnamed = Spot { at, ..reading.inner(all, "exception", "", id) };
    if reading.yaml.mapping(id).is_none() {
        let text = "Rule exception must be a mapping";
        reading.error(unnamed.problem(
            &codes::BAD_EXCEPTION,
            say::exception_not_mapping(),
            (YAML_VALIDATE, text),
        ));
        return None;
    }
    unknown_keys(reading, id);
    let (name, name_id) = reading.text(id, "name", &unnamed)?;
    let name = name.as_str().to_owned();
    // As Falco does: once its name is known, an exception lies in its rule.
    let spot = Spot { at: reading.loc(name_id), ..reading.inner(rule, "exception", &name, id) };
    let fields = match reading.value(id, "fields") {
        Some(value) => entry(reading, value, &spot, "fields")?.unless_empty(),
        None if mode == Mode::Append => Entry::Nothing,
        None => {
            let text = "Item has no mapping for key 'fields'";
            reading.error(spot.problem(
                &codes::MISSING_KEY,
                say::exception_without_fields(),
                (YAML_VALIDATE, text),
            ));
            return None;
        }
    };
    let comps = match reading.value(id, "comps") {
        Some(value) => entry(reading, value, &spot, "comps")?.unless_empty(),
        None => Entry::Nothing,
    };
    let values = match reading.value(id, "values") {
        None => None,
        Some(value) => {
            let at = reading.key_loc(id, "values");
            let values_spot = Spot { at, ..reading.inner(&spot, "exception values", "", value) };
            let Some(items) = reading.yaml.sequence(value).map(<[YamlId]>::to_vec) else {
                let text = "Rule exception values must be a sequence";
                reading.error(values_spot.problem(
                    &codes::BAD_EXCEPTION,
                    say::values_not_list(),
                    (YAML_VALIDATE, text),
                ));
                return None;
            };
            let mut values = Vec::with_capacity(items.len());
            for item in items {
                values.push(entry(reading, item, &values_spot, "values")?);
            }
            Some(values)
        }
    };
    let name_at = spot.at;
    Some(ExceptionDef {
        name,
        name_at,
        spot,
        fields,
        comps,
        values,
        unchecked: mode == Mode::Replace,
        broken: false,
    })
}

/// Falco ignores unknown keys of exceptions without a word, so that a misspelt `values` excludes nothing.
fn unknown_keys(reading: &mut Reading<'_>, id: YamlId) {
    let yaml = reading.yaml;
    for (key, _) in yaml.mapping(id).unwrap_or_default() {
        let Some(written) = yaml.key_text(*key).filter(|written| !EXCEPTION_KEYS.contains(written)) else {
            continue;
        };
        let at = reading.loc(*key);
        let mut problem = Diagnostic::new(&codes::UNKNOWN_KEY, at, say::unknown_key(written));
        if let Some(near) = suggest::closest(written, EXCEPTION_KEYS.iter().copied()) {
            problem = problem.fix(Fix::replace(say::rename_key(near), at, near, Applicability::Unsafe));
        }
        reading.warn(problem);
    }
}

/// A scalar or a nested sequence below `key`, in what is at `outer`; anything else counts as nothing. `None` after an
/// error.
fn entry(reading: &mut Reading<'_>, id: YamlId, outer: &Spot, key: &'static str) -> Option<Entry> {
    let loc = reading.loc(id);
    let spot = |reading: &Reading<'_>| match outer.kind() {
        "exception values" => {
            let value = reading.inner(outer, "exception value", "", id);
            reading.value_spot(&value, "", id)
        }
        "value for" => reading.value_spot(outer, "", id),
        _ => reading.value_spot(outer, key, id),
    };
    Some(match &reading.yaml.node(id).kind {
        YamlKind::Scalar { value, .. } if value.is_empty() => {
            let falco = (YAML_VALIDATE, "Value must be non-empty");
            let problem = spot(reading).problem(&codes::BAD_EXCEPTION, say::empty_text(key), falco);
            reading.error(problem);
            return None;
        }
        YamlKind::Scalar { .. } => Entry::One(reading.scalar_text(id), loc),
        YamlKind::Sequence(items) => {
            let items = items.clone();
            let mut entries = Vec::with_capacity(items.len());
            let spot = spot(reading);
            for item in items {
                entries.push(entry(reading, item, &spot, key)?);
            }
            Entry::Many(entries, loc)
        }
        _ => Entry::Nothing,
    })
}

/// Checks the exceptions of the definition `rule`, and adds the comparisons that Falco takes where none are given.
pub(super) fn validate(
    reading: &mut Reading<'_>,
    rule: YamlId,
    exceptions: &mut [ExceptionDef],
    source: &str,
    source_known: bool,
) {
    let scope = Scope { source, dialect: reading.dialect, statics: reading.statics };
    for exception in exceptions {
        let mut found = Vec::new();
        let checked = check(exception, scope, source_known, &mut found);
        exception.broken = checked.is_err();
        found.extend(checked.err().map(|problem| *problem));
        for mut problem in found {
            if exception.is_negated_at(problem.at) {
                let whole = ExceptionDef { broken: false, ..exception.clone() };
                problem.fixes.extend(negated_exception::move_to_condition(reading, rule, &whole));
            }
            match problem.severity {
                Severity::Error => reading.error(problem),
                _ => reading.warn(problem),
            }
        }
    }
}

type Checked = Result<(), Box<Diagnostic>>;

/// The comparison that only the dialect of the course has.
pub(super) const NOT_IN: &str = "not in";

/// `not in`, with Falco's code and text.
pub(super) fn not_in(spot: &Spot, falco: (&'static str, &str)) -> Diagnostic {
    spot.problem(&codes::COURSE_DIALECT, course::not_in(), falco)
        .note(course::not_in_means())
        .note(say::negate_elsewhere())
}

/// Checks an exception. What Falco refuses and the dialect accepts is added to `out`.
fn check(
    exception: &ExceptionDef,
    scope: Scope<'_>,
    source_known: bool,
    out: &mut Vec<Diagnostic>,
) -> Checked {
    let fail = |at: Option<Loc>, message, text: &str| {
        let spot = Spot { at: at.unwrap_or(exception.spot.at), ..exception.spot.clone() };
        Box::new(spot.problem(&codes::BAD_EXCEPTION, message, (VALIDATE, text)))
    };
    match &exception.fields {
        Entry::Nothing => {
            let text = "Rule exception item must have fields property with a list of fields";
            Err(fail(None, say::exception_without_fields(), text))
        }
        Entry::Many(fields, at) => {
            let comps: &[Entry] = match &exception.comps {
                Entry::Nothing => &[],
                Entry::Many(comps, _) if comps.len() == fields.len() => comps,
                other => {
                    let count = match other {
                        Entry::Many(comps, _) => comps.len(),
                        _ => 1,
                    };
                    let message = say::lengths_differ(fields.len().to_string(), count.to_string());
                    return Err(fail(
                        other.at().or(Some(*at)),
                        message,
                        "Fields and comps lists must have equal length",
                    ));
                }
            };
            for comp in comps {
                let text = comp.text().trim_matches([' ', '\t', '\r', '\n']).to_owned();
                let falco = format!("'{text}' is not a supported comparison operator");
                if scope.is_course() && text == NOT_IN {
                    let at = comp.at().unwrap_or(exception.spot.at);
                    let spot = Spot { at, ..exception.spot.clone() };
                    out.push(not_in(&spot, (VALIDATE, &falco)));
                } else if !is_comparison(&text) {
                    let mut problem = fail(comp.at(), say::unknown_comparison(&text), &falco);
                    if text.starts_with("not ") || text.starts_with("not_") {
                        problem.notes.push(say::negate_elsewhere());
                        problem.notes.extend((text == NOT_IN).then(course::evaluated));
                    } else if let (Some(at), Some(near)) =
                        (comp.at(), suggest::closest(&text, all_comparisons()))
                    {
                        problem.fixes.push(Fix::replace(
                            say::replace_with(near),
                            at,
                            near,
                            Applicability::Unsafe,
                        ));
                    }
                    return Err(problem);
                }
            }
            fields.iter().try_for_each(|field| check_field(field, exception, scope, source_known, out))
        }
        Entry::One(..) => {
            match &exception.comps {
                Entry::Nothing => {}
                Entry::Many(_, at) => {
                    return Err(fail(
                        Some(*at),
                        say::comps_must_be_single(),
                        "Fields and comps must both be strings",
                    ));
                }
                Entry::One(comp, at) => {
                    let text = comp.as_str().trim_matches([' ', '\t', '\r', '\n']);
                    let falco = "When fields is a single value, comps must be one of (in, pmatch, intersects) or a modifier operator (e.g. startswith oneof)";
                    if scope.is_course() && text == NOT_IN {
                        let spot = Spot { at: *at, ..exception.spot.clone() };
                        out.push(not_in(&spot, (VALIDATE, falco)));
                    } else if !(takes_list(text) || is_modified(text)) {
                        return Err(fail(Some(*at), say::single_field_comparison(text), falco));
                    }
                }
            }
            check_field(&exception.fields, exception, scope, source_known, out)
        }
    }
}

fn all_comparisons() -> impl Iterator<Item = &'static str> {
    Operator::ALL.iter().map(|operator| operator.text())
}

fn is_comparison(text: &str) -> bool {
    all_comparisons().any(|comparison| comparison == text) || is_modified(text)
}

/// A comparison, one blank, a modifier.
fn is_modified(text: &str) -> bool {
    let shape = |base| Operator::ALL.iter().any(|op| op.text() == base && op.shape() == Shape::Text);
    let modifier = |word| Modifier::ALL.iter().any(|modifier| modifier.text() == word);
    text.split_once(' ').is_some_and(|(base, word)| shape(base) && modifier(word))
}

/// A comparison with a list, without modifier.
fn takes_list(text: &str) -> bool {
    Operator::ALL.iter().any(|op| op.text() == text && op.shape() == Shape::List)
}

/// Whether a comparison as written takes a list of values.
pub fn compares_list(text: &str) -> bool {
    takes_list(text) || is_modified(text)
}

fn check_field(
    field: &Entry,
    exception: &ExceptionDef,
    scope: Scope<'_>,
    source_known: bool,
    out: &mut Vec<Diagnostic>,
) -> Checked {
    if !source_known {
        return Ok(());
    }
    let Err(refused) = check_field_in(field, exception, scope.in_falco()) else { return Ok(()) };
    if scope.is_course() && check_field_in(field, exception, scope).is_ok() {
        let text = field.scalar().cloned().unwrap_or_default();
        let problems =
            field_check(field.text(), scope.dialect).map(|check| types::course::of_check(&check, scope));
        out.extend(problems.iter().flatten().map(|problem| syntax::field_problem(problem, &text, &refused)));
        return Ok(());
    }
    Err(refused)
}

fn check_field_in(field: &Entry, exception: &ExceptionDef, scope: Scope<'_>) -> Checked {
    let text = field.text();
    let at = field.at().unwrap_or(exception.spot.at);
    let unsupported = |spot: Spot, falco: &str| {
        let message = say::exception_field(text);
        let problem = spot.problem(&codes::BAD_EXCEPTION, message, (VALIDATE, falco));
        Err(Box::new(advise(problem, field, scope)))
    };
    let not_supported = format!("'{text}' is not a supported filter field");
    let spot = Spot { at, ..exception.spot.clone() };
    if text.contains('(') {
        let check = field_check(text, scope.dialect);
        let good = check.is_some_and(|check| types::check(&check, scope).is_ok());
        return if good { Ok(()) } else { unsupported(spot, &not_supported) };
    }
    match FieldKey::parse(text, scope) {
        Ok(_) => Ok(()),
        Err(FieldProblem::Unknown) => unsupported(spot, &not_supported),
        // As Falco does: a look-up that fails, instead of finding nothing, is an error of the whole file.
        Err(problem) => unsupported(Reading::file_spot(at), &problem.falco(text)),
    }
}

/// A check that asks only for the field.
fn field_check(text: &str, dialect: Dialect) -> Option<Check> {
    let parsed = condition::parse_as(&format!("{text} exists"), dialect);
    match parsed.condition.node(parsed.condition.root).map(|node| &node.kind) {
        Some(NodeKind::Check(check)) => Some((**check).clone()),
        _ => None,
    }
}

/// Adds what would be said of the field in a condition: why it is none, and what is probably meant.
fn advise(mut problem: Diagnostic, field: &Entry, scope: Scope<'_>) -> Diagnostic {
    let refused = field_check(field.text(), Dialect::Course)
        .and_then(|check| types::operand(&check.left, scope).err())
        .and_then(|problems| problems.into_iter().next());
    if let (Some(refused), Some(text)) = (refused, field.scalar()) {
        problem.notes.extend(refused.notes);
        let suggestion = refused.suggestion;
        let fix = suggestion.and_then(|it| syntax::fix(text, it.at, &it.insert, it.title));
        problem.fixes.extend(fix);
    }
    problem
}

/// Adds the exceptions of an appending item to a rule, by name.
pub(super) fn append(reading: &mut Reading<'_>, rule: &mut RuleDef, exceptions: Vec<ExceptionDef>) {
    for new in exceptions {
        let fail = |text: &str, message| new.spot.problem(&codes::BAD_EXCEPTION, message, (VALIDATE, text));
        let given = |entry: &Entry| !matches!(entry, Entry::Nothing);
        let Some(old) = rule.exceptions.iter_mut().find(|old| old.name == new.name) else {
            let problem = if !given(&new.fields) {
                Some(fail(
                    "Rule exception must have fields property with a list of fields",
                    say::exception_without_fields(),
                ))
            } else if new.values.as_ref().is_none_or(Vec::is_empty) {
                Some(fail(
                    "Rule exception must have values property with a list of values",
                    say::exception_without_values(),
                ))
            } else {
                let (dialect, statics) = (reading.dialect, reading.statics);
                let scope = Scope { source: &rule.source, dialect, statics };
                check(&new, scope, rule.source_known, reading.out).err().map(|problem| *problem)
            };
            match problem {
                Some(problem) => return reading.error(problem),
                None => rule.exceptions.push(new),
            }
            continue;
        };
        let problem = if given(&new.fields) {
            Some(fail(
                "Can not append exception fields to existing exception, only values",
                say::append_fields("fields"),
            ))
        } else if given(&new.comps) {
            Some(fail(
                "Can not append exception comps to existing exception, only values",
                say::append_fields("comps"),
            ))
        } else {
            None
        };
        if let Some(problem) = problem {
            return reading.error(problem.related(old.name_at, say::repeats_rule()));
        }
        old.values.get_or_insert_default().extend(new.values.unwrap_or_default());
    }
}

impl ExceptionDef {
    /// Whether `not in` is the comparison at this place.
    fn is_negated_at(&self, at: Loc) -> bool {
        let is = |comp: &Entry| comp.at() == Some(at) && comp.text().trim() == NOT_IN;
        match &self.comps {
            Entry::Many(comps, _) => comps.iter().any(is),
            one => is(one),
        }
    }
}

impl Entry {
    /// As Falco does: an empty sequence of fields or comparisons counts as not given.
    fn unless_empty(self) -> Self {
        match self {
            Self::Many(items, _) if items.is_empty() => Self::Nothing,
            other => other,
        }
    }

    /// Where it stands.
    pub(super) fn at(&self) -> Option<Loc> {
        match self {
            Self::Nothing => None,
            Self::One(_, at) | Self::Many(_, at) => Some(*at),
        }
    }

    /// The text of a scalar.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::One(text, _) => text.as_str(),
            Self::Nothing | Self::Many(..) => "",
        }
    }

    /// The scalar as a text with places.
    pub(super) fn scalar(&self) -> Option<&Text> {
        match self {
            Self::One(text, _) => Some(text),
            Self::Nothing | Self::Many(..) => None,
        }
    }
}
