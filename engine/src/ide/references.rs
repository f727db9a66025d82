//! Where a name is defined and where it stands. What the ruleset says is exact: a word is a list where Falco puts its items
//! in. Beside that stands what takes no part any more: conditions that a later item replaced, lists that nobody uses.

use super::Workspace;
use super::index::{Index, Item};
use super::words::{self, Kind};
use crate::catalog::messages::editor as say;
use crate::catalog::{BASE_RULES, BASE_RULES_NAME, Dialect};
use crate::parse::condition::parse_as;
use crate::parse::node::YamlId;
use crate::report::TokenKind;
use crate::report::editor::{Cursor, Reference, References, Role, WordKind};
use crate::resolve;
use crate::resolve::ruleset::Ruleset;
use crate::text::{Loc, Message, Source, SourceId, Span, Text, TextRange, sorted};
use std::collections::HashSet;

/// What a name names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Target {
    pub(super) kind: WordKind,
    pub(super) name: String,
    /// Of an exception, its rule.
    pub(super) owner: Option<String>,
}

/// A place where the name stands.
pub(super) type Occurrence = (Loc, Role);

/// Characters of a line that are shown.
const MAX_LINE: usize = 120;

/// Everything that is said of the name at the cursor; nothing where there is none.
pub fn references(workspace: &Workspace<'_>, cursor: Cursor) -> Option<References> {
    let index = Index::new(workspace.files);
    let (target, places) = named(workspace, &index, cursor)?;
    let (at, _) = *places.iter().find(|(at, _)| covers(*at, cursor))?;
    let counts = |item: &&Item| {
        let own = inner(workspace.files, item.name_at);
        places.iter().find(|(at, _)| *at == own).map(|(at, _)| *at)
    };
    let definition = match target.owner {
        Some(_) => places.iter().find(|(_, role)| *role == Role::Definition).map(|(at, _)| *at),
        None => index.definition(target.kind, &target.name).as_ref().and_then(counts),
    };
    let shown = |(at, role): &Occurrence| Reference {
        at: workspace.place(*at),
        role: *role,
        line: line_of(workspace, *at),
    };
    Some(References {
        kind: target.kind,
        span: at.span,
        definition: definition.map(|at| workspace.place(at)),
        fixed: fixed(workspace.files, &target.name, &places),
        places: places.iter().map(shown).collect(),
        name: target.name,
    })
}

/// What is named at the cursor, and all places where it is.
pub(super) fn named(
    workspace: &Workspace<'_>,
    index: &Index<'_>,
    cursor: Cursor,
) -> Option<(Target, Vec<Occurrence>)> {
    let loaded = resolve::load_with(workspace.files, workspace.dialect, workspace.config);
    candidates(workspace, index, cursor).into_iter().find_map(|target| {
        let places = occurrences(index, &loaded.ruleset, &target, workspace.dialect);
        places.iter().any(|(at, _)| covers(*at, cursor)).then_some((target, places))
    })
}

/// What could be named at the cursor.
fn candidates(workspace: &Workspace<'_>, index: &Index<'_>, cursor: Cursor) -> Vec<Target> {
    let target = |kind, name: &str, owner| Target { kind, name: name.to_owned(), owner };
    let here = |at: Loc| covers(at, cursor);
    let mut found = Vec::new();
    for item in &index.items {
        if here(item.name_at) {
            found.push(target(item.kind, &item.name, None));
        }
        let Some(yaml) = index.yaml_of(item).filter(|_| item.at.source == SourceId(cursor.file)) else {
            continue;
        };
        for (_, name) in index.exceptions(item) {
            if let Some(text) =
                yaml.scalar(name).filter(|_| here(Loc::new(item.at.source, yaml.node(name).span)))
            {
                found.push(target(WordKind::Exception, text, Some(item.name.to_string())));
            }
        }
    }
    let word = word_at(workspace.text(cursor.file), cursor.offset as usize);
    found.push(target(WordKind::List, word, None));
    found.push(target(WordKind::Macro, word, None));
    found
}

