//! Which events raised an alert of which rule when they were recorded, as sets.

use super::bitmaps::Bitmap;
use super::verdicts::RuleVerdicts;
use crate::events::EventStore;
use crate::report::Fired;

/// By name of a rule: the events that raised an alert of it. Known for as long as the events are the same.
#[derive(Debug, Default)]
pub struct FiredEvents {
    rules: Vec<(Box<str>, Blocks)>,
}

/// Events by block: rows.
type Blocks = Vec<(u32, Bitmap)>;

/// Events of a rule while they are collected: by block a bit for each row.
type Words = Vec<(u32, Vec<u64>)>;

impl FiredEvents {
    /// Those of a store.
    pub fn new(store: &EventStore) -> Self {
        let mut found: Vec<(&str, Words)> = Vec::new();
        let count = |block: u32| store.blocks().get(block as usize).map_or(0, |block| block.events.len());
        for event in 0..store.len() {
            for rule in store.fired(event) {
                let Some((block, row)) = store.position(event) else { continue };
                let block = block as u32;
                // There are few rules, and few blocks of each.
                let at = found.iter().position(|(known, _)| *known == rule).unwrap_or_else(|| {
                    found.push((rule, Vec::new()));
                    found.len() - 1
                });
                let Some((_, blocks)) = found.get_mut(at) else { continue };
                let at = blocks.iter().position(|(known, _)| *known == block).unwrap_or_else(|| {
                    blocks.push((block, vec![0; count(block).div_ceil(64)]));
                    blocks.len() - 1
                });
                if let Some(word) = blocks.get_mut(at).and_then(|(_, words)| words.get_mut(row / 64)) {
                    *word |= 1 << (row % 64);
                }
            }
        }
        let finish = |(block, words): (u32, Vec<u64>)| (block, Bitmap::from_words(words, count(block)));
        let of_rule = |(rule, blocks): (&str, Words)| (rule.into(), blocks.into_iter().map(finish).collect());
        Self { rules: found.into_iter().map(of_rule).collect() }
    }

    /// The events that raised an alert of a rule: blocks and rows.
    pub fn of(&self, rule: &str) -> &[(u32, Bitmap)] {
        let found = self.rules.iter().find(|(name, _)| **name == *rule);
        found.map_or(&[], |(_, blocks)| blocks.as_slice())
    }
}

impl RuleVerdicts {
    /// What became of the events that raised an alert of the rule.
    pub fn became(&self, raised: &[(u32, Bitmap)], store: &EventStore) -> Fired {
        let mut fired = Fired::default();
        for (block, raised) in raised {
            let rows = store.blocks().get(*block as usize).map_or(0, |block| block.events.len());
            let both = |sets: &[(u32, Bitmap)]| {
                let here = sets.iter().find(|(at, _)| at == block);
                here.map_or(0, |(_, set)| set.and(raised, rows).count(rows) as u32)
            };
            let open = self.undecided.iter().find(|open| open.block == *block);
            let open = open.map_or(0, |open| open.rows.and(raised, rows).count(rows) as u32);
            let (kept, suppressed) = (both(&self.matched), both(&self.suppressed));
            fired.kept += kept;
            fired.suppressed += suppressed;
            fired.undecided += open;
            fired.lost += (raised.count(rows) as u32).saturating_sub(kept + suppressed + open);
        }
        fired
    }
}
