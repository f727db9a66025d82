//! What leaves as a file says the same: the events read back to the same verdicts, the alerts are those that were shown.

use engine::Session;
use engine::report::{ExportForm, FileId, Report};
use engine::text::{Severity, Source};

/// Checks the exports of a session with these rules.
pub(crate) fn reads_back(rules: &str, session: &Session, report: &Report) {
    let events = session.export(ExportForm::Events);
    assert_eq!(events.count as usize, report.verdicts.len());
    let mut again = Session::new();
    again.set_dialect(session.dialect());
    again.set_rules(vec![Source { name: "rules.yaml".into(), text: rules.into() }]);
    again.set_events(vec![Source { name: "events.yaml".into(), text: events.text.clone() }.into()]);
    let second = again.report();
    // What was wrong with a source, a time or a type still is; but everything is read.
    let is_new = |problem: &&engine::report::Diagnostic| {
        let unread = ["event-syntax", "event-value", "event-repeated"];
        matches!(problem.at.file, FileId::Events(_))
            && unread.contains(&problem.code.as_str())
            && problem.severity == Severity::Error
    };
    let problems: Vec<_> = second.diagnostics.iter().filter(is_new).collect();
    assert!(problems.is_empty(), "{problems:#?}\n{}", events.text);
    assert_eq!(report.verdicts, second.verdicts, "{}", events.text);
    assert_eq!(events.text, again.export(ExportForm::Events).text);

    let alerts = session.export(ExportForm::Alerts);
    let shown =
        (0..report.verdicts.len() as u32).flat_map(|event| session.event(event, None).unwrap().alerts);
    let shown: String = shown.map(|alert| alert.json + "\n").collect();
    assert_eq!(alerts.text, shown);
    assert_eq!(alerts.count as usize, shown.lines().count());
    let csv = session.export(ExportForm::Csv);
    assert_eq!((csv.count, csv.undecided), (alerts.count, alerts.undecided));
    table(&csv.text, csv.count as usize + 1);
}

/// The text is a table with this many rows, all as wide.
fn table(text: &str, rows: usize) {
    let (mut widths, mut width, mut inside) = (Vec::new(), 1, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => inside = !inside,
            ',' if !inside => width += 1,
            '\n' if !inside => {
                assert!(text[..at].ends_with('\r'), "{text}");
                widths.push(width);
                width = 1;
            }
            _ => {}
        }
    }
    assert!(!inside && text.ends_with("\r\n"), "{text}");
    assert_eq!(widths.len(), rows, "{text}");
    assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{text}");
}
