//! An item `rule`: full definition, short enable form, `append: true`, `override` (sheet `rules-format`, section 3).

use super::collect::join;
use super::decode::{Reading, VALIDATE, YAML_VALIDATE};
use super::definitions::{Definitions, RuleDef, Spot};
use super::exception_item;
use super::override_keys::{self, Keys};
use super::repeated_rule;
use super::ruleset::RulePart;
use crate::catalog::messages::items as say;
use crate::catalog::{SYSCALL, codes, priorities, suggest};
use crate::parse::node::YamlId;
use crate::report::{KeyChange, Priority};
use crate::text::{Applicability, Fix, Loc, Text, TextRange, insert};

/// Reads an item `rule`. Gives its place once its name is known.
pub(super) fn rule(reading: &mut Reading<'_>, defs: &mut Definitions, id: YamlId, at: Loc) -> Option<Spot> {
    let unnamed = reading.spot("rule", "", id, at);
    let (name, name_id) = reading.text(id, "rule", &unnamed)?;
    let name = name.as_str().to_owned();
    let spot = unnamed.named(&name, reading.loc(name_id));
    let item = Item { id, spot: &spot };
    // As Falco does: a source of the wrong shape is found first, an empty one only in a full definition.
    let source_given = reading.value(id, "source").filter(|value| !reading.yaml.is_null(*value));
    if let Some(value) = source_given
        && reading.yaml.scalar(value) != Some("")
    {
        reading.scalar(id, "source", value, &spot)?;
    }
    let Some(keys) = override_keys::keys(reading, id, &spot, "rule") else {
        break_rule(defs, spot.name());
        return Some(spot);
    };
    let before = reading.errors;
    if let Some(keys) = repeated_rule::implied(reading, defs, id, &spot, &keys) {
        change(reading, defs, &item, &keys);
    } else if keys.any() {
        change(reading, defs, &item, &keys);
    } else if keys.deprecated {
        append(reading, defs, &item);
    } else if ["condition", "output", "desc", "priority"].iter().all(|key| reading.value(id, key).is_none()) {
        enable(reading, defs, &item);
        // The item is no definition of its own: nothing is broken by it.
        return Some(spot);
    } else {
        define(reading, defs, &item);
        return Some(spot);
    }
    if reading.errors > before {
        break_rule(defs, spot.name());
    }
    Some(spot)
}

/// The keys that make a rule what it is, in the order in which people write them.
const KEYS: &[&str] = &[
    "desc",
    "condition",
    "output",
    "priority",
    "source",
    "tags",
    "enabled",
    "exceptions",
    "warn_evttypes",
    "skip-if-unknown-filter",
];

struct Item<'a> {
    id: YamlId,
    spot: &'a Spot,
}

/// What an item says about the keys of its rule.
fn part(
    reading: &Reading<'_>,
    item: &Item<'_>,
    change: impl Fn(&'static str) -> Option<KeyChange>,
) -> RulePart {
    let key = |key: &'static str| {
        let value = reading.value(item.id, key)?;
        Some((key, change(key)?, reading.key_loc(item.id, key).cover(reading.loc(value))))
    };
    RulePart { name_at: item.spot.at, keys: KEYS.iter().filter_map(|name| key(name)).collect() }
}

fn break_rule(defs: &mut Definitions, name: &str) {
    if let Some(rule) = defs.rule_mut(name) {
        rule.broken = true;
    }
}

