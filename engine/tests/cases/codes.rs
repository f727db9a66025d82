//! The pages of `codes/` keep their word: the bad example has the problem, the good one has none.

use super::fences::{self, Part};
use engine::Session;
use engine::catalog::codes::ALL;
use engine::text::{Severity, Source};
use std::path::Path;

/// The codes of the problems that the engine finds in an example.
fn found(info: &str, body: &str) -> Vec<(String, Severity)> {
    let mut session = Session::new();
    let source = |name: &str| Source { name: name.to_owned(), text: body.to_owned() };
    if info == "yaml events" {
        session.set_events(source("events.yaml"));
    } else {
        session.set_rules(vec![source("rules.yaml")]);
    }
    let report = session.report();
    report.diagnostics.into_iter().map(|problem| (problem.code, problem.severity)).collect()
}

#[test]
fn examples_of_codes_are_what_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("codes");
    let mut wrong = Vec::new();
    for code in ALL {
        let path = folder.join(format!("{}.md", code.name));
        let Ok(text) = std::fs::read_to_string(&path) else {
            wrong.push(format!("{}: no page", code.name));
            continue;
        };
        let mut section = String::new();
        for part in fences::read(&text) {
            let (info, body) = match part {
                Part::Prose(line) => {
                    if let Some(title) = line.strip_prefix("## ") {
                        title.clone_into(&mut section);
                    }
                    continue;
                }
                Part::Fence { info, body } => (info, body),
            };
            let found = found(&info, &body);
            let has = found.iter().any(|(name, _)| name == code.name);
            match section.as_str() {
                "Bad" if !has => wrong.push(format!("{}: the bad example has {found:?}", code.name)),
                "Good" if !found.is_empty() => {
                    wrong.push(format!("{}: the good example has {found:?}", code.name));
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
