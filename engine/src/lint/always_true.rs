//! Two checks joined by `or` of which one holds for every value: `x != a or x != b`, through macros as well. What was meant
//! is `and`.

pub(super) use crate::catalog::codes::ALWAYS_TRUE as CODE;

use super::facts::{Fact, Joined, facts, leave_nothing};
use super::{Context, Written};
use crate::catalog::fields::TypeGroup;
use crate::catalog::messages::lints as say;
use crate::catalog::operators::{Modifier, Operator};
use crate::parse::ast;
use crate::resolve::check::Operand;
use crate::resolve::tree::{Node, NodeId, NodeKind, Tree};
use crate::text::{Applicability, Diagnostic, Edit, Fix, Loc, Span};

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    // Macro bodies have trees of their own, and what is wrong inside one is said there.
    for tree in &context.ruleset.trees {
        for (at, node) in tree.nodes.iter().enumerate() {
            let NodeKind::Or(parts) = &node.kind else { continue };
            let found = pair(&facts(context, tree, NodeId::new(at), Joined::Or));
            out.extend(found.map(|problem| match use_and(context, tree, parts) {
                Some(fix) => problem.fix(fix),
                None => problem,
            }));
        }
    }
    for (written, check) in context.checks() {
        out.extend(not_equal_to_any(context, written, check));
    }
}

/// The first pair that leaves no value out.
fn pair(facts: &[Fact<'_>]) -> Option<Diagnostic> {
    facts.iter().enumerate().find_map(|(at, later)| {
        let fits = |earlier: &&Fact<'_>| earlier.at != later.at && leave_nothing(earlier, later);
        let earlier = facts.iter().take(at).find(fits)?;
        let mut problem = Diagnostic::new(&CODE, later.at, say::always_true(later.field.to_string()));
        if !earlier.one_of && !later.one_of {
            problem = problem.note(say::exclusions_need_and());
        }
        Some(problem.related(earlier.at, say::together_with_this()))
    })
}

/// Puts `and` between comparisons with `!=` that are all of one field and written side by side.
fn use_and(context: &Context<'_>, tree: &Tree, parts: &[NodeId]) -> Option<Fix> {
    let nodes: Vec<&Node> = parts.iter().filter_map(|id| tree.nodes.get(id.index())).collect();
    let mut fields = nodes.iter().map(|node| match &node.kind {
        NodeKind::Check(check) if check.op == Operator::Ne => match &check.left {
            Operand::Field(field) => Some(field),
            Operand::Transform(_) => None,
        },
        _ => None,
    });
    let first = fields.next()??;
    if fields.any(|field| field != Some(first)) {
        return None;
    }
    let between = nodes.iter().zip(nodes.iter().skip(1)).map(|(a, b)| {
        let span = Span { start: a.at.span.end, end: b.at.span.start };
        let text = (a.at.source == b.at.source && span.start < span.end)
            .then(|| context.files.get(a.at.source.index()).map(|file| span.slice(&file.text)))??;
        let start = span.start + u32::try_from(text.find("or")?).ok()?;
        let at = Loc { source: a.at.source, span: Span { start, end: start + 2 } };
        (text.trim() == "or").then(|| Edit { at, insert: "and".to_owned() })
    });
    let edits = between.collect::<Option<Vec<_>>>()?;
    Some(Fix { title: say::join_with_and(), edits, applicability: Applicability::Unsafe })
}

/// `!= anyof (a, b)`: no value equals both.
fn not_equal_to_any(context: &Context<'_>, written: &Written<'_>, check: &ast::Check) -> Option<Diagnostic> {
    let (Operator::Ne, Some((Modifier::Anyof, modifier))) = (check.op, check.modifier) else { return None };
    let ast::Operand::Field(field) = &check.left else { return None };
    let info = written.field(field)?;
    let plain = matches!(info.kind.group(), TypeGroup::Text | TypeGroup::Integer { .. });
    let constants = check.right.constants();
    let several =
        constants.iter().any(|constant| constants.first().is_some_and(|a| a.bytes != constant.bytes));
    if !plain || info.any_ancestor || info.either_end || !several {
        return None;
    }
    let at = written.place(modifier)?;
    let problem = Diagnostic::new(&CODE, at, say::not_equal_to_any(field.text())).note(say::use_allof());
    Some(if context.is_verbatim(written.text, modifier, at) {
        problem.fix(Fix::replace(say::replace_operator("allof"), at, "allof", Applicability::Unsafe))
    } else {
        problem
    })
}
