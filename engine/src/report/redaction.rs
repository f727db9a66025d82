//! What is replaced before events are given away.

use serde::{Deserialize, Serialize};

/// What a value is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Secret {
    User,
    Host,
    Pod,
    Namespace,
    Container,
    Image,
    Cluster,
    Workload,
    Resource,
    Label,
    Id,
    Address,
    Domain,
    Email,
    Secret,
}

impl Secret {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::User,
        Self::Host,
        Self::Pod,
        Self::Namespace,
        Self::Container,
        Self::Image,
        Self::Cluster,
        Self::Workload,
        Self::Resource,
        Self::Label,
        Self::Id,
        Self::Address,
        Self::Domain,
        Self::Email,
        Self::Secret,
    ];

    /// The word that its pseudonyms begin with, and that names it on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Host => "host",
            Self::Pod => "pod",
            Self::Namespace => "namespace",
            Self::Container => "container",
            Self::Image => "image",
            Self::Cluster => "cluster",
            Self::Workload => "workload",
            Self::Resource => "resource",
            Self::Label => "label",
            Self::Id => "id",
            Self::Address => "address",
            Self::Domain => "domain",
            Self::Email => "email",
            Self::Secret => "secret",
        }
    }
}

/// What the user decides about a redaction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedactOptions {
    /// Values that stay.
    pub keep: Vec<String>,
    /// Whether values that rules compare with are replaced as well.
    pub literals: bool,
    /// Values that are replaced wherever they stand, beside those that are found. Nothing shorter than three bytes.
    pub also: Vec<String>,
}

/// Why a value stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept {
    /// The user wants it to.
    Asked,
    /// A rule compares with it.
    Rules,
}

/// A value and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// What it is.
    pub kind: Secret,
    /// The value.
    pub value: String,
    /// What takes its place.
    pub pseudonym: String,
    /// How often it is replaced.
    pub count: u32,
    /// Why it stays, if it does.
    pub kept: Option<Kept>,
}

/// Redacted events files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// What is replaced or could be, in order of first occurrence.
    pub replacements: Vec<Replacement>,
    /// The texts of the events files.
    pub files: Vec<String>,
    /// Number of verdicts, one per rule and event, that are others afterwards.
    pub changed: u32,
}
