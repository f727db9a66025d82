//! Sentences about events files: how they are read, which fields and values fit.

messages! { in events;
    // reading
    too_large(megabytes): "the events file is larger than {0} MB", "イベントファイルが {0} MB を超えています";
    too_many_events(limit): "only the first {0} events were read", "最初の {0} 件のイベントだけを読み込みました";
    too_deep(limit): "nested deeper than {0} levels", "入れ子が {0} 段を超えています";
    list_too_long(limit): "a list has at most {0} elements", "リストの要素は {0} 個までです";
    more_problems(count): "{0} more problems in this file are not shown", "このファイルには、ほかにも {0} 件の問題があります";
    not_an_event(): "this is not an event", "これはイベントではありません";
    event_is_a_map(): "an event is a map from field names to values, such as `evt.type: execve`", "イベントは `evt.type: execve` のような、フィールド名と値のマップです";
    event_skipped(): "this event was left out", "このイベントは読み飛ばしました";
    skipped_broken(): "events that cannot be read", "読み取れないイベント";
    skipped_no_map(): "records that are no maps of fields", "フィールドのマップではないもの";
    // JSON
    json_key_expected(found): "expected a key in double quotes, found `{0}`", "二重引用符で囲んだキーが必要ですが、`{0}` があります";
    json_colon_expected(found): "expected `:` after the key, found `{0}`", "キーの後には `:` が必要ですが、`{0}` があります";
    json_comma_expected(found): "expected `,` or the closing bracket, found `{0}`", "`,` または閉じ括弧が必要ですが、`{0}` があります";
    json_value_expected(found): "expected a value, found `{0}`", "値が必要ですが、`{0}` があります";
    json_value_missing(): "the value is missing", "値がありません";
    json_unknown_word(word): "unknown word `{0}`: only `true`, `false` and `null` stand without quotes", "`{0}` は使えません。引用符なしで書けるのは `true`、`false`、`null` だけです";
    json_bad_number(text): "`{0}` is not a number", "`{0}` は数値ではありません";
    json_bad_escape(text): "unknown escape `{0}`", "`{0}` は使えないエスケープです";
    json_unclosed(bracket): "the `{0}` that starts here is not closed", "ここで始まる `{0}` が閉じられていません";
    // fields
    unknown_field(name): "unknown field `{0}`", "`{0}` というフィールドはありません";
    write_instead(name): "write `{0}`", "`{0}` に直す";
    static_fields_are_configured(): "falco.yaml gives all events the fields `static.…`, under `static_fields`", "`static.…` のフィールドは、falco.yaml の `static_fields` によりすべてのイベントに与えられます";
    field_of_other_source(field, owner, source): "`{0}` belongs to the event source `{1}`; the source of this event is `{2}`", "`{0}` はイベントソース `{1}` のフィールドです。このイベントのソースは `{2}` です";
    add_source(source): "add `source: {0}` to the event", "イベントに `source: {0}` を加える";
    argument_does_not_fit(field): "the argument of `{0}` does not fit", "`{0}` の引数が正しくありません";
    falco_says(text): "Falco says: {0}", "Falco のメッセージ: {0}";
    field_twice(field): "`{0}` is given twice; this value counts", "`{0}` が二度書かれています。こちらの値が使われます";
    never_set(field): "today's Falco has no value for `{0}`, so this one is left out", "現在の Falco では `{0}` に値が入らないため、この値は使われません";
    worked_out(field, sources): "`{0}` cannot be given: Falco works it out from {1}", "`{0}` は指定できません。Falco が {1} から求めます";
    // values
    not_an_integer(field, value): "`{0}` takes an integer, not `{1}`", "`{0}` の値は整数です（`{1}` は使えません）";
    out_of_range(field, value, low, high): "`{1}` does not fit `{0}`, which goes from {2} to {3}", "`{1}` は `{0}` の範囲（{2} から {3}）に収まりません";
    not_a_number(field, value): "`{0}` takes a number, not `{1}`", "`{0}` の値は数値です（`{1}` は使えません）";
    not_a_boolean(field, value): "`{0}` takes `true` or `false`, not `{1}`", "`{0}` の値は `true` か `false` です（`{1}` は使えません）";
    not_an_address(field, value): "`{0}` takes an IP address, not `{1}`", "`{0}` の値は IP アドレスです（`{1}` は使えません）";
    list_for_one_value(field): "`{0}` takes one value, not a list", "`{0}` の値は一つだけです（リストは使えません）";
    map_for_value(field): "`{0}` takes a value, not a map", "`{0}` の値にマップは使えません";
    null_in_list(field): "a list of `{0}` has no empty elements", "`{0}` のリストに空の要素は書けません";
    unknown_event_type(name): "Falco has no event type `{0}`", "Falco に `{0}` というイベントタイプはありません";
    reported_as(name, real): "Falco reports `{0}` as `{1}`, so an event of type `{0}` never comes", "Falco は `{0}` を `{1}` として報告するため、`{0}` というタイプのイベントは発生しません";
    // the event's own data
    unknown_metadata(key): "an event has no `{0}` of its own", "イベントに `{0}` という項目はありません";
    metadata_keys(keys): "besides fields, an event can have {0}", "フィールドのほかに書けるのは {0} です";
    metadata_takes_text(key): "`{0}` takes one text", "`{0}` の値は一つの文字列です";
    unknown_source(source): "no event source `{0}` is known", "`{0}` というイベントソースはありません";
    bad_time(value): "`{0}` is not a time", "`{0}` は時刻ではありません";
    time_forms(): "write it as `2026-04-14T09:30:00Z`, with a fraction or an offset if you like, or as `09:30:00`", "`2026-04-14T09:30:00Z`（小数やオフセットも可）または `09:30:00` の形で書いてください";
    partial_takes_truth(value): "`partial` is `true` or `false`, not `{0}`", "`partial` に書けるのは `true` か `false` です（`{0}` は使えません）";
    bad_expect(value): "`{0}` is not an outcome", "`{0}` は結果として使えません";
    expect_forms(): "a rule has the outcome `match`, `suppressed`, `none` or `undecided`", "ルールの結果は `match`、`suppressed`、`none`、`undecided` のいずれかです";
}
