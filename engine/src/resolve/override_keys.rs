//! `override` and `append`: whether an item defines, appends to or replaces parts of an earlier one.

use super::collect::deprecated_append;
use super::decode::{Reading, VALIDATE, YAML_VALIDATE};
use super::definitions::Spot;
use crate::catalog::codes;
use crate::catalog::keys::OVERRIDABLE;
use crate::catalog::messages::items as say;
use crate::parse::node::{YamlId, YamlKind};
use crate::text::{Applicability, Fix};

/// What an item of a list or macro does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// A full definition.
    Define,
    /// Adds to an earlier one.
    Append,
    /// Replaces part of an earlier one.
    Replace,
}

/// What the `override` of a rule names.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    pub(super) append: Vec<&'static str>,
    pub(super) replace: Vec<&'static str>,
    /// `append: true` stands in the item.
    pub(super) deprecated: bool,
}

impl Keys {
    /// Whether `override` names anything.
    pub(super) fn any(&self) -> bool {
        !self.append.is_empty() || !self.replace.is_empty()
    }

    /// The keys that `override` may name, in the order in which Falco applies them.
    pub(super) fn overridable() -> impl Iterator<Item = &'static str> {
        OVERRIDABLE
            .iter()
            .filter(|(kind, ..)| *kind == "rule")
            .flat_map(|(_, _, replace)| replace.iter().copied())
    }
}

/// What an item of kind `list` or `macro` does; `None` after an error.
pub(super) fn read(reading: &mut Reading<'_>, id: YamlId, spot: &Spot, kind: &'static str) -> Option<Change> {
    let keys = keys(reading, id, spot, kind)?;
    Some(match () {
        () if keys.deprecated || !keys.append.is_empty() => Change::Append,
        () if !keys.replace.is_empty() => Change::Replace,
        () => Change::Define,
    })
}

/// Reads `append` and `override`; `None` after an error.
pub(super) fn keys(reading: &mut Reading<'_>, id: YamlId, spot: &Spot, kind: &'static str) -> Option<Keys> {
    let deprecated = reading.boolean(id, "append", spot).ok()?.unwrap_or(false);
    let mut keys = Keys { deprecated, ..Keys::default() };
    if deprecated {
        let used: &[&str] = match kind {
            "list" => &["items"],
            "macro" => &["condition"],
            _ => &["condition", "exceptions"],
        };
        deprecated_append(reading, id, spot, used);
    }
    let Some(node) = reading.value(id, "override") else { return Some(keys) };
    let at = reading.loc(node);
    let entries = match &reading.yaml.node(node).kind {
        YamlKind::Mapping(entries) => entries,
        YamlKind::Sequence(_) => {
            let text = "invalid node; this may result from using a map iterator as a sequence iterator, or vice-versa";
            let problem =
                Reading::file_spot(at).problem(&codes::BAD_OVERRIDE, say::override_shape(), (VALIDATE, text));
            reading.error(problem);
            return None;
        }
        YamlKind::Null | YamlKind::Scalar { .. } => return Some(keys),
    };
    // As Falco does: the place of the whole item.
    let overrides = reading.inner(spot, "overrides", "", id);
    for &(key_id, operation) in entries {
        entry(reading, (key_id, operation), &mut keys, kind, &overrides)?;
    }
    if keys.any() && deprecated {
        let text = "Keys 'override' and 'append: true' cannot be used together. Add an 'append' entry (e.g. 'condition: append') under 'override' instead.";
        let spot = Spot { at: reading.key_loc(id, "append"), ..spot.clone() };
        reading.error(spot.problem(&codes::BAD_OVERRIDE, say::override_and_append(), (YAML_VALIDATE, text)));
        return None;
    }
    Some(keys)
}

fn entry(
    reading: &mut Reading<'_>,
    (key_id, operation): (YamlId, YamlId),
    keys: &mut Keys,
    kind: &str,
    overrides: &Spot,
) -> Option<()> {
    let (_, append, replace) = OVERRIDABLE.iter().find(|(name, ..)| *name == kind)?;
    let key = reading.yaml.key_text(key_id).unwrap_or("").to_owned();
    let at = reading.loc(key_id).cover(reading.loc(operation));
    let word = match &reading.yaml.node(operation).kind {
        YamlKind::Null => "null".to_owned(),
        YamlKind::Scalar { value, .. } => value.to_string(),
        YamlKind::Sequence(_) | YamlKind::Mapping(_) => {
            let falco = (VALIDATE, &*reading.bad_conversion(operation));
            let problem = Reading::file_spot(at).problem(&codes::BAD_OVERRIDE, say::override_shape(), falco);
            reading.error(problem);
            return None;
        }
    };
    let find = |list: &&'static [&'static str]| list.iter().copied().find(|name| *name == key);
    let spot = Spot { at, ..reading.inner(overrides, "overrides", &key, key_id) };
    match (word.as_str(), find(append), find(replace)) {
        ("append", Some(name), _) => keys.append.push(name),
        ("replace", _, Some(name)) => keys.replace.push(name),
        ("append", None, other) => {
            let text = format!("Key '{key}' cannot be appended to, use 'replace' instead");
            let mut problem =
                spot.problem(&codes::BAD_OVERRIDE, say::cannot_append(&key), (YAML_VALIDATE, &text));
            if other.is_some() {
                let operation = reading.loc(operation);
                problem = problem.fix(Fix::replace(
                    say::replace_with("replace"),
                    operation,
                    "replace",
                    Applicability::Unsafe,
                ));
            }
            reading.error(problem);
            return None;
        }
        ("replace", _, None) => {
            let text = format!("Key '{key}' cannot be replaced");
            reading.error(spot.problem(
                &codes::BAD_OVERRIDE,
                say::cannot_replace(&key),
                (YAML_VALIDATE, &text),
            ));
            return None;
        }
        (_, can_append, can_replace) => {
            let allowed = [can_append.map(|_| "append "), can_replace.map(|_| "replace ")];
            let allowed: String = allowed.into_iter().flatten().collect();
            let text = format!(
                "Invalid override operation for key '{key}': '{word}'. Allowed values are: {allowed}"
            );
            let spot = Spot { at, ..reading.inner(overrides, "value for", &key, operation) };
            let problem =
                spot.problem(&codes::BAD_OVERRIDE, say::bad_override(&word, &key), (YAML_VALIDATE, &text));
            reading.error(problem);
            return None;
        }
    }
    Some(())
}
