//! Runs one test of a case file: fills in what the engine says now.

use super::editor;
use super::fences::Part;
use super::rule::rule;
use super::table;
use super::trace::trace;
use engine::catalog::{BASE_RULES, BASE_RULES_NAME, Dialect};
use engine::events::EventsFile;
use engine::report::{Diagnostic, EventsKind, Export, ExportForm, FileId, Outcome, RedactOptions, Report};
use engine::resolve::{falco_load, falco_load_with};
use engine::text::{Lang, LineIndex, Severity, Source};
use engine::{Session, config};
use std::fmt::Write as _;

/// Longer texts of places are cut.
const MAX_SHOWN: usize = 100;

/// Writes the engine's answers into the parts of a test.
pub(crate) fn answer(parts: &mut [Part]) {
    let (mut files, mut cursors) = (Vec::new(), Vec::new());
    // The texts of such a case are half written; what is wrong with them is no news.
    let of_editor =
        parts.iter().any(|part| matches!(part, Part::Fence { info, .. } if editor::is_question(info)));
    let mut events: Vec<EventsFile> = Vec::new();
    let mut config = None;
    for part in parts.iter() {
        if let Some((name, body)) = part.fence("yaml") {
            let name = if name.is_empty() { "rules.yaml" } else { name };
            // The base rules need not be written out.
            let is_base = name == BASE_RULES_NAME && body.is_empty();
            let body = if is_base { BASE_RULES } else { body };
            let (text, mut found) = editor::cursors(&without_carets(body), files.len());
            files.push(Source { name: name.to_owned(), text });
            cursors.append(&mut found);
        }
        if let Some((_, body)) = part.fence("falco.yaml") {
            config = Some(Source { name: "falco.yaml".to_owned(), text: without_carets(body) });
        }
        if let Some((words, body)) = part.fence("events") {
            let (name, kind) = words.split_once(" as ").map_or((words, None), |(name, kind)| {
                let kind = match kind {
                    "fields" => EventsKind::Fields,
                    "alerts" => EventsKind::Alerts,
                    "audit" => EventsKind::Audit,
                    other => panic!("no kind of events files: {other}"),
                };
                (name, Some(kind))
            });
            let name = if name.is_empty() { "events.yaml" } else { name };
            let file = Source { name: name.to_owned(), text: without_carets(body) };
            events.push(EventsFile { file, kind, notes: Vec::new() });
        }
    }
    if files.is_empty() && events.is_empty() && config.is_none() {
        return;
    }
    // The rules as they were when alerts were raised.
    let then = parts
        .iter()
        .find_map(|part| part.fence("then"))
        .map(|(_, body)| vec![Source { name: "rules.yaml".to_owned(), text: body.to_owned() }]);
    let mut session = Session::new();
    session.set_baseline(then.clone());
    session.set_rules(files.clone());
    session.set_config(config.clone());
    session.set_events(events.clone());
    let report = session.report();
    let mut course = Session::new();
    course.set_baseline(then);
    course.set_rules(files.clone());
    course.set_config(config.clone());
    course.set_events(events.clone());
    course.set_dialect(Dialect::Course);
    let course_report = course.report();
    compare_dialects(&report, &course_report);
    let (mut number, mut events_number) = (0, 0);
    for part in parts {
        let Part::Fence { info, body } = part else { continue };
        let (session, report, info) = match info.strip_prefix("course ") {
            Some(info) => (&mut course, &course_report, info),
            None => (&mut session, &report, info.as_str()),
        };
        let (kind, rest) = info.split_once(' ').unwrap_or((info, ""));
        *body = match kind {
            "then" => continue,
            "yaml" if of_editor => continue,
            kind if editor::is_question(kind) => editor::answer(session, &files, &cursors, kind, rest),
            "yaml" => {
                number += 1;
                with_carets(&files[number - 1].text, FileId::Rules(number as u32 - 1), report)
            }
            "events" => {
                events_number += 1;
                let text = &events[events_number - 1].file.text;
                with_carets(text, FileId::Events(events_number as u32 - 1), report)
            }
            "read" => read(&events, report),
            "fields" => fields(session, &events, rest),
            "falco.yaml" => {
                with_carets(config.as_ref().map_or("", |file| &file.text), FileId::Config, report)
            }
            "falco" => falco(&files, config.as_ref()),
            "schema" => schema(&files),
            "problems" => problems(report),
            "verdicts" => verdicts(report),
            "rule" => rule(session, rest),
            "fired" => fired(report),
            "tables" => table::tables(report),
            "printed" => table::printed(session, report, &files, config.as_ref(), rest),
            "suggested" => table::suggested(session, report, &files, rest),
            "edited" => table::edited(session, report, &files, rest),
            "trace" => trace(session, report, rest),
            "alerts" => alerts(session, report),
            "exported" => exported(session, rest),
            "redacted" => redacted(session, rest),
            "rules" => rules(report),
            "fixed" => fixed(&files, config.as_ref(), report, rest),
            _ => continue,
        };
    }
}

