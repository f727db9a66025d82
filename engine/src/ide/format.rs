//! Tidies a rules file: items in the first column and one blank line apart, keys two columns in, long one-line conditions folded,
//! no blanks at the ends of lines. Comments, order and every value stay as they are; the result is read again, and nothing is
//! changed where it would say anything else.

use super::edited;
use super::line::{Line, lines};
use crate::catalog::Dialect;
use crate::catalog::messages::editor as say;
use crate::parse::condition::parse_as;
use crate::parse::node::{Yaml, YamlId, YamlKind, YamlStyle};
use crate::parse::yaml;
use crate::report::TokenKind;
use crate::text::{Message, Span, sorted};

/// Longer lines are folded if they are conditions.
const MAX_LINE: usize = 100;

/// The changes that make `text` tidy, in order.
///
/// # Errors
/// If the text is no YAML.
pub fn format(text: &str) -> Result<Vec<(Span, String)>, Message> {
    let file = yaml::read(text);
    if !file.problems.is_empty() {
        return Err(say::no_yaml());
    }
    let formatter = Formatter::new(text, &file.yaml);
    let edits = formatter.edits();
    let after = yaml::read(&edited(text, &edits));
    let same = after.problems.is_empty() && equal(&file.yaml, &after.yaml);
    Ok(if same { edits } else { Vec::new() })
}

/// Whether two files hold the same values, however they are written.
fn equal(a: &Yaml, b: &Yaml) -> bool {
    let value = |yaml: &Yaml| -> Vec<YamlKind> {
        let plain = |kind: &YamlKind| match kind {
            YamlKind::Scalar { value, .. } => {
                YamlKind::Scalar { value: value.clone(), style: YamlStyle::Plain }
            }
            other => other.clone(),
        };
        yaml.nodes.iter().map(|node| plain(&node.kind)).collect()
    };
    a.documents == b.documents && value(a) == value(b)
}

struct Formatter<'a> {
    text: &'a str,
    yaml: &'a Yaml,
    lines: Vec<Line<'a>>,
    /// Lines that begin within a scalar.
    inside: Vec<bool>,
    /// First and last line of each item, and the columns of its dash and keys.
    items: Vec<Item>,
    line_end: &'static str,
}

#[derive(Clone, Copy)]
struct Item {
    id: YamlId,
    first: usize,
    last: usize,
    dash: usize,
    keys: usize,
}

impl<'a> Formatter<'a> {
    fn new(text: &'a str, yaml: &'a Yaml) -> Self {
        let lines: Vec<Line<'a>> = lines(text).collect();
        let line_of = |offset: u32| lines.partition_point(|line| line.start <= offset as usize).max(1) - 1;
        let mut inside = vec![false; lines.len()];
        for node in &yaml.nodes {
            if let YamlKind::Scalar { .. } = node.kind {
                let (first, last) = (line_of(node.span.start), line_of(node.span.end));
                inside.iter_mut().take(last + 1).skip(first + 1).for_each(|line| *line = true);
            }
        }
        let mut items = Vec::new();
        // Between documents nothing is moved.
        let root = yaml.documents.first().filter(|_| yaml.documents.len() == 1);
        for &id in root.and_then(|root| yaml.sequence(*root)).unwrap_or_default() {
            let span = yaml.node(id).span;
            let first = line_of(span.start);
            let Some(line) = lines.get(first).filter(|line| line.is_entry() && yaml.mapping(id).is_some())
            else {
                continue;
            };
            let keys = span.start as usize - line.start;
            let last = line_of(span.end.max(span.start + 1) - 1);
            if keys == line.indent + line.dash_len() {
                items.push(Item { id, first, last, dash: line.indent, keys });
            }
        }
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Self { text, yaml, lines, inside, items, line_end }
    }

