//! Reads YAML: text to nodes with places, and what is wrong with it. The only file that uses the YAML parser. What is
//! done after a syntax error stands in [`recover`](super::recover).

use super::node::{Yaml, YamlId, YamlKind, YamlNode, YamlStyle};
use super::recover;
use crate::catalog::codes;
use crate::catalog::messages::rules as messages;
use crate::text::{Applicability, Diagnostic, Fix, Loc, Message, Severity, SourceId, Span};
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag};
use std::collections::HashMap;

/// Larger files are refused: nobody writes them, and offsets stay far below `u32::MAX`.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;
/// Collections may stand in each other this deep, counted for block and for flow style apart.
pub const MAX_DEPTH: usize = 128;
/// Nodes that aliases may add, counted as if they were written out.
pub const MAX_ALIASED_NODES: usize = 100_000;
/// Problems reported for one file; the rest would only repeat the first ones.
pub const MAX_PROBLEMS: usize = 50;

/// Something that is not well-formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlProblem {
    /// Where.
    pub at: Span,
    /// Where Falco's YAML reader notices it, if it does.
    pub mark: u32,
    /// What.
    pub message: Message,
    /// Why.
    pub notes: Vec<Message>,
    /// Text that mends it: title, place, new text.
    pub fix: Option<(Message, Span, String)>,
    /// Whether Falco refuses the file because of it.
    pub refused: bool,
}

impl YamlProblem {
    /// The same as a diagnostic about `file`; what Falco does not refuse is a warning.
    pub fn diagnostic(self, file: SourceId) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(&codes::YAML_SYNTAX, Loc::new(file, self.at), self.message);
        diagnostic.notes = self.notes;
        if let Some((title, span, insert)) = self.fix {
            let fix = Fix::replace(title, Loc::new(file, span), insert, Applicability::Unsafe);
            diagnostic.fixes.push(fix);
        }
        if !self.refused {
            diagnostic.severity = Severity::Warning;
        }
        diagnostic
    }
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct YamlFile {
    /// The nodes. After a syntax error: one document with all items that could be read.
    pub yaml: Yaml,
    /// What is wrong, in the order of the text.
    pub problems: Vec<YamlProblem>,
    /// The file as Falco's YAML reader sees it, where that is another one: an open quote takes in all that follows.
    pub as_falco: Option<Box<YamlFile>>,
}

/// Reads `text`.
pub fn read(text: &str) -> YamlFile {
    if let Some(problem) = unreadable(text) {
        return YamlFile { problems: vec![problem], ..YamlFile::default() };
    }
    let mut whole = Reader::default();
    match whole.read(text, 0) {
        Ok(()) => {
            if ends_at_once(text) {
                whole.yaml.documents.clear();
            }
            YamlFile { yaml: whole.yaml, ..YamlFile::default() }
        }
        Err(first) => recover::recover(text, &first),
    }
}

/// Falco's YAML reader takes a `...` at the start as an empty document, and reads nothing after one.
fn ends_at_once(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_end);
    lines.find(|line| !line.is_empty() && !line.trim_start().starts_with('#')) == Some("...")
}

/// What cannot be YAML at all: too large, or not text.
fn unreadable(text: &str) -> Option<YamlProblem> {
    let refuse = |at: Span, message| {
        let mark = at.start;
        Some(YamlProblem { at, mark, message, notes: Vec::new(), fix: None, refused: true })
    };
    if text.len() > MAX_FILE_BYTES {
        return refuse(Span::new(0, 0), messages::file_too_large((MAX_FILE_BYTES >> 20).to_string()));
    }
    let control = |byte: u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f;
    let at = text.bytes().position(control)?;
    let code = text.as_bytes().get(at).copied().unwrap_or_default();
    refuse(Span::from_usize(at, at + 1), messages::control_character(format!("{code:#04x}")))
}

/// A syntax error: where reading stopped.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    /// Where.
    pub(super) offset: usize,
    /// Where Falco's YAML reader notices it: what is not closed, at the end of the text.
    pub(super) noticed: usize,
    /// What Falco's YAML reader might do about it.
    pub(super) cause: Cause,
    message: Message,
    notes: Vec<Message>,
}

