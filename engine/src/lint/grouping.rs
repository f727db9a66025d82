//! `and` and `or` side by side without parentheses: `and` binds tighter. Where the mixture comes from an append, the part that
//! was there before is cut in two.

pub(super) use crate::catalog::codes::{APPENDED_LOGIC as APPENDED, MIXED_LOGIC as MIXED};

use super::{Context, Written};
use crate::catalog::messages::lints as say;
use crate::parse::ast::{Node, NodeKind};
use crate::text::{Diagnostic, Loc, Message, Origin, TextRange};

pub(super) fn mixed(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for written in &context.conditions {
        for mixture in mixtures(written).filter(|mixture| mixture.appended.is_none()) {
            let Some(at) = written.text.locate(mixture.and) else { continue };
            out.push(Diagnostic::new(&MIXED, at, say::mixed_logic()).note(meaning(written, &mixture)));
        }
    }
}

pub(super) fn appended(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for written in &context.conditions {
        for mixture in mixtures(written) {
            let Some(at) = mixture.appended else { continue };
            out.push(Diagnostic::new(&APPENDED, at, say::appended_logic()).note(meaning(written, &mixture)));
        }
    }
}

/// An `and` that stands directly in an `or`.
struct Mixture {
    or: TextRange,
    and: TextRange,
    /// What was appended, if the two came together that way.
    appended: Option<Loc>,
}

fn mixtures<'a>(written: &'a Written<'_>) -> impl Iterator<Item = Mixture> + 'a {
    let nodes = move |ids: &'a [_]| ids.iter().filter_map(move |id| written.condition.node(*id));
    let ors = written.condition.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Or(ids) => Some((node.range, ids)),
        _ => None,
    });
    ors.flat_map(move |(or, branches)| {
        let seam = seam(written, nodes(branches));
        nodes(branches).filter_map(move |branch| {
            let NodeKind::And(parts) = &branch.kind else { return None };
            let free = !in_parentheses(written.text.as_str(), branch.range);
            free.then(|| Mixture {
                or,
                and: branch.range,
                appended: seam.or_else(|| self::seam(written, nodes(parts))),
            })
        })
    })
}

/// What follows the first place between neighbours at which Falco joined two parts.
fn seam<'a>(written: &Written<'_>, nodes: impl Iterator<Item = &'a Node>) -> Option<Loc> {
    let mut last: Option<&Node> = None;
    for node in nodes {
        if let Some(last) = last {
            let between = TextRange { start: last.range.end, end: node.range.start };
            let glued = written.text.runs(between).any(|(_, origin)| matches!(origin, Origin::Glue(_)));
            if glued {
                return written.text.locate(node.range);
            }
        }
        last = Some(node);
    }
    None
}

/// Whether the text has parentheses of its own around it.
fn in_parentheses(text: &str, range: TextRange) -> bool {
    let before = text.get(..range.start as usize).unwrap_or_default().trim_end();
    let after = text.get(range.end as usize..).unwrap_or_default().trim_start();
    let mut depth = 0_i32;
    let balanced = range.slice(text).bytes().all(|byte| {
        depth += i32::from(byte == b'(') - i32::from(byte == b')');
        depth >= 0
    });
    before.ends_with('(') && after.starts_with(')') && balanced
}

/// How Falco reads the whole, if that is short enough to be read.
fn meaning(written: &Written<'_>, mixture: &Mixture) -> Message {
    const SHORT: usize = 160;
    let text = written.text.as_str();
    let part = |start, end| TextRange { start, end }.slice(text);
    let inner = mixture.and.slice(text);
    let (before, after) = (part(mixture.or.start, mixture.and.start), part(mixture.and.end, mixture.or.end));
    if before.len() + inner.len() + after.len() > SHORT {
        return say::and_binds_tighter();
    }
    let words: Vec<&str> = inner.split_whitespace().collect();
    let whole = format!("{before}({}){after}", words.join(" "));
    say::read_as(whole.split_whitespace().collect::<Vec<_>>().join(" "))
}
