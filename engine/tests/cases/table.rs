//! The expectations `edited WHAT`: what a change of the table of the first rule makes of the files, and `suggested EVENT`: the
//! tuples that are proposed for the first rule and an event; `printed TO FIELD …`: fields that its alerts are to tell.

use engine::Session;
use engine::report::{FileId, Place, PrintTo, Report, TableEdit};
use engine::text::{Lang, Source};
use std::fmt::Write as _;

/// The lines that change, or why none do.
pub(crate) fn edited(session: &Session, report: &Report, files: &[Source], what: &str) -> String {
    match session.edit_exceptions(&report.rules[0].name, &read(what), 0) {
        Ok(edits) => changed(files, &edits),
        Err(message) => format!("refused: {}\n", message.text(Lang::En)),
    }
}

/// The proposals, and what writing them changes.
pub(crate) fn suggested(session: &mut Session, report: &Report, files: &[Source], event: &str) -> String {
    let event: u32 = event.parse().expect("the number of an event");
    let mut out = String::new();
    for suggestion in session.suggest_exceptions(&report.rules[0].name, event - 1, 0) {
        let new = if suggestion.new { " (new)" } else { "" };
        let lost: Vec<_> = suggestion.lost.iter().map(|event| (event + 1).to_string()).collect();
        writeln!(out, "{:?}: {}{new}", suggestion.breadth, suggestion.exception).unwrap();
        let columns = suggestion.columns.iter().map(|(field, comp, value)| format!("{field} {comp} {value}"));
        writeln!(out, "  {}", columns.collect::<Vec<_>>().join(" | ")).unwrap();
        writeln!(out, "  suppresses {} of {}: {}", lost.len(), suggestion.matched, lost.join(", ")).unwrap();
        for writing in &suggestion.writings {
            let how = if writing.appended { "appended in" } else { "in" };
            writeln!(out, "  {how} {}", changed(files, &writing.edits).replace('\n', "\n  ").trim_end())
                .unwrap();
        }
    }
    if out.is_empty() { "nothing\n".to_owned() } else { out }
}

/// What is changed so that the alerts of the first rule tell fields; files called `base.yaml` in front are read-only.
pub(crate) fn printed(
    session: &Session,
    report: &Report,
    files: &[Source],
    config: Option<&Source>,
    what: &str,
) -> String {
    let (to, fields) = what.split_once(' ').expect("`printed TO FIELD …`");
    let to = match to {
        "output" => PrintTo::Output,
        "config" => PrintTo::Config,
        "source" => PrintTo::ConfigOfSource,
        other => panic!("nothing is printed to {other}"),
    };
    let fields: Vec<String> = fields.split(' ').map(str::to_owned).collect();
    let locked = files.iter().take_while(|file| file.name == "base.yaml").count() as u32;
    match session.print_fields(&report.rules[0].name, &fields, to, locked) {
        Ok(edits) if to == PrintTo::Output => changed(files, &edits),
        Ok(edits) => {
            let new = Source { name: "falco.yaml".to_owned(), ..Source::default() };
            let config = vec![config.cloned().unwrap_or(new)];
            let place = |(place, insert): &(Place, String)| {
                assert_eq!(place.file, FileId::Config);
                (Place { file: FileId::Rules(0), ..*place }, insert.clone())
            };
            changed(&config, &edits.iter().map(place).collect::<Vec<_>>())
        }
        Err(message) => format!("refused: {}\n", message.text(Lang::En)),
    }
}

