//! A value that is also the name of a list: Falco puts in the item of the list, in quotes too.

pub(super) use crate::catalog::codes::LIST_CLASH as CODE;

use super::Context;
use crate::catalog::messages::lints as say;
use crate::parse::ast::Right;
use crate::text::{Diagnostic, Loc, Origin};

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (written, check) in context.checks() {
        // Where a list is wanted, its name is no surprise.
        let Right::Constant(constant) = &check.right else { continue };
        let mut places = written.text.runs(constant.range).filter_map(|(_, origin)| match origin {
            Origin::Item { used, defined } => Some((used, defined)),
            Origin::Written(_) | Origin::Glue(_) => None,
        });
        let Some((used, defined)) = places.next() else { continue };
        let Some(name) = name(context, used) else { continue };
        let problem = Diagnostic::new(&CODE, used, say::list_clash(name, constant.text()));
        out.push(problem.note(say::lists_are_put_in()).related(defined, say::item_of_list()));
    }
}

/// The name of the list as it stands in the file.
fn name<'a>(context: &Context<'a>, used: Loc) -> Option<&'a str> {
    context.files.get(used.source.index()).map(|file| used.span.slice(&file.text))
}
