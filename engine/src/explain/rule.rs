//! A rule as Falco has it in the end, for people: put together from all files, whatever the event.

use super::flips::{distance, smallest};
use super::written;
use crate::catalog::{EventTypes, SYSCALL, event_types};
use crate::evaluate::explain::Outcomes;
use crate::events::EventStore;
use crate::report::{Deciding, ListDetail, Piece, PieceKind, Place, RuleDetail, RulePart};
use crate::resolve::event_types::TreeTypes;
use crate::resolve::ruleset::{self, Rule, Ruleset};
use crate::text::{Loc, Origin, Source, Text, TextRange};

/// Events that are looked at for near misses.
const ASKED: usize = 5_000;

/// Near misses that are told.
const MISSES: usize = 100;

/// Items of a list, and of all lists in a condition, that are shown.
const ITEMS: usize = 200;

/// Pieces of a condition or output; more are told as one.
const PIECES: usize = 2_000;

/// What is asked about.
pub struct RuleQuestion<'a> {
    /// The rules.
    pub ruleset: &'a Ruleset,
    /// Position of the rule.
    pub rule: usize,
    /// The events.
    pub store: &'a EventStore,
    /// The rules files, for the words of the user.
    pub files: &'a [Source],
    /// Whether the rule has something to say about an event.
    pub speaks: &'a dyn Fn(u32) -> bool,
    /// The fields that would decide what events leave open.
    pub deciding: Deciding,
    /// The place for people.
    pub place: &'a dyn Fn(Loc) -> Place,
}

/// Answers it. `None` if there is no such rule.
pub fn rule_detail(question: &RuleQuestion<'_>) -> Option<RuleDetail> {
    let rule = question.ruleset.rules.get(question.rule)?;
    let parts = rule.parts.iter().map(|part| RulePart {
        at: (question.place)(part.name_at),
        keys: part
            .keys
            .iter()
            .map(|(key, how, at)| ((*key).to_owned(), *how, (question.place)(*at)))
            .collect(),
    });
    let (event_types, open_branch) = types(question, rule);
    let (near_misses, all_near_misses) = near_misses(question, rule);
    Some(RuleDetail {
        rule: question.rule as u32,
        desc: rule.desc.clone(),
        parts: parts.collect(),
        condition: pieces(question, rule, &rule.condition, "condition"),
        output: pieces(question, rule, &rule.output, "output"),
        lists: lists(question, rule),
        event_types,
        open_branch,
        near_misses,
        all_near_misses,
        deciding: question.deciding.clone(),
    })
}

/// The runs of a text, those of one list as one.
fn pieces(question: &RuleQuestion<'_>, rule: &Rule, text: &Text, key: &str) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut list: Option<Loc> = None;
    for (range, origin) in text.runs(TextRange::new(0, text.len())) {
        let words = range.slice(text.as_str());
        let (kind, at) = match origin {
            Origin::Written(at) => (PieceKind::Written, at),
            Origin::Item { used, .. } => (PieceKind::Items, used),
            Origin::Glue(at) => (PieceKind::Glue, at),
        };
        let same_list = kind == PieceKind::Items && list == Some(at);
        list = (kind == PieceKind::Items).then_some(at);
        if let Some(last) = out.last_mut().filter(|_| same_list) {
            last.text.push_str(words);
            continue;
        }
        if out.len() >= PIECES {
            break;
        }
        let part = rule.parts.iter().position(|part| is_in(part, key, at));
        out.push(Piece {
            text: words.to_owned(),
            kind,
            at: (question.place)(at),
            part: part.map(|part| part as u32),
        });
    }
    out
}

/// Whether a place lies in what an item says about a key, or about exceptions.
fn is_in(part: &ruleset::RulePart, key: &str, at: Loc) -> bool {
    part.keys.iter().any(|(name, _, loc)| {
        (*name == key || *name == "exceptions")
            && loc.source == at.source
            && loc.span.start <= at.span.start
            && at.span.end <= loc.span.end
    })
}

/// The lists whose items stand in the condition, in the order of their first use.
fn lists(question: &RuleQuestion<'_>, rule: &Rule) -> Vec<ListDetail> {
    let mut used: Vec<Loc> = Vec::new();
    let text = &rule.condition;
    for (_, origin) in text.runs(TextRange::new(0, text.len())) {
        if let Origin::Item { used: at, .. } = origin
            && used.last() != Some(&at)
            && !used.contains(&at)
        {
            used.push(at);
        }
    }
    let mut out: Vec<ListDetail> = Vec::new();
    for at in used.into_iter().take(ITEMS) {
        let name = question.files.get(at.source.index()).map_or("", |file| at.span.slice(&file.text));
        let found = question.ruleset.lists.iter().find(|list| list.name == name);
        let Some(list) = found.filter(|list| out.iter().all(|known| known.name != list.name)) else {
            continue;
        };
        out.push(ListDetail {
            name: list.name.clone(),
            at: (question.place)(list.name_at),
            items: list.items.iter().take(ITEMS).map(|item| item.value.to_string()).collect(),
            count: list.items.len() as u32,
        });
    }
    out
}

/// The event types that the rule sees, and the branch that leaves them open.
fn types(question: &RuleQuestion<'_>, rule: &Rule) -> (Option<Vec<String>>, Option<Place>) {
    let Some(tree) = rule.tree.filter(|_| rule.source == SYSCALL) else { return (None, None) };
    let trees = &question.ruleset.trees;
    let types = TreeTypes::new(trees);
    let seen = types.of(tree);
    if seen.len() == EventTypes::all().len() {
        return (None, None);
    }
    // Every rule sees asynchronous events; that says nothing about this one.
    let asynchronous = EventTypes::NONE.with_async();
    let names = event_types::all().filter(|kind| {
        kind.codes.iter().any(|code| !asynchronous.contains(*code))
            && kind.codes.iter().all(|code| seen.contains(*code))
    });
    let names = names.map(|kind| kind.name.to_owned()).collect();
    let open = types.open_branch(trees, tree, event_types::all().count() / 2);
    (Some(names), open.map(|at| (question.place)(at)))
}

/// Events that one comparison keeps the rule from matching.
fn near_misses(question: &RuleQuestion<'_>, rule: &Rule) -> (Vec<(u32, String)>, bool) {
    let Some(tree) = rule.tree else { return (Vec::new(), true) };
    let (mut out, mut asked) = (Vec::new(), 0);
    for event in 0..question.store.len() {
        let Some(row) = question.store.row(event).filter(|row| row.source() == rule.source) else { continue };
        if (question.speaks)(event as u32) {
            continue;
        }
        asked += 1;
        if asked > ASKED || out.len() >= MISSES {
            return (out, false);
        }
        let outcomes = Outcomes::new(question.ruleset, &[tree], &row);
        if distance(&outcomes, tree) != 1 {
            continue;
        }
        let flip = smallest(&outcomes, tree, true).into_iter().find_map(|flips| flips.first().copied());
        if let Some(node) = flip.and_then(|flip| outcomes.node(flip.node)) {
            out.push((event as u32, written::words(question.files, node)));
        }
    }
    (out, true)
}
