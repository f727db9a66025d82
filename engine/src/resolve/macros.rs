//! Macros: each body is parsed on its own, sees the macros before it, and becomes a tree once per event source that
//! uses it (sheet `rules-format`, section 4).

use super::decode::VALIDATE;
use super::definitions::{Definitions, MacroDef, Spot};
use super::lists::{self, Lists};
use super::{order, syntax};
use crate::catalog::messages::conditions::fill_in_placeholder;
use crate::catalog::messages::items as say;
use crate::catalog::placeholder::is_placeholder;
use crate::catalog::{Dialect, codes, suggest};
use crate::parse::ast::{Condition, NodeKind};
use crate::text::{Applicability, Diagnostic, Fix, Loc, Text, TextRange, sorted};

/// The macros of a ruleset, parsed and linked.
pub(super) struct Macros {
    /// In definition order.
    pub(super) macros: Vec<Linked>,
    /// Positions of the macros in an order in which each stands behind those that it refers to; those in loops are absent.
    pub(super) order: Vec<usize>,
}

/// A macro with its body.
pub(super) struct Linked {
    /// The body after list expansion.
    pub(super) text: Text,
    pub(super) condition: Condition,
    /// False where something is wrong with it or with a macro that it refers to.
    pub(super) sound: bool,
    /// Positions of the macros that it refers to.
    pub(super) uses: Vec<usize>,
    /// Whether a rule or macro refers to it.
    pub(super) used: bool,
    /// Where its name is written and stands for it.
    pub(super) named_at: Vec<Loc>,
    /// Words for colouring.
    pub(super) tokens: Vec<(TextRange, crate::report::TokenKind)>,
}

/// Parses all macro bodies, then links them, in Falco's order of errors.
pub(super) fn link(
    defs: &Definitions,
    dialect: Dialect,
    strict: bool,
    expander: &mut Lists,
    out: &mut Vec<Diagnostic>,
) -> Macros {
    let shown = |definition: &'_ MacroDef| strict.then(|| definition.condition.as_str().to_owned());
    let mut macros: Vec<Linked> = Vec::with_capacity(defs.macros.len());
    for definition in &defs.macros {
        let text = expander.expand(&definition.condition);
        let parsed = syntax::parse(&text, dialect, &definition.condition_spot, out);
        let mut sound = !definition.broken;
        if lists::too_long(&text) {
            let message = say::too_long((lists::MAX_CONDITION_BYTES >> 20).to_string());
            out.push(Diagnostic::new(&codes::CONDITION_TOO_LARGE, definition.condition_spot.at, message));
            sound = false;
        }
        if let Some(error) = &parsed.error {
            sound = false;
            let mut problems = syntax::problems(error, &text, &definition.condition_spot);
            if let Some(first) = problems.first_mut() {
                let at = Some((text.as_str(), error.position.offset));
                order::point(first, shown(definition).as_deref(), at);
            }
            out.append(&mut problems);
        }
        macros.push(Linked {
            text,
            condition: parsed.condition,
            sound,
            uses: Vec::new(),
            used: false,
            named_at: Vec::new(),
            tokens: parsed.tokens,
        });
    }
    for (at, definition) in defs.macros.iter().enumerate() {
        let (uses, undefined) = references(defs, macros.get(at), Some(definition));
        if let Some(Linked { text, condition, .. }) = macros.get(at) {
            let visible = |name: &str| defs.macro_index(name).filter(|at| uses.contains(at));
            for (used, at) in places(condition, text, visible) {
                use_at(&mut macros, used, at);
            }
        }
        if let Some(linked) = macros.get_mut(at) {
            linked.uses = uses;
            for range in undefined {
                linked.sound = false;
                let mut problem =
                    undefined_macro(defs, &linked.text, range, &definition.spot, Some(definition));
                let at = Some((linked.text.as_str(), range.start));
                order::point(&mut problem, shown(definition).as_deref(), at);
                out.push(problem);
            }
        }
    }
    let (order, looping) = order(&macros);
    for at in looping {
        if let (Some(linked), Some(definition)) = (macros.get_mut(at), defs.macros.get(at)) {
            linked.sound = false;
            let text = format!("reference loop in macro '{}'", definition.name);
            let message = say::macro_loop(&definition.name);
            let mut problem = definition.spot.problem(&codes::MACRO_LOOP, message, (VALIDATE, &text));
            let into = linked.condition.nodes.iter().find(|node| matches!(node.kind, NodeKind::Macro(_)));
            let at = into.map(|node| (linked.text.as_str(), node.range.start));
            order::point(&mut problem, shown(definition).as_deref(), at);
            out.push(problem);
        }
    }
    for &at in &order {
        let uses = macros.get(at).map(|linked| linked.uses.clone()).unwrap_or_default();
        let sound = uses.iter().all(|used| macros.get(*used).is_some_and(|used| used.sound));
        if let Some(linked) = macros.get_mut(at) {
            linked.sound &= sound;
        }
    }
    Macros { macros, order }
}

