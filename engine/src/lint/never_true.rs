//! Two checks that exclude each other and are joined by `and`, through macros and exceptions as well: a rule that can never
//! fire, or an exception that hides all that the rule finds.

pub(super) use crate::catalog::codes::NEVER_TRUE as CODE;

use super::Context;
use super::facts::{Fact, Joined, exclude_each_other, facts};
use crate::catalog::messages::lints as say;
use crate::resolve::tree::{NodeId, NodeKind};
use crate::text::Diagnostic;

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for rule in &context.ruleset.rules {
        let Some(tree) = rule.tree.and_then(|tree| context.ruleset.tree(tree)) else { continue };
        // The whole, and every `and` below an `or`.
        let tops = tree.nodes.iter().enumerate().filter(|(_, node)| matches!(node.kind, NodeKind::And(_)));
        for (at, _) in tops {
            out.extend(clash(&facts(context, tree, NodeId::new(at), Joined::And)));
        }
    }
}

/// The first pair that excludes each other.
fn clash(facts: &[Fact<'_>]) -> Option<Diagnostic> {
    facts.iter().enumerate().find_map(|(at, later)| {
        let earlier = facts.iter().take(at).find(|earlier| exclude_each_other(earlier, later))?;
        let problem = Diagnostic::new(&CODE, later.at, say::never_true(later.field.to_string()));
        Some(problem.related(earlier.at, say::excluded_by_this()))
    })
}
