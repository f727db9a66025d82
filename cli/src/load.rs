//! Rules files to a ruleset, with what is wrong with them.

use engine::catalog::{BASE_RULES, BASE_RULES_NAME, Dialect};
use engine::lint;
use engine::resolve::ruleset::Ruleset;
use engine::text::{Diagnostic, Source};

/// What the rules files say.
pub(crate) struct Rules {
    pub(crate) ruleset: Ruleset,
    /// In all files.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// By file: whether Falco would refuse it.
    pub(crate) refused: Vec<bool>,
}

/// The base rules as a first file, or nothing.
pub(crate) fn base(left_out: bool) -> Vec<Source> {
    if left_out {
        return Vec::new();
    }
    vec![Source { name: BASE_RULES_NAME.to_owned(), text: BASE_RULES.to_owned() }]
}

/// Loads the files in order.
pub(crate) fn load(sources: &[Source], dialect: Dialect) -> Rules {
    let loaded = lint::load(sources, dialect);
    let refused = loaded.files.iter().map(|file| !file.loads).collect();
    Rules { ruleset: loaded.ruleset, diagnostics: loaded.diagnostics, refused }
}
