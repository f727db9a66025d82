//! Lines of a rules file as text: indentation, dashes, keys, and how far a value reaches. No YAML is needed, so half-written
//! lines are as good as others.

use std::ops::Range;

/// A line, without its line end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Number of blanks before the text.
    pub(super) indent: usize,
    /// The text, without blanks around it.
    pub(super) content: &'a str,
}

impl Line<'_> {
    /// Whether it begins with a dash.
    pub(super) fn is_entry(&self) -> bool {
        self.dash_len() > 0
    }

    /// Bytes from the dash to the text behind it; 0 without a dash.
    pub(super) fn dash_len(&self) -> usize {
        match self.content.strip_prefix('-') {
            Some("") => 2,
            Some(rest) if rest.starts_with(' ') => 1 + rest.len() - rest.trim_start_matches(' ').len(),
            _ => 0,
        }
    }

    /// Whether it holds neither text nor anything but a comment.
    pub(super) fn is_blank(&self) -> bool {
        self.content.is_empty() || self.content.starts_with('#')
    }
}

/// The lines of `text`; the last one is empty where the text ends with a line end.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split('\n').map(move |whole| {
        let line = whole.strip_suffix('\r').unwrap_or(whole);
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        let made = Line { start, end: start + line.len(), indent, content: content.trim_end() };
        start += whole.len() + 1;
        made
    })
}

/// The key at the start of a text, and where its value begins (or would begin).
pub(super) fn key_of(content: &str) -> Option<(Range<usize>, usize)> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let quote = content.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (start, end, after) = if let Some(quote) = quote {
        let len = quote_end(content.get(1..)?, quote)?;
        (1, 1 + len, 2 + len)
    } else {
        let len = content.find(|c| !word(c)).unwrap_or(content.len());
        (0, len, len)
    };
    let rest = content.get(after..)?;
    let behind = rest.trim_start_matches(' ').strip_prefix(':')?;
    let value = behind.trim_start_matches([' ', '\t']);
    (end > start && (behind.is_empty() || value.len() < behind.len()))
        .then_some((start..end, content.len() - value.len()))
}

/// Length of a quoted text up to its closing quote.
pub(super) fn quote_end(inside: &str, quote: char) -> Option<usize> {
    let mut chars = inside.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == quote {
            if quote == '\'' && chars.next_if(|(_, next)| *next == quote).is_some() {
                continue;
            }
            return Some(at);
        }
        if c == '\\' && quote == '"' {
            chars.next();
        }
    }
    None
}

/// Number of lines of `rest` that belong to a value whose key or dash stands at column `owner`, and where it ends. Blank lines
/// at its end are none of its.
pub(super) fn scalar_end(line: &Line<'_>, rest: &[Line<'_>], owner: usize) -> (usize, usize) {
    let mut found = (0, line.end);
    for (at, next) in rest.iter().enumerate() {
        if next.content.is_empty() {
            continue;
        }
        if next.indent <= owner {
            break;
        }
        found = (at + 1, next.end);
    }
    found
}

/// Keys at `column` and what is written behind each, from the line of byte `range.start` to the first line further left.
pub(super) fn entries(text: &str, range: Range<usize>, column: usize) -> Vec<(&str, &str)> {
    let start = text.get(..range.start).unwrap_or("").rfind('\n').map_or(0, |at| at + 1);
    let part = text.get(start..range.end).unwrap_or("");
    let mut found: Vec<(&str, usize, usize)> = Vec::new();
    for (number, line) in lines(part).enumerate() {
        let from = if number == 0 { line.start + column } else { line.start + line.indent };
        if number > 0 && (line.is_blank() || line.indent > column) {
            if let Some(last) = found.last_mut().filter(|_| !line.is_blank()) {
                last.2 = line.end;
            }
            continue;
        }
        if number > 0 && line.indent < column {
            break;
        }
        let content = part.get(from..line.end).unwrap_or("");
        if let Some((key, value)) = key_of(content) {
            found.push((content.get(key).unwrap_or(""), from + value, line.end));
        } else if let Some(last) = found.last_mut() {
            last.2 = line.end;
        }
    }
    found.into_iter().map(|(key, from, to)| (key, part.get(from..to).unwrap_or(""))).collect()
}

/// The entries of a sequence as written behind its key, or a lone value, without quotes: `[a, 'b']`, lines with `- `, `a`.
pub(super) fn values(written: &str) -> Vec<&str> {
    let written = written.trim();
    let words: Vec<&str> = if let Some(inside) = written.strip_prefix('[') {
        words_in_brackets(inside)
    } else if written.starts_with("- ") {
        written.lines().filter_map(|line| line.trim().strip_prefix("- ")).collect()
    } else {
        written.lines().take(1).collect()
    };
    words.into_iter().map(unquoted).filter(|word| !word.is_empty()).collect()
}

fn words_in_brackets(inside: &str) -> Vec<&str> {
    let (mut words, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(c) = inside.get(at..).and_then(|rest| rest.chars().next()) {
        let next = at + c.len_utf8();
        let fresh = inside.get(start..at).is_some_and(|word| word.trim().is_empty());
        at = match c {
            '"' | '\'' if fresh => {
                next + quote_end(inside.get(next..).unwrap_or(""), c).map_or(inside.len(), |len| len + 1)
            }
            ',' | ']' => {
                words.push(inside.get(start..at).unwrap_or(""));
                start = next;
                if c == ']' {
                    return words;
                }
                next
            }
            _ => next,
        };
    }
    words.push(inside.get(start..).unwrap_or(""));
    words
}

/// A word without blanks and quotes around it.
pub(super) fn unquoted(word: &str) -> &str {
    let word = word.trim();
    let inside = |quote: char| word.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_words_with_a_colon() {
        let key = |text| key_of(text).map(|(key, value)| (&text[key], &text[value..]));
        assert_eq!(key("rule: a: b"), Some(("rule", "a: b")));
        assert_eq!(key("skip-if-unknown-filter :  x"), Some(("skip-if-unknown-filter", "x")));
        assert_eq!(key("'rule': x"), Some(("rule", "x")));
        assert_eq!(key("rule:"), Some(("rule", "")));
        for text in ["rule", "rule:x", "a b: c", "'a", ": x", ""] {
            assert_eq!(key(text), None, "{text}");
        }
    }

    #[test]
    fn values_of_sequences() {
        assert_eq!(values("[a, 'b, c' , \"d\"]"), ["a", "b, c", "d"]);
        assert_eq!(values("[a, 'b"), ["a", "'b"]);
        assert_eq!(values("\n  - a\n  - 'b'"), ["a", "b"]);
        assert_eq!(values("proc.name"), ["proc.name"]);
        assert!(values("").is_empty());
    }
}
