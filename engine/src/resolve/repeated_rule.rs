//! A rule that is repeated with only some of its keys. Falco asks for the missing ones; what is meant is an `override`.

use super::decode::Reading;
use super::definitions::{Definitions, Spot};
use super::override_keys::Keys;
use crate::catalog::messages::{course, items as say};
use crate::catalog::{Dialect, codes};
use crate::parse::node::YamlId;
use crate::text::{Applicability, Diagnostic, Fix, Label, Loc, Span};

/// What every full definition has, in the order in which Falco looks for it.
const REQUIRED: [&str; 4] = ["condition", "output", "desc", "priority"];

/// The keys that a repetition gives, if it lacks one that a definition needs.
fn given(reading: &Reading<'_>, id: YamlId) -> Option<Vec<&'static str>> {
    let has = |key: &str| reading.value(id, key).is_some();
    let present: Vec<_> = Keys::overridable().filter(|key| has(key)).collect();
    let repeats = !REQUIRED.iter().all(|key| has(key)) && !present.is_empty() && !has("override");
    repeats.then_some(present)
}

/// The `override` that says the same, as a new line behind the name.
fn say_so(reading: &Reading<'_>, id: YamlId, given: &[&str]) -> Option<Fix> {
    let entries: Vec<_> = given.iter().map(|key| format!("{key}: replace")).collect();
    let (key, name) = reading.yaml.entry(id, "rule")?;
    let key_at = reading.yaml.node(key).span.start;
    let line = reading.lines.line(key_at);
    let indent = " ".repeat((key_at - reading.lines.line_start(line)) as usize);
    let end = reading.yaml.node(name).span.end;
    let at = Loc::new(reading.file, Span::new(end, end));
    let insert = format!("\n{indent}override: {{{}}}", entries.join(", "));
    Some(Fix::replace(say::use_override(), at, insert, Applicability::Unsafe))
}

/// Says once that an override is probably meant, instead of asking for every missing key. `said` counts the problems before
/// the item.
pub(super) fn suggest_override(
    reading: &mut Reading<'_>,
    defs: &Definitions,
    id: YamlId,
    spot: &Spot,
    said: usize,
) {
    let Some(earlier) = defs.rule(spot.name()).map(|rule| rule.name_at) else {
        // With neither of these it is hardly a rule of its own.
        let is_change = ["condition", "output"].iter().all(|key| reading.value(id, key).is_none());
        if let Some(problem) = reading.out.get_mut(said).filter(|_| is_change) {
            problem.notes.push(say::repeats_nothing(spot.name()));
        }
        return;
    };
    let mut advice = given(reading, id).and_then(|given| say_so(reading, id, &given));
    if advice.is_none() {
        return;
    }
    for mut problem in reading.out.split_off(said) {
        if problem.code.name == codes::MISSING_KEY.name && problem.at == spot.at {
            let Some(fix) = advice.take() else { continue };
            problem.notes.push(say::repeats_rule());
            problem.notes.push(course::evaluated());
            problem.fixes.insert(0, fix);
            problem.related.push(Label { at: earlier, message: say::repeats_rule() });
        }
        reading.out.push(problem);
    }
}

/// In the dialect of the course, a repetition that Falco refuses replaces what it gives.
pub(super) fn implied(
    reading: &mut Reading<'_>,
    defs: &Definitions,
    id: YamlId,
    spot: &Spot,
    keys: &Keys,
) -> Option<Keys> {
    if reading.dialect != Dialect::Course || keys.deprecated {
        return None;
    }
    let earlier = defs.rule(spot.name())?.name_at;
    let replace = given(reading, id)?;
    // With none of the four keys it is the short form, which Falco knows for `enabled`.
    let short = REQUIRED.iter().all(|key| reading.value(id, key).is_none());
    let needed: &[&str] = if short { &["enabled"] } else { &REQUIRED };
    let missing = *needed.iter().find(|key| reading.value(id, key).is_none())?;
    let (said, errors) = (reading.out.len(), reading.errors);
    reading.text(id, missing, spot);
    // Of an item that a syntax error cuts off, nobody knows what is missing.
    let refused = reading.out.split_off(said).into_iter().find_map(|refused| refused.falco);
    reading.errors = errors;
    let refused = refused?;
    let shown: Vec<_> = replace.iter().map(|key| format!("`{key}`")).collect();
    let mut problem = Diagnostic::new(&codes::COURSE_DIALECT, spot.at, course::repeated(shown.join(", ")))
        .related(earlier, say::repeats_rule());
    problem.falco = Some(refused);
    problem.fixes.extend(say_so(reading, id, &replace));
    reading.warn(problem);
    Some(Keys { replace, ..Keys::default() })
}