/// The errors that Falco's YAML reader does not always see as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// A quote is not closed before the end of the text.
    UnclosedQuote,
    /// Something other than an item stands in a flow collection.
    NoFlowItem,
    /// Something other than an item stands at an item's place.
    NoItem,
    /// Something follows the end of a document.
    NoDocument,
    /// Any other.
    Other,
}

impl Failure {
    fn new(error: &ScanError, base: usize, text: &str) -> Self {
        let mut at = error.marker().byte_offset().unwrap_or(0);
        if matches!(error.kind(), ErrorKind::TabInPlainScalar | ErrorKind::TabInIndentation)
            && let Some(line) = text.get(at..).and_then(|rest| rest.find("\n\t"))
        {
            // The parser names the start of what the tab ends.
            at += line + 1;
        }
        let (message, notes) = explain(error.kind(), shown(text, at).slice(text));
        let cause = match error.kind() {
            ErrorKind::UnclosedQuotedScalar => Cause::UnclosedQuote,
            ErrorKind::UnexpectedEofImplicitFlowMapping => Cause::NoFlowItem,
            ErrorKind::ExpectedBlockSequenceEntry => Cause::NoItem,
            ErrorKind::ExpectedDocumentStart => Cause::NoDocument,
            _ => Cause::Other,
        };
        let unclosed = matches!(
            error.kind(),
            ErrorKind::UnclosedQuotedScalar
                | ErrorKind::UnclosedFlowCollection { .. }
                | ErrorKind::UnexpectedEofFlowSequence
                | ErrorKind::UnexpectedEofFlowMapping
        );
        let noticed = base + if unclosed { text.len() } else { at };
        Self { offset: base + at, noticed, cause, message, notes }
    }

    fn other(offset: usize, message: Message) -> Self {
        Self { offset, noticed: offset, cause: Cause::Other, message, notes: Vec::new() }
    }

    /// The same as a problem of `text`, the whole file.
    pub(super) fn problem(self, text: &str) -> YamlProblem {
        let at = shown(text, self.offset);
        let mark = self.noticed.min(text.len()) as u32;
        YamlProblem { at, mark, message: self.message, notes: self.notes, fix: None, refused: true }
    }
}

/// The place to show for an error at `offset`: the word there, or the last character before where there is none.
fn shown(text: &str, offset: usize) -> Span {
    let offset = offset.min(text.len());
    let rest = text.get(offset..).unwrap_or("");
    if rest.starts_with('\t') {
        return Span::from_usize(offset, offset + 1);
    }
    if let Some(first) = rest.chars().next().filter(|c| !c.is_whitespace()) {
        let more = rest.get(first.len_utf8()..).unwrap_or("");
        let word = more.find(|c: char| c.is_whitespace() || ",]}".contains(c)).unwrap_or(more.len());
        return Span::from_usize(offset, offset + first.len_utf8() + word);
    }
    let before = text.get(..offset).unwrap_or("").trim_end();
    let last = before.chars().next_back().map_or(0, char::len_utf8);
    Span::from_usize(before.len() - last, before.len())
}

/// The parser's words in ours.
fn explain(kind: &ErrorKind, word: &str) -> (Message, Vec<Message>) {
    use ErrorKind as E;
    match kind {
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => (messages::unclosed_quote(), vec![]),
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            (messages::text_after_quote(word), vec![messages::quote_the_whole()])
        }
        E::MappingValueNotAllowed | E::MappingKeyNotAllowed => {
            (messages::colon_not_allowed(), vec![messages::colon_needs_quotes()])
        }
        E::SimpleKeyExpected | E::InvalidSimpleKey => (messages::key_without_colon(word), vec![]),
        E::TabInIndentation | E::TabInBlockIndentation | E::TabNotAllowed | E::TabInPlainScalar => {
            (messages::tab_as_indentation(), vec![])
        }
        E::UnexpectedCharacter { character } => {
            (messages::character_cannot_start(character.to_string()), vec![messages::quote_the_value()])
        }
        E::RecursionLimitExceeded => (messages::yaml_too_deep(MAX_DEPTH.to_string()), vec![]),
        E::UnknownAnchor => (messages::unknown_alias(word), vec![]),
        E::MisplacedFlowCollectionEnd | E::MismatchedFlowCollectionEnd { .. } => {
            (messages::bracket_without_start(word), vec![])
        }
        E::UnclosedFlowCollection { open } => (messages::unclosed_bracket(open.to_string()), vec![]),
        E::UnexpectedEofFlowSequence | E::ExpectedFlowSequenceSeparator => {
            (messages::unclosed_bracket("["), vec![])
        }
        E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::ExpectedFlowMappingSeparator => (messages::unclosed_bracket("{"), vec![]),
        E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::InvalidIndentation
        | E::InvalidBlockScalarIndent
        | E::InvalidQuotedScalarIndent
        | E::InvalidFlowScalarIndent => {
            (messages::wrong_indentation(), vec![messages::indent_like_neighbours()])
        }
        E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => {
            (messages::dash_not_allowed(), vec![])
        }
        E::UnknownQuotedScalarEscape | E::InvalidQuotedScalarHexEscape | E::InvalidUnicodeEscape => {
            (messages::unknown_escape(), vec![messages::single_quotes_have_no_escapes()])
        }
        other => (messages::yaml_other(other.to_string()), vec![]),
    }
}

