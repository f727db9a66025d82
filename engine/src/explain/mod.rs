//! A rule and an event → why the rule says what it says, for people: the parts of its condition with the values that they
//! met, its exceptions, one sentence, and what would have to be otherwise.
//!
//! What holds is the business of `evaluate`; this folder only words it, and looks for changes by asking again.

mod changes;
mod flips;
mod hit;
mod proven;
mod rule;
mod sentence;
mod witness;
mod wording;
mod written;

use crate::compile::Exprs;
use crate::evaluate;
use crate::evaluate::explain::{self, Outcomes, Trace};
pub use rule::{RuleQuestion, rule_detail};

use crate::events::EventStore;
use crate::report::{
    Answer, Change, Explanation, Outcome, Place, Proof, Status, Step, StepKind, Truth, Weight,
};
use crate::resolve::check::Check;
use crate::resolve::ruleset::{Rule, RuleException, Ruleset};
use crate::resolve::tree::{NodeId, NodeKind, TreeId};
use crate::text::{Loc, Source, SourceId};

/// What is asked about, and what it is about.
pub struct Question<'a> {
    /// The rules.
    pub ruleset: &'a Ruleset,
    /// Position of the rule.
    pub rule: usize,
    /// The events.
    pub store: &'a EventStore,
    /// Position of the event.
    pub event: usize,
    /// The rules files, for the words of the user.
    pub files: &'a [Source],
    /// The file of the event.
    pub events: &'a Source,
    /// As which source places in it are known.
    pub events_source: SourceId,
    /// As which source an events file behind all others is known, which is yet to be written.
    pub new_events: SourceId,
    /// What the verdicts say of rule and event.
    pub outcome: Option<Outcome>,
    /// What an alert proves, where the outcome rests on it.
    pub proof: Option<Proof>,
    /// What such an alert proves of the expressions.
    pub proven: Option<(&'a evaluate::Proof, &'a Exprs)>,
    /// Whether the event leaves open whether Falco asks the rule about it.
    pub type_open: bool,
    /// The place for people.
    pub place: &'a dyn Fn(Loc) -> Place,
}

/// Answers a question. `None` if there is no such rule or event.
pub fn explanation(question: &Question<'_>) -> Option<Explanation> {
    let rule = question.ruleset.rules.get(question.rule)?;
    let row = question.store.row(question.event)?;
    let mut out = Explanation {
        rule: question.rule as u32,
        event: question.event as u32,
        answer: Answer::No,
        proof: question.proof,
        sentence: sentence::not_running(rule.status),
        deciding: Vec::new(),
        alone: 0,
        steps: Vec::new(),
        roots: Vec::new(),
        complete: true,
    };
    let (Some(whole), Some(base)) = (rule.tree, rule.base) else {
        out.answer = Answer::NotRunning(rule.status);
        return Some(out);
    };
    if row.source() != rule.source {
        out.answer = Answer::OtherSource;
        out.sentence = sentence::other_source(&rule.source, row.source());
        return Some(out);
    }
    let mut trees = vec![whole, base];
    trees.extend(rule.exceptions.iter().flat_map(|one| &one.tuples).filter_map(|tuple| tuple.tree));
    let outcomes = Outcomes::new(question.ruleset, &trees, &row);
    out.answer = match question.outcome {
        Some(Outcome::Matches) => Answer::Matches,
        Some(Outcome::Suppressed { .. }) => Answer::Suppressed,
        Some(Outcome::Undecided(possible)) => Answer::Undecided(possible),
        None => Answer::No,
    };
    let mut parts =
        Parts { question, outcomes: &outcomes, out: &mut out, checks: Vec::new(), nodes: Vec::new() };
    parts.all(rule, whole, base);
    if let (Some(_), Some((proof, exprs))) = (question.proof, question.proven) {
        let expressions = proven::Expressions::new(parts.outcomes, exprs);
        proven::mark(&mut parts.out.steps, &parts.out.roots, &parts.nodes, &expressions, proof);
    }
    let Parts { checks, .. } = parts;
    if matches!(out.answer, Answer::Undecided(_)) {
        let fields = proven::deciding(&out.steps, &out.roots, question.type_open);
        (out.deciding, out.alone) = proven::alone_first(fields, &out, &checks, question.type_open);
    }
    if rule.status == Status::Active {
        out.sentence = sentence::of_answer(question, rule, &out, &checks);
    } else {
        out.answer = Answer::NotRunning(rule.status);
    }
    Some(out)
}

