//! Reads the items of a file in order, each taking effect at once (sheet `rules-format`, sections 1 to 7).

use super::decode::{Reading, VALIDATE, YAML_VALIDATE};
use super::definitions::{Definitions, ListDef, MacroDef, Spot};
use super::override_keys::{self, Change};
use super::ruleset::ListItem;
use super::versions;
use crate::catalog::codes;
use crate::catalog::keys::KINDS;
use crate::catalog::messages::items as say;
use crate::catalog::suggest;
use crate::parse::node::YamlId;
use crate::text::{Applicability, Diagnostic, Edit, Fix, Loc, Span};

/// How many items of each kind a file holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) rules: u32,
    pub(super) macros: u32,
    pub(super) lists: u32,
}

/// Reads all documents of a file. With `strict`, as Falco does, nothing is read after the first error.
pub(super) fn file(reading: &mut Reading<'_>, defs: &mut Definitions, strict: bool) -> Counts {
    let mut counts = Counts::default();
    let documents = &reading.yaml.documents;
    for (at, &document) in documents.iter().enumerate() {
        let stop = |reading: &Reading<'_>| strict && reading.errors > 0;
        if reading.yaml.is_null(document) {
            if at + 1 < documents.len() && at > 0 {
                dropped_documents(reading, documents.get(at + 1).copied());
            }
            break;
        }
        let Some(items) = reading.yaml.sequence(document) else {
            not_a_list(reading, document);
            if !strict && reading.yaml.mapping(document).is_some() {
                item(reading, defs, document, &mut counts);
            }
            break;
        };
        for &id in items {
            item(reading, defs, id, &mut counts);
            if stop(reading) {
                return counts;
            }
        }
    }
    counts
}

/// Everything behind an empty document is lost without a word in Falco.
fn dropped_documents(reading: &mut Reading<'_>, next: Option<YamlId>) {
    if let Some(next) = next {
        let at = reading.loc(next);
        reading.warn(Diagnostic::new(&codes::UNKNOWN_ITEM, at, say::documents_dropped()));
    }
}

fn not_a_list(reading: &mut Reading<'_>, document: YamlId) {
    let scalar = reading.yaml.scalar(document).is_some();
    let text =
        if scalar { "Rules content is not yaml" } else { "Rules content is not yaml array of objects" };
    let at = first_line(reading, document);
    let mut problem =
        Reading::file_spot(at).problem(&codes::NOT_A_RULES_FILE, say::not_yaml_list(), (YAML_VALIDATE, text));
    problem.fixes.extend(make_an_item(reading, document));
    reading.error(problem);
}

/// A mapping in the first column that would be an item if it began with `- `: indents its lines.
fn make_an_item(reading: &Reading<'_>, document: YamlId) -> Option<Fix> {
    KINDS.iter().find(|(key, ..)| reading.value(document, key).is_some())?;
    let span = reading.yaml.node(document).span;
    let lines = reading.lines.line(span.start)..=reading.lines.line(span.end);
    let mut edits = Vec::new();
    for line in lines {
        let start = reading.lines.line_start(line);
        if line == reading.lines.line(span.start) && start != span.start {
            return None;
        }
        let at = Loc::new(reading.file, Span::new(start, start));
        let insert = if start == span.start { "- " } else { "  " };
        edits.push(Edit { at, insert: insert.to_owned() });
    }
    Some(Fix { title: say::make_an_item(), edits, applicability: Applicability::Unsafe })
}

/// The first line of a node: enough to see what is meant.
fn first_line(reading: &Reading<'_>, id: YamlId) -> Loc {
    let span = reading.yaml.node(id).span;
    let line = span.slice(reading.text).lines().next().unwrap_or("").trim_end().len() as u32;
    Loc::new(reading.file, Span::new(span.start, span.start + line))
}

