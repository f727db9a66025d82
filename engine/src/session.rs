//! A session: the inputs, what was computed from them, and the memory that makes the next answer cheap. The only
//! public type with `&mut self`; everything it does is one of the pure stages.

mod baseline;
mod events_files;
mod redacting;

pub use events_files::NewEvents;
use events_files::{EVENTS, EventFile, events_source};
pub use redacting::Redacting;

use crate::catalog::messages::tuning as say;
use crate::catalog::{BASE_RULES_NAME, Dialect};
use crate::compile::{Exprs, Program, lower};
use crate::config::{self, Config};
use crate::evaluate::{
    Cache, FiredEvents, Held, Proofs, RuleVerdicts, Verdicts, deciding, evaluate_rule, leaves_type_open,
};
use crate::events::{self, EventStore, FiredRule};
use crate::explain::{self, Question, RuleQuestion};
use crate::export::{Exported, Raising};
use crate::ide;
use crate::lint;
use crate::report::editor::{Query, Reply};
use crate::report::{
    self, Change, EventDetail, EventSet, EventSummary, Explanation, Export, ExportForm, FileId, Place,
    PrintTo, Report, RuleDetail, Suggestion, TableEdit,
};
use crate::resolve::ruleset;
use crate::resolve::{Loaded, used_fields};
use crate::text::{Diagnostic, Edit, LineColumn, LineIndex, Loc, Message, Severity, Source};
use crate::tuning::{self, Rules};
use baseline::Then;
use std::ops::Range;

/// Expressions that are kept from edit to edit; above this, and four times what the rules need, all are made anew. Each
/// costs a few bytes per block of events, known or not.
const MAX_EXPRESSIONS: usize = 20_000;

/// Inputs and what is known of them. Setting an input costs nothing but its own reading; the rest is worked out when
/// a report is asked for.
#[derive(Default)]
pub struct Session {
    dialect: Dialect,
    rules: Vec<Source>,
    rule_lines: Vec<LineIndex>,
    loaded: Option<Loaded>,
    config_source: Option<Source>,
    config_lines: LineIndex,
    config: Config,
    events: Vec<EventFile>,
    store: EventStore,
    program: Program,
    exprs: Exprs,
    baseline: Option<Then>,
    fired: FiredEvents,
    fired_rules: Vec<FiredRule>,
    proofs: Proofs,
    /// Number of expressions of the rules when all were made anew.
    needed: usize,
    cache: Cache,
    verdicts: Verdicts,
}

impl Session {
    /// A session without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets all rules files, in load order. The base rules, if wanted, are the first of them.
    pub fn set_rules(&mut self, files: Vec<Source>) {
        if self.rules != files {
            self.rule_lines = files.iter().map(|file| LineIndex::new(&file.text)).collect();
            self.rules = files;
            self.loaded = None;
        }
    }

    /// Sets the dialect in which rules and events are read.
    pub fn set_dialect(&mut self, dialect: Dialect) {
        if self.dialect != dialect {
            self.dialect = dialect;
            self.load_baseline_anew();
            self.loaded = None;
            self.read_events_anew();
        }
    }

    /// Sets falco.yaml. Without one nothing is added to alerts, nothing is left out, and all rules that match are shown.
    pub fn set_config(&mut self, file: Option<Source>) {
        if self.config_source == file {
            return;
        }
        let config = file.as_ref().map(config::read).unwrap_or_default();
        if self.config.statics != config.statics {
            self.store.set_statics(&config.statics);
            self.cache = Cache::default();
        }
        self.config = config;
        self.config_lines = LineIndex::new(file.as_ref().map_or("", |file| &file.text));
        self.load_baseline_anew();
        self.config_source = file;
        self.loaded = None;
    }

