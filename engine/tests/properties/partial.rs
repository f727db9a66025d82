//! Events that leave fields open: both evaluators agree, and what is decided is what the whole event would have said.

use super::agree::{events, rules};
use super::{load, runner};
use crate::checks::agree::evaluators_agree;
use engine::Session;
use engine::catalog::FieldKey;
use engine::compile::{Exprs, lower};
use engine::evaluate::{
    Baseline, Cache, FiredEvents, Matcher, Proofs, RuleVerdicts, evaluate, evaluate_with,
};
use engine::events::{EventStore, Options, read};
use engine::report::{Answer, FileId, Hit, Outcome, Possible, Truth, Weight};
use engine::resolve::ruleset::Ruleset;
use engine::resolve::tree::NodeKind;
use engine::text::{Source, SourceId};
use proptest::prelude::*;
use std::cell::Cell;
use std::fmt::Write;

/// The events, each field given, missing or left open as `hide` says, in turn.
fn partial(events: &str, hide: &[Hidden], all: bool) -> String {
    let mut hide = hide.iter().cycle();
    let mut out = String::new();
    for line in events.lines() {
        let event: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        let mut kept = serde_json::Map::new();
        kept.insert("partial".into(), true.into());
        for (key, value) in event {
            match hide.next().unwrap() {
                Hidden::Kept => kept.insert(key, value),
                Hidden::Missing if all => kept.insert(key, serde_json::Value::Null),
                Hidden::Missing | Hidden::LeftOut => None,
            };
        }
        writeln!(out, "{}", serde_json::Value::Object(kept)).unwrap();
    }
    out
}

#[derive(Clone, Copy, Debug)]
enum Hidden {
    Kept,
    Missing,
    LeftOut,
}

fn hide() -> impl Strategy<Value = Vec<Hidden>> {
    let one = prop_oneof![5 => Just(Hidden::Kept), 1 => Just(Hidden::Missing), 2 => Just(Hidden::LeftOut)];
    prop::collection::vec(one, 1..60)
}

#[test]
fn explain_and_evaluate_agree_where_fields_are_left_open() {
    let (undecided, decided) = (Cell::new(0), Cell::new(0));
    runner(250)
        .run(
            &(rules(), events(), hide(), any::<bool>(), any::<bool>()),
            |(rules, events, hide, derive, mixed)| {
                let mut text = partial(&events, &hide, true);
                if mixed {
                    text += &events;
                }
                let (store, problems) =
                    read(&text, SourceId(0), Options { derive, places: false, ..Options::default() });
                prop_assert!(problems.is_empty(), "{problems:?}");
                let ruleset = load(&rules);
                let hits = evaluators_agree(&ruleset, &store);
                decided.set(decided.get() + hits.iter().flatten().count());
                undecided.set(undecided.get() + open(&ruleset, &store).iter().flatten().flatten().count());
                Ok(())
            },
        )
        .unwrap();
    assert!(undecided.get() > 1000 && decided.get() > 1000, "{undecided:?} {decided:?}");
}

/// By rule and event: what is possible, where that is left open.
fn open(ruleset: &Ruleset, store: &EventStore) -> Vec<Vec<Option<Possible>>> {
    let mut exprs = Exprs::default();
    let verdicts = evaluate(&lower(ruleset, &mut exprs), &exprs, store, &mut Cache::default());
    let of_rule =
        |rule: &RuleVerdicts| (0..store.len() as u32).map(|event| rule.possible(store, event)).collect();
    verdicts.rules.iter().map(of_rule).collect()
}

