//! The items of all rules files: names, and which of them define and which change. Read from the YAML alone, item by item, so
//! that a broken item does not hide the others.

use super::position::Position;
use crate::catalog::SYSCALL;
use crate::parse::node::{Yaml, YamlId, YamlKind};
use crate::parse::{scalar, yaml};
use crate::report::editor::WordKind;
use crate::text::{Loc, Source, SourceId, Span, Text};

/// All files.
#[derive(Debug)]
pub(super) struct Index<'a> {
    pub(super) files: &'a [Source],
    pub(super) yaml: Vec<Yaml>,
    /// In load order.
    pub(super) items: Vec<Item>,
}

/// A rule, macro or list, or a change of one.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// `Rule`, `Macro` or `List`.
    pub(super) kind: WordKind,
    pub(super) name: Box<str>,
    pub(super) name_at: Loc,
    /// The whole item.
    pub(super) at: Loc,
    /// It has an `override`, or `append: true`, or is a rule with nothing but `enabled`.
    pub(super) changes: bool,
    pub(super) id: YamlId,
}

impl Item {
    /// Whether a place of file `file` lies in it.
    pub(super) fn holds(&self, file: u32, position: &Position<'_>) -> bool {
        self.at.source == SourceId(file) && position.item.contains(&(self.at.span.start as usize))
    }
}

/// The keys that name an item.
const KINDS: [(&str, WordKind); 3] =
    [("rule", WordKind::Rule), ("macro", WordKind::Macro), ("list", WordKind::List)];

impl<'a> Index<'a> {
    pub(super) fn new(files: &'a [Source]) -> Self {
        let yaml: Vec<_> = files.iter().map(|file| yaml::read(&file.text).yaml).collect();
        let mut items = Vec::new();
        for (at, yaml) in yaml.iter().enumerate() {
            let sequences = yaml.documents.iter().filter_map(|document| yaml.sequence(*document));
            items.extend(sequences.flatten().filter_map(|id| item(yaml, *id, SourceId::new(at))));
        }
        Self { files, yaml, items }
    }

    pub(super) fn of_kind(&self, kind: WordKind) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.kind == kind)
    }

    /// The items with a name.
    pub(super) fn named(&self, kind: WordKind, name: &str) -> impl Iterator<Item = &Item> {
        self.of_kind(kind).filter(move |item| &*item.name == name)
    }

    /// The definition that counts: the last one, as a later one replaces the earlier.
    pub(super) fn definition(&self, kind: WordKind, name: &str) -> Option<&Item> {
        let whole = self.named(kind, name).filter(|item| !item.changes).last();
        whole.or_else(|| self.named(kind, name).next())
    }

    /// The value of a key of an item.
    pub(super) fn value(&self, item: &Item, key: &str) -> Option<YamlId> {
        self.yaml_of(item)?.entry(item.id, key).map(|(_, value)| value)
    }

    /// Name of the file that an item is in.
    pub(super) fn file_name(&self, item: &Item) -> &'a str {
        self.files.get(item.at.source.index()).map_or("", |file| file.name.as_str())
    }

    pub(super) fn yaml_of(&self, item: &Item) -> Option<&Yaml> {
        self.yaml.get(item.at.source.index())
    }

    /// The text of a scalar in the file of an item.
    pub(super) fn text(&self, item: &Item, id: YamlId) -> Text {
        let (Some(yaml), Some(file)) = (self.yaml_of(item), self.files.get(item.at.source.index())) else {
            return Text::new();
        };
        scalar::text(yaml, id, &file.text, item.at.source)
    }

    /// Scalars of a value, however deep they stand in it.
    pub(super) fn scalars(&self, item: &Item, value: YamlId) -> Vec<YamlId> {
        let Some(yaml) = self.yaml_of(item) else { return Vec::new() };
        let (mut found, mut open) = (Vec::new(), vec![value]);
        // Aliases can make a small file large.
        while let Some(id) = open.pop().filter(|_| found.len() < MAX_SCALARS) {
            match &yaml.node(id).kind {
                YamlKind::Scalar { .. } => found.push(id),
                YamlKind::Sequence(inner) => open.extend(inner.iter().rev()),
                YamlKind::Mapping(inner) => open.extend(inner.iter().rev().map(|(_, value)| *value)),
                YamlKind::Null => {}
            }
        }
        found
    }

    /// The exceptions of an item: the node of each and that of its name.
    pub(super) fn exceptions(&self, item: &Item) -> Vec<(YamlId, YamlId)> {
        let Some(yaml) = self.yaml_of(item) else { return Vec::new() };
        let entries =
            self.value(item, "exceptions").and_then(|value| yaml.sequence(value)).unwrap_or_default();
        entries.iter().filter_map(|id| Some((*id, yaml.entry(*id, "name")?.1))).collect()
    }

    /// The event source of rule `name`.
    pub(super) fn source(&self, name: &str) -> String {
        let given = self.named(WordKind::Rule, name).find_map(|item| {
            let value = self.value(item, "source")?;
            self.yaml_of(item)?.scalar(value).map(str::to_owned)
        });
        given.unwrap_or_else(|| SYSCALL.to_owned())
    }
}

/// Scalars that are looked at in one value.
const MAX_SCALARS: usize = 10_000;

fn item(yaml: &Yaml, id: YamlId, file: SourceId) -> Option<Item> {
    let entries = yaml.mapping(id)?;
    let (kind, name) = KINDS.iter().rev().find_map(|(key, kind)| Some((*kind, yaml.entry(id, key)?.1)))?;
    let text = yaml.scalar(name)?;
    let has = |key: &str| yaml.entry(id, key).is_some();
    let appends =
        yaml.entry(id, "append").and_then(|(_, value)| yaml.scalar(value)).is_some_and(|it| it == "true");
    let enables = kind == WordKind::Rule
        && has("enabled")
        && !["condition", "output", "desc", "priority"].iter().any(|key| has(key));
    let mut span = yaml.node(id).span;
    // The last value may reach further than the mapping says.
    for (_, value) in entries {
        span = Span::new(span.start, span.end.max(yaml.node(*value).span.end));
    }
    Some(Item {
        kind,
        name: text.into(),
        name_at: Loc::new(file, yaml.node(name).span),
        at: Loc::new(file, span),
        changes: has("override") || appends || enables,
        id,
    })
}
