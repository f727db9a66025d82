//! Runs the engine's checks (`engine/tests/checks`) for the fuzz targets.

#[path = "../../engine/tests/checks/mod.rs"]
mod checks;

use libfuzzer_sys::Corpus;

/// Runs the check of a target. What is not text does not reach the engine; such inputs are not kept.
pub fn run(target: &str, input: &[u8]) -> Corpus {
    let Ok(text) = std::str::from_utf8(input) else { return Corpus::Reject };
    let check = checks::TARGETS.iter().find(|(name, _)| *name == target).expect("a check of this name");
    (check.1)(text);
    Corpus::Keep
}
