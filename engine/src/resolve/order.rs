//! The checks of a condition in the order in which Falco compiles them, macros where they are named, and where Falco
//! says that they stand. Only Falco's own result asks for either.

use super::definitions::RuleDef;
use super::macros::Macros;
use super::rules::Resolver;
use super::syntax;
use super::trees::Made;
use crate::parse::ast::{Check, Condition, NodeKind};
use crate::parse::condition::Position;
use crate::text::{Diagnostic, FalcoExpression, Text, TextRange};

/// The condition of a rule, without syntax errors and undefined macros, and what was made of it.
pub(super) struct Compiled<'a> {
    pub(super) condition: &'a Condition,
    pub(super) text: &'a Text,
    pub(super) made: &'a Made,
    pub(super) find: &'a dyn Fn(&str) -> Option<usize>,
}

impl Resolver<'_> {
    /// The problem at which Falco stops.
    pub(super) fn first_problem(&self, rule: &RuleDef, compiled: &Compiled<'_>) -> Option<Diagnostic> {
        let mut found = None;
        checks(compiled, &self.macros, true, |owner, check| {
            let (problems, text) = match owner.and_then(|at| self.macro_body(at, rule)) {
                Some((body, text)) => (&body.problems, text),
                None => (&compiled.made.problems, compiled.text),
            };
            found = inside(problems, |problem| problem.at.start, check.range()).first().map(|problem| {
                let mut problem = syntax::check_problem(problem, text, &rule.condition_spot);
                // As Falco does: a place in the macro counts from the rule's condition.
                self.point(&mut problem, Some((text.as_str(), check.range().start)));
                problem
            });
            found.is_some()
        });
        found
    }

    /// The warnings of a condition without problems.
    pub(super) fn warnings(&self, rule: &RuleDef, compiled: &Compiled<'_>) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        if compiled.made.tree.is_none() {
            return out;
        }
        checks(compiled, &self.macros, false, |owner, check| {
            let (warnings, text) = match owner.and_then(|at| self.macro_body(at, rule)) {
                Some((body, text)) => (&body.warnings, text),
                None => (&compiled.made.warnings, compiled.text),
            };
            for warning in inside(warnings, |warning| warning.at.start, check.range()) {
                let mut problem = syntax::check_warning(warning, text, &rule.condition_spot);
                let unsafe_na = warning.falco.as_ref().is_some_and(|(code, _)| *code == syntax::UNSAFE_NA);
                let at = check.right.range().filter(|_| !unsafe_na);
                self.point(&mut problem, at.map(|at| (text.as_str(), at.start)));
                out.push(problem);
            }
            false
        });
        out
    }

    /// What became of a macro for a rule, and the text that its places lie in.
    fn macro_body(&self, at: usize, rule: &RuleDef) -> Option<(&Made, &Text)> {
        self.trees.body(at, &rule.source).zip(self.macros.macros.get(at).map(|linked| &linked.text))
    }

    /// Says where in the condition of the rule Falco sees a problem: at byte `at` of a text, or nowhere in particular.
    pub(super) fn point(&self, problem: &mut Diagnostic, at: Option<(&str, u32)>) {
        point(problem, self.shown.as_deref(), at);
    }
}

/// Calls `visit` with the macro (none for the condition itself) of each check and the check, until it says true. With
/// `once`, a macro that is named again is passed over.
fn checks(
    compiled: &Compiled<'_>,
    macros: &Macros,
    once: bool,
    mut visit: impl FnMut(Option<usize>, &Check) -> bool,
) {
    let mut seen = vec![false; if once { macros.macros.len() } else { 0 }];
    let mut open = vec![(None, compiled.condition.nodes.iter())];
    while let Some((owner, nodes)) = open.last_mut() {
        let Some(node) = nodes.next() else {
            open.pop();
            continue;
        };
        match &node.kind {
            NodeKind::Check(check) if visit(*owner, check) => return,
            NodeKind::Macro(name) => {
                let Some(at) = (compiled.find)(name).filter(|at| seen.get(*at) != Some(&true)) else {
                    continue;
                };
                if let Some(slot) = seen.get_mut(at) {
                    *slot = true;
                }
                open.extend(macros.macros.get(at).map(|linked| (Some(at), linked.condition.nodes.iter())));
            }
            _ => {}
        }
    }
}

/// Those of `items`, in the order of their places, that lie in `range`.
fn inside<T>(items: &[T], place: impl Fn(&T) -> u32, range: TextRange) -> &[T] {
    let from = items.partition_point(|item| place(item) < range.start);
    let to = items.partition_point(|item| place(item) < range.end);
    items.get(from..to).unwrap_or_default()
}

/// Says where in the condition `shown` (before lists are put in) Falco sees a problem. Does nothing without `shown`.
pub(super) fn point(problem: &mut Diagnostic, shown: Option<&str>, at: Option<(&str, u32)>) {
    let Some((falco, shown)) = problem.falco.as_mut().zip(shown) else { return };
    let position = at.map(|(text, offset)| Position::of(text, offset));
    falco.expression = Some(Box::new(FalcoExpression {
        text: shown.to_owned(),
        line: position.map_or(0, |position| position.line),
        column: position.map_or(0, |position| position.column),
        offset: position.map_or(0, |position| position.offset),
    }));
}
