//! Rules files to the ruleset. [`load`] goes on after errors, so that all are found and every healthy rule works;
//! [`falco_load`] stops where Falco stops, and gives Falco's own words.

use super::collect::{self, Counts};
use super::decode::{self, Reading};
use super::definitions::{Definitions, Spot};
use super::rules::Resolver;
use super::ruleset::{List, Macro, Ruleset};
use super::schema::{self, Failures};
use super::select;
use crate::catalog::messages::items as say;
use crate::catalog::{Dialect, codes};
use crate::config::{self, Config};
use crate::parse::wrapped;
use crate::parse::yaml::{self, YamlFile};
use crate::report::{Token, TokenKind};
use crate::text::{
    Diagnostic, FalcoMessage, FalcoPlace, LineIndex, Loc, Origin, Severity, Source, SourceId, sorted,
};
use std::collections::HashSet;
use std::sync::Arc;

/// The answer of [`load`].
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// All that works, and what is known of the rest.
    pub ruleset: Ruleset,
    /// What is wrong, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// In load order.
    pub files: Vec<LoadedFile>,
    /// Fields in the configuration, sorted, not overlapping.
    pub config_tokens: Vec<Token>,
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct LoadedFile {
    /// Whether Falco would start with it.
    pub loads: bool,
    /// Number of items that are rules.
    pub rules: u32,
    /// Number of items that are macros.
    pub macros: u32,
    /// Number of items that are lists.
    pub lists: u32,
    /// Words of its conditions and outputs, sorted, not overlapping.
    pub tokens: Vec<Token>,
}

/// What Falco says about a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FalcoFile {
    /// The error that ends it, if there is one.
    pub error: Option<FalcoMessage>,
    /// What it warns of before.
    pub warnings: Vec<FalcoMessage>,
    /// What does not fit the schema of rules files, outwards from each innermost failure, up to
    /// [`MAX_FAILURES`](super::MAX_FAILURES) of those; none where there is nothing to check.
    pub schema: Option<Vec<String>>,
}

/// How many files that change what earlier ones defined are asked for what they hide.
const MAX_REPLAYS: usize = 8;

/// Loads the files in order, without a configuration, and goes on after errors. Whether Falco would load a file is the same in
/// every dialect.
pub fn load(files: &[Source], dialect: Dialect) -> Loaded {
    load_with(files, dialect, &Config::default())
}

/// The same under a configuration. What is wrong with that is told as well.
pub fn load_with(files: &[Source], dialect: Dialect, config: &Config) -> Loaded {
    let (given, files) = (files, &*wrapped::unwrapped(files));
    let (mut loaded, changing) = load_all(files, dialect, config);
    let out = &mut loaded.diagnostics;
    wrapped_rules(given, out);
    for earlier in changing.into_iter().take(MAX_REPLAYS).filter_map(|file| files.get(..file)) {
        // Falco stops at a file with an error, and does not come to the one that mends it.
        for problem in load_all(earlier, dialect, config).0.diagnostics.into_iter().filter(is_refused) {
            let known = |other: &Diagnostic| {
                other.code.name == problem.code.name
                    && other.at == problem.at
                    && other.message == problem.message
            };
            if !out.iter().any(known) {
                out.push(problem.note(say::mended_too_late()));
            }
        }
    }
    let mut out = sorted(std::mem::take(out), |problem| (problem.at.order() << 2) | problem.severity as u64);
    out.dedup_by(|a, b| a.code.name == b.code.name && a.at == b.at && a.message == b.message);
    for problem in out.iter().filter(|problem| is_refused(problem)) {
        if let Some(file) = loaded.files.get_mut(problem.at.source.index()) {
            file.loads = false;
        }
    }
    if loaded.files.iter().any(|file| !file.loads) {
        let said = falco_load_with(files, config);
        mark_unprinted(&said, &mut out);
        // Falco's YAML reader may see less in a file than we do, and load it all the same.
        for (at, file) in loaded.files.iter_mut().enumerate() {
            file.loads |= said.get(at).is_some_and(|file| file.error.is_none()) && !is_blamed(at, &out);
        }
    }
    if dialect != Dialect::Falco {
        for (file, falco) in loaded.files.iter_mut().zip(load_with(files, Dialect::Falco, config).files) {
            file.loads = falco.loads;
        }
    }
    Loaded { diagnostics: out, ..loaded }
}