fn item(reading: &mut Reading<'_>, defs: &mut Definitions, id: YamlId, counts: &mut Counts) {
    if reading.yaml.is_null(id) {
        return;
    }
    let at = first_line(reading, id);
    let Some(entries) = reading.yaml.mapping(id) else {
        let spot = reading.spot("rules content item", "", id, at);
        let text = "Unexpected element type. Each element should be a yaml associative array.";
        reading.error(spot.problem(&codes::NOT_A_RULES_FILE, say::item_not_mapping(), (YAML_VALIDATE, text)));
        return;
    };
    if let Some((key, _)) = entries.iter().find(|(key, _)| reading.yaml.key_text(*key).is_none()) {
        let at = reading.loc(*key);
        let falco = ("LOAD_ERR_YAML_PARSE", &*reading.bad_conversion(*key));
        let problem = Reading::file_spot(at).problem(&codes::WRONG_SHAPE, say::key_not_text(), falco);
        reading.error(problem);
        return;
    }
    let Some((key, kind, known)) = KINDS.iter().find(|(key, ..)| reading.value(id, key).is_some()) else {
        if !reading.yaml.node(id).complete {
            return;
        }
        let spot = reading.spot("rules content item", "", id, at);
        let mut problem = spot.problem(
            &codes::UNKNOWN_ITEM,
            say::unknown_item(),
            ("LOAD_UNKNOWN_ITEM", "Unknown top level item"),
        );
        let kinds = || KINDS.iter().map(|(key, ..)| *key);
        let near = entries.iter().find_map(|(key, _)| {
            let near = suggest::closest(reading.yaml.key_text(*key)?, kinds())?;
            Some((reading.loc(*key), near))
        });
        if let Some((at, near)) = near {
            problem.at = at;
            problem = problem.fix(Fix::replace(say::rename_key(near), at, near, Applicability::Unsafe));
        }
        reading.warn(problem);
        return;
    };
    let before = reading.errors;
    let spot = match *key {
        "required_engine_version" => versions::engine(reading, id),
        "required_plugin_versions" => versions::plugins(reading, id),
        "list" => {
            counts.lists += 1;
            list(reading, defs, id, at)
        }
        "macro" => {
            counts.macros += 1;
            macro_(reading, defs, id, at)
        }
        _ => {
            counts.rules += 1;
            super::rule_item::rule(reading, defs, id, at)
        }
    };
    let spot = spot.unwrap_or_else(|| reading.spot(kind, "", id, at));
    if reading.errors == before {
        unknown_keys(reading, id, known, &spot);
    } else {
        // Falco has stopped before it looks at unknown keys; whoever mends the error wants to know all the same.
        let start = reading.out.len();
        unknown_keys(reading, id, known, &spot);
        reading.out.iter_mut().skip(start).for_each(|unknown| unknown.falco = None);
    }
}

fn unknown_keys(reading: &mut Reading<'_>, id: YamlId, known: &[&str], spot: &Spot) {
    let keys: Vec<YamlId> = reading.yaml.mapping(id).unwrap_or(&[]).iter().map(|(key, _)| *key).collect();
    let mut seen: Vec<&str> = Vec::new();
    let yaml = reading.yaml;
    for id in keys {
        let Some(key) = yaml.key_text(id) else { continue };
        if known.contains(&key) || seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let text = format!("Unknown key '{key}'. The key will be ignored.");
        let spot = Spot { at: reading.loc(id), ..spot.clone() };
        let mut problem =
            spot.problem(&codes::UNKNOWN_KEY, say::unknown_key(key), ("LOAD_UNKNOWN_KEY", &text));
        if let Some(near) = suggest::closest(key, known.iter().copied()) {
            problem = problem.fix(Fix::replace(say::rename_key(near), spot.at, near, Applicability::Unsafe));
        }
        reading.warn(problem);
    }
}

/// A deprecated `append: true`, with the `override` that says the same.
pub(super) fn deprecated_append(reading: &mut Reading<'_>, id: YamlId, spot: &Spot, keys: &[&str]) {
    let text = "'append' key is deprecated. Add an 'append' entry (e.g. 'condition: append') under 'override' instead.";
    let falco = ("LOAD_DEPRECATED_ITEM", text);
    let Some((key, value)) = reading.yaml.entry(id, "append") else { return };
    let at = reading.loc(key).cover(reading.loc(value));
    let mut problem =
        Spot { at, ..spot.clone() }.problem(&codes::DEPRECATED_APPEND, say::deprecated_append(), falco);
    let present: Vec<String> = keys
        .iter()
        .filter(|key| reading.value(id, key).is_some())
        .map(|key| format!("{key}: append"))
        .collect();
    if let Some(at) = reading.plain_entry(id, "append")
        && !present.is_empty()
        && reading.value(id, "override").is_none()
    {
        let insert = format!("override: {{{}}}", present.join(", "));
        problem = problem.fix(Fix::replace(say::use_override_entry(), at, insert, Applicability::Safe));
    }
    reading.warn(problem);
}

