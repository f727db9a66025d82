//! A field without an operator behind it.

use super::{Hint, Scene, say};
use crate::catalog::dialect::bracketed;
use crate::catalog::messages::course;
use crate::catalog::operators::{Operator, Shape};
use crate::catalog::suggest::closest;
use crate::report::TokenKind;
use crate::text::TextRange;

/// What other languages call Falco's operators.
static SYNONYMS: &[(&str, &str)] = &[
    ("like", "glob"),
    ("ilike", "iglob"),
    ("matches", "regex"),
    ("match", "regex"),
    ("rmatch", "regex"),
    ("~", "regex"),
    ("~=", "regex"),
    ("equals", "="),
    ("equal", "="),
    ("eq", "="),
    ("is", "="),
    (":", "="),
    (":=", "="),
    ("=>", ">="),
    ("=<", "<="),
    ("ne", "!="),
    ("neq", "!="),
    ("gt", ">"),
    ("ge", ">="),
    ("gte", ">="),
    ("lt", "<"),
    ("le", "<="),
    ("lte", "<="),
    ("has", "contains"),
    ("includes", "contains"),
    ("include", "contains"),
    ("beginswith", "startswith"),
    ("starts", "startswith"),
    ("ends", "endswith"),
    ("any", "intersects"),
    ("within", "in"),
    ("under", "pmatch"),
];

impl Scene<'_> {
    pub(super) fn operator(&self) -> Hint {
        let field = self.left_side();
        let name = field.slice(self.text);
        let (word, shown) = (self.word(), self.word_text());
        if self.is_at_end() || matches!(shown, ")" | "and" | "or") {
            return Hint::new(field, say::operator_missing(name)).note(say::field_alone());
        }
        if field.end == self.at
            && let Some(hint) = self.field_goes_on(field)
        {
            return hint;
        }
        if shown == "not" {
            let at = field.cover(word);
            return Hint::new(word, say::not_before_the_field()).suggest(
                say::move_not(),
                at,
                format!("not {name}"),
            );
        }
        for op in Operator::ALL.iter().filter(|op| op.shape() == Shape::Text && op.is_word()) {
            // Without a blank behind it, Falco does not take the word for an operator.
            if shown == op.text() {
                return Hint::new(word, say::value_missing(shown));
            }
            if let Some(after) = self.rest().strip_prefix(op.text())
                && after.starts_with(['"', '\'', '('])
            {
                let end = self.at + op.text().len() as u32;
                let at = TextRange::new(self.at, end);
                let here = TextRange::new(end, end);
                return Hint::new(at, say::blank_missing_after(op.text())).suggest(
                    say::insert_blank(),
                    here,
                    " ",
                );
            }
        }
        let lower = shown.to_ascii_lowercase();
        let operators = || Operator::ALL.iter().map(|op| op.text());
        if lower != shown && operators().any(|op| op == lower) {
            return Hint::new(word, say::not_an_operator(shown, lower.as_str()))
                .note(say::words_are_lower_case())
                .suggest(say::write_instead(lower.as_str()), word, lower);
        }
        if lower == "is"
            && let Some(end) = self.rest().strip_prefix(shown).map(str::trim_start)
            && end.starts_with("not ")
        {
            let len = self.rest().len() - end.len() + "not".len();
            let at = TextRange::new(self.at, self.at + len as u32);
            return Hint::new(at, say::not_an_operator("is not", "!=")).suggest(
                say::write_instead("!="),
                at,
                "!=",
            );
        }
        let synonym = SYNONYMS.iter().find(|(other, _)| *other == lower).map(|(_, meant)| *meant);
        let hint = Hint::new(word, say::operator_expected(shown));
        match synonym.or_else(|| closest(shown, operators())) {
            Some(meant) => hint.suggest(say::use_operator(meant), word, meant),
            None => hint,
        }
    }

    /// The field or transformer before this place.
    fn left_side(&self) -> TextRange {
        let last = self.tokens.last().map_or(self.last, |(range, _)| *range);
        let mut open = 0_u32;
        for (range, kind) in self.tokens.iter().rev() {
            match range.slice(self.text) {
                ")" => open += 1,
                "(" => open = open.saturating_sub(1),
                _ if open == 0 && matches!(kind, TokenKind::Field | TokenKind::Transformer) => {
                    return range.cover(last);
                }
                _ => {}
            }
        }
        last
    }

    /// Something touches the name of the field that cannot be part of it: often the rest of a label.
    fn field_goes_on(&self, field: TextRange) -> Option<Hint> {
        let first = self.rest().chars().next()?;
        if matches!(first, '=' | '!' | '<' | '>' | '~' | ':') {
            return None;
        }
        let end = self.rest().find(|c: char| c.is_whitespace() || matches!(c, '=' | '!' | '<' | '>' | ')'));
        let whole = TextRange::new(field.start, self.at + end.unwrap_or(self.rest().len()) as u32);
        let text = whole.slice(self.text);
        let shown = first.to_string();
        if let Some(meant) = bracketed(text).filter(|_| !text.contains(['[', ']', '"', '\''])) {
            let title = say::write_instead(meant.as_str());
            let hint = Hint::new(whole, say::label_needs_brackets(shown)).note(course::evaluated());
            return Some(hint.suggest(title, whole, meant));
        }
        let key = ["annotation", "env"].iter().find_map(|kind| {
            let at = text.find(&format!(".{kind}."))?;
            Some((text.get(..at + 1 + kind.len())?, text.get(at + 2 + kind.len()..)?))
        });
        Some(match key {
            Some((base, key)) if !key.contains(['[', ']', '"', '\'']) => {
                let meant = format!("{base}[{key}]");
                Hint::new(whole, say::label_needs_brackets(shown)).suggest(
                    say::write_instead(meant.as_str()),
                    whole,
                    meant,
                )
            }
            _ => Hint::new(whole, say::field_ends_at(shown)),
        })
    }
}
