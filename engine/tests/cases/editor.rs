//! What the editor is told. A `‸` in a rules file is a cursor; it is no part of the text. The expectations `complete`, `hover`,
//! `references` and `rename NAME` answer for each cursor in turn, `outline`, `format` and `fix-all` for the last file, `values FIELD SOURCE` for a field.

use engine::Session;
use engine::report::editor::{Completion, Completions, Cursor, Hover, Mark, Query, References, Reply};
use engine::report::{FileId, Place};
use engine::text::{Lang, LineIndex, Source, Span};
use std::fmt::Write as _;

/// The mark of a cursor.
pub(crate) const CURSOR: char = '‸';

/// More completions are counted.
const SHOWN: usize = 12;

/// Takes the cursors out of a text.
pub(crate) fn cursors(marked: &str, file: usize) -> (String, Vec<Cursor>) {
    let (mut text, mut found) = (String::new(), Vec::new());
    for c in marked.chars() {
        if c == CURSOR {
            found.push(Cursor { file: file as u32, offset: text.len() as u32 });
        } else {
            text.push(c);
        }
    }
    (text, found)
}

/// Whether a fence is an expectation of this file.
pub(crate) fn is_question(info: &str) -> bool {
    let kinds = ["complete", "hover", "references", "rename", "outline", "format", "fix-all", "values"];
    kinds.contains(&info.split(' ').next().unwrap_or(""))
}

/// The answer to an expectation of this file.
pub(crate) fn answer(
    session: &Session,
    files: &[Source],
    cursors: &[Cursor],
    kind: &str,
    rest: &str,
) -> String {
    let last = files.len() as u32 - 1;
    let each = |query: &dyn Fn(Cursor) -> Query| -> String {
        let mut out = String::new();
        for cursor in cursors {
            let lines = LineIndex::new(&files[cursor.file as usize].text);
            let at = lines.line_column(cursor.offset);
            write!(out, "{}:{} ", at.line, at.column).unwrap();
            show(files, *cursor, session.ask(&query(*cursor), None), &mut out);
        }
        out
    };
    match kind {
        "complete" => each(&Query::Complete),
        "hover" => each(&Query::Hover),
        "references" => each(&Query::References),
        "rename" => each(&|cursor| Query::Rename(cursor, rest.to_owned())),
        "outline" => {
            let Reply::Outline(items) = session.ask(&Query::Outline(last), None) else { panic!("outline") };
            let lines = LineIndex::new(&files[last as usize].text);
            let mut out = String::new();
            for item in items {
                let (from, to) = (lines.line_column(item.span.start).line, lines.line(item.span.end) + 1);
                let changes = if item.changes { " (changes)" } else { "" };
                let at = lines.line_column(item.at.start);
                writeln!(
                    out,
                    "{:?} {} {}:{}, lines {from}–{to}{changes}",
                    item.kind, item.name, at.line, at.column
                )
                .unwrap();
            }
            out
        }
        "format" => {
            let Reply::Format(result) = session.ask(&Query::Format(last), None) else { panic!("format") };
            match result {
                Ok(edits) if edits.is_empty() => "as it is\n".to_owned(),
                Ok(edits) => applied(&files[last as usize].text, edits),
                Err(reason) => format!("{}\n{}\n", reason.text(Lang::En), reason.text(Lang::Ja)),
            }
        }
        "fix-all" => {
            let Reply::FixAll(fixed) = session.ask(&Query::FixAll(last), None) else { panic!("fix-all") };
            format!("# {} fixes\n{}", fixed.fixes, fixed.text)
        }
        "values" => {
            let (field, source) = rest.split_once(' ').unwrap_or((rest, "syscall"));
            let query = Query::Values { field: field.to_owned(), source: source.to_owned() };
            let Reply::Values(values) = session.ask(&query, None) else { panic!("values") };
            if values.is_empty() { "nothing\n".to_owned() } else { values.join("\n") + "\n" }
        }
        _ => unreachable!("{kind}"),
    }
}

