//! The table of problems. One row per code; what each means, with executable cases, is in `codes/<name>.md`.

use crate::text::{Code, Severity};

/// Declares the codes and the table of all.
macro_rules! codes {
    ($($(#[$meta:meta])* $id:ident $severity:ident $name:literal;)*) => {
        $($(#[$meta])* #[allow(missing_docs)] pub static $id: Code = Code { name: $name, severity: Severity::$severity };)*

        /// Every code, in table order.
        pub static ALL: &[&Code] = &[$(&$id),*];
    };
}

codes! {
    // reading YAML and items
    YAML_SYNTAX Error "yaml-syntax";
    // items of rules files
    NOT_A_RULES_FILE Error "not-a-rules-file";
    WRAPPED_RULES Hint "wrapped-rules";
    UNKNOWN_ITEM Warning "unknown-item";
    UNKNOWN_KEY Warning "unknown-key";
    MISSING_KEY Error "missing-key";
    WRONG_SHAPE Error "wrong-shape";
    BAD_SCALAR Error "bad-scalar";
    INVALID_PRIORITY Error "invalid-priority";
    ENGINE_VERSION Error "engine-version";
    PLUGIN_VERSION Error "plugin-version";
    BAD_OVERRIDE Error "bad-override";
    NOTHING_TO_CHANGE Error "nothing-to-change";
    SOURCE_CHANGED Error "source-changed";
    UNKNOWN_SOURCE Warning "unknown-source";
    DEPRECATED_APPEND Warning "deprecated-append";
    DEPRECATED_ENABLED Warning "deprecated-enabled";
    BAD_EXCEPTION Error "bad-exception";
    DUPLICATE_EXCEPTION Warning "duplicate-exception";
    EXCEPTION_NO_VALUES Warning "exception-no-values";
    INVALID_NAME Warning "invalid-name";
    UNDEFINED_MACRO Error "undefined-macro";
    MACRO_LOOP Error "macro-loop";
    BROKEN_MACRO Error "broken-macro";
    CONDITION_TOO_LARGE Error "condition-too-large";
    UNUSED_MACRO Warning "unused-macro";
    UNUSED_LIST Warning "unused-list";
    NO_EVENT_TYPE Warning "no-event-type";
    SKIPPED_RULE Warning "skipped-rule";
    DEPRECATED_FIELD Warning "deprecated-field";
    CONTAINER_INFO Warning "container-info";
    REPEATED_KEY Warning "repeated-key";
    SCHEMA_SHAPE Warning "schema-shape";
    SCHEMA_VALUE Hint "schema-value";
    // conditions
    CONDITION_SYNTAX Error "condition-syntax";
    CONDITION_TOO_DEEP Error "condition-too-deep";
    BAD_ESCAPE Error "bad-escape";
    UNKNOWN_FIELD Error "unknown-field";
    BAD_FIELD_ARGUMENT Error "bad-field-argument";
    UNKNOWN_EVENT_TYPE Error "unknown-event-type";
    WRONG_OPERATOR Error "wrong-operator";
    BAD_VALUE Error "bad-value";
    BAD_REGEX Error "bad-regex";
    BAD_COMPARISON Error "bad-comparison";
    BAD_TRANSFORMER Error "bad-transformer";
    ENDS_FALCO Error "ends-falco";
    FIELD_AS_CONSTANT Warning "field-as-constant";
    CUT_NUMBER Warning "cut-number";
    SIMPLE_REGEX Warning "simple-regex";
    NA_COMPARISON Warning "na-comparison";
    // outputs
    EMPTY_OUTPUT Error "empty-output";
    OUTPUT_SYNTAX Error "output-syntax";
    // what Falco refuses and the dialect of the course accepts
    COURSE_DIALECT Warning "course-dialect";
    // falco.yaml
    CONFIG_SHAPE Error "config-shape";
    CONFIG_VALUE Error "config-value";
    CONFIG_SELECTION Error "config-selection";
    CONFIG_FIELD_TWICE Error "config-field-twice";
    CONFIG_KEY Hint "config-key";
    CONFIG_UNMATCHED Hint "config-unmatched";
    // our own lints
    INERT_FIELD Warning "inert-field";
    LITERAL_WILDCARD Warning "literal-wildcard";
    UNDEFINED_LIST Warning "undefined-list";
    LONG_PROCESS_NAME Warning "long-process-name";
    LIST_CLASH Hint "list-clash";
    MISREAD_VALUE Warning "misread-value";
    HOLDS_FOR_EVERYTHING Warning "holds-for-everything";
    NEVER_TRUE Warning "never-true";
    ALWAYS_TRUE Warning "always-true";
    MIXED_LOGIC Hint "mixed-logic";
    APPENDED_LOGIC Warning "appended-logic";
    EMPTY_EXCEPTION Hint "empty-exception";
    DUPLICATE_TUPLE Warning "duplicate-tuple";
    DEAD_EXCEPTION Warning "dead-exception";
    UNUSED_EXCEPTION Hint "unused-exception";
    NO_CONTAINER_SCOPE Hint "no-container-scope";
    MISSING_OUTPUT_FIELD Hint "missing-output-field";
    UNKNOWN_TACTIC Warning "unknown-tactic";
    UNKNOWN_TECHNIQUE Warning "unknown-technique";
    PLACEHOLDER Warning "placeholder";
    SHADOWED_RULE Hint "shadowed-rule";
    WEBHOOK_URL Warning "webhook-url";
    // events
    EVENT_SYNTAX Error "event-syntax";
    EVENT_LIMIT Warning "event-limit";
    EVENT_FIELD Error "event-field";
    EVENT_VALUE Error "event-value";
    EVENT_TYPE Warning "event-type";
    EVENT_REPEATED Warning "event-repeated-field";
    EVENT_METADATA Hint "event-metadata";
    // Kubernetes audit logs
    AUDIT_DROPPED Warning "audit-dropped";
    AUDIT_ID Warning "audit-id";
    AUDIT_LEVEL Hint "audit-level";
    AUDIT_LINE Hint "audit-line";
    ALERT_FIELD Hint "alert-field";
    ALERT_ORDER Hint "alert-order";
    ALERT_RULE Hint "alert-rule";
}