fn define(reading: &mut Reading<'_>, defs: &mut Definitions, item: &Item<'_>) {
    let (id, spot) = (item.id, item.spot);
    let (before, said) = (reading.errors, reading.out.len());
    let condition = reading.text(id, "condition", spot);
    let output = reading.text(id, "output", spot);
    let desc = reading.text(id, "desc", spot);
    let priority = priority(reading, item, true);
    let source = match reading.value(id, "source") {
        Some(value) => reading.scalar(id, "source", value, spot).map(|(text, _)| text.as_str().to_owned()),
        None => Some(SYSCALL.to_owned()),
    };
    let enabled = reading.boolean(id, "enabled", spot).ok().flatten();
    // Checked only: what a capture records is no verdict.
    let _ = reading.boolean(id, "capture", spot);
    let _ = reading.number(id, "capture_duration", spot);
    let warn_evttypes = reading.boolean(id, "warn_evttypes", spot).ok().flatten();
    let skip_if_unknown = reading.boolean(id, "skip-if-unknown-filter", spot).ok().flatten();
    let tags = tags(reading, id, spot).unwrap_or_default();
    let mut exceptions = exception_item::read(reading, id, spot, exception_item::Mode::Define);
    let source = source.unwrap_or_else(|| SYSCALL.to_owned());
    let source_known = crate::catalog::fields::sources().contains(&source.as_str());
    exception_item::validate(reading, id, &mut exceptions, &source, source_known);
    if reading.errors == before
        && let Some(earlier) = defs.rule(spot.name())
        && earlier.source != source
    {
        let text = "Rule has been re-defined with a different source";
        let message = say::source_changed(&earlier.source, &source);
        let problem = spot.problem(&codes::SOURCE_CHANGED, message, (VALIDATE, text));
        reading.error(problem.related(earlier.name_at, say::repeats_rule()));
    }
    if !source_known {
        let text = format!("Unknown source {source}, skipping");
        let at = reading.value(id, "source").map_or(spot.at, |value| reading.loc(value));
        let spot = Spot { at, ..spot.clone() };
        let mut problem = spot.problem(
            &codes::UNKNOWN_SOURCE,
            say::unknown_source(&source),
            ("LOAD_UNKNOWN_SOURCE", &text),
        );
        if let Some(near) = suggest::closest(&source, crate::catalog::fields::sources().iter().copied()) {
            problem = problem.fix(Fix::replace(say::replace_with(near), at, near, Applicability::Unsafe));
        }
        reading.warn(problem);
    }
    let broken = reading.errors > before;
    if broken {
        repeated_rule::suggest_override(reading, defs, item.id, item.spot, said);
    }
    let key_spot = |reading: &Reading<'_>, kind, value: &Option<(Text, YamlId)>| match value {
        Some((_, value)) => Spot { at: reading.loc(*value), ..reading.inner(spot, kind, "", *value) },
        None => spot.clone(),
    };
    let new = RuleDef {
        name: spot.name().to_owned(),
        name_at: spot.at,
        condition_spot: key_spot(reading, "rule condition", &condition),
        output_spot: key_spot(reading, "rule output", &output),
        spot: spot.clone(),
        source,
        source_known,
        priority: priority.unwrap_or(Priority::Debug),
        condition: condition.map(|(text, _)| text).unwrap_or_default(),
        output: output.map(|(text, _)| trimmed(&text)).unwrap_or_default(),
        desc: desc.map(|(text, _)| text.as_str().to_owned()).unwrap_or_default(),
        tags,
        enabled: enabled.unwrap_or(true),
        warn_evttypes: warn_evttypes.unwrap_or(true),
        skip_if_unknown: skip_if_unknown.unwrap_or(false),
        exceptions,
        broken,
        last_file: reading.file.0,
        parts: vec![part(reading, item, |_| Some(KeyChange::Defines))],
    };
    // A repetition that is no definition must not take the healthy rule of that name away.
    if !(broken && defs.rule(spot.name()).is_some()) {
        defs.define_rule(new);
    }
}

/// As Falco does: the output of a definition is trimmed, one that replaces it is not.
fn trimmed(text: &Text) -> Text {
    let string = text.as_str();
    let start = string.len() - string.trim_ascii_start().len();
    let end = string.trim_ascii_end().len();
    text.slice(TextRange::from_usize(start, end))
}

fn priority(reading: &mut Reading<'_>, item: &Item<'_>, required: bool) -> Option<Priority> {
    if !required && reading.value(item.id, "priority").is_none() {
        return None;
    }
    let (text, value) = reading.text(item.id, "priority", item.spot)?;
    if let Some(priority) = priorities::find(text.as_str()) {
        return Some(priority);
    }
    let at = reading.loc(value);
    let spot = Spot { at, ..reading.inner(item.spot, "rule priority", "", value) };
    let message = say::invalid_priority(text.as_str());
    let mut problem = spot
        .problem(&codes::INVALID_PRIORITY, message, (YAML_VALIDATE, "Invalid priority"))
        .note(say::priorities());
    if let Some(near) = priorities::meant(text.as_str()) {
        problem = problem.fix(Fix::replace(say::replace_with(near), at, near, Applicability::Unsafe));
    }
    reading.error(problem);
    None
}

