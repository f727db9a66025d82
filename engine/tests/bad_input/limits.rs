//! Every limit has a message, and what stays below it is read.

use super::{EVENT, RULE, report};
use engine::events;
use engine::parse::{token, yaml};
use engine::report::Report;
use engine::resolve;
use engine::text::Lang;
use engine::value::MAX_VALUE;
use std::fmt::Write as _;

/// Whether a message or a note says it.
fn tells(report: &Report, words: &str) -> bool {
    let messages =
        report.diagnostics.iter().flat_map(|problem| problem.notes.iter().chain([&problem.message]));
    messages.into_iter().any(|message| message.text(Lang::En).contains(words))
}

/// The rule `Good` is still there and matches.
fn good_matches(report: &Report) -> bool {
    report.verdicts[0].iter().any(|hit| report.rules[hit.rule as usize].name == "Good")
}

fn rule(condition: &str) -> String {
    format!("{RULE}- rule: Large\n  desc: d\n  condition: {condition:?}\n  output: o\n  priority: INFO\n")
}

#[test]
fn a_rules_file_is_as_large_as_its_limit() {
    let fill = |to: usize| format!("{RULE}#{}\n", "x".repeat(to - RULE.len() - 2));
    assert!(good_matches(&report(&fill(yaml::MAX_FILE_BYTES), EVENT)));
    let report = report(&fill(yaml::MAX_FILE_BYTES + 1), EVENT);
    assert!(tells(&report, "larger than 16 MB") && !report.files[0].loads);
}

#[test]
fn collections_are_as_deep_as_their_limit() {
    let nested =
        |depth: usize| format!("{RULE}- list: l\n  items: {}{}\n", "[".repeat(depth), "]".repeat(depth));
    // Each text of rules stands in a sequence and a mapping of its own; those are counted apart.
    assert!(!tells(&report(&nested(yaml::MAX_DEPTH), EVENT), "deeper than"));
    let report = report(&nested(yaml::MAX_DEPTH + 1), EVENT);
    assert!(tells(&report, &format!("deeper than {} levels", yaml::MAX_DEPTH)));
    assert!(good_matches(&report));
}

#[test]
fn aliases_add_as_much_as_their_limit() {
    let aliases =
        |count: usize| format!("{RULE}- x: &a [{}]\n  y: [{}]\n", "x, ".repeat(99), "*a, ".repeat(count));
    let fitting = yaml::MAX_ALIASED_NODES / 100;
    assert!(!tells(&report(&aliases(fitting), EVENT), "aliases"));
    let report = report(&aliases(fitting + 1), EVENT);
    assert!(tells(&report, &format!("more than {} nodes", yaml::MAX_ALIASED_NODES)));
    assert!(good_matches(&report));
}

#[test]
fn failures_of_the_schema_beyond_the_limit_are_not_told() {
    let empty = |count: usize| RULE.to_owned() + &"- ~\n".repeat(count);
    let told = |report: &Report| report.diagnostics.iter().filter(|it| it.code == "schema-shape").count();
    let words = format!("only the first {} failures", resolve::MAX_FAILURES);
    let fitting = report(&empty(resolve::MAX_FAILURES), EVENT);
    assert!(!tells(&fitting, &words) && told(&fitting) == resolve::MAX_FAILURES);
    let report = report(&empty(resolve::MAX_FAILURES + 100), EVENT);
    assert!(tells(&report, &words) && told(&report) == resolve::MAX_FAILURES + 1);
    assert!(good_matches(&report));
}

#[test]
fn broken_items_beyond_the_limit_are_counted() {
    let broken = RULE.to_owned() + &"- rule: {\n".repeat(yaml::MAX_PROBLEMS + 7);
    let report = report(&broken, EVENT);
    assert!(tells(&report, "7 more items of this file cannot be read"));
    assert!(good_matches(&report));
}

#[test]
fn conditions_are_as_deep_as_their_limit() {
    let deep = |depth: usize| rule(&format!("{}evt.type = execve{}", "(".repeat(depth), ")".repeat(depth)));
    assert_eq!(report(&deep(150), EVENT).verdicts[0].len(), 2);
    let report = report(&deep(token::MAX_DEPTH as usize), EVENT);
    assert!(tells(&report, &format!("stops at {} steps", token::MAX_DEPTH)) && good_matches(&report));
}

