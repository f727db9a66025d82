//! What Falco prints, in its own shape: the last place of every code, places within each other, excerpts, and the text.

use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::{Command, Output};

/// Runs `mews validate` without base rules on the files, which are named as given.
fn mews(test: &str, files: &[(&str, &str)], args: &[&str]) -> Output {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("falco").join(test);
    std::fs::create_dir_all(&folder).unwrap();
    for (name, content) in files {
        std::fs::write(folder.join(name), content).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_mews"));
    command.current_dir(folder).env("LC_ALL", "ja").args(["validate", "--no-base"]).args(args);
    command.args(files.iter().map(|(name, _)| *name)).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The results of the files.
fn results(test: &str, files: &[(&str, &str)]) -> Vec<Value> {
    let output = mews(test, files, &["--falco-json"]);
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    printed["falco_load_results"].as_array().unwrap().clone()
}

/// The result of one file.
fn result(test: &str, content: &str) -> Value {
    results(test, &[("rules.yaml", content)]).remove(0)
}

/// The message with `code`.
fn message<'a>(result: &'a Value, code: &str) -> &'a Value {
    let list = |key: &str| result[key].as_array().unwrap().iter();
    list("errors")
        .chain(list("warnings"))
        .find(|it| it["code"] == code)
        .unwrap_or_else(|| panic!("{result:#}"))
}

/// The locations of a message: kind, name, position.
fn locations(message: &Value) -> Vec<String> {
    let shown = |it: &Value| {
        let position = &it["position"];
        let name = match position["name"].as_str().unwrap() {
            "rules.yaml" => String::new(),
            name => format!(" {name}"),
        };
        format!(
            "{} '{}' {}:{}+{}{name}",
            it["item_type"].as_str().unwrap(),
            it["item_name"].as_str().unwrap(),
            position["line"],
            position["column"],
            position["offset"]
        )
    };
    message["context"]["locations"].as_array().unwrap().iter().map(shown).collect()
}

fn rule(condition: &str) -> String {
    format!("- rule: r\n  desc: d\n  condition: {condition}\n  output: o\n  priority: INFO\n")
}

/// Code, file, last place.
fn table() -> Vec<(&'static str, String, &'static str)> {
    let open = rule("evt.type = open");
    let exception = format!("{open}  exceptions:\n    - {{name: e, fields: [proc.name], values: [[a]]}}\n");
    vec![
        ("LOAD_ERR_YAML_PARSE", "- list: [a\n".to_owned(), "value for '' 1:0+11"),
        ("LOAD_ERR_YAML_VALIDATE", open.replace("  output: o\n", ""), "rule 'r' 0:2+2"),
        (
            "LOAD_ERR_VALIDATE",
            "- macro: m\n  condition: other_macro\n".to_owned(),
            "condition expression '' 1:3+2 \"other_macro\"",
        ),
        (
            "LOAD_ERR_COMPILE_CONDITION",
            rule("evt.type = open and proc.pid contains 1"),
            "condition expression '' 3:34+53 \"evt.type = open a...\"",
        ),
        (
            "LOAD_ERR_COMPILE_OUTPUT",
            open.replace("output: o", "output: 100% of %proc.name"),
            "rule output '' 3:10+59",
        ),
        ("LOAD_UNKNOWN_SOURCE", rule("evt.num > 0") + "  source: nowhere\n", "rule 'r' 0:2+2"),
        (
            "LOAD_UNSAFE_NA_CHECK",
            rule("ka.verb in (get, <NA>)") + "  source: k8s_audit\n",
            "condition expression '' 2:13+33 \"ka.verb in (get, ...\"",
        ),
        ("LOAD_NO_EVTTYPE", rule("proc.name = x"), "rule 'r' 0:2+2"),
        (
            "LOAD_UNKNOWN_FILTER",
            rule("evt.type = open and no.such = 1") + "  skip-if-unknown-filter: true\n",
            "condition expression '' 3:34+53 \"evt.type = open a...\"",
        ),
        ("LOAD_UNUSED_MACRO", "- macro: m\n  condition: proc.name = x\n".to_owned(), "macro 'm' 0:2+2"),
        ("LOAD_UNUSED_LIST", "- list: l\n  items: [a]\n".to_owned(), "list 'l' 0:2+2"),
        ("LOAD_UNKNOWN_ITEM", "- rulez: r\n".to_owned(), "rules content item '' 0:2+2"),
        (
            "LOAD_DEPRECATED_ITEM",
            rule("evt.type = open and evt.dir = <"),
            "condition expression '' 2:13+33 \"evt.type = open a...\"",
        ),
        (
            "LOAD_APPEND_NO_VALUES",
            format!(
                "{exception}- rule: r\n  exceptions: [{{name: e}}]\n  override: {{exceptions: append}}\n"
            ),
            "exception 'e' 8:15+169",
        ),
        (
            "LOAD_EXCEPTION_NAME_NOT_UNIQUE",
            format!("{exception}    - name: e\n      fields: [proc.name]\n      values: [[b]]\n"),
            "exception 'e' 7:6+150",
        ),
        (
            "LOAD_INVALID_MACRO_NAME",
            "- macro: my-macro\n  condition: proc.name = x\n".to_owned(),
            "macro 'my-macro' 0:2+2",
        ),
        ("LOAD_INVALID_LIST_NAME", "- list: my list\n  items: [a]\n".to_owned(), "list 'my list' 0:2+2"),
        (
            "LOAD_COMPILE_CONDITION",
            rule("evt.type = open and proc.name = proc.pname"),
            "condition expression '' 3:46+65 \"evt.type = open a...\"",
        ),
        ("LOAD_UNKNOWN_KEY", open + "  descr: x\n", "rule 'r' 0:2+2"),
    ]
}