fn tags(reading: &mut Reading<'_>, id: YamlId, spot: &Spot) -> Option<Vec<String>> {
    let tags = reading.scalars(id, "tags", spot).ok()??;
    let mut sorted = Vec::new();
    for (tag, _) in tags {
        insert(&mut sorted, tag.into());
    }
    Some(sorted)
}

/// The short form that sets only `enabled`.
fn enable(reading: &mut Reading<'_>, defs: &mut Definitions, item: &Item<'_>) {
    let (id, spot) = (item.id, item.spot);
    let Some(value) = reading.value(id, "enabled") else {
        let said = reading.out.len();
        reading.text(id, "enabled", spot);
        repeated_rule::suggest_override(reading, defs, item.id, item.spot, said);
        return;
    };
    let Some(enabled) = reading.boolean(id, "enabled", spot).ok().flatten() else { return };
    let text = "The standalone 'enabled' key usage is deprecated. The correct approach requires also a 'replace' entry under the 'override' key (i.e. 'enabled: replace').";
    let at = reading.key_loc(id, "enabled").cover(reading.loc(value));
    let deprecated = Spot { at, ..spot.clone() };
    let falco = ("LOAD_DEPRECATED_ITEM", text);
    let mut problem = deprecated.problem(&codes::DEPRECATED_ENABLED, say::deprecated_enabled(), falco);
    if let Some(at) = reading.plain_entry(id, "enabled") {
        let end = Loc::new(at.source, crate::text::Span::new(at.span.end, at.span.end));
        let between = if reading.loc(id).span.slice(reading.text).starts_with('{') {
            ", ".to_owned()
        } else {
            let line = reading.lines.line_start(reading.lines.line(at.span.start));
            format!("\n{}", " ".repeat((at.span.start - line) as usize))
        };
        let insert = format!("{between}override: {{enabled: replace}}");
        problem = problem.fix(Fix::replace(say::use_override_entry(), end, insert, Applicability::Safe));
    }
    reading.warn(problem);
    if let Some(rule) = defs.rule_mut(spot.name()) {
        rule.enabled = enabled;
        rule.parts.push(part(reading, item, |key| (key == "enabled").then_some(KeyChange::Replaces)));
    } else {
        let text = "Rule has 'enabled' key but no rule by that name already exists";
        nothing_to_change(reading, defs, spot, text);
    }
}

/// There is no rule of that name; there may be one of a similar name.
fn nothing_to_change(reading: &mut Reading<'_>, defs: &Definitions, spot: &Spot, text: &str) {
    let message = say::nothing_to_change("rule", spot.name());
    let mut problem = spot.problem(&codes::NOTHING_TO_CHANGE, message, (VALIDATE, text));
    if let Some(near) = suggest::closest(spot.name(), defs.rules.iter().map(|rule| rule.name.as_str())) {
        problem = problem.fix(Fix::replace(say::replace_with(near), spot.at, near, Applicability::Unsafe));
    }
    reading.error(problem);
}

const NO_RULE_TO_APPEND: &str =
    "Rule uses 'append' or 'override.<key>: append' but no rule by that name already exists";

/// `append: true`: only condition and exceptions count.
fn append(reading: &mut Reading<'_>, defs: &mut Definitions, item: &Item<'_>) {
    let (id, spot) = (item.id, item.spot);
    let before = reading.errors;
    let condition = match reading.value(id, "condition") {
        Some(value) => reading.scalar(id, "condition", value, spot),
        None => None,
    };
    let exceptions = if reading.errors == before {
        exception_item::read(reading, id, spot, exception_item::Mode::Append)
    } else {
        Vec::new()
    };
    if reading.errors > before {
        return;
    }
    if defs.rule(spot.name()).is_none() {
        nothing_to_change(reading, defs, spot, NO_RULE_TO_APPEND);
        return;
    }
    let exceptions_given = reading.value(id, "exceptions").is_some();
    if condition.is_none() && !exceptions_given {
        let text = "Appended rule must have exceptions or condition property";
        reading.error(spot.problem(&codes::MISSING_KEY, say::append_without_parts(), (VALIDATE, text)));
        return;
    }
    if source_differs(reading, defs, item) {
        return;
    }
    let because = reading.key_loc(id, "condition");
    if let Some(rule) = defs.rule_mut(spot.name()) {
        if let Some((condition, _)) = condition {
            join(&mut rule.condition, &condition, because);
        }
        exception_item::append(reading, rule, exceptions);
        rule.last_file = reading.file.0;
        let appended = |key: &str| ["condition", "exceptions"].contains(&key).then_some(KeyChange::Appends);
        rule.parts.push(part(reading, item, appended));
    }
}