/// Whatever the dialect, Falco's view is the same, and rules that Falco loads mean the same; and what only the dialect of the
/// course accepts is never accepted without Falco's word on it.
fn compare_dialects(falco: &Report, course: &Report) {
    let loads = |report: &Report| report.files.iter().map(|file| file.loads).collect::<Vec<_>>();
    assert_eq!(loads(falco), loads(course));
    for problem in course.diagnostics.iter().filter(|problem| problem.code == "course-dialect") {
        let (code, _) = problem.falco.as_ref().unwrap();
        assert!(code.starts_with("LOAD_ERR") || code == "LOAD_UNKNOWN_FILTER", "{problem:?}");
    }
    let in_events = falco.diagnostics.iter().any(|problem| matches!(problem.at.file, FileId::Events(_)));
    let refused = falco.diagnostics.iter().any(|problem| problem.code == "skipped-rule");
    if loads(falco).iter().all(|loads| *loads) && !in_events && !refused {
        assert_eq!(falco.diagnostics, course.diagnostics);
        assert_eq!(falco.verdicts, course.verdicts);
    }
}

/// A line of carets: it belongs to the test and not to the text.
fn is_caret_line(line: &str) -> bool {
    let rest = line.strip_prefix('#').unwrap_or(line).trim_start();
    let words = rest.trim_start_matches('^');
    rest.len() > words.len()
        && ["error", "warning", "hint"].iter().any(|kind| words.trim_start().starts_with(kind))
}

fn without_carets(body: &str) -> String {
    body.split_inclusive('\n').filter(|line| !is_caret_line(line)).collect()
}

fn with_carets(text: &str, file: FileId, report: &Report) -> String {
    let lines = LineIndex::new(text);
    let mut out = String::new();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        out += line;
        if !line.ends_with('\n') {
            out += "\n";
        }
        for problem in report.diagnostics.iter().filter(|problem| problem.at.file == file) {
            if problem.at.start.line as usize == number + 1 {
                out += &caret_line(problem, line, &lines);
            }
        }
    }
    out
}

fn caret_line(problem: &Diagnostic, line: &str, lines: &LineIndex) -> String {
    let column = problem.at.start.column as usize - 1;
    let end = lines.line_column(problem.at.span.end);
    let rest = line.trim_end().chars().count().saturating_sub(column);
    let (width, more) = if end.line == problem.at.start.line {
        ((end.column as usize - 1).saturating_sub(column), String::new())
    } else {
        (rest, format!(" (to {}:{})", end.line, end.column))
    };
    let start = if column >= 2 { format!("#{}", " ".repeat(column - 1)) } else { " ".repeat(column) };
    let severity = severity(problem.severity);
    let carets = "^".repeat(width.max(1));
    format!("{start}{carets} {severity}[{}]: {}{more}\n", problem.code, problem.message.text(Lang::En))
}