    /// The dialect in which rules and events are read.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// What the rules say about the events.
    pub fn report(&mut self) -> Report {
        let loaded =
            self.loaded.take().unwrap_or_else(|| lint::load_with(&self.rules, self.dialect, &self.config));
        if self.exprs.len() > MAX_EXPRESSIONS.max(4 * self.needed) {
            self.exprs = Exprs::default();
            self.cache = Cache::default();
        }
        let anew = self.exprs.is_empty();
        self.program = lower(&loaded.ruleset, &mut self.exprs);
        if anew {
            self.needed = self.exprs.len();
        }
        let texts: Vec<&str> = self.events.iter().map(EventFile::text).collect();
        for block in self.store.ensure(&used_fields(&loaded.ruleset, self.dialect), &texts) {
            self.cache.forget(block);
        }
        let mut cache = std::mem::take(&mut self.cache);
        let mut exprs = std::mem::take(&mut self.exprs);
        (self.verdicts, self.proofs) =
            self.judge(&loaded.ruleset, &self.program, (&self.store, &self.fired), &mut exprs, &mut cache);
        (self.exprs, self.cache) = (exprs, cache);
        let report = self.describe(&loaded);
        self.loaded = Some(loaded);
        report
    }

    /// All events, in the order of the files.
    pub fn events(&self) -> Vec<EventSummary> {
        self.events_in(0..self.store.len())
    }

    /// The events at these positions.
    pub fn events_in(&self, range: Range<usize>) -> Vec<EventSummary> {
        events::summaries(&self.store, range)
    }

    /// Fields and alerts of event `index` (from 0), as of the last report, and why the rule named `rule` (without a name
    /// or such a rule: the first that has something to say) says what it says; `None` if there is no such event.
    pub fn event(&self, index: u32, rule: Option<&str>) -> Option<EventDetail> {
        let why = self.rule_to_explain(index, rule).and_then(|rule| self.explain(rule, index));
        let index = index as usize;
        let file = self.events.get(self.store.info(index)?.file as usize)?;
        let fields = events::fields(&self.store, index, file.text())?;
        let raising = self.raising();
        let raised = raising.of(index as u32).into_iter().filter(|raised| raised.certain);
        let alerts = raised.filter_map(|raised| raising.alert(&raised)).collect();
        Some(EventDetail { fields, alerts, why })
    }

    /// Why rule `rule` (position in the last report) says what it says about event `event` (from 0); `None` if there is no
    /// such rule or event.
    pub fn explain(&self, rule: u32, event: u32) -> Option<Explanation> {
        explain::explanation(&self.question(rule, event, &|loc| self.place(loc))?)
    }

    /// Changes of event `event` (from 0) that would turn the answer of rule `rule` (position in the last report), the smallest
    /// first. Each is tried out, so this takes longer than [`Self::explain`].
    pub fn changes(&self, rule: u32, event: u32) -> Vec<Change> {
        let place = |loc| self.place(loc);
        let Some(question) = self.question(rule, event, &place) else { return Vec::new() };
        explain::changes(&question, &|store, name| {
            let at = question.ruleset.rules.iter().position(|rule| rule.name == name)?;
            let rule = self.program.rules.get(at)?;
            evaluate_rule(rule, &self.exprs, store, &mut Cache::default()).outcome(store, 0)
        })
    }

