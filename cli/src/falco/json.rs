//! The shape of `falco -V FILE -o json_output=true`: one line, keys sorted. What is left out: `codedesc` of warnings,
//! whose long texts are Falco's own.

use super::{Places, Printed, results, title};
use engine::config::Config;
use engine::resolve::FalcoFile;
use engine::text::{FalcoMessage, Source};
use serde_json::{Value, json};

/// The load results of the files from position `skip` on.
pub(crate) fn json(sources: &[Source], config: &Config, skip: usize) -> Printed {
    let (places, files) = results(sources, config, skip);
    let mut refused = false;
    let mut all = Vec::new();
    for (name, file) in files {
        refused |= file.error.is_some();
        all.push(result(&places, name, &file));
    }
    let out = format!("{}\n", json!({ "falco_load_results": all }));
    Printed { out, log: String::new(), refused }
}

fn result(places: &Places<'_>, name: &str, file: &FalcoFile) -> Value {
    let messages =
        |messages: &[FalcoMessage]| messages.iter().map(|it| message(places, it)).collect::<Vec<_>>();
    let mut out = json!({
        "name": name,
        "successful": file.error.is_none(),
        "errors": messages(file.error.as_slice()),
        "warnings": messages(&file.warnings),
    });
    if let Some(schema) = &file.schema {
        out["schema_valid"] = schema.is_empty().into();
        out["schema_warnings"] = schema.as_slice().into();
    }
    out
}

fn message(places: &Places<'_>, message: &FalcoMessage) -> Value {
    let locations = places.locations(message);
    let snippet = places.snippet(message, &locations);
    let locations: Vec<Value> = locations
        .into_iter()
        .map(|it| {
            let position =
                json!({"name": it.name, "line": it.line, "column": it.column, "offset": it.offset});
            json!({"item_type": it.item_type, "item_name": it.item_name, "position": position})
        })
        .collect();
    let mut out = json!({
        "code": message.code,
        "message": message.text,
        "context": {"locations": locations, "snippet": snippet},
    });
    if message.code.starts_with("LOAD_ERR") {
        out["codedesc"] = title(&message.code).into();
    }
    if let Some(field) = message.deprecated_field {
        out["deprecated_field"] = field.into();
    }
    out
}
