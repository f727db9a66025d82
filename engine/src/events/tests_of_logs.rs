//! Logs in pieces: pieces of a file as it comes, and lines that were cut.

use super::*;
use crate::text::SourceId;

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
        for size in 1..text.len() {
            let mut reader = Reader::new(SourceId(3), Options::default());
            reader.begin(
                "a",
                (whole.files[0].kind == crate::report::EventsKind::Alerts).then_some(whole.files[0].kind),
            );
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
