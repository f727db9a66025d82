//! What must hold for any input, whatever it is. The properties ask it of random texts, the fuzz targets of whatever they come
//! upon, and a test of all inputs that the fuzz targets have kept.

pub(crate) mod agree;
mod conditions;
mod events;
mod fixes;
mod rules;

pub(crate) use conditions::conditions;
pub(crate) use events::events;
pub(crate) use fixes::fixes;
pub(crate) use rules::rules;

use engine::Session;
use engine::catalog::Dialect;
use engine::events::{EventStore, Options, read};
use engine::report::{FileId, Outcome, Place, Report};
use engine::text::{Source, SourceId};
use std::sync::LazyLock;

/// Panics where something does not hold.
pub(crate) type Check = fn(&str);

/// What can be asked of one text: a name, which is that of the fuzz target and of its folder of kept inputs, and the check.
pub(crate) const TARGETS: &[(&str, Check)] = &[
    ("rules", |text| rules(&parts(text))),
    ("conditions", conditions),
    ("events", events),
    ("fixes", |text| {
        let (rules, events) = text.split_once(BETWEEN_FILES).unwrap_or((text, EVENTS));
        fixes(rules, events);
    }),
];

/// Between the files of one text.
const BETWEEN_FILES: &str = "\n====\n";

/// Events of several sources and types, to which conditions can be put.
pub(crate) const EVENTS: &str = "\
- {evt.type: execve, proc: {name: bash, pname: sshd, aname: [sshd, init], pid: 7, cmdline: bash -c id, args: -c id}, user: {name: root, uid: 0}, container.id: host}
- {evt.type: openat, proc.name: cat, fd.name: /etc/é, evt.is_open_read: true, evt.arg.flags: O_RDONLY, container.id: 0123456789ab, k8s: {ns.name: 本番, pod.name: web}}
- {evt.type: connect, proc.name: '', fd.name: '10.0.0.1:99->192.0.2.7:443', fd.types: [ipv4, file], evt.rawres: -2}
- {source: k8s_audit, ka.verb: create, ka.target.resource: pods, 'ka.uri.param[x]': '1', ka.req.pod.containers.image: [a, 'b:1']}
";

/// [`EVENTS`] as a dialect reads them.
pub(crate) fn store(dialect: Dialect) -> &'static EventStore {
    static STORES: LazyLock<[EventStore; 2]> = LazyLock::new(|| {
        DIALECTS.map(|dialect| {
            let (store, problems) = read(EVENTS, SourceId(0), Options { dialect, ..Options::default() });
            assert!(problems.is_empty(), "{problems:?}");
            store
        })
    });
    &STORES[usize::from(dialect == Dialect::Course)]
}

pub(crate) const DIALECTS: [Dialect; 2] = [Dialect::Falco, Dialect::Course];

/// The files of a text; more than four bring nothing new.
fn parts(text: &str) -> Vec<&str> {
    text.splitn(4, BETWEEN_FILES).collect()
}

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}

/// A session with one rules file and events.
fn session(rules: &str, events: &str) -> Session {
    let mut session = Session::new();
    session.set_rules(vec![source("rules.yaml", rules)]);
    session.set_events(source("events.yaml", events));
    session
}

/// Everything that can be asked about an event can be, and its places lie in the files.
fn details(session: &Session, report: &Report, rules: &[&str], events: &str) {
    let inside = |place: Place| {
        let text = text_of(place, rules, events);
        assert!(text.get(place.span.start as usize..place.span.end as usize).is_some(), "{place:?}");
    };
    for event in 0..report.verdicts.len() as u32 {
        let matching = report.verdicts[event as usize].iter().filter(|hit| hit.outcome == Outcome::Matches);
        let detail = session.event(event, None).unwrap();
        // A rule whose output cannot be read makes none.
        assert!(detail.alerts.len() <= matching.count());
        for alert in &detail.alerts {
            let json: Result<serde_json::Value, _> = serde_json::from_str(&alert.json);
            assert!(json.is_ok(), "{json:?} {}", alert.json);
        }
        // Explaining is dear; more than a few events bring nothing new.
        for rule in 0..report.rules.len().min(if event < 6 { 6 } else { 0 }) as u32 {
            let explanation = session.explain(rule, event).unwrap();
            explanation.steps.iter().for_each(|step| inside(step.at));
            let copies = explanation.changes.iter().filter_map(|change| change.copy.as_ref());
            copies.for_each(|(place, _)| inside(*place));
        }
    }
    assert!(session.event(report.verdicts.len() as u32, None).is_none());
    assert!(session.explain(0, report.verdicts.len() as u32).is_none());
}

fn text_of<'a>(place: Place, rules: &[&'a str], events: &'a str) -> &'a str {
    match place.file {
        FileId::Events => events,
        FileId::Rules(at) => rules[at as usize],
        FileId::Config => panic!("{place:?} without a configuration"),
    }
}

/// Every place of a report lies in its file, between characters, and says the right line.
fn places_lie_in(report: &Report, rules: &[&str], events: &str) {
    let check = |place: Place| {
        let text = text_of(place, rules, events);
        let (from, to) = (place.span.start as usize, place.span.end as usize);
        assert!(text.get(from..to).is_some(), "{place:?} in {text:?}");
        let line = 1 + text[..from].matches('\n').count();
        assert_eq!(place.start.line as usize, line, "{place:?} in {text:?}");
    };
    for problem in &report.diagnostics {
        check(problem.at);
        problem.related.iter().for_each(|(place, _)| check(*place));
        for fix in &problem.fixes {
            assert!(!fix.edits.is_empty(), "{problem:?}");
            fix.edits.iter().for_each(|(place, _)| check(*place));
            let key = |place: &Place| (place.file, place.span.start, place.span.end);
            for pair in fix.edits.windows(2) {
                let [(first, _), (second, _)] = pair else { continue };
                let apart = first.file != second.file || first.span.end <= second.span.start;
                assert!(apart && key(first) <= key(second), "edits in order and apart: {fix:?}");
            }
        }
    }
    for rule in &report.rules {
        check(rule.at);
        for exception in &rule.exceptions {
            check(exception.at);
            exception.tuples.iter().for_each(|tuple| check(tuple.at));
        }
    }
}
