//! Events files come, change, move and go, and what did not change is not read again: the answers are those of a session that was
//! given the last files at once.

use engine::events::EventsFile;
use engine::report::EventsKind;
use engine::text::Source;
use engine::{NewEvents, Session};
use std::fmt::Write;

const RULES: &str = r"
- rule: Shell
  desc: A shell was started
  condition: evt.type = execve and proc.name in (bash, sh) and not proc.pname = sshd
  output: Shell (command=%proc.cmdline)
  priority: WARNING
- rule: Third event
  desc: Counts through all files
  condition: evt.num = 3
  output: Third
  priority: INFO
- rule: Secret
  desc: A secret was read
  condition: ka.verb = get and ka.target.resource = secrets and ka.user.name != admin
  output: Secret (%ka.user.name)
  priority: ERROR
  source: k8s_audit
";

/// Another rule, which asks for a field of audit events that the others do not.
const MORE: &str = r"
- rule: Agent
  desc: Somebody else's tool
  condition: ka.useragent contains curl and jevt.value[/verb] exists
  output: Agent (%ka.useragent)
  priority: ERROR
  source: k8s_audit
";

const FIELDS: &str = "- {name: One, evt.type: execve, proc.name: bash, proc.pname: vim}\n- {name: Two, evt.type: openat, fd.name: /etc/passwd, evt.typo: 1}\n";
const ONE_MORE: &str = "- {evt.type: execve, proc.name: zsh}\n- {evt.type: execve, proc.name: sh}\n- {evt.type: execve, proc.name: sh, proc.cmdline: sh -c id}\n";

fn alerts(count: usize) -> String {
    let mut text = String::new();
    for at in 0..count {
        let name = if at % 2 == 0 { "bash" } else { "zsh" };
        let rule = if at % 3 == 0 { "Shell" } else { "Elsewhere" };
        let fields =
            format!("{{\"evt.type\":\"execve\",\"proc.name\":\"{name}\",\"proc.cmdline\":\"step {at}\"}}");
        let time = format!("2026-01-05T10:00:0{}.0Z", at % 10);
        writeln!(
            text,
            "{{\"output_fields\":{fields},\"priority\":\"Warning\",\"rule\":\"{rule}\",\"source\":\"syscall\",\"time\":\"{time}\"}}\nwords"
        )
        .unwrap();
    }
    text
}

fn audit(user: &str) -> String {
    let event = |verb: &str, agent: &str| {
        format!(
            "{{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"auditID\":\"{verb}\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/namespaces/a/secrets/b\",\"verb\":\"{verb}\",\"user\":{{\"username\":\"{user}\"}},\"userAgent\":\"{agent}\",\"objectRef\":{{\"resource\":\"secrets\",\"namespace\":\"a\",\"name\":\"b\"}},\"requestReceivedTimestamp\":\"2026-01-05T10:00:00.000000Z\"}}\n"
        )
    };
    event("get", "curl/8") + &event("list", "kubectl") + &event("get", "kubectl")
}

fn file(name: &str, text: impl Into<String>) -> EventsFile {
    Source { name: name.to_owned(), text: text.into() }.into()
}

fn rules(more: bool) -> Vec<Source> {
    let text = if more { format!("{RULES}{MORE}") } else { RULES.to_owned() };
    vec![Source { name: "rules.yaml".to_owned(), text }]
}

/// What a session answers, as text.
fn answers(session: &mut Session) -> String {
    let report = session.report();
    let events = session.events();
    let details: Vec<_> = (0..events.len() as u32).map(|event| session.event(event, None)).collect();
    format!("{report:#?}\n{events:#?}\n{details:#?}")
}

fn fresh(files: &[EventsFile], more: bool) -> String {
    let mut session = Session::new();
    session.set_rules(rules(more));
    session.set_events(files.to_vec());
    answers(&mut session)
}

