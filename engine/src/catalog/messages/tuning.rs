//! Why an exception cannot be changed as asked.

messages! { in tuning;
    gone(): "the exception is no longer there", "その例外はもうありません";
    rule_has_error(rule): "the exceptions of `{0}` have an error; mend it in the editor first", "`{0}` の例外にエラーがあります。先にエディターで直してください";
    empty_value(): "a value, field or name cannot be empty", "値、フィールド、名前は空にできません";
    unreadable_value(value, comp): "`{1}` cannot compare with `{0}`", "`{0}` は `{1}` で比較できません";
    other_way(): "this is written in a way that can only be changed in the editor, for example with an anchor or an alias", "アンカーやエイリアスなどを使った書き方のため、エディターでのみ変更できます";
    read_only(file): "`{0}` is read-only", "`{0}` は読み取り専用です";
    no_own_file(): "there is no rules file to write to", "書き込めるルールファイルがありません";
    nothing_to_print(): "the output has all of these fields that it can have", "出力できるフィールドはすべて出力に含まれています";
    last_column(): "an exception needs a field; remove the whole exception instead", "例外にはフィールドが必要です。代わりに例外全体を削除してください";
    name_taken(name): "the rule already has an exception `{0}`", "このルールには例外 `{0}` がすでにあります";
    all_at_once(comp): "`{0}` compares with all values at once, so they cannot be told apart", "`{0}` はすべての値をまとめて比較するため、値ごとに分けられません";
}
