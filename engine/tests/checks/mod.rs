//! What must hold for any input, whatever it is. The properties ask it of random texts, the fuzz targets of whatever they come
//! upon, and a test of all inputs that the fuzz targets have kept.

pub(crate) mod agree;
mod conditions;
mod editor;
mod events;
pub(crate) mod export;
mod fixes;
mod rules;
mod texts;

pub(crate) use conditions::conditions;
pub(crate) use editor::editor;
pub(crate) use events::events;
pub(crate) use fixes::fixes;
pub(crate) use rules::rules;
pub(crate) use texts::Texts;

use engine::Session;
use engine::catalog::Dialect;
use engine::events::{EventStore, Options, read};
use engine::report::{FileId, Outcome, Place, Report, Token};
use engine::text::SourceId;
use std::sync::LazyLock;

/// Panics where something does not hold.
pub(crate) type Check = fn(&str);

/// What can be asked of one text: a name, which is that of the fuzz target and of its folder of kept inputs, and the check.
pub(crate) const TARGETS: &[(&str, Check)] = &[
    ("rules", |text| rules(&Texts::of(text))),
    ("conditions", conditions),
    ("events", events),
    ("fixes", |text| fixes(&Texts::with_events(text))),
    ("editor", editor),
];

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

/// Every place of a report lies in its file.
fn places_lie_in(report: &Report, texts: &Texts) {
    for problem in &report.diagnostics {
        texts.check(problem.at);
        problem.related.iter().for_each(|(place, _)| texts.check(*place));
        for fix in &problem.fixes {
            assert!(!fix.edits.is_empty(), "{problem:?}");
            fix.edits.iter().for_each(|(place, _)| texts.check(*place));
            let key = |place: &Place| (place.file, place.span.start, place.span.end);
            for pair in fix.edits.windows(2) {
                let [(first, _), (second, _)] = pair else { continue };
                let apart = first.file != second.file || first.span.end <= second.span.start;
                assert!(apart && key(first) <= key(second), "edits in order and apart: {fix:?}");
            }
        }
    }
    for rule in &report.rules {
        texts.check(rule.at);
        for exception in &rule.exceptions {
            texts.check(exception.at);
            exception.tuples.iter().for_each(|tuple| texts.check(tuple.at));
        }
    }
    let config = report.config.iter().flat_map(|config| &config.tokens);
    let in_config = |token: &Token| !token.span.slice(texts.file(FileId::Config)).is_empty();
    assert!(config.into_iter().all(in_config), "{:?}", report.config);
}

/// Everything that can be asked about an event can be, and its places lie in the files.
fn details(session: &Session, report: &Report, texts: &Texts) {
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
        for rule in 0..report.rules.len().min(if event < 3 { 3 } else { 0 }) as u32 {
            let explanation = session.explain(rule, event).unwrap();
            explanation.steps.iter().for_each(|step| texts.check(step.at));
            let changes = session.changes(rule, event);
            // A copy of an event of a log begins a new file.
            let new = FileId::Events(1);
            let copies = changes.iter().map(|change| change.copy.0).filter(|place| place.file != new);
            copies.for_each(|place| texts.check(place));
        }
    }
    assert!(session.event(report.verdicts.len() as u32, None).is_none());
    assert!(session.explain(0, report.verdicts.len() as u32).is_none());
}
