//! Sentences about logs: what in them is no event, and what alerts leave open.

messages! { in logs;
    // what is left out
    skipped_line(): "lines without JSON", "JSON のない行";
    skipped_text_alert(): "alerts in text form; with `json_output: true` Falco writes their fields", "テキスト形式のアラート（`json_output: true` にすると Falco がフィールドも出力します）";
    skipped_text(): "texts without an alert", "アラートを含まない文字列";
    skipped_json(): "JSON that is no alert", "アラートではない JSON";
    skipped_fields(): "events as fields, in a file of alerts", "アラートのファイルにある、フィールド形式のイベント";
    skipped_audit(): "audit events of Kubernetes, in a file of another kind", "別の種類のファイルにある、Kubernetes の監査イベント";
    skipped_alerts(): "alerts, in a file of events as fields", "フィールド形式のイベントのファイルにあるアラート";
    skipped_internal(): "messages of Falco about itself", "Falco 自身についてのメッセージ";
    skipped_long(): "alerts longer than 1 MB", "1 MB を超えるアラート";
    skipped_unfinished(): "lines in pieces whose end is missing", "分割された行のうち、続きがないもの";
    skipped_sample(): "alerts outside the sample", "サンプルに含まれないアラート";
    alert_skipped(): "what cannot be read was left out", "読み取れない部分は読み飛ばしました";
    // fields of alerts
    left_unknown(): "the value is taken as unknown", "この値は不明として扱います";
    dots_for_bytes(): "bytes that cannot be printed stand as dots, so the value is not certain", "表示できないバイトはドットで出力されるため、値を確定できません";
    not_hexadecimal(text): "`{0}` is no hexadecimal number", "`{0}` は 16 進数ではありません";
    static_of_alert(name): "`{0}` is left out: static fields are those of falco.yaml", "`{0}` は使われません。静的フィールドは falco.yaml のものが使われます";
    all_ancestors(name): "`{0}` holds all ancestors in one text, which cannot be told apart; only a list of them is read", "`{0}` はすべての祖先を一つの文字列にしたもので、区切りが分かりません。リストの場合だけ読み込まれます";
    no_field_of_source(name, source): "`{0}` is no field that rules of the source `{1}` could ask for; it is left out", "`{0}` はソース `{1}` のルールで使えるフィールドではないため、使われません";
    // the file
    not_text(count): "bytes that are no UTF-8 text and were replaced: {0}", "UTF-8 として正しくない {0} バイトを置き換えました";
    out_of_order(count): "the clock goes back; alerts more than a second earlier than the one before: {0}", "時刻が戻っています。直前のアラートより 1 秒以上早いものが {0} 件あります";
    order_of_file(): "events stay in the order of the file", "イベントの順序はファイルのとおりです";
    unknown_rule(count, rule): "alerts of `{1}`, which is not among these rules: {0}", "`{1}` のアラートが {0} 件ありますが、このルールは読み込まれていません";
    cut_off(): "the compressed file ends too early; what could be read of it is used", "圧縮ファイルが途中で終わっています。読み取れた部分だけを使います";
}