fn falco(files: &[Source], config: Option<&Source>) -> String {
    let mut out = String::new();
    let config = config.map(config::read).unwrap_or_default();
    for (file, result) in files.iter().zip(falco_load_with(files, &config)) {
        let word = if result.error.is_none() { "loads" } else { "is refused" };
        writeln!(out, "{} {word}", file.name).unwrap();
        for message in result.error.iter().chain(&result.warnings) {
            let text = message.text.lines().next().unwrap_or("");
            let (kind, name) = (message.item_type(), message.item_name());
            let line = LineIndex::new(&files[message.place.file.index()].text).line(message.place.offset) + 1;
            writeln!(out, "  {} {kind} '{name}' line {line}: {text}", message.code).unwrap();
        }
    }
    out
}

/// What the report says of each file, with line and columns.
fn problems(report: &Report) -> String {
    let mut out = String::new();
    for (number, file) in report.files.iter().enumerate() {
        let word = if file.loads { "loads" } else { "is refused" };
        writeln!(out, "{} {word}", file.name).unwrap();
        let here = |problem: &&Diagnostic| problem.at.file == FileId::Rules(number as u32);
        for problem in report.diagnostics.iter().filter(here) {
            let (line, column) = (problem.at.start.line, problem.at.start.column);
            let (severity, code) = (severity(problem.severity), &problem.code);
            writeln!(out, "  {line}:{column} {severity}[{code}]: {}", problem.message.text(Lang::En))
                .unwrap();
        }
    }
    out
}

/// What became of each events file, with the text of what was not read.
fn read(files: &[EventsFile], report: &Report) -> String {
    let mut out = String::new();
    for (file, read) in files.iter().zip(&report.events) {
        let kind = format!("{:?}", read.kind).to_lowercase();
        writeln!(out, "{}: {kind}, {} events", read.name, read.events).unwrap();
        for skipped in &read.skipped {
            writeln!(out, "  {}: {}", skipped.reason.text(Lang::En), skipped.count).unwrap();
            for place in &skipped.first {
                let text = place.span.slice(&file.file.text).trim_end();
                let text: String = text.chars().take(MAX_SHOWN).collect();
                writeln!(out, "    line {}: {}", place.start.line, text.escape_debug()).unwrap();
            }
        }
    }
    out
}

/// The fields of an event (from 1), and what the places of those that are written hold.
fn fields(session: &Session, files: &[EventsFile], event: &str) -> String {
    let event: usize = event.parse().expect("the number of an event");
    let detail = session.event(event as u32 - 1, None).expect("an event");
    let file = session.events()[event - 1].file;
    let mut out = String::new();
    for field in detail.fields {
        let text = field.span.slice(&files[file as usize].file.text);
        let text: String = text.chars().take(MAX_SHOWN).collect();
        let from = if field.derived { "derived".to_owned() } else { text.escape_debug().to_string() };
        writeln!(out, "{} = {}    ({from})", field.name, field.value).unwrap();
    }
    out
}

/// What is replaced in the events files, and their texts; words behind `keep` stay.
fn redacted(session: &Session, options: &str) -> String {
    let literals = options.contains("literals");
    let words = |key: &str| {
        let words = options.split_once(key).map(|(_, words)| words.split(';').next().unwrap_or_default());
        words.map(|words| words.split(' ').map(str::to_owned).collect()).unwrap_or_default()
    };
    let redaction = session.redact(&RedactOptions { literals, keep: words("keep "), also: words("also ") });
    let mut out = String::new();
    for name in &redaction.replacements {
        let stays = name.kept.map_or_else(String::new, |kept| format!(" (stays: {kept:?})"));
        writeln!(out, "{} {} -> {}: {}{stays}", name.kind.word(), name.value, name.pseudonym, name.count)
            .unwrap();
    }
    writeln!(out, "verdicts that changed: {}", redaction.changed).unwrap();
    redaction.files.iter().for_each(|text| write!(out, "---\n{text}").unwrap());
    out
}

