//! Sentences about items of rules files: keys, overrides, exceptions, lists, macros.

messages! { in items;
    // shape of the file
    not_yaml_list(): "a rules file is a list of items, each beginning with `- `", "ルールファイルは `- ` で始まる項目のリストです";
    item_not_mapping(): "an item must be a mapping such as `rule: …`", "項目は `rule: …` のようなマッピングである必要があります";
    unknown_item(): "this item is no rule, macro, list or version requirement; Falco skips it", "ルール・マクロ・リスト・バージョン要件のどれでもない項目です。Falco は読み飛ばします";
    key_not_text(): "a key must be a plain word", "キーは単純な語である必要があります";
    documents_dropped(): "an empty document ends the file: Falco reads nothing after it", "空のドキュメントでファイルの読み込みが終わり、これより後は無視されます";
    unknown_key(key): "unknown key `{0}`; Falco ignores it", "キー `{0}` は不明です。Falco は無視します";
    rename_key(key): "rename to `{0}`", "`{0}` に変更する";
    // values
    missing_key(kind, key): "this {0} has no `{1}`", "この {0} に `{1}` がありません";
    add_key(key): "add `{0}`", "`{0}` を追加する";
    empty_key(key): "`{0}` has no value", "`{0}` に値がありません";
    not_scalar(key): "`{0}` must be a single value", "`{0}` は単一の値である必要があります";
    empty_text(key): "`{0}` must not be empty", "`{0}` を空にすることはできません";
    not_boolean(value): "`{0}` is neither true nor false", "`{0}` は真偽値ではありません";
    write_boolean(value): "write `{0}`", "`{0}` と書く";
    not_number(value): "`{0}` is not a whole number from 0", "`{0}` は 0 以上の整数ではありません";
    not_sequence(key): "`{0}` must be a list", "`{0}` はリストである必要があります";
    item_not_scalar(key): "every item of `{0}` must be a single value", "`{0}` の各要素は単一の値である必要があります";
    invalid_priority(value): "`{0}` is no priority", "`{0}` という優先度はありません";
    priority_in_capitals(value): "`{0}` works, but Falco's schema of rules files wants capitals", "`{0}` でも動作しますが、Falco のルールファイルスキーマでは大文字で書きます";
    plain_boolean(value): "`{0}` works, but Falco's schema of rules files wants `true` or `false`", "`{0}` でも動作しますが、Falco のルールファイルスキーマでは `true` か `false` と書きます";
    plain_number(value): "`{0}` works, but Falco's schema of rules files wants a decimal number", "`{0}` でも動作しますが、Falco のルールファイルスキーマでは 10 進数で書きます";
    schema_wants_other(key): "Falco's schema of rules files allows no such value for `{0}`", "Falco のルールファイルスキーマでは、`{0}` にこの値は書けません";
    schema_wants_key(key): "Falco's schema of rules files wants `{0}` here", "Falco のルールファイルスキーマでは、ここに `{0}` が必要です";
    repeated_key(key): "`{0}` is given more than once; Falco takes the first", "`{0}` が重複しています。Falco は最初のものを使います";
    this_key_counts(): "this one counts", "こちらが使われます";
    more_schema_failures(count): "only the first {0} failures of the schema of rules files are told", "ルールファイルスキーマに合わない箇所は、最初の {0} 件だけ表示します";
    empty_item(): "an item without content; Falco skips it", "中身のない項目です。Falco は読み飛ばします";
    empty_override(): "`override` names no key, so Falco reads the item as if there were no `override`", "`override` にキーがないため、Falco は `override` がないものとして読みます";
    priorities(): "priorities are EMERGENCY, ALERT, CRITICAL, ERROR, WARNING, NOTICE, INFORMATIONAL and DEBUG", "優先度は EMERGENCY、ALERT、CRITICAL、ERROR、WARNING、NOTICE、INFORMATIONAL、DEBUG のいずれかです";
    replace_with(value): "replace with `{0}`", "`{0}` に置き換える";
    // versions
    bad_engine_version(value): "`{0}` is no version of the form x.y.z", "`{0}` は x.y.z 形式のバージョンではありません";
    newer_engine(wanted, ours): "these rules require engine version {0}; Falco's is {1}", "このルールにはエンジンバージョン {0} が必要ですが、Falco は {1} です";
    bad_plugin_version(version, plugin): "`{0}` is no version of the form x.y.z for plugin `{1}`", "プラグイン `{1}` の `{0}` は x.y.z 形式のバージョンではありません";
    plugin_twice(plugin): "plugin `{0}` is named twice in one requirement", "一つの要件でプラグイン `{0}` が二度指定されています";
    plugin_not_mapping(): "a plugin requirement must be a mapping with `name` and `version`", "プラグイン要件は `name` と `version` を持つマッピングです";
    // override and append
    cannot_append(key): "`{0}` cannot be appended to, only replaced", "`{0}` に追記はできません。置き換えのみ可能です";
    cannot_replace(key): "`{0}` cannot be overridden", "`{0}` は上書きできません";
    bad_override(operation, key): "`{0}` is no way to override `{1}`", "`{1}` の上書き方法として `{0}` は使えません";
    override_shape(): "`override` must be a mapping of keys to `append` or `replace`", "`override` はキーと `append` または `replace` のマッピングです";
    override_and_append(): "`override` and `append: true` cannot stand together", "`override` と `append: true` は併用できません";
    override_without_key(key): "`override` names `{0}`, but the item has no `{0}`", "`override` に `{0}` がありますが、項目に `{0}` がありません";
    key_without_override(key): "`{0}` has no entry under `override`", "`{0}` に対応する `override` の指定がありません";
    nothing_to_change(kind, name): "there is no earlier {0} named `{1}` to change", "変更対象の {0} `{1}` がこれより前にありません";
    append_without_parts(): "an appended rule needs `condition` or `exceptions`", "追記するルールには `condition` か `exceptions` が必要です";
    repeats_rule(): "an earlier rule has this name: to change only some of its keys, say so under `override`", "同じ名前のルールが前にあります。一部のキーだけ変更する場合は `override` で指定します";
    repeats_nothing(name): "no earlier rule is called `{0}`: if one is meant to change, load its file first", "`{0}` というルールが前にありません。変更するつもりなら、そのルールのファイルを先に読み込んでください";
    use_override(): "change the earlier rule with `override`", "`override` で前のルールを変更する";
    deprecated_append(): "`append: true` is deprecated", "`append: true` は非推奨です";
    deprecated_enabled(): "an item with only `enabled` is deprecated", "`enabled` だけの項目は非推奨です";
    use_override_entry(): "say what is changed under `override`", "変更内容を `override` に書きます";
    source_changed(old, new): "the rule was defined for source `{0}`, not `{1}`", "このルールのソースは `{0}` として定義されており、`{1}` ではありません";
    unknown_source(source): "no loaded plugin provides the event source `{0}`; Falco skips the rule", "イベントソース `{0}` を提供するプラグインがありません。Falco はこのルールを読み飛ばします";
    // exceptions
    exceptions_not_list(): "`exceptions` must be a list", "`exceptions` はリストである必要があります";
    exception_not_mapping(): "an exception must be a mapping with `name` and `fields`", "例外は `name` と `fields` を持つマッピングです";
    values_not_list(): "`values` must be a list", "`values` はリストである必要があります";
    exception_without_fields(): "an exception needs `fields`", "例外には `fields` が必要です";
    exception_without_values(): "a new exception that is appended needs `values`", "追記する新しい例外には `values` が必要です";
    lengths_differ(fields, comps): "{0} fields, but {1} comparisons", "フィールドは {0} 個ですが、比較は {1} 個です";
    row_length(fields, values): "{0} fields, but {1} values in this row", "フィールドは {0} 個ですが、この行の値は {1} 個です";
    row_not_list(): "a row of values must be a list with one value per field", "値の行は、フィールドごとに一つの値を持つリストです";
    wrap_row(): "make it a list", "リストにする";
    value_not_scalar(): "with a single field, every value must be a single value", "フィールドが一つの場合、各値は単一の値である必要があります";
    comps_must_be_single(): "with a single field, `comps` must be a single comparison", "フィールドが一つの場合、`comps` も一つの比較である必要があります";
    unknown_comparison(comp): "`{0}` is no comparison that an exception can use", "`{0}` は例外で使える比較ではありません";
    single_field_comparison(comp): "with a single field, `{0}` is not possible: use `in`, `pmatch`, `intersects` or a comparison with `oneof`, `anyof`, `allof`", "フィールドが一つの場合、`{0}` は使えません。`in`、`pmatch`、`intersects`、または `oneof`・`anyof`・`allof` 付きの比較を使います";
    negate_elsewhere(): "exceptions have no negated comparison: write the values that are meant, or move the check into the condition", "例外に否定の比較はありません。該当する値を列挙するか、条件に移してください";
    exception_field(field): "the exception compares `{0}`, which is no field of this event source", "例外の `{0}` は、このイベントソースのフィールドではありません";
    append_fields(key): "an exception that exists takes only more `values`, not `{0}`", "既存の例外に追加できるのは `values` だけで、`{0}` は追加できません";
    append_no_values(): "this appends an exception without `values`", "`values` のない例外を追記しています";
    exception_twice(name): "exception `{0}` is defined twice in this rule", "このルールで例外 `{0}` が二度定義されています";
    no_default_comparison(): "`override: {exceptions: replace}` sets no default comparisons: give `comps`, one per field", "`override: {exceptions: replace}` では既定の比較が補われません。フィールドごとに `comps` を指定してください";
    // names
    bad_macro_name(name): "`{0}` is no name that a condition can refer to", "`{0}` は条件から参照できる名前ではありません";
    macro_name_letters(): "names of macros consist of letters, digits and `_`, and begin with a letter", "マクロ名は英数字と `_` からなり、英字で始まります";
    bad_list_name(name): "`{0}` is no name that a condition can refer to", "`{0}` は条件から参照できる名前ではありません";
    list_name_letters(): "names of lists hold no blanks, quotes, parentheses, commas or `=`", "リスト名に空白・引用符・括弧・コンマ・`=` は使えません";
    // macros and lists in use
    undefined_macro(name): "undefined macro `{0}`", "マクロ `{0}` は定義されていません";
    defined_later(name): "`{0}` is defined further down: a macro sees only macros that stand before it", "`{0}` は後で定義されています。マクロから見えるのは、それより前のマクロだけです";
    defined_in_later_file(name): "`{0}` is defined in a later file: Falco checks a file before it reads the next", "`{0}` は後のファイルで定義されています。Falco は次のファイルを読む前に検査します";
    macro_loop(name): "macro `{0}` refers to itself", "マクロ `{0}` が自分自身を参照しています";
    macro_broken(name): "the rule cannot be evaluated: the macro `{0}` has an error", "マクロ `{0}` に誤りがあるため、ルールを評価できません";
    too_large(limit): "with all macros written out the condition has more than {0} parts", "マクロを展開すると条件が {0} 要素を超えます";
    too_long(limit): "with all lists written out the condition is longer than {0} MB", "リストを展開すると条件が {0} MB を超えます";
    unused_macro(name): "no rule or macro uses the macro `{0}`", "マクロ `{0}` はどこからも使われていません";
    unused_list(name): "nothing uses the list `{0}`", "リスト `{0}` はどこからも使われていません";
    // rules
    no_event_type(): "the condition does not restrict the event type, so Falco runs the rule on nearly every event", "条件がイベントタイプを絞っていないため、ほぼすべてのイベントで評価されます";
    mended_too_late(): "a later file mends this, but Falco stops here", "後のファイルで直されますが、Falco はここで止まります";
    open_branch(): "this branch does not restrict the event type", "この枝はイベントタイプを絞っていません";
    restrict_event_type(): "add a check such as `evt.type in (…)` or a macro such as `spawned_process`, connected with `and`", "`evt.type in (…)` や `spawned_process` などのマクロを `and` で追加します";
    skipped_unknown(text): "Falco skips the rule because of `skip-if-unknown-filter`: {0}", "`skip-if-unknown-filter` により Falco はこのルールを読み飛ばします: {0}";
    deprecated_field(field): "`{0}` is deprecated: Falco no longer sees the start of system calls", "`{0}` は非推奨です。Falco はシステムコールの開始イベントを扱わなくなりました";
    dir_is_constant(): "`evt.dir = <` is always true and `evt.dir = >` always false; the check can go", "`evt.dir = <` は常に真、`evt.dir = >` は常に偽です。この比較は不要です";
    container_info(): "`%container.info` is removed from the output: Falco adds the container fields by itself", "`%container.info` は出力から取り除かれます。コンテナの情報は Falco が自動で付加します";
    apply_suggestion(text): "replace with `{0}`", "`{0}` に置き換える";
    wrapped_rules(name): "rules inside another file: they are read as Falco gets them, as a file of their own (`{0}`)", "別のファイルに埋め込まれたルールです。Falco に渡される形、つまり独立したファイル（`{0}`）として読みます";
    no_rules_file_itself(): "given to Falco as it stands, with all that is around the rules, the file would be refused", "ルール以外の部分も含めてこのまま Falco に渡すと、読み込みを拒否されます";
    make_an_item(): "make it an item of a list", "リストの項目にする";
}
