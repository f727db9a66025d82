//! Reads falco.yaml: the values of its keys, and what does not fit.

use super::{AlertFormat, Config, SOURCE, StaticField, addition, keys, selection};
use crate::catalog::messages::{config as say, items};
use crate::catalog::scope::STATIC;
use crate::catalog::{codes, priorities, suggest};
use crate::parse::node::{Yaml, YamlId};
use crate::parse::{scalar, yaml};
use crate::report::{Priority, RuleMatching};
use crate::text::{Applicability, Code, Diagnostic, Fix, Loc, Message, Source, Text, sorted};

/// Entries of one list of falco.yaml that are read; each is held against every rule.
pub const MAX_ENTRIES: usize = 1000;

/// Reads a falco.yaml. What does not fit is told, and has its default.
pub fn read(source: &Source) -> Config {
    let file = yaml::read(&source.text);
    let problems = file.problems.into_iter().map(|problem| problem.diagnostic(SOURCE)).collect();
    let mut reading = Reading { yaml: &file.yaml, text: &source.text, problems };
    let mut config = Config { rule_matching: Some(RuleMatching::First), ..Config::default() };
    // As Falco does: only the first document counts.
    if let Some(root) = file.yaml.documents.first().copied().filter(|root| !file.yaml.is_null(*root)) {
        if file.yaml.mapping(root).is_some() {
            keys_of(&mut reading, root, &mut config);
        } else {
            reading.misshapen(reading.first_line(root), say::not_a_mapping());
        }
    }
    config.problems = sorted(reading.problems, |problem| problem.at.order());
    config
}

fn keys_of(reading: &mut Reading<'_>, root: YamlId, config: &mut Config) {
    config.priority = priority(reading, root);
    config.rule_matching = Some(rule_matching(reading, root));
    config.selection = selection::read(reading, root);
    config.additions = addition::read(reading, root);
    statics(reading, root, config);
    config.alerts = AlertFormat {
        json: reading.boolean(root, "json_output", false),
        output: reading.boolean(root, "json_include_output_property", true),
        tags: reading.boolean(root, "json_include_tags_property", true),
        message: reading.boolean(root, "json_include_message_property", false),
        output_fields: reading.boolean(root, "json_include_output_fields_property", true),
        iso_time: reading.boolean(root, "time_format_iso_8601", false),
        base64: reading.boolean(root, "buffer_format_base64", false),
    };
    let plugins = reading.value(root, "load_plugins").and_then(|id| reading.yaml.sequence(id));
    config.k8smeta = plugins
        .is_some_and(|plugins| plugins.iter().any(|plugin| reading.yaml.scalar(*plugin) == Some("k8smeta")));
    if let (Some(_), Some((key, _))) =
        (reading.value(root, "rules_files"), reading.yaml.entry(root, "rules_file"))
    {
        reading.push(fatal(&codes::CONFIG_VALUE, reading.loc(key), say::both_rules_files()));
    }
    for (key, name) in reading.keys(root) {
        if keys::USED.contains(&name) || keys::OTHER.contains(&name) {
            continue;
        }
        if let Some(meant) = suggest::closest(name, keys::USED.iter().copied()) {
            reading.unknown_key(key, say::misspelt_key(name, meant), Some(meant));
        }
    }
}

fn priority(reading: &mut Reading<'_>, root: YamlId) -> Option<(Priority, Loc)> {
    let (text, at) = reading.text(root, "priority")?;
    if let Some(priority) = priorities::find(text.as_str()) {
        return Some((priority, at));
    }
    let message = items::invalid_priority(text.as_str());
    let mut problem = fatal(&codes::CONFIG_VALUE, at, message).note(items::priorities());
    if let Some(near) = priorities::meant(text.as_str()) {
        let near = near.to_ascii_lowercase();
        let title = items::replace_with(near.as_str());
        problem = problem.fix(Fix::replace(title, at, near, Applicability::Unsafe));
    }
    reading.push(problem);
    None
}

fn rule_matching(reading: &mut Reading<'_>, root: YamlId) -> RuleMatching {
    const NAMES: [(&str, RuleMatching); 2] = [("first", RuleMatching::First), ("all", RuleMatching::All)];
    let Some((text, at)) = reading.text(root, "rule_matching") else { return RuleMatching::First };
    let known = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text.as_str()));
    if let Some((_, matching)) = known {
        return *matching;
    }
    let message = say::unknown_matching(text.as_str());
    let mut problem = fatal(&codes::CONFIG_VALUE, at, message).note(say::matching_forms());
    let near = suggest::closest(text.as_str(), NAMES.iter().map(|(name, _)| *name));
    problem
        .fixes
        .extend(near.map(|near| Fix::replace(items::replace_with(near), at, near, Applicability::Unsafe)));
    reading.push(problem);
    RuleMatching::First
}

fn statics(reading: &mut Reading<'_>, root: YamlId, config: &mut Config) {
    let Some(map) = reading.map(root, "static_fields") else { return };
    for &(key, value) in reading.yaml.mapping(map).unwrap_or_default() {
        let Some(name) = reading.yaml.key_text(key) else { continue };
        if config.statics.len() >= MAX_ENTRIES {
            reading.misshapen(reading.loc(key), say::too_many_entries(MAX_ENTRIES.to_string()));
            break;
        }
        let full = format!("{STATIC}{name}").into_boxed_str();
        // As Falco's YAML reader does: of repeated keys the first counts.
        if config.static_names.contains(&full) {
            continue;
        }
        let Some(value) = reading.yaml.scalar(value) else {
            reading.misshapen(reading.loc(key), items::not_scalar(name));
            continue;
        };
        config.statics.push(StaticField { name: name.into(), value: value.into() });
        config.static_names.push(full);
    }
}

