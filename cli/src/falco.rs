//! What `falco -V` would print, as JSON and as text. Falco speaks English, whatever the language of our own messages.

mod json;
mod place;
mod text;

use crate::files::Error;
use engine::config::Config;
use engine::resolve::falco_load_with;
use engine::text::Source;
use place::Places;
use std::io::Write;

pub(crate) use json::json;
pub(crate) use text::text;

/// What is printed, and whether Falco refuses a file.
pub(crate) struct Printed {
    /// For standard output.
    pub(crate) out: String,
    /// For standard error, where Falco has its log.
    pub(crate) log: String,
    /// Falco would exit with a failure.
    pub(crate) refused: bool,
}

impl Printed {
    /// Writes both.
    pub(crate) fn write(&self) -> Result<(), Error> {
        eprint!("{}", self.log);
        std::io::stdout().lock().write_all(self.out.as_bytes()).map_err(Error::Output)
    }
}

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

/// The title of a code.
fn title(code: &str) -> &'static str {
    TITLES.iter().find(|(name, _)| *name == code).map_or("", |(_, title)| title)
}

/// Falco's result for the files from position `skip` on. The ones before are ours: what Falco would warn of in them is
/// left out.
fn results<'a>(
    sources: &'a [Source],
    config: &Config,
    skip: usize,
) -> (Places<'a>, impl Iterator<Item = (&'a str, engine::resolve::FalcoFile)>) {
    let files = falco_load_with(sources, config).into_iter().zip(sources).skip(skip);
    let files = files.map(move |(mut file, source)| {
        file.warnings.retain(|warning| warning.place.file.index() >= skip);
        (source.name.as_str(), file)
    });
    (Places::new(sources), files)
}