/// Whether a macro can have this name: as Falco's pattern `[a-zA-Z]+[a-zA-Z0-9_]*`.
pub fn is_macro_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether a list can have this name: as Falco's pattern `[^()"'[:space:]=,]+`.
pub fn is_list_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| "()\"'=, \t\n\r\u{b}\u{c}".contains(c))
}

fn macro_(reading: &mut Reading<'_>, defs: &mut Definitions, id: YamlId, at: Loc) -> Option<Spot> {
    let unnamed = reading.spot("macro", "", id, at);
    let (name, name_id) = reading.text(id, "macro", &unnamed)?;
    let name = name.as_str().to_owned();
    let name_at = reading.loc(name_id);
    let spot = unnamed.named(&name, name_at);
    if !is_macro_name(&name) {
        let text = "Macro has an invalid name. Macro names should match a regular expression: ([a-zA-Z]+[a-zA-Z0-9_]*)";
        let problem =
            spot.problem(&codes::INVALID_NAME, say::bad_macro_name(&name), ("LOAD_INVALID_MACRO_NAME", text));
        reading.warn(problem.note(say::macro_name_letters()));
    }
    let before = reading.errors;
    let change = override_keys::read(reading, id, &spot, "macro")?;
    let condition = reading.text(id, "condition", &spot);
    let Some((condition, condition_id)) = condition.filter(|_| reading.errors == before) else {
        if let Some(earlier) = defs.macro_mut(&name).filter(|_| change != Change::Define) {
            earlier.broken = true;
        }
        return Some(spot);
    };
    let condition_spot = reading.inner(&spot, "macro condition", "", condition_id);
    let condition_spot = Spot { at: reading.loc(condition_id), ..condition_spot };
    let time = defs.tick();
    if change == Change::Append {
        if let Some(earlier) = defs.macro_mut(&name) {
            join(&mut earlier.condition, &condition, reading.key_loc(id, "condition"));
            earlier.last = time;
        } else {
            let text = "Macro uses 'append' or 'override.condition: append' but no macro by that name already exists";
            let message = say::nothing_to_change("macro", &name);
            reading.error(spot.problem(&codes::NOTHING_TO_CHANGE, message, (VALIDATE, text)));
        }
        return Some(spot);
    }
    let first_file = reading.file.0;
    let new = MacroDef {
        name,
        name_at,
        spot: spot.clone(),
        condition,
        condition_spot,
        first: time,
        last: time,
        first_file,
        broken: false,
    };
    if change == Change::Replace
        && let Some(earlier) = defs.macro_mut(&new.name)
    {
        // As Falco does: an override keeps the places of the definition that it changes.
        earlier.condition = new.condition;
        earlier.last = time;
    } else {
        defs.define_macro(new);
    }
    Some(spot)
}

fn list(reading: &mut Reading<'_>, defs: &mut Definitions, id: YamlId, at: Loc) -> Option<Spot> {
    let unnamed = reading.spot("list", "", id, at);
    let (name, name_id) = reading.text(id, "list", &unnamed)?;
    let name = name.as_str().to_owned();
    let name_at = reading.loc(name_id);
    let spot = unnamed.named(&name, name_at);
    if !is_list_name(&name) {
        let text =
            "List has an invalid name. List names should match a regular expression: ([^()\"'[:space:]=,]+)";
        let problem =
            spot.problem(&codes::INVALID_NAME, say::bad_list_name(&name), ("LOAD_INVALID_LIST_NAME", text));
        reading.warn(problem.note(say::list_name_letters()));
    }
    let change = override_keys::read(reading, id, &spot, "list")?;
    let items = match reading.scalars(id, "items", &spot) {
        Ok(Some(items)) => items,
        Ok(None) => {
            // Absent: reported like any other missing key.
            reading.text(id, "items", &spot);
            return Some(spot);
        }
        Err(_) => return Some(spot),
    };
    let items: Vec<ListItem> = items.into_iter().map(|(value, at)| ListItem { value, at }).collect();
    let time = defs.tick();
    match (change, defs.list_mut(&name)) {
        (Change::Append, Some(earlier)) => {
            earlier.items.extend(items);
            earlier.last = time;
        }
        (Change::Append, None) => {
            let text =
                "List uses 'append' or 'override.items: append' but no list by that name already exists";
            let message = say::nothing_to_change("list", &name);
            reading.error(spot.problem(&codes::NOTHING_TO_CHANGE, message, (VALIDATE, text)));
        }
        (Change::Replace, Some(earlier)) => {
            earlier.items = items;
            earlier.last = time;
        }
        _ => defs.define_list(ListDef { name, name_at, spot: spot.clone(), items, first: time, last: time }),
    }
    Some(spot)
}

/// Joins two texts with one blank, as Falco does for every append.
pub(super) fn join(old: &mut crate::text::Text, new: &crate::text::Text, because: Loc) {
    old.push(" ", crate::text::Origin::Glue(because));
    old.push_text(new);
}
