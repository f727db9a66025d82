//! An events file of any content: reading it ends, what is said about it points into it, and alerts are JSON.

use super::{Texts, details, places_lie_in};
use engine::catalog::Dialect;
use engine::events::{EventStore, Options, fields, read, summaries};
use engine::lint;
use engine::resolve::Loaded;
use engine::text::{SourceId, Span};
use std::sync::LazyLock;

/// Rules that look at much and say much.
const RULES: &str = "\
- rule: Calls
  desc: d
  condition: >
    evt.type exists and not proc.name in (sh, '') and not fd.name glob *.log and not fd.net = 10.0.0.0/8
    or proc.aname in (sshd) or evt.num > 3 or user.uid != 0 or len(proc.args) > 3 or proc.pid = val(proc.ppid)
  output: '%evt.time %proc.name %proc.cmdline %proc.aname[2] %fd.name %fd.sip %evt.args %evt.arg.flags %user.name %k8s.pod.labels %container.id'
  priority: INFO
  tags: [a]
- rule: Audit
  desc: d
  condition: >
    ka.verb exists or ka.req.pod.containers.image intersects (a) or ka.uri.param[x] != 1
    or ka.req.pod.volumes.hostpath intersects (/) or len(ka.user.groups) > 1 or jevt.value[/stage] = a
  output: >
    %ka.verb %ka.user.name %ka.target.resource %ka.uri.param[x] %ka.req.pod.containers.command %jevt.value[/a]
    %ka.req.pod.containers.eff_run_as_user %ka.req.pod.containers.host_port[1] %ka.req.pod.volumes.volume_type
    %ka.req.role.rules.verbs %ka.req.binding.subjects.user_names %ka.req.container.privileged %jevt.obj
  priority: NOTICE
  source: k8s_audit
";

static LOADED: LazyLock<Loaded> =
    LazyLock::new(|| lint::load(&[super::texts::source("rules.yaml", RULES)], Dialect::Falco));

/// Checks an events file.
pub(crate) fn events(text: &str) {
    let (store, problems) = read(text, SourceId(0), Options::default());
    let check = |span: Span| {
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {text:?}");
    };
    for problem in &problems {
        check(problem.at.span);
        problem.fixes.iter().flat_map(|fix| &fix.edits).for_each(|edit| check(edit.at.span));
    }
    let everything = |store: &EventStore| {
        let events = summaries(store, 0..store.len()).into_iter().enumerate();
        events.map(|(at, summary)| (summary, fields(store, at, text).unwrap())).collect::<Vec<_>>()
    };
    let said = everything(&store);
    for (summary, fields) in &said {
        check(summary.span);
        for field in fields {
            check(field.span);
        }
    }
    let (second, again) = read(text, SourceId(0), Options::default());
    assert_eq!(said, everything(&second));
    assert_eq!(format!("{problems:?}"), format!("{again:?}"));
    alerts(text);
}

fn alerts(text: &str) {
    let texts = Texts::new(RULES, text);
    let mut session = texts.session(Dialect::Falco);
    let report = session.report();
    places_lie_in(&report, &texts);
    assert_eq!(report, session.report());
    assert_eq!(report.verdicts.len(), session.store().len());
    super::agree::evaluators_agree(&LOADED.ruleset, session.store());
    details(&session, &report, &texts);
    super::export::reads_back(RULES, &session, &report);
}
