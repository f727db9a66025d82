//! A condition of any content, in a rule of each source: the evaluators agree, and printed as Falco prints it, it is read again
//! as what it was.

use super::{agree, store};
use engine::catalog::Dialect;
use engine::lint;
use engine::parse::ast::{Argument, Condition, Field, NodeKind, Operand, Right, Transform};
use engine::parse::condition::parse;
use engine::parse::print;
use engine::report::Hit;

/// A macro and a list that the condition may name.
const BEFORE: &str =
    "- macro: by_root\n  condition: user.name = root\n- list: few_names\n  items: [bash, 'a b']\n";

/// Checks a condition.
pub(crate) fn conditions(text: &str) {
    hits(text, Dialect::Course);
    let hits_of_text = hits(text, Dialect::Falco);
    // A list is put in wherever its name stands, in a quoted value as well as in one without quotes.
    if let Some(printed) = again(text).filter(|printed| !printed.contains("few_names")) {
        let hits_of_print = hits(&printed, Dialect::Falco);
        assert_eq!(hits_of_text, hits_of_print, "{text:?} printed as {printed:?}");
    }
}

fn hits(condition: &str, dialect: Dialect) -> Vec<Vec<Hit>> {
    let loaded = lint::load(&[super::texts::source("rules.yaml", &rules_of(condition))], dialect);
    for rule in &loaded.ruleset.rules {
        again(rule.condition.as_str());
    }
    agree::evaluators_agree(&loaded.ruleset, store(dialect))
}

fn rules_of(condition: &str) -> String {
    // A JSON string is a YAML string.
    let condition = serde_json::to_string(condition).unwrap();
    let rule = |name: &str, source: &str| {
        format!(
            "- rule: {name}\n  desc: d\n  condition: {condition}\n  output: o\n  priority: INFO\n  source: {source}\n"
        )
    };
    format!("{BEFORE}{}{}", rule("calls", "syscall"), rule("audit", "k8s_audit"))
}

/// A condition printed, if it can be read and the print again.
fn again(text: &str) -> Option<String> {
    let parsed = parse(text);
    for (range, _) in &parsed.tokens {
        assert!(text.get(range.start as usize..range.end as usize).is_some(), "{range:?} in {text:?}");
    }
    if parsed.error.is_some() {
        return None;
    }
    let print = |condition: &Condition| print::condition(condition, |_| None);
    let printed = print(&parsed.condition);
    if !keeps_its_words(&parsed.condition) {
        return None;
    }
    let second = parse(&printed);
    assert_eq!(second.error, None, "{text:?} printed as {printed:?}");
    assert_eq!(print(&second.condition), printed, "{text:?}");
    Some(printed)
}

/// Whether all of its values can be read again. Falco quotes only where it holds a blank, `=`, a quote or what needs an escape;
/// other values that need quotes lose them, and a text in quotes cannot end in a backslash.
fn keeps_its_words(condition: &Condition) -> bool {
    condition.nodes.iter().all(|node| {
        let NodeKind::Check(check) = &node.kind else { return true };
        let right = match &check.right {
            Right::Operand(right) => operand(right),
            right => right.constants().iter().all(|constant| value(&constant.text())),
        };
        operand(&check.left) && right
    })
}

fn value(text: &str) -> bool {
    let in_quotes = text.contains([' ', '=', '\'', '"', '\\', '\n', '\r', '\t', '\x08', '\x0c']);
    let bare = !text.is_empty() && !text.contains(['(', ')', ',', '\x0b']);
    quotable(text) && (in_quotes || bare)
}

fn quotable(text: &str) -> bool {
    !text.contains(['\0', '\u{fffd}']) && !text.ends_with('\\')
}

fn operand(operand: &Operand) -> bool {
    match operand {
        Operand::Field(field) => self::field(field),
        Operand::Transform(transform) => self::transform(transform),
    }
}

fn field(field: &Field) -> bool {
    bare_argument(field.arg.as_deref())
}

fn transform(transform: &Transform) -> bool {
    bare_argument(transform.index.as_deref()) && transform.args.iter().all(argument)
}

fn argument(argument: &Argument) -> bool {
    match argument {
        Argument::Field(field) => self::field(field),
        Argument::Transform(transform) => self::transform(transform),
        Argument::Text(constant) => quotable(&constant.text()),
        Argument::Number(_) => true,
        Argument::List(elements, _) => elements.iter().all(self::argument),
    }
}

/// What stands in brackets is printed without quotes.
fn bare_argument(arg: Option<&str>) -> bool {
    arg.is_none_or(|arg| {
        !arg.is_empty()
            && !arg.contains(|c: char| {
                matches!(c, '\0' | '\x0b' | '[' | ']' | '"' | '\'' | '\u{fffd}') || c.is_ascii_whitespace()
            })
    })
}
