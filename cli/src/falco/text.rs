//! The text that `falco -V FILE` prints.

use super::{Places, Printed, results, title};
use engine::config::Config;
use engine::resolve::FalcoFile;
use engine::text::{FalcoMessage, Source};
use std::fmt::Write;

/// The load results of the files from position `skip` on: one line for a file that loads, and all that is wrong for one
/// that does not. What Falco warns of in a file that loads goes to its log, and so do failures of the schema.
pub(crate) fn text(sources: &[Source], config: &Config, skip: usize) -> Printed {
    let (places, files) = results(sources, config, skip);
    let mut printed = Printed { out: String::new(), log: String::new(), refused: false };
    for (name, file) in files {
        let verdict = match &file {
            file if file.error.is_some() => "Invalid",
            file if !file.warnings.is_empty() => "Ok, with warnings",
            _ => "Ok",
        };
        let header = format!("{name}: {verdict}\n");
        printed.out += &header;
        if file.error.is_some() {
            printed.refused = true;
            printed.out += &blocks(&places, &file);
        } else if !(file.warnings.is_empty() && file.schema.as_ref().is_none_or(Vec::is_empty)) {
            printed.log += &header;
            printed.log += &blocks(&places, &file);
        }
    }
    printed
}

/// The blocks below the header, a blank line between them.
fn blocks(places: &Places<'_>, file: &FalcoFile) -> String {
    let schema = schema(file.schema.as_deref().unwrap_or_default());
    let errors = messages(places, "Errors", file.error.as_slice());
    let warnings = messages(places, "Warnings", &file.warnings);
    [schema, errors, warnings].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

const RULER: &str = "------\n";

fn schema(texts: &[String]) -> Option<String> {
    let all = texts.join(&format!("\n{RULER}"));
    (!texts.is_empty()).then(|| format!("{} Schema warnings:\n{RULER}{all}\n{RULER}", texts.len()))
}

fn messages(places: &Places<'_>, what: &str, messages: &[FalcoMessage]) -> Option<String> {
    if messages.is_empty() {
        return None;
    }
    let mut out = format!("{} {what}:\n", messages.len());
    for message in messages {
        let locations = places.locations(message);
        for (at, location) in locations.iter().enumerate() {
            out += if at == 0 { "In " } else { "    " };
            out += location.item_type;
            if !location.item_name.is_empty() {
                let _ = write!(out, " '{}'", location.item_name);
            }
            let _ = writeln!(out, ": ({}:{}:{})", location.name, location.line, location.column);
        }
        let snippet = places.snippet(message, &locations);
        let mut title = title(&message.code).to_owned();
        if let Some(field) = message.deprecated_field {
            let _ = write!(title, ": field '{field}'");
        }
        let _ = writeln!(out, "{RULER}{snippet}{RULER}{} ({title}): {}", message.code, message.text);
    }
    Some(out)
}
