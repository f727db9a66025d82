//! Rules: exceptions written out, lists put in, output and condition checked, in Falco's order of messages.

use super::definitions::{Definitions, Entry, RuleDef, Spot};
use super::event_types::TreeTypes;
use super::exceptions::{self, WithExceptions};
use super::lists::{self, Lists};
use super::macros::{self, Macros};
use super::order::Compiled;
use super::ruleset::{Rule, RuleException, Tuple};
use super::syntax;
use super::tree::TreeId;
use super::trees::{Made, Trees};
use super::types;
use crate::catalog::messages::items as say;
use crate::catalog::{Dialect, SYSCALL, Scope, codes};
use crate::config::Config;
use crate::parse::ast::Check;
use crate::parse::condition;
use crate::report::{Status, TokenKind};
use crate::text::{Diagnostic, Loc, Severity, SourceId, Text, TextRange};

/// Codes that a rule may see before Falco warns of too many.
const MAX_EVENT_CODES: usize = 100;

/// What is shared by all rules while they are resolved.
pub(super) struct Resolver<'a> {
    pub(super) defs: &'a Definitions,
    pub(super) dialect: Dialect,
    pub(super) config: &'a Config,
    pub(super) lists: Lists,
    pub(super) macros: Macros,
    pub(super) trees: Trees,
    types: TreeTypes,
    pub(super) out: Vec<Diagnostic>,
    /// Words for colouring, by place.
    pub(super) words: Vec<(Loc, TokenKind)>,
    /// Repeat for every rule what is wrong or odd in its macros, as Falco does.
    pub(super) strict: bool,
    /// With `strict`, the condition of the rule as Falco shows it.
    pub(super) shown: Option<String>,
    /// Macro bodies, by macro and source, whose problems and warnings were reported.
    reported: Vec<(usize, String)>,
    /// Files with a rule that Falco refuses for what the configuration adds.
    pub(super) refused: Vec<SourceId>,
    /// What the configuration adds and Falco refuses, by event source.
    pub(super) refused_additions: Vec<(Loc, String)>,
}

impl<'a> Resolver<'a> {
    /// Expands the lists and links the macros.
    pub(super) fn new(defs: &'a Definitions, dialect: Dialect, config: &'a Config, strict: bool) -> Self {
        let mut lists = Lists::new(defs);
        let mut out = Vec::new();
        let macros = macros::link(defs, dialect, strict, &mut lists, &mut out);
        let (trees, types) = (Trees::default(), TreeTypes::default());
        let (words, reported) = (Vec::new(), Vec::new());
        let (refused, refused_additions) = (Vec::new(), Vec::new());
        Self {
            defs,
            dialect,
            config,
            lists,
            macros,
            trees,
            types,
            out,
            words,
            strict,
            shown: None,
            reported,
            refused,
            refused_additions,
        }
    }

    /// Whether an error was found, after which Falco does nothing more.
    pub(super) fn stopped(&self) -> bool {
        self.strict && self.out.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Where fields of `source` are looked up.
    pub(super) fn scope<'s>(&self, source: &'s str) -> Scope<'s>
    where
        'a: 's,
    {
        Scope { source, dialect: self.dialect, statics: &self.config.static_names }
    }

    /// Colours the words of a text.
    pub(super) fn colour(&mut self, text: &Text, tokens: &[(TextRange, TokenKind)]) {
        super::load::colour(&mut self.words, text, tokens);
    }

    /// Resolves a rule.
    pub(super) fn rule(&mut self, definition: &RuleDef) -> Rule {
        let mut rule = blank(definition);
        if !definition.source_known {
            rule.status = Status::Skipped;
        } else if !definition.enabled {
            rule.status = Status::Disabled;
        }
        let mut problems = Vec::new();
        let written = exceptions::write(definition, self.dialect, &mut problems);
        if definition.source_known && !problems.is_empty() {
            if problems.iter().any(|problem| problem.severity == Severity::Error) {
                rule.status = Status::Broken;
            }
            self.out.append(&mut problems);
        }
        self.exceptions(definition, &written, &mut rule);
        self.shown = self.strict.then(|| written.whole.as_str().to_owned());
        rule.condition = self.lists.expand(&written.whole);
        if !definition.source_known {
            // Falco looks no further, so its lists and macros are not in use by it; colours are welcome all the same.
            let parsed = condition::parse_as(rule.condition.as_str(), self.dialect);
            self.colour(&rule.condition, &parsed.tokens);
            return rule;
        }
        if definition.broken && definition.condition.is_empty() {
            self.output(definition, &mut rule);
            rule.status = Status::Broken;
            return rule;
        }
        if !self.output(definition, &mut rule) && self.strict {
            return rule;
        }
        self.condition(definition, &mut rule);
        if rule.status == Status::Broken && rule.tree.is_some() {
            // Falco refuses the file, but what the condition says can be shown all the same.
            rule.status = if rule.enabled { Status::Active } else { Status::Disabled };
        }
        rule
    }

