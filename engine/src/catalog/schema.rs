//! The schema that Falco checks rules files against, beside reading them (sheet `rules-format`, section 9). A file that
//! breaks it loads all the same.

/// What a value may be.
pub enum Shape {
    /// Anything.
    Any,
    /// A single value.
    Text,
    /// `true` or `false`, in these letters.
    Boolean,
    /// A decimal number.
    Integer,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// A number or a text, in Falco's schema one or the other.
    NumberOrText,
    /// A list.
    List(&'static Shape),
    /// A mapping.
    Mapping(&'static Mapping),
}

/// What a mapping may hold.
pub struct Mapping {
    /// Its keys, in the order in which they are checked: sorted.
    pub keys: &'static [(&'static str, Shape)],
    /// Those that must be there, sorted.
    pub required: &'static [&'static str],
    /// Whether it must hold at least one.
    pub not_empty: bool,
}

/// A whole document. All kinds of items share one shape.
pub static DOCUMENT: Shape = Shape::List(&Shape::Mapping(&ITEM));

/// What `override` can do to a key.
pub const OPERATIONS: &[&str] = &["append", "replace"];

/// The priorities as the schema wants them.
pub const PRIORITIES: &[&str] =
    &["EMERGENCY", "ALERT", "CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO", "INFORMATIONAL", "DEBUG"];

static ITEM: Mapping = Mapping {
    keys: &[
        ("append", Shape::Boolean),
        ("capture", Shape::Boolean),
        ("capture_duration", Shape::Integer),
        ("condition", Shape::Text),
        ("desc", Shape::Text),
        ("enabled", Shape::Boolean),
        ("exceptions", Shape::List(&Shape::Mapping(&EXCEPTION))),
        ("items", Shape::List(&Shape::NumberOrText)),
        ("list", Shape::Text),
        ("macro", Shape::Text),
        ("output", Shape::Text),
        ("override", Shape::Mapping(&OVERRIDE)),
        ("priority", Shape::OneOf(PRIORITIES)),
        ("required_engine_version", Shape::Text),
        ("required_plugin_versions", Shape::List(&Shape::Mapping(&PLUGIN))),
        ("rule", Shape::Text),
        ("skip-if-unknown-filter", Shape::Boolean),
        ("source", Shape::Text),
        ("tags", Shape::List(&Shape::Text)),
        ("warn_evttypes", Shape::Boolean),
    ],
    required: &[],
    not_empty: false,
};

static EXCEPTION: Mapping = Mapping {
    keys: &[("comps", Shape::Any), ("fields", Shape::Any), ("name", Shape::Text), ("values", Shape::Any)],
    required: &["name"],
    not_empty: false,
};

static OVERRIDE: Mapping = Mapping {
    keys: &[
        ("capture", OPERATION),
        ("capture_duration", OPERATION),
        ("condition", OPERATION),
        ("desc", OPERATION),
        ("enabled", OPERATION),
        ("exceptions", OPERATION),
        ("items", OPERATION),
        ("output", OPERATION),
        ("priority", OPERATION),
        ("skip-if-unknown-filter", OPERATION),
        ("tags", OPERATION),
        ("warn_evttypes", OPERATION),
    ],
    required: &[],
    not_empty: true,
};

const OPERATION: Shape = Shape::OneOf(OPERATIONS);

static PLUGIN: Mapping = Mapping {
    keys: &[
        ("alternatives", Shape::List(&Shape::Mapping(&ALTERNATIVE))),
        ("name", Shape::Text),
        ("version", Shape::Text),
    ],
    required: &["name", "version"],
    not_empty: false,
};

static ALTERNATIVE: Mapping = Mapping {
    keys: &[("name", Shape::Text), ("version", Shape::Text)],
    required: &["name", "version"],
    not_empty: false,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_and_those_that_falco_knows() {
        for mapping in [&ITEM, &EXCEPTION, &OVERRIDE, &PLUGIN, &ALTERNATIVE] {
            assert!(mapping.keys.is_sorted_by_key(|(key, _)| *key) && mapping.required.is_sorted());
        }
        for (_, _, keys) in crate::catalog::keys::KINDS {
            assert!(keys.iter().all(|key| ITEM.keys.iter().any(|(known, _)| known == key)), "{keys:?}");
        }
    }
}
