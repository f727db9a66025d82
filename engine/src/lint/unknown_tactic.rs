//! A tag `mitre_…` that is no tactic of MITRE ATT&CK.

pub(super) use crate::catalog::codes::UNKNOWN_TACTIC as CODE;

use super::Context;
use crate::catalog::attack::TACTICS;
use crate::catalog::messages::lints as say;
use crate::catalog::suggest::closest;
use crate::text::{Applicability, Diagnostic, Fix};

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let tactics = || TACTICS.iter().map(|(name, _)| *name);
    for rule in &context.ruleset.rules {
        let unknown = |tag: &&String| tag.starts_with("mitre_") && tactics().all(|name| name != tag.as_str());
        for tag in rule.tags.iter().filter(unknown) {
            // A tag that another item added is found at the rule itself.
            let written = context.tag(rule.name_at, tag);
            let mut problem =
                Diagnostic::new(&CODE, written.unwrap_or(rule.name_at), say::unknown_tactic(tag));
            if let (Some(at), Some(meant)) = (written, closest(tag, tactics())) {
                problem =
                    problem.fix(Fix::replace(say::replace_tag(meant), at, meant, Applicability::Unsafe));
            }
            out.push(problem);
        }
    }
}
