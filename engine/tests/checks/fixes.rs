//! Fixes of any problem: they can be applied, a safe one keeps its word, and taking them back gives the first report again.

use super::texts::Edit;
use super::{Texts, places_lie_in};
use engine::Session;
use engine::catalog::Dialect;
use engine::report::{Diagnostic, Fix, Hit, Outcome, Place, Report, Status};
use engine::text::Applicability;

/// Fixes of one report that are tried.
const MOST: usize = 24;

/// Checks all fixes of what is wrong with the texts.
pub(crate) fn fixes(texts: &Texts) {
    let in_dialect = |dialect| {
        let mut session = texts.session(dialect);
        (session.report(), session)
    };
    let (falco, mut session) = in_dialect(Dialect::Falco);
    fixes_of(texts, &falco, &mut session, Dialect::Falco);
    let (course, mut session) = in_dialect(Dialect::Course);
    if course != falco {
        fixes_of(texts, &course, &mut session, Dialect::Course);
    }
}

fn fixes_of(texts: &Texts, first: &Report, session: &mut Session, dialect: Dialect) {
    let all =
        first.diagnostics.iter().flat_map(|problem| problem.fixes.iter().map(move |fix| (problem, fix)));
    for (problem, fix) in all.take(MOST) {
        let mut fixed = texts.clone();
        let edits = fix.edits.iter().map(|(place, text)| edit(*place, text)).collect();
        let undo = fixed.apply(edits);
        let after = report_of(session, &fixed);
        places_lie_in(&after, &fixed);
        assert_eq!(after, fixed.session(dialect).report(), "as in a new session");
        if fix.applicability == Applicability::Safe {
            keeps_its_word(problem, fix, first, &after);
        }
        fixed.apply(undo);
        assert_eq!(fixed, *texts, "undone: {fix:?}");
        assert_eq!(*first, report_of(session, &fixed), "undone: {fix:?}");
    }
}

fn edit(place: Place, insert: &str) -> Edit {
    (place.file, place.span.start as usize..place.span.end as usize, insert.to_owned())
}

fn report_of(session: &mut Session, texts: &Texts) -> Report {
    texts.set(session);
    session.report()
}

/// A safe fix takes its problem away and keeps every verdict of the rules that had one.
fn keeps_its_word(problem: &Diagnostic, fix: &Fix, before: &Report, after: &Report) {
    let same = |other: &&Diagnostic| other.code == problem.code && other.message == problem.message;
    let count = |report: &Report| report.diagnostics.iter().filter(same).count();
    assert!(count(after) < count(before), "{problem:?}\nafter its fix: {:#?}", after.diagnostics);
    assert_eq!(before.verdicts.len(), after.verdicts.len(), "events after {fix:?}");
    for rule in before.rules.iter().filter(|rule| rule.status == Status::Active) {
        for (event, (had, has)) in before.verdicts.iter().zip(&after.verdicts).enumerate() {
            let (had, has) = (outcome(before, had, &rule.name), outcome(after, has, &rule.name));
            assert_eq!(had, has, "{} on event {event} after {fix:?}", rule.name);
        }
    }
}

/// What the rule says, in names: exceptions and tuples may move.
fn outcome(report: &Report, hits: &[Hit], rule: &str) -> String {
    let Some(hit) = hits.iter().find(|hit| report.rules[hit.rule as usize].name == rule) else {
        return "nothing".to_owned();
    };
    match hit.outcome {
        Outcome::Matches => "matches".to_owned(),
        Outcome::Undecided(possible) => format!("{possible:?}"),
        Outcome::Suppressed { exception, tuple } => {
            let exception = &report.rules[hit.rule as usize].exceptions[exception as usize];
            let tuple = tuple.map_or("", |tuple| exception.tuples[tuple as usize].text.as_str());
            format!("suppressed by {} {tuple}", exception.name)
        }
    }
}
