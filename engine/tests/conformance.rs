//! What real Falco answers, recorded case by case: `conformance/*.ndjson`. Every case must pass; the numbers of passed
//! cases per topic are a snapshot, `conformance/*.snap`, which `BLESS=1` writes anew. The same as a program, for any folder
//! of such files: `cargo run --release -p engine --example conformance -- DIR`.

#[path = "conformance/conditions.rs"]
mod conditions;
#[path = "conformance/counts.rs"]
mod counts;
#[path = "conformance/event.rs"]
mod event;
#[path = "conformance/outputs.rs"]
mod outputs;
#[path = "conformance/rulesets.rs"]
mod rulesets;

use counts::Counts;
use std::path::Path;

fn check(file: &str, run: fn(&str) -> Counts) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let counts = run(&std::fs::read_to_string(folder.join(file).with_extension("ndjson")).unwrap());
    let table = counts.table();
    let snapshot = folder.join(file).with_extension("snap");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&snapshot, &table).unwrap();
    }
    let shown: Vec<&str> = counts.failures().iter().take(60).map(String::as_str).collect();
    assert!(
        shown.is_empty(),
        "{} of {} fail:\n{}\n{table}",
        counts.failures().len(),
        counts.cases(),
        shown.join("\n")
    );
    assert_eq!(std::fs::read_to_string(&snapshot).unwrap_or_default(), table, "run with BLESS=1 to accept");
}

#[test]
fn conditions_answer_as_falco_does() {
    check("conditions", conditions::run);
}

#[test]
fn rulesets_load_and_match_as_in_falco() {
    check("rulesets", rulesets::run);
}

#[test]
fn outputs_print_as_in_falco() {
    check("outputs", outputs::run);
}