#[test]
fn what_is_left_open_is_not_contradicted_by_what_was_there() {
    let (undecided, decided) = (Cell::new(0), Cell::new(0));
    runner(250)
        .run(&(rules(), events(), hide()), |(rules, events, hide)| {
            let ruleset = load(&rules);
            // Nothing is derived: these events have what they say and nothing else. Ancestors without a gap.
            let options = Options { derive: false, places: false, ..Options::default() };
            let events = events.replace("\"proc.aname[3]\"", "\"user.shell\"");
            let (complete, _) = read(&events, SourceId(0), options);
            let (some, problems) = read(&partial(&events, &hide, false), SourceId(0), options);
            prop_assert!(problems.is_empty(), "{problems:?}");
            let (whole, part) = (evaluators_agree(&ruleset, &complete), evaluators_agree(&ruleset, &some));
            let open = open(&ruleset, &some);
            for (rule, open) in (0..).zip(&open) {
                for (event, open) in open.iter().enumerate() {
                    let of = |hits: &[Hit]| hits.iter().find(|hit| hit.rule == rule).map(|hit| hit.outcome);
                    let (then, now) = (of(&whole[event]), of(&part[event]));
                    match open {
                        None => {
                            decided.set(decided.get() + usize::from(now.is_some()));
                            let kind = |outcome: Option<Outcome>| outcome.map(|o| o == Outcome::Matches);
                            prop_assert_eq!(kind(then), kind(now));
                        }
                        Some(possible) => {
                            undecided.set(undecided.get() + 1);
                            prop_assert!(
                                match then {
                                    Some(Outcome::Matches) => possible.matches,
                                    Some(_) => possible.suppressed,
                                    None => possible.none,
                                },
                                "{rule} {event} {possible:?} {then:?}"
                            );
                        }
                    }
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(undecided.get() > 1000 && decided.get() > 500, "{undecided:?} {decided:?}");
}

#[test]
fn an_event_that_says_everything_decides_everything() {
    runner(150)
        .run(&(rules(), events()), |(rules, events)| {
            let ruleset = load(&rules);
            let options = Options { derive: false, places: false, ..Options::default() };
            let (complete, _) = read(&events, SourceId(0), options);
            let keys: Vec<FieldKey> = asked(&ruleset);
            let said = events.lines().map(|line| {
                let mut event: serde_json::Map<String, serde_json::Value> =
                    serde_json::from_str(line).unwrap();
                for key in &keys {
                    event.entry(key.to_string()).or_insert(serde_json::Value::Null);
                }
                event.insert("partial".into(), true.into());
                serde_json::Value::Object(event).to_string() + "\n"
            });
            let (partial, problems) = read(&said.collect::<String>(), SourceId(0), options);
            prop_assert!(problems.is_empty(), "{problems:?}");
            prop_assert_eq!(evaluators_agree(&ruleset, &complete), evaluators_agree(&ruleset, &partial));
            prop_assert!(open(&ruleset, &partial).iter().flatten().flatten().next().is_none());
            Ok(())
        })
        .unwrap();
}

/// The fields that conditions ask for, each ancestor by its number.
fn asked(ruleset: &Ruleset) -> Vec<FieldKey> {
    let mut keys = vec![FieldKey::parse("evt.type", "syscall").unwrap()];
    for node in ruleset.trees.iter().flat_map(|tree| &tree.nodes) {
        if let NodeKind::Check(check) = &node.kind {
            Matcher::new(check).keys(&mut keys);
        }
    }
    let each = keys.into_iter().flat_map(|key| {
        let family = key.arg.is_none() && key.info().any_ancestor;
        if family { (1..=32).map(|n| key.with_arg(n.to_string())).collect() } else { vec![key] }
    });
    each.collect()
}

#[test]
fn explanations_name_what_is_left_open() {
    let (undecided, proposed) = (Cell::new(0), Cell::new(0));
    runner(60)
        .run(&(rules(), events(), hide(), any::<bool>()), |(rules, events, hide, fired)| {
            let mut events = partial(&events.lines().take(5).collect::<Vec<_>>().join("\n"), &hide, true);
            if fired {
                events = events.replace("\"partial\":true", "\"partial\":true,\"fired\":[\"R0\",\"R2\"]");
            }
            let session = |events: &str| {
                let mut session = Session::new();
                session.set_rules(vec![Source { name: "rules.yaml".into(), text: rules.clone() }]);
                session
                    .set_events(vec![Source { name: "events.json".into(), text: events.to_owned() }.into()]);
                let report = session.report();
                (session, report)
            };
            let (mut asked, report) = session(&events);
            for (at, rule) in (0..).zip(&report.rules) {
                // The same in the other way, for all events.
                let wanted = rule.undecided.iter().map(|event| asked.explain(at, event).unwrap().deciding);
                let wanted: Vec<Vec<String>> = wanted.collect();
                let deciding = asked.rule(&rule.name).unwrap().deciding;
                prop_assert_eq!(deciding.events as usize, wanted.len());
                prop_assert!(wanted.iter().all(|fields| !fields.is_empty()), "{}", rules);
                let mut before: Vec<&String> = Vec::new();
                for field in &deciding.fields {
                    before.push(&field.field);
                    let count = |of: &dyn Fn(&Vec<String>) -> bool| {
                        wanted.iter().filter(|fields| of(fields)).count() as u32
                    };
                    let all = |fields: &Vec<String>| fields.iter().all(|one| before.contains(&one));
                    let counts = (field.needed, field.alone, field.together);
                    let needed = count(&|fields| fields.contains(&field.field));
                    let alone = count(&|fields| *fields == [field.field.clone()]);
                    prop_assert_eq!(
                        counts,
                        (needed, alone, count(&all)),
                        "{}\n{}\n{:?}",
                        rules,
                        events,
                        wanted
                    );
                }
                prop_assert_eq!(deciding.fields.last().map_or(0, |last| last.together), deciding.events);
            }
            for event in 0..report.verdicts.len() as u32 {
                for (at, rule) in (0..).zip(&report.rules) {
                    let why = asked.explain(at, event).unwrap();
                    let open = matches!(why.answer, Answer::Undecided(_));
                    prop_assert_eq!(open, rule.undecided.contains(event));
                    if open {
                        undecided.set(undecided.get() + 1);
                        prop_assert!(why.alone as usize <= why.deciding.len());
                        prop_assert!(why.deciding.len() != 1 || why.alone == 1);
                        let decides = |step: &engine::report::Step| {
                            step.weight == Weight::Decisive && step.truth == Truth::Unknown
                        };
                        prop_assert!(
                            why.steps.iter().any(decides) || !events.contains("evt.type"),
                            "{rules}\n{events}"
                        );
                    }
                    for change in &asked.changes(at, event) {
                        proposed.set(proposed.get() + 1);
                        // What turns an open answer was said to do so.
                        let only = change.fields.first().filter(|_| open && change.fields.len() == 1);
                        let asks =
                            only.and_then(|(field, _)| why.deciding.iter().position(|asked| asked == field));
                        prop_assert!(
                            asks.is_none_or(|at| at < why.alone as usize),
                            "{rules}\n{events}\n{event} {:?}",
                            change.fields
                        );
                        let (place, text) = &change.copy;
                        let mut after = events.clone();
                        after.insert_str(place.span.start as usize, text);
                        let (then, after) = session(&after);
                        let matches = after.verdicts[event as usize + 1]
                            .iter()
                            .any(|hit| hit.rule == at && hit.outcome == Outcome::Matches);
                        prop_assert_eq!(matches, why.answer != Answer::Matches);
                        if after.rules[at as usize].undecided.contains(event + 1) {
                            // Only how it does not match may be open.
                            let answer = then.explain(at, event + 1).unwrap().answer;
                            let only_how =
                                matches!(answer, Answer::Undecided(Possible { matches: false, .. }));
                            prop_assert!(only_how);
                        }
                    }
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(undecided.get() > 50 && proposed.get() > 50, "{undecided:?} {proposed:?}");
}

#[test]
fn what_an_alert_proves_is_not_contradicted_by_the_whole_event() {
    let proven = Cell::new(0);
    runner(200)
        .run(&(rules(), rules(), events(), hide()), |(then, others, events, hide)| {
            // Since then R0 has got another condition, and R2 exceptions.
            let (without, _) = then.split_once("  exceptions:").unwrap();
            let condition = |rules: &str| {
                let (_, rest) = rules.split_once("- rule: R0").unwrap();
                let (_, rest) = rest.split_once("condition: >\n    ").unwrap();
                rest.lines().next().unwrap().to_owned()
            };
            let (old, more) = (condition(&then), condition(&others));
            let now = then.replacen(
                &format!("- rule: R0\n  desc: d\n  condition: >\n    {old}"),
                &format!("- rule: R0\n  desc: d\n  condition: >\n    {old} and ({more})"),
                1,
            );
            let (before, after) = (load(without), load(&now));
            let options = Options { derive: false, places: false, ..Options::default() };
            let events = events.replace("\"proc.aname[3]\"", "\"user.shell\"");
            let (complete, _) = read(&events, SourceId(0), options);
            let (raised, whole) = (evaluators_agree(&before, &complete), evaluators_agree(&after, &complete));
            let mut part = String::new();
            for (line, hits) in partial(&events, &hide, false).lines().zip(&raised) {
                let mut event: serde_json::Map<String, serde_json::Value> =
                    serde_json::from_str(line).unwrap();
                let names = hits.iter().filter(|hit| hit.outcome == Outcome::Matches);
                let names = names.map(|hit| before.rules[hit.rule as usize].name.clone()).collect::<Vec<_>>();
                event.insert("fired".into(), names.into());
                writeln!(part, "{}", serde_json::Value::Object(event)).unwrap();
            }
            let (some, problems) = read(&part, SourceId(0), options);
            prop_assert!(problems.is_empty(), "{problems:?}");
            let mut exprs = Exprs::default();
            let (program, old) = (lower(&after, &mut exprs), lower(&before, &mut exprs));
            let names: Vec<&str> = after.rules.iter().map(|rule| rule.name.as_str()).collect();
            let then: Vec<String> = before.rules.iter().map(|rule| rule.name.clone()).collect();
            let baseline = Baseline { program: &old, names: &then };
            let proofs =
                Proofs::new(&program, &names, Some(baseline), &exprs, &some, &FiredEvents::new(&some));
            let said = evaluate_with(&program, &proofs, &exprs, &some, &mut Cache::default());
            for (rule, said) in (0..).zip(&said.rules) {
                proven.set(proven.get() + said.proven_events(&some).count());
                for event in 0..some.len() as u32 {
                    let hit =
                        whole[event as usize].iter().find(|hit| hit.rule == rule).map(|hit| hit.outcome);
                    match (said.outcome(&some, event), hit) {
                        (Some(Outcome::Undecided(possible)), then) => prop_assert!(
                            match then {
                                Some(Outcome::Matches) => possible.matches,
                                Some(_) => possible.suppressed,
                                None => possible.none,
                            },
                            "{rule} {event} {possible:?} {then:?}"
                        ),
                        (now, then) => {
                            let kind = |outcome: Option<Outcome>| outcome.map(|o| o == Outcome::Matches);
                            prop_assert_eq!(
                                kind(now),
                                kind(then),
                                "{} {}\n{}\n{}",
                                rule,
                                event,
                                now_text(&after),
                                part.lines().nth(event as usize).unwrap_or("")
                            );
                        }
                    }
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(proven.get() > 200, "{proven:?}");
}

fn now_text(ruleset: &Ruleset) -> String {
    ruleset.rules.iter().map(|rule| rule.condition.as_str()).collect::<Vec<_>>().join("\n")
}

/// The events as alerts of a log, of a rule that is there or of another.
fn alerts(events: &str) -> String {
    let mut out = String::new();
    for (line, rule) in events.lines().zip(["R0", "Elsewhere", "R1", "R2"].into_iter().cycle()) {
        let mut fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        fields.retain(|key, _| key.contains('.'));
        let alert = serde_json::json!({
            "rule": rule, "source": "syscall", "time": "2026-04-14T09:00:00.25Z", "priority": "Notice", "output_fields": fields
        });
        writeln!(out, "{alert}").unwrap();
    }
    out
}

#[test]
fn a_change_of_an_alert_turns_the_answer_in_a_file_of_its_own() {
    let proposed = Cell::new(0);
    runner(60)
        .run(&(rules(), events(), hide()), |(rules, events, hide)| {
            let hidden = partial(&events.lines().take(4).collect::<Vec<_>>().join("\n"), &hide, true);
            let log = Source { name: "falco.log".into(), text: alerts(&hidden) };
            let session = |copies: Option<&str>| {
                let mut session = Session::new();
                session.set_rules(vec![Source { name: "rules.yaml".into(), text: rules.clone() }]);
                let copies = copies.map(|text| Source { name: "events.yaml".into(), text: text.into() });
                session.set_events([log.clone()].into_iter().chain(copies).map(Into::into).collect());
                let report = session.report();
                (session, report)
            };
            let (asked, report) = session(None);
            prop_assert_eq!(report.verdicts.len(), log.text.lines().count());
            for event in 0..report.verdicts.len() as u32 {
                for at in 0..report.rules.len() as u32 {
                    let why = asked.explain(at, event).unwrap();
                    for change in &asked.changes(at, event) {
                        proposed.set(proposed.get() + 1);
                        let (place, text) = &change.copy;
                        prop_assert_eq!((place.file, place.span.start), (FileId::Events(1), 0));
                        prop_assert!(
                            text.contains("  partial: true\n") && !text.contains("fired"),
                            "{}",
                            text
                        );
                        let (_, after) = session(Some(text));
                        prop_assert_eq!(after.verdicts.len(), report.verdicts.len() + 1, "{}", text);
                        let matches = after.verdicts.last().unwrap();
                        let matches =
                            matches.iter().any(|hit| hit.rule == at && hit.outcome == Outcome::Matches);
                        prop_assert_eq!(matches, why.answer != Answer::Matches, "{}\n{}", rules, text);
                        prop_assert_eq!(&after.verdicts[..report.verdicts.len()], &report.verdicts[..]);
                    }
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(proposed.get() > 50, "{proposed:?}");
}
