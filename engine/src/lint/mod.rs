//! Our own lints: what Falco loads without a word and what is probably not meant. One file per lint; this one holds the
//! table, what a lint may look at, and how a comment silences one.

mod always_true;
mod container_scope;
mod dead_exception;
mod duplicate_tuple;
mod empty_exception;
mod facts;
mod grouping;
mod holds_for_everything;
mod inert_field;
mod list_clash;
mod long_process_name;
mod misread_value;
mod missing_output_field;
mod never_true;
mod placeholder;
mod shadowed_rule;
mod silence;
mod undefined_list;
mod unknown_tactic;
mod unknown_technique;
mod unused_exception;
mod webhook;
mod wildcard;

use crate::catalog::fields::{self, Field};
use crate::catalog::{Dialect, FieldKey, Scope};
use crate::config::Config;
use crate::parse::ast::{self, Check, Condition, NodeKind};
use crate::parse::condition;
use crate::parse::wrapped;
use crate::report::Hit;
use crate::resolve::ruleset::Ruleset;
use crate::resolve::{self, Loaded};
use crate::text::{Code, Diagnostic, Loc, Origin, Severity, Source, Span, Text, TextRange, sorted};

/// A lint: reads what is known of the rules, and reports.
type Lint = fn(&Context<'_>, &mut Vec<Diagnostic>);

/// Every lint with the codes that it reports; these are the codes that a comment can silence.
static LINTS: &[(&Code, Lint)] = &[
    (&always_true::CODE, always_true::lint),
    (&container_scope::CODE, container_scope::lint),
    (&dead_exception::CODE, dead_exception::lint),
    (&duplicate_tuple::CODE, duplicate_tuple::lint),
    (&empty_exception::CODE, empty_exception::lint),
    (&grouping::MIXED, grouping::mixed),
    (&grouping::APPENDED, grouping::appended),
    (&holds_for_everything::CODE, holds_for_everything::lint),
    (&inert_field::CODE, inert_field::lint),
    (&list_clash::CODE, list_clash::lint),
    (&long_process_name::CODE, long_process_name::lint),
    (&misread_value::CODE, misread_value::lint),
    (&missing_output_field::CODE, missing_output_field::lint),
    (&never_true::CODE, never_true::lint),
    (&placeholder::CODE, placeholder::lint),
    (&undefined_list::CODE, undefined_list::lint),
    (&unknown_tactic::CODE, unknown_tactic::lint),
    (&unknown_technique::CODE, unknown_technique::lint),
    (&webhook::CODE, webhook::lint),
    (&wildcard::CODE, wildcard::lint),
];

/// Loads the files as [`resolve::load`] does, and adds what the lints find. They read conditions in the widest dialect, since what
/// Falco refuses of one is no reason to say nothing about the rest.
pub fn load(files: &[Source], dialect: Dialect) -> Loaded {
    load_with(files, dialect, &Config::default())
}

/// The same under a configuration.
pub fn load_with(files: &[Source], dialect: Dialect, config: &Config) -> Loaded {
    let (given, files) = (files, &*wrapped::unwrapped(files));
    let mut loaded = resolve::load_with(given, dialect, config);
    let errors = loaded.diagnostics.iter().filter(|problem| problem.severity == Severity::Error);
    let errors = errors.map(|problem| problem.at).collect();
    let context = Context::new(files, &loaded.ruleset, errors);
    let mut found = Vec::new();
    for (_, lint) in LINTS {
        lint(&context, &mut found);
    }
    silence::drop_silenced(files, &mut found);
    loaded.diagnostics.append(&mut found);
    loaded.diagnostics = sorted(std::mem::take(&mut loaded.diagnostics), |problem| {
        (problem.at.order() << 2) | problem.severity as u64
    });
    loaded.diagnostics.dedup_by(|a, b| a.code.name == b.code.name && a.at == b.at && a.message == b.message);
    wrapped::keep_outside(given, &mut loaded.diagnostics);
    loaded
}

/// What the lints find that need verdicts: by event, what the rules say, in rule order.
pub fn of_verdicts(
    files: &[Source],
    config: &Config,
    ruleset: &Ruleset,
    verdicts: &[Vec<Hit>],
) -> Vec<Diagnostic> {
    let mut found = shadowed_rule::lint(ruleset, config.rule_matching, verdicts);
    found.append(&mut unused_exception::lint(ruleset, verdicts));
    silence::drop_silenced(files, &mut found);
    found
}

/// What a lint may look at.
struct Context<'a> {
    files: &'a [Source],
    ruleset: &'a Ruleset,
    /// The conditions of all rules and macros that can be read.
    conditions: Vec<Written<'a>>,
    /// Where something is wrong already, in order.
    errors: Vec<Loc>,
}

/// A condition as written, before macros are put in.
struct Written<'a> {
    text: &'a Text,
    condition: Condition,
    /// The event source; `None` for a macro, which has the source of its user.
    source: Option<&'a str>,
}

