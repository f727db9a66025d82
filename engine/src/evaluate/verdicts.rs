//! What rules say about all events: fast, a bitmap per rule and block.

use super::bitmaps::Bitmap;
use super::cache::{Cache, Side};
use crate::catalog::EventTypes;
use crate::compile::{Expr, ExprId, Exprs, Program, ProgramRule};
use crate::events::{Block, EventStore};
use crate::report::{Hit, Outcome, Possible};

/// What every rule of a program says about every event of a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// In the order of the program.
    pub rules: Vec<RuleVerdicts>,
}

/// What one rule says. Blocks of which it says nothing are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleVerdicts {
    /// The events that it matches: position of the block, and which rows.
    pub matched: Vec<(u32, Bitmap)>,
    /// The events on which only an exception keeps it from matching.
    pub suppressed: Vec<(u32, Bitmap)>,
    /// What keeps it from matching those: position of the event, in order of block and row.
    pub excluded: Vec<Excluded>,
    /// By exception and tuple: how many of those it excludes.
    pub held: Vec<Vec<Held>>,
    /// The events that leave open what it says of them.
    pub undecided: Vec<Undecided>,
}

/// Events of a block that leave open what a rule says of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// Position of the block.
    pub block: u32,
    /// Which rows.
    pub rows: Bitmap,
    /// Where it may match, for these rows.
    pub matches: Bitmap,
    /// Where an exception may keep it from matching.
    pub suppressed: Bitmap,
    /// Where it may have nothing to say.
    pub none: Bitmap,
}

/// How many events a tuple excludes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Those on which it holds.
    pub all: u32,
    /// Those on which no other tuple holds.
    pub alone: u32,
}

/// The first exception that excludes an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// Position of the event in the file.
    pub event: u32,
    /// Position of the exception in the rule.
    pub exception: u32,
    /// Position of the tuple in the exception; None where its tuples cannot be told apart.
    pub tuple: Option<u32>,
}

/// Evaluates all rules of `program` on all events of `store`. `cache` must belong to `exprs` and `store`; it makes
/// the next evaluation cheap if little has changed.
pub fn evaluate(program: &Program, exprs: &Exprs, store: &EventStore, cache: &mut Cache) -> Verdicts {
    Verdicts { rules: program.rules.iter().map(|rule| evaluate_rule(rule, exprs, store, cache)).collect() }
}

/// Evaluates one rule; as for [`evaluate`].
pub fn evaluate_rule(
    rule: &ProgramRule,
    exprs: &Exprs,
    store: &EventStore,
    cache: &mut Cache,
) -> RuleVerdicts {
    let held = rule.exceptions.iter().map(|tuples| vec![Held::default(); tuples.len()]).collect();
    let mut verdicts = RuleVerdicts { held, ..RuleVerdicts::default() };
    let Some(whole) = rule.whole else { return verdicts };
    for (at, block) in store.blocks().iter().enumerate() {
        if block.source != rule.source || !rule.types.meets(&block.types) {
            continue;
        }
        let rows = block.events.len();
        let (matched, suppressed) = if block.partial {
            let mut of_side = |expr, side| cache.bitmap(expr, side, exprs, store, at);
            let (matched, suppressed, open) = partial(rule, whole, exprs, block, &mut of_side);
            if !open.rows.is_none() {
                verdicts.undecided.push(Undecided { block: at as u32, ..open });
            }
            (matched, suppressed)
        } else {
            let mut of = |expr| cache.bitmap(expr, Side::Certainly, exprs, store, at);
            let matched = of(whole);
            let suppressed = rule.base.map_or(Bitmap::None, |base| of(base).without(&matched, rows));
            (matched, suppressed)
        };
        if !suppressed.is_none() {
            exclude(rule, &suppressed, exprs, store, at, cache, &mut verdicts);
            verdicts.suppressed.push((at as u32, suppressed));
        }
        if !matched.is_none() {
            verdicts.matched.push((at as u32, matched));
        }
    }
    verdicts
}

