//! An output that names a container or a pod, and a condition that asks for none: on the host it prints `<NA>`.

pub(super) use crate::catalog::codes::NO_CONTAINER_SCOPE as CODE;

use super::Context;
use crate::catalog::messages::lints as say;
use crate::resolve::check::{Argument, Operand};
use crate::resolve::tree::{NodeKind, TreeId};
use crate::text::{Diagnostic, TextRange};

/// Fields whose value only a container has. `container.id` is left out: it says `host` elsewhere.
const FIELDS: [&str; 3] = ["%container.image.", "%k8s.pod.", "%k8s.ns."];

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for rule in context.ruleset.rules.iter().filter(|rule| rule.source == "syscall") {
        let Some(tree) = rule.tree else { continue };
        let text = rule.output.as_str();
        let Some(start) = FIELDS.iter().filter_map(|field| text.find(field)).min() else { continue };
        if asks(context, tree, &mut Vec::new()) {
            continue;
        }
        let name = text.get(start + 1..).unwrap_or_default();
        let end =
            name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_')).unwrap_or(name.len());
        let name = name.get(..end).unwrap_or_default().trim_end_matches('.');
        let Some(at) = rule.output.locate(TextRange::from_usize(start, start + 1 + name.len())) else {
            continue;
        };
        out.push(Diagnostic::new(&CODE, at, say::no_container_scope(name)).note(say::add_container()));
    }
}

/// Whether the condition looks at containers, in macros too.
fn asks(context: &Context<'_>, id: TreeId, seen: &mut Vec<TreeId>) -> bool {
    if seen.contains(&id) {
        return false;
    }
    seen.push(id);
    let Some(tree) = context.ruleset.tree(id) else { return false };
    tree.nodes.iter().any(|node| match &node.kind {
        NodeKind::Macro { body, .. } => asks(context, *body, seen),
        NodeKind::Check(check) => names_container(&check.left),
        _ => false,
    })
}

fn names_container(operand: &Operand) -> bool {
    match operand {
        Operand::Field(key) => {
            let name = key.info().name;
            name.starts_with("container.") || name.starts_with("k8s.") || name.starts_with("k8smeta.")
        }
        Operand::Transform(transform) => transform.args.iter().any(|argument| match argument {
            Argument::Operand(operand) => names_container(operand),
            Argument::Literal(_) | Argument::List(_) => false,
        }),
    }
}