    /// Reports what Falco refuses, or under `skip-if-unknown-filter` what it drops the rule for.
    pub(super) fn refuse(&mut self, definition: &RuleDef, rule: &mut Rule, problem: Diagnostic) {
        let soft = definition.skip_if_unknown
            && problem.falco.as_ref().is_some_and(|falco| syntax::softens(&falco.text));
        if soft {
            self.out.push(syntax::softened(problem));
            if rule.status != Status::Broken {
                rule.status = Status::Skipped;
            }
        } else {
            self.out.push(problem);
            rule.status = Status::Broken;
        }
    }

    /// Reports what Falco refuses and the dialect accepts.
    pub(super) fn tolerate(&mut self, definition: &RuleDef, mut problem: Diagnostic) {
        let dropped = definition.skip_if_unknown;
        if let Some(falco) = problem.falco.as_mut().filter(|falco| dropped && syntax::softens(&falco.text)) {
            falco.code = "LOAD_UNKNOWN_FILTER".into();
            problem.notes.insert(0, say::skipped_unknown(falco.text.clone()));
        }
        self.out.push(problem);
    }

    fn condition(&mut self, definition: &RuleDef, rule: &mut Rule) {
        let text = rule.condition.clone();
        if lists::too_long(&text) {
            let message = say::too_long((lists::MAX_CONDITION_BYTES >> 20).to_string());
            self.out.push(Diagnostic::new(
                &codes::CONDITION_TOO_LARGE,
                definition.condition_spot.at,
                message,
            ));
            rule.status = Status::Broken;
            return;
        }
        let parsed = syntax::parse(&text, self.dialect, &definition.condition_spot, &mut self.out);
        self.colour(&text, &parsed.tokens);
        if let Some(error) = &parsed.error {
            let mut problems = syntax::problems(error, &text, &definition.condition_spot);
            if let Some(first) = problems.first_mut() {
                self.point(first, Some((text.as_str(), error.position.offset)));
            }
            for problem in problems {
                self.refuse(definition, rule, problem);
            }
            if !self.strict {
                self.others(definition, &text, &parsed.others);
            }
            return;
        }
        let (defs, last_file) = (self.defs, definition.last_file);
        let find = move |name: &str| {
            let at = defs.macro_index(name)?;
            defs.macros.get(at).filter(|target| target.first_file <= last_file).map(|_| at)
        };
        let (uses, undefined) = macros::names(&parsed.condition, find);
        for (used, at) in macros::places(&parsed.condition, &text, find) {
            macros::use_at(&mut self.macros.macros, used, at);
        }
        for range in &undefined {
            let mut problem = macros::undefined_macro(defs, &text, *range, &definition.spot, None);
            self.point(&mut problem, Some((text.as_str(), range.start)));
            self.out.push(problem);
            rule.status = Status::Broken;
        }
        if !undefined.is_empty() && self.strict {
            return;
        }
        let scope = self.scope(&definition.source);
        self.trees.macros(&self.macros, &uses, scope, &find);
        let mut sound = undefined.is_empty();
        let made = if self.strict {
            let made = self.trees.make(&parsed.condition, &text, scope, &find);
            let compiled = Compiled { condition: &parsed.condition, text: &text, made: &made, find: &find };
            if let Some(problem) = self.first_problem(definition, &compiled) {
                return self.refuse(definition, rule, problem);
            }
            let warnings = self.warnings(definition, &compiled);
            self.judge(definition, rule, &text, &made, warnings);
            made
        } else {
            let mut warnings = self.inherit(definition, rule, &uses, &mut sound);
            let made = self.trees.make(&parsed.condition, &text, scope, &find);
            for problem in &made.tolerated {
                self.tolerate(definition, syntax::check_problem(problem, &text, &definition.condition_spot));
            }
            for problem in &made.problems {
                let problem = syntax::check_problem(problem, &text, &definition.condition_spot);
                self.refuse(definition, rule, problem);
            }
            let own = |warning| syntax::check_warning(warning, &text, &definition.condition_spot);
            warnings.extend(made.warnings.iter().map(own));
            self.judge(definition, rule, &text, &made, warnings);
            made
        };
        rule.tree = made.tree.filter(|_| sound);
        rule.base = rule.tree;
        if rule.tree.is_none() && rule.status == Status::Active {
            rule.status = Status::Broken;
        }
        if !definition.exceptions.is_empty() && rule.tree.is_some() {
            rule.base = self.tree_of(&self.expanded_base(definition), &definition.source, &find);
        }
        if rule.status == Status::Skipped {
            rule.tree = None;
        }
    }

