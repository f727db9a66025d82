//! Reading YAML after a syntax error: first what Falco's own YAML reader would make of it, then item by item.
//!
//! Falco reads its files with yaml-cpp, which accepts a few things that YAML forbids; see [`Leniency`]. Where the text
//! is not YAML for either, the lines that begin with `- ` are read one by one, so that a broken item does not
//! hide its neighbours.

use super::node::{YamlId, YamlKind, YamlNode};
use super::yaml::{Cause, Failure, MAX_PROBLEMS, Reader, YamlFile, YamlProblem};
use crate::catalog::messages::rules as messages;
use crate::text::{Message, Span};

/// What can be read of `text`, in which reading stopped at `first`.
pub(super) fn recover(text: &str, first: &Failure) -> YamlFile {
    let as_falco = match Leniency::default().read(text, first) {
        Ok(as_falco) => as_falco,
        Err(noticed) => return read_items(text, first, Some(noticed)),
    };
    let rest = text.get(first.offset..).unwrap_or("");
    let column = item_column(text);
    if first.cause == Cause::UnclosedQuote && rest.lines().skip(1).any(|line| is_item(line, column)) {
        // Falco takes the following items as part of the quoted text; whoever is still typing does not mean that.
        let as_falco = Some(Box::new(as_falco));
        return YamlFile { as_falco, ..read_items(text, first, None) };
    }
    as_falco
}

/// What yaml-cpp accepts although YAML does not, as insertions that make it YAML: the quote that is missing at the end of
/// the file, the item that is missing between two commas, and the `---` before content that cannot belong to
/// the document so far.
#[derive(Default)]
struct Leniency {
    text: String,
    /// Offset in `text` and number of inserted bytes, in order.
    insertions: Vec<(usize, usize)>,
    problems: Vec<YamlProblem>,
}

impl Leniency {
    /// Insertions to try before giving up.
    const LIMIT: usize = 16;

    /// The file, or where it cannot be read any further.
    fn read(mut self, text: &str, first: &Failure) -> Result<YamlFile, usize> {
        text.clone_into(&mut self.text);
        let mut failure = first.clone();
        for _ in 0..Self::LIMIT {
            if self.mend(&failure).is_none() {
                break;
            }
            let mut reader = Reader::default();
            match reader.read(&self.text, 0) {
                Ok(()) => return Ok(self.finish(reader)),
                Err(next) => failure = next,
            }
        }
        Err(self.original(failure.noticed))
    }

    fn mend(&mut self, failure: &Failure) -> Option<()> {
        let at = failure.offset;
        let rest = self.text.get(at..)?;
        let before = self.text.get(..at)?;
        let column_zero = before.is_empty() || before.ends_with('\n');
        match failure.cause {
            Cause::UnclosedQuote if self.text.ends_with('\n') => {
                let quote = rest.get(..1)?.to_owned();
                let end = self.text.len();
                self.insert(end, &quote, at, messages::unclosed_quote());
            }
            Cause::NoFlowItem if rest.starts_with(',') => {
                self.insert(at, "~", at, messages::empty_flow_item());
            }
            Cause::NoItem if column_zero => {
                self.insert(at, "---\n", at, messages::content_after_document());
            }
            Cause::NoDocument => {
                self.insert(at, "\n---\n", at, messages::content_after_document());
            }
            _ => return None,
        }
        Some(())
    }

    fn insert(&mut self, at: usize, what: &str, shown: usize, message: Message) {
        let character = self.text.get(shown..).and_then(|rest| rest.chars().next());
        let shown = self.original(shown);
        self.problems.push(YamlProblem {
            at: Span::from_usize(shown, shown + character.map_or(0, char::len_utf8)),
            mark: shown as u32,
            message,
            notes: vec![messages::falco_reads_on()],
            fix: None,
            refused: false,
        });
        let place = self.insertions.partition_point(|(start, _)| *start < at);
        for (start, _) in self.insertions.iter_mut().skip(place) {
            *start += what.len();
        }
        self.insertions.insert(place, (at, what.len()));
        self.text.insert_str(at, what);
    }

    /// Offset in the text without the insertions.
    fn original(&self, offset: usize) -> usize {
        let mut out = offset;
        for &(start, len) in &self.insertions {
            if start < offset {
                out = out.saturating_sub(len.min(offset - start));
            }
        }
        out
    }

    fn finish(self, mut reader: Reader) -> YamlFile {
        let mut nodes = std::mem::take(&mut reader.yaml.nodes);
        for node in &mut nodes {
            let start = self.original(node.span.start as usize);
            node.span = Span::from_usize(start, self.original(node.span.end as usize));
        }
        reader.yaml.nodes = nodes;
        let mut problems = self.problems;
        problems = crate::text::sorted(problems, |problem| u64::from(problem.at.start));
        YamlFile { yaml: reader.yaml, problems, as_falco: None }
    }
}

