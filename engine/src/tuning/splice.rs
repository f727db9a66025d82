//! Changes of a YAML text, one node at a time: a scalar replaced, an item or entry added or removed, in block and in flow
//! style. Everything else stays as it was written. `None` where that is not possible.

use crate::parse::node::{Yaml, YamlId, YamlKind, YamlStyle};
use crate::parse::quote;
use crate::text::Span;

/// A text and what it says.
#[derive(Clone, Copy)]
pub(super) struct Splice<'a> {
    pub(super) text: &'a str,
    pub(super) yaml: &'a Yaml,
}

/// Places and new texts.
pub(super) type Changes = Vec<(Span, String)>;

impl<'a> Splice<'a> {
    pub(super) fn span(self, id: YamlId) -> Span {
        self.yaml.node(id).span
    }

    /// Whether a collection is written in brackets.
    pub(super) fn is_flow(self, id: YamlId) -> bool {
        self.span(id).slice(self.text).starts_with(['[', '{'])
    }

    /// A node that is written where it stands: an alias has the id of its anchor, which stands before what it is in.
    fn here(self, id: YamlId, outer: YamlId) -> Option<Span> {
        (id > outer).then(|| self.span(id))
    }

    fn line_start(self, at: u32) -> u32 {
        let before = self.text.get(..at as usize).unwrap_or("");
        before.rfind('\n').map_or(0, |line| line as u32 + 1)
    }

    /// The end of the line, without its line end.
    pub(super) fn line_end(self, at: u32) -> u32 {
        let rest = self.text.get(at as usize..).unwrap_or("");
        let end = rest.find('\n').unwrap_or(rest.len());
        at + rest.get(..end).unwrap_or("").trim_end_matches('\r').len() as u32
    }

    /// The start of the next line, or the end of the text.
    fn next_line(self, at: u32) -> u32 {
        let rest = self.text.get(at as usize..).unwrap_or("");
        at + rest.find('\n').map_or(rest.len(), |line| line + 1) as u32
    }

