//! A word that looks like the name of a list and is none: Falco takes it as text.

pub(super) use crate::catalog::codes::UNDEFINED_LIST as CODE;

use super::Context;
use crate::catalog::messages::lints as say;
use crate::catalog::operators::Operator;
use crate::catalog::suggest::closest;
use crate::parse::ast::Right;
use crate::text::{Applicability, Diagnostic, Fix};

/// Words of longer lists are data, and are not compared with all names of lists.
const MAX_WORDS: usize = 50;

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let names: Vec<&str> = context.ruleset.lists.iter().map(|list| list.name.as_str()).collect();
    for (written, check) in context.checks() {
        let Right::List(constants, _) = &check.right else { continue };
        if !matches!(check.op, Operator::In | Operator::Intersects | Operator::Pmatch) {
            continue;
        }
        if constants.len() > MAX_WORDS {
            continue;
        }
        for constant in constants {
            let name = constant.text();
            if constant.quoted || !looks_like_list(&name) || !written.is_written(constant.range) {
                continue;
            }
            // Of several words, one with an underscore is no surprise, unless it is nearly the name of a list.
            let meant = closest(&name, names.iter().copied());
            let Some(at) = written.place(constant.range).filter(|_| constants.len() == 1 || meant.is_some())
            else {
                continue;
            };
            let mut problem =
                Diagnostic::new(&CODE, at, say::undefined_list(&*name)).note(say::unknown_lists_are_text());
            if let Some(meant) = meant.filter(|_| context.is_verbatim(written.text, constant.range, at)) {
                let title = say::replace_list(meant);
                problem = problem.fix(Fix::replace(title, at, meant, Applicability::Unsafe));
            }
            if let Some((start, indent)) = context.item_start(at) {
                let insert = format!("- list: {name}\n{indent}  items: []\n\n{indent}");
                problem =
                    problem.fix(Fix::replace(say::add_list(&*name), start, insert, Applicability::Unsafe));
            }
            out.push(problem);
        }
    }
}

/// Lower-case words with underscores between, as lists are named everywhere.
fn looks_like_list(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('_')
        && name.contains('_')
        && name.chars().all(allowed)
}
