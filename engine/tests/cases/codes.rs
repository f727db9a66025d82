//! The pages of `codes/` keep their word: the bad example has the problem, the good one has none, and a fix mends it.

use super::fences::{self, Part};
use engine::Session;
use engine::catalog::Dialect;
use engine::catalog::codes::ALL;
use engine::report::{Diagnostic, FileId};
use engine::text::{Applicability, Source};
use std::path::Path;

/// An example: fences that follow each other in a section, at most one of each kind.
#[derive(Default, Clone)]
struct Example {
    rules: Option<String>,
    events: Option<String>,
    dialect: Dialect,
}

impl Example {
    fn problems(&self) -> Vec<Diagnostic> {
        let mut session = Session::new();
        session.set_dialect(self.dialect);
        let source = |name: &str, text: &String| Source { name: name.to_owned(), text: text.clone() };
        if let Some(rules) = &self.rules {
            session.set_rules(vec![source("rules.yaml", rules)]);
        }
        if let Some(events) = &self.events {
            session.set_events(source("events.yaml", events));
        }
        session.report().diagnostics
    }

    fn fixed(&self, fix: &engine::report::Fix) -> Self {
        let mut fixed = self.clone();
        for (place, insert) in fix.edits.iter().rev() {
            let text = if place.file == FileId::Events { &mut fixed.events } else { &mut fixed.rules };
            text.as_mut().unwrap().replace_range(place.span.start as usize..place.span.end as usize, insert);
        }
        fixed
    }
}

/// The examples of a page with the titles of their sections.
fn examples(page: &str) -> Vec<(String, Example)> {
    let mut section = String::new();
    let mut found: Vec<(String, Example)> = Vec::new();
    for part in fences::read(page) {
        match part {
            Part::Prose(line) => {
                if let Some(title) = line.strip_prefix("## ") {
                    title.clone_into(&mut section);
                }
            }
            Part::Fence { info, body } => {
                let events = info == "yaml events";
                let dialect = if info == "yaml course" { Dialect::Course } else { Dialect::Falco };
                let open = found.last_mut().filter(|(title, example)| {
                    *title == section && events && example.rules.is_some() && example.events.is_none()
                });
                if let Some((_, example)) = open {
                    example.events = Some(body);
                } else {
                    let (rules, events) = if events { (None, Some(body)) } else { (Some(body), None) };
                    found.push((section.clone(), Example { rules, events, dialect }));
                }
            }
        }
    }
    found
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
        for (section, example) in examples(&text) {
            let problems = example.problems();
            let names: Vec<_> = problems.iter().map(|problem| problem.code.as_str()).collect();
            match section.as_str() {
                "Bad" if !names.contains(&code.name) => {
                    wrong.push(format!("{}: the bad example has {names:?}", code.name));
                }
                "Good" if !problems.is_empty() => {
                    wrong.push(format!("{}: the good example has {names:?}", code.name));
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every fix of every bad example takes its problem away; a safe one brings no other.
#[test]
fn fixes_mend_what_they_are_offered_for() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("codes");
    let (mut fixes, mut wrong) = (0, Vec::new());
    for code in ALL {
        let page = std::fs::read_to_string(folder.join(format!("{}.md", code.name))).unwrap();
        for (_, example) in examples(&page).into_iter().filter(|(section, _)| section == "Bad") {
            let problems = example.problems();
            let same = |a: &Diagnostic, b: &Diagnostic| a.code == b.code && a.message == b.message;
            let count = |all: &[Diagnostic], one: &Diagnostic| all.iter().filter(|it| same(it, one)).count();
            for problem in &problems {
                for fix in &problem.fixes {
                    fixes += 1;
                    let after = example.fixed(fix).problems();
                    let gone = count(&after, problem) < count(&problems, problem);
                    let clean = fix.applicability == Applicability::Unsafe || after.len() < problems.len();
                    if !gone || !clean {
                        wrong.push(format!("{} after its fix: {after:#?}", problem.code));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(fixes > 20, "{fixes}");
}
