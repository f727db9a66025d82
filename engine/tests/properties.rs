//! Properties that hold for every input: nothing panics, places lie in the text, the two evaluators agree, fixes do what they
//! say and can be taken back.

#[path = "checks/mod.rs"]
mod checks;
#[path = "properties/agree.rs"]
mod agree;
#[path = "properties/corpus.rs"]
mod corpus;
#[path = "properties/editor.rs"]
mod editor;
#[path = "properties/events.rs"]
mod events;
#[path = "properties/explanations.rs"]
mod explanations;
#[path = "properties/partial.rs"]
mod partial;
#[path = "properties/export.rs"]
mod export;
#[path = "properties/fixes.rs"]
mod fixes;
#[path = "properties/redact.rs"]
mod redact;
#[path = "properties/rules.rs"]
mod rules;
#[path = "properties/tables.rs"]
mod tables;
#[path = "properties/texts.rs"]
mod texts;

use engine::resolve::ruleset::Ruleset;
use engine::text::{Severity, Source};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Runs the same cases in every run.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// The ruleset of a file without errors.
fn load(rules: &str) -> Ruleset {
    let loaded = engine::resolve::load(
        &[Source { name: "rules.yaml".into(), text: rules.into() }],
        engine::catalog::Dialect::Falco,
    );
    for diagnostic in &loaded.diagnostics {
        assert!(diagnostic.severity != Severity::Error, "{diagnostic:?}\n{rules}");
    }
    loaded.ruleset
}
