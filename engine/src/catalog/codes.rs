//! The table of problems. One row per code; the docs and executable cases of each are in `codes/<name>.md`.

use crate::text::{Code, Severity};

/// Declares the codes and the table of all.
macro_rules! codes {
    ($($(#[$meta:meta])* $id:ident $severity:ident $name:literal, $en:literal, $ja:literal;)*) => {
        $($(#[$meta])* #[allow(missing_docs)] pub static $id: Code = Code { name: $name, severity: Severity::$severity, title: ($en, $ja) };)*

        /// Every code, in table order.
        pub static ALL: &[&Code] = &[$(&$id),*];
    };
}

codes! {
    // reading YAML and items
    YAML_SYNTAX Error "yaml-syntax", "the file is not well-formed YAML", "YAML の書き方に誤りがあります";
    // conditions
    CONDITION_SYNTAX Error "condition-syntax", "the condition does not follow Falco's grammar", "条件が Falco の文法に合っていません";
    UNKNOWN_FIELD Error "unknown-field", "Falco has no such field", "Falco にそのフィールドはありません";
    // outputs
    // events
    EVENT_SYNTAX Error "event-syntax", "the events file cannot be read here", "イベントファイルのこの部分を読み取れません";
}
