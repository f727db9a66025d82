//! Edits put into the files, and whether the files then say what was wanted and nothing else.

use super::Rules;
use super::table::{self, Exception};
use crate::catalog::messages::tuning as say;
use crate::resolve::ruleset::{Rule, Ruleset};
use crate::resolve::{Loaded, load_with};
use crate::text::{Diagnostic, Edit, Message, Severity, Source};

/// The files with edits, which are sorted and do not overlap. `None` where they do.
pub(super) fn applied(files: &[Source], edits: &[Edit]) -> Option<Vec<Source>> {
    let mut files = files.to_vec();
    let mut end = u64::MAX;
    for edit in edits.iter().rev() {
        let file = files.get_mut(edit.at.source.index())?;
        let span = edit.at.span;
        let here = |offset: u32| (u64::from(edit.at.source.0) << 32) | u64::from(offset);
        if here(span.end) > end {
            return None;
        }
        end = here(span.start);
        let range = span.start as usize..span.end as usize;
        file.text.get(range.clone())?;
        file.text.replace_range(range, &edit.insert);
    }
    Some(files)
}

/// Reads the files with the edits. An error if something is wrong that was not wrong before.
pub(super) fn read_back(rules: &Rules<'_>, edits: &[Edit]) -> Result<Loaded, Message> {
    let files = applied(rules.files, edits).ok_or_else(say::other_way)?;
    let after = load_with(&files, rules.dialect, rules.config);
    let before = rules.loaded;
    let known = |problem: &&Diagnostic| {
        before
            .diagnostics
            .iter()
            .any(|old| old.code.name == problem.code.name && old.message == problem.message)
    };
    let errors = |loaded: &Loaded| loaded.diagnostics.iter().filter(|problem| is_error(problem)).count();
    if errors(&after) > errors(before) {
        let new =
            after.diagnostics.iter().filter(|problem| is_error(problem)).find(|problem| !known(problem));
        return Err(new.map_or_else(say::other_way, |problem| problem.message.clone()));
    }
    Ok(after)
}

/// The same. An error also unless the rule at `rule` then has the exceptions `wanted`, and everything else is as it was.
pub(super) fn tried(
    rules: &Rules<'_>,
    rule: usize,
    edits: &[Edit],
    wanted: Vec<Exception>,
) -> Result<Loaded, Message> {
    let (before, after) = (rules.loaded, read_back(rules, edits)?);
    let same = before.ruleset.rules.len() == after.ruleset.rules.len()
        && definitions(&before.ruleset) == definitions(&after.ruleset)
        && before.ruleset.rules.iter().zip(&after.ruleset.rules).enumerate().all(|(at, (old, new))| {
            face(old) == face(new) && (at == rule || old.condition.as_str() == new.condition.as_str())
        });
    let now = after.ruleset.rules.get(rule).and_then(table::of).map(table::sorted);
    if !same || now != Some(table::sorted(wanted)) {
        return Err(say::other_way());
    }
    Ok(after)
}

fn is_error(problem: &Diagnostic) -> bool {
    problem.severity == Severity::Error
}

/// What an edit of exceptions leaves alone.
fn face(rule: &Rule) -> impl PartialEq + '_ {
    let texts = (&rule.name, &rule.source, &rule.desc, &rule.tags, rule.output.as_str());
    (texts, rule.priority, rule.enabled, rule.status)
}

/// Macros and lists.
fn definitions(ruleset: &Ruleset) -> impl PartialEq + '_ {
    let macros: Vec<_> =
        ruleset.macros.iter().map(|one| (one.name.as_str(), one.condition.as_str())).collect();
    let items = |list: &'_ crate::resolve::ruleset::List| -> Vec<String> {
        list.items.iter().map(|item| item.value.to_string()).collect()
    };
    let lists: Vec<_> = ruleset.lists.iter().map(|list| (list.name.as_str(), items(list))).collect();
    (macros, lists)
}
