//! Rules files inside of other YAML: the `data` of a config map, `customRules` of Helm values, and whatever else holds rules as block
//! texts. Falco gets the texts without what is around them, so they are read without it, at the places where they stand.

use crate::catalog::keys::KINDS;
use crate::text::{Diagnostic, Edit, Source, SourceId, Span};
use std::borrow::Cow;

/// A file of which only parts are rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// The file with blanks for all that is no rule, so that places stay what they are; from the second part on, `---` stands
    /// in the line of the key.
    pub text: String,
    /// The parts, in order.
    pub parts: Vec<Part>,
}

/// A block text that holds rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its key: the name of the file that Falco will read.
    pub key: Span,
    /// Its lines.
    pub lines: Span,
    /// Columns by which they are indented.
    indent: usize,
}

/// Takes the rules out of a file that wraps them; `None` for a file that is a list itself or holds none.
pub fn find(text: &str) -> Option<Wrapped> {
    let first = lines(text).map(|(_, line)| line.trim()).find(|line| says_something(line))?;
    if first.starts_with('-') {
        return None;
    }
    let parts = parts(text);
    (!parts.is_empty()).then(|| Wrapped { text: blank(text, &parts), parts })
}

/// The files as Falco will get them; those that wrap no rules stay as they are.
pub fn unwrapped(files: &[Source]) -> Cow<'_, [Source]> {
    let found: Vec<_> = files.iter().map(|file| find(&file.text)).collect();
    if found.iter().all(Option::is_none) {
        return Cow::Borrowed(files);
    }
    let plain = files.iter().zip(found).map(|(file, wrapped)| match wrapped {
        Some(wrapped) => Source { name: file.name.clone(), text: wrapped.text },
        None => file.clone(),
    });
    Cow::Owned(plain.collect())
}

/// Drops the fixes that would change what is around the rules, or put rules there.
pub fn keep_outside(files: &[Source], problems: &mut [Diagnostic]) {
    for (at, file) in files.iter().enumerate() {
        let Some(wrapped) = find(&file.text) else { continue };
        let taken = |edit: &Edit| {
            let is_here = edit.at.source == SourceId::new(at);
            !is_here || wrapped.parts.iter().any(|part| part.takes(edit, &file.text))
        };
        for problem in problems.iter_mut() {
            problem.fixes.retain(|fix| fix.edits.iter().all(taken));
        }
    }
}

impl Part {
    fn takes(&self, edit: &Edit, text: &str) -> bool {
        let Span { start, end } = edit.at.span;
        let starts_line = text.get(..start as usize).is_some_and(|before| before.ends_with('\n'));
        let mut new_lines = edit.insert.split('\n').skip(usize::from(!starts_line));
        // The part ends before a line that is indented less.
        let indented = new_lines.all(|line| line.trim().is_empty() || indent(line) >= self.indent);
        self.lines.start <= start && end <= self.lines.end && indented
    }
}

/// The lines of a text with the offsets where they start; line ends are left out.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

fn says_something(line: &str) -> bool {
    !line.is_empty() && !line.starts_with(['#', '%']) && line != "---" && line != "\u{feff}"
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The key before a `|`, as a range of the line.
fn block_key(line: &str) -> Option<(usize, usize)> {
    let line = line.split(" #").next()?;
    let (key, rest) = line.rsplit_once(':')?;
    let style = rest.trim().strip_prefix('|')?;
    let is_header = rest.starts_with(' ') && style.chars().all(|c| matches!(c, '+' | '-' | '1'..='9'));
    let name = key.trim().trim_matches(['"', '\'']);
    let start = key.find(name)?;
    (is_header && !name.is_empty()).then_some((start, start + name.len()))
}

/// Whether a line begins an item of a rules file.
fn is_item(line: &str) -> bool {
    let key = line.trim_start().strip_prefix("- ").map(str::trim_start);
    key.and_then(|key| key.split_once(':'))
        .is_some_and(|(key, _)| KINDS.iter().any(|(kind, ..)| *kind == key))
}

fn parts(text: &str) -> Vec<Part> {
    let lines: Vec<(usize, &str)> = lines(text).collect();
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some((start, line)) = lines.get(at).copied() {
        at += 1;
        let Some((name, name_end)) = block_key(line).filter(|_| !line.trim_start().starts_with('#')) else {
            continue;
        };
        let rest = lines.get(at..).unwrap_or_default();
        let inside = |(_, inner): &&(usize, &str)| inner.trim().is_empty() || indent(inner) > indent(line);
        let block: Vec<_> = rest.iter().take_while(inside).collect();
        at += block.len();
        let first = block.iter().map(|(_, line)| line).find(|line| !line.trim().is_empty());
        if !block.iter().any(|(_, line)| is_item(line)) {
            continue;
        }
        let end = lines.get(at).map_or(text.len(), |(next, _)| *next);
        let from = block.first().map_or(end, |(first, _)| *first);
        parts.push(Part {
            key: Span::from_usize(start + name, start + name_end),
            lines: Span::from_usize(from, end),
            indent: first.map_or(0, |line| indent(line)),
        });
    }
    parts
}

/// The text with blanks in place of everything but the parts and the line ends.
fn blank(text: &str, parts: &[Part]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (number, part) in parts.iter().enumerate() {
        let before = text.get(at..part.lines.start as usize).unwrap_or_default();
        let header = before.trim_end().rfind('\n').map_or(0, |line| line + 1);
        let (around, header) = before.split_at_checked(header).unwrap_or((before, ""));
        blanks(around.bytes(), &mut out);
        let separator = if number > 0 && header.len() > 3 { "---" } else { "" };
        out.push_str(separator);
        blanks(header.bytes().skip(separator.len()), &mut out);
        out.push_str(part.lines.slice(text));
        at = part.lines.end as usize;
    }
    blanks(text.get(at..).unwrap_or_default().bytes(), &mut out);
    out
}

fn blanks(bytes: impl Iterator<Item = u8>, out: &mut String) {
    out.extend(bytes.map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }));
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn rules_are_taken_out_at_their_places() {
        let text = "# 設定\nkind: ConfigMap\ndata:\n  \"a.yaml\": |-  # x\n    # one\n    - rule: a\n      x: y\n\n  b: |\n    text\n  é.yaml: |\n    - list: 一\n  d: 1\n";
        let wrapped = find(text).unwrap();
        assert_eq!(wrapped.text.len(), text.len());
        assert_eq!(
            wrapped.parts.iter().map(|part| part.key.slice(text)).collect::<Vec<_>>(),
            ["a.yaml", "é.yaml"]
        );
        assert_eq!(
            wrapped.text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect::<Vec<_>>(),
            ["    # one", "    - rule: a", "      x: y", "---", "    - list: 一"]
        );
        assert_eq!(wrapped.text.find("- rule"), text.find("- rule"));
    }

    #[test]
    fn a_list_is_no_wrapper() {
        for text in
            ["", "a: |\n  b\n", "- rule: a\n  output: |\n    - rule: b\n", "# x\n---\n- a: |\n   - list: b\n"]
        {
            assert_eq!(find(text), None, "{text:?}");
        }
    }
}
