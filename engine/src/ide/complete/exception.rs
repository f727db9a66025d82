//! Values of an exception's keys. They belong together by position: a comparison and a value to the field of its column.

use super::field::in_yaml;
use super::{Context, Found, simple, snippet, typed, written};
use crate::catalog::operators::{Modifier, Operator, Shape};
use crate::ide::line::{unquoted, values};
use crate::ide::position::{Step, Style};
use crate::report::editor::{Completion, WordKind};
use crate::resolve::check::ValueType;
use crate::resolve::types::has_operator;
use crate::text::distinct;

/// What an exception compares.
#[derive(Default)]
struct Columns {
    fields: Vec<String>,
    comps: Vec<String>,
    /// False for a lone field, with which all values are compared at once.
    many: bool,
}

impl Context<'_> {
    /// What can stand in the value of `key` of an exception.
    pub(super) fn exception(&self, key: &str, from: usize, style: Style) -> Found {
        let quotes = if let Style::Quoted(quote) = style { Some(quote) } else { None };
        let items = match key {
            "name" => self.exception_names(),
            "fields" => self.fields("", typed(self.position, from)),
            "comps" => self.comparisons(quotes),
            "values" => self.exception_values(quotes),
            _ => return None,
        };
        Some((from, items))
    }

    /// The names of the exceptions that other items give the rule.
    fn exception_names(&self) -> Vec<Completion> {
        let mut names = Vec::new();
        for item in self.index.named(WordKind::Rule, self.name().unwrap_or("")) {
            let other = !item.holds(self.file, self.position);
            let Some(yaml) = self.index.yaml_of(item).filter(|_| other) else { continue };
            names.extend(self.index.exceptions(item).into_iter().filter_map(|(_, name)| yaml.scalar(name)));
        }
        distinct(names).into_iter().map(|name| simple(name, WordKind::Exception, "")).collect()
    }

    /// What the exception compares. One that only adds values has the fields of the one with its name in an earlier item.
    fn columns(&self) -> Columns {
        let own = self.position.entry_keys();
        let value = |key: &str| own.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
        let owned = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect();
        if let Some(fields) = value("fields") {
            let many = fields.trim_start().starts_with(['[', '-']);
            let comps = owned(values(value("comps").unwrap_or("")));
            return Columns { fields: owned(values(fields)), comps, many };
        }
        let name = value("name").map(unquoted);
        for item in self.index.named(WordKind::Rule, self.name().unwrap_or("")) {
            let Some(yaml) = self.index.yaml_of(item) else { continue };
            let same = |(_, own): &(_, _)| yaml.scalar(*own) == name;
            let found = self.index.exceptions(item).into_iter().find(same);
            let Some((id, (_, fields))) = found.and_then(|(id, _)| Some((id, yaml.entry(id, "fields")?)))
            else {
                continue;
            };
            let words = |value| {
                let found = self.index.scalars(item, value).into_iter();
                found.filter_map(|id| yaml.scalar(id).map(str::to_owned)).collect()
            };
            let comps = yaml.entry(id, "comps").map(|(_, comps)| words(comps)).unwrap_or_default();
            return Columns { fields: words(fields), comps, many: yaml.sequence(fields).is_some() };
        }
        Columns::default()
    }

    /// The comparisons that fit the field of the column.
    fn comparisons(&self, quotes: Option<char>) -> Vec<Completion> {
        let columns = self.columns();
        let at = self.position.indices().get(1).copied().unwrap_or(0);
        let key = columns.fields.get(at).and_then(|field| self.key(field));
        let kind = key.map(|key| ValueType { kind: key.kind(), list: key.info().list });
        let fits = |op: &Operator| {
            !matches!(op, Operator::EqEq | Operator::Exists)
                && kind.is_none_or(|kind| has_operator(*op, kind))
        };
        let mut found = Vec::new();
        let mut add = |label: &str, rank| {
            let item = Completion { rank, ..simple(label, WordKind::Operator, "") };
            // `!=` and `>` mean something to YAML.
            found.extend(in_yaml(label, quotes).map(|text| written(item, text)));
        };
        for op in Operator::ALL.iter().copied().filter(fits) {
            // A lone field is compared with all values at once.
            if columns.many || op.shape() == Shape::List {
                add(op.text(), 5);
            }
            if op.shape() == Shape::Text {
                for it in Modifier::ALL {
                    add(&format!("{} {}", op.text(), it.text()), 0);
                }
            }
        }
        found
    }

    /// Values of the column's field, and lists where the comparison takes one.
    fn exception_values(&self, quotes: Option<char>) -> Vec<Completion> {
        let columns = self.columns();
        let entries = self.position.path.iter().filter(|step| matches!(step, Step::Entry { .. })).count();
        let row = |text: &str| vec![snippet("[ ]", WordKind::Snippet, text)];
        match entries {
            0 | 1 if columns.many => return row("\n\t- [${}]"),
            2 if columns.many => return row("[${}]"),
            0 | 1 => return row("[${}]"),
            _ => {}
        }
        let at = if columns.many { self.position.indices().get(2).copied().unwrap_or(0) } else { 0 };
        let key = columns.fields.get(at).and_then(|field| self.key(field));
        let mut found = key.map(|key| self.values(&key, &|value| in_yaml(value, quotes))).unwrap_or_default();
        let takes_list = columns.comps.get(at).map_or(!columns.many, |comp| {
            let (op, modifier) = comp.split_once(' ').unwrap_or((comp, ""));
            let list = Operator::ALL.iter().any(|it| it.text() == op && it.shape() == Shape::List);
            list || !modifier.is_empty()
        });
        if takes_list {
            found.extend(self.lists());
        }
        found
    }
}