/// A falco.yaml that is being read.
pub(super) struct Reading<'a> {
    pub(super) yaml: &'a Yaml,
    pub(super) text: &'a str,
    pub(super) problems: Vec<Diagnostic>,
}

impl<'a> Reading<'a> {
    pub(super) fn loc(&self, id: YamlId) -> Loc {
        Loc::new(SOURCE, self.yaml.node(id).span)
    }

    /// The first line of a node: enough to see what is meant.
    pub(super) fn first_line(&self, id: YamlId) -> Loc {
        let mut at = self.loc(id);
        let line = at.span.slice(self.text).lines().next().unwrap_or("").trim_end().len() as u32;
        at.span.end = at.span.start + line;
        at
    }

    pub(super) fn push(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// A value of the wrong shape.
    pub(super) fn misshapen(&mut self, at: Loc, message: Message) {
        self.push(Diagnostic::new(&codes::CONFIG_SHAPE, at, message));
    }

    /// The keys of a mapping and what they say.
    pub(super) fn keys(&self, map: YamlId) -> Vec<(YamlId, &'a str)> {
        let yaml = self.yaml;
        let entries = yaml.mapping(map).unwrap_or_default().iter();
        entries.filter_map(|(key, _)| Some((*key, yaml.key_text(*key)?))).collect()
    }

    /// The value of a key, unless it is nothing.
    pub(super) fn value(&self, map: YamlId, key: &str) -> Option<YamlId> {
        self.yaml.entry(map, key).map(|(_, value)| value).filter(|value| !self.yaml.is_null(*value))
    }

    /// The single value of a key.
    pub(super) fn text(&mut self, map: YamlId, key: &str) -> Option<(Text, Loc)> {
        let value = self.value(map, key)?;
        if self.yaml.scalar(value).is_some() {
            return Some((scalar::text(self.yaml, value, self.text, SOURCE), self.loc(value)));
        }
        self.misshapen(self.first_line(value), items::not_scalar(key));
        None
    }

    /// The truth of a key.
    pub(super) fn boolean(&mut self, map: YamlId, key: &str, default: bool) -> bool {
        let Some((text, at)) = self.text(map, key) else { return default };
        if let Some(value) = scalar::boolean(text.as_str()) {
            return value;
        }
        let instead = default.to_string();
        let fix = |value: &str| Fix::replace(items::write_boolean(value), at, value, Applicability::Unsafe);
        let problem = Diagnostic::new(&codes::CONFIG_SHAPE, at, items::not_boolean(text.as_str()));
        self.push(problem.note(say::default_counts(instead)).fix(fix("true")).fix(fix("false")));
        default
    }

    /// The items of the sequence of a key.
    pub(super) fn items(&mut self, map: YamlId, key: &str) -> &'a [YamlId] {
        let Some(value) = self.value(map, key) else { return &[] };
        let Some(items) = self.yaml.sequence(value) else {
            self.misshapen(self.first_line(value), items::not_sequence(key));
            return &[];
        };
        if let Some(beyond) = items.get(MAX_ENTRIES) {
            self.misshapen(self.first_line(*beyond), say::too_many_entries(MAX_ENTRIES.to_string()));
        }
        items.get(..MAX_ENTRIES).unwrap_or(items)
    }

    /// The single values of the sequence of a key.
    pub(super) fn texts(&mut self, map: YamlId, key: &str) -> Vec<Box<str>> {
        let mut out = Vec::new();
        for &item in self.items(map, key) {
            match self.yaml.scalar(item) {
                Some(text) => out.push(text.into()),
                None => self.misshapen(self.first_line(item), items::item_not_scalar(key)),
            }
        }
        out
    }

    /// The value of a key that must be a mapping.
    pub(super) fn map(&mut self, map: YamlId, key: &str) -> Option<YamlId> {
        let value = self.value(map, key)?;
        if self.yaml.mapping(value).is_some() {
            return Some(value);
        }
        self.misshapen(self.first_line(value), say::must_be_mapping(key));
        None
    }

    /// Keys of a mapping of which all are known.
    pub(super) fn unknown_keys(&mut self, map: YamlId, known: &'static [&'static str]) {
        for (key, name) in self.keys(map) {
            if !known.contains(&name) {
                let meant = suggest::closest(name, known.iter().copied());
                self.unknown_key(key, say::unknown_key(name), meant);
            }
        }
    }

    fn unknown_key(&mut self, key: YamlId, message: Message, meant: Option<&str>) {
        let at = self.loc(key);
        let mut problem = Diagnostic::new(&codes::CONFIG_KEY, at, message);
        problem.fixes.extend(
            meant.map(|meant| Fix::replace(items::rename_key(meant), at, meant, Applicability::Unsafe)),
        );
        self.push(problem);
    }
}

/// A problem for which Falco ends at once.
pub(super) fn fatal(code: &'static Code, at: Loc, message: Message) -> Diagnostic {
    Diagnostic::new(code, at, message).note(say::does_not_start())
}