    /// What is wrong with the comparisons beside a syntax error.
    fn others(&mut self, definition: &RuleDef, text: &Text, checks: &[Check]) {
        let scope = self.scope(&definition.source);
        let problems = checks.iter().filter_map(|check| types::check(check, scope).err()).flatten();
        let problems = problems.take(types::MAX_PROBLEMS);
        let spot = &definition.condition_spot;
        let mut found = problems.map(|problem| syntax::check_problem(&problem, text, spot)).collect();
        self.out.append(&mut found);
    }

    /// The condition without its exceptions, lists put in.
    fn expanded_base(&self, definition: &RuleDef) -> Text {
        self.lists.expanded(&definition.condition)
    }

    /// The tree of a part of a condition whose whole is known to be sound.
    fn tree_of(&mut self, text: &Text, source: &str, find: &dyn Fn(&str) -> Option<usize>) -> Option<TreeId> {
        let parsed = condition::parse_as(text.as_str(), self.dialect);
        if parsed.error.is_some() {
            return None;
        }
        self.trees.make(&parsed.condition, text, self.scope(source), find).tree
    }

    /// Problems and warnings of the macros that a rule uses, reported for the first rule.
    fn inherit(
        &mut self,
        definition: &RuleDef,
        rule: &mut Rule,
        uses: &[usize],
        sound: &mut bool,
    ) -> Vec<Diagnostic> {
        let mut warnings = Vec::new();
        let mut open: Vec<usize> = uses.iter().rev().copied().collect();
        let mut seen = Vec::new();
        while let Some(at) = open.pop() {
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            let Some(linked) = self.macros.macros.get(at) else { continue };
            open.extend(linked.uses.iter().rev());
            let text = linked.text.clone();
            let key = (at, definition.source.clone());
            let first = !self.reported.contains(&key);
            let name = self.defs.macros.get(at).map(|target| target.name.clone()).unwrap_or_default();
            let Some(body) = self.trees.body(at, &definition.source).cloned() else {
                *sound = false;
                self.broken_macro(definition, rule, &name);
                continue;
            };
            if first {
                self.reported.push(key);
                for problem in &body.problems {
                    let problem = syntax::check_problem(problem, &text, &definition.condition_spot);
                    self.refuse(definition, rule, problem);
                }
                for problem in &body.tolerated {
                    self.tolerate(
                        definition,
                        syntax::check_problem(problem, &text, &definition.condition_spot),
                    );
                }
                for warning in &body.warnings {
                    warnings.push(syntax::check_warning(warning, &text, &definition.condition_spot));
                }
            }
            if first && body.too_large {
                let message = say::too_large(super::trees::MAX_NODES.to_string());
                let at = text.locate(TextRange::new(0, text.len())).unwrap_or(definition.spot.at);
                self.out.push(Diagnostic::new(&codes::CONDITION_TOO_LARGE, at, message));
            }
            if body.tree.is_none() {
                *sound = false;
                if !first || body.problems.is_empty() {
                    self.broken_macro(definition, rule, &name);
                }
            }
        }
        warnings
    }

    fn broken_macro(&mut self, definition: &RuleDef, rule: &mut Rule, name: &str) {
        if rule.status == Status::Broken {
            return;
        }
        rule.status = Status::Broken;
        let at = find(&definition.condition, name).unwrap_or(definition.spot.at);
        self.out.push(Diagnostic::new(&codes::BROKEN_MACRO, at, say::macro_broken(name)));
    }

    /// The warnings of a rule without problems.
    fn judge(
        &mut self,
        definition: &RuleDef,
        rule: &mut Rule,
        text: &Text,
        made: &Made,
        warnings: Vec<Diagnostic>,
    ) {
        if made.too_large {
            let message = say::too_large(super::trees::MAX_NODES.to_string());
            self.out.push(Diagnostic::new(
                &codes::CONDITION_TOO_LARGE,
                definition.condition_spot.at,
                message,
            ));
            rule.status = Status::Broken;
        }
        if matches!(rule.status, Status::Broken | Status::Skipped) {
            return;
        }
        let unsafe_na = |problem: &Diagnostic| {
            problem.falco.as_ref().is_some_and(|falco| falco.code == syntax::UNSAFE_NA)
        };
        let (na, others): (Vec<_>, Vec<_>) = warnings.into_iter().partition(unsafe_na);
        // As Falco does: once per rule.
        let said = if self.strict { 1 } else { usize::MAX };
        self.out.extend(na.into_iter().take(said));
        self.deprecated(definition, text, &made.deprecated);
        self.out.extend(others);
        if let Some(tree) = made.tree {
            self.event_types(definition, tree);
        }
    }

