//! A tuple of an exception that can never hit: it contradicts what the condition asks for.

pub(super) use crate::catalog::codes::DEAD_EXCEPTION as CODE;

use super::Context;
use super::facts::{Fact, Joined, exclude_each_other, facts};
use crate::catalog::messages::lints as say;
use crate::resolve::tree::TreeId;
use crate::text::Diagnostic;

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for rule in context.ruleset.rules.iter().filter(|rule| !rule.exceptions.is_empty()) {
        let asked = facts_of(context, rule.base);
        if asked.is_empty() {
            continue;
        }
        for exception in &rule.exceptions {
            for tuple in &exception.tuples {
                let excluded = facts_of(context, tuple.tree);
                let clash = excluded.iter().find_map(|fact| {
                    asked.iter().find(|asked| exclude_each_other(asked, fact)).map(|asked| (asked, fact))
                });
                let Some((asked, fact)) = clash else { continue };
                let message = say::dead_exception(&exception.name, fact.field.to_string());
                out.push(
                    Diagnostic::new(&CODE, tuple.at, message).related(asked.at, say::excluded_by_this()),
                );
            }
        }
    }
}

/// What must hold where the whole tree does.
fn facts_of<'a>(context: &Context<'a>, id: Option<TreeId>) -> Vec<Fact<'a>> {
    id.and_then(|id| context.ruleset.tree(id))
        .map(|tree| facts(context, tree, tree.root, Joined::And))
        .unwrap_or_default()
}
