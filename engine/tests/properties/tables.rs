//! Changes of exceptions as tables: what is written is read back as the table that was asked for, whatever the style of the file,
//! and nothing else changes.

use super::agree::{events, rules};
use super::runner;
use engine::Session;
use engine::parse::print;
use engine::report::{Exception, FileId, Hit, Outcome, Place, Report, TableEdit};
use engine::text::{Severity, Source};
use proptest::prelude::*;

const VALUES: &[&str] = &[
    "root",
    "a b",
    "it's",
    "\"q\"",
    "a=b",
    "a,b",
    "(x)",
    "x)",
    "8080",
    "true",
    "null",
    "~",
    "a: b",
    "#c",
    "日本 語",
    "😀",
    "-",
    "*x",
    "[a]",
    "[a, \"b c\"]",
    "\\",
    "a\\\"b",
    "shells",
    "%x",
    "@x",
    "{}",
    "x # y",
];

const FIELDS: &[(&str, &str)] = &[
    ("user.name", "="),
    ("proc.name", "in"),
    ("proc.cmdline", "startswith"),
    ("fd.name", "pmatch"),
    ("proc.pname", "endswith"),
    ("tolower(proc.name)", "="),
    ("proc.exe", "contains oneof"),
];

/// The same exceptions, written in many ways.
fn file(style: usize, comment: bool, crlf: bool) -> String {
    let c = |text: &str| if comment { format!(" # {text}") } else { String::new() };
    let exceptions = match style {
        0 => format!(
            "  exceptions:{}\n    - name: a\n      fields: [user.name, proc.name]{}\n      comps: [=, in]\n      values:{}\n        - [root, [sh, 'b c']]{}\n        - [\"日本\", zsh]\n    - name: b\n      fields: proc.pname\n      values: [x, y]{}\n",
            c("one"), c("two"), c("three"), c("four"), c("five")
        ),
        1 => format!(
            "  exceptions:\n  - fields:\n      - user.name\n      - proc.name{}\n    comps:\n      - '='\n      - in\n    values:\n      - - root{}\n        - - sh\n          - b c\n      - - 日本\n        - zsh\n    name: a\n  - values:\n    - x{}\n    - y\n    name: b\n    fields: proc.pname\n",
            c("one"), c("two"), c("three")
        ),
        2 => format!(
            "  exceptions: [\n    {{name: a, fields: [user.name, proc.name], comps: [=, in], values: [\n      [root, [sh, b c]],{}\n      [日本, zsh],{}\n    ]}},\n    {{name: b, fields: proc.pname, values: [\n      x,{}\n      y]}}]\n",
            c("one"), c("two"), c("three")
        ),
        _ => "  exceptions: [{name: a, fields: [user.name, proc.name], comps: [=, in], values: [[root, [sh, b c]], [日本, zsh]]}, {name: b, fields: proc.pname, values: [x, y]}]\n".to_owned(),
    };
    let text = format!(
        "- list: shells\n  items: [bash]\n- rule: r{}\n  desc: é\n  condition: evt.type = execve and proc.name in (shells)\n  output: o\n  priority: INFO\n{exceptions}- rule: other\n  desc: d\n  condition: evt.type = execve\n  output: o\n  priority: INFO\n",
        c("zero")
    );
    if crlf { text.replace('\n', "\r\n") } else { text }
}

fn session(files: &[String]) -> (Session, Report) {
    let mut session = Session::new();
    let source = |(at, text): (usize, &String)| Source { name: format!("{at}.yaml"), text: text.clone() };
    session.set_rules(files.iter().enumerate().map(source).collect());
    let report = session.report();
    (session, report)
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(VALUES).prop_map(str::to_owned), "[ -~]{1,6}", "[a-z./]{1,8}",]
}

fn field() -> impl Strategy<Value = (String, String)> {
    prop::sample::select(FIELDS).prop_map(|(field, comp)| (field.to_owned(), comp.to_owned()))
}

