//! Renames rules, macros, lists and exceptions in all files. The changes are tried before they are given: with them, every rule
//! must compile to what it was.

use super::complete::is_plain;
use super::index::Index;
use super::references::{Occurrence, Target, fixed, named};
use super::{Workspace, edited};
use crate::catalog::messages::editor as say;
use crate::catalog::operators::{Modifier, Operator};
use crate::catalog::transformers::Transformer;
use crate::compile::{Exprs, Program, lower};
use crate::report::Place;
use crate::report::editor::{Cursor, WordKind};
use crate::resolve::ruleset::Rule;
use crate::resolve::{self, Loaded, is_list_name, is_macro_name};
use crate::text::{Loc, Message, Severity, Source, Span};

/// The changes that give what is named at the cursor another name, by file and place.
///
/// # Errors
/// Why there are none.
pub fn rename(
    workspace: &Workspace<'_>,
    cursor: Cursor,
    name: &str,
) -> Result<Vec<(Place, String)>, Message> {
    let index = Index::new(workspace.files);
    let (target, places) = named(workspace, &index, cursor).ok_or_else(say::nothing_to_rename)?;
    if let Some(reason) = fixed(workspace.files, &target.name, &places) {
        return Err(reason);
    }
    if name == target.name {
        return Ok(Vec::new());
    }
    check_name(&index, &target, name)?;
    let edits: Vec<_> = places
        .iter()
        .map(|(at, _)| edit(workspace.files, *at, name).ok_or_else(|| say::list_name(name)))
        .collect::<Result<_, _>>()?;
    keeps_meaning(workspace, &target, name, &places, &edits)?;
    let changes = edits.into_iter().map(|(at, text)| (workspace.place(at), text));
    Ok(changes.collect())
}

/// Whether the name is one, and free.
fn check_name(index: &Index<'_>, target: &Target, name: &str) -> Result<(), Message> {
    let valid = match target.kind {
        WordKind::Macro => is_macro_name(name).then_some(()).ok_or_else(|| say::macro_name(name)),
        WordKind::List => {
            (is_list_name(name) && is_plain(name)).then_some(()).ok_or_else(|| say::list_name(name))
        }
        _ if name.trim() != name || name.is_empty() || name.contains(char::is_control) => {
            Err(say::empty_name())
        }
        _ => Ok(()),
    };
    valid?;
    let word = target.kind == WordKind::Macro && is_word_of_conditions(name);
    let taken = word
        || match &target.owner {
            Some(owner) => index.named(WordKind::Rule, owner).any(|item| {
                let yaml = index.yaml_of(item);
                index
                    .exceptions(item)
                    .iter()
                    .any(|(_, id)| yaml.and_then(|yaml| yaml.scalar(*id)) == Some(name))
            }),
            // A macro with the name of a list is never reached: the list is put in first.
            None if target.kind != WordKind::Rule => {
                [WordKind::Macro, WordKind::List].iter().any(|kind| index.named(*kind, name).next().is_some())
            }
            None => index.named(WordKind::Rule, name).next().is_some(),
        };
    if taken { Err(say::name_is_taken(name)) } else { Ok(()) }
}

/// Whether conditions mean something else by this word.
fn is_word_of_conditions(name: &str) -> bool {
    let operators = Operator::ALL.iter().map(|it| it.text());
    let modifiers = Modifier::ALL.iter().map(|it| it.text());
    let transformers = Transformer::ALL.iter().map(|it| it.text());
    let words = ["and", "or", "not", "val"].into_iter();
    words.chain(operators).chain(modifiers).chain(transformers).any(|word| word == name)
}

/// Writes the name at a place, with quotes where YAML needs them.
fn edit(files: &[Source], at: Loc, name: &str) -> Option<(Loc, String)> {
    let text = files.get(at.source.index())?.text.as_str();
    let before = text.get(..at.span.start as usize)?.chars().next_back();
    let after = text.get(at.span.end as usize..)?.chars().next();
    let insert = match (before, after) {
        (Some('"'), Some('"')) => name.replace('\\', "\\\\").replace('"', "\\\""),
        (Some('\''), Some('\'')) => name.replace('\'', "''"),
        _ if is_plain(name) => name.to_owned(),
        _ => format!("'{}'", name.replace('\'', "''")),
    };
    Some((at, insert))
}

/// Compares what the rules mean before and after.
fn keeps_meaning(
    workspace: &Workspace<'_>,
    target: &Target,
    name: &str,
    places: &[Occurrence],
    edits: &[(Loc, String)],
) -> Result<(), Message> {
    let mut files = workspace.files.to_vec();
    for (at, file) in files.iter_mut().enumerate() {
        let own = edits.iter().filter(|(loc, _)| loc.source.index() == at);
        let own: Vec<(Span, String)> = own.map(|(loc, text)| (loc.span, text.clone())).collect();
        file.text = edited(&file.text, &own);
    }
    let load = |files: &[Source]| resolve::load_with(files, workspace.dialect, workspace.config);
    let (before, after) = (load(workspace.files), load(&files));
    let errors =
        |loaded: &Loaded| loaded.diagnostics.iter().filter(|it| it.severity == Severity::Error).count();
    let mut exprs = Exprs::default();
    let programs = [lower(&before.ruleset, &mut exprs), lower(&after.ruleset, &mut exprs)];
    let [old, new] = &programs;
    let changed = first_difference(old, new).or_else(|| {
        let rules = before.ruleset.rules.iter().zip(&after.ruleset.rules);
        // Of what cannot be evaluated, the text tells: names of lists are gone from it.
        let list = target.kind == WordKind::List;
        let text = |rule: &Rule| (list && rule.tree.is_none()).then(|| rule.condition.as_str().to_owned());
        let differs = |(old, new): (&Rule, &Rule)| old.status != new.status || text(old) != text(new);
        rules.into_iter().position(differs)
    });
    if let Some(rule) = changed.and_then(|at| before.ruleset.rules.get(at)) {
        return Err(say::would_change(name, &rule.name));
    }
    let renamed = Index::new(&files);
    let moved = target.owner.is_none() && renamed.named(target.kind, &target.name).next().is_some();
    if changed.is_some() || moved || places.is_empty() || errors(&after) > errors(&before) {
        return Err(say::would_break(name));
    }
    Ok(())
}

/// The first rule that evaluates otherwise.
fn first_difference(old: &Program, new: &Program) -> Option<usize> {
    if old.rules.len() != new.rules.len() {
        return Some(old.rules.len().min(new.rules.len()));
    }
    old.rules.iter().zip(&new.rules).position(|(old, new)| {
        old.source != new.source
            || old.types != new.types
            || old.whole != new.whole
            || old.base != new.base
            || old.exceptions != new.exceptions
    })
}
