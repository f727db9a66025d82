//! falco.yaml to what it changes: which rules run, what their alerts say, and how alerts are printed. What rules make of
//! it belongs to `resolve` and `evaluate`; keys without effect on either are passed over.

mod addition;
mod keys;
mod read;
mod selection;

pub use keys::is_config;
pub use read::{MAX_ENTRIES, read};
pub use selection::matches;

use crate::catalog::codes;
use crate::report::{Priority, RuleMatching};
use crate::text::{Diagnostic, Loc, Severity, SourceId, Text};

/// The configuration among the sources: behind all rules files.
pub const SOURCE: SourceId = SourceId(u32::MAX - 1);

/// What a falco.yaml that Mews adds holds: the keys that have an effect here, as Falco is shipped.
pub const TEMPLATE: &str = include_str!("template.yaml");

/// A configuration. The default is that of a workspace without falco.yaml: nothing is added, nothing is left out, and
/// every rule that matches is shown.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Rules that are less severe do not run; where it is written.
    pub priority: Option<(Priority, Loc)>,
    /// None without a falco.yaml.
    pub rule_matching: Option<RuleMatching>,
    /// What `rules` switches on and off, in order.
    pub selection: Vec<Selection>,
    /// What `append_output` adds, in order.
    pub additions: Vec<Addition>,
    /// The fields `static.…`.
    pub statics: Vec<StaticField>,
    /// Their names, with `static.`.
    pub static_names: Vec<Box<str>>,
    /// The plugin `k8smeta` is loaded, and suggests fields of its own.
    pub k8smeta: bool,
    /// How alerts are printed.
    pub alerts: AlertFormat,
    /// What is wrong with it, in order of place.
    pub problems: Vec<Diagnostic>,
}

impl Config {
    /// Whether Falco starts with it: a value of the wrong shape has its default, other errors end it.
    pub fn loads(&self) -> bool {
        let shape = codes::CONFIG_SHAPE.name;
        self.problems.iter().all(|problem| problem.severity != Severity::Error || problem.code.name == shape)
    }
}

/// An entry of `rules`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Switches on, or else off.
    pub enable: bool,
    /// A name, with `*` for any text.
    pub rule: Option<(Box<str>, Loc)>,
    /// A tag.
    pub tag: Option<(Box<str>, Loc)>,
}

/// An entry of `append_output`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    /// The whole entry.
    pub at: Loc,
    /// The event source of the rules that it is for.
    pub source: Option<Box<str>>,
    /// The name of the rule that it is for, and where it is written.
    pub rule: Option<(Box<str>, Loc)>,
    /// Tags that a rule must have.
    pub tags: Vec<Box<str>>,
    /// Text behind the output.
    pub output: Option<Text>,
    /// Fields of JSON.
    pub fields: Vec<ExtraField>,
    /// Where all suggested fields are asked for.
    pub suggested: Option<Loc>,
}

/// An entry of `extra_fields`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtraField {
    /// The key in JSON.
    pub name: Box<str>,
    /// The field, or a format.
    pub text: Text,
    /// Whether it is a format.
    pub formatted: bool,
}

/// An entry of `static_fields`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaticField {
    /// Its name, without `static.`.
    pub name: Box<str>,
    /// Its value in every event.
    pub value: Box<str>,
}

/// How alerts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "switches of falco.yaml, each a key of its own")]
pub struct AlertFormat {
    /// `json_output`.
    pub json: bool,
    /// `json_include_output_property`.
    pub output: bool,
    /// `json_include_tags_property`.
    pub tags: bool,
    /// `json_include_message_property`.
    pub message: bool,
    /// `json_include_output_fields_property`.
    pub output_fields: bool,
    /// `time_format_iso_8601`.
    pub iso_time: bool,
    /// `buffer_format_base64`.
    pub base64: bool,
}

impl Default for AlertFormat {
    fn default() -> Self {
        Self {
            json: false,
            output: true,
            tags: true,
            message: false,
            output_fields: true,
            iso_time: false,
            base64: false,
        }
    }
}

impl Addition {
    /// Whether it is for a rule. As Falco does: all that `match` names must hold.
    pub fn applies(&self, rule: &str, source: &str, tags: &[String]) -> bool {
        self.source.as_deref().is_none_or(|wanted| wanted == source)
            && self.rule.as_ref().is_none_or(|(wanted, _)| **wanted == *rule)
            && self.tags.iter().all(|tag| tags.iter().any(|own| **own == **tag))
    }
}
