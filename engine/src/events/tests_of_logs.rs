//! Logs in pieces: pieces of a file as it comes, and lines that were cut.

use super::alerts::{Alerts, Known, Lines};
use super::build::Builder;
use super::problems::Problems;
use super::skipped::SkippedRecords;
use super::*;
use crate::report::EventsKind;
use crate::text::SourceId;
use proptest::prelude::*;

/// Lines as container runtimes cut them.
fn cut(pieces: &[(char, &str, &str)]) -> String {
    let line = |(stream, tag, text): &(char, &str, &str)| {
        let stream = if *stream == 'o' { "stdout" } else { "stderr" };
        format!("2026-11-24T18:00:00.123456789Z {stream} {tag} {text}\n")
    };
    pieces.iter().map(line).collect()
}

/// Records of Docker.
fn docker(pieces: &[(&str, &str)]) -> String {
    let line = |(stream, text): &(&str, &str)| {
        let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        format!("{{\"log\":\"{text}\",\"stream\":\"{stream}\",\"time\":\"2026-11-24T18:00:00.1Z\"}}\n")
    };
    pieces.iter().map(line).collect()
}

/// What is said of an alert, apart from where it stands.
fn said(text: &str) -> String {
    let file = EventsFile::from(crate::text::Source { name: "a".into(), text: text.to_owned() });
    let read = read_files(std::slice::from_ref(&file), SourceId(0), Options::default());
    let fields: Vec<_> = (0..read.store.len())
        .flat_map(|at| fields(&read.store, at, text).unwrap_or_default())
        .map(|field| (field.name, field.value, field.derived))
        .collect();
    format!("{fields:?} {}", read.store.len())
}

#[test]
fn an_alert_says_the_same_wherever_it_was_cut() {
    let alert = r#"{"rule":"R \"x\" \\n","priority":"Notice","time":"2026-11-24T18:00:01Z","output_fields":{"proc.name":"a\\\n","evt.type":"execve","proc.pid":17,"fd.types":["a","b"],"proc.pname":null}}"#;
    let whole = said(&cut(&[('o', "F", alert)]));
    assert!(whole.ends_with(" 1"), "{whole}");
    for at in 1..alert.len() {
        for end in [at, alert.len() - 1] {
            let [first, middle, last] = [&alert[..at], &alert[at..end.max(at)], &alert[end.max(at)..]];
            let lines = cut(&[('o', "P", first), ('o', "P", middle), ('e', "F", "x"), ('o', "F", last)]);
            assert_eq!(said(&lines), whole, "{lines}");
            let last = format!("{last}\n");
            let records =
                docker(&[("stdout", first), ("stdout", middle), ("stderr", "x\n"), ("stdout", &last)]);
            assert_eq!(said(&records), whole, "{records}");
        }
    }
}

#[test]
fn lines_in_too_many_pieces_are_left_out() {
    let piece = "x".repeat(1 << 14);
    let alert = r#"{"rule":"R","time":"2026-11-24T18:00:01Z","output_fields":{"proc.name":""#;
    for (count, events) in [(63, 2), (65, 1), (200, 1)] {
        let mut lines = vec![('o', "P", alert)];
        lines.extend(std::iter::repeat_n(('o', "P", piece.as_str()), count));
        let whole = format!("{alert}a\"}}}}");
        lines.extend([('o', "F", "\"}}"), ('o', "F", whole.as_str())]);
        let file = EventsFile::from(crate::text::Source { name: "a".into(), text: cut(&lines) });
        let read = read_files(&[file], SourceId(0), Options::default());
        assert_eq!(read.store.len(), events);
        let skipped: Vec<_> =
            read.files[0].skipped.iter().map(|skipped| (skipped.count, skipped.first[0].start)).collect();
        assert_eq!(skipped, if events == 1 { vec![(1, 0)] } else { vec![] });
    }
}

fn audit(number: usize) -> String {
    format!(
        r#"{{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"{number}","stage":"ResponseComplete","requestURI":"/api/v1/pods","verb":"get","user":{{"username":"利用者"}},"stageTimestamp":"2026-11-24T18:00:0{number}.000000Z"}}"#
    )
}

#[test]
fn events_are_counted_while_a_log_is_read() {
    for line in
        [audit(1), "{\"rule\":\"R\",\"time\":\"2026-11-24T18:00:00Z\",\"output_fields\":{}}".to_owned()]
    {
        let line = line + "\n";
        let count = (2 << 16) / line.len();
        let text = line.repeat(count);
        let mut reader = Reader::new(SourceId(0), Options::default());
        reader.begin("a", None);
        let (first, rest) = text.split_at(text.len() - 10);
        reader.push(first.as_bytes());
        assert_eq!(reader.events(), count - 1);
        reader.push(rest.as_bytes());
        assert_eq!(reader.finish().1.store.len(), count);
    }
}