#[test]
fn whatever_happens_to_files_the_answers_are_those_of_the_last_ones() {
    let [fields, one_more, log, audits, others, empty] = [
        file("fields.yaml", FIELDS),
        file("more.yaml", ONE_MORE),
        file("falco.log", alerts(25)),
        file("audit.log", audit("eve")),
        file("audit-2.log", audit("mallory")),
        file("empty.yaml", ""),
    ];
    let as_alerts = EventsFile { kind: Some(EventsKind::Alerts), ..fields.clone() };
    let longer = file("fields.yaml", format!("{FIELDS}{ONE_MORE}"));
    let steps: Vec<Vec<&EventsFile>> = vec![
        vec![&fields],
        vec![&fields, &log],
        vec![&longer, &log],
        vec![&longer, &log, &audits],
        vec![&fields, &log, &audits],
        vec![&log, &audits, &fields],
        vec![&log, &others, &audits, &empty],
        vec![&empty, &one_more, &others, &log],
        vec![&one_more, &log, &others, &fields],
        vec![&one_more, &log, &as_alerts],
        vec![],
        vec![&audits],
        vec![&log, &log],
        vec![&audits, &log, &fields, &one_more, &others],
        vec![&fields],
    ];
    let mut session = Session::new();
    for (at, step) in steps.iter().enumerate() {
        let more = at % 4 > 1;
        session.set_rules(rules(more));
        let files: Vec<EventsFile> = step.iter().copied().cloned().collect();
        session.set_events(files.clone());
        assert_eq!(answers(&mut session), fresh(&files, more), "step {at}");
    }
}

#[test]
fn a_file_read_piece_by_piece_stays_when_others_change() {
    let text = alerts(40);
    let mut session = Session::new();
    session.set_rules(rules(false));
    session.set_events(vec![file("fields.yaml", FIELDS)]);
    let mut reader = session.reader();
    reader.begin("falco.log", None);
    text.as_bytes().chunks(100).for_each(|piece| reader.push(piece));
    let (files, read) = reader.finish();
    let read = NewEvents::Read(Box::new((files.into_iter().next().unwrap(), read)));
    let kept = |at| NewEvents::Kept { at, name: String::new(), kind: None };
    let named = |at, name: &str| match kept(at) {
        NewEvents::Kept { at, kind, .. } => NewEvents::Kept { at, name: name.to_owned(), kind },
        other => other,
    };
    session.change_events(vec![named(0, "fields.yaml"), read]);
    let log = file("falco.log", text);
    assert_eq!(answers(&mut session), fresh(&[file("fields.yaml", FIELDS), log.clone()], false));
    // Another text, another name, another place.
    let renamed = EventsFile { file: Source { name: "old.log".to_owned(), ..log.file.clone() }, ..log };
    session.change_events(vec![named(1, "old.log"), NewEvents::File(file("more.yaml", ONE_MORE))]);
    assert_eq!(answers(&mut session), fresh(&[renamed.clone(), file("more.yaml", ONE_MORE)], false));
    // Read as something else, in another dialect, and back.
    let other = |kind| NewEvents::Kept { at: 0, name: "old.log".to_owned(), kind };
    session.change_events(vec![other(Some(EventsKind::Fields)), named(1, "more.yaml")]);
    assert_eq!(session.report().events[0].events, 0);
    session.set_dialect(engine::catalog::Dialect::Course);
    session.change_events(vec![other(None), named(1, "more.yaml")]);
    session.set_dialect(engine::catalog::Dialect::Falco);
    assert_eq!(answers(&mut session), fresh(&[renamed, file("more.yaml", ONE_MORE)], false));
    // A file that the session does not have is none.
    session.change_events(vec![named(7, "x"), named(0, "old.log"), named(0, "again")]);
    assert_eq!(session.report().events.len(), 1);
}

#[test]
fn an_excerpt_shows_lines_around_a_place_and_never_too_much() {
    let mut session = Session::new();
    let lines: String = (1..=30).map(|at| format!("行{at}\n")).fold(String::new(), |all, line| all + &line);
    let long = "日".repeat(100_000);
    session.set_events(vec![file("a", lines.clone()), file("b", long)]);
    let at = lines.find("行10").unwrap();
    let span = |start: usize, end: usize| engine::text::Span::new(start as u32, end as u32);
    let shown = session.excerpt(0, span(at, at + "行10".len())).unwrap();
    assert_eq!((shown.line, shown.before.as_str(), shown.inside.as_str()), (7, "行7\n行8\n行9\n", "行10"));
    assert!(shown.after.starts_with("\n行11") && shown.after.ends_with("行22"), "{}", shown.after);
    let first = session.excerpt(0, span(0, 0)).unwrap();
    assert_eq!((first.line, first.before.as_str(), first.inside.as_str()), (1, "", ""));
    assert!(first.after.starts_with("行1\n"));
    // Places inside characters, behind the end, or of more text than anybody reads.
    for (start, end) in [(1, 2), (150_000, 150_001), (299_999, 300_000), (400_000, 500_000), (5, 299_000)] {
        let shown = session.excerpt(1, span(start, end)).unwrap();
        assert!(shown.before.len() + shown.inside.len() + shown.after.len() <= 12_000);
    }
    assert_eq!(session.excerpt(2, span(0, 0)), None);
}
