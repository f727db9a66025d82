//! The base rules load without a problem, every macro works in a rule of its event source, and every list resolves to
//! the last item.

use engine::Session;
use engine::catalog::{BASE_RULES, BASE_RULES_NAME};
use engine::text::{Lang, Severity, Source};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The first macro of the part for Kubernetes audit events.
const FIRST_AUDIT_MACRO: &str = "k8s_audit_always_true";

#[derive(Deserialize)]
struct Item {
    #[serde(rename = "macro")]
    macro_name: Option<String>,
    list: Option<String>,
    items: Option<Vec<String>>,
}

fn items() -> Vec<Item> {
    serde_yaml::from_str(BASE_RULES).unwrap()
}

/// Errors and warnings of the base rules with `rules` behind them.
fn problems(rules: String) -> Vec<String> {
    let mut session = Session::new();
    session.set_rules(vec![
        Source { name: BASE_RULES_NAME.to_owned(), text: BASE_RULES.to_owned() },
        Source { name: "rules.yaml".to_owned(), text: rules },
    ]);
    let report = session.report();
    report
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity != Severity::Hint)
        .map(|diagnostic| format!("{:?}: {}", diagnostic.at.start, diagnostic.message.text(Lang::En)))
        .collect()
}

#[test]
fn load_without_a_problem() {
    assert_eq!(problems(String::new()), Vec::<String>::new());
}

#[test]
fn every_macro_works_in_a_rule() {
    let mut source = "syscall";
    let mut rules = String::new();
    for name in items().iter().filter_map(|item| item.macro_name.as_deref()) {
        if name == FIRST_AUDIT_MACRO {
            source = "k8s_audit";
        }
        write!(
            rules,
            "- rule: {name}\n  desc: d\n  condition: {name}\n  output: o\n  priority: INFO\n  source: {source}\n  warn_evttypes: false\n"
        ).unwrap();
    }
    assert_eq!(source, "k8s_audit");
    assert_eq!(problems(rules), Vec::<String>::new());
}

#[test]
fn a_list_that_stands_in_a_list_is_a_plain_one() {
    let lists: BTreeMap<String, Vec<String>> =
        items().into_iter().filter_map(|item| Some((item.list?, item.items?))).collect();
    for (name, items) in &lists {
        for inner in items.iter().filter_map(|item| lists.get(item)) {
            let nested: Vec<&String> = inner.iter().filter(|item| lists.contains_key(*item)).collect();
            assert!(nested.is_empty(), "{name}: {nested:?} would stay a plain word");
        }
    }
}

#[test]
fn names_are_given_once_and_mean_one_thing() {
    let mut seen = BTreeSet::new();
    for name in items().into_iter().filter_map(|item| item.macro_name.or(item.list)) {
        assert!(seen.insert(name.clone()), "{name} is defined twice");
    }
}

#[test]
fn the_names_that_tutorials_use_are_there() {
    let names: BTreeSet<String> =
        items().into_iter().filter_map(|item| item.macro_name.or(item.list)).collect();
    for name in [
        "spawned_process",
        "container",
        "container_started",
        "open_read",
        "open_write",
        "outbound",
        "inbound",
        "never_true",
        "shell_binaries",
        "shell_procs",
        "package_mgmt_procs",
        "sensitive_files",
        "etc_dir",
        "interactive",
        "kevt",
        "proc_name_exists",
        "rfc_1918_addresses",
        "user_known_network_tool_activities",
        "trusted_images",
    ] {
        assert!(names.contains(name), "{name}");
    }
}
