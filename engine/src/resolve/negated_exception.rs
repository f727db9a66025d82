//! An exception with `not in`, which Falco refuses, as a part of the condition, which says the same.

use super::decode::Reading;
use super::definitions::ExceptionDef;
use super::exceptions;
use crate::catalog::Dialect;
use crate::catalog::messages::course as say;
use crate::parse::ast::NodeKind;
use crate::parse::condition;
use crate::parse::node::{YamlId, YamlStyle};
use crate::text::{Applicability, Edit, Fix, Loc, Span, sorted};

/// Moves `exception` of the rule item `rule` into the condition of that item. `None` where one of the two is written in a
/// way that does not allow it.
pub(super) fn move_to_condition(
    reading: &Reading<'_>,
    rule: YamlId,
    exception: &ExceptionDef,
) -> Option<Fix> {
    let written = exceptions::alone(exception, Dialect::Course)?;
    condition::parse_as(&written, Dialect::Course).error.is_none().then_some(())?;
    let edits =
        vec![append(reading, rule, &format!("and not {written}"))?, remove(reading, rule, exception)?];
    let edits = sorted(edits, |edit| edit.at.span.start);
    Some(Fix { title: say::move_to_condition(), edits, applicability: Applicability::Unsafe })
}

/// Adds a part to the condition.
fn append(reading: &Reading<'_>, rule: YamlId, part: &str) -> Option<Edit> {
    let value = reading.value(rule, "condition")?;
    let text = reading.yaml.scalar(value)?;
    let parsed = condition::parse_as(text, Dialect::Course);
    let root = &parsed.condition.node(parsed.condition.root)?.kind;
    // Behind an `or` it would belong to the last part only.
    if matches!(root, NodeKind::Or(_) | NodeKind::Error) {
        return None;
    }
    let node = reading.yaml.node(value);
    let whole = node.span.slice(reading.text);
    let end = node.span.start + whole.trim_end().len() as u32;
    let insert = if whole.starts_with(['>', '|']) {
        let line = reading.lines.line_start(reading.lines.line(end));
        let last = Span::new(line, end).slice(reading.text);
        let indent = last.get(..last.len() - last.trim_start().len())?;
        format!("\n{indent}{part}")
    } else {
        let plain =
            matches!(&node.kind, crate::parse::node::YamlKind::Scalar { style: YamlStyle::Plain, .. });
        let safe = plain && !part.contains(": ") && !part.contains(" #");
        safe.then(|| format!(" {part}"))?
    };
    Some(Edit { at: Loc::new(reading.file, Span::new(end, end)), insert })
}

/// Takes an exception out of the item, and with the last one the key.
fn remove(reading: &Reading<'_>, rule: YamlId, exception: &ExceptionDef) -> Option<Edit> {
    let (key, list) = reading.yaml.entry(rule, "exceptions")?;
    let items = reading.yaml.sequence(list)?;
    let named = |item: &&YamlId| {
        reading.value(**item, "name").is_some_and(|name| reading.loc(name) == exception.name_at)
    };
    let item = *items.iter().find(named)?;
    let start = if items.len() == 1 { key } else { item };
    let start = reading.yaml.node(start).span.start;
    let line = reading.lines.line_start(reading.lines.line(start));
    // Alone on its lines: as `- name: …` in a list, or as a key that is not the first of its item.
    let lead = Span::new(line, start).slice(reading.text).trim();
    if lead != if items.len() == 1 { "" } else { "-" } {
        return None;
    }
    let span = reading.yaml.node(item).span;
    let end = span.start + span.slice(reading.text).trim_end().len() as u32;
    let rest = reading.text.get(end as usize..)?;
    let (tail, next) = rest.split_once('\n').map_or((rest, rest.len()), |(tail, _)| (tail, tail.len() + 1));
    let tail = tail.trim();
    if !tail.is_empty() && !tail.starts_with('#') {
        return None;
    }
    let at = Span::new(line, end + next as u32);
    Some(Edit { at: Loc::new(reading.file, at), insert: String::new() })
}