/// Says of files that wrap rules how they are read.
fn wrapped_rules(files: &[Source], out: &mut Vec<Diagnostic>) {
    for (at, file) in files.iter().enumerate() {
        for part in wrapped::find(&file.text).map(|wrapped| wrapped.parts).unwrap_or_default() {
            let message = say::wrapped_rules(part.key.slice(&file.text));
            let problem =
                Diagnostic::new(&codes::WRAPPED_RULES, Loc::new(SourceId::new(at), part.key), message);
            out.push(problem.note(say::no_rules_file_itself()));
        }
    }
}

/// Whether Falco refuses the file for this.
fn is_refused(problem: &Diagnostic) -> bool {
    problem.falco.as_ref().is_some_and(|falco| falco.code.starts_with("LOAD_ERR"))
}

/// Loads the files as if Falco read all of them before it looks closer; and the files that change what an earlier one
/// defined.
fn load_all(files: &[Source], dialect: Dialect, config: &Config) -> (Loaded, Vec<usize>) {
    let mut defs = Definitions::default();
    let mut out = config.problems.clone();
    let mut infos = Vec::with_capacity(files.len());
    let mut changing = Vec::new();
    for (at, source) in files.iter().enumerate() {
        let (counts, _) = read(&mut defs, source, SourceId::new(at), dialect, config, &mut out, false);
        let Counts { rules, macros, lists } = counts;
        infos.push(LoadedFile { loads: true, rules, macros, lists, tokens: Vec::new() });
        if std::mem::take(&mut defs.changed_earlier) {
            changing.push(at);
        }
    }
    let mut resolver = Resolver::new(&defs, dialect, config, false);
    let rules = defs.rules.iter().map(|rule| resolver.rule(rule)).collect();
    for linked in &resolver.macros.macros {
        colour(&mut resolver.words, &linked.text, &linked.tokens);
    }
    let rules = select::apply(rules, config, &mut resolver.out);
    out.append(&mut resolver.out);
    let of_rules = |problem: &Diagnostic| problem.falco.is_some() || problem.at.source != config::SOURCE;
    if !out.iter().any(|problem| problem.severity == Severity::Error && of_rules(problem)) {
        unused(&resolver, &mut out);
    }
    for file in &resolver.refused {
        if let Some(info) = infos.get_mut(file.index()) {
            info.loads = false;
        }
    }
    let config_tokens = tokens(&mut infos, std::mem::take(&mut resolver.words));
    let ruleset = Ruleset {
        rules,
        macros: public_macros(&resolver),
        lists: public_lists(&resolver),
        trees: resolver.trees.all,
    };
    (Loaded { ruleset, diagnostics: out, files: infos, config_tokens }, changing)
}

/// What Falco says about the files, one after another, as `falco -V` does: after a file that fails the next ones are
/// still read, on top of what was defined.
pub fn falco_load(files: &[Source]) -> Vec<FalcoFile> {
    falco_load_with(files, &Config::default())
}

/// The same under a configuration. A file that [wraps](crate::parse::wrapped) rules is refused, as Falco does.
pub fn falco_load_with(files: &[Source], config: &Config) -> Vec<FalcoFile> {
    let mut defs = Definitions::default();
    let mut results = Vec::with_capacity(files.len());
    for (at, source) in files.iter().enumerate() {
        let mut out = Vec::new();
        let (_, schema) = read(&mut defs, source, SourceId::new(at), Dialect::Falco, config, &mut out, true);
        if !out.iter().any(|problem| problem.severity == Severity::Error) {
            compile(&defs, config, &mut out);
        }
        results.push(FalcoFile { schema: schema.map(|failures| failures.texts), ..in_falcos_words(out) });
    }
    results
}

