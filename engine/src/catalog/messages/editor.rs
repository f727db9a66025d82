//! What the editor says when it does not do what it is asked.

messages! { in editor;
    // renaming
    nothing_to_rename(): "there is no name of a rule, macro, list or exception here", "ここにはルール・マクロ・リスト・例外の名前がありません";
    base_rules_are_fixed(name): "`{0}` belongs to the base rules, which cannot be edited", "`{0}` は編集できないベースルールで定義されています";
    macro_name(name): "`{0}` is no name for a macro: it has letters, digits and `_`, and begins with a letter", "`{0}` はマクロ名にできません。英数字と `_` からなり、英字で始まる必要があります";
    list_name(name): "`{0}` is no name for a list: it has no blanks, quotes, parentheses, commas, `=` or signs of YAML", "`{0}` はリスト名にできません。空白・引用符・括弧・コンマ・`=`・YAML の記号は使えません";
    empty_name(): "a name needs at least one letter", "名前を入力する必要があります";
    name_is_taken(name): "`{0}` is the name of something else already", "`{0}` という名前はすでに使われています";
    written_otherwise(name): "`{0}` is written with escapes or on several lines in one place and must be renamed there by hand", "`{0}` がエスケープ付きまたは複数行で書かれている箇所があり、手作業で変更する必要があります";
    would_change(name, rule): "with the name `{0}`, rule `{1}` would mean something else", "`{0}` という名前にすると、ルール `{1}` の意味が変わります";
    would_break(name): "with the name `{0}`, the files would have an error more", "`{0}` という名前にすると、エラーが増えます";
    // formatting
    wrapped(): "rules inside another file are not formatted, as what is around them has its own form", "別のファイルに埋め込まれたルールは、周囲の書式を崩さないよう整形しません";
    no_yaml(): "a file with a YAML error cannot be formatted", "YAML のエラーがあるファイルは整形できません";
}
