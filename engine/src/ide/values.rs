//! Values that a field can have: those that events have in it, and those that rules compare it with.

use super::index::Index;
use super::words::{Kind, read};
use super::{Workspace, key_of, line::unquoted};
use crate::catalog::operators::{Operator, Shape};
use crate::catalog::{FieldKey, Scope};
use crate::events::EventStore;
use crate::report::editor::WordKind;
use crate::value::Value;
use crate::value::text::of_field;

/// Values of one field that are offered.
const MAX_VALUES: usize = 100;

/// Bytes of a value that is offered; longer ones are of no use in a rule.
const MAX_VALUE: usize = 120;

/// Values for field `written` of an event of `source`: first those that other events have, then those that rules compare
/// it with. Nothing if there is no such field.
pub fn values(workspace: &Workspace<'_>, written: &str, source: &str) -> Vec<String> {
    let scope = Scope { dialect: workspace.dialect, ..Scope::from(source) };
    let Ok(key) = FieldKey::parse(written, scope) else { return Vec::new() };
    let mut found = seen(workspace.store, &key);
    for value in compared(workspace, &key, source) {
        if found.len() >= MAX_VALUES {
            break;
        }
        if value.len() <= MAX_VALUE && !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

/// The values that events have in a field, those of its elements where it is a list.
pub(super) fn seen(store: &EventStore, key: &FieldKey) -> Vec<String> {
    let column = store.column(key).and_then(|id| store.columns().get(id.index()));
    let mut seen: Vec<String> = Vec::new();
    for value in column.map(|column| column.values.as_slice()).unwrap_or_default() {
        let elements = if let Value::List(elements) = value { elements } else { std::slice::from_ref(value) };
        for element in elements {
            let text = of_field(key, element);
            if text.len() <= MAX_VALUE && !seen.contains(&text) {
                seen.push(text);
            }
        }
        if seen.len() >= MAX_VALUES {
            break;
        }
    }
    seen
}

/// The literals that conditions compare a field with, in the order of the files. Patterns are no values and left out.
fn compared(workspace: &Workspace<'_>, key: &FieldKey, source: &str) -> Vec<String> {
    let index = Index::new(workspace.files);
    let mut found = Vec::new();
    for item in index.items.iter().filter(|item| matches!(item.kind, WordKind::Rule | WordKind::Macro)) {
        let Some(id) = index.value(item, "condition") else { continue };
        let condition = index.text(item, id);
        let text = condition.as_str();
        for word in read(text).all.iter().filter(|word| word.kind == Kind::Value) {
            let check = &word.check;
            let Some(field) = check.field.clone().and_then(|at| text.get(at)) else { continue };
            let alike = check.transformer.is_none() && check.operator.is_some_and(names_values);
            if !alike || key_of(field, Some(source), workspace.dialect).as_ref() != Some(key) {
                continue;
            }
            let value = unquoted(text.get(word.range.clone()).unwrap_or(""));
            match index.definition(WordKind::List, value) {
                Some(list) => found.extend(items(&index, list)),
                None => found.push(value.to_owned()),
            }
            if found.len() > 10 * MAX_VALUES {
                return found;
            }
        }
    }
    found
}

/// Whether what stands on the right of an operator are whole values.
fn names_values(operator: Operator) -> bool {
    operator.shape() == Shape::List || matches!(operator, Operator::Eq | Operator::EqEq | Operator::Ne)
}

/// What a list holds, but for the lists in it.
fn items(index: &Index<'_>, list: &super::index::Item) -> Vec<String> {
    let Some((id, yaml)) = index.value(list, "items").zip(index.yaml_of(list)) else { return Vec::new() };
    let texts = index.scalars(list, id).into_iter().filter_map(|id| yaml.scalar(id));
    texts.filter(|text| index.definition(WordKind::List, text).is_none()).map(str::to_owned).collect()
}
