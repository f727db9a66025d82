//! A value, a list or an argument is missing or cannot be read.

use super::{Hint, Scene, say};
use crate::catalog::Dialect;
use crate::parse::token::Scanner;
use crate::text::TextRange;

impl Scene<'_> {
    pub(super) fn number(&self) -> Hint {
        let (word, operator) = (self.word(), self.last_text());
        if let Some(hint) = self.direction() {
            return hint;
        }
        if self.is_at_end() {
            return Hint::new(self.end(), say::value_missing(operator));
        }
        if operator == "<" && self.touches_last() && self.rest().starts_with('>') {
            let at = TextRange::new(self.last.start, self.at + 1);
            return Hint::new(at, say::not_an_operator("<>", "!=")).suggest(
                say::write_instead("!="),
                at,
                "!=",
            );
        }
        let shown = word.slice(self.text);
        let hint = Hint::new(word, say::number_expected(operator, shown));
        let bare = shown.trim_matches(['"', '\'']);
        if bare != shown && !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()) {
            return hint.note(say::numbers_without_quotes()).suggest(say::remove_quotes(), word, bare);
        }
        hint
    }

    /// `evt.dir <` for `evt.dir = <`.
    fn direction(&self) -> Option<Hint> {
        let mut before = self.tokens.iter().rev().skip(1);
        let (field, _) = before.next()?;
        if field.slice(self.text) != "evt.dir" || !matches!(self.last_text(), "<" | ">") {
            return None;
        }
        let insert = format!("= {}", self.last_text());
        let hint = Hint::new(self.last, say::direction_needs_equal());
        Some(hint.suggest(say::write_instead(insert.as_str()), self.last, insert))
    }

    pub(super) fn value(&self) -> Hint {
        let (word, operator) = (self.word(), self.last_text());
        if self.is_at_end() {
            return Hint::new(self.end(), say::value_missing(operator));
        }
        if let Some(hint) = self.unclosed_quote() {
            return hint;
        }
        let shown = word.slice(self.text);
        match shown {
            "(" => {
                let hint = Hint::new(self.last.cover(word), say::list_after_single_operator(operator));
                match operator {
                    "=" | "==" => hint.suggest(say::use_operator("in"), self.last, "in"),
                    _ => hint,
                }
            }
            ")" => Hint::new(self.last.cover(word), say::value_missing(operator)),
            _ if shown.starts_with('=') => {
                let extra = TextRange::new(self.at, self.at + 1);
                Hint::new(extra, say::value_expected("=")).suggest(say::remove("="), extra, "")
            }
            _ => Hint::new(word, say::value_expected(shown)),
        }
    }

    pub(super) fn element(&self) -> Hint {
        if self.is_at_end() {
            return Hint::new(self.open.unwrap_or(self.end()), say::unclosed_parenthesis());
        }
        if let Some(hint) = self.unclosed_quote() {
            return hint;
        }
        let (word, shown) = (self.word(), self.word_text());
        match shown {
            ")" | "," => Hint::new(self.last, say::trailing_comma()).suggest(say::remove(","), self.last, ""),
            _ => Hint::new(word, say::element_expected(shown)),
        }
    }

    pub(super) fn list(&self) -> Hint {
        let (word, operator) = (self.word(), self.last_text());
        if self.is_at_end() {
            return Hint::new(self.end(), say::value_missing(operator));
        }
        if let Some(hint) = self.unclosed_quote() {
            return hint;
        }
        let mut at = word;
        let mut inner = word.slice(self.text);
        if inner == "["
            && let Some(end) = self.rest().find(']')
        {
            at = TextRange::new(self.at, self.at + end as u32 + 1);
            inner = self.rest().get(1..end).unwrap_or("");
        }
        let hint = Hint::new(at, say::list_needs_parentheses(operator));
        if inner.is_empty() || inner.contains(['(', ')', '=', ']', ',']) && at == word {
            return hint;
        }
        hint.suggest(say::put_in_parentheses(), at, format!("({inner})"))
    }

    pub(super) fn call_argument(&self) -> Hint {
        if self.is_at_end() {
            return Hint::new(self.end(), say::ends_after(self.last_text()));
        }
        if let Some(hint) = self.unclosed_quote() {
            return hint;
        }
        let (word, shown) = (self.word(), self.word_text());
        let hint = Hint::new(word, say::call_argument_expected(shown));
        if shown.contains(['"', '\'', '\\']) || matches!(shown, "(" | ")" | "," | "[" | "]") {
            return hint;
        }
        hint.suggest(say::put_in_quotes(), word, format!("\"{shown}\""))
    }

    /// A quote without its partner.
    pub(super) fn unclosed_quote(&self) -> Option<Hint> {
        let closed = Scanner::new(self.text, self.at as usize, Dialect::Falco).quoted(None).is_some();
        if closed || !self.rest().starts_with(['"', '\'']) {
            return None;
        }
        let quote = TextRange::new(self.at, self.text.trim_end().len() as u32);
        let hint = Hint::new(quote, say::unclosed_quote());
        let rest = self.rest();
        let escaped = rest.contains("\\\"") || rest.contains("\\'");
        Some(if escaped { hint.note(say::quote_after_backslash()) } else { hint })
    }
}