/// Where a rule certainly matches and is certainly suppressed, and what is left open.
fn partial(
    rule: &ProgramRule,
    whole: ExprId,
    exprs: &Exprs,
    block: &Block,
    of: &mut dyn FnMut(ExprId, Side) -> Bitmap,
) -> (Bitmap, Bitmap, Undecided) {
    let rows = block.events.len();
    let base = rule.base.unwrap_or(whole);
    let [matched, base_true] = [whole, base].map(|expr| of(expr, Side::Certainly));
    let [may_match, base_may] = [whole, base].map(|expr| of(expr, Side::Possibly));
    // Which exceptions do certainly not hold.
    let exceptions = rule.exceptions.iter().filter(|tuples| !tuples.is_empty()).count();
    let none_holds = match exprs.get(whole) {
        Expr::And(parts) if parts.len() > exceptions && rule.base.is_some() => {
            let excluding = parts.iter().skip(parts.len() - exceptions);
            excluding.fold(Bitmap::All, |so_far, part| so_far.and(&of(*part, Side::Certainly), rows))
        }
        _ => matched.clone(),
    };
    let suppressed = base_true.without(&may_match, rows);
    let may_be_suppressed =
        if rule.base.is_some() { base_may.without(&none_holds, rows) } else { Bitmap::None };
    // Falco asks a rule only about some event types, and these events do not say theirs.
    let is_asked = !block.any_type || rule.types == EventTypes::all();
    let (matched, suppressed) = if is_asked { (matched, suppressed) } else { (Bitmap::None, Bitmap::None) };
    let open = base_may.without(&matched, rows).without(&suppressed, rows);
    let undecided = Undecided {
        block: 0,
        matches: may_match.and(&open, rows),
        suppressed: may_be_suppressed.and(&open, rows),
        none: if is_asked { open.without(&base_true, rows) } else { open.clone() },
        rows: open,
    };
    (matched, suppressed, undecided)
}

/// Finds the first exception and tuple for each suppressed event. What no tuple accounts for is put down to the first
/// exception that cannot be taken apart.
fn exclude(
    rule: &ProgramRule,
    suppressed: &Bitmap,
    exprs: &Exprs,
    store: &EventStore,
    block: usize,
    cache: &mut Cache,
    verdicts: &mut RuleVerdicts,
) {
    let Some(events) = store.blocks().get(block).map(|block| &block.events) else { return };
    let rows = events.len();
    let mut left = suppressed.clone();
    let mut found: Vec<(usize, u32, Option<u32>)> = Vec::new();
    let mut whole_exception = None;
    // By row: how many tuples hold.
    let mut holding = vec![0_u32; rows];
    for (exception, tuples) in (0..).zip(&rule.exceptions) {
        for (tuple, expr) in (0..).zip(tuples) {
            let Some(expr) = *expr else {
                whole_exception.get_or_insert(exception);
                continue;
            };
            let hit = suppressed.and(&cache.bitmap(expr, Side::Certainly, exprs, store, block), rows);
            for row in hit.rows(rows) {
                if let Some(count) = holding.get_mut(row) {
                    *count += 1;
                }
                if let Some(held) = held(&mut verdicts.held, exception, tuple) {
                    held.all += 1;
                }
            }
            let hit = left.and(&hit, rows);
            if !hit.is_none() {
                found.extend(hit.rows(rows).into_iter().map(|row| (row, exception, Some(tuple))));
                left = left.without(&hit, rows);
            }
        }
    }
    let rest = whole_exception.unwrap_or(0);
    found.extend(left.rows(rows).into_iter().map(|row| (row, rest, None)));
    found.sort_unstable();
    for (row, exception, tuple) in &found {
        if holding.get(*row) == Some(&1)
            && let Some(held) = tuple.and_then(|tuple| held(&mut verdicts.held, *exception, tuple))
        {
            held.alone += 1;
        }
    }
    verdicts.excluded.extend(found.into_iter().filter_map(|(row, exception, tuple)| {
        events.get(row).map(|&event| Excluded { event, exception, tuple })
    }));
}