/// Reads each top-level item on its own and puts all into one document. `noticed` is where Falco stops reading.
fn read_items(text: &str, first: &Failure, noticed: Option<usize>) -> YamlFile {
    let mut reader = Reader::for_items();
    let mut problems = Vec::new();
    let mut left_out = 0;
    let mut items = Vec::new();
    for chunk in chunks(text) {
        let documents = reader.yaml.documents.len();
        let result = reader.read(chunk.slice(text), chunk.start as usize);
        for root in reader.yaml.documents.split_off(documents) {
            match &reader.yaml.node(root).kind {
                YamlKind::Sequence(inner) => items.extend(inner.iter().copied()),
                _ => items.push(root),
            }
        }
        match result {
            Err(failure) if problems.len() < MAX_PROBLEMS => problems.push(failure.problem(text)),
            Err(_) => left_out += 1,
            Ok(()) => {}
        }
    }
    if problems.iter().all(|problem| !problem.refused) {
        problems.push(first.clone().problem(text));
    }
    problems = crate::text::sorted(problems, |problem| u64::from(problem.at.start));
    if let (Some(problem), Some(noticed)) = (problems.iter_mut().find(|problem| problem.refused), noticed) {
        problem.mark = noticed as u32;
    }
    if let Some(last) = problems.last_mut().filter(|_| left_out > 0) {
        last.notes.push(messages::more_broken_items(left_out.to_string()));
    }
    let span = Span::from_usize(0, text.len());
    reader.yaml.nodes.push(YamlNode { kind: YamlKind::Sequence(items), span, complete: false });
    reader.yaml.documents = vec![YamlId::new(reader.yaml.nodes.len() - 1)];
    YamlFile { yaml: reader.yaml, problems, as_falco: None }
}

/// Whether a line begins an item in this column.
fn is_item(line: &str, column: usize) -> bool {
    let rest = line.trim_start_matches(' ');
    line.len() - rest.len() == column && (rest.trim_end() == "-" || rest.starts_with("- "))
}

/// The column in which items begin: that of the `- ` farthest left.
fn item_column(text: &str) -> usize {
    let items = text.lines().filter(|line| line.trim_start_matches(' ').starts_with("- "));
    items.map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0)
}

/// Cuts before each line that begins a top-level item, and takes out the lines that separate documents.
fn chunks(text: &str) -> Vec<Span> {
    let column = item_column(text);
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let next = at + line.len();
        if line.starts_with("---") || line.starts_with("...") {
            out.push(Span::from_usize(start, at));
            start = next;
        } else if is_item(line, column) {
            out.push(Span::from_usize(start, at));
            start = at;
        }
        at = next;
    }
    out.push(Span::from_usize(start, text.len()));
    out.retain(|span| !span.is_empty());
    out
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::node::Yaml;
    use super::super::yaml::read;
    use super::*;

    /// A short picture of the nodes, for comparing.
    fn show(yaml: &Yaml, id: YamlId) -> String {
        let node = yaml.node(id);
        let cut = if node.complete { "" } else { "…" };
        match &node.kind {
            YamlKind::Null => "~".into(),
            YamlKind::Scalar { value, .. } => value.to_string(),
            YamlKind::Sequence(items) => {
                let items: Vec<_> = items.iter().map(|item| show(yaml, *item)).collect();
                format!("[{}{cut}]", items.join(", "))
            }
            YamlKind::Mapping(entries) => {
                let entries: Vec<_> = entries
                    .iter()
                    .map(|(key, value)| format!("{}: {}", show(yaml, *key), show(yaml, *value)))
                    .collect();
                format!("{{{}{cut}}}", entries.join(", "))
            }
        }
    }

    pub(in super::super) fn picture(text: &str) -> (String, Vec<(String, bool)>) {
        let file = read(text);
        let documents: Vec<_> = file.yaml.documents.iter().map(|root| show(&file.yaml, *root)).collect();
        for node in &file.yaml.nodes {
            assert!(text.get(node.span.start as usize..node.span.end as usize).is_some(), "{text:?}");
        }
        let problems = file.problems.iter().map(|problem| {
            assert!(problem.at.end as usize <= text.len(), "{text:?}");
            (problem.at.slice(text).to_owned(), problem.refused)
        });
        (documents.join(" --- "), problems.collect())
    }

    pub(in super::super) fn refused(word: &str) -> Vec<(String, bool)> {
        vec![(word.to_owned(), true)]
    }

    #[test]
    fn a_broken_item_does_not_hide_its_neighbours() {
        let (nodes, problems) =
            picture("- a: b\n- c: d\n  half\n- \"e: f\n- g: h\n\ti: j\n- k: [l\n- m: n\n");
        assert_eq!(nodes, "[{a: b}, {c: d…}, {…}, {k: […]…}, {m: n}…]");
        let words: Vec<_> = problems.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(words, ["half", "\"e:", "\t", "[l"]);
    }

    #[test]
    fn aliases_reach_over_recovered_items() {
        assert_eq!(picture("- &x [a]\n- half: {\n- *x\n").0, "[[a], {half: {…}…}, [a]…]");
        let (_, problems) = picture("- *nowhere\n- b\n");
        assert_eq!(problems, refused("*nowhere"));
    }

    #[test]
    fn what_falco_accepts_all_the_same() {
        assert_eq!(picture("- rule: \"a\n"), ("[{rule: a }]".into(), vec![("\"".into(), false)]));
        assert_eq!(picture("- [a,, b]\n").0, "[[a, ~, b]]");
        assert_eq!(picture("- a\n: b\n").0, "[a] --- {~: b}");
        assert_eq!(picture("'a'\nb\n").0, "a --- b");
        assert!(picture("- [a, 'b]\n").1.iter().any(|(_, refused)| *refused));
    }
}
