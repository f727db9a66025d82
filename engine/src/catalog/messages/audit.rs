//! Sentences about Kubernetes audit logs.

messages! { in audit;
    not_events(count): "parts of this log that are no audit events, which Falco drops: {0}", "このログには監査イベントではない箇所があり、Falco はそれらを破棄します（{0} か所）";
    kinds(): "a document is an object with `kind: Event` or `kind: EventList`, or an array of these", "文書は `kind: Event` か `kind: EventList` のオブジェクト、またはその配列です";
    behind(count): "elements of an array behind one that is no audit event, which Falco drops: {0}", "監査イベントではない要素より後にある配列の要素を、Falco は破棄します（{0} 個）";
    ends_array(): "the first element that Falco does not recognise ends the array", "Falco は認識できない要素が現れた時点で、その配列の読み込みをやめます";
    no_time(count): "audit events without `stageTimestamp`, which Falco drops: {0}", "`stageTimestamp` のない監査イベントを、Falco は破棄します（{0} 件）";
    dropped(): "the other events of the same document are kept", "同じ文書のほかのイベントは残ります";
    bad_time(count): "audit events whose `stageTimestamp` is no time, which Falco drops: {0}", "`stageTimestamp` が時刻ではない監査イベントを、Falco は破棄します（{0} 件）";
    time_form(): "a time is written as `2026-04-14T09:30:00.000001Z`", "時刻は `2026-04-14T09:30:00.000001Z` の形で書きます";
    too_large(count, limit): "audit events of more than {1} bytes, which Falco drops: {0}", "{1} バイトを超える監査イベントを、Falco は破棄します（{0} 件）";
    without_id(count): "audit events without `auditID`: {0}; on these no `ka.…` field has a value", "`auditID` のない監査イベント（{0} 件）では、`ka.…` のどのフィールドにも値がありません";
    id_is_asked_for(): "Falco reads fields only from events with an audit ID", "Falco がフィールドを読み取るのは、監査 ID のあるイベントだけです";
    metadata(count, all): "{0} of {1} audit events are at level `Metadata`: without the objects of request and response, most `ka.req.…` and `ka.resp.…` have no value", "監査イベント {1} 件のうち {0} 件はレベル `Metadata` で、要求と応答のオブジェクトがないため、ほとんどの `ka.req.…` と `ka.resp.…` に値がありません";
    policy(): "the audit policy of the cluster decides what is logged", "何を記録するかは、クラスターの監査ポリシーで決まります";
    long_lines(count): "lines of more than 64 KiB: {0}; Falco stops at such a line when it reads this log from a file", "64 KiB を超える行があります（{0} 行）。Falco がこのログをファイルから読み込む場合、その行で停止します";
    only_files(): "a webhook has no such limit", "webhook にはこの制限はありません";
    here_too(): "here as well", "こちらも同様です";
    // what was not read of a file
    skipped_not_an_event(): "no audit event", "監査イベントではないもの";
    skipped_behind(): "behind something in an array that is no audit event", "配列の中で、監査イベントではないものより後にあるもの";
    skipped_no_time(): "audit event without `stageTimestamp`", "`stageTimestamp` のない監査イベント";
    skipped_bad_time(): "audit event whose `stageTimestamp` is no time", "`stageTimestamp` が時刻ではない監査イベント";
    skipped_too_large(): "audit event that is too large for Falco", "Falco には大きすぎる監査イベント";
}