fn edit() -> impl Strategy<Value = TableEdit> {
    let (e, t, c) = (0..2_u32, 0..2_u32, 0..2_u32);
    let file = prop::option::weighted(0.4, 0..2_u32);
    let cells = || prop::collection::vec(value(), 1..3);
    prop_oneof![
        4 => (e.clone(), t.clone(), c.clone(), value())
            .prop_map(|(exception, tuple, column, text)| TableEdit::Cell { exception, tuple, column, text }),
        3 => (e.clone(), cells(), file.clone())
            .prop_map(|(exception, cells, file)| TableEdit::AddTuple { exception, cells, file }),
        1 => (e.clone(), t).prop_map(|(exception, tuple)| TableEdit::RemoveTuple { exception, tuple }),
        2 => (e.clone(), field(), value()).prop_map(|(exception, (field, comp), cell)| TableEdit::AddColumn {
            exception, field, comp, cell
        }),
        2 => (e.clone(), c.clone(), field()).prop_map(|(exception, column, (field, comp))| TableEdit::Column {
            exception, column, field, comp
        }),
        1 => (e.clone(), c).prop_map(|(exception, column)| TableEdit::RemoveColumn { exception, column }),
        2 => (value(), prop::collection::vec(field(), 1..3), cells(), file)
            .prop_map(|(name, columns, cells, file)| TableEdit::Add { name, columns, cells, file }),
        1 => (e.clone(), value()).prop_map(|(exception, name)| TableEdit::Rename { exception, name }),
        1 => e.prop_map(|exception| TableEdit::Remove { exception }),
    ]
}

type Row = (String, Vec<(String, String)>, Vec<Vec<String>>);

/// Names, columns and tuples.
fn rows(exceptions: &[Exception]) -> Vec<Row> {
    let row = |exception: &Exception| {
        let columns = exception.fields.iter().cloned().zip(exception.comps.iter().cloned());
        let mut tuples: Vec<_> = exception.tuples.iter().map(|tuple| tuple.cells.clone()).collect();
        tuples.sort();
        (exception.name.clone(), columns.collect(), tuples)
    };
    exceptions.iter().map(row).collect()
}

/// What the table is to be; `None` where what the edit does to values is the engine's to say.
fn wanted(before: &[Exception], after: &[Row], edit: &TableEdit) -> Option<Vec<Row>> {
    let mut tables = before.to_vec();
    let tuple =
        |cells: &[String]| engine::report::Tuple { cells: cells.to_vec(), ..before[0].tuples[0].clone() };
    // Quotes that a condition needs may be added.
    let quotes = |typed: &str| {
        let typed = typed.trim();
        let quoted = print::quote(typed);
        let anywhere =
            after.iter().flat_map(|(.., tuples)| tuples.iter().flatten()).any(|cell| *cell == quoted);
        if anywhere { quoted } else { typed.to_owned() }
    };
    match edit {
        TableEdit::Cell { exception, tuple, column, text } => {
            if text.starts_with('[') {
                return None;
            }
            tables[*exception as usize].tuples[*tuple as usize].cells[*column as usize] = quotes(text);
        }
        TableEdit::AddTuple { exception, cells, .. } => {
            if cells.iter().any(|cell| cell.starts_with('[')) {
                return None;
            }
            let cells: Vec<_> = cells.iter().map(|cell| quotes(cell)).collect();
            tables[*exception as usize].tuples.push(tuple(&cells));
        }
        TableEdit::RemoveTuple { exception, tuple } => {
            tables[*exception as usize].tuples.remove(*tuple as usize);
        }
        TableEdit::RemoveColumn { exception, column } => {
            let table = &mut tables[*exception as usize];
            table.fields.remove(*column as usize);
            table.comps.remove(*column as usize);
            for tuple in &mut table.tuples {
                tuple.cells.remove(*column as usize);
            }
        }
        TableEdit::Rename { exception, name } => {
            name.trim().clone_into(&mut tables[*exception as usize].name);
        }
        TableEdit::Remove { exception } => {
            tables.remove(*exception as usize);
        }
        TableEdit::AddColumn { .. } | TableEdit::Column { .. } | TableEdit::Add { .. } => return None,
    }
    Some(rows(&tables))
}

fn apply(files: &[String], edits: &[(Place, String)]) -> Vec<String> {
    let mut files = files.to_vec();
    for (place, insert) in edits.iter().rev() {
        let FileId::Rules(file) = place.file else { panic!("{place:?}") };
        if file as usize == files.len() {
            files.push(String::new());
        }
        files[file as usize].replace_range(place.span.start as usize..place.span.end as usize, insert);
    }
    files
}

