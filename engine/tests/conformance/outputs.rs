//! Single outputs: whether they load, and what they print for an event.

use super::counts::Counts;
use super::event::Event;
use engine::config::AlertFormat;
use engine::evaluate::alert;
use engine::resolve::output::parse;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    id: String,
    format: String,
    event: serde_json::Value,
    ok: bool,
    text: Option<String>,
}

/// Runs the cases, one a line.
pub(crate) fn run(cases: &str) -> Counts {
    let mut counts = Counts::default();
    for line in cases.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let event = Event::read(&case.event);
        let parsed = parse(&case.format, &event.source);
        assert_eq!(parsed.output.is_none(), !parsed.problems.is_empty());
        let got = parsed.output.map(|output| alert::format(&output, AlertFormat::default(), &event));
        let wanted = case.text.filter(|_| case.ok);
        let failure = (got != wanted)
            .then(|| format!("{} {:?}: expected {wanted:?}, got {got:?}", case.id, case.format));
        counts.add(if case.ok { "accepted" } else { "refused" }, failure);
    }
    counts
}
