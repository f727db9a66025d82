//! Events of the recorded cases: a flat object from field names to values. Nothing is filled in.

use engine::catalog::fields::TypeGroup;
use engine::catalog::{FieldKey, SYSCALL};
use engine::evaluate::semantics::Fields;
use engine::value::{Double, Value};
use serde_json::Value as Json;
use std::collections::HashMap;

pub(crate) struct Event {
    pub(crate) source: String,
    values: HashMap<FieldKey, Value>,
}

impl Event {
    pub(crate) fn read(json: &Json) -> Self {
        let object = json.as_object().unwrap();
        let source = object.get("evt.source").and_then(Json::as_str).unwrap_or(SYSCALL).to_owned();
        let mut values = HashMap::new();
        for (name, json) in object {
            // What no rule can name cannot matter.
            let Ok(key) = FieldKey::parse(name, &source) else { continue };
            let value = match json {
                Json::Array(items) => Value::List(items.iter().map(|item| one(&key, item)).collect()),
                json => one(&key, json),
            };
            values.insert(key, value);
        }
        Self { source, values }
    }
}

impl Fields for Event {
    fn get(&self, key: &FieldKey) -> Option<&Value> {
        self.values.get(key)
    }
}

fn one(key: &FieldKey, json: &Json) -> Value {
    match (key.kind().group(), json) {
        (TypeGroup::Double, json) => Value::Double(Double(json.as_f64().unwrap())),
        (TypeGroup::Address | TypeGroup::Network, json) => {
            Value::Address(json.as_str().unwrap().parse().unwrap())
        }
        (_, Json::Bool(truth)) => Value::Bool(*truth),
        (_, Json::Number(number)) => Value::Integer(number.to_string().parse().unwrap()),
        (_, Json::String(text)) => Value::Text(text.as_str().into()),
        (_, other) => panic!("{key}: {other}"),
    }
}