impl<'a> Context<'a> {
    fn new(files: &'a [Source], ruleset: &'a Ruleset, errors: Vec<Loc>) -> Self {
        let rules = ruleset.rules.iter().map(|rule| (&rule.condition, Some(rule.source.as_str())));
        let macros = ruleset.macros.iter().map(|item| (&item.condition, None));
        let conditions = rules.chain(macros).filter_map(|(text, source)| {
            let parsed = condition::parse_as(text.as_str(), Dialect::Course);
            parsed.error.is_none().then_some(Written { text, condition: parsed.condition, source })
        });
        Self { files, ruleset, conditions: conditions.collect(), errors }
    }

    /// Every check with the condition that it belongs to.
    fn checks(&self) -> impl Iterator<Item = (&Written<'a>, &Check)> {
        self.conditions.iter().flat_map(|written| {
            written.condition.nodes.iter().filter_map(move |node| match &node.kind {
                NodeKind::Check(check) => Some((written, &**check)),
                _ => None,
            })
        })
    }

    /// Where the item begins that `at` lies in, and what stands before it on its line.
    fn item_start(&self, at: Loc) -> Option<(Loc, &'a str)> {
        let before = self.files.get(at.source.index())?.text.get(..at.span.end as usize)?;
        let mut offset = 0;
        let mut found = None;
        for line in before.split_inclusive('\n') {
            if starts_item(line) {
                found = Some((offset, line));
            }
            offset += line.len();
        }
        let (offset, line) = found?;
        let indent = line.get(..line.len() - line.trim_start().len())?;
        let start = u32::try_from(offset + indent.len()).ok()?;
        Some((Loc { span: Span { start, end: start }, ..at }, indent))
    }

    /// Where the item ends that `at` lies in: at the next item, or with the file.
    fn item_end(&self, at: Loc) -> u32 {
        let text = self.files.get(at.source.index()).map_or("", |file| file.text.as_str());
        let mut end = at.span.end as usize;
        let rest = text.get(end..).unwrap_or_default().split_inclusive('\n');
        for (number, line) in rest.enumerate() {
            if number > 0 && starts_item(line) {
                break;
            }
            end += line.len();
        }
        u32::try_from(end).unwrap_or(u32::MAX)
    }

    /// Whether something is wrong between a place and an offset of the same file.
    fn has_error(&self, from: Loc, end: u32) -> bool {
        let first = self.errors.partition_point(|at| at.order() < from.order());
        self.errors.get(first).is_some_and(|at| at.source == from.source && at.span.start < end)
    }

    /// Where the tag stands last in the item that begins with `name`, as a whole word.
    fn tag(&self, name: Loc, tag: &str) -> Option<Loc> {
        let item = Loc { span: Span { end: self.item_end(name), ..name.span }, ..name };
        let text = item.span.slice(&self.files.get(item.source.index())?.text);
        let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let whole = |at: usize| {
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(at + tag.len()..).unwrap_or_default();
            !before.ends_with(part) && !after.starts_with(part)
        };
        let (at, _) = text.match_indices(tag).filter(|(at, _)| whole(*at)).last()?;
        let start = item.span.start + u32::try_from(at).ok()?;
        let span = Span { start, end: start + u32::try_from(tag.len()).ok()? };
        Some(Loc { source: item.source, span })
    }

    /// Whether the file holds at `loc` just what the condition has at `range`, so that a fix can replace it.
    fn is_verbatim(&self, text: &Text, range: TextRange, loc: Loc) -> bool {
        self.files
            .get(loc.source.index())
            .is_some_and(|file| loc.span.slice(&file.text) == range.slice(text.as_str()))
    }
}

impl Written<'_> {
    /// What the catalogue says of a field.
    fn field(&self, field: &ast::Field) -> Option<&'static Field> {
        self.key(field).map(|key| key.info())
    }

    /// The field of the catalogue, with its argument.
    fn key(&self, field: &ast::Field) -> Option<FieldKey> {
        let find = |source: &str| FieldKey::resolve(&field.name, field.arg.as_deref(), wide(source)).ok();
        match self.source {
            Some(source) => find(source),
            None => fields::sources().iter().find_map(|source| find(source)),
        }
    }

    /// The place of a word: for an item of a list, where the item is written. `None` for what Falco put in by itself.
    fn place(&self, range: TextRange) -> Option<Loc> {
        self.text.written_at(range)
    }

    /// Whether the user wrote the word here, not in a list.
    fn is_written(&self, range: TextRange) -> bool {
        self.text.runs(range).all(|(_, origin)| matches!(origin, Origin::Written(_)))
    }
}

/// Where lints look up fields of an event source.
fn wide(source: &str) -> Scope<'_> {
    Scope { dialect: Dialect::Course, ..Scope::from(source) }
}

/// Whether an item of a rules file begins on the line.
fn starts_item(line: &str) -> bool {
    line.trim_start()
        .strip_prefix("- ")
        .is_some_and(|rest| ["rule:", "macro:", "list:"].iter().any(|key| rest.trim_start().starts_with(key)))
}

/// The codes that a comment can silence.
fn codes() -> impl Iterator<Item = &'static Code> {
    LINTS.iter().map(|(code, _)| *code).chain([&shadowed_rule::CODE, &unused_exception::CODE])
}