/// As Falco does: a source that is given must be that of the rule.
fn source_differs(reading: &mut Reading<'_>, defs: &Definitions, item: &Item<'_>) -> bool {
    let given = reading
        .value(item.id, "source")
        .and_then(|value| reading.yaml.scalar(value))
        .filter(|text| !text.is_empty());
    let Some((given, rule)) =
        given.zip(defs.rule(item.spot.name())).filter(|(given, rule)| *given != rule.source)
    else {
        return false;
    };
    let message = say::source_changed(&rule.source, given);
    let problem = item.spot.problem(
        &codes::SOURCE_CHANGED,
        message,
        (VALIDATE, "Rule has been re-defined with a different source"),
    );
    reading.error(problem);
    true
}

/// `override`: first all that is appended, then all that is replaced, in Falco's order.
fn change(reading: &mut Reading<'_>, defs: &mut Definitions, item: &Item<'_>, keys: &Keys) {
    let Some(appended) =
        parts(reading, item, &keys.append, "An append override", exception_item::Mode::Append)
    else {
        return;
    };
    if !keys.append.is_empty() {
        if defs.rule(item.spot.name()).is_none() {
            nothing_to_change(reading, defs, item.spot, NO_RULE_TO_APPEND);
            return;
        }
        if keys.append.contains(&"condition") && source_differs(reading, defs, item) {
            return;
        }
        apply_append(reading, defs, item, appended);
    }
    let before = reading.errors;
    let Some(replaced) =
        parts(reading, item, &keys.replace, "An replace override", exception_item::Mode::Replace)
    else {
        return;
    };
    if !keys.replace.is_empty() {
        if defs.rule(item.spot.name()).is_none() {
            let text = "An 'override.<key>: replace' to a rule was requested but no rule by that name already exists";
            nothing_to_change(reading, defs, item.spot, text);
            return;
        }
        if keys.replace.contains(&"condition") && source_differs(reading, defs, item) {
            return;
        }
        apply_replace(reading, defs, item, replaced);
    }
    let changes = |key: &str| match (keys.append.contains(&key), keys.replace.contains(&key)) {
        (true, _) => Some(KeyChange::Appends),
        (_, true) => Some(KeyChange::Replaces),
        _ => None,
    };
    let made_of = part(reading, item, changes);
    if let Some(rule) = defs.rule_mut(item.spot.name()) {
        rule.parts.push(made_of);
    }
    if reading.errors > before {
        return;
    }
    let named = |key: &&str| keys.append.contains(key) || keys.replace.contains(key);
    let unexpected =
        Keys::overridable().filter(|key| reading.value(item.id, key).is_some() && !named(key)).min();
    if let Some(key) = unexpected {
        let text = format!("Unexpected key '{key}': no corresponding entry under 'override' is defined.");
        let at = reading.key_loc(item.id, key);
        let key_id = reading.yaml.entry(item.id, key).map_or(item.id, |(key, _)| key);
        let spot = Spot { at, ..reading.inner(item.spot, "overrides", key, key_id) };
        let mut problem =
            spot.problem(&codes::BAD_OVERRIDE, say::key_without_override(key), (YAML_VALIDATE, &text));
        if let Some(fix) = add_entry(reading, item.id, key) {
            problem = problem.fix(fix);
        }
        reading.error(problem);
    }
}

/// Adds `key: replace` in front of the first entry of a flow mapping `override`.
fn add_entry(reading: &Reading<'_>, id: YamlId, key: &str) -> Option<Fix> {
    let value = reading.value(id, "override")?;
    let span = reading.yaml.node(value).span;
    let flow = span.slice(reading.text).starts_with('{');
    let at = Loc::new(reading.file, crate::text::Span::new(span.start + 1, span.start + 1));
    let title = say::add_key(format!("{key}: replace"));
    flow.then(|| Fix::replace(title, at, format!("{key}: replace, "), Applicability::Unsafe))
}