#[test]
fn an_edit_of_a_table_is_read_back_as_the_table_says() {
    let (asked, made) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    let second = prop::sample::select(
        &[
            "",
            "# none\n",
            "- rule: r\n  exceptions:\n  - name: a\n    values:\n    - [bob, ls]\n  override: {exceptions: append}\n",
        ][..],
    );
    runner(400)
        .run(
            &(0..4_usize, any::<bool>(), any::<bool>(), second, edit()),
            |(style, comment, crlf, second, edit)| {
                let files = vec![file(style, comment, crlf), second.to_owned()];
                let (session, before) = self::session(&files);
                let errors = |report: &Report| {
                    report.diagnostics.iter().filter(|problem| problem.severity == Severity::Error).count()
                };
                prop_assert_eq!(errors(&before), 0, "{:?}", before.diagnostics);
                asked.set(asked.get() + 1);
                let Ok(edits) = session.edit_exceptions("r", &edit, 0) else { return Ok(()) };
                made.set(made.get() + 1);
                let changed = apply(&files, &edits);
                let (_, after) = self::session(&changed);
                let shown = changed.join("\n=====\n");
                prop_assert_eq!(errors(&after), 0, "{:?}\n{}", edit, shown);
                let now = rows(&after.rules[0].exceptions);
                if let Some(wanted) = wanted(&before.rules[0].exceptions, &now, &edit) {
                    prop_assert_eq!(&now, &wanted, "{:?}\n{}", edit, shown);
                }
                prop_assert_eq!(before.rules[1].exceptions.len(), after.rules[1].exceptions.len());
                prop_assert_eq!(before.rules.len(), after.rules.len());
                if crlf {
                    prop_assert!(!changed[0].replace("\r\n", "").contains('\n'), "{:?}", changed[0]);
                }
                if comment
                    && !matches!(
                        edit,
                        TableEdit::Remove { .. }
                            | TableEdit::RemoveTuple { .. }
                            | TableEdit::RemoveColumn { .. }
                    )
                {
                    let comments = |files: &[String]| files.concat().matches(" # ").count();
                    let added = edits.iter().map(|(_, insert)| insert.matches(" # ").count()).sum::<usize>();
                    prop_assert!(
                        comments(&changed) >= comments(&files) && added <= 1,
                        "{:?}\n{}",
                        edit,
                        shown
                    );
                }
                Ok(())
            },
        )
        .unwrap();
    assert!(made.get() * 2 > asked.get(), "{} edits of {}", made.get(), asked.get());
}

#[test]
fn a_proposal_takes_the_alert_away_and_changes_nothing_else() {
    let (asked, proposed) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    runner(60)
        .run(&(rules(), events()), |(rules, events)| {
            let second = "- rule: R0\n  enabled: true\n  override: {enabled: replace}\n".to_owned();
            let files = vec![rules, second];
            let load = |files: &[String]| {
                let (mut session, _) = self::session(files);
                session.set_events(vec![Source { name: "events.json".into(), text: events.clone() }.into()]);
                let report = session.report();
                (session, report)
            };
            let (mut session, before) = load(&files);
            for event in (0..before.verdicts.len()).take(4) {
                let matches = before.verdicts[event].iter().filter(|hit| hit.outcome == Outcome::Matches);
                for rule in matches.map(|hit| hit.rule).take(2) {
                    asked.set(asked.get() + 1);
                    for suggestion in
                        session.suggest_exceptions(&before.rules[rule as usize].name, event as u32, 0)
                    {
                        prop_assert!(!suggestion.writings.is_empty() && !suggestion.columns.is_empty());
                        for writing in &suggestion.writings {
                            proposed.set(proposed.get() + 1);
                            let changed = apply(&files, &writing.edits);
                            let after = load(&changed).1;
                            let shown = changed.join("\n=====\n");
                            for (at, (had, has)) in before.verdicts.iter().zip(&after.verdicts).enumerate() {
                                let others = |hits: &[Hit]| {
                                    hits.iter().filter(|hit| hit.rule != rule).copied().collect::<Vec<_>>()
                                };
                                prop_assert_eq!(others(had), others(has), "{}", shown);
                                let matches = |hits: &[Hit]| {
                                    hits.iter().any(|hit| hit.rule == rule && hit.outcome == Outcome::Matches)
                                };
                                let lost = suggestion.lost.contains(&(at as u32));
                                prop_assert_eq!(matches(has), matches(had) && !lost, "{}\n{}", at, shown);
                            }
                            prop_assert!(suggestion.lost.contains(&(event as u32)));
                        }
                    }
                }
            }
            // Asking leaves no trace.
            prop_assert_eq!(session.report(), before);
            Ok(())
        })
        .unwrap();
    assert!(proposed.get() > asked.get(), "{} proposals for {} questions", proposed.get(), asked.get());
}
