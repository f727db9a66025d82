//! Explanations say what the verdicts say, and what they propose works.

use super::agree::{events, rules};
use super::runner;
use engine::Session;
use engine::report::{Answer, Explanation, FileId, Outcome, Place, Report, Weight};
use engine::text::{Lang, Source};
use proptest::prelude::*;
use std::fmt::Write;

fn session(rules: &str, name: &str, events: &str) -> (Session, Report) {
    let mut session = Session::new();
    session.set_rules(vec![Source { name: "rules.yaml".into(), text: rules.into() }]);
    session.set_events(vec![Source { name: name.into(), text: events.into() }.into()]);
    let report = session.report();
    (session, report)
}

fn answer(report: &Report, rule: u32, event: usize) -> Answer {
    let hit = report.verdicts[event].iter().find(|hit| hit.rule == rule);
    match hit.map(|hit| hit.outcome) {
        Some(Outcome::Matches) => Answer::Matches,
        Some(Outcome::Suppressed { .. }) => Answer::Suppressed,
        Some(Outcome::Undecided(possible)) => Answer::Undecided(possible),
        None => Answer::No,
    }
}

/// The same events, written in another way.
fn rewritten(events: &str, form: usize) -> String {
    let lines = || events.lines();
    match form {
        0 => events.to_owned(),
        1 => format!("[{}]", lines().collect::<Vec<_>>().join(",\n")),
        2 => lines().fold(String::new(), |out, line| out + "- " + line + "\n"),
        _ => {
            let mut out = String::from("# a list of maps\n");
            for line in lines() {
                let event: serde_json::Value = serde_json::from_str(line).unwrap();
                let keys = event.as_object().unwrap();
                out += "- name: 日本\n";
                for (key, value) in keys {
                    writeln!(out, "  {key}: {value}").unwrap();
                }
            }
            out
        }
    }
}

fn check(explanation: &Explanation) -> Result<(), TestCaseError> {
    for (at, step) in explanation.steps.iter().enumerate() {
        prop_assert!(step.children.iter().all(|child| *child as usize > at));
        prop_assert!(!step.at.span.is_empty());
        prop_assert!(matches!(step.at.file, FileId::Rules(0)));
    }
    for lang in [Lang::En, Lang::Ja] {
        prop_assert!(!explanation.sentence.text(lang).is_empty());
    }
    Ok(())
}

fn insert(events: &str, (place, text): &(Place, String)) -> String {
    let mut out = events.to_owned();
    out.insert_str(place.span.start as usize, text);
    out
}

#[test]
fn a_proposed_change_turns_the_answer() {
    let (proposed, asked) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    runner(60)
        .run(&(rules(), events(), 0..4_usize), |(rules, events, form)| {
            let events = rewritten(events.lines().take(6).collect::<Vec<_>>().join("\n").as_str(), form);
            let name = if form < 2 { "events.json" } else { "events.yaml" };
            let (session, report) = session(&rules, name, &events);
            for event in 0..report.verdicts.len() {
                for rule in 0..report.rules.len() as u32 {
                    let explanation = session.explain(rule, event as u32).unwrap();
                    let now = answer(&report, rule, event);
                    prop_assert_eq!(explanation.answer, now);
                    check(&explanation)?;
                    asked.set(asked.get() + 1);
                    for change in &session.changes(rule, event as u32) {
                        proposed.set(proposed.get() + 1);
                        prop_assert!((1..=3).contains(&change.fields.len()));
                        let copy = &change.copy;
                        let (_, after) = self::session(&rules, name, &insert(&events, copy));
                        prop_assert_eq!(after.verdicts.len(), report.verdicts.len() + 1, "{}", copy.1);
                        let then = answer(&after, rule, event + 1);
                        prop_assert_eq!(
                            then == Answer::Matches,
                            now != Answer::Matches,
                            "{:?}\n{}\n{}",
                            change.fields,
                            copy.1,
                            rules
                        );
                        // The others stay as they are, but for their numbers.
                        if rules.contains("evt.num") {
                            continue;
                        }
                        let mut others = after.verdicts.clone();
                        others.remove(event + 1);
                        let counts = |verdicts: &[Vec<engine::report::Hit>]| {
                            verdicts.iter().map(Vec::len).collect::<Vec<_>>()
                        };
                        prop_assert_eq!(counts(&others), counts(&report.verdicts));
                    }
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(proposed.get() > asked.get(), "{} proposals for {} questions", proposed.get(), asked.get());
}

#[test]
fn something_decides_or_contributes() {
    runner(60)
        .run(&(rules(), events()), |(rules, events)| {
            let (session, report) = session(&rules, "events.json", &events);
            for event in (0..report.verdicts.len()).take(5) {
                for rule in 0..report.rules.len() as u32 {
                    let explanation = session.explain(rule, event as u32).unwrap();
                    let weighs = explanation.steps.iter().any(|step| step.weight > Weight::Quiet);
                    prop_assert!(weighs, "{rules}");
                }
            }
            Ok(())
        })
        .unwrap();
}
