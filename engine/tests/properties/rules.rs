//! Whatever a rules file holds, loading it ends, and what is said about it points into it.

use super::texts::broken;
use super::{agree, runner};
use crate::checks::{self, Texts};
use engine::catalog::Dialect;
use engine::lint;
use engine::parse::wrapped;
use engine::text::Source;
use proptest::prelude::*;

pub(super) const SEEDS: &[&str] = &[
    "- required_engine_version: 0.26.0\r\n\
- list: shells\r\n  items: [bash, 'é 日本語', \"a\\\"b\"]\r\n\
- macro: spawned\r\n  condition: evt.type in (execve, execveat)\r\n\
- rule: Shell 😀\r\n  desc: d\r\n  condition: >\r\n    spawned and proc.name in (shells)\r\n    and not user.name = \"root\"\r\n  output: \"%proc.name é %user.name[1]\"\r\n  priority: WARNING\r\n  tags: [a, b]\r\n",
    "- rule: R\n  desc: d\n  condition: (evt.type = open and fd.name pmatch (/etc, \"/a b\")) or proc.aname[2] != x\n  output: o\n  priority: info\n  exceptions:\n  - name: e\n    fields: [proc.name, fd.name]\n    comps: [=, startswith]\n    values:\n    - [cat, /etc]\n    - [日本, '/é']\n  - name: f\n    fields: proc.name\n    values: [a, b]\n- rule: R\n  append: true\n  exceptions:\n  - name: e\n    values:\n    - [x, /y]\n- rule: R\n  override: {condition: append, tags: replace}\n  condition: and not proc.name = z\n  tags: []\n",
    "- macro: a\n  condition: b\n- macro: b\n  condition: a\n- rule: x\n  desc: |\n    two\n    lines\n  condition: |-\n    a and\n\n      tolower(proc.name) = val(proc.pname)\n    and proc.cmdline regex '(a|b)*\\.é'\n  output: >-\n    folded\n    %evt.arg.flags %(x)\n  priority: [x]\n  source: k8s_audit\n",
    "- rule: J\n  desc: d\n  condition: ka.verb in (get, \"<NA>\") and jevt.value[/a/b] exists\n  output: '%ka.uri.param[x]'\n  priority: 3\n  source: k8s_audit\n  enabled: maybe\n  exception: []\n- lst: [a]\n- list: l\n  items:\n    - l\n    - 5\n    - ~\n",
];

pub(super) const PIECES: &[&str] = &[
    "(",
    ")",
    " and ",
    " or ",
    "not ",
    " in ",
    "=",
    "\"",
    "'",
    "\\",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    "- ",
    "\n",
    "\r\n",
    "  ",
    "é",
    "日",
    "😀",
    "\t",
    "|",
    ">",
    "&a ",
    "*a",
    "#",
    "%",
    "%proc.name",
    "~",
    "proc.name",
    "evt.type",
    "<NA>",
    "append: true\n",
    "condition: ",
    "exceptions:\n",
    "\u{0}",
    "\u{feff}",
    "val(",
    "tolower(",
    "oneof",
    "99999999999999999999",
];

#[test]
fn broken_rules_files_are_loaded_and_places_lie_in_them() {
    runner(300)
        .run(&(broken(SEEDS, PIECES), broken(SEEDS, PIECES)), |(first, second)| {
            checks::rules(&Texts::of_rules(&[&first, &second]));
            Ok(())
        })
        .unwrap();
}

/// Conditions as they stand in the files, each on its own.
#[test]
fn broken_conditions_agree_and_print_as_they_are_read() {
    const CONDITIONS: &[&str] = &[
        "evt.type = execve and (proc.name in (few_names, 'é 日本') or not user.name = \"root\")",
        "by_root and fd.name pmatch (/etc, \"/a b\") or proc.aname[2] != x or proc.args[0] exists",
        "tolower(proc.name) = val(proc.pname) and proc.cmdline regex '(a|b)*\\.é' and len(fd.name) >= 3",
        "ka.verb in (get, \"<NA>\") and jevt.value[/a/b] exists and fd.types intersects (file)",
        "proc.name startswith oneof (b, c) and fd.net in (10.0.0.0/8) and join(',', (proc.name, 5)) contains '5'",
    ];
    runner(1000)
        .run(&broken(CONDITIONS, PIECES), |text| {
            checks::conditions(&text);
            Ok(())
        })
        .unwrap();
}

/// What stands before rules that another file holds, and by how much they are indented.
const AROUND: (&str, &str) = ("# 規則\nkind: ConfigMap\ndata:\n  日本.yaml: |-\n", "      ");

/// The text as a part of another file.
fn wrap(text: &str) -> String {
    let (before, indent) = AROUND;
    let lines = text
        .split_inclusive('\n')
        .map(|line| if line.trim().is_empty() { line.to_owned() } else { format!("{indent}{line}") });
    format!("{before}{}\n  other: 1\n", lines.collect::<String>())
}

#[test]
fn rules_inside_another_file_mean_and_say_the_same() {
    let said = |text: &str| {
        let file = Source { name: "rules.yaml".into(), text: text.into() };
        let loaded = lint::load(&[file], Dialect::Falco);
        let own = loaded.diagnostics.into_iter().filter(|problem| problem.code.name != "wrapped-rules");
        let own = own.map(|problem| (problem.message, problem.at.span.slice(text).trim_end().to_owned()));
        let rules =
            loaded.ruleset.rules.into_iter().map(|rule| (rule.name, rule.condition.as_str().to_owned()));
        (own.collect::<Vec<_>>(), rules.collect::<Vec<_>>(), loaded.files[0].loads)
    };
    runner(100)
        .run(&agree::rules(), |text| {
            let wrapped = wrap(&text);
            prop_assert_eq!(said(&text), said(&wrapped), "{}", wrapped);
            Ok(())
        })
        .unwrap();
}

#[test]
fn broken_rules_inside_another_file_stay_at_their_places() {
    runner(200)
        .run(&broken(SEEDS, PIECES), |text| {
            let whole = wrap(&text);
            if let Some(found) = wrapped::find(&whole) {
                prop_assert_eq!(found.text.len(), whole.len());
                for part in &found.parts {
                    prop_assert_eq!(part.lines.slice(&whole), part.lines.slice(&found.text));
                }
            }
            checks::rules(&Texts::of_rules(&[&whole]));
            Ok(())
        })
        .unwrap();
}
