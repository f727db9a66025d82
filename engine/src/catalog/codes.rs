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
    CONDITION_TOO_DEEP Error "condition-too-deep", "the condition is nested deeper than Falco reads", "条件の入れ子が Falco の上限を超えています";
    BAD_ESCAPE Error "bad-escape", "a quoted text holds an escape that Falco does not have", "引用符の中に Falco で使えないエスケープがあります";
    UNKNOWN_FIELD Error "unknown-field", "Falco has no such field", "Falco にそのフィールドはありません";
    BAD_FIELD_ARGUMENT Error "bad-field-argument", "the argument of a field does not fit", "フィールドの引数が正しくありません";
    UNKNOWN_EVENT_TYPE Error "unknown-event-type", "Falco has no such event type", "Falco にそのイベントタイプはありません";
    WRONG_OPERATOR Error "wrong-operator", "the type of the field does not have this operator", "フィールドの型でこの演算子は使えません";
    BAD_VALUE Error "bad-value", "the value is none of the field's type", "フィールドの型に合わない値です";
    BAD_REGEX Error "bad-regex", "Falco's regular expressions do not have this", "Falco の正規表現として正しくありません";
    BAD_COMPARISON Error "bad-comparison", "these two fields cannot be compared", "この二つのフィールドは比較できません";
    BAD_TRANSFORMER Error "bad-transformer", "the transformer does not take this", "トランスフォーマーに渡せないものです";
    ENDS_FALCO Error "ends-falco", "Falco loads this and ends when such an event comes", "読み込みはできますが、該当するイベントで Falco が終了します";
    FIELD_AS_CONSTANT Warning "field-as-constant", "a text that looks like a field is compared as text", "フィールドに見える値が文字列として比較されます";
    SIMPLE_REGEX Warning "simple-regex", "a simpler operator says the same as this regular expression", "正規表現より簡単な演算子で書けます";
    NA_COMPARISON Warning "na-comparison", "a missing value is not the text `<NA>`", "値がないことは文字列 `<NA>` と同じではありません";
    // outputs
    EMPTY_OUTPUT Error "empty-output", "a rule needs an output", "ルールには出力が必要です";
    OUTPUT_SYNTAX Error "output-syntax", "the output does not follow Falco's format", "出力の書式が Falco の形式に合っていません";
    // events
    EVENT_SYNTAX Error "event-syntax", "the events file cannot be read here", "イベントファイルのこの部分を読み取れません";
    EVENT_LIMIT Warning "event-limit", "the events file is larger than what is read", "イベントファイルが読み込みの上限を超えています";
    EVENT_FIELD Error "event-field", "an event cannot have this field", "イベントにこのフィールドは書けません";
    EVENT_VALUE Error "event-value", "the value does not fit the field", "フィールドに合わない値です";
    EVENT_TYPE Warning "event-type", "Falco never reports this event type", "Falco が報告しないイベントタイプです";
    EVENT_REPEATED Warning "event-repeated-field", "a field is given twice in one event", "一つのイベントに同じフィールドが二度あります";
    EVENT_METADATA Hint "event-metadata", "an event has no such key of its own", "イベントにない項目です";
}
