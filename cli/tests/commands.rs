//! The program as people and scripts run it.

use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::{Command, Output};

/// A file of a test, in a folder of its own.
fn file(test: &str, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn mews(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mews")).args(args).env("LC_ALL", "C").output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const RULES: &str = "\
- list: shells
  items: [bash, sh]
- rule: Shell é
  desc: A shell
  condition: spawned_process and proc.name in (shells)
  output: shell %proc.name of %user.name in %proc.pname
  priority: WARNING
  exceptions:
    - name: known
      fields: [proc.name, proc.pname]
      comps: [=, =]
      values:
        - [bash, sshd]
        - [sh, crond]
- rule: Any program
  desc: Anything
  condition: spawned_process
  output: ran %proc.cmdline
  priority: NOTICE
  enabled: false
";

const EVENTS: &str = r#"{"evt.type":"execve","proc.name":"bash","proc.pname":"runc","proc.cmdline":"bash -i","user.name":"root"}
{"evt.type":"execve","proc.name":"sh","proc.pname":"crond","proc.cmdline":"sh"}
{"evt.type":"openat","proc.name":"sh"}
"#;

fn lines(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn replay_prints_one_line_per_event() {
    let rules = file("replay", "rules.yaml", RULES);
    let events = file("replay", "events.jsonl", EVENTS);
    let (rules, events) = (rules.to_str().unwrap(), events.to_str().unwrap());
    let output = mews(&["replay", "--rules", rules, "--events", events]);
    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
    let suppressed = json!([{"rule": "Shell é", "exception": "known", "tuple": 2}]);
    assert_eq!(
        lines(&output),
        [
            json!({"event": 1, "matches": ["Shell é"], "suppressed": [], "outputs": ["shell bash of root in runc"]}),
            json!({"event": 2, "matches": [], "suppressed": suppressed, "outputs": []}),
            json!({"event": 3, "matches": [], "suppressed": [], "outputs": []}),
        ]
    );
    assert!(text(&output.stdout).starts_with("{\"event\":1,\"matches\":"), "keys in this order");

    let output = mews(&["replay", "--rules", rules, "--events", events, "--enable-all"]);
    assert_eq!(lines(&output)[0]["matches"], json!(["Shell é", "Any program"]));
    assert_eq!(lines(&output)[0]["outputs"], json!(["shell bash of root in runc", "ran bash -i"]));
}

#[test]
fn events_count_through_all_files() {
    let rules = file("two-events", "rules.yaml", RULES);
    let (first, second) = (
        file("two-events", "a.jsonl", EVENTS),
        file("two-events", "b.yaml", "- evt.type: execve\n  a.b: c\n"),
    );
    let (first, second) = (first.to_str().unwrap(), second.to_str().unwrap());
    let output =
        mews(&["replay", "--rules", rules.to_str().unwrap(), "--events", second, "--events", first, first]);
    let events: Vec<_> = lines(&output).iter().map(|line| line["event"].clone()).collect();
    assert_eq!(events, [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(lines(&output)[1]["matches"], json!(["Shell é"]));
    assert!(text(&output.stderr).contains("b.yaml:2:3"), "{}", text(&output.stderr));
}

const CONFIG: &str = "\
append_output:
  - match: {source: syscall}
    extra_output: by %static.owner
    extra_fields: [proc.pname]
static_fields: {owner: ops}
rules:
  - enable: {rule: Any *}
";

#[test]
fn replay_follows_the_configuration() {
    let rules = file("replay-config", "rules.yaml", RULES);
    let events = file("replay-config", "events.jsonl", EVENTS);
    let config = file("replay-config", "falco.yaml", CONFIG);
    let named =
        file("replay-config", "other.yaml", format!("{CONFIG}json_output: true\nrule_matching: all\n"));
    let [rules, events, config, named] =
        [&rules, &events, &config, &named].map(|path| path.to_str().unwrap());
    let output = mews(&["replay", "--rules", rules, config, "--events", events]);
    assert_eq!(text(&output.stderr), "");
    let first = &lines(&output)[0];
    assert_eq!(first["matches"], json!(["Shell é", "Any program"]));
    assert_eq!(first["outputs"], json!(["shell bash of root in runc by ops", "ran bash -i by ops"]));
    assert_eq!(first["hidden"], json!(["Any program"]));

    let output = mews(&["replay", "--rules", rules, config, "--events", events, "--alerts"]);
    let shown = text(&output.stdout);
    let shown: Vec<&str> = shown.lines().collect();
    assert_eq!(shown, ["<NA>: Warning shell bash of root in runc by ops", "<NA>: Notice ran sh by ops"]);

    let output = mews(&["replay", "--rules", rules, "--config", named, "--events", events, "--alerts"]);
    let alerts = lines(&output);
    assert_eq!(alerts.len(), 3);
    assert_eq!(alerts[1]["rule"], "Any program");
    assert_eq!(alerts[1]["output_fields"]["proc.pname"], "runc");

    let output = mews(&["replay", "--rules", rules, config, "--config", named, "--events", events]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("a second configuration"), "{}", text(&output.stderr));
}

#[test]
fn validate_looks_into_the_configuration() {
    let rules = file("validate-config", "rules.yaml", RULES);
    let config = file("validate-config", "falco.yaml", CONFIG.replace("%static.owner", "%proc.nmae"));
    let (rules, config) = (rules.to_str().unwrap(), config.to_str().unwrap());
    let output = mews(&["validate", rules, config]);
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stdout);
    assert!(shown.contains("falco.yaml:3:23") && shown.contains("LOAD_ERR_COMPILE_OUTPUT"), "{shown}");
    assert!(shown.contains("for the rule `Shell é`"), "{shown}");
    let output = mews(&["validate", "--falco-json", rules, "--config", config]);
    let results: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(results["falco_load_results"][0]["errors"][0]["code"], "LOAD_ERR_COMPILE_OUTPUT");
    let wrong = file("validate-config", "wrong.yaml", "rule_matching: sometimes\n");
    let output = mews(&["validate", rules, "--config", wrong.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
}

#[test]
fn without_the_base_rules_their_macros_are_missing() {
    let rules = file("no-base", "rules.yaml", RULES);
    let events = file("no-base", "events.jsonl", EVENTS);
    let (rules, events) = (rules.to_str().unwrap(), events.to_str().unwrap());
    let output = mews(&["replay", "--no-base", "--rules", rules, "--events", events]);
    assert!(text(&output.stderr).contains("spawned_process"), "{}", text(&output.stderr));
    assert_eq!(lines(&output)[0]["matches"], json!([]));
}

#[test]
fn stats_are_one_json_object() {
    let rules = file("stats", "rules.yaml", RULES);
    let events = file("stats", "events.jsonl", EVENTS);
    let (rules, events) = (rules.to_str().unwrap(), events.to_str().unwrap());
    let output = mews(&["replay", "--rules", rules, "--events", events, "--stats", "--repeat", "3"]);
    let stats: Value = serde_json::from_str(text(&output.stderr).trim()).unwrap();
    assert_eq!((&stats["rules"], &stats["events"]), (&json!(1), &json!(3)));
    for key in ["load_ms", "read_ms", "evaluate_cold_ms", "evaluate_edit_ms"] {
        let (median, min) = (stats[key]["median"].as_f64().unwrap(), stats[key]["min"].as_f64().unwrap());
        assert!(median >= min && min > 0.0, "{key}: {stats}");
    }
}

#[test]
fn validate_says_what_falco_would_refuse() {
    let good = file("validate", "good.yaml", RULES);
    let output = mews(&["validate", good.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));

    let bad = file("validate", "bad.yaml", RULES.replace("proc.name in", "proc.nmae in"));
    let output = mews(&["validate", bad.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stdout);
    assert!(shown.contains("error[unknown-field]") && shown.contains("bad.yaml:5:"), "{shown}");
    assert!(shown.contains("^^^^^^^^^"), "{shown}");

    let output = mews(&["validate", "--json", bad.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let first = &all[0];
    assert_eq!(first["code"], "unknown-field");
    assert_eq!(first["severity"], "error");
    assert_eq!(first["file"], bad.to_str().unwrap());
    assert_eq!(first["line"], 5);
    assert_eq!(first["falco"]["code"], "LOAD_ERR_COMPILE_CONDITION");
    let (start, end) = (first["span"]["start"].as_u64().unwrap(), first["span"]["end"].as_u64().unwrap());
    let source = std::fs::read_to_string(&bad).unwrap();
    assert_eq!(&source[start as usize..end as usize], "proc.nmae");
    assert_eq!(first["fixes"][0]["edits"][0]["insert"], "proc.name");
}

#[test]
fn validate_prints_what_falco_would_in_its_own_shape() {
    let two = RULES.replace("proc.name in", "proc.nmae in") + "- rule: second\n  descr: x\n";
    let bad = file("falco-json", "bad.yaml", two);
    let output = mews(&["validate", "--falco-json", bad.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let results: Value = serde_json::from_slice(&output.stdout).unwrap();
    let result = &results["falco_load_results"][0];
    assert_eq!((&result["successful"], &result["name"]), (&json!(false), &json!(bad.to_str().unwrap())));
    // The second rule is read before the first is compiled, and Falco stops there.
    let errors = result["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1, "{result}");
    assert_eq!(errors[0]["code"], "LOAD_ERR_YAML_VALIDATE");
    assert_eq!(errors[0]["message"], "Item has no mapping for key 'enabled'");
    assert_eq!(errors[0]["context"]["locations"][1]["item_name"], "second");

    let good = file("falco-json", "good.yaml", RULES);
    let output = mews(&["validate", "--falco-json", good.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let results: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(results["falco_load_results"][0]["successful"], true);
}

#[test]
fn messages_come_in_japanese_too() {
    let bad = file("japanese", "bad.yaml", RULES.replace("proc.name in", "proc.nmae in"));
    let output = mews(&["--lang", "ja", "validate", "--json", bad.to_str().unwrap()]);
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(all[0]["message"].as_str().unwrap().contains('フ'), "{}", all[0]["message"]);
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let binary = file("unreadable", "binary.yaml", b"- rule: x\n\xff\xfe");
    let output = mews(&["validate", binary.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let shown = text(&output.stderr);
    assert!(shown.contains("binary.yaml is not UTF-8 text: byte 10, on line 2,"), "{shown}");

    let output = mews(&["validate", "/no/such/file.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot read /no/such/file.yaml"), "{}", text(&output.stderr));

    let folder = binary.parent().unwrap().to_str().unwrap();
    let output = mews(&["validate", folder]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot read"), "{}", text(&output.stderr));
}

#[test]
fn problems_of_events_are_shown_and_the_others_replayed() {
    let rules = file("bad-events", "rules.yaml", RULES);
    let events = file("bad-events", "events.jsonl", format!("{{\"proc.pid\":\"x\"}}\n{{broken\n{EVENTS}"));
    let output = mews(&["replay", "--rules", rules.to_str().unwrap(), "--events", events.to_str().unwrap()]);
    assert!(output.status.success());
    assert_eq!(lines(&output).len(), 4);
    let shown = text(&output.stderr);
    assert!(shown.contains("events.jsonl:1:13") && shown.contains("events.jsonl:2:2"), "{shown}");
}

#[test]
fn help_explains_the_output() {
    let output = mews(&["replay", "--help"]);
    let shown = text(&output.stdout);
    assert!(shown.contains("counts from 1") && shown.contains("--enable-all"), "{shown}");
    assert_eq!(mews(&[]).status.code(), Some(2));
}

#[test]
fn the_course_dialect_evaluates_and_says_what_falco_thinks_of_it() {
    let rules = "\
- rule: Exec
  desc: A shell by day
  condition: spawned_process and evt.hour >= 8 and k8s_audit.user.username = eve
  output: at %evt.hour by %k8s_audit.user.name in %k8s.pod.label.security-tier
  priority: NOTICE
- rule: Exec
  priority: WARNING
";
    let events = "{\"evt.type\":\"execve\",\"time\":\"2026-04-14T12:00:00Z\",\"ka.user.name\":\"eve\",\"k8s.pod.label[security-tier]\":\"top\"}\n";
    let rules = file("course", "rules.yaml", rules);
    let events = file("course", "events.jsonl", events);
    let (rules, events) = (rules.to_str().unwrap(), events.to_str().unwrap());

    let output = mews(&["replay", "--dialect", "course", "--rules", rules, "--events", events]);
    let outputs = json!(["at 12 by eve in top"]);
    assert_eq!(
        lines(&output),
        [json!({"event": 1, "matches": ["Exec"], "suppressed": [], "outputs": outputs})]
    );
    let shown = text(&output.stderr);
    assert!(shown.contains("course dialect; Falco would refuse 1 of the rules files"), "{shown}");
    let output = mews(&["replay", "--rules", rules, "--events", events]);
    assert_eq!(lines(&output)[0]["matches"], json!([]));

    let output = mews(&["validate", "--dialect", "course", rules]);
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stdout);
    assert!(
        shown.contains("1 file: 0 errors, 6 warnings; Falco would refuse this (course dialect"),
        "{shown}"
    );
    let falco = |dialect| text(&mews(&["validate", "--falco-json", "--dialect", dialect, rules]).stdout);
    assert_eq!(falco("falco"), falco("course"));
}

#[test]
fn what_cannot_be_decided_is_no_match() {
    let rules = file("undecided", "rules.yaml", RULES);
    let events = file(
        "undecided",
        "events.jsonl",
        r#"{"partial":true,"evt.type":"execve","proc.name":"bash","proc.cmdline":"bash -i"}
{"partial":true,"evt.type":"execve","proc.name":"cat"}
"#,
    );
    let output = mews(&["replay", "--rules", rules.to_str().unwrap(), "--events", events.to_str().unwrap()]);
    assert!(output.status.success());
    assert_eq!(
        lines(&output),
        [
            json!({"event": 1, "matches": [], "suppressed": [], "outputs": [], "undecided": ["Shell é"]}),
            json!({"event": 2, "matches": [], "suppressed": [], "outputs": []}),
        ]
    );
    let said = text(&output.stderr);
    assert!(said.contains("? answers that cannot be decided: 1"), "{said}");
    assert!(said.contains("  Shell é: events left open: 1; they ask for proc.pname (alone 1)"), "{said}");
}

#[test]
fn alerts_prove_what_the_rules_of_then_have_in_common() {
    let rule = |condition: &str| {
        format!(
            "- rule: Shell\n  desc: d\n  condition: {condition}\n  output: o %proc.pname\n  priority: WARNING\n"
        )
    };
    let old = "evt.type = execve and proc.name = bash";
    let then = file("proofs", "then.yaml", rule(old));
    let rules = file("proofs", "rules.yaml", rule(&format!("{old} and proc.pname != cron")));
    let events = file(
        "proofs",
        "events.jsonl",
        r#"{"partial":true,"fired":"Shell","proc.pname":"sshd"}
{"partial":true,"fired":"Shell","proc.pname":"cron"}
{"partial":true,"fired":"Shell"}
"#,
    );
    let paths = [&rules, &then, &events].map(|path| path.to_str().unwrap().to_owned());
    let [rules, then, events] = paths.each_ref().map(String::as_str);
    let output = mews(&["replay", "--rules", rules, "--baseline", then, "--events", events]);
    let said: Vec<Value> = lines(&output);
    assert_eq!(said[0]["matches"][0], "Shell");
    assert!(said[1]["matches"].as_array().unwrap().is_empty());
    assert_eq!(said[2]["undecided"][0], "Shell");
    let summary = "of 3 alerts of these rules 1 would be raised again; lost: 1, suppressed by exceptions: 0, undecided: 1";
    assert!(text(&output.stderr).contains(summary), "{}", text(&output.stderr));
    // Without them the condition is taken to have been what it is.
    let output = mews(&["replay", "--rules", rules, "--events", events]);
    assert!(text(&output.stderr).contains("`--baseline`"), "{}", text(&output.stderr));
    let exported =
        mews(&["export", "--rules", rules, "--baseline", then, "--events", events, "--as", "alerts"]);
    assert_eq!(text(&exported.stdout).lines().count(), 1, "{}", text(&exported.stderr));
}

#[test]
fn export_writes_events_and_alerts() {
    let rules = file("export", "rules.yaml", RULES);
    let events = file("export", "events.jsonl", EVENTS);
    let (rules, events) = (rules.to_str().unwrap(), events.to_str().unwrap());
    let output = mews(&["export", "--events", events]);
    assert!(output.status.success());
    assert_eq!(text(&output.stderr), "mews: events: 3\n");
    let exported = text(&output.stdout);
    assert!(exported.starts_with("- evt.type: execve\n  proc.name: bash\n"), "{exported}");
    let again = file("export", "events.yaml", &exported);
    let replay = |events: &str| text(&mews(&["replay", "--rules", rules, "--events", events]).stdout);
    assert_eq!(replay(events), replay(again.to_str().unwrap()));

    let output = mews(&["--lang", "ja", "export", "--events", events, "--rules", rules, "--as", "alerts"]);
    assert_eq!(text(&output.stderr), "mews: アラート 1 件\n");
    assert_eq!(lines(&output)[0]["rule"], "Shell é");
    let output = mews(&["export", "--events", events, "--rules", rules, "--as", "csv"]);
    let table = text(&output.stdout);
    assert!(table.starts_with("time,rule,priority,source,output,evt.time,proc.name,"), "{table}");
    assert_eq!(table.lines().count(), 2);
    assert_eq!(mews(&["export", "--events", events, "--as", "csv"]).status.code(), Some(2));
}

#[test]
fn audit_logs_have_all_fields_that_rules_ask_for() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../web/examples/4.4-audit-log");
    let (rules, log) = (format!("{root}/rules.yaml"), format!("{root}/audit.log"));
    let replay = |events: &str| text(&mews(&["replay", "--rules", &rules, "--events", events]).stdout);
    let exported = text(&mews(&["export", "--rules", &rules, "--events", &log]).stdout);
    let again = file("audit", "events.yaml", exported);
    let verdicts = replay(&log);
    assert!(verdicts.contains(r#""matches":[""#), "{verdicts}");
    assert_eq!(verdicts, replay(again.to_str().unwrap()));
}

#[test]
fn redact_replaces_names_and_says_which() {
    let log = r#"{"evt.type":"execve","user.name":"alice","proc.cmdline":"ls /home/alice","proc.name":"ls"}"#;
    let log = file("redact", "events.jsonl", log);
    let log = log.to_str().unwrap();
    let output = mews(&["redact", log, "--list"]);
    assert_eq!(text(&output.stdout), "user\talice\tuser-1\t2\n");
    let output = mews(&["redact", log]);
    assert_eq!(text(&output.stderr), "mews: values replaced: 1; verdicts that changed: 0\n");
    assert_eq!(lines(&output)[0]["proc.cmdline"], "ls /home/user-1");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("redact/out");
    let output = mews(&["--lang", "ja", "redact", log, "--keep", "alice", "-o", folder.to_str().unwrap()]);
    assert_eq!(text(&output.stderr), "mews: 置き換えた値 0 件、変わった判定 0 件\n");
    let same = std::fs::read_to_string(folder.join("events.jsonl")).unwrap();
    assert_eq!(same, std::fs::read_to_string(log).unwrap());
    assert_eq!(mews(&["redact", log, log]).status.code(), Some(2));
}
