//! Whatever a rules file holds, loading it ends, and what is said about it points into it.

use super::runner;
use super::texts::broken;
use engine::catalog::Dialect;
use engine::compile::{Exprs, lower};
use engine::evaluate::{Cache, evaluate, explain};
use engine::events::{Options, read};
use engine::lint::load;
use engine::resolve::falco_load;
use engine::text::{Loc, Source, SourceId};
use proptest::prelude::*;

const SEEDS: &[&str] = &[
    "- required_engine_version: 0.26.0\r\n\
- list: shells\r\n  items: [bash, 'é 日本語', \"a\\\"b\"]\r\n\
- macro: spawned\r\n  condition: evt.type in (execve, execveat)\r\n\
- rule: Shell 😀\r\n  desc: d\r\n  condition: >\r\n    spawned and proc.name in (shells)\r\n    and not user.name = \"root\"\r\n  output: \"%proc.name é %user.name[1]\"\r\n  priority: WARNING\r\n  tags: [a, b]\r\n",
    "- rule: R\n  desc: d\n  condition: (evt.type = open and fd.name pmatch (/etc, \"/a b\")) or proc.aname[2] != x\n  output: o\n  priority: info\n  exceptions:\n  - name: e\n    fields: [proc.name, fd.name]\n    comps: [=, startswith]\n    values:\n    - [cat, /etc]\n    - [日本, '/é']\n  - name: f\n    fields: proc.name\n    values: [a, b]\n- rule: R\n  append: true\n  exceptions:\n  - name: e\n    values:\n    - [x, /y]\n- rule: R\n  override: {condition: append, tags: replace}\n  condition: and not proc.name = z\n  tags: []\n",
    "- macro: a\n  condition: b\n- macro: b\n  condition: a\n- rule: x\n  desc: |\n    two\n    lines\n  condition: |-\n    a and\n\n      tolower(proc.name) = val(proc.pname)\n    and proc.cmdline regex '(a|b)*\\.é'\n  output: >-\n    folded\n    %evt.arg.flags %(x)\n  priority: [x]\n  source: k8s_audit\n",
    "- rule: J\n  desc: d\n  condition: ka.verb in (get, \"<NA>\") and jevt.value[/a/b] exists\n  output: '%ka.uri.param[x]'\n  priority: 3\n  source: k8s_audit\n  enabled: maybe\n  exception: []\n- lst: [a]\n- list: l\n  items:\n    - l\n    - 5\n    - ~\n",
];

const PIECES: &[&str] = &[
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

const EVENTS: &str =
    "- {evt.type: execve, proc.name: bash, proc.aname: [sshd, init]}\n- {evt.type: open, fd.name: /etc/é}\n";

#[test]
fn broken_rules_files_are_loaded_and_places_lie_in_them() {
    let (store, _) = read(EVENTS, SourceId(0), Options::default());
    runner(1500)
        .run(&(broken(SEEDS, PIECES), broken(SEEDS, PIECES)), |(first, second)| {
            let texts = [first, second];
            let file = |at: usize| Source { name: format!("{at}.yaml"), text: texts[at].clone() };
            let files = [file(0), file(1)];
            let loaded = load(&files, Dialect::Falco);
            let check = |at: Loc| {
                let (from, to) = (at.span.start as usize, at.span.end as usize);
                let inside =
                    files.get(at.source.index()).is_some_and(|file| file.text.get(from..to).is_some());
                prop_assert!(inside, "{at:?}");
                Ok(())
            };
            for diagnostic in &loaded.diagnostics {
                check(diagnostic.at)?;
                for edit in diagnostic.fixes.iter().flat_map(|fix| &fix.edits) {
                    check(edit.at)?;
                }
                for related in &diagnostic.related {
                    check(related.at)?;
                }
            }
            for (at, file) in loaded.files.iter().enumerate() {
                for token in &file.tokens {
                    check(Loc::new(SourceId::new(at), token.span))?;
                }
            }
            for node in loaded.ruleset.trees.iter().flat_map(|tree| &tree.nodes) {
                check(node.at)?;
            }
            let mut exprs = Exprs::default();
            let program = lower(&loaded.ruleset, &mut exprs);
            evaluate(&program, &exprs, &store, &mut Cache::default());
            for tree in loaded.ruleset.rules.iter().filter_map(|rule| rule.tree) {
                explain::explain(&loaded.ruleset, tree, &store.row(0).unwrap());
            }
            // What Falco refuses, we call an error, and the other way round.
            let first = &files[..1];
            let (lenient, strict) = (load(first, Dialect::Falco), falco_load(first));
            prop_assert_eq!(
                lenient.files[0].loads,
                strict[0].error.is_none(),
                "{:?} {:?}",
                strict[0].error,
                lenient.diagnostics
            );
            // Of the errors of a refused file Falco prints just one. Behind a syntax error that Falco's YAML reader does not see
            // as one, the rest is read in another way than Falco reads it.
            let printed = lenient.diagnostics.iter().filter_map(|problem| problem.falco.as_ref());
            let printed = printed.filter(|falco| falco.printed && falco.code.starts_with("LOAD_ERR")).count();
            let alike = lenient.diagnostics.iter().all(|problem| problem.code.name != "yaml-syntax");
            prop_assert!(
                printed == usize::from(strict[0].error.is_some()) || (printed == 0 && !alike),
                "{:?} {:#?}",
                strict[0].error,
                lenient.diagnostics
            );
            Ok(())
        })
        .unwrap();
}

#[test]
fn loading_twice_gives_the_same() {
    runner(200)
        .run(&broken(SEEDS, PIECES), |text| {
            let all =
                || format!("{:?}", load(&[Source { name: "a".into(), text: text.clone() }], Dialect::Falco));
            prop_assert_eq!(all(), all());
            Ok(())
        })
        .unwrap();
}
