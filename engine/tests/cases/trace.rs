//! The expectation `trace EVENT RULE`: why the rule says what it says about the event, and what would turn that.

use engine::Session;
use engine::report::{Explanation, FileId, Report, StepKind, Truth, Weight};
use engine::text::Lang;
use std::fmt::Write as _;

/// The explanation as text.
pub(crate) fn trace(session: &Session, report: &Report, about: &str) -> String {
    let (event, rule) = about.split_once(' ').expect("`trace EVENT RULE`");
    let event: u32 = event.parse().expect("the number of an event");
    let rule = report.rules.iter().position(|found| found.name == rule).expect("a rule");
    let explanation = session.explain(rule as u32, event - 1).expect("a rule and an event");
    let mut out = format!(
        "{:?}\n{}\n{}\n",
        explanation.answer,
        explanation.sentence.text(Lang::En),
        explanation.sentence.text(Lang::Ja)
    );
    if let Some(proof) = explanation.proof {
        writeln!(out, "{proof:?}").unwrap();
    }
    for (at, field) in (0..).zip(&explanation.deciding) {
        let alone = if at < explanation.alone { " (may decide alone)" } else { "" };
        writeln!(out, "asks for {field}{alone}").unwrap();
    }
    for root in &explanation.roots {
        step(&explanation, *root, 0, &mut out);
    }
    for change in &session.changes(rule as u32, event - 1) {
        let fields: Vec<_> = change
            .fields
            .iter()
            .map(|(field, value)| format!("{field} → {}", value.as_deref().unwrap_or("nothing")))
            .collect();
        writeln!(out, "change {}", fields.join(", ")).unwrap();
        let (place, copy) = &change.copy;
        if place.file == FileId::Events(report.events.len() as u32) {
            writeln!(out, "  {}", copy.trim_end().replace('\n', "\n  ")).unwrap();
        }
    }
    out
}

fn step(explanation: &Explanation, at: u32, depth: usize, out: &mut String) {
    let step = &explanation.steps[at as usize];
    let weight = match step.weight {
        Weight::Decisive => '*',
        Weight::Contributes => '+',
        Weight::Quiet => ' ',
    };
    let truth = match step.truth {
        Truth::True => '✓',
        Truth::False => '✗',
        Truth::Missing => '∅',
        Truth::Unknown => '?',
    };
    let kind = match step.kind {
        StepKind::And => "all: ".to_owned(),
        StepKind::Or => "any: ".to_owned(),
        StepKind::Not => "not: ".to_owned(),
        StepKind::Macro(at) => format!("macro (line {}): ", at.start.line),
        StepKind::Check => String::new(),
        StepKind::Exception => "exception ".to_owned(),
        StepKind::Tuple => "tuple ".to_owned(),
    };
    let mut line = format!("{}{weight} {truth} {kind}{}", "  ".repeat(depth), step.label);
    let reads: Vec<_> = step
        .reads
        .iter()
        .map(|(field, value)| format!("{field} is {}", value.as_deref().unwrap_or("missing")))
        .chain(step.unknown.iter().map(|field| format!("{field} is not said")))
        .collect();
    if !reads.is_empty() {
        write!(line, " [{}]", reads.join(", ")).unwrap();
    }
    if step.proven {
        line += " proven by the alert";
    }
    if let Some(hit) = &step.hit {
        write!(line, " hit: {hit}").unwrap();
    }
    writeln!(out, "{line} @{}:{}", step.at.start.line, step.at.start.column).unwrap();
    for child in &step.children {
        self::step(explanation, *child, depth + 1, out);
    }
}
