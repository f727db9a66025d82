//! The fast evaluator says what the explaining one says, on random rules and events; what is remembered changes nothing.

use super::{load, runner};
use crate::checks::agree::evaluators_agree;
use engine::compile::{Exprs, lower};
use engine::evaluate::{Cache, evaluate};
use engine::events::{Options, read};
use engine::report::Outcome;
use engine::text::SourceId;
use proptest::prelude::*;
use std::cell::Cell;
use std::fmt::Write;

/// Checks of every kind: plain, typed, either end, ancestors, networks, lists, transformers, other fields, modifiers.
const CHECKS: &[&str] = &[
    "evt.type = execve",
    "evt.type in (openat, connect, uname)",
    "evt.type != uname",
    "proc.name = bash",
    "proc.name != bash",
    "proc.name in (bash, sh, '')",
    "proc.name exists",
    "proc.name glob b*",
    "proc.name regex '(ba)?sh'",
    "proc.name startswith b",
    "proc.name = anyof (sh, bash)",
    "proc.name != allof (sh, bash)",
    "proc.name contains oneof (a, s)",
    "proc.pname in (sshd, runc)",
    "proc.aname = sshd",
    "proc.aname != sshd",
    "proc.aname in (sshd, init)",
    "proc.aname[2] = init",
    "proc.aexepath startswith /usr",
    "proc.env[HOME] = /root",
    "proc.env[NONE] = ''",
    "proc.args[0] = -l",
    "proc.pid > 100",
    "proc.pid = proc_pid",
    "proc.tty != 0",
    "user.uid in (0, 33)",
    "user.loginuid = -1",
    "fd.name pmatch (/etc, /usr/bin)",
    "fd.name endswith shadow",
    "fd.directory = /etc",
    "fd.ip = 10.0.0.1",
    "fd.ip != 10.0.0.1",
    "fd.net = 10.0.0.0/8",
    "fd.net in (10.0.0.0/8, 192.0.2.0/24)",
    "fd.snet in (192.0.2.0/24, 10.0.0.0/8)",
    "fd.sip = 192.0.2.7",
    "fd.port = 443",
    "fd.sport >= 443",
    "fd.port in (22, 443)",
    "fd.types intersects (file, pipe)",
    "fd.types in (file)",
    "fd.types exists",
    "evt.num > 2",
    "evt.num = 0",
    "evt.is_open_read = true",
    "evt.rawres >= 0",
    "evt.arg.flags contains O_RDWR",
    "k8s.pod.label[app] = web",
    "container.id != host",
    "tolower(proc.name) = bash",
    "len(proc.name) > 2",
    "basename(fd.name) in (shadow, b)",
    "concat(proc.name, proc.pname) = bashsshd",
    "proc.name = val(proc.pname)",
    "proc.pid > val(proc.ppid)",
    "first",
    "second",
];

/// A condition of such checks.
fn condition() -> impl Strategy<Value = String> {
    let check = prop::sample::select(CHECKS).prop_map(str::to_owned);
    check.prop_recursive(5, 24, 4, |inner| {
        let some = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            inner.prop_map(|one| format!("not ({one})")),
            some.clone().prop_map(|all| format!("({})", all.join(" and "))),
            some.prop_map(|any| format!("({})", any.join(" or "))),
        ]
    })
}

/// Two macros and three rules; the last one has exceptions.
pub(super) fn rules() -> impl Strategy<Value = String> {
    let no_macro =
        condition().prop_map(|text| text.replace("first", "proc.name = a").replace("second", "user.uid = 1"));
    let uses_first = condition().prop_map(|text| text.replace("second", "user.uid = 2"));
    let conditions = prop::collection::vec(condition(), 3);
    let names = prop::collection::vec(prop::sample::select(&["bash", "sh", "cat"][..]), 3);
    (no_macro, uses_first, conditions, names).prop_map(|(first, second, conditions, names)| {
        let mut out = String::from("- list: proc_pid\n  items: [7]\n");
        writeln!(out, "- macro: first\n  condition: >\n    {first}\n- macro: second\n  condition: >\n    {second}").unwrap();
        for (number, condition) in conditions.iter().enumerate() {
            writeln!(out, "- rule: R{number}\n  desc: d\n  condition: >\n    {condition}\n  output: o\n  priority: INFO").unwrap();
        }
        writeln!(
            out,
            "  exceptions:\n  - name: pairs\n    fields: [proc.name, proc.pname]\n    comps: [=, in]\n    values:\n    - [{}, [sshd, runc]]\n    - [{}, [init]]\n  - name: single\n    fields: proc.name\n    values: [{}]",
            names[0], names[1], names[2]
        )
        .unwrap();
        out
    })
}

