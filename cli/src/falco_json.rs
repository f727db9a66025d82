//! Load results in the shape of `falco -V FILE -o json_output=true`, so that scripts can compare. What is the same: files,
//! codes, titles, messages, and of the last location its kind, name and line. Columns, offsets, snippets and schema results
//! are left out rather than guessed.

use engine::resolve::{FalcoFile, falco_load};
use engine::text::{FalcoMessage, Source};
use serde_json::{Value, json};

/// Falco's codes and their titles.
const TITLES: &[(&str, &str)] = &[
    ("LOAD_ERR_FILE_READ", "File read error"),
    ("LOAD_ERR_YAML_PARSE", "YAML parse error"),
    ("LOAD_ERR_YAML_VALIDATE", "Error validating internal structure of YAML file"),
    ("LOAD_ERR_COMPILE_CONDITION", "Error compiling condition"),
    ("LOAD_ERR_COMPILE_OUTPUT", "Error compiling output"),
    ("LOAD_ERR_VALIDATE", "Error validating rule/macro/list/exception objects"),
    ("LOAD_UNKNOWN_SOURCE", "Unknown event source"),
    ("LOAD_UNSAFE_NA_CHECK", "Unsafe <NA> comparison in condition"),
    ("LOAD_NO_EVTTYPE", "Condition has no event-type restriction"),
    ("LOAD_UNKNOWN_FILTER", "Unknown field or event-type in condition or output"),
    ("LOAD_UNUSED_MACRO", "Unused macro"),
    ("LOAD_UNUSED_LIST", "Unused list"),
    ("LOAD_UNKNOWN_ITEM", "Unknown rules file item"),
    ("LOAD_DEPRECATED_ITEM", "Used deprecated item"),
    ("LOAD_APPEND_NO_VALUES", "Overriding/appending with no values"),
    ("LOAD_EXCEPTION_NAME_NOT_UNIQUE", "Multiple exceptions defined with the same name"),
    ("LOAD_INVALID_MACRO_NAME", "Invalid macro name"),
    ("LOAD_INVALID_LIST_NAME", "Invalid list name"),
    ("LOAD_COMPILE_CONDITION", "Warning in rule condition"),
    ("LOAD_UNKNOWN_KEY", "Unknown key in item definition"),
];

/// What Falco says about the files from position `skip` on, and whether it refuses one of them.
pub(crate) fn results(sources: &[Source], skip: usize) -> (Value, bool) {
    let files: Vec<FalcoFile> = falco_load(sources);
    let mine = || sources.iter().zip(&files).skip(skip);
    let all: Vec<Value> = mine().map(|(source, file)| result(&source.name, file)).collect();
    (json!({ "falco_load_results": all }), mine().any(|(_, file)| file.error.is_some()))
}

fn result(name: &str, file: &FalcoFile) -> Value {
    let messages =
        |messages: &[FalcoMessage]| messages.iter().map(|it| message(name, it)).collect::<Vec<_>>();
    json!({
        "name": name,
        "successful": file.error.is_none(),
        "errors": messages(file.error.as_slice()),
        "warnings": messages(&file.warnings),
    })
}

fn message(file: &str, message: &FalcoMessage) -> Value {
    let title = TITLES.iter().find(|(code, _)| *code == message.code).map(|(_, title)| *title);
    let mut locations =
        vec![json!({"item_type": "rules content", "item_name": "", "position": {"name": file, "line": 0}})];
    if message.item_type != "rules content" {
        // Falco counts lines of a file from 0.
        let position = json!({"name": file, "line": message.line.saturating_sub(1)});
        locations.push(
            json!({"item_type": message.item_type, "item_name": message.item_name, "position": position}),
        );
    }
    json!({
        "code": message.code,
        "codedesc": title,
        "message": message.text,
        "context": {"locations": locations},
    })
}
