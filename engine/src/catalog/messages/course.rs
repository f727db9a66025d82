//! Sentences about the dialect of the course: what Falco refuses, and what it means there.

messages! { in course;
    evaluated(): "in the course dialect, a setting of the workspace, it is evaluated all the same", "ワークスペースの設定で講座の方言にすると、このままでも評価できます";
    hour(): "Falco rejects `evt.hour`: no field holds the hour of the day", "`evt.hour` は Falco では拒否されます（時刻の「時」だけを持つフィールドはありません）";
    hour_means(): "in the course dialect it is the hour of `evt.time`, 0 to 23, by the clock that the event's time is written in", "講座の方言では `evt.time` の「時」（0～23）を表します。時計は、イベントの時刻が書かれた時間帯に従います";
    hour_instead(): "with Falco, mute the alert by time where it is sent on, or add a file that switches the rule off (`override: {enabled: replace}`) for the length of the window", "Falco では、通知の転送先で時間帯を指定して止めるか、その時間帯だけルールを無効にするファイル（`override: {enabled: replace}`）を加えます";
    audit_name(name, meant): "Falco rejects `{0}`: the field is called `{1}`", "`{0}` は Falco では拒否されます（正しい名前は `{1}` です）";
    audit_elsewhere(name, meant): "Falco rejects `{0}` in a rule for system calls: it is a field of audit events (`{1}`)", "`{0}` は、システムコールのルールでは Falco に拒否されます（監査イベントのフィールド `{1}` です）";
    audit_instead(): "with Falco, write two rules: one with `source: k8s_audit` for the request, and one for what happens in the container", "Falco では、要求を検知する `source: k8s_audit` のルールと、コンテナ内の動作を検知するルールの二つに分けます";
    label(name): "Falco rejects `{0}`: the name of a label stands in brackets", "`{0}` は Falco では拒否されます（ラベルの名前は角括弧の中に書きます）";
    not_in(): "Falco rejects `not in` as a comparison of an exception", "例外の比較 `not in` は Falco では拒否されます";
    not_in_means(): "in the course dialect the exception applies where the value is none of those listed", "講座の方言では、列挙した値のどれでもない場合に例外が適用されます";
    move_to_condition(): "move the exception into the condition", "例外を条件に移す";
    repeated(keys): "Falco rejects a rule that is repeated with some keys only; here it replaces {0}", "一部のキーだけで同じルールを繰り返すと、Falco では拒否されます（ここでは {0} を置き換えます）";
}