/// The word at an offset, between what ends the name of a list.
fn word_at(text: &str, offset: usize) -> &str {
    let ends = |c: char| c.is_whitespace() || "()\"',=[]{}".contains(c);
    let Some((before, after)) = text.split_at_checked(offset) else { return "" };
    let start = before
        .rfind(ends)
        .map_or(0, |at| at + before.get(at..).and_then(|it| it.chars().next()).map_or(1, char::len_utf8));
    let end = offset + after.find(ends).unwrap_or(after.len());
    text.get(start..end).unwrap_or("")
}

fn covers(at: Loc, cursor: Cursor) -> bool {
    at.source == SourceId(cursor.file) && at.span.start <= cursor.offset && cursor.offset <= at.span.end
}

/// All places where the target is named, by file and place.
pub(super) fn occurrences(
    index: &Index<'_>,
    ruleset: &Ruleset,
    target: &Target,
    dialect: Dialect,
) -> Vec<Occurrence> {
    let mut found: Vec<Occurrence> = Vec::new();
    if let Some(owner) = &target.owner {
        exceptions(index, target, owner, &mut found);
    } else {
        let role = |item: &Item| if item.changes { Role::Change } else { Role::Definition };
        found.extend(index.named(target.kind, &target.name).map(|item| (item.name_at, role(item))));
        if found.is_empty() {
            return found;
        }
    }
    let uses = match target.kind {
        WordKind::Macro => ruleset.macros.iter().find(|it| it.name == target.name).map(|it| &it.uses),
        WordKind::List => ruleset.lists.iter().find(|it| it.name == target.name).map(|it| &it.uses),
        _ => None,
    };
    found.extend(uses.into_iter().flatten().map(|at| (*at, Role::Use)));
    if let WordKind::Macro | WordKind::List = target.kind {
        for item in &index.items {
            found.extend(written(index, item, target, dialect).into_iter().map(|at| (at, Role::Use)));
        }
    }
    for (at, _) in &mut found {
        *at = inner(index.files, *at);
    }
    // What defines stands before what uses; the first of the same place counts.
    let mut seen = HashSet::new();
    found.retain(|(at, _)| seen.insert(*at));
    let mut found = sorted(found, |(at, _)| at.order());
    // An item of a list that holds the name among others is the place of both.
    let exact: Vec<Loc> = found.iter().map(|(at, _)| *at).collect();
    let holds = |outer: Loc, at: Loc| {
        outer != at
            && outer.source == at.source
            && outer.span.start <= at.span.start
            && at.span.end <= outer.span.end
    };
    found.retain(|(at, _)| !exact.iter().any(|other| holds(*at, *other)));
    found
}

fn exceptions(index: &Index<'_>, target: &Target, owner: &str, found: &mut Vec<Occurrence>) {
    for item in index.named(WordKind::Rule, owner) {
        let Some(yaml) = index.yaml_of(item) else { continue };
        for (id, name) in index.exceptions(item) {
            if yaml.scalar(name) == Some(&target.name) {
                let role = if yaml.entry(id, "fields").is_some() { Role::Definition } else { Role::Change };
                found.push((Loc::new(item.at.source, yaml.node(name).span), role));
            }
        }
    }
}

/// Where an item names a macro or list, as far as its own text says.
fn written(index: &Index<'_>, item: &Item, target: &Target, dialect: Dialect) -> Vec<Loc> {
    let mut found = Vec::new();
    let scalars =
        |key: &str| index.value(item, key).map(|value| index.scalars(item, value)).unwrap_or_default();
    let mut look = |text: &Text, is_condition: bool| {
        let ranges = match target.kind {
            WordKind::Macro => macros_in(text.as_str(), &target.name, dialect),
            _ => lists_in(text.as_str(), &target.name, is_condition),
        };
        found.extend(ranges.into_iter().filter_map(|range| text.locate(range)));
    };
    if item.kind != WordKind::List {
        scalars("condition").into_iter().take(1).for_each(|id| look(&index.text(item, id), true));
    }
    if target.kind == WordKind::List {
        if item.kind == WordKind::List && *item.name != *target.name {
            for id in scalars("items") {
                look(&index.text(item, id), true);
            }
        }
        for (exception, _) in index.exceptions(item) {
            for id in values_of(index, item, exception) {
                look(&index.text(item, id), false);
            }
        }
    }
    found
}

