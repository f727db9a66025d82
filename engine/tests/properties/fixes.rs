//! Fixes keep their word on broken texts as well, and an edit that is taken back has never been.

use super::rules::{PIECES, SEEDS};
use super::runner;
use super::texts::broken;
use crate::checks::{self, Texts};
use engine::Session;
use proptest::prelude::*;

#[test]
fn fixes_of_broken_rules_keep_their_word_and_can_be_undone() {
    runner(200)
        .run(&broken(SEEDS, PIECES), |text| {
            checks::fixes(&Texts::of_rules(&[&text]));
            Ok(())
        })
        .unwrap();
}

/// The session has seen other texts in between, and remembers what it knew of them.
#[test]
fn undo_restores_the_first_report() {
    const CONFIG: &str = "priority: notice\nrules:\n- disable: {rule: 'Shell*'}\n- enable: {tag: a}\nappend_output:\n- extra_output: '%proc.pname é'\n- match: {source: syscall}\n  extra_fields: [proc.name, {x: '%evt.num'}]\nstatic_fields: {team: 日本}\n";
    let texts = (broken(SEEDS, PIECES), prop::option::weighted(0.3, broken(&[CONFIG], PIECES)));
    let texts = texts.prop_map(|(rules, config)| Texts { config, ..Texts::of_rules(&[&rules]) });
    runner(150)
        .run(&prop::collection::vec(texts, 2..5), |texts| {
            let mut session = Session::new();
            let mut report = |texts: &Texts| {
                texts.set(&mut session);
                session.report()
            };
            let there: Vec<_> = texts.iter().map(&mut report).collect();
            let back: Vec<_> = texts.iter().rev().map(&mut report).collect();
            prop_assert!(there.iter().eq(back.iter().rev()), "{texts:?}");
            Ok(())
        })
        .unwrap();
}
