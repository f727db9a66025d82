//! The keys of rules files: the kinds of items, what each knows, and the keys one level below.

/// The kinds of items, in the order in which Falco looks for their key: the key, Falco's name for the kind, and the keys
/// that it knows.
pub const KINDS: &[(&str, &str, &[&str])] = &[
    ("required_engine_version", "required_engine_version", &["required_engine_version"]),
    ("required_plugin_versions", "required plugin versions", &["required_plugin_versions"]),
    ("list", "list", &["list", "items", "append", "override"]),
    ("macro", "macro", &["macro", "condition", "append", "override"]),
    (
        "rule",
        "rule",
        &[
            "rule",
            "condition",
            "output",
            "desc",
            "priority",
            "source",
            "enabled",
            "capture",
            "capture_duration",
            "warn_evttypes",
            "skip-if-unknown-filter",
            "tags",
            "exceptions",
            "override",
            "append",
        ],
    ),
];

/// The keys of an entry of `exceptions`.
pub const EXCEPTION_KEYS: &[&str] = &["name", "fields", "comps", "values"];

/// The keys of an entry of `required_plugin_versions`. An alternative has all but the last.
pub const PLUGIN_KEYS: &[&str] = &["name", "version", "alternatives"];

/// What `override` can append to and what it can replace, by kind of item.
pub const OVERRIDABLE: &[(&str, &[&str], &[&str])] = &[
    ("list", &["items"], &["items"]),
    ("macro", &["condition"], &["condition"]),
    (
        "rule",
        &["condition", "exceptions", "output", "desc", "tags"],
        &[
            "condition",
            "exceptions",
            "output",
            "desc",
            "tags",
            "priority",
            "capture",
            "capture_duration",
            "enabled",
            "warn_evttypes",
            "skip-if-unknown-filter",
        ],
    ),
];

/// The keys that Falco knows in an item, by Falco's name for the kind of item.
pub fn known(kind: &str) -> Option<&'static [&'static str]> {
    KINDS.iter().find(|(_, name, _)| *name == kind).map(|(_, _, keys)| *keys)
}