/// Events in which each of these values may be missing.
pub(super) fn events() -> impl Strategy<Value = String> {
    let fields: &[(&str, &[&str])] = &[
        ("evt.type", &["execve", "openat", "connect", "uname", "sysinfo"]),
        ("proc.name", &["bash", "sh", "cat", ""]),
        ("proc.pname", &["sshd", "runc", "bash"]),
        ("proc.aname[2]", &["init", "sshd"]),
        ("proc.aname[3]", &["sshd"]),
        ("proc.aexepath[1]", &["/usr/sbin/sshd", "/init"]),
        ("proc.env[HOME]", &["/root"]),
        ("proc.args", &["-l", "-c date"]),
        ("proc.pid", &["7", "200"]),
        ("proc.ppid", &["1", "300"]),
        ("proc.tty", &["0", "34816"]),
        ("user.uid", &["0", "33", "1000"]),
        ("user.loginuid", &["-1", "1000"]),
        ("fd.name", &["/etc/shadow", "/usr/bin/b", "10.0.0.1:99->192.0.2.7:443", "pipe"]),
        ("fd.sip", &["10.0.0.1", "192.0.2.7", "::1"]),
        ("fd.cip", &["10.0.0.1"]),
        ("fd.sport", &["443", "22", "1"]),
        ("evt.arg.flags", &["O_RDWR|O_CREAT", "O_RDONLY"]),
        ("evt.rawres", &["-2", "3"]),
        ("k8s.pod.label[app]", &["web", "db"]),
        ("container.id", &["host", "0123456789ab"]),
    ];
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, values)| {
            let value =
                prop::sample::select(*values).prop_map(move |value| format!("\"{name}\":\"{value}\""));
            prop::option::weighted(0.7, value)
        })
        .collect();
    let types = prop::sample::select(&["[]", "[\"file\"]", "[\"file\",\"pipe\"]"][..]);
    let event = (fields, prop::option::of(types)).prop_map(|(fields, types)| {
        let types = types.map(|types| format!("\"fd.types\":{types}"));
        let all: Vec<String> = fields.into_iter().flatten().chain(types).collect();
        format!("{{{}}}\n", all.join(","))
    });
    prop::collection::vec(event, 1..90).prop_map(|events| events.concat())
}

#[test]
fn explain_and_evaluate_agree() {
    let (events_asked, matches, suppressed) = (Cell::new(0), Cell::new(0), Cell::new(0));
    runner(250)
        .run(&(rules(), events(), any::<bool>()), |(rules, events, derive)| {
            let (store, problems) =
                read(&events, SourceId(0), Options { derive, places: false, ..Options::default() });
            prop_assert!(problems.is_empty(), "{problems:?}");
            let hits = evaluators_agree(&load(&rules), &store);
            events_asked.set(events_asked.get() + hits.len());
            for hit in hits.iter().flatten() {
                let count = if hit.outcome == Outcome::Matches { &matches } else { &suppressed };
                count.set(count.get() + 1);
            }
            Ok(())
        })
        .unwrap();
    let answers =
        [events_asked.get() * 3 - matches.get() - suppressed.get(), matches.get(), suppressed.get()];
    assert!(answers.iter().all(|count| *count > 100), "all answers come: {answers:?}");
}

#[test]
fn an_edit_gives_what_a_new_start_gives() {
    runner(100)
        .run(&(rules(), rules(), events()), |(before, after, events)| {
            let (store, _) = read(&events, SourceId(0), Options::default());
            let mut exprs = Exprs::default();
            let mut cache = Cache::default();
            let program = lower(&load(&before), &mut exprs);
            evaluate(&program, &exprs, &store, &mut cache);
            let program = lower(&load(&after), &mut exprs);
            let edited = evaluate(&program, &exprs, &store, &mut cache);
            let mut new = Exprs::default();
            let program = lower(&load(&after), &mut new);
            prop_assert_eq!(edited, evaluate(&program, &new, &store, &mut Cache::default()));
            Ok(())
        })
        .unwrap();
}
