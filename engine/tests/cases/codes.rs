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
    config: Option<String>,
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
        session.set_config(self.config.as_ref().map(|config| source("falco.yaml", config)));
        if let Some(events) = &self.events {
            session.set_events(vec![source("events.yaml", events).into()]);
        }
        session.report().diagnostics
    }

    fn fixed(&self, fix: &engine::report::Fix) -> Self {
        let mut fixed = self.clone();
        for (place, insert) in fix.edits.iter().rev() {
            fixed
                .part(place.file)
                .as_mut()
                .unwrap()
                .replace_range(place.span.start as usize..place.span.end as usize, insert);
        }
        fixed
    }

    fn part(&mut self, file: FileId) -> &mut Option<String> {
        match file {
            FileId::Rules(_) => &mut self.rules,
            FileId::Config => &mut self.config,
            FileId::Events(_) => &mut self.events,
        }
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
                let dialect = if info == "yaml course" { Dialect::Course } else { Dialect::Falco };
                let file = match info.as_str() {
                    "yaml events" => FileId::Events(0),
                    "yaml falco.yaml" => FileId::Config,
                    _ => FileId::Rules(0),
                };
                let open = found.last_mut().filter(|(title, example)| {
                    *title == section && file != FileId::Rules(0) && example.clone().part(file).is_none()
                });
                if let Some((_, example)) = open {
                    *example.part(file) = Some(body);
                } else {
                    let mut example = Example { dialect, ..Example::default() };
                    *example.part(file) = Some(body);
                    found.push((section.clone(), example));
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
