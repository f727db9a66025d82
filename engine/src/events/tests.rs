//! Event files as a whole: forms, fields, what is derived, and what is said about mistakes.

use super::*;
use crate::catalog::FieldKey;
use crate::text::{Lang, SourceId};
use crate::value::text::of_field;

fn load(text: &str) -> (EventStore, Vec<String>) {
    let (store, problems) = read(text, SourceId(0), Options::default());
    let shown = problems.iter().map(|problem| {
        let span = problem.at.span;
        assert!(text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize));
        for fix in &problem.fixes {
            let mut fixed = text.to_owned();
            for edit in fix.edits.iter().rev() {
                fixed.replace_range(edit.at.span.start as usize..edit.at.span.end as usize, &edit.insert);
            }
            let (_, left) = read(&fixed, SourceId(0), Options::default());
            assert!(left.len() < problems.len(), "the fix mends it: {fixed}");
        }
        format!("{} {}: {}", problem.code.name, span.slice(text), problem.message.text(Lang::En))
    });
    (store, shown.collect())
}

/// Fields of event `index` with their values; a `+` in front of derived ones.
fn all(store: &EventStore, index: usize) -> Vec<String> {
    let fields = fields(store, index, "").unwrap();
    fields.iter().map(|f| format!("{}{}={}", if f.derived { "+" } else { "" }, f.name, f.value)).collect()
}

fn one(store: &EventStore, index: usize, name: &str) -> Option<String> {
    let shown = all(store, index);
    shown
        .iter()
        .find_map(|line| line.trim_start_matches('+').strip_prefix(&format!("{name}=")).map(str::to_owned))
}

const YAML: &str = "\
# first\r
- name: An é event 日本語 😀\r
  evt.type: openat\r
  proc: {name: cat, pname: bash}\r
  fd.name: /etc/shadow\r
  evt.arg.flags: O_RDONLY|O_CLOEXEC\r