#[test]
fn conditions_have_as_many_parts_as_their_limit() {
    let hundred = format!("- macro: hundred\n  condition: evt.num > 0{}\n", " or evt.num > 0".repeat(99));
    let report_of = |times: usize| {
        let condition = format!("evt.type = execve{}", " and hundred".repeat(times));
        report(&(hundred.clone() + &rule(&condition)), EVENT)
    };
    let limit = resolve::MAX_NODES as usize;
    assert_eq!(report_of(limit / 110).verdicts[0].len(), 2);
    let said = report_of(limit / 100);
    assert!(tells(&said, &format!("more than {limit} parts")) && good_matches(&said));
}

#[test]
fn conditions_are_as_long_as_their_limit() {
    let list = format!("- list: long\n  items: [{}z]\n", "aaaaaaaaa, ".repeat(999));
    let report_of = |times: usize| {
        let condition = format!("evt.type = execve{}", " or proc.name in (long)".repeat(times));
        report(&(list.clone() + &rule(&condition)), EVENT)
    };
    assert_eq!(report_of(90).verdicts[0].len(), 2);
    let said = report_of(110);
    assert!(tells(&said, "longer than 1 MB") && good_matches(&said));
}

#[test]
fn values_are_as_long_as_their_limit() {
    let fits = rule(&format!("proc.name = {} or evt.type = execve", "x".repeat(MAX_VALUE - 1)));
    assert_eq!(report(&fits, EVENT).verdicts[0].len(), 2);
    let report = report(&rule(&format!("proc.name = {}", "x".repeat(MAX_VALUE))), EVENT);
    assert!(tells(&report, &format!("Falco takes at most {}", MAX_VALUE - 1)) && good_matches(&report));
}

#[test]
fn patterns_are_as_large_as_their_limits() {
    for (pattern, why) in [
        ("x".repeat(50_000), "Falco takes at most 255"),
        ("(".repeat(120) + &")".repeat(120), ""),
        ("((((a{100}){100}){100}){100}){100}".to_owned(), "invalid repetition size"),
        ("x{1001}".to_owned(), "invalid repetition size"),
        ("(x{31}y{31}z{31}){31}|".repeat(10) + "x", ""),
        ("[[:alpha:]]{1000}".repeat(14), ""),
        ("[^a-zé日😀]{1000}".repeat(12), ""),
        ("(a|aa)+$".repeat(30), ""),
    ] {
        let report = report(&rule(&format!("evt.type = execve and proc.name regex '{pattern}'")), EVENT);
        assert!(tells(&report, why) || why.is_empty(), "{pattern:.40} {:?}", report.diagnostics);
        assert!(good_matches(&report), "{pattern:.40}");
    }
}

#[test]
fn widths_are_as_large_as_their_limit() {
    let output = |width: usize| RULE.replace("output: o", &format!("output: \"%{width}proc.name\""));
    let limit = resolve::output::MAX_WIDTH;
    assert!(report(&output(limit), EVENT).files[0].loads);
    assert!(tells(&report(&output(limit + 1), EVENT), &format!("a width goes up to {limit}")));
}

/// In both notations: too deep, too long, and too much to say.
#[test]
fn events_are_as_large_as_their_limits() {
    for yaml in [true, false] {
        let events = |value: &str| {
            if yaml {
                format!("{EVENT}- {{evt.type: execve, x: {value}}}\n")
            } else {
                format!("{{\"evt.type\":\"execve\"}}\n{{\"evt.type\":\"execve\",\"x\":{value}}}")
            }
        };
        let deep = |open: &str, close: &str, depth: usize| open.repeat(depth) + "1" + &close.repeat(depth);
        let too_deep = format!("deeper than {} levels", events::MAX_DEPTH);
        for (open, close) in [("[", "]"), ("{\"a\": ", "}")] {
            let fits = report(RULE, &events(&deep(open, close, events::MAX_DEPTH - 1)));
            assert!(!tells(&fits, &too_deep), "{open} {yaml}");
            let said = report(RULE, &events(&deep(open, close, events::MAX_DEPTH + 1)));
            assert!(tells(&said, &too_deep) && good_matches(&said), "{open} {yaml} {:?}", said.diagnostics);
        }
        let long = |items: usize| format!("[{}1]", "1, ".repeat(items - 1));
        let too_long = format!("at most {} elements", events::MAX_LIST);
        assert!(!tells(&report(RULE, &events(&long(events::MAX_LIST))), &too_long), "{yaml}");
        let said = report(RULE, &events(&long(events::MAX_LIST + 1)));
        assert!(tells(&said, &too_long) && good_matches(&said), "{yaml} {:?}", said.diagnostics);
    }
    let mut wrong = EVENT.to_owned();
    for number in 0..=events::MAX_PROBLEMS {
        writeln!(wrong, "- {{evt.type: execve, no.field{number}: 1}}").unwrap();
    }
    assert!(tells(&report(RULE, &wrong), "more problems in this file are not shown"));
}