/// The values of the overridden keys.
#[derive(Default)]
struct Parts {
    condition: Option<Text>,
    exceptions: Option<Vec<super::definitions::ExceptionDef>>,
    output: Option<Text>,
    desc: Option<String>,
    tags: Option<Vec<String>>,
    priority: Option<Priority>,
    enabled: Option<bool>,
    warn_evttypes: Option<bool>,
    skip_if_unknown: Option<bool>,
}

/// Reads the values of `keys`, in Falco's order; `None` after an error.
fn parts(
    reading: &mut Reading<'_>,
    item: &Item<'_>,
    keys: &[&str],
    what: &str,
    mode: exception_item::Mode,
) -> Option<Parts> {
    let (id, spot) = (item.id, item.spot);
    let mut parts = Parts::default();
    let before = reading.errors;
    for key in Keys::overridable().filter(|key| keys.contains(key)) {
        if reading.value(id, key).is_none() {
            let text = format!("{what} for '{key}' was specified but '{key}' is not defined");
            let at = reading.key_loc(id, "override");
            let spot = Spot { at, ..spot.clone() };
            reading.error(spot.problem(
                &codes::BAD_OVERRIDE,
                say::override_without_key(key),
                (YAML_VALIDATE, &text),
            ));
            return None;
        }
        match key {
            "condition" => parts.condition = Some(reading.text(id, key, spot)?.0),
            "exceptions" => parts.exceptions = Some(exception_item::read(reading, id, spot, mode)),
            "output" => parts.output = Some(reading.text(id, key, spot)?.0),
            "desc" => parts.desc = Some(reading.text(id, key, spot)?.0.as_str().to_owned()),
            "tags" => parts.tags = Some(tags(reading, id, spot)?),
            "priority" => parts.priority = Some(priority(reading, item, true)?),
            "enabled" => parts.enabled = reading.boolean(id, key, spot).ok()?,
            "capture" => drop(reading.boolean(id, key, spot).ok()?),
            "capture_duration" => drop(reading.number(id, key, spot).ok()?),
            "warn_evttypes" => parts.warn_evttypes = reading.boolean(id, key, spot).ok()?,
            _ => parts.skip_if_unknown = reading.boolean(id, key, spot).ok()?,
        }
        if reading.errors > before {
            return None;
        }
    }
    Some(parts)
}

fn apply_append(reading: &mut Reading<'_>, defs: &mut Definitions, item: &Item<'_>, parts: Parts) {
    let file = reading.file.0;
    let at = |key| reading.key_loc(item.id, key);
    let (condition_at, output_at) = (at("condition"), at("output"));
    let Some(rule) = defs.rule_mut(item.spot.name()) else { return };
    rule.last_file = file;
    if let Some(condition) = parts.condition {
        join(&mut rule.condition, &condition, condition_at);
    }
    if let Some(output) = parts.output {
        join(&mut rule.output, &output, output_at);
    }
    if let Some(desc) = parts.desc {
        rule.desc.push(' ');
        rule.desc.push_str(&desc);
    }
    for tag in parts.tags.unwrap_or_default() {
        insert(&mut rule.tags, tag);
    }
    if let Some(exceptions) = parts.exceptions {
        exception_item::append(reading, rule, exceptions);
    }
}

fn apply_replace(reading: &Reading<'_>, defs: &mut Definitions, item: &Item<'_>, parts: Parts) {
    let Some(rule) = defs.rule_mut(item.spot.name()) else { return };
    rule.last_file = reading.file.0;
    // What was missing or wrong in the definition may be mended here; what is still wrong shows when it is resolved.
    rule.condition = parts.condition.unwrap_or_else(|| std::mem::take(&mut rule.condition));
    rule.output = parts.output.unwrap_or_else(|| std::mem::take(&mut rule.output));
    rule.desc = parts.desc.unwrap_or_else(|| std::mem::take(&mut rule.desc));
    rule.tags = parts.tags.unwrap_or_else(|| std::mem::take(&mut rule.tags));
    rule.exceptions = parts.exceptions.unwrap_or_else(|| std::mem::take(&mut rule.exceptions));
    rule.priority = parts.priority.unwrap_or(rule.priority);
    rule.enabled = parts.enabled.unwrap_or(rule.enabled);
    rule.warn_evttypes = parts.warn_evttypes.unwrap_or(rule.warn_evttypes);
    rule.skip_if_unknown = parts.skip_if_unknown.unwrap_or(rule.skip_if_unknown);
}