/// Reads an edit: its name, positions from 1, then texts with `|` between them.
fn read(what: &str) -> TableEdit {
    let mut words = what.splitn(2, ' ');
    let name = words.next().unwrap();
    let mut rest = words.next().unwrap_or("");
    let mut number = || {
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        rest = behind;
        word.parse::<u32>().expect("a position from 1") - 1
    };
    let exception = if name == "add" { 0 } else { number() };
    let mut numbers = |count: usize| (0..count).map(|_| number()).collect::<Vec<_>>();
    let places = match name {
        "cell" => numbers(2),
        "remove-tuple" | "column" | "remove-column" => numbers(1),
        _ => Vec::new(),
    };
    let (rest, file) = match rest.split_once(" @") {
        Some((rest, file)) => (rest, Some(file.parse::<u32>().expect("a file from 1") - 1)),
        None => (rest, None),
    };
    let texts: Vec<String> = rest.split(" | ").map(str::to_owned).collect();
    let text = |at: usize| texts.get(at).cloned().unwrap_or_default();
    match name {
        "cell" => TableEdit::Cell { exception, tuple: places[0], column: places[1], text: rest.to_owned() },
        "add-tuple" => TableEdit::AddTuple { exception, cells: texts, file },
        "remove-tuple" => TableEdit::RemoveTuple { exception, tuple: places[0] },
        "add-column" => TableEdit::AddColumn { exception, field: text(0), comp: text(1), cell: text(2) },
        "column" => TableEdit::Column { exception, column: places[0], field: text(0), comp: text(1) },
        "remove-column" => TableEdit::RemoveColumn { exception, column: places[0] },
        "rename" => TableEdit::Rename { exception, name: text(0) },
        "remove" => TableEdit::Remove { exception },
        "add" => {
            let columns: Vec<[&str; 3]> = texts[1..]
                .iter()
                .map(|column| column.splitn(3, ' ').collect::<Vec<_>>().try_into().expect("field comp value"))
                .collect();
            TableEdit::Add {
                name: text(0),
                columns: columns.iter().map(|[field, comp, _]| ((*field).into(), (*comp).into())).collect(),
                cells: columns.iter().map(|[.., cell]| (*cell).to_owned()).collect(),
                file,
            }
        }
        other => panic!("no edit is called {other}"),
    }
}

fn changed(files: &[Source], edits: &[(Place, String)]) -> String {
    let mut out = String::new();
    let new = Source { name: "a new file".into(), ..Source::default() };
    for (at, file) in files.iter().chain([&new]).enumerate() {
        let mut text = file.text.clone();
        for (place, insert) in edits.iter().rev().filter(|(place, _)| place.file == FileId::Rules(at as u32))
        {
            text.replace_range(place.span.start as usize..place.span.end as usize, insert);
        }
        if text != file.text {
            writeln!(out, "{}", file.name).unwrap();
            out += &difference(&file.text, &text);
        }
    }
    out
}

/// Lines that went and came, by their longest common subsequence.
fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let mut common = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            common[a][b] = if old[a] == new[b] {
                common[a + 1][b + 1] + 1
            } else {
                common[a + 1][b].max(common[a][b + 1])
            };
        }
    }
    let (mut a, mut b, mut out) = (0, 0, String::new());
    while a < old.len() || b < new.len() {
        if a < old.len() && b < new.len() && old[a] == new[b] {
            (a, b) = (a + 1, b + 1);
        } else if a < old.len() && (b == new.len() || common[a + 1][b] >= common[a][b + 1]) {
            writeln!(out, "{}", format!("- {}", old[a]).trim_end()).unwrap();
            a += 1;
        } else {
            writeln!(out, "{}", format!("+ {}", new[b]).trim_end()).unwrap();
            b += 1;
        }
    }
    out
}

/// The exceptions of all rules as tables.
pub(crate) fn tables(report: &Report) -> String {
    let mut out = String::new();
    for rule in report.rules.iter().filter(|rule| !rule.exceptions.is_empty()) {
        writeln!(out, "{}", rule.name).unwrap();
        for exception in &rule.exceptions {
            let columns = exception.fields.iter().zip(&exception.comps);
            let columns: Vec<_> = columns.map(|(field, comp)| format!("{field} {comp}")).collect();
            writeln!(out, "  {}: {}", exception.name, columns.join(" | ")).unwrap();
            for tuple in &exception.tuples {
                let holds = tuple.holds.map_or("?".to_owned(), |count| count.to_string());
                writeln!(out, "    {} · holds {holds}, alone {}", tuple.cells.join(" | "), tuple.alone)
                    .unwrap();
            }
            if !exception.text.is_empty() {
                writeln!(out, "    and not {}", exception.text).unwrap();
            }
        }
    }
    out
}