fn show(files: &[Source], cursor: Cursor, reply: Reply, out: &mut String) {
    let text = &files[cursor.file as usize].text;
    match reply {
        Reply::Complete(None) | Reply::Hover(None) | Reply::References(None) => *out += "nothing\n",
        Reply::Complete(Some(found)) => completions(text, found, out),
        Reply::Hover(Some(found)) => hover(files, text, &found, out),
        Reply::References(Some(found)) => references(files, &found, out),
        Reply::Rename(Err(reason)) => writeln!(out, "refused: {}", reason.text(Lang::En)).unwrap(),
        Reply::Rename(Ok(edits)) => {
            writeln!(out, "{} places", edits.len()).unwrap();
            for (number, file) in files.iter().enumerate() {
                let own = edits.iter().filter(|(place, _)| place.file == FileId::Rules(number as u32));
                let own: Vec<_> = own.map(|(place, text)| (place.span, text.clone())).collect();
                if !own.is_empty() {
                    write!(out, "# {}\n{}", file.name, applied(&file.text, own)).unwrap();
                }
            }
        }
        other => panic!("{other:?}"),
    }
}

fn completions(text: &str, mut found: Completions, out: &mut String) {
    let word = found.replace.slice(text).to_ascii_lowercase();
    writeln!(out, "`{word}`").unwrap();
    // As the editor does: what is typed, then the rank, then the name.
    found.items.retain(|item| item.label.to_ascii_lowercase().contains(&word));
    let key = |item: &Completion| {
        let lower = item.label.to_ascii_lowercase();
        (!lower.starts_with(&word), -item.rank, lower)
    };
    found.items.sort_by_key(key);
    for item in found.items.iter().take(SHOWN) {
        write!(out, "  {:?} {}", item.kind, item.label).unwrap();
        if !item.detail.is_empty() {
            write!(out, " | {}", item.detail).unwrap();
        }
        if let Some(insert) = &item.insert {
            write!(out, " → {}{insert:?}", if item.snippet { "snippet " } else { "" }).unwrap();
        }
        *out += match item.mark {
            None => "\n",
            Some(Mark::Deprecated) => " (deprecated)\n",
            Some(Mark::Inert) => " (inert)\n",
            Some(Mark::OtherSource) => " (other source)\n",
        };
    }
    if found.items.len() > SHOWN {
        writeln!(out, "  and {} more", found.items.len() - SHOWN).unwrap();
    }
}

fn at(files: &[Source], place: Place) -> String {
    let FileId::Rules(file) = place.file else { return "elsewhere".to_owned() };
    format!("{}:{}:{}", files[file as usize].name, place.start.line, place.start.column)
}

fn hover(files: &[Source], text: &str, found: &Hover, out: &mut String) {
    write!(out, "`{}` {:?} {}", found.span.slice(text), found.kind, found.name).unwrap();
    if !found.detail.is_empty() {
        write!(out, " | {}", found.detail).unwrap();
    }
    if let Some(mark) = found.mark {
        write!(out, " ({mark:?})").unwrap();
    }
    if !found.expansion.is_empty() {
        write!(out, " = {}", found.expansion).unwrap();
    }
    if let Some(place) = found.defined {
        write!(out, " @{}", at(files, place)).unwrap();
    }
    *out += "\n";
}

fn references(files: &[Source], found: &References, out: &mut String) {
    let definition = found.definition.map_or("nowhere".to_owned(), |place| at(files, place));
    writeln!(out, "{:?} {} defined at {definition}", found.kind, found.name).unwrap();
    for reference in &found.places {
        writeln!(out, "  {:?} {} {}", reference.role, at(files, reference.at), reference.line).unwrap();
    }
    if let Some(reason) = &found.fixed {
        writeln!(out, "  fixed: {}", reason.text(Lang::En)).unwrap();
    }
}

/// A text with edits, which stand in order.
fn applied(text: &str, edits: Vec<(Span, String)>) -> String {
    let mut text = text.to_owned();
    for (span, insert) in edits.into_iter().rev() {
        text.replace_range(span.start as usize..span.end as usize, &insert);
    }
    if !text.ends_with('\n') {
        text += "\n";
    }
    text
}
