//! Fixes keep their word on broken texts as well, and an edit that is taken back has never been.

use super::rules::{PIECES, SEEDS};
use super::runner;
use super::texts::broken;
use crate::checks;
use engine::Session;
use engine::text::Source;
use proptest::prelude::*;

#[test]
fn fixes_of_broken_rules_keep_their_word_and_can_be_undone() {
    runner(400)
        .run(&broken(SEEDS, PIECES), |text| {
            checks::fixes(&text, checks::EVENTS);
            Ok(())
        })
        .unwrap();
}

/// The session has seen other texts in between, and remembers what it knew of them.
#[test]
fn undo_restores_the_first_report() {
    runner(150)
        .run(
            &(broken(SEEDS, PIECES), prop::collection::vec(broken(SEEDS, PIECES), 1..4)),
            |(text, others)| {
                let rules = |text: &str| vec![Source { name: "rules.yaml".into(), text: text.to_owned() }];
                let mut session = Session::new();
                session.set_events(Source { name: "events.yaml".into(), text: checks::EVENTS.into() });
                session.set_rules(rules(&text));
                let first = session.report();
                let edits: Vec<_> = others
                    .iter()
                    .map(|other| {
                        session.set_rules(rules(other));
                        session.report()
                    })
                    .collect();
                for (other, report) in others.iter().zip(edits).rev() {
                    session.set_rules(rules(other));
                    prop_assert_eq!(report, session.report(), "taken back to {}", other);
                }
                session.set_rules(rules(&text));
                prop_assert_eq!(first, session.report(), "taken back to {}", text);
                Ok(())
            },
        )
        .unwrap();
}
