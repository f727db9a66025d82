//! What rules say about all events: fast, a bitmap per rule and block.

use super::bitmaps::Bitmap;
use super::cache::{Cache, Side};
use super::proofs::{Proof, Proofs, Sided};
use crate::catalog::EventTypes;
use crate::compile::{Expr, ExprId, Exprs, Program, ProgramRule};
use crate::events::{Block, EventStore};
use crate::report::{Hit, Outcome, Possible};
use crate::text::sorted;

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
    /// The events on which its answer rests on the alert that they raised.
    pub proven: Vec<(u32, Bitmap)>,
    /// Whether those alerts prove all of its condition, exceptions aside.
    pub proves_base: bool,
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
    evaluate_with(program, &Proofs::default(), exprs, store, cache)
}

/// The same, where alerts that were raised prove some of it.
pub fn evaluate_with(
    program: &Program,
    proofs: &Proofs,
    exprs: &Exprs,
    store: &EventStore,
    cache: &mut Cache,
) -> Verdicts {
    let rules = program.rules.iter().enumerate();
    let of_rule = |(at, rule)| prove_rule(rule, proofs.of(at), exprs, store, cache);
    Verdicts { rules: rules.map(of_rule).collect() }
}

/// Evaluates one rule; as for [`evaluate`].
pub fn evaluate_rule(
    rule: &ProgramRule,
    exprs: &Exprs,
    store: &EventStore,
    cache: &mut Cache,
) -> RuleVerdicts {
    prove_rule(rule, None, exprs, store, cache)
}