/// Changes of the event that would turn the answer, the smallest first. Each was tried: `verdict` tells what the rule with a
/// name says about an event that stands alone in a store.
pub fn changes(
    question: &Question<'_>,
    verdict: &dyn Fn(&EventStore, &str) -> Option<Outcome>,
) -> Vec<Change> {
    let rule = question.ruleset.rules.get(question.rule).filter(|rule| rule.status == Status::Active);
    let row = question.store.row(question.event);
    match rule.zip(row).and_then(|(rule, row)| rule.tree.filter(|_| row.source() == rule.source)) {
        Some(whole) => changes::find(question, verdict, whole, question.outcome != Some(Outcome::Matches)),
        None => Vec::new(),
    }
}

/// Collects the steps of an explanation.
struct Parts<'a, 'o, 'q> {
    question: &'o Question<'q>,
    outcomes: &'o Outcomes<'a>,
    out: &'o mut Explanation,
    /// By step: the comparison that it is.
    checks: Vec<Option<&'a Check>>,
    /// By step: the node that it explains; of a tuple its tree.
    nodes: Vec<Option<(TreeId, NodeId)>>,
}

impl Parts<'_, '_, '_> {
    fn all(&mut self, rule: &Rule, whole: TreeId, base: TreeId) {
        // The alert proves what the event does not say.
        let proven = self.question.proof.is_some_and(|proof| proof.whole_condition);
        let holds = if proven { Some(true) } else { self.outcomes.decided(base) };
        let exceptions = exceptions(self.question.ruleset, rule, whole);
        let hits: Vec<Option<bool>> =
            exceptions.iter().map(|(_, node)| self.outcomes.at(*node).decided()).collect();
        let hit_count = hits.iter().filter(|hit| **hit == Some(true)).count();
        let undecided = matches!(self.out.answer, Answer::Undecided(_));
        // With the condition false, it decides alone as long as no exception stands in the way too. What is left open
        // decides where the answer is left open.
        let of_condition = match (holds, hit_count) {
            (Some(true), _) if undecided => Weight::Quiet,
            (None, _) | (_, 0) => Weight::Decisive,
            (Some(true), _) => Weight::Quiet,
            (Some(false), _) => Weight::Contributes,
        };
        if let Some(root) = self.question.ruleset.tree(base).map(|tree| (base, tree.root)) {
            let weight = if proven { Weight::Quiet } else { of_condition };
            self.add(root, weight, false);
            if let Some(step) = self.out.steps.first_mut().filter(|_| proven) {
                (step.truth, step.proven, step.weight) = (Truth::True, true, of_condition);
            }
        }
        for ((exception, node), hit) in exceptions.into_iter().zip(hits) {
            let weight = match (holds, hit, hit_count) {
                // Were it to hold, the rule would not match.
                (_, None, 0) if undecided => Weight::Decisive,
                (Some(true), Some(false), 0) if !undecided => Weight::Decisive,
                (Some(true), Some(true), 1) => Weight::Decisive,
                (_, Some(true), _) => Weight::Contributes,
                _ => Weight::Quiet,
            };
            self.exception(exception, node, hit, weight);
        }
    }

    fn exception(
        &mut self,
        exception: &RuleException,
        node: (TreeId, NodeId),
        hit: Option<bool>,
        weight: Weight,
    ) {
        let at = self.push(StepKind::Exception, exception.name.clone(), exception.at, hit, weight);
        self.nodes.push(Some(node));
        self.out.roots.push(at);
        let tuples: Option<Vec<_>> =
            exception.tuples.iter().map(|tuple| Some((tuple, tuple.tree?))).collect();
        let Some(tuples) = tuples else {
            let part = self.add(node, weight, true);
            self.adopt(at, part);
            return;
        };
        let hitting = tuples.iter().filter(|(_, tree)| self.outcomes.holds(*tree)).count();
        for (tuple, tree) in tuples {
            let holds = self.outcomes.decided(tree);
            let of_tuple = match (hit, holds, hitting) {
                (Some(true), Some(true), 1) | (Some(false), ..) | (None, None, _) => weight,
                (Some(true), Some(true), _) => weight.min(Weight::Contributes),
                (Some(true) | None, ..) => Weight::Quiet,
            };
            let step = self.push(StepKind::Tuple, tuple.text.clone(), tuple.at, holds, of_tuple);
            let root = self.question.ruleset.tree(tree).map(|found| (tree, found.root));
            self.nodes.push(root);
            self.adopt(at, Some(step));
            if let Some(root) = root {
                let part = self.add(root, of_tuple, true);
                self.adopt(step, part);
            }
        }
    }

    fn push(&mut self, kind: StepKind, label: String, at: Loc, holds: Option<bool>, weight: Weight) -> u32 {
        let truth = match holds {
            Some(true) => Truth::True,
            Some(false) => Truth::False,
            None => Truth::Unknown,
        };
        let at = (self.question.place)(at);
        let step = Step {
            kind,
            label,
            at,
            truth,
            weight,
            reads: Vec::new(),
            unknown: Vec::new(),
            proven: false,
            hit: None,
            children: Vec::new(),
        };
        self.out.steps.push(step);
        self.checks.push(None);
        self.out.steps.len() as u32 - 1
    }

    fn adopt(&mut self, parent: u32, child: Option<u32>) {
        if let (Some(child), Some(parent)) = (child, self.out.steps.get_mut(parent as usize)) {
            parent.children.push(child);
        }
    }

    /// Adds what explains a node. `put_together`: the text is Falco's, made of the parts of an exception.
    fn add(&mut self, node: (TreeId, NodeId), weight: Weight, put_together: bool) -> Option<u32> {
        let row = self.question.store.row(self.question.event)?;
        let first = self.out.steps.len();
        if first >= explain::MAX_STEPS {
            self.out.complete = false;
            return None;
        }
        let mut trace = Trace { steps: Vec::new(), complete: true };
        trace.add(node, weight, self.outcomes, &row);
        self.out.complete &= trace.complete;
        let whole = node;
        for step in trace.steps {
            let id = step.node;
            let Some(node) = self.outcomes.node(id) else { continue };
            let label = if put_together && step.node.0 == whole.0 {
                node.label.to_string()
            } else {
                written::words(self.question.files, node)
            };
            let (kind, hit) = match &node.kind {
                NodeKind::And(_) => (StepKind::And, None),
                NodeKind::Or(_) => (StepKind::Or, None),
                NodeKind::Not(_) => (StepKind::Not, None),
                NodeKind::Macro { name, .. } => {
                    let defined = self.question.ruleset.macros.iter().find(|item| item.name == **name);
                    let at = defined.map_or(node.at, |item| item.name_at);
                    (StepKind::Macro((self.question.place)(at)), None)
                }
                NodeKind::Check(check) => {
                    let hit = step.outcome.holds().then(|| hit::item(check, &row)).flatten();
                    (StepKind::Check, hit)
                }
            };
            self.nodes.push(Some(id));
            self.checks.push(match &node.kind {
                NodeKind::Check(check) => Some(check),
                _ => None,
            });
            self.out.steps.push(Step {
                kind,
                label,
                at: (self.question.place)(node.at),
                truth: step.outcome,
                proven: false,
                weight: step.weight,
                unknown: step.unknown.iter().map(ToString::to_string).collect(),
                reads: step.reads.into_iter().map(|read| (read.field, read.value)).collect(),
                hit,
                children: step.children.iter().map(|child| child + first as u32).collect(),
            });
        }
        if self.out.roots.is_empty() {
            self.out.roots.push(first as u32);
        }
        Some(first as u32)
    }
}

/// The exceptions that are part of the condition, each with its node there: `(condition) and not … and not …`.
fn exceptions<'a>(
    ruleset: &Ruleset,
    rule: &'a Rule,
    whole: TreeId,
) -> Vec<(&'a RuleException, (TreeId, NodeId))> {
    let written: Vec<&RuleException> =
        rule.exceptions.iter().filter(|exception| !exception.tuples.is_empty()).collect();
    let Some(tree) = ruleset.tree(whole) else { return Vec::new() };
    let Some(NodeKind::And(parts)) = tree.nodes.get(tree.root.index()).map(|node| &node.kind) else {
        return Vec::new();
    };
    let Some(first) = parts.len().checked_sub(written.len()) else { return Vec::new() };
    let negated = |id: &NodeId| match tree.nodes.get(id.index()).map(|node| &node.kind) {
        Some(NodeKind::Not(inner)) => Some((whole, *inner)),
        _ => None,
    };
    let nodes = parts.iter().skip(first).map(negated);
    written.into_iter().zip(nodes).filter_map(|(exception, node)| Some((exception, node?))).collect()
}
