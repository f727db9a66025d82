//! Reading on behind a syntax error: comparisons that stand by themselves between `and`, `or` and parentheses. What is not
//! clearly one is left out, since a second error that only follows from the first helps nobody.

use super::Parser;
use crate::catalog::Dialect;
use crate::parse::ast::{Check, NodeKind};
use crate::parse::token::{MAX_DEPTH, Scanner};
use crate::report::TokenKind;
use crate::text::TextRange;

/// What connects comparisons, and how it is written by mistake.
const LINKS: [&str; 4] = ["and", "or", "&&", "||"];

const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// The comparisons behind byte `at`, and their words.
pub(super) fn resume(text: &str, at: u32, dialect: Dialect) -> (Vec<Check>, Vec<(TextRange, TokenKind)>) {
    let (mut checks, mut tokens) = (Vec::new(), Vec::new());
    let mut at = at as usize;
    while let Some(start) = behind_link(text, at) {
        at = start;
        let mut parser = Parser { scan: Scanner::new(text, start, dialect), nodes: Vec::new() };
        let Some(check) = parser.lone_check() else { continue };
        at = parser.scan.at() as usize;
        checks.push(check);
        tokens.extend(parser.scan.into_tokens());
    }
    (checks, tokens)
}

/// The offset behind the next word that connects comparisons; `None` at the end, and where a quote is not closed.
fn behind_link(text: &str, at: usize) -> Option<usize> {
    let mut at = at;
    let mut word_starts = true;
    loop {
        let rest = text.get(at..)?;
        let first = rest.chars().next()?;
        if matches!(first, '"' | '\'') {
            at = Scanner::new(text, at, Dialect::Falco).quoted(None)?.end as usize;
            word_starts = false;
            continue;
        }
        if let Some(link) = link(rest).filter(|_| word_starts) {
            return Some(at + link.len());
        }
        word_starts = BLANKS.contains(&first) || first == ')';
        at += first.len_utf8();
    }
}

/// The connecting word that the text begins with.
pub(super) fn link(text: &str) -> Option<&'static str> {
    LINKS.into_iter().find(|link| {
        let (word, after) = (text.get(..link.len()), text.get(link.len()..).unwrap_or_default());
        word.is_some_and(|word| word.eq_ignore_ascii_case(link))
            && after.starts_with(|c| BLANKS.contains(&c) || c == '(')
    })
}

impl Parser<'_> {
    /// A comparison of a field, behind any `not` and `(`, that ends where the next one can be connected to it.
    fn lone_check(&mut self) -> Option<Check> {
        self.scan.blanks();
        while self.scan.word("(", TokenKind::Punctuation).is_some()
            || self.scan.word("not ", TokenKind::Logic).is_some()
        {
            self.scan.blanks();
        }
        self.check(MAX_DEPTH / 2).ok()?;
        let NodeKind::Check(check) = self.nodes.pop()?.kind else { return None };
        let behind = self.scan.text().get(self.scan.at() as usize..)?;
        let rest = behind.trim_start_matches(BLANKS);
        let linked = rest.len() < behind.len() && link(rest).is_some();
        (rest.is_empty() || rest.starts_with(')') || linked).then_some(*check)
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    /// The comparisons that are read in spite of an error.
    fn read(text: &str) -> Vec<&str> {
        let parsed = parse(text);
        assert!(parsed.error.is_some(), "{text}");
        parsed.others.iter().map(|check| check.range().slice(text)).collect()
    }

    #[test]
    fn comparisons_around_an_error_are_read() {
        assert_eq!(
            read("a.b = 1 && c.d = 2 and not (e.f in (x, y) or g.h exists)"),
            ["a.b = 1", "c.d = 2", "e.f in (x, y)", "g.h exists"]
        );
        assert_eq!(read("a.b = 1 and c.d = x y and e.f = 2"), ["a.b = 1", "e.f = 2"]);
        assert_eq!(
            read("a.b = 1 and (正当な条件) and\n  tolower(c.d) = \"x and y.z = 1\""),
            ["a.b = 1", "tolower(c.d) = \"x and y.z = 1\""]
        );
        assert_eq!(read("a.b = 1 AND c.d = 2"), ["a.b = 1", "c.d = 2"]);
    }

    #[test]
    fn what_is_not_clear_is_left_out() {
        assert_eq!(read("a.b = \"x and c.d = 1 and e.f = 2"), [""; 0]);
        assert_eq!(read("a.b = x y or z and c.d = f g"), [""; 0]);
        assert_eq!(read("a.b in (x y and z or w) and c.d = 1"), ["c.d = 1"]);
        assert_eq!(read("a.b = x=y and c.d = u=v"), [""; 0]);
        assert_eq!(read("é and"), [""; 0]);
    }
}
