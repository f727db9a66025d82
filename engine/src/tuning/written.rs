//! Where the exceptions of a rule are written: the items of all files that define or append to them.

use super::table;
use crate::parse::node::{Yaml, YamlId};
use crate::parse::wrapped;
use crate::parse::yaml;
use crate::resolve::ruleset::Rule;
use crate::text::{Source, Span};

/// The rules files as YAML.
pub(super) struct Written<'a> {
    pub(super) files: Vec<(&'a str, Yaml)>,
}

/// An item `rule` of some file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Item {
    pub(super) file: usize,
    /// The sequence that it stands in.
    pub(super) root: YamlId,
    pub(super) id: YamlId,
}

/// An exception in an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Part {
    pub(super) item: Item,
    /// The item's `exceptions`.
    pub(super) list: YamlId,
    /// The exception in it.
    pub(super) id: YamlId,
}

impl<'a> Written<'a> {
    /// Reads the files; `None` if one of them is no YAML.
    pub(super) fn read(files: &'a [Source]) -> Option<Self> {
        let read = |file: &'a Source| {
            let wrapped = wrapped::find(&file.text);
            let read = yaml::read(wrapped.as_ref().map_or(&file.text, |wrapped| &wrapped.text));
            read.problems.is_empty().then_some((file.text.as_str(), read.yaml))
        };
        Some(Self { files: files.iter().map(read).collect::<Option<_>>()? })
    }

    /// The items about a rule, in load order.
    pub(super) fn items(&self, rule: &str) -> Vec<Item> {
        let mut items = Vec::new();
        for (file, (_, yaml)) in self.files.iter().enumerate() {
            for &root in &yaml.documents {
                for &id in yaml.sequence(root).unwrap_or_default() {
                    let name = yaml.entry(id, "rule").and_then(|(_, name)| yaml.scalar(name));
                    if name == Some(rule) {
                        items.push(Item { file, root, id });
                    }
                }
            }
        }
        items
    }

    /// The value of a key of an item.
    pub(super) fn value(&self, item: Item, key: &str) -> Option<YamlId> {
        self.yaml(item)?.entry(item.id, key).map(|(_, value)| value)
    }

    pub(super) fn yaml(&self, item: Item) -> Option<&Yaml> {
        self.files.get(item.file).map(|(_, yaml)| yaml)
    }

    /// The item whose name stands at `at`.
    pub(super) fn definition(&self, rule: &Rule) -> Option<Item> {
        let named = |item: &Item| {
            let name = self.value(*item, "rule").and_then(|name| Some(self.yaml(*item)?.node(name).span));
            item.file == rule.name_at.source.index() && name == Some(rule.name_at.span)
        };
        self.items(&rule.name).into_iter().find(named)
    }

    /// Whether an item adds its exceptions to those that the rule has.
    pub(super) fn appends(&self, item: Item) -> bool {
        let scalar = |id: YamlId| self.yaml(item).and_then(|yaml| yaml.scalar(id));
        let deprecated = self
            .value(item, "append")
            .and_then(scalar)
            .is_some_and(|text| crate::parse::scalar::boolean(text) == Some(true));
        let entry = self.value(item, "override").and_then(|id| self.yaml(item)?.entry(id, "exceptions"));
        deprecated || entry.and_then(|(_, how)| scalar(how)) == Some("append")
    }

    /// The exceptions in an item.
    pub(super) fn parts(&self, item: Item) -> Vec<Part> {
        let list = self.value(item, "exceptions");
        let items = |list: YamlId| self.yaml(item).and_then(|yaml| yaml.sequence(list)).unwrap_or_default();
        list.into_iter().flat_map(|list| items(list).iter().map(move |&id| Part { item, list, id })).collect()
    }

    /// The value of a key of an exception.
    pub(super) fn of(&self, part: Part, key: &str) -> Option<YamlId> {
        self.yaml(part.item)?.entry(part.id, key).map(|(_, value)| value)
    }

    pub(super) fn name(&self, part: Part) -> Option<&str> {
        self.of(part, "name").and_then(|name| self.yaml(part.item)?.scalar(name))
    }

    fn span(&self, part: Part, id: YamlId) -> Option<Span> {
        Some(self.yaml(part.item)?.node(id).span)
    }

    /// The tuples in a part.
    pub(super) fn rows(&self, part: Part) -> &[YamlId] {
        let values = self.of(part, "values");
        values.and_then(|values| self.yaml(part.item)?.sequence(values)).unwrap_or_default()
    }

    /// Where exception `at` of a rule is written: where it is defined, then where values are appended to it. `None` where what is
    /// written there is not what the rule says.
    pub(super) fn exception(&self, rule: &Rule, at: usize) -> Option<Vec<Part>> {
        let exception = rule.exceptions.get(at)?;
        table::of(rule)?;
        let all: Vec<Part> = self.items(&rule.name).into_iter().flat_map(|item| self.parts(item)).collect();
        let defined = all.iter().position(|part| {
            let name = self.of(*part, "name").and_then(|name| self.span(*part, name));
            part.item.file == exception.at.source.index() && name == Some(exception.at.span)
        })?;
        let definition = *all.get(defined)?;
        let mut parts = vec![definition];
        // As Falco does: values are appended to the first exception of the name.
        let first = rule.exceptions.iter().position(|other| other.name == exception.name) == Some(at);
        let later = all.get(defined + 1..).unwrap_or_default().iter().filter(|part| {
            first
                && part.item != definition.item
                && self.appends(part.item)
                && self.name(**part) == Some(&exception.name)
        });
        parts.extend(later);
        let rows = parts.iter().flat_map(|part| self.rows(*part).iter().map(|row| (*part, *row)));
        let rows: Vec<_> =
            rows.filter_map(|(part, row)| Some((part.item.file, self.span(part, row)?))).collect();
        let said = exception.tuples.iter().map(|tuple| (tuple.at.source.index(), tuple.at.span));
        said.eq(rows).then_some(parts)
    }

    /// The part and row of a tuple.
    pub(super) fn tuple(&self, parts: &[Part], mut tuple: usize) -> Option<(Part, usize)> {
        for &part in parts {
            let rows = self.rows(part).len();
            if tuple < rows {
                return Some((part, tuple));
            }
            tuple -= rows;
        }
        None
    }
}