/// Builds nodes from the parser's events.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) yaml: Yaml,
    open: Vec<Open>,
    /// Node of each anchor, and whether it is closed: while it is open it cannot be referred to.
    anchors: HashMap<usize, (YamlId, bool)>,
    /// The newest node of each anchor name, over all texts read.
    names: HashMap<String, YamlId>,
    /// Nodes of each node's tree if aliases were written out, by position.
    sizes: Vec<usize>,
    aliased: usize,
    /// Where the last scalar or bracket ended.
    last_end: usize,
    base: usize,
    /// Whether aliases may refer to anchors of texts read before.
    keep_unresolved: bool,
}

/// A collection that is being read.
struct Open {
    id: YamlId,
    key: Option<YamlId>,
    anchor: usize,
}

impl Reader {
    /// A reader for several texts of one file.
    pub(super) fn for_items() -> Self {
        Self { keep_unresolved: true, ..Self::default() }
    }

    /// Reads `text`, which starts at offset `base` of its file. After an error the nodes so far are closed, as
    /// not complete.
    pub(super) fn read(&mut self, text: &str, base: usize) -> Result<(), Failure> {
        self.base = base;
        self.last_end = 0;
        self.anchors.clear();
        let mut options = granit_parser::options! {
            emit_unresolved_aliases: self.keep_unresolved,
            emit_anchor_events: self.keep_unresolved,
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
        };
        options.set_emit_comments(false);
        let mut parser = Parser::new_from_str_with_options(text, options);
        let mut result = Ok(());
        while let Some(event) = parser.next_event() {
            let step = match event {
                Ok((event, span)) => self.event(event, &span, text),
                Err(error) => Err(Failure::new(&error, base, text)),
            };
            if step.is_err() {
                result = step;
                break;
            }
        }
        while let Some(open) = self.open.pop() {
            self.close(&open, false, None);
        }
        result
    }

