//! What the page shows of the engine's answers: the newest report, with the last good verdicts of rules that have an
//! error just now. Plain data; no signals.

use crate::worker::client::{Answer, Input, Inputs};
use crate::workspace::DocKey;
use engine::report::{
    Config, Diagnostic, EventSummary, EventsFile, File, FileId, Fired, Hit, Outcome, Rule, Status,
};
use engine::text::Severity;

/// The last answer, ready to be shown.
#[derive(Clone, Default, Debug)]
pub(crate) struct Results {
    /// False before the first answer.
    pub(crate) any: bool,
    pub(crate) files: Vec<File>,
    /// The texts that all this is about.
    pub(crate) inputs: Inputs,
    /// What falco.yaml says, if there is one.
    pub(crate) config: Option<Config>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The rules of the report, and behind them those that are kept.
    pub(crate) rules: Vec<Rule>,
    /// Rules from this position on, and those that are broken, have verdicts of an earlier text.
    kept_from: usize,
    pub(crate) verdicts: Vec<Vec<Hit>>,
    /// By event: the number of rules for which it does not say enough. Shorter where the last ones have none.
    undecided: Vec<u32>,
    /// By event: what became of the alert that it raised. Shorter where the last ones raised none.
    fates: Vec<Option<Fate>>,
    pub(crate) events: Vec<EventSummary>,
    /// What became of the events files.
    pub(crate) event_files: Vec<EventsFile>,
    /// Time of the evaluation in milliseconds.
    pub(crate) millis: f64,
    /// Bytes of memory that the worker has taken.
    pub(crate) memory: f64,
}

/// What all rules together say about an event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum EventState {
    /// At least one rule matches.
    Matching,
    /// None matches, and an exception suppresses at least one.
    Suppressed,
    /// None matches or is suppressed, and the event does not say enough for at least one.
    Undecided,
    /// No rule has anything to say.
    Silent,
}

/// All states, as the counters show them.
pub(crate) const STATES: [EventState; 4] =
    [EventState::Matching, EventState::Suppressed, EventState::Undecided, EventState::Silent];

/// What became of an alert that an event raised when it was recorded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Fate {
    /// It would be raised still.
    Kept,
    /// An exception keeps it away.
    Suppressed,
    /// The event does not say enough.
    Undecided,
    /// The rule no longer matches.
    Lost,
}

/// All of them, as the counters show them.
pub(crate) const FATES: [Fate; 4] = [Fate::Kept, Fate::Suppressed, Fate::Lost, Fate::Undecided];

impl Results {
    /// Takes an answer in. What a broken rule said last stays until the rule is mended, as long as the events are the same.
    /// Returns the rules as they were before.
    pub(crate) fn take(&mut self, answer: Answer) -> Vec<Rule> {
        let Answer { analysis, inputs } = answer;
        let before = std::mem::take(self);
        let report = analysis.report;
        let same_events = analysis.events.is_none();
        *self = Self {
            any: true,
            inputs,
            files: report.files,
            config: report.config,
            event_files: report.events,
            diagnostics: report.diagnostics,
            kept_from: report.rules.len(),
            rules: report.rules,
            verdicts: report.verdicts,
            undecided: Vec::new(),
            fates: Vec::new(),
            events: analysis.events.unwrap_or(before.events),
            millis: analysis.millis,
            memory: analysis.memory,
        };
        self.verdicts.resize(self.events.len(), Vec::new());
        if same_events {
            self.keep(&before.rules, &before.verdicts);
        }
        for event in self.rules.iter().flat_map(|rule| rule.undecided.iter()) {
            let at = event as usize;
            if self.undecided.len() <= at {
                self.undecided.resize(at + 1, 0);
            }
            self.undecided[at] += 1;
        }
        self.tell_fates();
        before.rules
    }

    fn keep(&mut self, rules: &[Rule], verdicts: &[Vec<Hit>]) {
        // Old position → position here, for the rules whose verdicts stay.
        let mut place = vec![None; rules.len()];
        for (old, place) in rules.iter().zip(&mut place) {
            let now = self.rules.iter().position(|rule| rule.name == old.name);
            if let Some(rule) = now.and_then(|at| self.rules.get_mut(at)) {
                if rule.status == Status::Broken {
                    rule.exceptions.clone_from(&old.exceptions);
                    rule.undecided.clone_from(&old.undecided);
                    *place = now.map(|at| at as u32);
                }
            } else if self.unreadable(old.at.file) {
                *place = Some(self.rules.len() as u32);
                self.rules.push(Rule { status: Status::Broken, ..old.clone() });
            }
        }
        for (hits, old) in self.verdicts.iter_mut().zip(verdicts) {
            let kept = old.iter().filter_map(|hit| {
                let rule = (*place.get(hit.rule as usize)?)?;
                Some(Hit { rule, ..*hit })
            });
            for hit in kept {
                hits.insert(hits.partition_point(|other| other.rule < hit.rule), hit);
            }
        }
    }