fn values_of(index: &Index<'_>, item: &Item, exception: YamlId) -> Vec<YamlId> {
    let values = index.yaml_of(item).and_then(|yaml| yaml.entry(exception, "values"));
    values.map(|(_, values)| index.scalars(item, values)).unwrap_or_default()
}

/// A macro, before what is appended.
const BEFORE: &str = "x ";

/// Where a text names a macro. What is appended begins with `and` or `or`.
fn macros_in(text: &str, name: &str, dialect: Dialect) -> Vec<TextRange> {
    if !text.contains(name) {
        return Vec::new();
    }
    let appended = ["and", "or"].iter().any(|word| text.trim_start().starts_with(word));
    let (whole, shift) =
        if appended { (format!("{BEFORE}{text}"), BEFORE.len()) } else { (text.to_owned(), 0) };
    let parsed = parse_as(&whole, dialect);
    if parsed.error.is_none() {
        let macros = parsed.tokens.into_iter().filter(|(_, kind)| *kind == TokenKind::Macro);
        let own = macros.filter(|(range, _)| range.start as usize >= shift && range.slice(&whole) == name);
        return own
            .map(|(range, _)| TextRange::new(range.start - shift as u32, range.end - shift as u32))
            .collect();
    }
    let words = words::read(text).all.into_iter().filter(|word| word.kind == Kind::Macro);
    let own = words.filter(|word| text.get(word.range.clone()) == Some(name));
    own.map(|word| TextRange::from_usize(word.range.start, word.range.end)).collect()
}

/// Where a text names a list: as a word of its own. The values of an exception are put in quotes where they hold a blank, so that
/// only what stands alone or within parentheses is one.
fn lists_in(text: &str, name: &str, is_condition: bool) -> Vec<TextRange> {
    const DELIMITERS: [char; 8] = [' ', '\t', '\r', '\n', '(', ')', ',', '='];
    if !is_condition && text.contains(' ') && !text.starts_with(['(', '"', '\'']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split(DELIMITERS) {
        if word == name {
            found.push(TextRange::from_usize(at, at + word.len()));
        }
        at += word.len() + 1;
    }
    found
}

/// The text within the quotes of a quoted scalar.
pub(super) fn inner(files: &[Source], at: Loc) -> Loc {
    let text = files.get(at.source.index()).map_or("", |file| at.span.slice(&file.text));
    let quoted =
        ['"', '\''].iter().any(|quote| text.len() > 1 && text.starts_with(*quote) && text.ends_with(*quote));
    if !quoted {
        return at;
    }
    Loc::new(at.source, Span::new(at.span.start + 1, at.span.end - 1))
}

/// Why what is named there cannot be renamed.
pub(super) fn fixed(files: &[Source], name: &str, places: &[Occurrence]) -> Option<Message> {
    // A copy that was changed is a file like others.
    let is_base = |file: &Source| file.name == BASE_RULES_NAME && file.text == BASE_RULES;
    let base = |at: Loc| files.get(at.source.index()).is_some_and(is_base);
    if places.iter().any(|(at, _)| base(*at)) {
        return Some(say::base_rules_are_fixed(name));
    }
    let text = |at: Loc| files.get(at.source.index()).map_or("", |file| at.span.slice(&file.text));
    places.iter().any(|(at, _)| text(*at) != name).then(|| say::written_otherwise(name))
}

/// The line of a place, without blanks around it and cut.
fn line_of(workspace: &Workspace<'_>, at: Loc) -> String {
    let text = workspace.text(at.source.0);
    let (before, after) = text.split_at_checked(at.span.start as usize).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = before.len() + after.find('\n').unwrap_or(after.len());
    let line = text.get(start..end).unwrap_or("").trim();
    line.chars().take(MAX_LINE).collect()
}