#[test]
fn the_last_place_of_every_code() {
    for (code, content, last) in table() {
        let result = result(code, &content);
        let found = locations(message(&result, code));
        assert_eq!(found.first().map(String::as_str), Some("rules content '' 0:0+0"), "{code}");
        assert_eq!(found.last().map(String::as_str), Some(last), "{code} {result:#}");
        assert_eq!(result["successful"], json!(!code.starts_with("LOAD_ERR")), "{code}");
    }
}

/// What a test is about, file, code, places behind the first.
type Nested = (&'static str, String, &'static str, &'static [&'static str]);

#[rustfmt::skip]
fn nested() -> Vec<Nested> {
    let open = rule("evt.type = open");
    let with = |rest: &str| format!("{open}{rest}\n");
    let change = |rest: &str| format!("{open}- rule: r\n{rest}\n");
    vec![
        ("wrong value", with("  enabled: 1"), "LOAD_ERR_YAML_VALIDATE", &["rule 'r' 0:2+2", "value for 'enabled' 5:11+89"]),
        ("unnamed", "- rule: [a]\n".to_owned(), "LOAD_ERR_YAML_VALIDATE", &["rule '' 0:2+2", "value for 'rule' 0:8+8"]),
        ("list item", "- list: l\n  items: [a, ~]\n".to_owned(), "LOAD_ERR_YAML_VALIDATE", &["list 'l' 0:2+2", "value for 'items' 1:9+19", "list item '' 1:13+23"]),
        ("null value", "- list: l\n  items:\n# x\n\n- list: m\n  items: []\n".to_owned(), "LOAD_ERR_YAML_VALIDATE", &["list 'l' 0:2+2", "value for 'items' 4:0+24"]),
        ("priority", open.replace("INFO", "warn"), "LOAD_ERR_YAML_VALIDATE", &["rule 'r' 0:2+2", "rule priority '' 4:12+73"]),
        ("engine version", "- required_engine_version: 0.5\n".to_owned(), "LOAD_ERR_YAML_VALIDATE", &["required_engine_version '' 0:2+2"]),
        ("plugin version", "- required_plugin_versions:\n  - {name: p, version: x}\n".to_owned(), "LOAD_ERR_VALIDATE", &["required plugin versions '' 1:2+30", "required plugin versions entry 'p' 1:4+32"]),
        ("plugin alternative", "- required_plugin_versions:\n  - {name: p, version: 0.1.0, alternatives: [a]}\n".to_owned(), "LOAD_ERR_YAML_VALIDATE", &["required plugin versions '' 1:2+30", "required plugin versions entry 'p' 1:4+32", "required plugin versions alternative '' 1:45+73"]),
        ("override operation", change("  override: {desc: add}\n  desc: x"), "LOAD_ERR_YAML_VALIDATE", &["rule 'r' 5:2+80", "overrides '' 5:2+80", "value for 'desc' 6:19+107"]),
        ("override key", change("  override: {source: replace}"), "LOAD_ERR_YAML_VALIDATE", &["rule 'r' 5:2+80", "overrides '' 5:2+80", "overrides 'source' 6:13+101"]),
        ("without override", change("  override: {desc: append}\n  desc: x\n  output: p"), "LOAD_ERR_YAML_VALIDATE", &["rule 'r' 5:2+80", "overrides 'output' 8:2+127"]),
        ("exceptions", with("  exceptions: 5"), "LOAD_ERR_YAML_VALIDATE", &["rule 'r' 0:2+2", "exceptions '' 5:14+92"]),
        ("exception", with("  exceptions: [5]"), "LOAD_ERR_YAML_VALIDATE", &["rule 'r' 0:2+2", "exceptions '' 5:14+92", "exception '' 5:15+93"]),
        ("exception values", with("  exceptions: [{name: e, fields: [proc.name], values: 5}]"), "LOAD_ERR_YAML_VALIDATE", &["rule 'r' 0:2+2", "exception 'e' 5:15+93", "exception values '' 5:54+132"]),
        ("exception field", with("  exceptions: [{name: e, fields: [proc.nme]}]"), "LOAD_ERR_VALIDATE", &["rule 'r' 0:2+2", "exception 'e' 5:15+93"]),
        ("exception field look-up", with("  exceptions: [{name: e, fields: [evt.arg]}]"), "LOAD_ERR_VALIDATE", &[]),
        ("macro", "- macro: m\n  condition: a.b and\n".to_owned(), "LOAD_ERR_COMPILE_CONDITION", &["macro 'm' 0:2+2", "macro condition '' 1:13+24", "condition expression '' 2:18+28 \"a.b and\""]),
        // A place in the macro counts from the rule's condition.
        ("in a macro", format!("- macro: m\n  condition: proc.name = a or no.such = 1\n{}", rule("evt.type = open and m")), "LOAD_ERR_COMPILE_CONDITION", &["rule 'r' 2:2+55", "rule condition '' 4:13+86", "condition expression '' 5:31+103 \"evt.type = open a...\""]),
        // After a list is put in, what stands behind it has moved; the excerpt is the text before.
        ("after a list", format!("- list: l\n  items: [aaaa, bbbb]\n{}", rule("evt.type = open and proc.name in (l) and no.such = 1")), "LOAD_ERR_COMPILE_CONDITION", &["rule 'r' 2:2+34", "rule condition '' 4:13+65", "condition expression '' 5:66+117 \"evt.type = open a...\""]),
        ("a list of values", rule("evt.type = open and proc.name in (a, proc.pname)"), "LOAD_COMPILE_CONDITION", &["rule 'r' 0:2+2", "rule condition '' 2:13+33", "condition expression '' 3:47+66 \"evt.type = open a...\""]),
        ("in an exception", with("  exceptions: [{name: e, fields: [proc.pid], values: [[x]]}]"), "LOAD_ERR_COMPILE_CONDITION", &["rule 'r' 0:2+2", "rule condition '' 2:13+33", "condition expression '' 3:43+62 \"(evt.type = open)...\""]),
        ("block scalar", "- rule: r\n  desc: d\n  condition: >\n    evt.type = open\n    and no.such = 1\n  output: o\n  priority: INFO\n".to_owned(), "LOAD_ERR_COMPILE_CONDITION", &["rule 'r' 0:2+2", "rule condition '' 2:13+33", "condition expression '' 3:34+53 \"evt.type = open a...\""]),
        ("lines", "- rule: r\n  desc: d\n  condition: |\n    evt.type = open\n    and no.such = 1\n  output: o\n  priority: INFO\n".to_owned(), "LOAD_ERR_COMPILE_CONDITION", &["rule 'r' 0:2+2", "rule condition '' 2:13+33", "condition expression '' 4:18+53 \"evt.type = open a...\""]),
        // The places stay those of the definition.
        ("appended", change("  condition: and no.such = 1\n  override: {condition: append}"), "LOAD_ERR_COMPILE_CONDITION", &["rule 'r' 0:2+2", "rule condition '' 2:13+33", "condition expression '' 3:34+53 \"evt.type = open a...\""]),
        ("redefined", format!("{open}{}", rule("evt.type = open and no.such = 1")), "LOAD_ERR_COMPILE_CONDITION", &["rule 'r' 5:2+80", "rule condition '' 7:13+111", "condition expression '' 8:34+131 \"evt.type = open a...\""]),
        ("undefined macro", rule("evt.type = open and foo"), "LOAD_ERR_VALIDATE", &["rule 'r' 0:2+2", "condition expression '' 1:23+22 \"evt.type = open a...\""]),
        // An anchor belongs to its value.
        ("anchor", rule("&c evt.type = open and no.such = 1"), "LOAD_ERR_COMPILE_CONDITION", &["rule 'r' 0:2+2", "rule condition '' 2:13+33", "condition expression '' 3:34+53 \"evt.type = open a...\""]),
        ("wide characters", format!("# é\n- rule: é\n  x: y\n  {}", rule("evt.type = open").split_once("\n  ").unwrap().1), "LOAD_UNKNOWN_KEY", &["rule 'é' 1:2+7"]),
        ("byte order mark", "\u{feff}- rulez: r\n".to_owned(), "LOAD_UNKNOWN_ITEM", &["rules content item '' 0:2+2"]),
    ]
}