/// Marks what Falco would say only after what is before it is mended: it stops a file at the first error. A problem that a later
/// file brings about counts where Falco meets it first.
fn mark_unprinted(said: &[FalcoFile], problems: &mut [Diagnostic]) {
    let said = said.iter().flat_map(|file| file.error.iter().chain(&file.warnings)).cloned();
    let mut said: HashSet<_> = said.map(|falco| FalcoMessage { expression: None, ..falco }).collect();
    let marked = problems.iter_mut().filter_map(|problem| problem.falco.as_mut());
    // The schema is checked whatever becomes of the file.
    for falco in marked.filter(|falco| falco.code != schema::FALCO_CODE) {
        // Two errors of an output have the same words, and only the first of them is printed.
        let once = falco.code.starts_with("LOAD_ERR");
        falco.printed = if once { said.remove(falco) } else { said.contains(falco) };
    }
}

/// Whether Falco prints an error that lies in file `at`.
fn is_blamed(at: usize, problems: &[Diagnostic]) -> bool {
    let printed = |problem: &Diagnostic| problem.falco.as_ref().is_some_and(|falco| falco.printed);
    problems.iter().any(|problem| problem.at.source.index() == at && is_refused(problem) && printed(problem))
}

/// Compiles all definitions so far; stops after the first rule with an error.
fn compile(defs: &Definitions, config: &Config, out: &mut Vec<Diagnostic>) {
    let mut resolver = Resolver::new(defs, Dialect::Falco, config, true);
    for rule in &defs.rules {
        if resolver.stopped() {
            break;
        }
        resolver.rule(rule);
    }
    let stopped = resolver.stopped();
    if !stopped {
        let mut last = Vec::new();
        unused(&resolver, &mut last);
        resolver.out.append(&mut last);
    }
    out.append(&mut resolver.out);
}

/// The messages up to the first error.
fn in_falcos_words(diagnostics: Vec<Diagnostic>) -> FalcoFile {
    let mut file = FalcoFile::default();
    for problem in diagnostics {
        let Some(falco) = problem.falco else { continue };
        if falco.code.starts_with("LOAD_ERR") {
            file.error = Some(falco);
            break;
        }
        file.warnings.push(falco);
    }
    file
}

/// Reads the items of a file into `defs`. Gives what does not fit the schema, if Falco gets to check it.
fn read(
    defs: &mut Definitions,
    source: &Source,
    file: SourceId,
    dialect: Dialect,
    config: &Config,
    out: &mut Vec<Diagnostic>,
    strict: bool,
) -> (Counts, Option<Failures>) {
    defs.file = Some(file);
    let lines = LineIndex::new(&source.text);
    let mut read = yaml::read(&source.text);
    if let (true, Some(as_falco)) = (strict, read.as_falco.take()) {
        read = *as_falco;
    }
    let YamlFile { yaml, problems, .. } = read;
    let root = FalcoPlace::file(file);
    let refused = problems.iter().any(|problem| problem.refused);
    for problem in problems {
        let (refused, mark, at) = (problem.refused, problem.mark, Loc::new(file, problem.at));
        let mut diagnostic = problem.diagnostic(file);
        if refused {
            let (name, outer) = (String::new(), Some(root.clone()));
            let place = Arc::new(FalcoPlace { kind: "value for", name, file, offset: mark, outer });
            // What Falco's YAML reader says behind this is not known here, and our words are not Falco's.
            let text = decode::yaml_error(&lines, mark);
            diagnostic.falco = Some(Spot { at, place }.falco(("LOAD_ERR_YAML_PARSE", &text)));
        }
        out.push(diagnostic);
    }
    if strict && refused {
        return (Counts::default(), None);
    }
    let said = out.len();
    let mut reading = Reading {
        yaml: &yaml,
        text: &source.text,
        file,
        root,
        lines: &lines,
        dialect,
        statics: &config.static_names,
        out,
        errors: 0,
    };
    let counts = collect::file(&mut reading, defs, strict);
    let failures = if refused { None } else { schema::check(&yaml) };
    if let Some(failures) = failures.as_ref().filter(|_| !strict) {
        schema::tell(&mut reading, failures, said);
    }
    (counts, failures)
}

