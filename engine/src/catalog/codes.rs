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
    EVENT_LIMIT Warning "event-limit", "the events file is larger than what is read", "イベントファイルが読み込みの上限を超えています";
    EVENT_FIELD Error "event-field", "an event cannot have this field", "イベントにこのフィールドは書けません";
    EVENT_VALUE Error "event-value", "the value does not fit the field", "フィールドに合わない値です";
    EVENT_TYPE Warning "event-type", "Falco never reports this event type", "Falco が報告しないイベントタイプです";
    EVENT_REPEATED Warning "event-repeated-field", "a field is given twice in one event", "一つのイベントに同じフィールドが二度あります";
    EVENT_METADATA Hint "event-metadata", "an event has no such key of its own", "イベントにない項目です";
}
