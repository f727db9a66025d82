//! Tests as data: `cases/*.md` and the pages of `codes/`.
//!
//! In a case file a `##` heading names a test, prose says why, and fences hold inputs and expectations:
//!
//! * ```` ```yaml NAME ```` is a rules file (several load in order), ```` ```events ```` the events file. A line of carets below a line,
//!   `# ^^^ error[code]: message`, says what is wrong above it; such lines are taken out before the engine sees the text,
//!   so they may stand inside a block scalar.
//! * ```` ```falco.yaml ```` is the configuration; it may have lines of carets too.
//! * ```` ```falco ```` is what Falco says to the files, ```` ```verdicts ```` what the rules say about the events,
//!   ```` ```alerts ```` the lines that Falco prints, ```` ```rules ```` the rules in Falco's order and whether they take part,
//!   ```` ```trace EVENT RULE ```` why a rule says what it says about an event,
//!   ```` ```rule NAME ```` the rule as it is in the end, ```` ```fixed CODE ```` the file after the first fix of the first problem with that code;
//! * `complete`, `hover`, `references`, `rename NAME`, `outline`, `format` and `fix-all` are what the editor is told, at each `‸`;
//! * ```` ```tables ```` are the exceptions as tables, ```` ```edited WHAT ```` the lines of the files that a change of the first rule's
//!   tables changes, ```` ```suggested EVENT ```` the tuples that are proposed for the first rule and an event;
//! * ```` ```course KIND ````, where KIND is `verdicts`, `trace`, `fixed` or `problems`, is the same in the dialect of the course.
//!
//! `BLESS=1 cargo test -p engine --test cases` writes the expectations anew.

#[path = "cases/codes.rs"]
mod codes;
#[path = "cases/editor.rs"]
mod editor;
#[path = "cases/fences.rs"]
mod fences;
#[path = "cases/rule.rs"]
mod rule;
#[path = "cases/run.rs"]
mod run;
#[path = "cases/table.rs"]
mod table;
#[path = "cases/trace.rs"]
mod trace;

use fences::Part;
use std::fmt::Write as _;
use std::path::Path;

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut parts = fences::read(&text);
        for test in tests(&mut parts) {
            run::answer(test);
        }
        let now = fences::write(&parts);
        if now != text {
            if bless {
                std::fs::write(&path, now).unwrap();
            } else {
                wrong.push(format!("{}:\n{}", path.display(), difference(&text, &now)));
            }
        }
    }
    assert!(wrong.is_empty(), "run with BLESS=1 to accept\n{}", wrong.join("\n"));
}

/// The parts between headings.
fn tests(parts: &mut [Part]) -> impl Iterator<Item = &mut [Part]> {
    parts.split_inclusive_mut(|part| matches!(part, Part::Prose(line) if line.starts_with("## ")))
}

/// The lines that differ, with those around them.
fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[same..].iter().rev().zip(new[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let mut out = format!("from line {}\n", same + 1);
    for line in &old[same..old.len() - tail] {
        writeln!(out, "- {line}").unwrap();
    }
    for line in &new[same..new.len() - tail] {
        writeln!(out, "+ {line}").unwrap();
    }
    out
}