    fn edits(&self) -> Vec<(Span, String)> {
        let mut edits = Vec::new();
        for item in &self.items {
            self.indent(item, &mut edits);
            self.keys(item, &mut edits);
        }
        for pair in self.items.windows(2) {
            if let [above, below] = pair {
                self.gap(above, below, &mut edits);
            }
        }
        self.outside(&mut edits);
        self.ends(&mut edits);
        edits.retain(|(span, insert)| span.slice(self.text) != insert);
        let mut edits = sorted(edits, |(span, _)| span.order());
        // Only where two rules meet, such as blanks at the end of a line that is folded: the first has it.
        let mut end = 0;
        edits.retain(|(span, _)| {
            let apart = span.start >= end;
            end = if apart { span.end } else { end };
            apart
        });
        edits
    }

    /// Moves an item's dash to the first column, if all of them can be, and its keys two columns in.
    fn indent(&self, item: &Item, edits: &mut Vec<(Span, String)>) {
        let keys = self.keys_at(item);
        let dash = keys - 2;
        let Some(first) = self.lines.get(item.first) else { return };
        edits.push((
            Span::from_usize(first.start, first.start + item.keys),
            format!("{}- ", " ".repeat(dash)),
        ));
        for line in self.lines.iter().take(item.last + 1).skip(item.first + 1) {
            if line.start == line.end {
                continue;
            }
            // A line within a quoted text can stand anywhere.
            let to = (line.indent + keys).saturating_sub(item.keys);
            let place = Span::from_usize(line.start, line.start + line.indent);
            edits.push((place, " ".repeat(to)));
        }
    }

