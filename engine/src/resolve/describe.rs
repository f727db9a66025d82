//! Conditions in the form in which Falco shows them when it describes its rules (`condition_compiled`).

use super::ruleset::Ruleset;
use crate::parse::ast::NodeKind;
use crate::parse::{condition, print};
use crate::report::Status;
use std::collections::HashMap;

/// Longer printed conditions are cut: macros can make them grow without bound.
const MAX_BYTES: usize = 1 << 20;

/// Name and compiled condition of every rule that takes part, enabled or not, in Falco's order.
pub fn conditions(ruleset: &Ruleset) -> Vec<(String, String)> {
    let parsed: Vec<_> =
        ruleset.macros.iter().map(|item| condition::parse(item.condition.as_str()).condition).collect();
    let names: HashMap<&str, usize> =
        ruleset.macros.iter().enumerate().map(|(at, item)| (item.name.as_str(), at)).collect();
    // Macros refer to each other without loops; each round prints those whose own macros are printed.
    let mut printed: Vec<Option<String>> = vec![None; parsed.len()];
    loop {
        let mut progress = false;
        for (at, body) in parsed.iter().enumerate() {
            if printed.get(at).is_some_and(Option::is_some) {
                continue;
            }
            let ready = body.nodes.iter().all(|node| match &node.kind {
                NodeKind::Macro(name) => {
                    names.get(&**name).is_none_or(|at| printed.get(*at).is_some_and(Option::is_some))
                }
                _ => true,
            });
            if ready {
                let text = print::condition(body, |name| printed.get(*names.get(name)?)?.as_deref());
                if let Some(slot) = printed.get_mut(at) {
                    *slot = Some(if text.len() > MAX_BYTES { "…".to_owned() } else { text });
                    progress = true;
                }
            }
        }
        if !progress {
            break;
        }
    }
    let rules = ruleset.rules.iter().filter(|rule| matches!(rule.status, Status::Active | Status::Disabled));
    rules
        .map(|rule| {
            let parsed = condition::parse(rule.condition.as_str()).condition;
            let text = print::condition(&parsed, |name| printed.get(*names.get(name)?)?.as_deref());
            (rule.name.clone(), text)
        })
        .collect()
}
