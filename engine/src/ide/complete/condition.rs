//! Words of conditions and outputs.

use super::field::in_condition;
use super::{Context, Found, simple, snippet, typed};
use crate::catalog::FieldType;
use crate::catalog::operators::{Modifier, Operator, Shape};
use crate::catalog::transformers::Transformer;
use crate::ide::position::Style;
use crate::ide::words::{Check, Expect, Kind, read};
use crate::report::editor::{Completion, WordKind};
use crate::resolve::check::ValueType;
use crate::resolve::types::has_operator;
use crate::text::insert;

impl Context<'_> {
    /// What can stand at the cursor in a condition whose text begins at `from`.
    pub(super) fn condition(&self, from: usize, style: Style) -> Found {
        let text = self.position.text.get(from..self.position.offset)?;
        let words = read(text);
        let last = words.all.last().filter(|word| word.range.end == text.len());
        let half = last.filter(|word| match word.kind {
            Kind::Sign => false,
            // A sign such as `=` is whole.
            Kind::Operator => text.ends_with(|c: char| c.is_ascii_alphanumeric()),
            _ => true,
        });
        let (expect, check, start) = match half {
            Some(word) => (word.expect, &word.check, word.range.start),
            None => (words.expect, &words.check, text.len()),
        };
        let word = text.get(start..).unwrap_or("");
        if word.starts_with(['"', '\'']) {
            return None;
        }
        let quotes = if let Style::Quoted(quote) = style { Some(quote) } else { None };
        let left = check.field.clone().and_then(|at| text.get(at));
        let items = match expect {
            Expect::Check => self.checks(word),
            Expect::Argument => [self.fields("", word), transformers(false)].concat(),
            Expect::Operator => self.operators(left, check),
            Expect::Value | Expect::Element => self.operands(left, check, expect, quotes),
            Expect::Logic => ["and", "or"].iter().map(|word| simple(word, WordKind::Logic, "")).collect(),
        };
        Some((from + start, items))
    }

    fn checks(&self, word: &str) -> Vec<Completion> {
        let mut found = self.fields("", word);
        found.extend(self.macros());
        found.extend(transformers(false));
        found.push(simple("not", WordKind::Logic, ""));
        found
    }

    /// The macros, each with its file.
    fn macros(&self) -> Vec<Completion> {
        let own = self.name().filter(|_| self.position.item_kind() == Some("macro"));
        let mut seen = Vec::new();
        let new = self.index.of_kind(WordKind::Macro).filter(|item| insert(&mut seen, &*item.name));
        new.filter(|item| Some(&*item.name) != own)
            .map(|item| {
                let rank = if item.at.source.0 == self.file { 3 } else { 2 };
                Completion { rank, ..simple(&item.name, WordKind::Macro, self.index.file_name(item)) }
            })
            .collect()
    }

    /// The operators that the type on the left has.
    fn operators(&self, left: Option<&str>, check: &Check) -> Vec<Completion> {
        let kind = self.left_type(left, check.transformer);
        let fits =
            |op: &&Operator| **op != Operator::EqEq && kind.is_none_or(|kind| has_operator(**op, kind));
        let named = |op: &Operator| Completion {
            rank: rank_of(*op),
            ..simple(op.text(), WordKind::Operator, takes(*op))
        };
        Operator::ALL.iter().filter(fits).map(named).collect()
    }

    fn left_type(&self, left: Option<&str>, transformer: Option<Transformer>) -> Option<ValueType> {
        let key = self.key(left?)?;
        let own = ValueType { kind: key.kind(), list: key.info().list };
        Some(match transformer {
            None => own,
            Some(Transformer::Len) => ValueType { kind: FieldType::Uint64, list: false },
            Some(it) if it.is_single() => ValueType { kind: FieldType::Charbuf, ..own },
            Some(it) => ValueType { kind: FieldType::Charbuf, list: it == Transformer::Getopt },
        })
    }

    /// What can stand on the right of an operator.
    fn operands(
        &self,
        left: Option<&str>,
        check: &Check,
        expect: Expect,
        quotes: Option<char>,
    ) -> Vec<Completion> {
        let key = left.filter(|_| check.transformer.is_none()).and_then(|left| self.key(left));
        let values =
            key.map(|key| self.values(&key, &|value| in_condition(value, quotes))).unwrap_or_default();
        if expect == Expect::Element {
            return [values, self.lists()].concat();
        }
        let mut found = match check.operator.map(Operator::shape) {
            Some(Shape::List) => {
                let within = |list: Completion| Completion {
                    about: Some(list.label.clone()),
                    label: format!("({})", list.label),
                    ..list
                };
                let mut lists: Vec<_> = self.lists().into_iter().map(within).collect();
                lists.push(Completion { rank: 6, ..snippet("( )", WordKind::Snippet, "(${})") });
                lists
            }
            Some(Shape::Text) => {
                let modifier = |it: &Modifier| {
                    let made = snippet(it.text(), WordKind::Modifier, format!("{} (${{}})", it.text()));
                    Completion { rank: -5, ..made }
                };
                values.into_iter().chain(Modifier::ALL.iter().map(modifier)).collect()
            }
            _ => values,
        };
        found.extend(transformers(true));
        found
    }

    /// What can stand at the cursor in an output whose text begins at `from`.
    pub(super) fn output(&self, from: usize) -> Found {
        let text = self.position.text.get(from..self.position.offset)?;
        let name = |c: char| c.is_ascii_alphanumeric() || "_.[]-".contains(c);
        let start = text.trim_end_matches(name).len();
        let before = text.get(..start).unwrap_or("");
        let word = typed(self.position, from + start);
        // `%*20proc.name` is filled or cut to 20 bytes.
        if before.ends_with('%') || before.ends_with("%*") {
            let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let digits = if before.ends_with('*') { digits } else { 0 };
            return Some((from + start + digits, self.fields("", word)));
        }
        word.is_empty().then(|| (from + start, self.fields("%", "")))
    }
}

/// What an operator takes on its right.
fn takes(op: Operator) -> &'static str {
    match op.shape() {
        Shape::Alone => "",
        Shape::Number => "123",
        Shape::Text => "abc",
        Shape::List => "(a, b)",
    }
}

/// The usual ones first.
fn rank_of(op: Operator) -> i8 {
    match op {
        Operator::Eq => 10,
        Operator::Ne => 9,
        Operator::In => 8,
        Operator::Startswith => 7,
        Operator::Endswith => 6,
        Operator::Contains => 5,
        _ => 0,
    }
}

/// The transformers; on the right of an operator `val` as well.
fn transformers(right: bool) -> Vec<Completion> {
    let all = Transformer::ALL.iter().map(|it| (it.text(), WordKind::Transformer));
    let call = |(name, kind): (&str, WordKind)| snippet(name, kind, format!("{name}(${{}})"));
    // Values are meant more often.
    let rank = if right { -10 } else { 0 };
    let names = all.chain(right.then_some(("val", WordKind::Logic)));
    names.map(|it| Completion { rank, ..call(it) }).collect()
}