/// The events or the alerts as a file, and what was left out of it.
fn exported(session: &Session, form: &str) -> String {
    let form = match form {
        "events" => ExportForm::Events,
        "alerts" => ExportForm::Alerts,
        "csv" => ExportForm::Csv,
        other => panic!("no form of exports: {other}"),
    };
    let Export { text, count, undecided, .. } = session.export(form);
    format!("{}({count} written, {undecided} undecided)\n", text.replace('\r', "␍"))
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

/// What Falco says of the schema of each file.
fn schema(files: &[Source]) -> String {
    let mut out = String::new();
    for (file, result) in files.iter().zip(falco_load(files)) {
        match result.schema.as_deref() {
            None => writeln!(out, "{} is not checked", file.name).unwrap(),
            Some([]) => writeln!(out, "{} is valid", file.name).unwrap(),
            Some(texts) => writeln!(out, "{} is not valid\n  {}", file.name, texts.join("\n  ")).unwrap(),
        }
    }
    out
}

/// What became of the alerts that the events raised.
fn fired(report: &Report) -> String {
    let mut out = String::new();
    for rule in &report.rules {
        let engine::report::Fired { kept, lost, suppressed, undecided } = rule.fired;
        let proven: Vec<_> = rule.proven.iter().map(|event| (event + 1).to_string()).collect();
        writeln!(
            out,
            "{}: {kept} kept, {lost} lost, {suppressed} suppressed, {undecided} undecided; proven: {}",
            rule.name,
            proven.join(", ")
        )
        .unwrap();
    }
    out
}

fn verdicts(report: &Report) -> String {
    let mut out = String::new();
    let undecided = |event: u32| {
        let rules = report.rules.iter().filter(move |rule| rule.undecided.contains(event));
        rules.map(|rule| format!("?{}", rule.name))
    };
    for (number, hits) in report.verdicts.iter().enumerate() {
        let words: Vec<_> = hits
            .iter()
            .map(|hit| {
                let rule = &report.rules[hit.rule as usize];
                match hit.outcome {
                    Outcome::Matches => rule.name.clone(),
                    Outcome::Suppressed { exception, tuple } => {
                        let exception = &rule.exceptions[exception as usize];
                        let tuple = tuple.map_or("", |tuple| &exception.tuples[tuple as usize].text);
                        format!("({}: {} {tuple})", rule.name, exception.name)
                    }
                    Outcome::Undecided(_) => unreachable!("these are listed apart"),
                }
            })
            .chain(undecided(number as u32))
            .collect();
        out += format!("{}: {}", number + 1, words.join(", ")).trim_end();
        out += "\n";
    }
    out
}

/// The lines that Falco prints, event by event.
fn alerts(session: &Session, report: &Report) -> String {
    let mut out = String::new();
    let json = report.config.as_ref().is_some_and(|config| config.json_output);
    for event in 0..report.verdicts.len() {
        let detail = session.event(event as u32, None).unwrap();
        for alert in detail.alerts {
            writeln!(out, "{}: {}", event + 1, if json { alert.json } else { alert.text }).unwrap();
        }
    }
    out
}

/// The rules in Falco's order, whether they take part, and the line of falco.yaml that decides.
fn rules(report: &Report) -> String {
    let mut out = String::new();
    for rule in &report.rules {
        let line = rule.decided_at.map(|at| format!(" (falco.yaml:{})", at.start.line)).unwrap_or_default();
        writeln!(out, "{}: {:?}{line}", rule.name, rule.status).unwrap();
    }
    out
}

/// The file after the first fix of the first problem with code `code`.
fn fixed(files: &[Source], config: Option<&Source>, report: &Report, code: &str) -> String {
    let problem = report.diagnostics.iter().find(|problem| problem.code == code && !problem.fixes.is_empty());
    let Some(fix) = problem.and_then(|problem| problem.fixes.first()) else { return "no fix\n".to_owned() };
    let mut text = match fix.edits[0].0.file {
        FileId::Rules(file) => files[file as usize].text.clone(),
        FileId::Config => config.unwrap().text.clone(),
        FileId::Events(_) => return "a fix in the events\n".to_owned(),
    };
    for (place, insert) in fix.edits.iter().rev() {
        text.replace_range(place.span.start as usize..place.span.end as usize, insert);
    }
    if !text.ends_with('\n') {
        text += "\n";
    }
    text
}
