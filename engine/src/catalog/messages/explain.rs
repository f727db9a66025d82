//! Sentences that explain a verdict. Those of the second half are put into those of the first.

messages! { in explain;
    matches(reasons): "It matches: {0}.", "一致します：{0}。";
    does_not_match(reasons): "It does not match because {0}.", "一致しません。理由：{0}。";
    suppressed(exception, tuple): "It would match, but exception `{0}` excludes this event with `{1}`.", "条件には一致しますが、例外 `{0}` の `{1}` によって除外されます。";
    suppressed_whole(exception): "It would match, but exception `{0}` excludes this event.", "条件には一致しますが、例外 `{0}` によって除外されます。";
    matches_everything(): "It matches: its condition holds.", "一致します：条件が成り立ちます。";
    does_not_hold(): "It does not match: its condition does not hold.", "一致しません：条件が成り立ちません。";
    matches_still(): "It matches still: the alert that was raised proves what the event does not say, and nothing that has changed since excludes it.", "今も一致します。イベントに記録のない部分は当時のアラートから成り立つとわかり、その後の変更でも除外されません。";
    matches_still_assumed(): "It matches still, if its condition is what it was: the alert that was raised proves the condition then, and no exception excludes the event.", "条件が当時と同じなら今も一致します。当時のアラートから条件が成り立つとわかり、どの例外でも除外されません。";
    undecided(fields): "It cannot be decided: the event does not say {0}. With all of them the answer would be certain.", "判定できません。イベントに {0} の値が記録されていません。すべてわかれば判定できます。";
    undecided_by_one(field): "It cannot be decided: the event does not say `{0}`. With it the answer would be certain.", "判定できません。イベントに `{0}` の値が記録されていません。これがわかれば判定できます。";
    undecided_by_check(field, check): "It cannot be decided: the event does not say `{0}`, which `{1}` asks for. With it the answer would be certain.", "判定できません。`{1}` が調べる `{0}` の値がイベントに記録されていません。これがわかれば判定できます。";
    undecided_type(): "It cannot be decided: the event does not say its type, and Falco asks this rule only about some event types.", "判定できません。イベントの種類が記録されておらず、このルールは一部の種類のイベントにしか適用されません。";
    other_type(kind): "Falco never asks this rule about `{0}` events.", "Falco がこのルールを `{0}` イベントに適用することはありません。";
    other_source(own, event): "This rule reads events of the source `{0}`; this event comes from `{1}`.", "このルールの対象はソース `{0}` のイベントです。このイベントのソースは `{1}` です。";
    disabled(): "This rule is disabled, so it says nothing.", "このルールは無効なので、何も判定しません。";
    deselected(): "falco.yaml switches this rule off, so it says nothing.", "このルールは falco.yaml で無効にされているため、何も判定しません。";
    below_priority(): "This rule is less severe than the priority in falco.yaml, so it does not run.", "このルールは falco.yaml の priority より優先度が低いため、動作しません。";
    broken(): "This rule has an error, so it cannot be evaluated.", "このルールにはエラーがあるため、評価できません。";
    skipped(): "Falco leaves this rule out: its source or a field of it is not known.", "ソースまたはフィールドが不明なため、Falco はこのルールを読み飛ばします。";
    joined(reasons, next): "{0}; {1}", "{0}、{1}";
    and_more(reasons, n): "{0}; and {1} more", "{0}、ほか {1} 件";

    is_missing(field): "the event has no `{0}`", "イベントに `{0}` の値がない";
    exists(field, value): "`{0}` has a value, `{1}`", "`{0}` に値 `{1}` がある";
    equal(field, value): "`{0}` is `{1}`", "`{0}` が `{1}`";
    equal_not(field, value, other): "`{0}` is `{1}`, not `{2}`", "`{0}` が `{2}` ではなく `{1}`";
    in_list(field, value, list): "`{0}` is `{1}`, which is in `{2}`", "`{0}` の `{1}` が `{2}` に含まれる";
    not_in_list(field, value, list): "`{0}` is `{1}`, which is not in `{2}`", "`{0}` の `{1}` が `{2}` に含まれない";
    contains(field, value, text): "`{0}` is `{1}`, which contains `{2}`", "`{0}` の `{1}` が `{2}` を含む";
    contains_not(field, value, text): "`{0}` is `{1}`, which does not contain `{2}`", "`{0}` の `{1}` が `{2}` を含まない";
    starts(field, value, text): "`{0}` is `{1}`, which starts with `{2}`", "`{0}` の `{1}` が `{2}` で始まる";
    starts_not(field, value, text): "`{0}` is `{1}`, which does not start with `{2}`", "`{0}` の `{1}` が `{2}` で始まらない";
    ends(field, value, text): "`{0}` is `{1}`, which ends with `{2}`", "`{0}` の `{1}` が `{2}` で終わる";
    ends_not(field, value, text): "`{0}` is `{1}`, which does not end with `{2}`", "`{0}` の `{1}` が `{2}` で終わらない";
    pattern(field, value, text): "`{0}` is `{1}`, which fits the pattern `{2}`", "`{0}` の `{1}` がパターン `{2}` に合う";
    pattern_not(field, value, text): "`{0}` is `{1}`, which does not fit the pattern `{2}`", "`{0}` の `{1}` がパターン `{2}` に合わない";
    below(field, value, paths): "`{0}` is `{1}`, which lies below `{2}`", "`{0}` の `{1}` が `{2}` の下にある";
    below_not(field, value, paths): "`{0}` is `{1}`, which does not lie below `{2}`", "`{0}` の `{1}` が `{2}` の下にない";
    compares(field, value, comparison): "`{0}` is `{1}`, so `{2}` holds", "`{0}` が `{1}` なので `{2}` が成り立つ";
    compares_not(field, value, comparison): "`{0}` is `{1}`, so `{2}` does not hold", "`{0}` が `{1}` なので `{2}` が成り立たない";
    holds(comparison): "`{0}` holds", "`{0}` が成り立つ";
    holds_not(comparison): "`{0}` does not hold", "`{0}` が成り立たない";
}
