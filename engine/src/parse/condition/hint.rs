//! Syntax errors in our own words: what to mark, what is wrong and what is probably meant.

mod operator;
mod unexpected;
mod value;

use super::error::{Expected, Failure, Position, SyntaxError};
use crate::catalog::Dialect;
use crate::catalog::placeholder::is_placeholder;
use crate::catalog::{codes, messages::conditions as say};
use crate::parse::token::{MAX_DEPTH, Scanner};
use crate::report::TokenKind;
use crate::text::{Code, Message, TextRange};

/// Says what is wrong and what is probably meant.
pub(super) fn explain(
    failure: &Failure,
    text: &str,
    last: TextRange,
    tokens: &[(TextRange, TokenKind)],
) -> SyntaxError {
    let at = skip_blanks(text, failure.at);
    let scene = Scene { text, at, last, tokens, open: failure.open };
    let mut hint = scene.hint(&failure.expected);
    scene.placeholder(&failure.expected, &mut hint);
    SyntaxError {
        code: hint.code,
        at: hint.at,
        falco: failure.expected.falco(last.slice(text)),
        position: Position::of(text, failure.at),
        message: hint.message,
        notes: hint.notes,
        suggestion: hint.suggestion,
    }
}

/// What to say about an error.
struct Hint {
    code: &'static Code,
    at: TextRange,
    message: Message,
    notes: Vec<Message>,
    suggestion: Option<(Message, TextRange, String)>,
}

impl Hint {
    fn new(at: TextRange, message: Message) -> Self {
        Self { code: &codes::CONDITION_SYNTAX, at, message, notes: Vec::new(), suggestion: None }
    }

    fn note(mut self, note: Message) -> Self {
        self.notes.push(note);
        self
    }

    fn suggest(mut self, title: Message, at: TextRange, insert: impl Into<String>) -> Self {
        self.suggestion = Some((title, at, insert.into()));
        self
    }
}

/// Where the grammar stopped, and what stands around.
struct Scene<'a> {
    text: &'a str,
    /// The first character that is no blank.
    at: u32,
    /// The last word taken.
    last: TextRange,
    tokens: &'a [(TextRange, TokenKind)],
    /// The bracket that is still open.
    open: Option<TextRange>,
}

