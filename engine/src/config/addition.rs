//! `append_output`: what is added to the outputs of rules (sheet `outputs`, section 5). Whether a field exists depends on the
//! rule, so formats are looked into when rules are resolved.

use super::read::{Reading, fatal};
use super::{Addition, ExtraField, SOURCE, keys};
use crate::catalog::codes;
use crate::catalog::messages::config as say;
use crate::parse::node::{YamlId, YamlKind};
use crate::parse::scalar;
use crate::text::Loc;

pub(super) fn read(reading: &mut Reading<'_>, root: YamlId) -> Vec<Addition> {
    let items = reading.items(root, "append_output");
    items.iter().filter_map(|item| entry(reading, *item)).collect()
}

fn entry(reading: &mut Reading<'_>, item: YamlId) -> Option<Addition> {
    if reading.yaml.mapping(item).is_none() {
        reading.misshapen(reading.first_line(item), say::entry_must_be_mapping("append_output"));
        return None;
    }
    reading.unknown_keys(item, keys::ADDITION);
    let mut addition = Addition {
        at: reading.loc(item),
        source: None,
        rule: None,
        tags: Vec::new(),
        output: None,
        fields: Vec::new(),
        suggested: None,
    };
    if let Some(wanted) = reading.map(item, "match") {
        reading.unknown_keys(wanted, keys::MATCH);
        addition.source = reading.text(wanted, "source").map(|(text, _)| text.as_str().into());
        addition.rule = reading.text(wanted, "rule").map(|(text, at)| (text.as_str().into(), at));
        addition.tags = reading.texts(wanted, "tags");
    }
    addition.output =
        reading.text(item, "extra_output").map(|(text, _)| text).filter(|text| !text.is_empty());
    if reading.boolean(item, "suggested_output", false) {
        addition.suggested = reading.value(item, "suggested_output").map(|value| reading.loc(value));
    }
    let mut places: Vec<Loc> = Vec::new();
    for &field in reading.items(item, "extra_fields") {
        let Some((new, at)) = extra_field(reading, field) else { continue };
        if let Some(first) = addition.fields.iter().position(|known| known.name == new.name) {
            let problem = fatal(&codes::CONFIG_FIELD_TWICE, at, say::field_twice(&*new.name));
            let first = places.get(first).copied().unwrap_or(at);
            reading.push(problem.related(first, say::first_here()));
            continue;
        }
        addition.fields.push(new);
        places.push(at);
    }
    Some(addition)
}

/// A field, or a name with its format.
fn extra_field(reading: &mut Reading<'_>, item: YamlId) -> Option<(ExtraField, Loc)> {
    let yaml = reading.yaml;
    let text = |id| scalar::text(yaml, id, reading.text, SOURCE);
    match &yaml.node(item).kind {
        YamlKind::Scalar { value, .. } => {
            let field = ExtraField { name: value.clone(), text: text(item), formatted: false };
            return Some((field, reading.loc(item)));
        }
        YamlKind::Mapping(entries) => {
            if let [(key, format)] = entries.as_slice()
                && let (Some(name), Some(_)) = (yaml.key_text(*key), yaml.scalar(*format))
            {
                let field = ExtraField { name: name.into(), text: text(*format), formatted: true };
                return Some((field, reading.loc(*key)));
            }
        }
        YamlKind::Null | YamlKind::Sequence(_) => {}
    }
    reading.misshapen(reading.first_line(item), say::field_shape());
    None
}
