//! Which fields would decide what a rule says where events leave that open.
//!
//! These are the fields that the undecided comparisons ask for, as far as the answer rests on them: with all of them it would be
//! decided, whatever they said. Where no comparison stands twice in a condition, fewer would not do for every value.

use super::bitmaps::Bitmap;
use super::cache::{Cache, Side};
use super::proofs::{Part, Proof, parts};
use super::semantics::Matcher;
use super::verdicts::{RuleVerdicts, Undecided};
use crate::catalog::{EventTypes, FieldKey};
use crate::compile::{Expr, ExprId, Exprs, ProgramRule};
use crate::events::{Block, EventStore};
use crate::report::{Deciding, DecidingField};
use crate::text::sorted;

/// Fields of the events of a block, and the events for which each is needed.
type Needed = Vec<(FieldKey, Bitmap)>;

/// The fields that would decide what `rule` says of the events that leave it open; only of those that raised an alert of it
/// (`raised`), if there are such.
pub fn deciding(
    rule: &ProgramRule,
    verdicts: &RuleVerdicts,
    raised: &[(u32, Bitmap)],
    proof: Option<&Proof>,
    exprs: &Exprs,
    store: &EventStore,
    cache: &mut Cache,
) -> Deciding {
    let rows_of = |block: u32| store.blocks().get(block as usize).map_or(0, |block| block.events.len());
    let own = verdicts.undecided.iter().filter_map(|open| {
        let (_, raised) = raised.iter().find(|(block, _)| *block == open.block)?;
        let rows = open.rows.and(raised, rows_of(open.block));
        (!rows.is_none()).then_some((open, rows))
    });
    let mut asked: Vec<(&Undecided, Bitmap)> = own.collect();
    let of_alerts = !asked.is_empty();
    if !of_alerts {
        asked = verdicts.undecided.iter().map(|open| (open, open.rows.clone())).collect();
    }
    let mut events = 0;
    let blocks: Vec<(Bitmap, usize, Needed)> = asked
        .into_iter()
        .map(|(open, asked)| {
            let rows = rows_of(open.block);
            events += asked.count(rows) as u32;
            let needed = of_block(rule, &asked, open.block as usize, proof, exprs, store, cache);
            (asked, rows, needed)
        })
        .collect();
    Deciding { of_alerts, events, fields: counted(&blocks) }
}

/// Counts how often each field is needed, the most wanted first.
fn counted(blocks: &[(Bitmap, usize, Needed)]) -> Vec<DecidingField> {
    let mut fields: Vec<(DecidingField, &FieldKey)> = Vec::new();
    for (_, rows, needed) in blocks {
        let (mut once, mut twice) = (Bitmap::None, Bitmap::None);
        for (_, events) in needed {
            twice = twice.or(&once.and(events, *rows), *rows);
            once = once.or(events, *rows);
        }
        for (key, events) in needed {
            let at = fields.iter().position(|(_, known)| *known == key).unwrap_or_else(|| {
                fields.push((DecidingField { field: key.to_string(), ..DecidingField::default() }, key));
                fields.len() - 1
            });
            let Some((field, _)) = fields.get_mut(at) else { continue };
            field.needed += events.count(*rows) as u32;
            field.alone += events.without(&twice, *rows).count(*rows) as u32;
        }
    }
    let by_weight =
        |field: &DecidingField| (u32::MAX - field.alone, u32::MAX - field.needed, field.field.clone());
    let mut fields = sorted(fields, |(field, _)| by_weight(field));
    for (asked, rows, needed) in blocks {
        let mut still = Bitmap::None;
        for (field, key) in fields.iter_mut().rev() {
            field.together += asked.without(&still, *rows).count(*rows) as u32;
            if let Some((_, events)) = needed.iter().find(|(of, _)| of == *key) {
                still = still.or(events, *rows);
            }
        }
    }
    fields.into_iter().map(|(field, _)| field).collect()
}