/// What is counted of a tuple.
fn held(all: &mut [Vec<Held>], exception: u32, tuple: u32) -> Option<&mut Held> {
    all.get_mut(exception as usize)?.get_mut(tuple as usize)
}

impl RuleVerdicts {
    /// Number of events that the rule matches.
    pub fn matched_count(&self, store: &EventStore) -> usize {
        count(&self.matched, store)
    }

    /// Number of events on which only an exception keeps it from matching.
    pub fn suppressed_count(&self) -> usize {
        self.excluded.len()
    }

    /// What the rule says about event `event`; `None` where it says nothing.
    pub fn outcome(&self, store: &EventStore, event: u32) -> Option<Outcome> {
        if self.matches(store, event as usize) {
            return Some(Outcome::Matches);
        }
        if let Some(Excluded { exception, tuple, .. }) =
            self.excluded.iter().find(|excluded| excluded.event == event)
        {
            return Some(Outcome::Suppressed { exception: *exception, tuple: *tuple });
        }
        self.possible(store, event).map(Outcome::Undecided)
    }

    /// What the rule may say about event `event`; `None` where that is decided.
    pub fn possible(&self, store: &EventStore, event: u32) -> Option<Possible> {
        let (block, row) = store.position(event as usize)?;
        let open =
            self.undecided.iter().find(|open| open.block as usize == block && open.rows.contains(row))?;
        Some(Possible {
            matches: open.matches.contains(row),
            suppressed: open.suppressed.contains(row),
            none: open.none.contains(row),
        })
    }

    /// The events of which it is left open what the rule says, in no order.
    pub fn undecided_events<'a>(&'a self, store: &'a EventStore) -> impl Iterator<Item = u32> + 'a {
        self.undecided.iter().flat_map(|open| {
            let events = store.blocks().get(open.block as usize).map_or(&[][..], |block| &block.events);
            open.rows.rows(events.len()).into_iter().filter_map(|row| events.get(row).copied())
        })
    }

    /// Whether the rule matches event `index`.
    pub fn matches(&self, store: &EventStore, index: usize) -> bool {
        let Some((block, row)) = store.position(index) else { return false };
        self.matched.iter().any(|(at, bitmap)| *at as usize == block && bitmap.contains(row))
    }
}

impl Verdicts {
    /// The rules that match event `event`, are suppressed on it, or may do one of these, in rule order.
    pub fn hits_of(&self, store: &EventStore, event: u32) -> Vec<Hit> {
        let of_rule = |(rule, verdicts): (u32, &RuleVerdicts)| {
            verdicts.outcome(store, event).map(|outcome| Hit { rule, outcome })
        };
        (0..).zip(&self.rules).filter_map(of_rule).collect()
    }

    /// By event: the rules that match it or are suppressed on it, in rule order; not those of which that is left open.
    pub fn hits(&self, store: &EventStore) -> Vec<Vec<Hit>> {
        let mut hits: Vec<Vec<Hit>> = vec![Vec::new(); store.len()];
        for (rule, verdicts) in (0..).zip(&self.rules) {
            for (block, bitmap) in &verdicts.matched {
                let Some(block) = store.blocks().get(*block as usize) else { continue };
                for row in bitmap.rows(block.events.len()) {
                    if let Some(hits) = block.events.get(row).and_then(|event| hits.get_mut(*event as usize))
                    {
                        hits.push(Hit { rule, outcome: Outcome::Matches });
                    }
                }
            }
            for Excluded { event, exception, tuple } in &verdicts.excluded {
                let outcome = Outcome::Suppressed { exception: *exception, tuple: *tuple };
                if let Some(hits) = hits.get_mut(*event as usize) {
                    hits.push(Hit { rule, outcome });
                }
            }
        }
        hits
    }
}

fn count(bitmaps: &[(u32, Bitmap)], store: &EventStore) -> usize {
    let rows = |block: &u32| store.blocks().get(*block as usize).map_or(0, |block| block.events.len());
    bitmaps.iter().map(|(block, bitmap)| bitmap.count(rows(block))).sum()
}
