//! The words of a condition that is being typed: what each is, and what can follow. Unlike the grammar (`parse/condition`) this
//! never stops: a word that does not fit counts as what is nearest.

use crate::catalog::operators::{Modifier, Operator, Shape};
use crate::catalog::transformers::Transformer;
use std::ops::Range;

/// What can stand at a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Expect {
    /// A comparison or a macro, perhaps `not`.
    #[default]
    Check,
    /// An operator.
    Operator,
    /// What the operator compares with.
    Value,
    /// An element of a list.
    Element,
    /// A field as the argument of a transformer.
    Argument,
    /// `and` or `or`.
    Logic,
}

/// What a word is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Logic,
    Macro,
    Field,
    Transformer,
    Operator,
    Modifier,
    Value,
    Sign,
}

/// A word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Word {
    /// Its bytes in the text that was read.
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
    /// What could stand in its place.
    pub(super) expect: Expect,
    /// The comparison that it is in.
    pub(super) check: Check,
}

/// A comparison as far as it was read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Check {
    /// The field on the left, with its argument.
    pub(super) field: Option<Range<usize>>,
    /// The transformer around it.
    pub(super) transformer: Option<Transformer>,
    pub(super) operator: Option<Operator>,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) all: Vec<Word>,
    /// What can follow.
    pub(super) expect: Expect,
    /// The comparison at the end.
    pub(super) check: Check,
}

/// Transformers and `val`, if a text goes on with one and its parenthesis.
fn call(text: &str) -> Option<(usize, Option<Transformer>)> {
    let all = Transformer::ALL.iter().map(|it| (it.text(), Some(*it))).chain([("val", None)]);
    let opens = |rest: &str| rest.trim_start().starts_with('(');
    all.filter(|(name, _)| text.strip_prefix(name).is_some_and(opens))
        .map(|(name, it)| (name.len(), it))
        .next()
}

/// What an open parenthesis belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Paren {
    Group,
    List,
    /// Of a transformer, on the left or on the right of an operator.
    Call {
        right: bool,
    },
}