/// The fields that `asked` events of a block need.
fn of_block(
    rule: &ProgramRule,
    asked: &Bitmap,
    at: usize,
    proof: Option<&Proof>,
    exprs: &Exprs,
    store: &EventStore,
    cache: &mut Cache,
) -> Needed {
    let (Some(block), Some(whole)) = (store.blocks().get(at), rule.whole) else { return Vec::new() };
    let rows = block.events.len();
    let fired = proof.and_then(|proof| Some((proof, proof.rows(at)?)));
    // Where a part counts: not where an alert proves it.
    let counts = |(expr, negated): Part| match fired {
        Some((proof, fired)) if proof.proves(expr, negated) => asked.without(fired, rows),
        _ => asked.clone(),
    };
    let mut open: Vec<(ExprId, Bitmap)> = Vec::new();
    let add = |expr: ExprId, events: Bitmap, cache: &mut Cache, open: &mut Vec<(ExprId, Bitmap)>| {
        let [certainly, possibly] =
            [Side::Certainly, Side::Possibly].map(|side| cache.bitmap(expr, side, exprs, store, at));
        let events = events.and(&possibly.without(&certainly, rows), rows);
        if !events.is_none() {
            match open.iter_mut().find(|(of, _)| *of == expr) {
                Some((_, known)) => *known = known.or(&events, rows),
                None => open.push((expr, events)),
            }
        }
    };
    for part in parts(rule.base.unwrap_or(whole), exprs) {
        add(part.0, counts(part), cache, &mut open);
    }
    // Once an exception holds for certain the others are of no interest.
    let excluding: Vec<Part> = excluding(rule, whole, exprs);
    let mut excluded = Bitmap::None;
    for part in &excluding {
        let (expr, negated) = *part;
        let side = if negated { Side::Certainly } else { Side::Possibly };
        let found = cache.bitmap(expr, side, exprs, store, at);
        let fails = if negated { found } else { found.not(rows) };
        excluded = excluded.or(&fails.and(&counts(*part), rows), rows);
    }
    for part in excluding {
        add(part.0, counts(part).without(&excluded, rows), cache, &mut open);
    }
    let mut needed: Needed = Vec::new();
    let mut need = |key: &FieldKey, events: &Bitmap| match needed.iter_mut().find(|(known, _)| known == key) {
        Some((_, all)) => *all = all.or(events, rows),
        None => needed.push((key.clone(), events.clone())),
    };
    // The parts of an expression have smaller ids.
    while let Some(last) = (0..open.len()).max_by_key(|at| open.get(*at).map(|(expr, _)| *expr)) {
        let (expr, events) = open.swap_remove(last);
        match exprs.get(expr) {
            Expr::And(parts) | Expr::Or(parts) => {
                for part in parts {
                    add(*part, events.clone(), cache, &mut open);
                }
            }
            Expr::Not(part) => add(*part, events, cache, &mut open),
            Expr::Atom(check) => {
                let matcher = Matcher::new(check);
                if let Some(key) = single(&matcher) {
                    need(&key, &events);
                    continue;
                }
                for (key, events) in by_row(&matcher, &events, at, rows, store) {
                    need(&key, &events);
                }
            }
            Expr::Const(_) => {}
        }
    }
    if let Some(key) = FieldKey::named("evt.type").filter(|_| asks_type(rule, block)) {
        let known = fired.filter(|(proof, _)| proof.is_seen_by(rule));
        let events = known.map_or_else(|| asked.clone(), |(_, fired)| asked.without(fired, rows));
        if !events.is_none() {
            need(&key, &events);
        }
    }
    needed
}

/// The parts of a condition that its exceptions are.
fn excluding(rule: &ProgramRule, whole: ExprId, exprs: &Exprs) -> Vec<Part> {
    let exceptions = rule.exceptions.iter().filter(|tuples| !tuples.is_empty()).count();
    match exprs.get(whole) {
        Expr::And(all) if all.len() > exceptions && rule.base.is_some() => {
            all.iter().skip(all.len() - exceptions).flat_map(|part| parts(*part, exprs)).collect()
        }
        _ => Vec::new(),
    }
}

/// The only field that a comparison can need.
fn single(matcher: &Matcher) -> Option<FieldKey> {
    matcher.column()?;
    let mut keys = Vec::new();
    matcher.keys(&mut keys);
    keys.pop()
}

/// What a comparison of several fields needs of each event.
fn by_row(matcher: &Matcher, events: &Bitmap, block: usize, rows: usize, store: &EventStore) -> Needed {
    let mut found: Vec<(FieldKey, Vec<u64>)> = Vec::new();
    for row in events.rows(rows) {
        let Some(fields) = store.block_row(block, row) else { continue };
        for key in matcher.unknown(&fields) {
            let at = found.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
                found.push((key, vec![0; rows.div_ceil(64)]));
                found.len() - 1
            });
            if let Some(word) = found.get_mut(at).and_then(|(_, words)| words.get_mut(row / 64)) {
                *word |= 1 << (row % 64);
            }
        }
    }
    found.into_iter().map(|(key, words)| (key, Bitmap::from_words(words, rows))).collect()
}

/// Whether Falco asks the rule about some event types only, and the events of the block do not say theirs.
fn asks_type(rule: &ProgramRule, block: &Block) -> bool {
    block.any_type && rule.types != EventTypes::all()
}

/// Whether the event leaves open whether Falco asks the rule about it.
pub fn leaves_type_open(rule: &ProgramRule, proof: Option<&Proof>, store: &EventStore, event: u32) -> bool {
    let Some((at, _)) = store.position(event as usize) else { return false };
    let seen = proof.is_some_and(|proof| proof.is_seen_by(rule) && proof.covers(store, event));
    store.blocks().get(at).is_some_and(|block| asks_type(rule, block)) && !seen
}
