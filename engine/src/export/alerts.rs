//! The alerts that rules raise: which rules, in which order, and the line that Falco prints for each.

use crate::config::Config;
use crate::evaluate::Verdicts;
use crate::evaluate::alert::{self, AlertRule};
use crate::events::{EventStore, Row};
use crate::report::{Alert, RuleMatching};
use crate::resolve::output::Output;
use crate::resolve::ruleset::Rule;

/// What decides about alerts.
pub struct Raising<'a> {
    /// The rules.
    pub rules: &'a [Rule],
    /// What it says of alerts.
    pub config: &'a Config,
    /// The events.
    pub store: &'a EventStore,
    /// What the rules say about them.
    pub verdicts: &'a Verdicts,
}

/// An alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raised {
    /// Position of the event.
    pub event: u32,
    /// Position of the rule.
    pub rule: u32,
    /// Whether the event says enough to tell that Falco raises it.
    pub certain: bool,
}

impl<'a> Raising<'a> {
    /// The alerts of event `event`, in rule order. Where Falco stops at the first rule that matches, an alert behind one that
    /// is not decided is not certain either.
    pub fn of(&self, event: u32) -> Vec<Raised> {
        let first_only = self.config.rule_matching == Some(RuleMatching::First);
        let mut raised = Vec::new();
        let mut open = false;
        for (rule, verdicts) in (0..).zip(&self.verdicts.rules) {
            let matches = verdicts.matches(self.store, event as usize);
            let may = || verdicts.possible(self.store, event).is_some_and(|possible| possible.matches);
            if !matches && !may() {
                continue;
            }
            let certain = matches && !(open && first_only);
            // Where Falco refuses the output there is no alert, and no other rule's in its stead.
            if self.output(rule).is_some() {
                raised.push(Raised { event, rule, certain });
            }
            open |= !certain;
            if first_only && matches {
                break;
            }
        }
        raised
    }

    /// Everything that an alert prints.
    pub fn alert(&self, raised: &Raised) -> Option<Alert> {
        let (about, output, row) = self.parts(raised)?;
        let printed = self.config.alerts;
        let message = alert::format(output, printed, &row);
        Some(Alert {
            rule: raised.rule,
            text: alert::text(&about, printed, &message, &row),
            json: alert::json(&about, printed, output, &message, &row),
            message,
        })
    }

    /// The line that Falco prints with `json_output: true`.
    pub fn json(&self, raised: &Raised) -> String {
        let Some((about, output, row)) = self.parts(raised) else { return String::new() };
        let printed = self.config.alerts;
        let message = alert::format(output, printed, &row);
        alert::json(&about, printed, output, &message, &row) + "\n"
    }

    /// The output of a rule.
    pub(super) fn output(&self, rule: u32) -> Option<&'a Output> {
        self.rule(rule)?.alert.as_ref()
    }

    /// Rule, output and fields of an alert.
    pub(super) fn parts(&self, raised: &Raised) -> Option<(AlertRule<'a>, &'a Output, Row<'a>)> {
        let rule = self.rule(raised.rule)?;
        let about =
            AlertRule { name: &rule.name, priority: rule.priority, source: &rule.source, tags: &rule.tags };
        Some((about, rule.alert.as_ref()?, self.store.row(raised.event as usize)?))
    }

    fn rule(&self, rule: u32) -> Option<&'a Rule> {
        self.rules.get(rule as usize)
    }
}
