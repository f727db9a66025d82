//! What the engine told closely: about the selected event, about a rule's answer on it, about a rule. Each comes after the
//! verdicts; what was told last stays until then, so that nothing flickers or jumps, and is known to be old. Plain data.

use crate::results::Results;
use crate::worker::protocol::Selected;
use engine::report::{Answer, Change, EventDetail, Rule, RuleDetail};

/// The last answers about what is shown closely.
#[derive(Clone, Default, Debug)]
pub(crate) struct Told {
    /// The event that was selected when the engine last told about it.
    pub(crate) event: Option<(Selected, EventDetail)>,
    /// Whether the verdicts are newer than `event`.
    event_is_old: bool,
    /// What would turn the answer that `event` explains, or an earlier one.
    pub(crate) proposed: Option<Proposed>,
    /// Whether `event` is newer than the proposals.
    pub(crate) proposed_is_old: bool,
    /// A rule as it is in the end, by name.
    pub(crate) rule: Option<(String, Box<RuleDetail>)>,
    /// Whether the verdicts are newer than `rule`.
    pub(crate) rule_is_old: bool,
}

/// Changes of an event that would turn a rule's answer.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Proposed {
    pub(crate) event: u32,
    /// Whether the rule would match then.
    pub(crate) to_match: bool,
    pub(crate) changes: Vec<Change>,
}

impl Told {
    /// Position of the rule whose answer is explained.
    pub(crate) fn explained(&self) -> Option<u32> {
        self.event.as_ref()?.1.why.as_ref().map(|why| why.rule)
    }

    /// Whether what is told about an event is what the verdicts are about, and what is selected.
    pub(crate) fn is_of(&self, event: Option<u32>, rule: Option<&String>) -> bool {
        let told = self.event.as_ref().map(|(selected, _)| selected);
        let is = |selected: &Selected| Some(selected.event) == event && selected.rule.as_ref() == rule;
        !self.event_is_old && told.is_none_or(is)
    }

    /// Whether the verdicts are newer than what is told about an event.
    pub(crate) fn event_is_old(&self) -> bool {
        self.event_is_old
    }

    /// There are new verdicts. Rules that were at a position `before` may stand elsewhere now, or nowhere.
    pub(crate) fn grow_old(&mut self, before: &[Rule], now: &Results) {
        (self.event_is_old, self.proposed_is_old, self.rule_is_old) = (true, true, true);
        let Some((_, detail)) = &mut self.event else { return };
        let find = |at: &mut u32| {
            let name = before.get(*at as usize).map(|rule| &rule.name);
            let found = now.rules.iter().position(|rule| Some(&rule.name) == name);
            found.map(|found| *at = found as u32).is_some()
        };
        detail.why.take_if(|why| !find(&mut why.rule));
        detail.alerts.retain_mut(|alert| find(&mut alert.rule));
    }

    /// All about the selected event.
    pub(crate) fn take_event(&mut self, event: Option<(Selected, EventDetail)>) {
        self.event = event;
        (self.event_is_old, self.proposed_is_old) = (false, true);
        if self.explained().is_none() {
            self.proposed = None;
        }
    }

    /// What would turn the answer that `event` explains.
    pub(crate) fn take_changes(&mut self, changes: Vec<Change>) {
        let why = self.event.as_ref().and_then(|(_, detail)| detail.why.as_ref());
        let proposed =
            why.map(|why| Proposed { event: why.event, to_match: why.answer != Answer::Matches, changes });
        (self.proposed, self.proposed_is_old) = (proposed, false);
    }

    /// All about a rule.
    pub(crate) fn take_rule(&mut self, rule: Option<(String, Box<RuleDetail>)>) {
        (self.rule, self.rule_is_old) = (rule, false);
    }
}