    /// One blank behind a key's colon; long conditions on several lines.
    fn keys(&self, item: &Item, edits: &mut Vec<(Span, String)>) {
        for (key, value) in self.yaml.mapping(item.id).unwrap_or_default() {
            let (key_at, value_at) = (self.yaml.node(*key).span, self.yaml.node(*value).span);
            let gap = Span { start: key_at.end, end: value_at.start };
            let between = gap.slice(self.text);
            // An alias stands elsewhere, a longer gap holds a tag, an anchor or a line end.
            let blank = between
                .strip_prefix(':')
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b == b' '));
            if !blank || value_at.start < key_at.end {
                continue;
            }
            edits.push((gap, ": ".to_owned()));
            if self.yaml.key_text(*key) == Some("condition") {
                edits.extend(self.folded(*value));
            }
        }
    }

    /// A long condition on one line, folded before each `and` and `or` that is in no parentheses.
    fn folded(&self, value: YamlId) -> Option<(Span, String)> {
        let node = self.yaml.node(value);
        let YamlKind::Scalar { value, style: YamlStyle::Plain } = &node.kind else { return None };
        let written = node.span.slice(self.text);
        let line = self
            .lines
            .iter()
            .find(|line| line.start <= node.span.start as usize && node.span.end as usize <= line.end)?;
        let alone = line.start + line.indent + line.content.len() == node.span.end as usize;
        if written != &**value || !alone || line.content.chars().count() + line.indent <= MAX_LINE {
            return None;
        }
        let parsed = parse_as(value, Dialect::Course);
        if parsed.error.is_some() {
            return None;
        }
        let mut depth = 0;
        let mut cuts = Vec::new();
        for (range, kind) in &parsed.tokens {
            match (kind, range.slice(value)) {
                (TokenKind::Punctuation, "(") => depth += 1,
                (TokenKind::Punctuation, ")") => depth -= 1,
                (TokenKind::Logic, "and" | "or") if depth == 0 => {
                    // Only a single blank is the same as a line end.
                    let before = value.get(..range.start as usize).unwrap_or("");
                    let single = before.ends_with(' ') && !before.trim_end_matches(' ').is_empty();
                    if single && before.trim_end().len() + 1 == before.len() {
                        cuts.push(range.start as usize);
                    }
                }
                _ => {}
            }
        }
        if cuts.is_empty() {
            return None;
        }
        let indent = " ".repeat(4);
        let mut out = String::from(">-");
        let mut from = 0;
        for cut in cuts.into_iter().chain([value.len()]) {
            let part = value.get(from..cut).unwrap_or("");
            out.extend([self.line_end, &indent, part.trim_end_matches(' ')]);
            from = cut;
        }
        Some((node.span, out))
    }

    /// Between two items one blank line, above the comments that stand right above the lower one.
    fn gap(&self, above: &Item, below: &Item, edits: &mut Vec<(Span, String)>) {
        let Some(lines) = self.lines.get(above.last + 1..below.first) else { return };
        let apart = lines.iter().any(|line| !line.is_blank() || line.content.is_empty());
        if apart || self.keeps_line_ends(above) {
            return;
        }
        let own = lines.iter().rev().take_while(|line| line.indent < above.keys).count();
        let first = lines.get(lines.len() - own).or_else(|| self.lines.get(below.first));
        let at = first.map(|line| Span::from_usize(line.start, line.start));
        edits.extend(at.map(|at| (at, self.line_end.to_owned())));
    }

    /// What stands outside of items: no blank line at the start and no two in a row, comments as far in as what they are about.
    fn outside(&self, edits: &mut Vec<(Span, String)>) {
        let mut above: Option<&Item> = None;
        let mut items = self.items.iter().peekable();
        let mut blank_before = true;
        for (at, line) in self.lines.iter().enumerate() {
            while let Some(item) = items.next_if(|item| item.first <= at) {
                above = Some(item);
            }
            if above.is_some_and(|item| at <= item.last || self.keeps_line_ends(item)) {
                blank_before = false;
                continue;
            }
            let blank = line.content.is_empty();
            if blank && blank_before {
                edits.push((Span::from_usize(line.start, self.next_start(line)), String::new()));
            }
            blank_before = blank;
            if line.content.starts_with('#') && !self.inside.get(at).copied().unwrap_or(false) {
                let within = above.filter(|item| line.indent >= item.keys);
                let to = match within {
                    Some(item) => (line.indent + self.keys_at(item)).saturating_sub(item.keys),
                    None => line.indent.saturating_sub(self.moved()),
                };
                edits.push((Span::from_usize(line.start, line.start + line.indent), " ".repeat(to)));
            }
        }
    }

    /// Columns by which all items move to the left.
    fn moved(&self) -> usize {
        let first = self.items.first().map_or(0, |item| item.dash);
        if self.items.iter().all(|item| item.dash == first) { first } else { 0 }
    }

    /// Column at which the keys of an item come to stand.
    fn keys_at(&self, item: &Item) -> usize {
        item.dash.saturating_sub(self.moved()) + 2
    }

    fn next_start(&self, line: &Line<'_>) -> usize {
        let after = self.text.get(line.end..).unwrap_or("");
        line.end + after.find('\n').map_or(after.len(), |at| at + 1)
    }

    /// Whether the item ends in a block whose line ends count (`|+`).
    fn keeps_line_ends(&self, item: &Item) -> bool {
        let lines = self.lines.get(item.first..=item.last).unwrap_or_default();
        let header = lines.iter().rev().find(|line| line.content.contains(['|', '>']));
        header.is_some_and(|line| line.content.contains('+'))
    }

    /// No blanks at the ends of lines, none but one line end at that of the file.
    fn ends(&self, edits: &mut Vec<(Span, String)>) {
        let last = self.lines.iter().rposition(|line| !line.content.is_empty());
        for (at, line) in self.lines.iter().enumerate() {
            let own = line.start + line.indent + line.content.len();
            let next_inside = self.inside.get(at + 1).copied().unwrap_or(false);
            let inside = self.inside.get(at).copied().unwrap_or(false);
            let header = line.content.ends_with(['|', '>', '-', '+']) && next_inside;
            if line.end > own && !inside && (!next_inside || header) && !line.content.is_empty() {
                edits.push((Span::from_usize(own, line.end), String::new()));
            }
        }
        let (Some(last), Some(item)) = (last, self.items.last()) else { return };
        let Some(line) = self.lines.get(last) else { return };
        let inside = self.inside.get(last).copied().unwrap_or(false);
        if (last == item.last && self.keeps_line_ends(item)) || (inside && line.end == self.text.len()) {
            return;
        }
        edits.push((Span::from_usize(line.end, self.text.len()), self.line_end.to_owned()));
    }
}