    fn tell_fates(&mut self) {
        for (at, rule) in (0..).zip(&self.rules) {
            for event in rule.raised.iter() {
                let hits = self.verdicts.get(event as usize).into_iter().flatten();
                let fate = match hits.into_iter().find(|hit| hit.rule == at).map(|hit| hit.outcome) {
                    Some(Outcome::Matches) => Fate::Kept,
                    Some(Outcome::Suppressed { .. }) => Fate::Suppressed,
                    _ if rule.undecided.contains(event) => Fate::Undecided,
                    _ => Fate::Lost,
                };
                if self.fates.len() <= event as usize {
                    self.fates.resize(event as usize + 1, None);
                }
                // Of alerts of several rules the worst counts.
                let worst = &mut self.fates[event as usize];
                *worst = (*worst).max(Some(fate));
            }
        }
    }

    /// What became of the alert that an event raised when it was recorded.
    pub(crate) fn fate(&self, event: u32) -> Option<Fate> {
        self.fates.get(event as usize).copied().flatten()
    }

    /// What became of all alerts.
    pub(crate) fn fired(&self) -> Fired {
        let mut all = Fired::default();
        for Fired { kept, lost, suppressed, undecided } in self.rules.iter().map(|rule| rule.fired) {
            all.kept += kept;
            all.lost += lost;
            all.suppressed += suppressed;
            all.undecided += undecided;
        }
        all
    }

    /// True if the file is broken as YAML, so rules may be hidden that the user did not delete.
    fn unreadable(&self, file: FileId) -> bool {
        self.diagnostics.iter().any(|problem| problem.at.file == file && problem.code == "yaml-syntax")
    }

    /// True if what is shown of the rule is its last good result.
    pub(crate) fn stale(&self, rule: u32) -> bool {
        let at = rule as usize;
        at >= self.kept_from || self.rules.get(at).is_some_and(|rule| rule.status == Status::Broken)
    }

    /// True if any verdict that is shown is an earlier one.
    pub(crate) fn any_stale(&self) -> bool {
        self.verdicts.iter().flatten().any(|hit| self.stale(hit.rule))
    }

    /// The document that a place is in, with the text that was evaluated.
    pub(crate) fn input(&self, file: FileId) -> Option<&Input> {
        self.inputs.get(file)
    }

    /// What the report calls a document; none where it was not sent.
    pub(crate) fn file_of(&self, key: DocKey) -> Option<FileId> {
        let among = |inputs: &[Input]| inputs.iter().position(|input| input.key == key).map(|at| at as u32);
        if self.inputs.config.as_ref().is_some_and(|input| input.key == key) {
            return Some(FileId::Config);
        }
        among(&self.inputs.events)
            .map(FileId::Events)
            .or_else(|| among(&self.inputs.rules).map(FileId::Rules))
    }

    /// The rule that raises the alert where Falco stops before it gets to `rule`; `hits` is what the rules say about an event.
    pub(crate) fn stops_at(&self, hits: &[Hit], rule: u32) -> Option<&Rule> {
        let first = self.config.as_ref()?.rule_matching.stops_at(hits, rule)?;
        self.rules.get(first as usize)
    }

    /// Number of rules that are in the files now.
    pub(crate) fn rule_count(&self) -> usize {
        self.kept_from
    }

    pub(crate) fn state(&self, event: u32) -> EventState {
        let hits = self.verdicts.get(event as usize).map_or(&[][..], Vec::as_slice);
        if hits.iter().any(|hit| hit.outcome == Outcome::Matches) {
            EventState::Matching
        } else if !hits.is_empty() {
            EventState::Suppressed
        } else if self.undecided_count(event) > 0 {
            EventState::Undecided
        } else {
            EventState::Silent
        }
    }

    /// Number of rules for which an event does not say enough.
    pub(crate) fn undecided_count(&self, event: u32) -> usize {
        self.undecided.get(event as usize).map_or(0, |count| *count as usize)
    }

    /// Whether a rule has something to say about some event, or may have.
    pub(crate) fn speaks(rule: &Rule) -> bool {
        rule.matched + rule.suppressed > 0 || !rule.undecided.is_empty()
    }

    /// Number of events per state, in the order of [`STATES`].
    pub(crate) fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for event in 0..self.events.len() as u32 {
            counts[self.state(event) as usize] += 1;
        }
        counts
    }

    /// Number of problems per severity: errors, warnings, hints.
    pub(crate) fn problem_counts(&self, file: Option<FileId>) -> [usize; 3] {
        let mut counts = [0; 3];
        for problem in
            self.diagnostics.iter().filter(|problem| file.is_none_or(|file| problem.at.file == file))
        {
            counts[match problem.severity {
                Severity::Error => 0,
                Severity::Warning => 1,
                Severity::Hint => 2,
            }] += 1;
        }
        counts
    }

    /// Positions of the problems, the worst first, then by file and place as in the report.
    pub(crate) fn problems_by_weight(&self) -> Vec<usize> {
        let of = |severity| {
            let numbered = self.diagnostics.iter().enumerate();
            numbered.filter(move |(_, problem)| problem.severity == severity).map(|(at, _)| at)
        };
        of(Severity::Error).chain(of(Severity::Warning)).chain(of(Severity::Hint)).collect()
    }
}