impl<'a> Scene<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at as usize..).unwrap_or("")
    }

    fn last_text(&self) -> &'a str {
        self.last.slice(self.text)
    }

    fn last_kind(&self) -> Option<TokenKind> {
        self.tokens.last().map(|(_, kind)| *kind)
    }

    fn is_at_end(&self) -> bool {
        self.rest().is_empty()
    }

    /// True if nothing stands between the last word and this place.
    fn touches_last(&self) -> bool {
        self.last.end == self.at
    }

    /// What stands here: a text in quotes, a bracket, a comma, or everything up to the next of those or a blank.
    fn word(&self) -> TextRange {
        if let Some(quoted) = Scanner::new(self.text, self.at as usize, Dialect::Falco).quoted(None) {
            return quoted;
        }
        let rest = self.rest();
        let single = rest.starts_with(['(', ')', ',', '[', ']']);
        let stops = |c: char| matches!(c, ' ' | '\t' | '\x08' | '\r' | '\n' | '(' | ')' | ',' | '[' | ']');
        let len = if single { 1 } else { rest.find(stops).unwrap_or(rest.len()) };
        TextRange::new(self.at, self.at + len as u32)
    }

    fn word_text(&self) -> &'a str {
        self.word().slice(self.text)
    }

    /// The place to mark where something is missing at the end: the last word.
    fn end(&self) -> TextRange {
        if self.last.is_empty() { TextRange::new(0, 0) } else { self.last }
    }

    fn hint(&self, expected: &Expected) -> Hint {
        if !matches!(expected, Expected::Escape { .. } | Expected::LessDepth | Expected::Something)
            && let Some(hint) = self.odd_blank()
        {
            return hint;
        }
        match expected {
            Expected::Something => Hint::new(TextRange::new(0, 0), say::empty_condition()),
            Expected::LessDepth => Hint {
                code: &codes::CONDITION_TOO_DEEP,
                ..Hint::new(self.word(), say::too_deep(MAX_DEPTH.to_string()))
            },
            Expected::Escape { at, .. } => self.escape(*at),
            Expected::Check => self.check(),
            Expected::BlankOrParenthesis(word) => self.blank_after(word),
            Expected::End => self.unexpected(),
            Expected::Close => self.close(),
            Expected::Operator => self.operator(),
            Expected::Number => self.number(),
            Expected::Text => self.value(),
            Expected::Element => self.element(),
            Expected::List => self.list(),
            Expected::Argument => {
                let at = self.open.map_or(self.word(), |open| open.cover(self.word()));
                Hint::new(at, say::argument_expected())
            }
            Expected::CloseBracket => {
                let hint = Hint::new(self.open.unwrap_or(self.word()), say::unclosed_bracket());
                if self.is_at_end() { hint } else { hint.note(say::quote_the_argument()) }
            }
            Expected::CloseCall if self.is_at_end() => {
                Hint::new(self.open.unwrap_or(self.end()), say::unclosed_parenthesis())
            }
            Expected::CloseCall => Hint::new(self.word(), say::call_end_expected(self.word_text())),
            Expected::TransformerArgument | Expected::TransformerListArgument => self.call_argument(),
            Expected::ValField => {
                let at = if self.is_at_end() { self.end() } else { self.word() };
                Hint::new(at, say::val_needs_a_field())
            }
        }
    }

    /// What is marked may be something that a template left to be filled in; then no small change mends it.
    fn placeholder(&self, expected: &Expected, hint: &mut Hint) {
        let marked = hint.at.slice(self.text);
        let words = matches!(expected, Expected::Check)
            && marked.starts_with(|c: char| !c.is_ascii() && c.is_alphabetic());
        if words || is_placeholder(marked) || marked.starts_with("{{") {
            hint.notes = vec![say::fill_in_placeholder()];
            hint.suggestion = None;
        }
    }

    fn escape(&self, at: TextRange) -> Hint {
        let escape = at.slice(self.text);
        let mut hint = Hint::new(at, say::bad_escape(escape)).note(say::known_escapes());
        hint.code = &codes::BAD_ESCAPE;
        match escape {
            "\\\"" | "\\'" => {
                let quote = escape.get(1..).unwrap_or("");
                hint.suggest(say::quote_needs_no_escape(), at, quote)
            }
            _ => hint.suggest(say::double_the_backslash(), at, format!("\\{escape}")),
        }
    }

    fn check(&self) -> Hint {
        let (word, shown) = (self.word(), self.word_text());
        if self.is_at_end() {
            return match self.last_text() {
                "" => Hint::new(self.end(), say::empty_condition()),
                last => Hint::new(self.end(), say::ends_after(last)),
            };
        }
        if let Some(hint) = self.foreign_word() {
            return hint;
        }
        match shown {
            ")" if self.last_text() == "(" => Hint::new(self.last.cover(word), say::empty_parentheses()),
            ")" if self.last.is_empty() => Hint::new(word, say::closes_nothing()),
            ")" => Hint::new(self.last.cover(word), say::check_missing()),
            _ if shown.starts_with('!') => {
                let mark = TextRange::new(self.at, self.at + 1);
                Hint::new(mark, say::not_an_operator("!", "not")).suggest(
                    say::write_instead("not"),
                    mark,
                    "not ",
                )
            }
            _ if shown.starts_with('#') || shown.starts_with("//") || shown.starts_with("/*") => {
                Hint::new(word, say::no_comments())
            }
            _ => Hint::new(word, say::check_expected(shown)).note(say::checks_start_with_a_field()),
        }
    }

    fn blank_after(&self, word: &str) -> Hint {
        if self.is_at_end() {
            return Hint::new(self.end(), say::ends_after(word));
        }
        if self.word_text() == ")" {
            return Hint::new(self.last.cover(self.word()), say::check_missing());
        }
        let here = TextRange::new(self.last.end, self.last.end);
        Hint::new(self.last.cover(self.word()), say::blank_missing_after(word)).suggest(
            say::insert_blank(),
            here,
            " ",
        )
    }

    /// A `)` is missing: of a list, or of a group.
    fn close(&self) -> Hint {
        let open = self.open.unwrap_or(self.end());
        if self.is_at_end() {
            return Hint::new(open, say::unclosed_parenthesis());
        }
        let before = self.tokens.iter().rev().find(|(range, _)| range.end <= open.start);
        if !matches!(before, Some((_, TokenKind::Operator))) {
            return self.unexpected();
        }
        let (word, shown) = (self.word(), self.word_text());
        let glued = self.touches_last() && self.last != open;
        if glued && shown.starts_with(['"', '\'']) {
            return Hint::new(self.last.cover(word), say::quote_inside_word());
        }
        if glued && shown.starts_with(['=', '(']) {
            return self.quote_with_last(shown.get(..1).unwrap_or("="));
        }
        if let Some(hint) = self.unclosed_quote() {
            return hint;
        }
        if self.last == open || shown == "(" {
            return Hint::new(word, say::element_expected(shown));
        }
        let hint = Hint::new(word, say::comma_missing(shown)).note(say::values_with_blanks_need_quotes());
        match in_quotes(self.last.cover(word).slice(self.text)) {
            Some(quoted) if !shown.contains('=') => {
                hint.suggest(say::put_in_quotes(), self.last.cover(word), quoted)
            }
            _ => hint,
        }
    }

    /// A character that looks like a blank and is none: a form feed, a wide or an invisible one.
    fn odd_blank(&self) -> Option<Hint> {
        let around = self.last.cover(self.word());
        let (at, odd) = around.slice(self.text).char_indices().find(|(_, c)| is_odd_blank(*c))?;
        let start = around.start + at as u32;
        let mark = TextRange::new(start, start + odd.len_utf8() as u32);
        let name = format!("U+{:04X}", u32::from(odd));
        Some(Hint::new(mark, say::odd_blank(name)).suggest(say::use_a_blank(), mark, " "))
    }
}

/// The text in quotes that need no escapes, if there are such.
fn in_quotes(text: &str) -> Option<String> {
    let quote = ['"', '\''].into_iter().find(|quote| !text.contains(*quote))?;
    (!text.contains('\\')).then(|| format!("{quote}{text}{quote}"))
}

/// Looks like a blank, or like nothing, and is no blank for Falco.
const fn is_odd_blank(c: char) -> bool {
    matches!(
        c,
        '\x0b' | '\x0c' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'
            ..='\u{2064}' | '\u{3000}' | '\u{feff}'
    )
}

/// The first offset from `at` on that is no blank.
fn skip_blanks(text: &str, at: u32) -> u32 {
    let rest = text.get(at as usize..).unwrap_or("");
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\x08', '\r', '\n']).len();
    at + blanks as u32
}

#[cfg(test)]
mod tests;
