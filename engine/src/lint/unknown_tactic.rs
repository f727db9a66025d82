//! A tag `mitre_…` that is no tactic of MITRE ATT&CK.

pub(super) use crate::catalog::codes::UNKNOWN_TACTIC as CODE;

use super::Context;
use crate::catalog::messages::lints as say;
use crate::catalog::suggest::closest;
use crate::text::{Applicability, Diagnostic, Fix};

/// The tactics of the enterprise matrix, as tags write them.
const TACTICS: [&str; 14] = [
    "mitre_reconnaissance",
    "mitre_resource_development",
    "mitre_initial_access",
    "mitre_execution",
    "mitre_persistence",
    "mitre_privilege_escalation",
    "mitre_defense_evasion",
    "mitre_credential_access",
    "mitre_discovery",
    "mitre_lateral_movement",
    "mitre_collection",
    "mitre_command_and_control",
    "mitre_exfiltration",
    "mitre_impact",
];

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for rule in &context.ruleset.rules {
        let tags =
            rule.tags.iter().filter(|tag| tag.starts_with("mitre_") && !TACTICS.contains(&tag.as_str()));
        for tag in tags {
            // A tag that another item added is found at the rule itself.
            let written = context.tag(rule.name_at, tag);
            let mut problem =
                Diagnostic::new(&CODE, written.unwrap_or(rule.name_at), say::unknown_tactic(tag));
            if let (Some(at), Some(meant)) = (written, closest(tag, TACTICS)) {
                problem =
                    problem.fix(Fix::replace(say::replace_tag(meant), at, meant, Applicability::Unsafe));
            }
            out.push(problem);
        }
    }
}
