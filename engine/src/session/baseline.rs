//! The rules as they were when alerts were raised, and what the alerts prove of the rules now.

use super::Session;
use crate::compile::{Exprs, Program, lower};
use crate::evaluate::{Baseline, Cache, FiredEvents, Proofs, Verdicts, evaluate_with};
use crate::events::EventStore;
use crate::report::{EventSet, Proof};
use crate::resolve;
use crate::resolve::ruleset::Ruleset;
use crate::text::Source;

/// The rules as they were when alerts were raised.
pub(super) struct Then {
    pub(super) files: Vec<Source>,
    pub(super) ruleset: Ruleset,
    pub(super) names: Vec<String>,
}

impl Session {
    /// Sets the rules files as they were when the events were recorded: an event that raised an alert made the condition of
    /// its rule true, as it was then. Without them the rules are taken to have been as they are, exceptions aside.
    pub fn set_baseline(&mut self, files: Option<Vec<Source>>) {
        if self.baseline.as_ref().map(|then| &then.files) != files.as_ref() {
            self.baseline = files.map(|files| {
                let ruleset = resolve::load_with(&files, self.dialect, &self.config).ruleset;
                let names = ruleset.rules.iter().map(|rule| rule.name.clone()).collect();
                Then { files, ruleset, names }
            });
        }
    }

    /// Loads the rules of then again: they are read in another dialect, or under another configuration.
    pub(super) fn load_baseline_anew(&mut self) {
        let then = self.baseline.take();
        self.set_baseline(then.map(|then| then.files));
    }

    /// Evaluates a program, with what the alerts prove that the events raised.
    pub(super) fn judge(
        &self,
        ruleset: &Ruleset,
        program: &Program,
        (store, fired): (&EventStore, &FiredEvents),
        exprs: &mut Exprs,
        cache: &mut Cache,
    ) -> (Verdicts, Proofs) {
        let then = self.baseline.as_ref().map(|then| (lower(&then.ruleset, exprs), then.names.as_slice()));
        let baseline = then.as_ref().map(|(program, names)| Baseline { program, names });
        let names: Vec<&str> = ruleset.rules.iter().map(|rule| rule.name.as_str()).collect();
        let proofs = Proofs::new(program, &names, baseline, exprs, store, fired);
        (evaluate_with(program, &proofs, exprs, store, cache), proofs)
    }

    /// What the alert proves that the event raised, if the answer rests on it or is left open.
    pub(super) fn proof(&self, rule: u32, event: u32) -> Option<Proof> {
        let verdicts = self.verdicts.rules.get(rule as usize)?;
        let raised = || self.proofs.of(rule as usize).is_some_and(|proof| proof.covers(&self.store, event));
        let rests = verdicts.proven_events(&self.store).any(|proven| proven == event)
            || raised() && verdicts.possible(&self.store, event).is_some();
        rests.then_some(Proof { whole_condition: verdicts.proves_base, assumed: self.baseline.is_none() })
    }

    /// The events that raised an alert of a rule.
    pub(super) fn raised(&self, rule: &str) -> EventSet {
        let blocks = self.store.blocks();
        let of_block = |(block, rows): &(u32, crate::evaluate::Bitmap)| {
            let events = blocks.get(*block as usize).map_or(&[][..], |block| &block.events);
            rows.rows(events.len()).into_iter().filter_map(|row| events.get(row).copied()).collect::<Vec<_>>()
        };
        EventSet::of(self.fired.of(rule).iter().flat_map(of_block))
    }
}
