//! What the editor asks: it can be asked at any offset of any text, formatting keeps what a file says and comes to rest, renaming
//! keeps every verdict.

use super::Texts;
use engine::Session;
use engine::catalog::Dialect;
use engine::report::editor::{Cursor, Query, Reply, Role};
use engine::report::{FileId, Report};
use engine::text::{Lang, Span};

/// Offsets of one text that are asked about.
const MOST: usize = 40;

/// Checks a rules file.
pub(crate) fn editor(text: &str) {
    let mut session = session_of(text);
    let report = session.report();
    let offsets: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
    // Every so many bytes, so that long texts cost no more than short ones.
    let step = offsets.len().div_ceil(MOST);
    for at in offsets.iter().step_by(step) {
        ask(&session, text, &report, Cursor { file: 0, offset: *at as u32 });
    }
    // In the middle of a character, and behind the end.
    for offset in [1, text.len() as u32 + 7] {
        session.ask(&Query::Complete(Cursor { file: 0, offset }), None);
        session.ask(&Query::Hover(Cursor { file: 0, offset }), None);
    }
    let Reply::Outline(items) = session.ask(&Query::Outline(0), None) else { panic!("outline") };
    for item in &items {
        inside(text, item.at);
    }
    formatting(&session, text, &report);
    fixing(&session, text);
}

fn session_of(text: &str) -> Session {
    Texts::of_rules(&[text]).session(Dialect::Falco)
}

fn inside(text: &str, span: Span) {
    assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {text:?}");
}

fn ask(session: &Session, text: &str, report: &Report, cursor: Cursor) {
    if let Reply::Complete(Some(found)) = session.ask(&Query::Complete(cursor), None) {
        inside(text, found.replace);
        assert!(found.replace.end == cursor.offset, "{found:?}");
    }
    if let Reply::Hover(Some(found)) = session.ask(&Query::Hover(cursor), None) {
        inside(text, found.span);
    }
    let Reply::References(Some(found)) = session.ask(&Query::References(cursor), None) else { return };
    for place in &found.places {
        inside(text, place.at.span);
    }
    // Each name once, where it is defined.
    let first = found.places.iter().find(|place| place.role != Role::Use).map(|place| place.at.span);
    if first.is_some_and(|at| at.start <= cursor.offset && cursor.offset <= at.end) {
        let Reply::Rename(result) = session.ask(&Query::Rename(cursor, "renamed_here".to_owned()), None)
        else {
            panic!("rename")
        };
        let Ok(edits) = result else { return };
        let edits = edits.into_iter().map(|(place, insert)| {
            assert_eq!(place.file, FileId::Rules(0));
            (place.span, insert)
        });
        let after = session_of(&applied(text, edits.collect())).report();
        same_verdicts(report, &after, text, "renamed");
    }
}

/// What the rules say about events, rules and tuples by position.
fn same_verdicts(before: &Report, after: &Report, text: &str, what: &str) {
    assert_eq!(before.verdicts, after.verdicts, "{what}: {text:?}");
}

fn applied(text: &str, edits: Vec<(Span, String)>) -> String {
    let mut out = text.to_owned();
    let mut end = u32::MAX;
    for (span, insert) in edits.into_iter().rev() {
        assert!(span.end <= end, "edits in order and apart: {span:?} in {text:?}");
        end = span.start;
        inside(text, span);
        out.replace_range(span.start as usize..span.end as usize, &insert);
    }
    out
}

fn formatting(session: &Session, text: &str, report: &Report) {
    let Reply::Format(Ok(edits)) = session.ask(&Query::Format(0), None) else { return };
    let tidy = applied(text, edits);
    let mut session = session_of(&tidy);
    let after = session.report();
    same_verdicts(report, &after, text, "formatted");
    let messages = |report: &Report| {
        let all = report.diagnostics.iter().filter(|problem| matches!(problem.at.file, FileId::Rules(_)));
        let mut all: Vec<_> = all.map(|problem| (problem.code.clone(), problem.message.clone())).collect();
        all.sort_by_key(|(code, message)| (code.clone(), message.text(Lang::En)));
        all
    };
    assert_eq!(messages(report), messages(&after), "{text:?} formatted as {tidy:?}");
    let comments = |text: &str| -> Vec<String> {
        let comments = text.lines().filter_map(|line| line.find('#').and_then(|at| line.get(at..)));
        comments.map(|comment| comment.trim_end().to_owned()).collect()
    };
    assert_eq!(comments(text), comments(&tidy), "{text:?}");
    let Reply::Format(Ok(again)) = session.ask(&Query::Format(0), None) else {
        panic!("{text:?} formatted as {tidy:?} is none")
    };
    assert!(again.is_empty(), "{text:?} formatted as {tidy:?} again: {again:?}");
}

fn fixing(session: &Session, text: &str) {
    let Reply::FixAll(fixed) = session.ask(&Query::FixAll(0), None) else { panic!("fix all") };
    if fixed.fixes == 0 {
        assert_eq!(fixed.text, text);
    }
    let files = Texts::of_rules(&[&fixed.text]).sources();
    let Reply::FixAll(again) = session.ask(&Query::FixAll(0), Some(&files)) else { panic!("fix all") };
    assert_eq!(again.fixes, 0, "{text:?} fixed as {:?} again", fixed.text);
}