/// The macros that a condition refers to, and the places of those names that it cannot see.
fn references(
    defs: &Definitions,
    linked: Option<&Linked>,
    from: Option<&MacroDef>,
) -> (Vec<usize>, Vec<TextRange>) {
    let Some(linked) = linked else { return Default::default() };
    names(&linked.condition, |name| {
        let at = defs.macro_index(name)?;
        let visible =
            from.is_none_or(|from| defs.macros.get(at).is_some_and(|target| target.first < from.last));
        visible.then_some(at)
    })
}

/// The macros that a condition names, found by `find`, and the places of names that it does not find.
pub(super) fn names(
    condition: &Condition,
    find: impl Fn(&str) -> Option<usize>,
) -> (Vec<usize>, Vec<TextRange>) {
    let (mut uses, mut undefined) = (Vec::new(), Vec::new());
    for node in &condition.nodes {
        if let NodeKind::Macro(name) = &node.kind {
            match find(name) {
                Some(at) if uses.contains(&at) => {}
                Some(at) => uses.push(at),
                None => undefined.push(node.range),
            }
        }
    }
    (uses, undefined)
}

/// Where a condition names the macros that `find` finds.
pub(super) fn places(
    condition: &Condition,
    text: &Text,
    find: impl Fn(&str) -> Option<usize>,
) -> Vec<(usize, Option<Loc>)> {
    let named = condition.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Macro(name) => Some((find(name)?, text.written_at(node.range))),
        _ => None,
    });
    named.collect()
}

/// Remembers that a macro is in use, and where it is named.
pub(super) fn use_at(macros: &mut [Linked], used: usize, at: Option<Loc>) {
    if let Some(used) = macros.get_mut(used) {
        used.used = true;
        used.named_at.extend(at);
    }
}

/// A name that is no macro here.
pub(super) fn undefined_macro(
    defs: &Definitions,
    text: &Text,
    range: TextRange,
    owner: &Spot,
    from: Option<&MacroDef>,
) -> Diagnostic {
    let name = range.slice(text.as_str());
    let falco = format!("Undefined macro '{name}' used in filter.");
    let at = text.locate(range).unwrap_or(owner.at);
    let spot = Spot { at, ..owner.clone() };
    let mut problem = spot.problem(&codes::UNDEFINED_MACRO, say::undefined_macro(name), (VALIDATE, &falco));
    if let Some(target) = defs.macro_index(name).and_then(|at| defs.macros.get(at)) {
        let note = if from.is_some() { say::defined_later(name) } else { say::defined_in_later_file(name) };
        return problem.note(note.clone()).related(target.name_at, note);
    }
    if is_placeholder(name) {
        return problem.note(fill_in_placeholder());
    }
    let candidates = defs.macros.iter().map(|definition| definition.name.as_str());
    if let Some(near) = suggest::closest(name, candidates) {
        problem = problem.fix(Fix::replace(say::replace_with(near), at, near, Applicability::Unsafe));
    }
    problem
}

/// Orders macros so that each stands behind those that it uses, without recursion; and those that refer to themselves.
fn order(macros: &[Linked]) -> (Vec<usize>, Vec<usize>) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; macros.len()];
    let (mut order, mut looping) = (Vec::new(), Vec::new());
    for start in 0..macros.len() {
        let mut stack = vec![(start, 0)];
        while let Some((at, next)) = stack.pop() {
            let Some(state) = states.get_mut(at) else { continue };
            if next == 0 {
                if *state != State::New {
                    if *state == State::Open {
                        looping.push(at);
                    }
                    continue;
                }
                *state = State::Open;
            }
            if let Some(used) = macros.get(at).and_then(|linked| linked.uses.get(next)) {
                stack.push((at, next + 1));
                stack.push((*used, 0));
            } else {
                *state = State::Done;
                order.push(at);
            }
        }
    }
    let mut looping = sorted(looping, |at| *at);
    looping.dedup();
    order.retain(|at| looping.binary_search(at).is_err());
    (order, looping)
}
