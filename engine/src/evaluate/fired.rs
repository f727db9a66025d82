//! Which events raised an alert of which rule when they were recorded, as sets.

use super::bitmaps::Bitmap;
use super::verdicts::RuleVerdicts;
use crate::events::EventStore;
use crate::report::Fired;
use crate::text::sorted;
use rustc_hash::FxHashMap;

/// By name of a rule: the events that raised an alert of it. Known for as long as the events are the same.
#[derive(Debug, Default)]
pub struct FiredEvents {
    rules: FxHashMap<Box<str>, Vec<(u32, Bitmap)>>,
}

impl FiredEvents {
    /// Those of a store.
    pub fn new(store: &EventStore) -> Self {
        let mut rows: FxHashMap<&str, FxHashMap<u32, Vec<u64>>> = FxHashMap::default();
        for event in 0..store.len() {
            for rule in store.fired(event) {
                let Some((block, row)) = store.position(event) else { continue };
                let count = store.blocks().get(block).map_or(0, |block| block.events.len());
                let blocks = rows.entry(rule).or_default();
                let words = blocks.entry(block as u32).or_insert_with(|| vec![0; count.div_ceil(64)]);
                if let Some(word) = words.get_mut(row / 64) {
                    *word |= 1 << (row % 64);
                }
            }
        }
        let finish = |(block, words): (u32, Vec<u64>)| {
            let count = store.blocks().get(block as usize).map_or(0, |block| block.events.len());
            (block, Bitmap::from_words(words, count))
        };
        let of_rule = |(rule, blocks): (&str, FxHashMap<u32, Vec<u64>>)| {
            let blocks: Vec<(u32, Bitmap)> = blocks.into_iter().map(finish).collect();
            (rule.into(), sorted(blocks, |(block, _)| *block))
        };
        Self { rules: rows.into_iter().map(of_rule).collect() }
    }

    /// The events that raised an alert of a rule: blocks and rows.
    pub fn of(&self, rule: &str) -> &[(u32, Bitmap)] {
        self.rules.get(rule).map_or(&[], Vec::as_slice)
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
