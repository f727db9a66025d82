//! Sentences of our own lints: what Falco loads without a word.

use crate::text::messages;

messages! {
    inert_field(field): "`{0}` never has a value in today's Falco", "現在の Falco では `{0}` に値が入りません";
    missing_is_false(): "a comparison with a missing value is false, so an exclusion by it never applies", "値がない場合の比較は偽になるため、このフィールドによる除外は効きません";
    use_pod_labels(): "use a label of the pod (`k8s.pod.label[app]`), or the `k8smeta.*` fields of the k8smeta plugin", "Pod のラベル（`k8s.pod.label[app]`）か、k8smeta プラグインの `k8smeta.*` を使ってください";
    literal_wildcard(operator, value): "`{0}` compares literally: the `*` in `{1}` is just a star", "`{0}` は文字どおりに比較します。`{1}` の `*` はただの文字です";
    glob_knows_wildcards(): "wildcards work with `glob`, for several patterns with `glob oneof`", "ワイルドカードは `glob` で使えます（複数なら `glob oneof`）";
    replace_operator(operator): "replace the operator with `{0}`", "演算子を `{0}` に置き換える";
    undefined_list(name): "there is no list `{0}`: this compares with the text `{0}`", "`{0}` というリストはないため、文字列 `{0}` と比較されます";
    unknown_lists_are_text(): "Falco takes a word that is no list as text, without a message; put it in quotes if that is meant", "リストでない語は、Falco では警告なしに文字列とみなされます。文字列のつもりなら引用符で囲んでください";
    replace_list(name): "replace with the list `{0}`", "リスト `{0}` に置き換える";
    long_process_name(value, field, limit): "`{0}` never equals `{1}`: the kernel keeps {2} bytes of a process name", "`{1}` が `{0}` になることはありません。カーネルが保持するプロセス名は {2} バイトまでです";
    use_exepath(): "compare the first 15 bytes, or `proc.exepath`", "先頭の 15 バイトで比較するか、`proc.exepath` を使ってください";
    holds_for_everything(operator, field): "`{0}` with this value holds for every value of `{1}`", "この値の `{0}` は、`{1}` のどの値にも当てはまります";
    ask_with_exists(): "if any value will do, write `exists`", "値の有無だけを調べるなら `exists` と書きます";
    mixed_logic(): "`and` and `or` stand side by side without parentheses", "`and` と `or` が括弧なしで並んでいます";
    appended_logic(): "what is appended here changes how the condition before it is grouped", "ここに追記した部分が、元の条件のまとまりを変えています";
    and_binds_tighter(): "`and` binds tighter than `or`", "`and` は `or` より強く結び付きます";
    read_as(text): "Falco reads `{0}`", "Falco は `{0}` と読みます";
    empty_exception(name): "exception `{0}` has no values and excludes nothing", "例外 `{0}` には値がなく、何も除外しません";
    values_may_follow(): "a later file can add some with `override: {exceptions: append}`", "後のファイルで `override: {exceptions: append}` により追加できます";
    duplicate_tuple(name): "exception `{0}` has this tuple twice", "例外 `{0}` に同じ組が二つあります";
    first_here(): "the first one", "一つ目";
    never_true(field): "no value of `{0}` satisfies all that is asked of it here", "ここで求める条件をすべて満たす `{0}` の値はありません";
    excluded_by_this(): "this excludes it", "この比較と両立しません";
    no_container_scope(field): "the output prints `{0}`, and the condition holds on the host too", "出力に `{0}` がありますが、条件はホスト上でも成り立ちます";
    add_container(): "on the host it prints `<NA>`; add `and container` if only containers are meant", "ホスト上では `<NA>` になります。コンテナだけが対象なら `and container` を加えてください";
    unknown_tactic(tag): "`{0}` is no tactic of MITRE ATT&CK", "`{0}` は MITRE ATT&CK の戦術ではありません";
    replace_tag(tag): "replace with `{0}`", "`{0}` に置き換える";
    shadowed_rule(rule, events): "on all {1} events that it matches, `{0}` fires first", "一致する {1} 件のイベントすべてで `{0}` が先に発火します";
    first_match_only(): "with `rule_matching: first`, as Falco is shipped, only the first rule that matches raises an alert; the order is that of the first definitions", "Falco の初期設定（`rule_matching: first`）では、最初に一致したルールだけがアラートを出します。順序は最初に定義された順です";
    fires_first(): "this rule fires first", "先に発火するルール";
    webhook_url(): "this is the address of a webhook, with its secret", "シークレットを含む Webhook の URL です";
    keep_secrets_out(): "rules files are shared; keep the address in falcosidekick's own secret", "ルールファイルは共有されます。URL は falcosidekick 側のシークレットに置いてください";
    always_true(field): "one of these comparisons holds for every value of `{0}`", "`{0}` がどの値でも、どちらかの比較が成り立ちます";
    together_with_this(): "together with this one", "もう一方の比較";
    exclusions_need_and(): "to exclude several values, join the comparisons with `and`, or write `not … in (…)`", "複数の値を除外するには、比較を `and` でつなぐか、`not … in (…)` と書きます";
    join_with_and(): "join with `and`", "`and` でつなぐ";
    not_equal_to_any(field): "`!= anyof` with several values holds for every value of `{0}`", "複数の値に対する `!= anyof` は、`{0}` がどの値でも成り立ちます";
    use_allof(): "`!= allof` holds where the value is none of them", "どの値とも異なることを調べるには `!= allof` を使います";
    dead_exception(exception, field): "exception `{0}` never applies here: the condition leaves no such `{1}`", "ここは例外 `{0}` として働きません。条件が成り立つとき `{1}` はこの値になりません";
    unused_exception(exception, events): "exception `{0}` excludes none of the {1} events on which the condition holds", "条件が成り立つ {1} 件のイベントのうち、例外 `{0}` が除外するものはありません";
    other_events_may_need_it(): "this is known of the present events only", "現在のイベントだけから分かることです";
    unknown_technique(tag): "`{0}` is no technique of MITRE ATT&CK", "`{0}` は MITRE ATT&CK のテクニックではありません";
    technique_form(): "tags name techniques as `T1059` or `T1059.004`", "テクニックのタグは `T1059` や `T1059.004` の形で書きます";
    placeholder(text): "`{0}` looks like a placeholder that was not filled in", "`{0}` は書き換え忘れたプレースホルダーのようです";
    compared_literally(): "Falco compares with this text as it stands", "Falco はこの文字列のまま比較します";
    missing_output_field(field): "the exception compares `{0}`, and the output does not print it", "例外は `{0}` を比較しますが、出力に含まれていません";
    alerts_should_tell(): "whoever reads the alert needs the value to write an exception for it", "アラートを読む人が例外を書くには、この値が必要です";
    print_field(field): "add `%{0}` to the output", "出力に `%{0}` を加える";
}