/// Macros and lists that nothing uses.
fn unused(resolver: &Resolver<'_>, out: &mut Vec<Diagnostic>) {
    let text = |kind: &str| format!("{kind} not referred to by any other rule/macro");
    for (definition, linked) in resolver.defs.macros.iter().zip(&resolver.macros.macros) {
        if !linked.used {
            let falco = text("Macro");
            let message = say::unused_macro(&definition.name);
            out.push(definition.spot.problem(&codes::UNUSED_MACRO, message, ("LOAD_UNUSED_MACRO", &falco)));
        }
    }
    for (at, definition) in resolver.defs.lists.iter().enumerate() {
        if !resolver.lists.used(at) {
            let falco = text("List");
            let message = say::unused_list(&definition.name);
            out.push(definition.spot.problem(&codes::UNUSED_LIST, message, ("LOAD_UNUSED_LIST", &falco)));
        }
    }
}

fn public_macros(resolver: &Resolver<'_>) -> Vec<Macro> {
    let pairs = resolver.defs.macros.iter().zip(&resolver.macros.macros);
    pairs
        .map(|(definition, linked)| Macro {
            name: definition.name.clone(),
            name_at: definition.name_at,
            at: definition.spot.at,
            condition: linked.text.clone(),
            used: linked.used,
            uses: linked.named_at.clone(),
        })
        .collect()
}

fn public_lists(resolver: &Resolver<'_>) -> Vec<List> {
    let lists = resolver.defs.lists.iter().enumerate();
    lists
        .map(|(at, definition)| List {
            name: definition.name.clone(),
            name_at: definition.name_at,
            at: definition.spot.at,
            items: definition.items.clone(),
            used: resolver.lists.used(at),
            uses: resolver.lists.uses(at).to_vec(),
        })
        .collect()
}

/// Adds the words of a text, by place.
pub(super) fn colour(
    words: &mut Vec<(Loc, TokenKind)>,
    text: &crate::text::Text,
    tokens: &[(crate::text::TextRange, TokenKind)],
) {
    for (range, kind) in tokens {
        for (_, origin) in text.runs(*range) {
            match origin {
                Origin::Written(loc) => words.push((loc, *kind)),
                Origin::Item { used, .. } => words.push((used, TokenKind::List)),
                Origin::Glue(_) => {}
            }
        }
    }
}

/// Sorts words into their files; gives those of the configuration.
fn tokens(files: &mut [LoadedFile], words: Vec<(Loc, TokenKind)>) -> Vec<Token> {
    let words = sorted(words, |(loc, _)| loc.order());
    let mut configured = Vec::new();
    for (loc, kind) in words {
        let tokens = match files.get_mut(loc.source.index()) {
            Some(file) => &mut file.tokens,
            None => &mut configured,
        };
        let after = tokens.last().is_none_or(|last: &Token| last.span.end <= loc.span.start);
        if after && !loc.span.is_empty() {
            tokens.push(Token { span: loc.span, kind });
        }
    }
    configured
}

#[cfg(test)]
mod tests {
    use super::load;
    use crate::catalog::Dialect;
    use crate::text::Source;

    fn printed(text: &str) -> Vec<(String, bool)> {
        let files = [Source { name: "rules.yaml".into(), text: text.into() }];
        let said = load(&files, Dialect::Falco).diagnostics.into_iter().filter_map(|problem| problem.falco);
        said.map(|falco| (falco.item_name().to_owned(), falco.printed)).collect()
    }

    #[test]
    fn falco_prints_the_first_error_of_a_file_and_what_comes_before() {
        let rule = |name: &str, rest: &str| {
            format!(
                "- rule: {name}\n  desc: d\n  output: o\n  priority: INFO\n  condition: evt.type = open{rest}\n"
            )
        };
        let text =
            rule("a", "\n  descr: x") + &rule("b", " and proc.nam = x") + &rule("c", " and proc.nam = x");
        let found = printed(&text);
        assert_eq!(
            found.iter().map(|(_, printed)| *printed).collect::<Vec<_>>(),
            [true, true, false],
            "{found:?}"
        );
        let text = rule("a", "\n  descr: x") + "- macro: unused\n  condition: evt.num = 1\n";
        assert!(printed(&text).iter().all(|(_, printed)| *printed));
    }
}