    fn deprecated(&mut self, definition: &RuleDef, text: &Text, found: &[&'static str]) {
        for field in super::trees::DEPRECATED.iter().filter(|field| found.contains(field)) {
            let falco = if *field == "evt.dir" {
                "due to the drop of enter events, 'evt.dir = <' always evaluates to true, and 'evt.dir = >' always evaluates to false. The rule expression can be simplified by removing the condition on 'evt.dir'"
            } else {
                "field is not available due to the drop of enter events."
            };
            let at = find(text, field).unwrap_or(definition.condition_spot.at);
            let spot = Spot { at, ..definition.condition_spot.clone() };
            let falco = ("LOAD_DEPRECATED_ITEM", falco);
            let mut problem = deprecated_field(&spot, field, falco);
            if *field == "evt.dir" {
                problem.notes.push(say::dir_is_constant());
            }
            self.point(&mut problem, None);
            self.out.push(problem);
        }
    }

    fn event_types(&mut self, definition: &RuleDef, tree: TreeId) {
        if definition.source != SYSCALL || !definition.warn_evttypes {
            return;
        }
        self.types.extend(&self.trees.all);
        if self.types.of(tree).len() > MAX_EVENT_CODES {
            let falco = "Rule matches too many evt.type values. This has a significant performance penalty.";
            let problem = definition.spot.problem(
                &codes::NO_EVENT_TYPE,
                say::no_event_type(),
                ("LOAD_NO_EVTTYPE", falco),
            );
            let mut problem = problem.note(say::restrict_event_type());
            if let Some(at) = self.types.open_branch(&self.trees.all, tree, MAX_EVENT_CODES) {
                problem = problem.related(at, say::open_branch());
            }
            self.out.push(problem);
        }
    }

    /// The exceptions of a rule, with one tree per tuple.
    fn exceptions(&mut self, definition: &RuleDef, written: &WithExceptions, rule: &mut Rule) {
        let find = |name: &str| self.defs.macro_index(name);
        let scope = self.scope(&definition.source);
        for (exception, written) in definition.exceptions.iter().zip(&written.exceptions) {
            let mut out = Vec::with_capacity(written.tuples.len());
            for tuple in &written.tuples {
                let text = tuple.condition.as_ref().map(|text| self.lists.expanded(text));
                let parsed =
                    text.as_ref().map(|text| (text, condition::parse_as(text.as_str(), scope.dialect)));
                let tree = parsed
                    .filter(|(_, parsed)| parsed.error.is_none())
                    .and_then(|(text, parsed)| self.trees.make(&parsed.condition, text, scope, &find).tree);
                let (text, cells) = (tuple.shown.clone(), tuple.cells.clone());
                out.push(Tuple { text, at: tuple.at, cells, tree });
            }
            let fields = match &exception.fields {
                Entry::Many(fields, _) => fields.iter().filter_map(|field| field.scalar().cloned()).collect(),
                other => other.scalar().cloned().into_iter().collect(),
            };
            rule.exceptions.push(RuleException {
                name: exception.name.clone(),
                at: exception.name_at,
                fields,
                comps: written.comps.clone(),
                single: matches!(exception.fields, Entry::One(..)),
                text: written.whole.as_str().to_owned(),
                tuples: out,
            });
        }
    }
}

/// A rule of which nothing is resolved yet.
fn blank(definition: &RuleDef) -> Rule {
    Rule {
        name: definition.name.clone(),
        name_at: definition.name_at,
        at: definition.spot.at,
        priority: definition.priority,
        source: definition.source.clone(),
        tags: definition.tags.clone(),
        desc: definition.desc.clone(),
        enabled: definition.enabled,
        status: Status::Active,
        decided_at: None,
        warn_evttypes: definition.warn_evttypes,
        condition: Text::new(),
        output: definition.output.clone(),
        alert: None,
        tree: None,
        base: None,
        exceptions: Vec::new(),
        parts: definition.parts.clone(),
    }
}

pub(super) fn deprecated_field(spot: &Spot, field: &'static str, falco: (&'static str, &str)) -> Diagnostic {
    let mut problem = spot.problem(&codes::DEPRECATED_FIELD, say::deprecated_field(field), falco);
    if let Some(falco) = &mut problem.falco {
        falco.deprecated_field = Some(field);
    }
    problem
}

/// Where `word` stands in `text`.
pub(super) fn find(text: &Text, word: &str) -> Option<Loc> {
    let start = text.as_str().find(word)?;
    text.locate(TextRange::from_usize(start, start + word.len()))
}
