//! Sentences about outputs.

messages! { in outputs;
    empty(): "the output is empty", "出力が空です";
    ends_with_percent(): "the output ends with `%`", "出力が `%` で終わっています";
    ends_with_number(): "the output ends with a width and no field", "出力が幅の指定で終わっています（フィールドがありません）";
    too_wide(limit): "a width goes up to {0}", "幅に指定できるのは {0} までです";
    percent_without_field(): "there is no field behind this `%`", "この `%` の後にフィールドがありません";
    no_percent_sign(): "an output cannot print a percent sign: what follows `%` is always a field", "出力にパーセント記号そのものは書けません。`%` の後は必ずフィールドとみなされます";
    no_field(name): "`{0}` is no field of this event source", "`{0}` はこのイベントソースのフィールドではありません";
    field_without_brackets(): "a field stands right behind the `%`, without brackets", "フィールドは `%` の直後に、括弧なしで書きます";
    write_instead(text): "write `{0}`", "`{0}` に直す";
}