fn prove_rule(
    rule: &ProgramRule,
    proof: Option<&Proof>,
    exprs: &Exprs,
    store: &EventStore,
    cache: &mut Cache,
) -> RuleVerdicts {
    let held = rule.exceptions.iter().map(|tuples| vec![Held::default(); tuples.len()]).collect();
    let mut verdicts = RuleVerdicts { held, ..RuleVerdicts::default() };
    let Some(whole) = rule.whole else { return verdicts };
    verdicts.proves_base = proof.is_some_and(|proof| proof.proves_base(rule, exprs));
    for (at, block) in store.blocks().iter().enumerate() {
        if block.source != rule.source || !rule.types.meets(&block.types) {
            continue;
        }
        let rows = block.events.len();
        let (matched, suppressed) = if block.partial {
            let mut of_side = |expr, side| cache.bitmap(expr, side, exprs, store, at);
            let fired = proof.and_then(|proof| Some((proof, proof.rows(at)?)));
            let (matched, suppressed, open, proven) = partial(rule, whole, fired, exprs, block, &mut of_side);
            if !proven.is_none() {
                verdicts.proven.push((at as u32, proven));
            }
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

/// Where a rule certainly matches and is certainly suppressed, what is left open, and which of that rests on alerts.
fn partial(
    rule: &ProgramRule,
    whole: ExprId,
    fired: Option<(&Proof, &Bitmap)>,
    exprs: &Exprs,
    block: &Block,
    of: &mut dyn FnMut(ExprId, Side) -> Bitmap,
) -> (Bitmap, Bitmap, Undecided, Bitmap) {
    let rows = block.events.len();
    let base = rule.base.unwrap_or(whole);
    let mut proven = Bitmap::None;
    let [all, condition] = [whole, base].map(|expr| {
        let [certainly, possibly] = [Side::Certainly, Side::Possibly].map(|side| of(expr, side));
        let Some((proof, fired)) = fired else { return Sided { certainly, possibly } };
        // On events that raised an alert only the rest counts.
        let rest = proof.rest(expr, exprs, rows, of);
        let mut merged = |without: &Bitmap, with: &Bitmap| {
            let merged = without.without(fired, rows).or(&with.and(fired, rows), rows);
            let changed = merged.without(without, rows).or(&without.without(&merged, rows), rows);
            proven = proven.or(&changed, rows);
            merged
        };
        let certainly = merged(&certainly, &rest.certainly);
        Sided { certainly, possibly: merged(&possibly, &rest.possibly) }
    });
    let Sided { certainly: matched, possibly: may_match } = all;
    let Sided { certainly: base_true, possibly: base_may } = condition;
    // Which exceptions do certainly not hold.
    let exceptions = rule.exceptions.iter().filter(|tuples| !tuples.is_empty()).count();
    let none_holds = match exprs.get(whole) {
        Expr::And(parts) if parts.len() > exceptions && rule.base.is_some() => {
            let excluding = parts.iter().skip(parts.len() - exceptions);
            excluding.fold(Bitmap::All, |so_far, part| {
                let mut holds_not = of(*part, Side::Certainly);
                if let Some((proof, fired)) = fired {
                    let rest = proof.rest(*part, exprs, rows, of);
                    holds_not = holds_not.without(fired, rows).or(&rest.certainly.and(fired, rows), rows);
                }
                so_far.and(&holds_not, rows)
            })
        }
        _ => matched.clone(),
    };
    let suppressed = base_true.without(&may_match, rows);
    let may_be_suppressed =
        if rule.base.is_some() { base_may.without(&none_holds, rows) } else { Bitmap::None };
    // Falco asks a rule only about some event types, and these events do not say theirs.
    let is_asked = match fired {
        _ if !block.any_type || rule.types == EventTypes::all() => Bitmap::All,
        Some((proof, fired)) if proof.is_seen_by(rule) => {
            proven = proven.or(fired, rows);
            fired.clone()
        }
        _ => Bitmap::None,
    };
    let [matched, suppressed] = [matched, suppressed].map(|sure| sure.and(&is_asked, rows));
    let open = base_may.without(&matched, rows).without(&suppressed, rows);
    let undecided = Undecided {
        block: 0,
        matches: may_match.and(&open, rows),
        suppressed: may_be_suppressed.and(&open, rows),
        none: open.without(&base_true.and(&is_asked, rows), rows),
        rows: open,
    };
    (matched, suppressed, undecided, proven)
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
    // A row is suppressed by one tuple.
    let found = sorted(found, |(row, ..)| *row);
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

    /// The events on which its answer rests on the alert that they raised, in no order.
    pub fn proven_events<'a>(&'a self, store: &'a EventStore) -> impl Iterator<Item = u32> + 'a {
        self.proven.iter().flat_map(|(block, rows)| events_of(store, *block, rows))
    }

    /// The events of which it is left open what the rule says, in no order.
    pub fn undecided_events<'a>(&'a self, store: &'a EventStore) -> impl Iterator<Item = u32> + 'a {
        self.undecided.iter().flat_map(|open| events_of(store, open.block, &open.rows))
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

    /// On how many pairs of rule and event these verdicts are others than `before`, of the same program.
    pub fn differences(&self, store: &EventStore, before: &Self, store_before: &EventStore) -> u32 {
        let (now, then) = (self.hits(store), before.hits(store_before));
        let none = Vec::new();
        let mut count = 0;
        for event in 0..now.len().max(then.len()) {
            let (now, then) = (now.get(event).unwrap_or(&none), then.get(event).unwrap_or(&none));
            if now == then {
                continue;
            }
            let missing = |these: &[Hit], others: &[Hit]| {
                these.iter().filter(|hit| !others.iter().any(|other| other.rule == hit.rule)).count()
            };
            let others =
                now.iter().filter(|hit| then.iter().any(|t| t.rule == hit.rule && t != *hit)).count();
            count += others + missing(now, then) + missing(then, now);
        }
        count as u32
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

fn events_of<'a>(store: &'a EventStore, block: u32, rows: &Bitmap) -> impl Iterator<Item = u32> + 'a {
    let events = store.blocks().get(block as usize).map_or(&[][..], |block| &block.events);
    rows.rows(events.len()).into_iter().filter_map(|row| events.get(row).copied())
}

fn count(bitmaps: &[(u32, Bitmap)], store: &EventStore) -> usize {
    let rows = |block: &u32| store.blocks().get(*block as usize).map_or(0, |block| block.events.len());
    bitmaps.iter().map(|(block, bitmap)| bitmap.count(rows(block))).sum()
}