#[test]
fn pieces_of_a_log_give_the_same_events_wherever_they_end() {
    let alert = |number: usize| {
        format!(
            "{{\"rule\":\"規則{number}\",\"time\":\"2026-11-24T18:00:0{number}Z\",\"output_fields\":{{\"proc.name\":\"sh\"}}}}"
        )
    };
    let texts = [
        format!("Falco\n[pod/x/falco] {}\n{}\n{{\"a\":1}}\n{{\"cut", alert(1), alert(2)),
        format!("[{},\n{}]", alert(1), alert(2)),
        format!("{{\"a\":[[\"1764007200000000000\",\"{}\"]]}}\n{}", alert(1).replace('"', "\\\""), alert(2)),
        "- {evt.type: execve, proc.name: sh}\n- words\n".to_owned(),
        format!("started\n{}\n{{\"a\":1}}\n\nwords\n{{\"cut\n{}\n{{\"kind\":\"Ev", audit(1), audit(2)),
        format!("{{\"kind\":\"EventList\",\"items\":[\n{},\n{}\n]}}\n{}", audit(1), audit(2), audit(3)),
        cut(&[
            ('o', "P", &alert(1)[..30]),
            ('e', "F", "x"),
            ('o', "F", &alert(1)[30..]),
            ('o', "P", "{\"rule\""),
        ]),
        docker(&[
            ("stdout", &alert(1)[..30]),
            ("stderr", "x"),
            ("stdout", &format!("{}\n", &alert(1)[30..])),
        ]),
    ];
    for text in &texts {
        let file = EventsFile::from(crate::text::Source { name: "a".into(), text: text.clone() });
        let whole = read_files(std::slice::from_ref(&file), SourceId(3), Options::default());
        assert_eq!(whole.files[0].kind == EventsKind::Audit, text.contains("auditID"), "{text}");
        for size in 1..text.len() {
            let mut reader = Reader::new(SourceId(3), Options::default());
            reader.begin("a", Some(whole.files[0].kind).filter(|kind| *kind != EventsKind::Fields));
            text.as_bytes().chunks(size).for_each(|piece| reader.push(piece));
            let (files, pieces) = reader.finish();
            assert_eq!(files[0].file, file.file);
            assert_eq!(pieces.files, whole.files, "{size} {text}");
            assert_eq!(format!("{:?}", pieces.problems), format!("{:?}", whole.problems), "{size} {text}");
            let all = |store: &EventStore| {
                (0..store.len())
                    .map(|at| (fields(store, at, text), store.fired(at).collect::<String>()))
                    .collect::<Vec<_>>()
            };
            assert_eq!(all(&pieces.store), all(&whole.store), "{size} {text}");
        }
    }
}

/// Everything that reading a log gives.
fn all_of(text: &str, lines: &mut Lines) -> String {
    let mut builder = Builder::new(Options::default(), Problems::new(SourceId(0)));
    builder.next_file(0, Problems::new(SourceId(0)));
    let (mut skipped, mut known) = (SkippedRecords::default(), Known::default());
    let alerts = &mut Alerts { builder: &mut builder, skipped: &mut skipped, known: &mut known };
    lines.read(text, true, alerts);
    known.end_file(&mut builder);
    let problems = builder.next_file(1, Problems::new(SourceId(1))).finish();
    format!("{:?} {problems:?} {:?}", builder.finish(), skipped.finish())
}

/// Alerts of several rules, with the same keys in other orders, wrapped and in pieces.
fn log_of_all_forms() -> String {
    let shell = |number: usize| {
        format!(
            r#"{{"hostname":"n","output":"18:00:0{number}.5: Notice | a","output_fields":{{"evt.time":{number},"evt.type":"execve","k8s.pod.label[a-label-that-is-long]":"x","proc.name":"sh{number}","proc.pid":{number},"proc.pname":null}},"priority":"Notice","rule":"R","source":"syscall","tags":["a"],"time":"2026-11-24T18:00:0{number}Z"}}"#
        )
    };
    let other = r#"{"rule":"S","time":"2026-11-24T18:00:09Z","output_fields":{"proc.name":"sh1","evt.type":"openat","fd.n\u0061me":"/etc/x","proc.pid":"7"},"priority":"Error","uuid":"1"}"#;
    let (first, last) = other.split_at(60);
    let wrapped = docker(&[("stdout", &format!("{}\n", shell(4)))]);
    let pieces = cut(&[('o', "P", first), ('o', "F", last)]);
    format!("{}\n{}\n{other}\n{}\n{wrapped}{pieces}{other}\n{}\n", shell(1), shell(2), shell(3), shell(5))
}

proptest! {
    #[test]
    fn a_store_is_the_same_without_expected_keys(
        changes in prop::collection::vec(
            (
                any::<prop::sample::Index>(),
                0..12_usize,
                prop::sample::select(vec!["", "\"", ",", ":", "}", "{", "[", " ", "\n", "\\", "-", "0", "日", "\"proc.name\":", "null"]),
            ),
            0..12,
        )
    ) {
        let mut text = log_of_all_forms();
        for (at, length, new) in changes {
            let at = text.floor_char_boundary(at.index(text.len() + 1));
            let end = text.floor_char_boundary(at + length).max(at);
            text.replace_range(at..end, new);
        }
        let (expected, read) = (all_of(&text, &mut Lines::without_expected_keys()), all_of(&text, &mut Lines::default()));
        prop_assert_eq!(expected, read, "{}", text);
    }
}
