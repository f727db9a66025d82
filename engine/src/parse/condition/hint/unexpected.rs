//! Something follows a complete comparison.

use super::{Hint, Scene, in_quotes, say};
use crate::catalog::operators::{Modifier, Operator, Shape};
use crate::catalog::suggest::closest;
use crate::catalog::transformers::Transformer;
use crate::report::TokenKind;
use crate::text::TextRange;

/// How other languages write what Falco writes as a word.
static FOREIGN: &[(&str, &str)] = &[("&&", "and"), ("&", "and"), ("||", "or"), ("|", "or")];

impl Scene<'_> {
    /// `&&`, `||`, and Falco's own words in upper case.
    pub(super) fn foreign_word(&self) -> Option<Hint> {
        let (word, shown) = (self.word(), self.word_text());
        if let Some((written, meant)) = FOREIGN.iter().find(|(written, _)| shown.starts_with(*written)) {
            let at = TextRange::new(word.start, word.start + written.len() as u32);
            let insert = if at == word { (*meant).to_owned() } else { format!("{meant} ") };
            let hint = Hint::new(at, say::not_an_operator(*written, *meant));
            return Some(hint.suggest(say::write_instead(*meant), at, insert));
        }
        let lower = shown.to_ascii_lowercase();
        if lower != shown && matches!(lower.as_str(), "and" | "or" | "not") {
            let hint = Hint::new(word, say::not_an_operator(shown, lower.as_str()));
            let hint = hint.note(say::words_are_lower_case());
            return Some(hint.suggest(say::write_instead(lower.as_str()), word, lower));
        }
        None
    }

    pub(super) fn unexpected(&self) -> Hint {
        let (word, shown) = (self.word(), self.word_text());
        if let Some(hint) = self.foreign_word() {
            return hint;
        }
        if self.last_kind() == Some(TokenKind::Macro)
            && let Some(hint) = self.behind_macro(shown)
        {
            return hint;
        }
        let value = matches!(self.last_kind(), Some(TokenKind::Text | TokenKind::Number));
        if value && let Some(hint) = self.behind_lone_word(shown) {
            return hint;
        }
        let first = shown.chars().next().unwrap_or(' ');
        match first {
            ')' => Hint::new(word, say::closes_nothing()),
            ',' if value => Hint::new(word, say::several_values_need_a_list()),
            '#' => Hint::new(word, say::no_comments()),
            '/' if shown.starts_with("//") || shown.starts_with("/*") => Hint::new(word, say::no_comments()),
            '=' if value && self.touches_last() => self.quote_with_last("="),
            '(' if value && self.touches_last() => self.quote_with_last("("),
            '"' | '\'' if value && self.touches_last() => {
                Hint::new(self.last.cover(word), say::quote_inside_word())
            }
            _ if self.last_kind() == Some(TokenKind::Number) && self.touches_last() => {
                let whole = self.last.cover(word);
                if shown.bytes().all(|b| b.is_ascii_alphabetic()) {
                    let hint = Hint::new(whole, say::number_with_unit(shown));
                    return hint.note(say::times_are_nanoseconds());
                }
                let operator =
                    self.tokens.iter().rev().nth(1).map_or("<", |(range, _)| range.slice(self.text));
                Hint::new(whole, say::number_expected(operator, whole.slice(self.text)))
            }
            _ if self.last_text() == "exists" && !self.looks_like_check() => {
                Hint::new(self.last.cover(word), say::exists_takes_no_value())
            }
            _ if self.looks_like_check() => {
                let here = TextRange::new(self.at, self.at);
                Hint::new(word, say::and_or_missing(shown)).suggest(say::insert_and(), here, "and ")
            }
            _ if value && self.ends_the_value() => {
                let both = self.last.cover(word);
                let hint = Hint::new(both, say::values_with_blanks_need_quotes());
                match in_quotes(both.slice(self.text)) {
                    Some(quoted) => hint.suggest(say::put_in_quotes(), both, quoted),
                    None => hint,
                }
            }
            _ => Hint::new(word, say::unexpected(shown)).note(say::only_and_or_follow()),
        }
    }

    /// A word was taken for a value, and what follows shows that it was meant otherwise.
    fn behind_lone_word(&self, shown: &str) -> Option<Hint> {
        let name = self.last_text();
        let lower = name.to_ascii_lowercase();
        let before = self.tokens.iter().rev().nth(1).map_or("", |(range, _)| range.slice(self.text));
        if shown == "(" && !self.touches_last() {
            if Modifier::ALL.iter().any(|modifier| modifier.text() == lower) && lower != name {
                let hint = Hint::new(self.last, say::not_an_operator(name, lower.as_str()));
                let hint = hint.note(say::words_are_lower_case());
                return Some(hint.suggest(say::write_instead(lower.as_str()), self.last, lower));
            }
            let call = name == "val" || Transformer::ALL.iter().any(|transformer| transformer.text() == name);
            let blank = TextRange::new(self.last.end, self.at);
            return call.then(|| {
                let hint = Hint::new(self.last.cover(self.word()), say::parenthesis_must_touch(name));
                hint.suggest(say::remove_blank(), blank, "")
            });
        }
        let list = Operator::ALL.iter().any(|op| op.shape() == Shape::List && op.text() == before);
        if list && self.touches_last() && !shown.starts_with(['(', ')', ',', '"', '\'', '=']) {
            let whole = self.last.cover(self.word());
            let hint = Hint::new(whole, say::list_needs_parentheses(before));
            let meant = format!("({})", whole.slice(self.text));
            return Some(hint.suggest(say::put_in_parentheses(), whole, meant));
        }
        None
    }

    /// A value and what touches it are meant as one value.
    pub(super) fn quote_with_last(&self, character: &str) -> Hint {
        let rest = self.rest();
        let name = self.last_text();
        if character == "(" {
            let lower = name.to_ascii_lowercase();
            let known =
                lower == "val" || Transformer::ALL.iter().any(|transformer| transformer.text() == lower);
            if known && lower == name {
                return Hint::new(self.last, say::lists_hold_constants());
            }
            if known {
                let hint = Hint::new(self.last, say::not_an_operator(name, lower.as_str()));
                let hint = hint.note(say::words_are_lower_case());
                return hint.suggest(say::write_instead(lower.as_str()), self.last, lower);
            }
        }
        let mut open = 0_u32;
        let ends = |c: char| match c {
            '(' => {
                open += 1;
                false
            }
            ')' if open > 0 => {
                open -= 1;
                false
            }
            _ => c.is_ascii_whitespace() || matches!(c, ')' | ','),
        };
        let end = rest.find(ends).unwrap_or(rest.len());
        let at = self.last.cover(TextRange::new(self.at, self.at + end as u32));
        let hint = Hint::new(at, say::value_needs_quotes(character));
        match in_quotes(at.slice(self.text)) {
            Some(quoted) => hint.suggest(say::put_in_quotes(), at, quoted),
            None => hint,
        }
    }

    /// A name without a dot is a macro; what follows shows that something else was meant.
    fn behind_macro(&self, shown: &str) -> Option<Hint> {
        let name = self.last_text();
        if name == "exists" && shown.contains('.') {
            let both = self.last.cover(self.word());
            let hint = Hint::new(self.last, say::exists_behind_the_field());
            return Some(hint.suggest(say::move_exists(), both, format!("{shown} exists")));
        }
        if matches!(name, "and" | "or") && (self.looks_like_check() || shown == ")") {
            let gone = TextRange::new(self.last.start, self.at);
            let hint = Hint::new(self.last, say::nothing_before(name));
            return Some(hint.suggest(say::remove(name), gone, ""));
        }
        if shown == "(" && self.touches_last() {
            if name == "val" {
                return Some(Hint::new(self.last, say::val_only_on_the_right()));
            }
            let hint = Hint::new(self.last, say::not_a_function(name));
            let known = Transformer::ALL.iter().map(|transformer| transformer.text());
            return Some(match closest(name, known) {
                Some(meant) => hint.suggest(say::write_instead(meant), self.last, meant),
                None => hint,
            });
        }
        let rest = self.rest();
        let compared = Operator::ALL.iter().any(|op| {
            rest.strip_prefix(op.text()).is_some_and(|after| {
                !op.is_word() || after.starts_with([' ', '(', '\t', '\n']) || after.is_empty()
            })
        });
        (compared || rest.starts_with('.') || (rest.starts_with('-') && self.touches_last()))
            .then(|| Hint::new(self.last, say::not_a_field(name)).note(say::without_a_dot_a_macro()))
    }

    /// What stands here would make a comparison of its own.
    fn looks_like_check(&self) -> bool {
        let (shown, rest) = (self.word_text(), self.rest());
        let name_len =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))).unwrap_or(rest.len());
        let name = rest.get(..name_len).unwrap_or("");
        let field = name.contains('.')
            && name.split('.').all(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()));
        shown == "not" || (shown == "(" && !self.touches_last()) || field && !self.ends_the_value()
    }

    /// Nothing but `and`, `or`, `)` or the end follows the word here.
    fn ends_the_value(&self) -> bool {
        let after = self.text.get(self.word().end as usize..).unwrap_or("").trim_start();
        after.is_empty() || after.starts_with(')') || after.starts_with("and ") || after.starts_with("or ")
    }
}
