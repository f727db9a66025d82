//! Sentences about rules files: YAML, items, keys, and how the files are put together.

messages! { in rules;
    // YAML
    file_too_large(megabytes): "the file is larger than {0} MB", "ファイルが {0} MB を超えています";
    control_character(code): "this is not text: it holds the control character {0}", "テキストではありません（制御文字 {0} を含んでいます）";
    yaml_too_deep(limit): "collections stand in each other deeper than {0} levels", "入れ子が {0} 段を超えています";
    too_many_aliases(limit): "the aliases of this file add more than {0} nodes", "エイリアスの展開が {0} ノードを超えています";
    more_broken_items(count): "{0} more items of this file cannot be read", "このファイルには、ほかにも読み込めない項目が {0} 件あります";
    alias_in_itself(alias): "the alias `{0}` stands inside its own anchor", "エイリアス `{0}` が自分自身のアンカーの中にあります";
    unknown_alias(alias): "the alias `{0}` has no anchor before it", "エイリアス `{0}` より前にアンカーがありません";
    unclosed_quote(): "the quote that starts here is not closed", "ここで始まる引用符が閉じられていません";
    empty_flow_item(): "there is no item between these commas", "コンマの間に項目がありません";
    content_after_document(): "this does not belong to what stands before it", "前の内容の続きとして読めません";
    falco_reads_on(): "Falco's YAML reader accepts it all the same, as an empty value or a new document", "Falco の YAML リーダーは、空の値または新しいドキュメントとして受け入れます";
    text_after_quote(word): "`{0}` stands after the closing quote", "閉じ引用符の後に `{0}` があります";
    quote_the_whole(): "a value that begins with a quote ends at the next one; put the whole value in quotes of the other kind, or write it as a block with `>`", "引用符で始まる値は次の引用符で終わります。値全体をもう一方の引用符で囲むか、`>` のブロックで書いてください";
    colon_not_allowed(): "a `: ` cannot stand here", "ここに `: ` は書けません";
    colon_needs_quotes(): "YAML takes `: ` as the end of a key; put a value that contains it in quotes", "YAML は `: ` をキーの終わりとみなします。`: ` を含む値は引用符で囲んでください";
    key_without_colon(word): "`{0}` is a key without a colon, or a value that stands too far left", "`{0}` はコロンのないキーか、字下げの足りない値です";
    tab_as_indentation(): "YAML does not allow tabs as indentation", "YAML では字下げにタブを使えません";
    character_cannot_start(character): "a value cannot begin with `{0}`", "値を `{0}` で始めることはできません";
    quote_the_value(): "put the value in quotes", "値を引用符で囲んでください";
    bracket_without_start(bracket): "`{0}` closes nothing", "`{0}` に対応する開き括弧がありません";
    unclosed_bracket(bracket): "a `{0}` is not closed before this place", "この位置までに `{0}` が閉じられていません";
    wrong_indentation(): "the indentation does not fit the lines above", "字下げが上の行と合っていません";
    indent_like_neighbours(): "keys of one item stand in the same column", "同じ項目のキーは同じ桁に揃えます";
    dash_not_allowed(): "a list entry `- ` cannot stand here", "ここにリスト項目 `- ` は書けません";
    unknown_escape(): "this is no escape of a string in double quotes", "二重引用符の文字列で使えないエスケープです";
    single_quotes_have_no_escapes(): "in single quotes a backslash is just a backslash", "単一引用符の中ではバックスラッシュは普通の文字です";
    yaml_other(words): "this is not well-formed YAML: {0}", "YAML として正しくありません: {0}";
}