    fn event(&mut self, event: Event<'_>, span: &granit_parser::Span, text: &str) -> Result<(), Failure> {
        let start = span.start.byte_offset().unwrap_or(0);
        let end = span.end.byte_offset().unwrap_or(start);
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let id = self.scalar(value.into(), style, tag.as_deref(), (start, end), span.indent, text);
                self.last_end = end;
                self.anchor(anchor, id, true);
                self.attach(id);
            }
            Event::SequenceStart(style, anchor, _) => {
                self.start(
                    YamlKind::Sequence(Vec::new()),
                    style == StructureStyle::Flow,
                    anchor,
                    (start, end),
                );
            }
            Event::MappingStart(style, anchor, _) => {
                self.start(
                    YamlKind::Mapping(Vec::new()),
                    style == StructureStyle::Flow,
                    anchor,
                    (start, end),
                );
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    let bracket = (end > start).then_some(end);
                    self.last_end = self.last_end.max(end);
                    self.close(&open, true, bracket);
                }
            }
            Event::Anchor(id, name) => {
                if let Some((node, _)) = self.anchors.get(&id) {
                    self.names.insert(name.into_owned(), *node);
                }
            }
            Event::Alias(anchor) => self.alias(anchor, (start, end), text)?,
            Event::UnresolvedAlias(name) => {
                let found = self.names.get(&*name).copied();
                self.last_end = end;
                match found {
                    Some(id) if self.open.iter().all(|open| open.id != id) => {
                        self.count_alias(id, start)?;
                        self.attach(id);
                    }
                    _ => {
                        let alias = text.get(start..end).unwrap_or_default();
                        return Err(Failure::other(self.base + start, messages::unknown_alias(alias)));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, (start, end): (usize, usize), text: &str) -> Result<(), Failure> {
        self.last_end = end;
        if let Some((id, true)) = self.anchors.get(&anchor).copied() {
            self.count_alias(id, start)?;
            self.attach(id);
            return Ok(());
        }
        let alias = text.get(start..end).unwrap_or_default();
        Err(Failure::other(self.base + start, messages::alias_in_itself(alias)))
    }

    fn count_alias(&mut self, id: YamlId, start: usize) -> Result<(), Failure> {
        let size = self.sizes.get(id.index()).copied().unwrap_or(1);
        self.aliased = self.aliased.saturating_add(size);
        if self.aliased > MAX_ALIASED_NODES {
            let message = messages::too_many_aliases(MAX_ALIASED_NODES.to_string());
            return Err(Failure::other(self.base + start, message));
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        value: Box<str>,
        style: ScalarStyle,
        tag: Option<&Tag>,
        (start, end): (usize, usize),
        indent: Option<usize>,
        text: &str,
    ) -> YamlId {
        let style = match style {
            ScalarStyle::SingleQuoted => YamlStyle::Single,
            ScalarStyle::DoubleQuoted => YamlStyle::Double,
            ScalarStyle::Literal => YamlStyle::Literal,
            ScalarStyle::Folded => YamlStyle::Folded,
            ScalarStyle::Plain => YamlStyle::Plain,
        };
        let block = matches!(style, YamlStyle::Literal | YamlStyle::Folded);
        let (mut start, mut end) = (start, end);
        if block {
            start = block_header(text, self.last_end).unwrap_or(start);
            let written = text.get(start..end).unwrap_or("");
            end = start + written.trim_end_matches([' ', '\t', '\r', '\n']).len();
        } else if start == end {
            // Nothing is written: the place is where it would be.
            let gap = text.get(self.last_end..).unwrap_or("");
            let skipped = gap.find(|c| c != ' ' && c != ':').unwrap_or(gap.len());
            let colon = gap.get(..skipped).and_then(|gap| gap.rfind(':')).map(|at| self.last_end + at + 1);
            // Behind a dash the colon belongs to the line above.
            let dash = |colon: &usize| text.get(*colon..start).is_some_and(|gap| gap.contains('-'));
            start = colon.filter(|colon| !dash(colon)).unwrap_or(start);
            end = start;
        }
        let is_null = style == YamlStyle::Plain
            && tag.is_none()
            && (start == end || matches!(&*value, "~" | "null" | "Null" | "NULL"));
        let kind = if is_null { YamlKind::Null } else { YamlKind::Scalar { value, style } };
        let id = self.push(kind, Span::from_usize(self.base + start, self.base + end));
        if block {
            self.yaml.indents.push((id, indent.unwrap_or(0) as u32));
        }
        id
    }

    fn start(&mut self, kind: YamlKind, flow: bool, anchor: usize, (start, end): (usize, usize)) {
        let start = self.base + start;
        let id = self.push(kind, Span::from_usize(start, start));
        if flow {
            self.last_end = end;
            if let Some(node) = self.yaml.nodes.get_mut(id.index()) {
                node.span.end = node.span.start + 1;
            }
        }
        self.anchor(anchor, id, false);
        self.open.push(Open { id, key: None, anchor });
    }

    fn push(&mut self, kind: YamlKind, span: Span) -> YamlId {
        let id = YamlId::new(self.yaml.nodes.len());
        self.yaml.nodes.push(YamlNode { kind, span, complete: true });
        self.sizes.push(1);
        id
    }

    fn anchor(&mut self, anchor: usize, id: YamlId, closed: bool) {
        if anchor > 0 {
            self.anchors.insert(anchor, (id, closed));
        }
    }

    /// Ends a collection and adds it to the one around it. `bracket` is the end of its closing bracket, if it has one.
    fn close(&mut self, open: &Open, complete: bool, bracket: Option<usize>) {
        let children = match self.yaml.nodes.get(open.id.index()).map(|node| &node.kind) {
            Some(YamlKind::Sequence(items)) => items.clone(),
            Some(YamlKind::Mapping(entries)) => {
                entries.iter().flat_map(|(key, value)| [*key, *value]).collect()
            }
            _ => Vec::new(),
        };
        let child_size = |id: &YamlId| self.sizes.get(id.index()).copied().unwrap_or(1);
        let size = children.iter().fold(1, |sum: usize, id| sum.saturating_add(child_size(id)));
        // Children that are aliases stand elsewhere in the text.
        let inside = |id: &&YamlId| id.index() > open.id.index();
        let mut own = children.iter().filter(inside).map(|id| self.yaml.node(*id).span);
        let first = own.next();
        let covered = own.fold(first, |so_far, span| so_far.map(|so_far| so_far.cover(span)));
        if let Some(node) = self.yaml.nodes.get_mut(open.id.index()) {
            node.complete = complete;
            if let Some(covered) = covered {
                node.span = node.span.cover(covered);
            }
            if let Some(end) = bracket {
                node.span.end = (self.base + end) as u32;
            }
        }
        if let Some(slot) = self.sizes.get_mut(open.id.index()) {
            *slot = size;
        }
        self.anchor(open.anchor, open.id, true);
        self.attach(open.id);
    }

    fn attach(&mut self, id: YamlId) {
        let Some(open) = self.open.last_mut() else {
            self.yaml.documents.push(id);
            return;
        };
        match self.yaml.nodes.get_mut(open.id.index()).map(|node| &mut node.kind) {
            Some(YamlKind::Sequence(items)) => items.push(id),
            Some(YamlKind::Mapping(entries)) => match open.key.take() {
                None => open.key = Some(id),
                Some(key) => entries.push((key, id)),
            },
            _ => {}
        }
    }
}

/// Finds the `|` or `>` that the next block scalar starts with, from the end of what stands before it.
fn block_header(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let next = rest.chars().next()?;
        at += match next {
            '|' | '>' => return Some(at),
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '&' | '!' => rest.find(char::is_whitespace).unwrap_or(rest.len()),
            other => other.len_utf8(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use super::super::recover::tests::{picture, refused};

    #[test]
    fn well_formed_text() {
        assert_eq!(
            picture("- a: &x [b, c]\n  d: *x\n- ~\n-\n---\nnull\n").0,
            "[{a: [b, c], d: [b, c]}, ~, ~] --- ~"
        );
        assert_eq!(picture(""), (String::new(), vec![]));
        assert_eq!(picture("# only\n\u{3042}: 日本語 😀\n").0, "{あ: 日本語 😀}");
    }

    #[test]
    fn spans_cover_what_is_written() {
        let text = "- a: >-\n    é\n    日\n\n  b: 'c'\n- {d: [e]}\n- f:\n  g: h # i\n";
        let file = read(text);
        let slices: Vec<_> = file.yaml.nodes.iter().map(|node| node.span.slice(text)).collect();
        for wanted in [
            "a: >-\n    é\n    日\n\n  b: 'c'",
            ">-\n    é\n    日",
            "'c'",
            "{d: [e]}",
            "[e]",
            "",
            "f:\n  g: h",
        ] {
            assert!(slices.contains(&wanted), "{wanted:?} in {slices:?}");
        }
    }

    #[test]
    fn limits_have_messages() {
        let deep = "[".repeat(10_000);
        assert_eq!(picture(&deep).1.len(), 1);
        let deep = "- ".repeat(1000);
        assert!(!picture(&deep).1.is_empty());
        let mut bomb = "- &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..10 {
            let alias = format!("*a{}, ", level - 1).repeat(10);
            bomb.extend(["- &a", &level.to_string(), " [", &alias, "]\n"]);
        }
        assert!(
            read(&bomb)
                .problems
                .iter()
                .any(|problem| problem.message.text(crate::text::Lang::En).contains("aliases"))
        );
        assert_eq!(picture("- &a [*a]\n").1, refused("*a"));
        assert_eq!(picture("- a\0b\n").1, refused("\0"));
        assert_eq!(picture("- a: \u{7f}ELF\u{1}\n").1, refused("\u{7f}"));
        let large = "- a: b\n".repeat(MAX_FILE_BYTES / 7 + 1);
        assert_eq!(read(&large).problems.len(), 1);
    }
}