- evt.type: execve\r
  time: 2026-04-14T00:02:11.204517Z\r
  k8s.pod: {name: web-1, \"label[app]\": web}\r
  k8s.ns.name: shop\r
";

#[test]
fn the_same_events_in_every_form() {
    let lines = r#"{"name":"An é event 日本語 😀","evt.type":"openat","proc":{"name":"cat","pname":"bash"},"fd.name":"/etc/shadow","evt.arg.flags":"O_RDONLY|O_CLOEXEC"}
{"evt.type":"execve","time":"2026-04-14T00:02:11.204517Z","k8s.pod":{"name":"web-1","label":{"app":"web"}},"k8s.ns.name":"shop"}
"#;
    let array = format!("[{}]", lines.trim_end().replace("}\n", "},\n"));
    let documents = YAML.replace("# first\r\n", "").replace("- ", "---\r\n").replace("  ", "");
    let (yaml, problems) = load(YAML);
    assert_eq!(problems, [""; 0]);
    for other in [lines, &array, &documents] {
        let (store, problems) = load(other);
        assert_eq!(problems, [""; 0], "{other}");
        assert_eq!(store.len(), 2, "{other}");
        for index in 0..2 {
            assert_eq!(all(&store, index), all(&yaml, index));
            assert_eq!(store.info(index).unwrap().about, yaml.info(index).unwrap().about);
        }
    }
}

#[test]
fn events_have_places_and_summaries() {
    let (store, _) = load(YAML);
    let place = |index: usize| store.info(index).unwrap().at.slice(YAML);
    assert!(place(0).starts_with("name: An") && place(0).trim_end().ends_with("O_CLOEXEC"));
    let field = &fields(&store, 0, "").unwrap().into_iter().find(|f| f.name == "proc.pname").unwrap();
    assert_eq!(field.span.slice(YAML), "pname: bash");
    let first = summaries(&store, 0..1).remove(0);
    assert_eq!(
        (first.kind.as_str(), first.summary.as_str(), first.place.as_str()),
        ("openat", "/etc/shadow · cat", "")
    );
    assert_eq!(first.name, "An é event 日本語 😀");
    let second = summaries(&store, 1..2).remove(0);
    assert_eq!((second.number, second.time.as_str(), second.place.as_str()), (2, "00:02:11", "shop/web-1"));
    assert!(summaries(&store, 2..3).is_empty());
}

#[test]
fn what_falco_computes_is_filled_in_and_marked() {
    let (store, _) = load(YAML);
    let shown = all(&store, 0);
    for derived in [
        "+evt.num=1",
        "+evt.dir=<",
        "+evt.source=syscall",
        "+evt.is_open_read=true",
        "+evt.is_open_write=false",
        "+evt.category=file",
        "+evt.rawres=3",
        "+evt.res=SUCCESS",
        "+fd.num=3",
        "+fd.typechar=f",
        "+fd.type=file",
        "+fd.directory=/etc",
        "+fd.filename=shadow",
        "+fs.path.name=/etc/shadow",
        "+proc.aname[1]=bash",
        "+proc.aname[0]=cat",
        "+container.id=host",
        "fd.name=/etc/shadow",
    ] {
        assert!(shown.iter().any(|line| line == derived), "{derived} in {shown:#?}");
    }
    assert_eq!(one(&store, 1, "evt.time").as_deref(), Some("00:02:11.204517000"));
    assert_eq!(one(&store, 1, "evt.is_open_read").as_deref(), Some("false"));
    assert_eq!(one(&store, 1, "container.id").unwrap().len(), 12);
    assert_ne!(one(&store, 1, "container.id").as_deref(), Some("host"));
}

#[test]
fn nothing_is_filled_in_without_the_switch_and_nothing_given_changes() {
    let text = "{\"evt.type\":\"openat\",\"fd.name\":\"/a/b\",\"fd.directory\":\"/other\",\"evt.num\":7}";
    let (store, _) = read(text, SourceId(0), Options { derive: false, ..Options::default() });
    assert_eq!(all(&store, 0), ["evt.num=7", "evt.type=openat", "fd.directory=/other", "fd.name=/a/b"]);
    let (store, _) = load(text);
    assert_eq!(one(&store, 0, "fd.directory").as_deref(), Some("/other"));
    assert_eq!(one(&store, 0, "evt.num").as_deref(), Some("7"));
}

#[test]
fn connections_are_taken_apart() {
    let (store, _) = load(
        "- {evt.type: connect, fd.name: '10.0.0.1:4000->198.51.100.7:443'}\n\
         - {evt.type: accept4, fd.name: 'fd00::1:4000->2001:db8::7:443', evt.res: EINPROGRESS}\n\
         - {evt.type: connect, fd.cip: 10.0.0.1, fd.cport: 1, fd.sip: 10.0.0.2, fd.sport: 2}\n",
    );
    let get = |index, name| one(&store, index, name).unwrap_or_default();
    assert_eq!(get(0, "fd.sip") + ":" + &get(0, "fd.sport"), "198.51.100.7:443");
    assert_eq!(get(0, "fd.lip") + " " + &get(0, "fd.rport"), "10.0.0.1 443");
    assert_eq!(get(0, "fd.typechar") + &get(0, "fd.type") + &get(0, "evt.rawres"), "4ipv40");
    assert_eq!(get(1, "fd.lip") + " " + &get(1, "fd.typechar"), "2001:db8::7 6");
    assert_eq!(get(1, "evt.rawres") + &get(1, "evt.failed"), "-115true");
    assert_eq!(get(2, "fd.name"), "10.0.0.1:1->10.0.0.2:2");
}

#[test]
fn failed_calls_open_nothing() {
    let (store, _) = load("- {evt.type: openat, fd.name: /etc/shadow, evt.res: EACCES}\n");
    let get = |name| one(&store, 0, name).unwrap_or_default();
    assert_eq!(
        (get("fd.num"), get("evt.rawres"), get("evt.failed")),
        ("-1".into(), "-13".into(), "true".into())
    );
    assert_eq!(get("fs.path.name"), "");
}

#[test]
fn containers_and_images() {
    let (store, _) = load(
        "- {evt.type: execve, container.image: 'reg.example:5000/a/b:1.2@sha256:00'}\n\
         - {evt.type: execve, container.image.repository: nginx, container.image.tag: '1'}\n\
         - {evt.type: execve, container.id: host}\n",
    );
    let get = |index, name| one(&store, index, name).unwrap_or_default();
    assert_eq!(
        get(0, "container.image.repository") + " " + &get(0, "container.image.tag"),
        "reg.example:5000/a/b 1.2"
    );
    assert_eq!(get(1, "container.image"), "nginx:1");
    assert_eq!(get(2, "container.name"), "host");
}

#[test]
fn labels_and_arguments_are_taken_apart() {
    let (store, problems) = load(
        "- {evt.type: execve, proc.cmdline: 'bash -c date', k8s.pod.labels: 'app:web, tier:front', 'k8s.pod.label[tier]': x}\n",
    );
    assert_eq!(problems, [""; 0]);
    let get = |name| one(&store, 0, name).unwrap_or_default();
    assert_eq!((get("k8s.pod.label[app]"), get("k8s.pod.label[tier]")), ("web".into(), "x".into()));
    assert_eq!(
        (get("proc.args[0]"), get("proc.args[1]"), get("proc.args[2]")),
        ("-c".into(), "date".into(), String::new())
    );
}

#[test]
fn ancestors_may_be_a_list() {
    let (store, problems) =
        load("- {evt.type: execve, proc.aname: [bash, sshd], proc.aexepath: {3: /sbin/init}}\n");
    assert_eq!(problems, [""; 0]);
    assert_eq!(one(&store, 0, "proc.aname[2]").as_deref(), Some("sshd"));
    assert_eq!(one(&store, 0, "proc.pname").as_deref(), Some("bash"));
    assert_eq!(one(&store, 0, "proc.aexepath[3]").as_deref(), Some("/sbin/init"));
}

#[test]
fn mistakes_have_a_place_and_leave_the_rest_alone() {
    let yaml = "\
- evt.type: opneat
  proc.nmae: cat
  proc: {cmdlin: x, name: [a]}
  evt.arg.nope: x
  fd.sport: http
  fd.ip: 10.0.0.1
  nam: x
  time: noon
  expect: {A: maybe, B: none}
- just text
- ka.verb: get
- evt.type: execve
  evt.type: execve
  proc.pid: 3
";
    let (store, problems) = load(yaml);
    assert_eq!(store.len(), 3);
    assert_eq!(
        problems,
        [
            "event-type opneat: Falco has no event type `opneat`",
            "unknown-field proc.nmae: unknown field `proc.nmae`",
            "unknown-field cmdlin: unknown field `proc.cmdlin`",
            "event-value [a]: `proc.name` takes one value, not a list",
            "event-field evt.arg.nope: the argument of `evt.arg.nope` does not fit",
            "event-value http: `fd.sport` takes an integer, not `http`",
            "event-field fd.ip: `fd.ip` cannot be given: Falco works it out from `fd.cip` and `fd.sip`",
            "event-metadata nam: an event has no `nam` of its own",
            "event-metadata noon: `noon` is not a time",
            "event-metadata maybe: `maybe` is not an outcome",
            "event-syntax just text: this is not an event",
            "event-field ka.verb: `ka.verb` belongs to the event source `k8s_audit`; the source of this event is `syscall`",
            "event-repeated-field evt.type: `evt.type` is given twice; this value counts",
        ]
    );
    assert_eq!(one(&store, 2, "proc.pid").as_deref(), Some("3"));
}

#[test]
fn expectations_are_kept() {
    let (store, problems) =
        load("- {evt.type: execve, expect: {A rule: match, 'B. rule': suppressed}}\n- {expect: [C, D]}\n");
    assert_eq!(problems, [""; 0]);
    let expect = |index: usize| -> Vec<_> {
        let about = store.info(index).unwrap().about.as_ref().unwrap();
        about.expect.iter().map(|e| (e.rule.to_string(), e.outcome)).collect()
    };
    assert_eq!(
        expect(0),
        [("A rule".to_owned(), Expected::Match), ("B. rule".to_owned(), Expected::Suppressed)]
    );
    assert_eq!(expect(1), [("C".to_owned(), Expected::Match), ("D".to_owned(), Expected::Match)]);
}

#[test]
fn the_same_mistake_is_not_reported_without_end() {
    let text = "{\"evt.typo\":\"x\",\"a.b\":1}\n".repeat(3000);
    let (store, problems) = read(&text, SourceId(0), Options::default());
    assert_eq!(store.len(), 3000);
    assert_eq!(problems.len(), 21);
    assert_eq!(problems[20].message.text(Lang::En), "5980 more problems in this file are not shown");
}

#[test]
fn nothing_at_all() {
    for text in ["", "\n", "# only a remark\n", "[]", "null", "---\n", "\u{feff}"] {
        let (store, problems) = load(text);
        assert_eq!((store.len(), problems.len()), (0, 0), "{text:?}");
    }
}

#[test]
fn partial_events_leave_open_what_they_do_not_say() {
    let (store, problems) = load(
        "- {partial: true, fired: A rule, evt.type: openat, proc.pname: null, fd.name: /etc/x, fd.typechar: f}\n\
         - {evt.type: openat, fd.name: /etc/x}\n- {partial: maybe, evt.type: openat}\n\
         - {partial: true, fired: [A, B], evt.type: openat, proc.name: sh}\n",
    );
    assert_eq!(problems, ["event-metadata maybe: `partial` is `true` or `false`, not `maybe`"]);
    let blocks: Vec<(bool, &[u32])> =
        store.blocks().iter().map(|block| (block.partial, block.events.as_slice())).collect();
    assert_eq!(blocks, [(true, &[0, 3][..]), (false, &[1, 2])]);
    let says = |event: usize, name: &str| {
        let (row, key) = (store.row(event).unwrap(), FieldKey::parse(name, "syscall").unwrap());
        match row.value(&key) {
            Some(value) => of_field(&key, value),
            None if row.is_unknown(&key) => "?".to_owned(),
            None => "<NA>".to_owned(),
        }
    };
    for (name, first, second, fourth) in [
        ("evt.type", "openat", "openat", "openat"),
        ("fd.directory", "/etc", "/etc", "?"),
        ("proc.pname", "<NA>", "<NA>", "?"),
        // What follows from a missing value, and what would only be usual.
        ("proc.aname[1]", "<NA>", "<NA>", "?"),
        ("evt.rawres", "?", "3", "?"),
        ("container.id", "?", "host", "?"),
        ("proc.aname[0]", "?", "<NA>", "sh"),
        ("evt.dir", "<", "<", "<"),
        ("evt.source", "syscall", "syscall", "syscall"),
        ("evt.num", "?", "2", "?"),
        ("user.name", "?", "<NA>", "?"),
    ] {
        assert_eq!([0, 1, 3].map(|event| says(event, name)), [first, second, fourth], "{name}");
    }
    let fired = |event: usize| store.info(event).unwrap().about.as_ref().map(|about| about.fired.join(", "));
    assert_eq!([fired(0), fired(1), fired(3)], [Some("A rule".into()), None, Some("A, B".into())]);
    assert!(all(&store, 0).contains(&"proc.pname=<NA>".to_owned()));
}

#[test]
fn blocks_share_source_and_type() {
    let (store, _) = load(
        "- {evt.type: execve, proc.name: a}\n- {evt.type: uname}\n- {source: k8s_audit, ka.verb: get}\n\
         - {evt.type: execve, proc.name: b}\n- {evt.type: execve}\n",
    );
    let events: Vec<&[u32]> = store.blocks().iter().map(|block| block.events.as_slice()).collect();
    assert_eq!(events, [&[0, 3, 4][..], &[1], &[2]]);
    let name = store.column(&FieldKey::named("proc.name").unwrap()).unwrap();
    let column = store.blocks()[0].column(name).unwrap();
    assert_eq!((column.codes.as_slice(), column.values.len()), (&[0, 1, 2][..], 3));
    assert!(store.row(4).unwrap().value_at(name).is_none());
    assert!(store.blocks()[1].types.contains(0) && store.blocks()[2].types.contains(300));
}
