//! Runs the recorded cases of a folder: `cargo run --release -p engine --example conformance -- DIR`. Prints passed and all
//! cases by file and topic, and for each that failed its id, what was expected and what came; ends with 1 if any failed.

#[path = "../tests/conformance/conditions.rs"]
mod conditions;
#[path = "../tests/conformance/counts.rs"]
mod counts;
#[path = "../tests/conformance/event.rs"]
mod event;
#[path = "../tests/conformance/outputs.rs"]
mod outputs;
#[path = "../tests/conformance/rulesets.rs"]
mod rulesets;

use counts::Counts;
use std::path::Path;
use std::process::ExitCode;

type Run = fn(&str) -> Counts;

const FILES: [(&str, Run); 3] =
    [("conditions", conditions::run), ("rulesets", rulesets::run), ("outputs", outputs::run)];

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("usage: conformance DIR");
        return ExitCode::from(2);
    };
    let (mut all, mut failed) = (0, 0);
    for (file, run) in FILES {
        let path = Path::new(&folder).join(file).with_extension("ndjson");
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("{}: {error}", path.display());
                return ExitCode::from(2);
            }
        };
        let counts = run(&text);
        println!("{file}: {} of {} passed", counts.cases() - counts.failures().len(), counts.cases());
        println!("{}", counts.table());
        for failure in counts.failures() {
            println!("{failure}");
        }
        all += counts.cases();
        failed += counts.failures().len();
    }
    println!("{} passed, {failed} failed", all - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
