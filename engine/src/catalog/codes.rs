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
    // items of rules files
    NOT_A_RULES_FILE Error "not-a-rules-file", "a rules file is a list of items", "ルールファイルは項目のリストです";
    UNKNOWN_ITEM Warning "unknown-item", "an item is no rule, macro, list or version requirement", "ルール・マクロ・リスト・バージョン要件のどれでもない項目です";
    UNKNOWN_KEY Warning "unknown-key", "an item has a key that Falco ignores", "Falco が無視するキーがあります";
    MISSING_KEY Error "missing-key", "an item lacks a key that it needs", "必要なキーがありません";
    WRONG_SHAPE Error "wrong-shape", "a value has the wrong YAML shape", "値の YAML としての形が正しくありません";
    BAD_SCALAR Error "bad-scalar", "a value is none that the key takes", "キーに使えない値です";
    INVALID_PRIORITY Error "invalid-priority", "there is no such priority", "その優先度はありません";
    ENGINE_VERSION Error "engine-version", "the rules require another engine version", "必要なエンジンバージョンを満たしていません";
    PLUGIN_VERSION Error "plugin-version", "a plugin requirement is not well-formed", "プラグイン要件が正しくありません";
    BAD_OVERRIDE Error "bad-override", "an override does not say what Falco can do", "上書きの指定が正しくありません";
    NOTHING_TO_CHANGE Error "nothing-to-change", "there is nothing of this name to change", "変更対象が見つかりません";
    SOURCE_CHANGED Error "source-changed", "a rule cannot change its event source", "ルールのイベントソースは変更できません";
    UNKNOWN_SOURCE Warning "unknown-source", "no plugin provides this event source", "そのイベントソースを提供するプラグインがありません";
    DEPRECATED_APPEND Warning "deprecated-append", "`append: true` is deprecated", "`append: true` は非推奨です";
    DEPRECATED_ENABLED Warning "deprecated-enabled", "an item with only `enabled` is deprecated", "`enabled` だけの項目は非推奨です";
    BAD_EXCEPTION Error "bad-exception", "an exception does not have the form that Falco reads", "例外の形が正しくありません";
    DUPLICATE_EXCEPTION Warning "duplicate-exception", "two exceptions of a rule have the same name", "同じ名前の例外が二つあります";
    EXCEPTION_NO_VALUES Warning "exception-no-values", "an exception is appended without values", "値のない例外を追記しています";
    INVALID_NAME Warning "invalid-name", "a name that conditions cannot refer to", "条件から参照できない名前です";
    UNDEFINED_MACRO Error "undefined-macro", "the condition names a macro that does not exist here", "定義されていないマクロを参照しています";
    MACRO_LOOP Error "macro-loop", "a macro refers to itself", "マクロが自分自身を参照しています";
    BROKEN_MACRO Error "broken-macro", "a macro of the rule has an error", "ルールが使うマクロに誤りがあります";
    CONDITION_TOO_LARGE Error "condition-too-large", "the condition is too large with all macros written out", "マクロ展開後の条件が大きすぎます";
    UNUSED_MACRO Warning "unused-macro", "nothing uses the macro", "使われていないマクロです";
    UNUSED_LIST Warning "unused-list", "nothing uses the list", "使われていないリストです";
    NO_EVENT_TYPE Warning "no-event-type", "the condition does not restrict the event type", "条件がイベントタイプを絞っていません";
    SKIPPED_RULE Warning "skipped-rule", "`skip-if-unknown-filter` drops the rule", "`skip-if-unknown-filter` によりルールが除外されます";
    DEPRECATED_FIELD Warning "deprecated-field", "Falco no longer fills this field", "Falco が値を設定しなくなったフィールドです";
    CONTAINER_INFO Warning "container-info", "`%container.info` is deprecated", "`%container.info` は非推奨です";
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
    CUT_NUMBER Warning "cut-number", "Falco cuts the number to what the field has room for", "フィールドに収まらない数値は Falco で切り詰められます";
    SIMPLE_REGEX Warning "simple-regex", "a simpler operator says the same as this regular expression", "正規表現より簡単な演算子で書けます";
    NA_COMPARISON Warning "na-comparison", "a missing value is not the text `<NA>`", "値がないことは文字列 `<NA>` と同じではありません";
    // outputs
    EMPTY_OUTPUT Error "empty-output", "a rule needs an output", "ルールには出力が必要です";
    OUTPUT_SYNTAX Error "output-syntax", "the output does not follow Falco's format", "出力の書式が Falco の形式に合っていません";
    // our own lints
    INERT_FIELD Warning "inert-field", "the field exists and never has a value", "値が入ることのないフィールドです";
    LITERAL_WILDCARD Warning "literal-wildcard", "a wildcard where Falco compares literally", "文字どおりの比較にワイルドカードがあります";
    UNDEFINED_LIST Warning "undefined-list", "a word that looks like a list and is none", "リストに見える語ですが、定義がありません";
    LONG_PROCESS_NAME Warning "long-process-name", "a process name longer than the kernel keeps", "カーネルが保持できない長さのプロセス名です";
    HOLDS_FOR_EVERYTHING Warning "holds-for-everything", "a comparison that every value satisfies", "どの値でも成り立つ比較です";
    NEVER_TRUE Warning "never-true", "checks that exclude each other", "両立しない比較があります";
    MIXED_LOGIC Hint "mixed-logic", "`and` and `or` without parentheses", "`and` と `or` が括弧なしで混在しています";
    APPENDED_LOGIC Warning "appended-logic", "an append that regroups the condition", "追記が条件のまとまりを変えています";
    EMPTY_EXCEPTION Hint "empty-exception", "an exception without values", "値のない例外です";
    DUPLICATE_TUPLE Warning "duplicate-tuple", "the same tuple twice", "同じ組が二つあります";
    NO_CONTAINER_SCOPE Hint "no-container-scope", "a container in the output, none in the condition", "出力にコンテナのフィールドがありますが、条件にはありません";
    UNKNOWN_TACTIC Warning "unknown-tactic", "no tactic of MITRE ATT&CK", "MITRE ATT&CK にない戦術です";
    SHADOWED_RULE Hint "shadowed-rule", "another rule always fires first", "常に別のルールが先に発火します";
    WEBHOOK_URL Warning "webhook-url", "the address of a webhook", "Webhook の URL があります";
    // events
    EVENT_SYNTAX Error "event-syntax", "the events file cannot be read here", "イベントファイルのこの部分を読み取れません";
    EVENT_LIMIT Warning "event-limit", "the events file is larger than what is read", "イベントファイルが読み込みの上限を超えています";
    EVENT_FIELD Error "event-field", "an event cannot have this field", "イベントにこのフィールドは書けません";
    EVENT_VALUE Error "event-value", "the value does not fit the field", "フィールドに合わない値です";
    EVENT_TYPE Warning "event-type", "Falco never reports this event type", "Falco が報告しないイベントタイプです";
    EVENT_REPEATED Warning "event-repeated-field", "a field is given twice in one event", "一つのイベントに同じフィールドが二度あります";
    EVENT_METADATA Hint "event-metadata", "an event has no such key of its own", "イベントにない項目です";
}