/// Reads the words of `text`.
pub(super) fn read(text: &str) -> Words {
    let mut reader = Reader { text, at: 0, open: Vec::new(), out: Words::default() };
    while let Some(c) = reader.rest().chars().next() {
        if c.is_whitespace() || c == '\u{8}' {
            reader.at += c.len_utf8();
        } else {
            reader.word(c);
        }
    }
    reader.out
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    open: Vec<Paren>,
    out: Words,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Takes `len` bytes; then `next` can follow.
    fn take(&mut self, len: usize, kind: Kind, next: Expect) -> Range<usize> {
        let range = self.at..self.at + len.max(1);
        let (expect, check) = (self.out.expect, self.out.check.clone());
        self.out.all.push(Word { range: range.clone(), kind, expect, check });
        self.out.expect = next;
        self.at = range.end;
        range
    }

    fn word(&mut self, first: char) {
        let expect = self.out.expect;
        match first {
            '(' => self.open(),
            ')' => self.close(),
            ',' => {
                self.take(1, Kind::Sign, expect);
            }
            '"' | '\'' => {
                let len = quoted_len(self.rest());
                self.take(len, Kind::Value, after_value(expect));
            }
            _ => match expect {
                Expect::Check | Expect::Argument => self.operand(first),
                Expect::Operator => self.operator(),
                Expect::Value | Expect::Element => self.value(),
                Expect::Logic => self.logic(),
            },
        }
    }

    fn open(&mut self) {
        let last = self.out.all.last().map(|word| (word.kind, word.expect));
        let (paren, next) = match (last, self.out.expect) {
            (Some((Kind::Transformer, expect)), _) => {
                (Paren::Call { right: expect == Expect::Value }, Expect::Argument)
            }
            (_, Expect::Value) => (Paren::List, Expect::Element),
            (_, expect) => (Paren::Group, if expect == Expect::Argument { expect } else { Expect::Check }),
        };
        self.take(1, Kind::Sign, next);
        self.open.push(paren);
    }

    fn close(&mut self) {
        let inner = self.open.pop();
        let next = match (inner, self.open.last()) {
            (Some(Paren::Call { .. }), Some(Paren::Call { .. })) => Expect::Argument,
            (Some(Paren::Call { right: false }), _) => Expect::Operator,
            _ => Expect::Logic,
        };
        self.take(1, Kind::Sign, next);
    }

    /// A field, a macro, a transformer or `not`.
    fn operand(&mut self, first: char) {
        let argument = self.out.expect == Expect::Argument;
        if let Some((len, transformer)) = call(self.rest()) {
            if !argument {
                self.out.check = Check { transformer, ..Check::default() };
            }
            let expect = self.out.expect;
            self.take(len, Kind::Transformer, expect);
            return;
        }
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
        let mut len = self.rest().find(|c| !name(c)).unwrap_or(self.rest().len());
        let rest = self.rest();
        let word = rest.get(..len).unwrap_or("");
        if word.is_empty() {
            self.take(first.len_utf8(), Kind::Value, Expect::Check);
            return;
        }
        if !argument && matches!(word, "and" | "or" | "not") {
            self.out.check = Check::default();
            self.take(len, Kind::Logic, Expect::Check);
            return;
        }
        if !word.contains('.') {
            let next = if argument { Expect::Argument } else { Expect::Logic };
            self.out.check = if argument { self.out.check.clone() } else { Check::default() };
            self.take(len, Kind::Macro, next);
            return;
        }
        len += argument_len(rest.get(len..).unwrap_or(""));
        if !argument {
            self.out.check = Check::default();
        }
        if self.out.check.operator.is_none() {
            self.out.check.field = Some(self.at..self.at + len);
        }
        self.take(len, Kind::Field, if argument { Expect::Argument } else { Expect::Operator });
    }

    fn operator(&mut self) {
        let rest = self.rest();
        let letters = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let sign = Operator::ALL.iter().filter(|op| !op.is_word()).find(|op| rest.starts_with(op.text()));
        let word = rest.get(..letters).unwrap_or("");
        if matches!(word, "and" | "or") {
            self.out.check = Check::default();
            self.take(letters, Kind::Logic, Expect::Check);
            return;
        }
        let found = sign.or_else(|| Operator::ALL.iter().find(|op| op.text() == word)).copied();
        let len = sign.map_or(letters, |op| op.text().len());
        let other = rest.find(|c: char| c.is_whitespace() || "(),\"'".contains(c)).unwrap_or(rest.len());
        let next = if found == Some(Operator::Exists) { Expect::Logic } else { Expect::Value };
        self.take(if len == 0 { other } else { len }, Kind::Operator, next);
        self.out.check.operator = found;
    }

    fn value(&mut self) {
        let expect = self.out.expect;
        if expect == Expect::Value
            && let Some((len, _)) = call(self.rest())
        {
            self.take(len, Kind::Transformer, expect);
            return;
        }
        let rest = self.rest();
        let len = rest.find(|c: char| c.is_whitespace() || "(),\"'=".contains(c)).unwrap_or(rest.len());
        let word = rest.get(..len).unwrap_or("");
        let text = self.out.check.operator.is_some_and(|op| op.shape() == Shape::Text);
        let modifier = Modifier::ALL.iter().any(|modifier| modifier.text() == word)
            && rest.get(len..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
        if modifier && text && expect == Expect::Value {
            self.take(len, Kind::Modifier, Expect::Value);
            return;
        }
        self.take(len, Kind::Value, after_value(expect));
    }

    /// Behind a check: `and`, `or`, or a name without dot turns out to be half a field.
    fn logic(&mut self) {
        let rest = self.rest();
        let len = rest.find(|c: char| c.is_whitespace() || "(),\"'=<>!".contains(c)).unwrap_or(rest.len());
        let word = rest.get(..len).unwrap_or("");
        if matches!(word, "and" | "or" | "not") {
            self.out.check = Check::default();
            self.take(len, Kind::Logic, Expect::Check);
            return;
        }
        let after_name = self.out.all.last().is_some_and(|last| last.kind == Kind::Macro);
        if after_name && Operator::ALL.iter().any(|op| rest.starts_with(op.text())) {
            return self.operator();
        }
        self.take(len, Kind::Value, Expect::Logic);
    }
}

fn after_value(expect: Expect) -> Expect {
    match expect {
        Expect::Element => Expect::Element,
        Expect::Argument => Expect::Argument,
        _ => Expect::Logic,
    }
}

/// Length of an argument in brackets, if one follows at once.
fn argument_len(rest: &str) -> usize {
    if !rest.starts_with('[') {
        return 0;
    }
    let end = rest.find([']', '\n']);
    match end {
        Some(end) if rest.get(end..).is_some_and(|rest| rest.starts_with(']')) => end + 1,
        Some(end) => end,
        None => rest.len(),
    }
}

/// Length of a quoted text with its quotes, or of the rest.
fn quoted_len(rest: &str) -> usize {
    let quote = rest.chars().next().unwrap_or('"');
    let mut before = quote;
    for (at, c) in rest.char_indices().skip(1) {
        if c == quote && before != '\\' {
            return at + 1;
        }
        before = c;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str) -> Expect {
        read(text).expect
    }

    #[test]
    fn what_can_follow() {
        for (text, expect) in [
            ("", Expect::Check),
            ("spawned ", Expect::Logic),
            ("spawned and (", Expect::Check),
            ("not ", Expect::Check),
            ("proc.name ", Expect::Operator),
            ("proc.aname[2] ", Expect::Operator),
            ("proc.name = ", Expect::Value),
            ("proc.name=", Expect::Value),
            ("proc.name in (", Expect::Element),
            ("proc.name in (a, ", Expect::Element),
            ("proc.name in (a, b) ", Expect::Logic),
            ("proc.name startswith oneof ", Expect::Value),
            ("proc.name startswith oneof (a, ", Expect::Element),
            ("proc.name exists ", Expect::Logic),
            ("tolower(", Expect::Argument),
            ("tolower(proc.name) ", Expect::Operator),
            ("concat(proc.name, toupper(proc.pname)", Expect::Argument),
            ("proc.name = val(", Expect::Argument),
            ("proc.name = val(proc.pname) ", Expect::Logic),
            ("proc.name = 'a b", Expect::Logic),
            ("(proc.name = a) ", Expect::Logic),
            ("proc = ", Expect::Value),
            ("and ", Expect::Check),
            (") ", Expect::Logic),
        ] {
            assert_eq!(after(text), expect, "{text}");
        }
    }

    #[test]
    fn the_comparison_at_the_end() {
        let text = "a and tolower(proc.env[X]) startswith ";
        let words = read(text);
        assert_eq!(words.check.field.map(|at| &text[at]), Some("proc.env[X]"));
        assert_eq!(words.check.transformer, Some(Transformer::Tolower));
        assert_eq!(words.check.operator, Some(Operator::Startswith));
    }
}
