//! Which rules run, as the configuration has it: the priority threshold, and the selection list (sheet `outputs`, section 6).

use super::ruleset::Rule;
use crate::catalog::codes;
use crate::catalog::messages::config as say;
use crate::config::{Config, Selection, matches};
use crate::report::Status;
use crate::text::{Diagnostic, Loc, sorted};

/// Applies both to all rules. As Falco does: a rule that was off and is switched on goes behind all others.
pub(super) fn apply(mut rules: Vec<Rule>, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<Rule> {
    let mut moved = vec![0_u32; rules.len()];
    for (entry, step) in config.selection.iter().zip(1..) {
        select(&mut rules, &mut moved, entry, step, out);
    }
    if let Some((least, at)) = config.priority {
        let beyond = rules.iter_mut().filter(|rule| {
            rule.priority > least
                && matches!(rule.status, Status::Active | Status::Disabled | Status::Deselected)
        });
        for rule in beyond {
            rule.status = Status::BelowPriority;
            rule.decided_at = Some(at);
        }
    }
    for addition in &config.additions {
        if let Some((name, at)) = &addition.rule
            && !rules.iter().any(|rule| rule.name == **name)
        {
            out.push(unmatched(*at, say::no_such_rule(&**name)));
        }
    }
    let paired = sorted(rules.into_iter().zip(moved).collect(), |(_, moved)| u64::from(*moved));
    paired.into_iter().map(|(rule, _)| rule).collect()
}

fn select(rules: &mut [Rule], moved: &mut [u32], entry: &Selection, step: u32, out: &mut Vec<Diagnostic>) {
    if let Some((pattern, at)) = &entry.rule {
        let found = switch(rules, moved, (entry.enable, step, *at), &|rule| matches(pattern, &rule.name));
        if !found {
            let starred = pattern.contains('*');
            let message =
                if starred { say::no_rule_matches(&**pattern) } else { say::no_such_rule(&**pattern) };
            let mut problem = unmatched(*at, message);
            if starred {
                problem = problem.note(say::first_occurrence());
            }
            out.push(problem);
        }
    }
    if let Some((tag, at)) = &entry.tag {
        let has = |rule: &Rule| rule.tags.iter().any(|known| **known == **tag);
        if !switch(rules, moved, (entry.enable, step, *at), &has) {
            out.push(unmatched(*at, say::no_such_tag(&**tag)));
        }
    }
}

/// Switches the rules that `is_meant`; whether there are any.
fn switch(
    rules: &mut [Rule],
    moved: &mut [u32],
    (enable, step, at): (bool, u32, Loc),
    is_meant: &dyn Fn(&Rule) -> bool,
) -> bool {
    let mut found = false;
    for (rule, moved) in rules.iter_mut().zip(moved).filter(|(rule, _)| is_meant(rule)) {
        found = true;
        match (rule.status, enable) {
            (Status::Disabled | Status::Deselected, true) => {
                rule.status = Status::Active;
                *moved = step;
            }
            (Status::Active | Status::Disabled, false) => rule.status = Status::Deselected,
            _ => continue,
        }
        rule.decided_at = Some(at);
    }
    found
}

fn unmatched(at: Loc, message: crate::text::Message) -> Diagnostic {
    Diagnostic::new(&codes::CONFIG_UNMATCHED, at, message).note(say::matches_nothing())
}