#[test]
fn places_within_each_other() {
    for (test, content, code, wanted) in nested() {
        let result = result(test, &content);
        let found = locations(message(&result, code));
        assert_eq!(&found[1..], wanted, "{test} {result:#}");
    }
}

#[test]
fn a_file_that_another_one_changes_keeps_its_places() {
    let first = rule("evt.type = open");
    let second = "- rule: r\n  condition: and no.such = 1\n  override: {condition: append}\n";
    let results = results("two-files", &[("a.yaml", &first), ("b.yaml", second)]);
    assert_eq!(results[0]["successful"], json!(true));
    let wanted = [
        "rules content '' 0:0+0 a.yaml",
        "rule 'r' 0:2+2 a.yaml",
        "rule condition '' 2:13+33 a.yaml",
        "condition expression '' 3:34+53 \"evt.type = open a...\"",
    ];
    assert_eq!(locations(message(&results[1], "LOAD_ERR_COMPILE_CONDITION")), wanted);
}

#[test]
fn the_order_is_that_of_compiling() {
    let macros = "- macro: m\n  condition: proc.name = proc.pname\n- macro: bad\n  condition: no.macro = 1\n";
    let messages = |condition: &str, key: &str| {
        let result = result("order", &format!("{macros}{}", rule(condition)));
        let list = result[key].as_array().unwrap().clone();
        list.iter().map(|it| it["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // Of several errors the first from the left is the one.
    let unknown = |field: &str| vec![format!("filter_check called with nonexistent field {field}")];
    assert_eq!(messages("evt.type = open and no.rule = 1 and bad", "errors"), unknown("no.rule"));
    assert_eq!(messages("evt.type = open and bad and no.rule = 1", "errors"), unknown("no.macro"));
    // A macro that is used twice warns twice.
    let misused = |field: &str| format!("'{field}' may be a valid field misused as a const string value");
    let found = messages("evt.type = open and proc.name in (proc.exe, fd.name) and (m or not m)", "warnings");
    let wanted = ["proc.exe", "fd.name", "proc.pname", "proc.pname"].map(misused);
    assert_eq!(found[..4], wanted, "{found:?}");
    // With the rule dropped for its first unknown field, nothing is said of the others.
    let soft = "evt.type = open and no.a = 1 and no.b = 1\n  skip-if-unknown-filter: true";
    let found = messages(soft, "warnings");
    assert_eq!(found.iter().filter(|it| it.contains("nonexistent")).count(), 1, "{found:?}");
}

#[test]
fn keys_are_sorted_and_say_which_field_is_deprecated() {
    let output =
        mews("keys", &[("rules.yaml", &rule("evt.type = open and evt.latency > 1"))], &["--falco-json"]);
    let line = text(&output.stdout);
    assert_eq!(line.lines().count(), 1);
    let start = r#"{"falco_load_results":[{"errors":[],"name":"rules.yaml","#;
    assert!(line.starts_with(start), "{line}");
    let warning = r#"{"code":"LOAD_DEPRECATED_ITEM","context":{"locations":[{"item_name":"","item_type":"rules content","position":{"column":0,"line":0,"name":"rules.yaml","offset":0}},"#;
    assert!(line.contains(warning), "{line}");
    assert!(line.contains(r#""snippet":"evt.type = open and evt.latency > 1\n                                 ^\n"},"deprecated_field":"evt.latency","message":"#), "{line}");
    let output = mews("keys", &[("rules.yaml", "hello\n")], &["--falco-json"]);
    assert_eq!(output.status.code(), Some(1));
    let result = result("codedesc", "hello\n");
    assert_eq!(result["errors"][0]["codedesc"], "Error validating internal structure of YAML file");
}

#[test]
fn the_schema_is_checked_for_the_first_document() {
    let good = rule("evt.type = open");
    let bad = good.replace("INFO", "Info");
    let schema = |content: &str| {
        let result = result("schema", content);
        (result.get("schema_valid").cloned(), result.get("schema_warnings").cloned())
    };
    assert_eq!(schema(&good), (Some(json!(true)), Some(json!([]))));
    let failed = |index: u32| {
        json!([
            format!("failed for <root>[{index}][priority]: Failed to match against any enum values."),
            format!(
                "failed for <root>[{index}]: Failed to validate against schema associated with property name 'priority'."
            ),
            format!("failed for <root>: Failed to validate item #{index} in array."),
        ])
    };
    assert_eq!(schema(&bad), (Some(json!(false)), Some(failed(0))));
    assert_eq!(schema(&format!("{good}{bad}")), (Some(json!(false)), Some(failed(1))));
    assert_eq!(schema(&format!("{good}---\n{bad}")), (Some(json!(true)), Some(json!([]))));
    // A refused file is checked as well, but not what is no YAML or holds nothing.
    assert_eq!(schema(&bad.replace("desc: d", "desc:")).0, Some(json!(false)));
    for unchecked in ["", "# only words\n", "---\n", "- list: [a\n"] {
        assert_eq!(schema(unchecked), (None, None), "{unchecked}");
    }
}

#[test]
fn the_text_has_a_line_per_file_and_all_of_a_refused_one() {
    let quiet = rule("evt.type = open");
    let warned = format!("{}  descr: x\n", quiet.replace("rule: r", "rule: s"));
    let bad = rule("evt.type = open and foo").replace("rule: r", "rule: t") + "  descr: x\n";
    let output = mews("text", &[("a.yaml", &quiet), ("b.yaml", &warned), ("rules.yaml", &bad)], &["--falco"]);
    assert_eq!(output.status.code(), Some(1));
    let wanted = "\
a.yaml: Ok
b.yaml: Ok, with warnings
rules.yaml: Invalid
2 Schema warnings:
------
failed for <root>[0]: Object contains a property that could not be validated using 'properties' or 'additionalProperties' constraints: 'descr'.
------
failed for <root>: Failed to validate item #0 in array.
------

1 Errors:
In rules content: (rules.yaml:0:0)
    rule 't': (rules.yaml:0:2)
    condition expression: (\"evt.type = open a...\":1:23)
------
evt.type = open and foo
                      ^
------
LOAD_ERR_VALIDATE (Error validating rule/macro/list/exception objects): Undefined macro 'foo' used in filter.

1 Warnings:
In rules content: (rules.yaml:0:0)
    rule 't': (rules.yaml:0:2)
------
- rule: t
  ^
------
LOAD_UNKNOWN_KEY (Unknown key in item definition): Unknown key 'descr'. The key will be ignored.
";
    assert_eq!(text(&output.stdout), wanted);
    let log = text(&output.stderr);
    assert!(
        log.starts_with("b.yaml: Ok, with warnings\n2 Schema warnings:\n")
            && log.contains("\n\n1 Warnings:\nIn rules content: (b.yaml:0:0)\n"),
        "{log}"
    );

    let odd = quiet.replace("INFO", "Info");
    let output = mews("text", &[("a.yaml", &odd)], &["--falco"]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "a.yaml: Ok\n".to_owned()));
    let wanted = "\
a.yaml: Ok
3 Schema warnings:
------
failed for <root>[0][priority]: Failed to match against any enum values.
------
failed for <root>[0]: Failed to validate against schema associated with property name 'priority'.
------
failed for <root>: Failed to validate item #0 in array.
------
";
    assert_eq!(text(&output.stderr), wanted);

    let output = mews("text", &[("a.yaml", &quiet)], &["--falco"]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "a.yaml: Ok\n".to_owned()));
}