    fn question<'a>(
        &'a self,
        rule: u32,
        event: u32,
        place: &'a dyn Fn(Loc) -> Place,
    ) -> Option<Question<'a>> {
        let verdicts = self.verdicts.rules.get(rule as usize);
        let file = self.store.info(event as usize)?.file;
        Some(Question {
            ruleset: &self.loaded.as_ref()?.ruleset,
            rule: rule as usize,
            store: &self.store,
            event: event as usize,
            files: &self.rules,
            events: &self.events.get(file as usize)?.given.file,
            events_source: events_source(file),
            new_events: events_source(self.events.len() as u32),
            outcome: verdicts.and_then(|verdicts| verdicts.outcome(&self.store, event)),
            proof: self.proof(rule, event),
            proven: self.proofs.of(rule as usize).map(|proof| (proof, &self.exprs)),
            type_open: self.program.rules.get(rule as usize).is_some_and(|program| {
                leaves_type_open(program, self.proofs.of(rule as usize), &self.store, event)
            }),
            place,
        })
    }

    /// The rule named `name` as it is in the end, as of the last report; `None` if there is none.
    pub fn rule(&mut self, name: &str) -> Option<RuleDetail> {
        let ruleset = &self.loaded.as_ref()?.ruleset;
        let rule = ruleset.rules.iter().position(|rule| rule.name == name)?;
        let verdicts = self.verdicts.rules.get(rule)?;
        let (raised, proof) = (self.fired.of(name), self.proofs.of(rule));
        let program = self.program.rules.get(rule)?;
        let deciding = deciding(program, verdicts, raised, proof, &self.exprs, &self.store, &mut self.cache);
        explain::rule_detail(&RuleQuestion {
            ruleset,
            rule,
            store: &self.store,
            files: &self.rules,
            speaks: &|event| verdicts.outcome(&self.store, event).is_some(),
            deciding,
            place: &|loc| self.place(loc),
        })
    }

    /// The edits of the rules files that change the exceptions of the rule named `rule`, as of the last report. Files before
    /// `locked` are read-only.
    ///
    /// # Errors
    /// Says why the change cannot be made.
    pub fn edit_exceptions(
        &self,
        rule: &str,
        edit: &TableEdit,
        locked: u32,
    ) -> Result<Vec<(Place, String)>, Message> {
        let edited = self.to_change(rule, locked).and_then(|(rules, rule)| tuning::edit(&rules, rule, edit));
        edited.map(|edited| self.places(&edited.edits))
    }

    /// Tuples that would keep the rule named `rule` from matching event `event` (from 0), as of the last report, for the files that
    /// there are, and for one more behind them. Files before `locked` are read-only.
    pub fn suggest_exceptions(&mut self, rule: &str, event: u32, locked: u32) -> Vec<Suggestion> {
        let (mut exprs, mut cache) = (std::mem::take(&mut self.exprs), std::mem::take(&mut self.cache));
        let suggestions = self.to_change(rule, locked).map(|(rules, rule)| {
            let files = [rules.files, &[Source::default()]].concat();
            let rules = Rules { files: &files, ..rules };
            let asked = tuning::Asked {
                rules,
                rule,
                store: &self.store,
                event: event as usize,
                verdicts: &self.verdicts,
                place: &|loc| self.place(loc),
            };
            // Only what is new is worked out; the rest is known.
            tuning::suggest(&asked, &mut |ruleset| {
                let program = lower(ruleset, &mut exprs);
                self.judge(ruleset, &program, (&self.store, &self.fired), &mut exprs, &mut cache).0
            })
        });
        (self.exprs, self.cache) = (exprs, cache);
        suggestions.unwrap_or_default()
    }

    /// The edits that make the alerts of the rule named `rule` tell `fields`, as of the last report. Rules files before `locked` are
    /// read-only; one more behind them may be written.
    ///
    /// # Errors
    /// Says why that cannot be done.
    pub fn print_fields(
        &self,
        rule: &str,
        fields: &[String],
        to: PrintTo,
        locked: u32,
    ) -> Result<Vec<(Place, String)>, Message> {
        let (rules, rule) = self.to_change(rule, locked)?;
        let config = self.config_source.as_ref();
        let edits = tuning::print(&rules, rule, fields, to, config).or_else(|why| {
            let own = rules.files.len() > rules.locked;
            let files = [rules.files, &[Source::default()]].concat();
            let new = Rules { files: &files, ..rules };
            if own { Err(why) } else { tuning::print(&new, rule, fields, to, config) }
        });
        edits.map(|edits| self.places(&edits))
    }

    /// The rules, and the position of the rule that is changed.
    fn to_change(&self, rule: &str, locked: u32) -> Result<(Rules<'_>, usize), Message> {
        let loaded = self.loaded.as_ref().ok_or_else(say::gone)?;
        let rule = loaded.ruleset.rules.iter().position(|found| found.name == rule).ok_or_else(say::gone)?;
        let (files, config, locked) = (&self.rules, &self.config, locked as usize);
        Ok((Rules { files, dialect: self.dialect, config, loaded, locked }, rule))
    }

    fn places(&self, edits: &[Edit]) -> Vec<(Place, String)> {
        edits.iter().map(|edit| (self.place(edit.at), edit.insert.clone())).collect()
    }

    fn rule_to_explain(&self, event: u32, name: Option<&str>) -> Option<u32> {
        let rules = &self.loaded.as_ref()?.ruleset.rules;
        let position = |found: &dyn Fn(&ruleset::Rule) -> bool| rules.iter().position(found);
        let named = name.and_then(|name| position(&|rule| rule.name == name));
        let hit = || self.verdicts.hits_of(&self.store, event).first().map(|hit| hit.rule as usize);
        let active = || position(&|rule| rule.status == report::Status::Active);
        let any = || (!rules.is_empty()).then_some(0);
        named.or_else(hit).or_else(active).or_else(any).map(|at| at as u32)
    }

    /// Answers a question of the editor. `files` are the rules files as they are now, where they are others than those of the
    /// last report; the session keeps its own.
    pub fn ask(&self, query: &Query, files: Option<&[Source]>) -> Reply {
        let files = files.unwrap_or(&self.rules);
        let workspace =
            ide::Workspace { files, dialect: self.dialect, config: &self.config, store: &self.store };
        workspace.answer(query)
    }

    /// The events, or the alerts that they raise, as a file; as of the last report.
    pub fn export(&self, form: ExportForm) -> Export {
        let mut text = String::new();
        let done = self.export_to(form, None, &mut |piece| text.push_str(piece));
        Export { text, ..done }
    }

    /// The same of some events, or of all, piece by piece; returns how much that is, without a text.
    pub fn export_to(&self, form: ExportForm, only: Option<&EventSet>, out: &mut dyn FnMut(&str)) -> Export {
        let texts: Vec<&str> = self.events.iter().map(EventFile::text).collect();
        let exported = Exported { store: &self.store, texts: &texts, raising: self.raising(), only };
        let written = exported.write::<std::convert::Infallible>(form, &mut |piece| {
            out(piece);
            Ok(())
        });
        match written {
            Ok(done) => done,
            Err(never) => match never {},
        }
    }

    fn raising(&self) -> Raising<'_> {
        let rules = self.loaded.as_ref().map(|loaded| loaded.ruleset.rules.as_slice()).unwrap_or_default();
        Raising { rules, config: &self.config, store: &self.store, verdicts: &self.verdicts }
    }

    /// The events as they were read.
    pub fn store(&self) -> &EventStore {
        &self.store
    }

    fn describe(&self, loaded: &Loaded) -> Report {
        let files = self.rules.iter().zip(&loaded.files).map(|(source, file)| report::File {
            name: source.name.clone(),
            loads: file.loads,
            rules: file.rules,
            macros: file.macros,
            lists: file.lists,
            tokens: file.tokens.clone(),
        });
        let shown = loaded.diagnostics.iter().filter(|problem| self.is_shown(problem));
        let verdicts = self.verdicts.hits(&self.store);
        let of_verdicts = lint::of_verdicts(&self.rules, &self.config, &loaded.ruleset, &verdicts);
        let shown = shown.chain(of_verdicts.iter().filter(|problem| self.is_shown(problem)));
        let known = |name: &str| loaded.ruleset.rules.iter().any(|rule| rule.name == name);
        // Without rules it is no news that a rule is not there.
        let is_known = |name: &str| loaded.ruleset.rules.is_empty() || known(name);
        let of_log = events::of_other_rules(&self.fired_rules, is_known);
        let of_events = self.events.iter().flat_map(|file| &file.problems).chain(&of_log);
        let diagnostics = shown.chain(of_events).map(|problem| self.diagnostic(problem)).collect();
        let rules = loaded.ruleset.rules.iter().zip(&self.verdicts.rules);
        let rules = rules.map(|(rule, verdicts)| report::Rule {
            name: rule.name.clone(),
            priority: rule.priority,
            source: rule.source.clone(),
            tags: rule.tags.clone(),
            status: rule.status,
            decided_at: rule.decided_at.map(|at| self.place(at)),
            at: self.place(rule.name_at),
            exceptions: self.exceptions(rule, verdicts),
            matched: verdicts.matched_count(&self.store) as u32,
            suppressed: verdicts.suppressed_count() as u32,
            undecided: EventSet::of(verdicts.undecided_events(&self.store)),
            raised: self.raised(&rule.name),
            fired: verdicts.became(self.fired.of(&rule.name), &self.store),
            proven: EventSet::of(verdicts.proven_events(&self.store)),
        });
        let config = self.config_source.as_ref().zip(self.config.rule_matching);
        let config = config.map(|(source, rule_matching)| report::Config {
            name: source.name.clone(),
            loads: self.config.loads(),
            rule_matching,
            json_output: self.config.alerts.json,
            tokens: loaded.config_tokens.clone(),
        });
        let events = self.events.iter().zip(0..).map(|(file, at)| self.events_file(at, file)).collect();
        Report { files: files.collect(), diagnostics, rules: rules.collect(), verdicts, config, events }
    }

    /// The base rules are a library: that a rule set does not use all of it is no news.
    fn is_shown(&self, problem: &Diagnostic) -> bool {
        let file = self.rules.get(problem.at.source.index());
        problem.severity == Severity::Error || file.is_none_or(|file| file.name != BASE_RULES_NAME)
    }

    fn exceptions(&self, rule: &ruleset::Rule, verdicts: &RuleVerdicts) -> Vec<report::Exception> {
        let exceptions = rule.exceptions.iter().zip(&verdicts.held);
        let of = exceptions.map(|(exception, held)| report::Exception {
            name: exception.name.clone(),
            at: self.place(exception.at),
            fields: exception.fields.iter().map(|field| field.as_str().to_owned()).collect(),
            comps: exception.comps.iter().map(ToString::to_string).collect(),
            single: exception.single,
            text: exception.text.clone(),
            tuples: exception.tuples.iter().zip(held).map(|(tuple, held)| self.tuple(tuple, *held)).collect(),
        });
        of.collect()
    }

    fn tuple(&self, tuple: &ruleset::Tuple, held: Held) -> report::Tuple {
        report::Tuple {
            text: tuple.text.clone(),
            at: self.place(tuple.at),
            cells: tuple.cells.iter().map(tuning::cell::text).collect(),
            holds: tuple.tree.map(|_| held.all),
            alone: held.alone,
        }
    }

    fn diagnostic(&self, problem: &Diagnostic) -> report::Diagnostic {
        report::Diagnostic {
            code: problem.code.name.to_owned(),
            severity: problem.severity,
            message: problem.message.clone(),
            at: self.place(problem.at),
            related: problem
                .related
                .iter()
                .map(|label| (self.place(label.at), label.message.clone()))
                .collect(),
            notes: problem.notes.clone(),
            fixes: problem
                .fixes
                .iter()
                .map(|fix| report::Fix {
                    title: fix.title.clone(),
                    edits: self.places(&fix.edits),
                    applicability: fix.applicability,
                })
                .collect(),
            falco: problem.falco.as_ref().map(|falco| (falco.code.to_string(), falco.text.clone())),
            printed: problem.falco.as_ref().is_none_or(|falco| falco.printed),
        }
    }

    fn place(&self, loc: Loc) -> Place {
        let at = loc.span.start;
        let (file, start) = match self.rule_lines.get(loc.source.index()) {
            Some(lines) => (FileId::Rules(loc.source.0), lines.line_column(at)),
            None if loc.source == config::SOURCE => (FileId::Config, self.config_lines.line_column(at)),
            None if loc.source.0 < EVENTS.0 => {
                // A file that is yet to be written.
                (FileId::Rules(loc.source.0), LineColumn { line: 1, column: 1 })
            }
            None => {
                let number = loc.source.0.saturating_sub(EVENTS.0);
                let start = self.events.get(number as usize);
                let start = start.map(|file| file.lines.line_column(file.text(), at));
                (FileId::Events(number), start.unwrap_or(LineColumn { line: 1, column: 1 }))
            }
        };
        Place { file, span: loc.span, start }
    }
}
