//! The names of priorities, as rules and the configuration write them.

use super::suggest::closest;
use crate::report::Priority;

/// Priorities by their names, in any case.
const NAMES: &[(&str, Priority)] = &[
    ("EMERGENCY", Priority::Emergency),
    ("ALERT", Priority::Alert),
    ("CRITICAL", Priority::Critical),
    ("ERROR", Priority::Error),
    ("WARNING", Priority::Warning),
    ("NOTICE", Priority::Notice),
    ("INFORMATIONAL", Priority::Informational),
    ("INFO", Priority::Informational),
    ("DEBUG", Priority::Debug),
];

/// Other words for priorities that people write.
const WORDS: &[(&str, &str)] = &[
    ("WARN", "WARNING"),
    ("ERR", "ERROR"),
    ("CRIT", "CRITICAL"),
    ("EMERG", "EMERGENCY"),
    ("HIGH", "CRITICAL"),
    ("MEDIUM", "WARNING"),
    ("LOW", "NOTICE"),
];

/// The priority with this name.
pub fn find(name: &str) -> Option<Priority> {
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, priority)| *priority)
}

/// The name that is probably meant by a word that is none.
pub fn meant(name: &str) -> Option<&'static str> {
    let word = WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(name)).map(|(_, name)| *name);
    word.or_else(|| closest(name, NAMES.iter().map(|(name, _)| *name)))
}
