//! Sentences about falco.yaml, and about what it does to rules.

messages! { in config;
    not_a_mapping(): "falco.yaml is a mapping of keys to values", "falco.yaml はキーと値のマッピングです";
    must_be_mapping(key): "`{0}` must be a mapping", "`{0}` はマッピングである必要があります";
    entry_must_be_mapping(key): "an entry of `{0}` must be a mapping", "`{0}` の各要素はマッピングである必要があります";
    too_many_entries(limit): "only the first {0} entries were read", "最初の {0} 個の要素だけを読み込みました";
    does_not_start(): "Falco does not start with this", "このままでは Falco が起動しません";
    default_counts(value): "`{0}` counts instead", "代わりに `{0}` として扱います";
    both_rules_files(): "`rules_file` is the old name of `rules_files`; only one of them can stand here", "`rules_file` は `rules_files` の旧名です。両方を書くことはできません";
    unknown_matching(value): "`{0}` is no way to match rules", "`rule_matching` の値として `{0}` は使えません";
    matching_forms(): "`first` stops at the first rule that matches, `all` goes through all rules", "`first` は最初に一致したルールで止まり、`all` はすべてのルールを調べます";
    selection_entry(): "an entry of `rules` is `enable` or `disable` with a `rule` or a `tag`", "`rules` の要素には `enable` か `disable` を書き、その中に `rule` か `tag` を指定します";
    select_rule(name): "select the rule: `{0}`", "ルールとして指定する: `{0}`";
    no_such_rule(name): "no rule is named `{0}`", "`{0}` という名前のルールはありません";
    no_rule_matches(pattern): "no rule's name matches `{0}`", "`{0}` に一致する名前のルールはありません";
    first_occurrence(): "behind a `*`, Falco looks for the first occurrence of what follows, and tries no other", "Falco は `*` の後の文字列が最初に現れる位置だけを調べ、それより後は試しません";
    no_such_tag(tag): "no rule has the tag `{0}`", "タグ `{0}` を持つルールはありません";
    matches_nothing(): "so this entry does nothing", "この要素は何にも影響しません";
    field_shape(): "an extra field is a field, or one name with its format such as `home: \"%proc.env[HOME]\"`", "追加フィールドは、フィールド名か、`home: \"%proc.env[HOME]\"` のような名前と書式の組です";
    field_twice(name): "`{0}` is given twice in this entry", "この要素の中で `{0}` が二度指定されています";
    first_here(): "the first one", "一つ目";
    unknown_key(key): "Falco knows no `{0}` here, and ignores it", "ここに `{0}` というキーはありません。Falco は無視します";
    misspelt_key(key, meant): "Falco ignores `{0}`; is `{1}` meant?", "Falco は `{0}` を無視します。`{1}` の誤りではありませんか";
    in_alert_of(rule): "for the rule `{0}`", "ルール `{0}` の場合";
    added_to_rules(): "what is added becomes part of every rule's output that it applies to, and Falco refuses the file of a rule with such an output", "追加した内容は対象となる各ルールの出力の一部になり、そのような出力を持つルールのファイルを Falco は拒否します";
    limit_sources(): "with `match: {source: …}` it is added only where the field exists", "`match: {source: …}` で、フィールドが存在するソースに限定できます";
}