    /// What stands before `at` on its line.
    fn lead(self, at: u32) -> &'a str {
        Span::new(self.line_start(at), at).slice(self.text)
    }

    fn first_on_line(self, at: u32) -> bool {
        self.lead(at).trim().is_empty()
    }

    /// What stands between `at` and the end of its line is nothing, or `allowed` characters and a comment.
    fn last_on_line(self, at: u32, allowed: &[char]) -> bool {
        let rest = Span::new(at, self.line_end(at)).slice(self.text);
        let rest = rest.trim_start_matches(|c: char| c == ' ' || allowed.contains(&c));
        rest.is_empty() || rest.starts_with('#')
    }

    /// Puts another text into a scalar, in the quotes that it has; or another flow value in the place of any node.
    pub(super) fn replace(self, id: YamlId, outer: YamlId, new: &str, scalar: bool) -> Option<Changes> {
        let at = self.here(id, outer)?;
        let style = match &self.yaml.node(id).kind {
            YamlKind::Scalar { style, .. } if scalar => *style,
            _ => return Some(vec![(at, if scalar { quote::scalar(new) } else { new.to_owned() })]),
        };
        let written = match style {
            YamlStyle::Single if !new.contains(char::is_control) => quote::single(new),
            YamlStyle::Single | YamlStyle::Double => quote::double(new),
            YamlStyle::Plain | YamlStyle::Literal | YamlStyle::Folded => quote::scalar(new),
        };
        Some(vec![(at, written)])
    }

    /// The indentation of the items of a block sequence, up to their dash.
    pub(super) fn dash(self, sequence: YamlId) -> Option<String> {
        let items = self.yaml.sequence(sequence)?;
        let mut dashes = items.iter().filter_map(|item| self.dash_before(self.here(*item, sequence)?.start));
        let at = dashes.next_back()?;
        Some(self.lead(at).chars().map(|_| ' ').collect())
    }

    fn dash_before(self, item: u32) -> Option<u32> {
        let lead = self.lead(item);
        let lead = lead.trim_end();
        // A block collection begins at its own first dash.
        lead.ends_with('-').then(|| self.line_start(item) + lead.len() as u32 - 1)
    }

    /// Adds an item, written in flow style, behind the others of the sequence under `key`.
    pub(super) fn push(self, key: YamlId, sequence: YamlId, item: &str) -> Option<Changes> {
        self.push_lines(key, sequence, &[item.to_owned()], item)
    }

    /// The same with an item that has several lines in block style.
    pub(super) fn push_lines(
        self,
        key: YamlId,
        sequence: YamlId,
        block: &[String],
        flow: &str,
    ) -> Option<Changes> {
        let at = self.here(sequence, key)?;
        let items = match &self.yaml.node(sequence).kind {
            YamlKind::Null if at.is_empty() => return Some(vec![(at, format!(" [{flow}]"))]),
            YamlKind::Null => return Some(vec![(at, format!("[{flow}]"))]),
            YamlKind::Sequence(items) => items,
            _ => return None,
        };
        let Some(last) = items.last() else {
            return Some(vec![(at, format!("[{flow}]"))]);
        };
        let last = self.here(*last, sequence)?;
        if !self.is_flow(sequence) {
            let indent = self.dash(sequence)?;
            let end = self.line_end(last.end);
            let lines = block.join(&format!("\n{indent}  "));
            return Some(vec![(Span::new(end, end), format!("\n{indent}- {lines}"))]);
        }
        let end = Span::new(last.end, last.end);
        let rest = Span::new(last.end, at.end).slice(self.text).trim_start();
        let comma = if rest.starts_with(',') { "" } else { "," };
        if self.first_on_line(last.start) && self.last_on_line(last.end, &[',']) {
            let line = self.line_end(last.end);
            let new = format!("\n{}{flow}", self.lead(last.start));
            if line == last.end {
                return Some(vec![(end, comma.to_owned() + &new)]);
            }
            let line = (Span::new(line, line), new);
            let comma = (end, comma.to_owned());
            return Some(if comma.1.is_empty() { vec![line] } else { vec![comma, line] });
        }
        Some(vec![(end, format!(", {flow}"))])
    }

    /// Takes item `at` out of the sequence under `key`; of a sequence at the top there is no key.
    pub(super) fn remove(self, key: Option<YamlId>, sequence: YamlId, at: usize) -> Option<Changes> {
        let items = self.yaml.sequence(sequence)?;
        let span = self.here(*items.get(at)?, sequence)?;
        let empty = String::new();
        if self.is_flow(sequence) {
            let outer = self.here(sequence, key?)?;
            if items.len() == 1 {
                return Some(vec![(outer, "[]".to_owned())]);
            }
            if self.first_on_line(span.start) && self.last_on_line(span.end, &[',']) {
                return Some(vec![(Span::new(self.line_start(span.start), self.next_line(span.end)), empty)]);
            }
            let cut = match items.get(at + 1) {
                Some(next) => Span::new(span.start, self.here(*next, sequence)?.start),
                None => Span::new(self.here(*items.get(at.checked_sub(1)?)?, sequence)?.end, span.end),
            };
            return Some(vec![(cut, empty)]);
        }
        let dash = self.dash_before(span.start)?;
        if !self.first_on_line(dash) {
            let next = self.dash_before(self.here(*items.get(at + 1)?, sequence)?.start)?;
            return Some(vec![(Span::new(dash, next), empty)]);
        }
        let lines = Span::new(self.line_start(dash), self.next_line(span.end));
        match key.filter(|_| items.len() == 1) {
            None => Some(vec![(lines, empty)]),
            Some(key) => {
                let colon = self.colon(key)?;
                Some(vec![(Span::new(colon, colon), " []".to_owned()), (lines, empty)])
            }
        }
    }

    /// Behind the colon of a key.
    fn colon(self, key: YamlId) -> Option<u32> {
        let end = self.span(key).end;
        let rest = self.text.get(end as usize..)?;
        let gap = rest.find(|c| c != ' ')?;
        rest.get(gap..)?.starts_with(':').then_some(end + gap as u32 + 1)
    }

    /// Adds an entry to a mapping, behind that of key `after` or behind all.
    pub(super) fn entry(
        self,
        mapping: YamlId,
        after: Option<&str>,
        block: &str,
        flow: &str,
    ) -> Option<Changes> {
        let entries = self.yaml.mapping(mapping)?;
        let (first, _) = *entries.first()?;
        let found = after.and_then(|after| self.yaml.entry(mapping, after));
        let (key, value) = found.or(entries.last().copied())?;
        // An alias stands elsewhere; what is behind it is not known.
        let end = self.here(value, key)?.end;
        if self.is_flow(mapping) {
            return Some(vec![(Span::new(end, end), format!(", {flow}"))]);
        }
        let line = self.line_end(end);
        let indent = self.key_indent(first);
        let block = block.replace('\n', &format!("\n{indent}"));
        self.last_on_line(end, &[]).then(|| vec![(Span::new(line, line), format!("\n{indent}{block}"))])
    }

    /// The indentation of the keys of a block mapping.
    pub(super) fn key_indent(self, first: YamlId) -> String {
        self.lead(self.span(first).start).chars().map(|_| ' ').collect()
    }

    /// Takes an entry out of a block mapping where it has lines of its own; elsewhere its value becomes an empty list.
    pub(super) fn remove_entry(self, key: YamlId, value: YamlId) -> Option<Changes> {
        let (name, at) = (self.span(key), self.here(value, key)?);
        if self.first_on_line(name.start) && self.last_on_line(at.end, &[]) {
            let lines = Span::new(self.line_start(name.start), self.next_line(at.end));
            return Some(vec![(lines, String::new())]);
        }
        if self.is_flow(value) {
            return Some(vec![(at, "[]".to_owned())]);
        }
        None
    }
}
