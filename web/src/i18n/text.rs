//! The table of the page's sentences. A row without one of the languages does not compile.

use engine::catalog::messages::{self, Words};

macro_rules! texts {
    ($($name:ident: $en:literal, $ja:literal;)*) => {
        /// A sentence of the page.
        #[derive(Clone, Copy, PartialEq, Eq)]
        #[expect(clippy::enum_variant_names, reason = "`AsText` is a button's label")]
        pub(crate) enum Text { $($name),* }

        /// The words of each, in English and Japanese.
        pub(super) const WORDS: &[Words] = &[$(($en, $ja)),*];
    };
}

/// A number that the file of each language begins with, so that no other words are taken for these.
pub(super) const FINGERPRINT: u32 =
    messages::fingerprint(messages::fingerprint(messages::FINGERPRINT, WORDS), crate::examples::WORDS);

texts! {
    // Names in rules files
    KindField: "field", "フィールド";
    KindOperator: "operator", "演算子";
    KindModifier: "modifier", "修飾語";
    KindLogic: "logic", "論理";
    KindTransformer: "transformer", "変換関数";
    KindMacro: "macro", "マクロ";
    KindList: "list", "リスト";
    KindKey: "key", "キー";
    KindPriority: "priority", "優先度";
    KindEventType: "event type", "イベント種別";
    KindRule: "rule", "ルール";
    KindException: "exception", "例外";
    KindSource: "event source", "イベントソース";
    KindTag: "tag", "タグ";
    KindValue: "value", "値";
    KindSnippet: "snippet", "ひな形";
    MarkDeprecated: "deprecated", "非推奨";
    MarkInert: "never has a value", "値が入りません";
    MarkNotReported: "never reported under this name", "この名前では現れません";
    MarkOtherSource: "other event source", "別のイベントソース";
    ReportedAs: "Falco reports these events as {0}, so a comparison with this name never holds.", "Falco はこのイベントを {0} として扱うため、この名前との比較は成り立ちません。";
    Outline: "Outline…", "項目一覧…";
    OutlineOf: "Items of {0}", "{0} の項目";
    OutlineLabel: "Items", "項目";
    FindItem: "Find an item", "項目を検索";
    NoSuchItem: "No such item.", "該当する項目はありません。";
    Format: "Format", "整形";
    Formatted: "The file was formatted.", "ファイルを整形しました。";
    TidyAlready: "The file is formatted already.", "ファイルはすでに整形されています。";
    FixAll: "Make all safe fixes", "安全な修正をすべて適用";
    OneFixMade: "{0} fix made.", "{0} 件の修正を適用しました。";
    FixesMade: "{0} fixes made.", "{0} 件の修正を適用しました。";
    NothingToFix: "There is nothing that can be fixed safely.", "安全に修正できるものはありません。";
    PlacesOf: "Places of {0}", "{0} の使用箇所";
    PlacesLabel: "Places", "使用箇所";
    OnePlace: "{0} place", "{0} か所";
    Places: "{0} places", "{0} か所";
    RoleDefinition: "definition", "定義";
    RoleChange: "change", "変更";
    RoleUse: "use", "使用";
    NewName: "New name", "新しい名前";
    RenameNow: "Rename", "変更";
    NameChanged: "Renamed {0} to {1}.", "{0} を {1} に変更しました。";
    NoNameHere: "There is no name of a rule, macro, list or exception at the cursor.", "カーソル位置にルール・マクロ・リスト・例外の名前はありません。";
    OnlyInRules: "This is for rules files that are loaded.", "読み込まれているルールファイルでのみ使えます。";

    // Header and its menus
    Tagline: "Falco rule playground", "Falco ルールのプレイグラウンド";
    Examples: "Examples", "例題";
    Files: "Files", "ファイル";
    OpenFiles: "Open files…", "ファイルを開く…";
    DownloadFile: "Download {0}", "{0} をダウンロード";
    NewWorkspace: "New, empty", "新規（空の状態）";
    Reset: "Reset to the example", "例題を最初の状態に戻す";
    SwitchLanguage: "日本語", "English";
    SwitchLanguageLabel: "Switch to Japanese (日本語)", "英語に切り替える（English）";
    Dialect: "Dialect: {0}", "方言: {0}";
    DialectFalco: "Falco", "Falco";
    DialectCourse: "Course", "講座";
    DialectFalcoHint: "Rules as Falco reads them", "ルールを Falco と同じように読みます";
    DialectCourseHint: "evt.hour, k8s_audit.*, labels behind a dot and other things that the course writes and Falco rejects are evaluated as they are meant, with a warning",
        "evt.hour、k8s_audit.*、ドットの後のラベルなど、講座に出てくるものの Falco では通らない書き方を、警告付きで評価します";
    CourseOn: "Course dialect: these rules are not all valid in Falco.", "講座の方言です。Falco では通らないルールがあります。";
    CourseOnValid: "Course dialect: Falco loads these rules as well.", "講座の方言です。これらのルールは Falco でも読み込めます。";
    CourseOff: "Back to Falco", "Falco に戻す";
    Theme: "Theme", "配色";
    ThemeSystem: "As the system", "システムに合わせる";
    ThemeLight: "Light", "ライト";
    ThemeDark: "Dark", "ダーク";
    Help: "Help", "ヘルプ";
    HelpShortcut: "Help (?)", "ヘルプ（?）";
    More: "More", "その他";
    OwnWorkspace: "Own rules", "自分のルール";
    Edited: "edited", "変更あり";

    // Regions
    Regions: "Regions", "領域";
    Rules: "Rules", "ルール";
    Events: "Events", "イベント";
    Details: "Details", "詳細";
    Problems: "Problems", "問題";
    SplitEditor: "Width of the editor", "エディターの幅";
    SplitDetails: "Height of the event list", "イベント一覧の高さ";
    SplitProblems: "Height of the problems", "問題一覧の高さ";

    // File tabs
    FileTabs: "Files, rules in load order", "ファイル（ルールは読み込み順）";
    LoadsNth: "loads as no. {0}", "{0} 番目に読み込み";
    OffTab: "off", "オフ";
    AddFile: "Add a file", "ファイルを追加";
    RulesFile: "Rules file", "ルールファイル";
    EventsFile: "Events file", "イベントファイル";
    AllFiles: "All files", "すべてのファイル";
    ReadAs: "Read as", "形式";
    KindSeen: "{0} (recognised)", "{0}（自動判定）";
    KindFields: "Events by field", "フィールド形式のイベント";
    KindAlerts: "Falco alerts", "Falco のアラート";
    KindAudit: "Kubernetes audit log", "Kubernetes 監査ログ";
    EventsInFile: "{0} events", "イベント {0} 件";
    LeftOut: "{0} left out", "{0} 件を除外";
    LeftOutWhy: "{0}: {1}", "{0}: {1} 件";
    ShowFirst: "Show the first", "最初の箇所を表示";
    FilterFile: "Only events of this file", "このファイルのイベントだけを表示";
    ConfigHint: "Falco's configuration: which rules run, what alerts say", "Falco の設定。動作するルールとアラートの内容を決めます";
    StopsAtFirst: "For each event Falco stops at the first rule that matches (rule_matching: first).", "イベントごとに、最初に一致したルールで止まります（rule_matching: first）。";
    GoesThroughAll: "Every rule that matches raises an alert (rule_matching: all).", "一致したすべてのルールがアラートを出します（rule_matching: all）。";
    SwitchedOff: "Switched off ({0}): {1}.", "無効化（{0} 件）: {1}。";
    TooLittleSevere: "Below the minimum priority ({0}): {1}.", "最低優先度未満（{0} 件）: {1}。";
    FileActions: "Actions for {0}", "{0} の操作";
    Rename: "Rename…", "名前を変更…";
    MoveEarlier: "Load earlier", "読み込み順を前へ";
    MoveLater: "Load later", "読み込み順を後へ";
    EventsForward: "Move its events forward", "イベントの順番を前へ";
    EventsBack: "Move its events back", "イベントの順番を後へ";
    Delete: "Delete", "削除";
    BaseOff: "Switch base rules off", "基本ルールをオフにする";
    BaseOn: "Switch base rules on", "基本ルールをオンにする";
    BaseOwn: "Replace by own copy…", "自分のファイルに置き換える…";
    BaseEdit: "Edit a copy", "コピーを編集する";
    BaseBack: "Back to the built-in base rules", "組み込みの基本ルールに戻す";
    FileName: "File name", "ファイル名";
    RenameTitle: "Rename {0}", "{0} の名前を変更";
    NameTaken: "Another file has this name.", "同じ名前のファイルがあります。";
    NameEmpty: "A file needs a name.", "ファイル名を入力してください。";
    BaseExplained: "Built-in lists and macros, loaded first. Read-only.", "最初に読み込まれる組み込みのリストとマクロです。読み取り専用です。";
    BaseIsOff: "The base rules are off: their macros and lists are unknown.", "基本ルールはオフです。そのマクロとリストは使えません。";

    // Views of the verdicts
    Views: "Views of the verdicts", "判定の表示方法";
    ViewList: "Events", "イベント";
    ViewGrid: "Grid", "グリッド";
    GridLabel: "Rules and events", "ルールとイベントの一覧";
    GridHint: "Choose a cell to see why.", "セルを選ぶと理由が表示されます。";
    GridSwap: "Swap rows and columns", "行と列を入れ替える";
    GridQuiet: "Only rules that say something", "判定のあるルールのみ";
    MatchingHidden: "matches, and Falco stops at an earlier rule", "一致するが、Falco はより前のルールで止まる";
    GridNotRunning: "not running", "実行されない";

    // New events, and where an event happened
    NewEvent: "New event…", "新しいイベント…";
    CopyEvent: "Duplicate and change…", "複製して変更…";
    Template: "Template", "テンプレート";
    EventTitle: "Title", "タイトル";
    AddField: "Another field", "フィールドを追加";
    AddThis: "Add", "追加";
    AddEvent: "Add to the events", "イベントに追加";
    AddedEvent: "Added an event.", "イベントを追加しました。";
    RemoveField: "Remove {0}", "{0} を外す";
    NoSuchField: "Events of this source have no such field.", "このソースのイベントに、その名前のフィールドはありません。";
    Scene: "Where it happened", "発生場所";
    ProcessTree: "Processes, the first ancestor first", "プロセス（祖先から順に）";
    ContainerWord: "container", "コンテナ";
    PodWord: "pod", "Pod";
    NamespaceWord: "namespace", "名前空間";

    // Rules and the rule in the end
    RuleList: "Rules and what they say", "ルールとその判定";
    StatusRuns: "runs", "実行される";
    StatusDisabled: "disabled", "無効";
    StatusDeselected: "switched off in falco.yaml", "falco.yaml で無効";
    StatusBelow: "below the minimum priority", "最小優先度未満";
    StatusBroken: "has an error", "エラーあり";
    StatusSkipped: "skipped by Falco", "Falco が読み飛ばす";
    DecidedHere: "where that is said", "その指定箇所";
    NoRuleTitle: "No rule selected", "ルールが選択されていません";
    NoRuleHint: "Choose a rule above to see it as Falco puts it together from all files.", "上の一覧でルールを選ぶと、すべてのファイルから組み立てた最終的な内容が表示されます。";
    Tags: "Tags", "タグ";
    MergedCondition: "Condition, put together", "組み立てた条件";
    MergedOutput: "Output, put together", "組み立てた出力";
    EventTypes: "Event types it sees", "対象のイベントタイプ";
    AllEventTypes: "Nearly all: the condition does not restrict them.", "ほぼすべて（条件で限定されていません）";
    OpenBranch: "One branch leaves the event type open:", "イベントタイプを限定していない部分：";
    WhereFrom: "Where it comes from", "定義の出どころ";
    Replaces: "replaced", "置き換え";
    Appends: "appended", "追加";
    NearMisses: "Near misses", "あと一歩で一致するイベント";
    NoNearMisses: "No event is a single comparison away from matching.", "比較一つの差で一致しないイベントはありません。";
    MoreNearMisses: "There may be more.", "ほかにもある可能性があります。";
    OnlyThis: "only this keeps it from matching:", "一致を妨げている唯一の比較：";

    // Why
    WhyAnswer: "Why", "判定の理由";
    WhyThis: "Why: {0}", "理由を見る：{0}";
    WhyRule: "Rule to explain", "理由を見るルール";
    WhyParts: "The condition, part by part", "条件の内訳";
    WhyCut: "Only the first parts are shown; there are too many.", "部分が多すぎるため、最初の部分だけを表示しています。";
    AllOf: "all of", "すべて";
    AnyOf: "one of", "いずれか";
    NotThis: "not", "否定";
    MacroWord: "macro", "マクロ";
    ExceptionWord: "exception", "例外";
    TupleWord: "tuple", "タプル";
    PartTrue: "true", "成り立つ";
    PartFalse: "false", "成り立たない";
    ProvenByAlert: "the alert proves it", "アラートが裏付け";
    NotSaid: "not said", "記録なし";
    PartMissing: "no value", "値なし";
    Decides: "decides", "決め手";
    ValueOf: "{0} is {1}", "{0} は {1}";
    ListItem: "item {0}", "項目 {0}";
    ChangesToMatch: "Smallest changes that would make it match", "一致させるための最小の変更";
    ChangesToStop: "Smallest changes that would stop it", "一致しなくなる最小の変更";
    TryCopy: "Try on a copy", "コピーで試す";
    TryCopyOf: "Try on a copy of the event: {0}", "イベントのコピーで試す：{0}";
    CopyAdded: "Added a changed copy of event {0}.", "イベント {0} を変更したコピーを追加しました。";

    // Events
    EventList: "Events and what the rules say", "イベントとルールの判定";
    Matching: "match", "一致";
    Suppressed: "suppressed", "抑制";
    Undecided: "undecided", "判定不能";
    NoMatch: "none", "一致なし";
    MatchingLong: "matches", "一致";
    SuppressedLong: "suppressed by an exception", "例外により抑制";
    UndecidedLong: "cannot be decided: the event does not say enough", "判定できない（イベントの情報が不足）";
    NoMatchLong: "does not match", "一致しない";
    LogBar: "Alerts of the log", "ログのアラート";
    LogAlerts: "Of {0} alerts in the log:", "ログのアラート {0} 件のうち：";
    FateKept: "kept", "今も出る";
    FateLost: "lost", "出なくなる";
    FateKeptLong: "alerts that would be raised again", "今も出るアラート";
    FateLostLong: "alerts that would no longer be raised", "出なくなるアラート";
    FateSuppressedLong: "alerts that an exception keeps away", "例外で抑制されるアラート";
    FateUndecidedLong: "alerts that do not say enough to tell", "情報が足りず判定できないアラート";
    KeptOf: "{0} of {1} kept", "今も出る {0}/{1}";
    NoBaselineShort: "No baseline: conditions are taken as unchanged", "基準なし（条件は当時と同じとみなす）";
    BaselineShort: "Compared with your baseline", "基準のルールと比較中";
    BaselineNone: "Alerts prove that the condition of their rule was true. Which condition that was is not known, so it is taken to have been what it is now. Take the rules as they were as the baseline before you tune them.", "アラートは、ルールの条件が当時成り立っていたことの証拠です。当時の条件が不明なため、今の条件と同じとみなしています。調整の前に、当時のルールを基準にしてください。";
    BaselineIs: "Alerts prove that the conditions of the baseline were true. Only what has changed since is looked at.", "アラートは、基準のルールの条件が成り立っていたことの証拠です。その後に変わった部分だけを調べています。";
    TakeBaseline: "Take the rules as they are now as the baseline", "今のルールを基準にする";
    ClearBaseline: "Forget the baseline", "基準を取り消す";
    RestoreBaseline: "Bring its rules back into the editor", "基準のルールをエディターに戻す";
    RestoreChanges: "Changes {0}.", "変わるファイル：{0}";
    RestoreLoses: "What these files say now is replaced. Undo brings it back.", "これらのファイルの今の内容は置き換えられます（元に戻せます）。";
    RestoreNothing: "The rules are those of the baseline.", "今のルールは基準と同じです。";
    BaselineRestored: "The rules of the baseline are back; changed: {0}.", "基準のルールに戻しました（変更：{0}）。";
    BaselineTaken: "The rules as they are now are the baseline.", "今のルールを基準にしました。";
    BaselineCleared: "The baseline was forgotten.", "基準を取り消しました。";
    LogLimits: "What a log can show, and what it cannot", "ログからわかることと、わからないこと";
    LogLimitNew: "Only alerts that were raised are in it. It shows which of them stay and which go; what a looser rule would raise in addition it cannot show.", "ログにあるのは実際に出たアラートだけです。どれが残り、どれが出なくなるかはわかりますが、ルールを緩めたときに増えるアラートはわかりません。";
    LogLimitUnknown: "An alert says the fields of its output, and no others. Where another field decides, the answer is undecided (◐).", "アラートに記録されているのは output のフィールドだけです。それ以外のフィールドで結果が決まる場合は判定不能（◐）になります。";
    LogLimitNull: "`null` is a field that had no value (`<NA>`); that is known.", "`null` は値がなかったこと（`<NA>`）を表し、不明とは異なります。";
    LogLimitProof: "An alert proves that the condition of its rule was true. For that rule only what has changed since then is looked at.", "アラートは、そのルールの条件が当時成り立っていたことの証拠です。そのルールについては、その後に変わった部分だけを調べます。";
    Deciding: "Fields that would decide", "判定に必要なフィールド";
    DecidingOfAlerts: "Alerts of this rule in the log that cannot be decided: {0}. These fields are missing:", "ログにあるこのルールのアラートのうち {0} 件が判定できません。足りないフィールド：";
    DecidingOfEvents: "Events that cannot be decided: {0}. These fields are missing:", "{0} 件のイベントが判定できません。足りないフィールド：";
    DecidingNeeded: "needed by", "必要な件数";
    DecidingAlone: "decides alone", "単独で判定";
    DecidingTogether: "with those above", "上までで判定";
    PrintInOutput: "Add to the output", "output に追加";
    PrintInConfig: "Add to the rule's alerts in {0}", "{0} でこのルールに追加";
    PrintForAll: "Add to all alerts in {0}", "{0} で全アラートに追加";
    ConfigFile: "falco.yaml", "falco.yaml";
    NewConfigFile: "a new falco.yaml", "新しい falco.yaml";
    MayDecideAlone: "may decide alone", "単独で決まる場合あり";
    PrintHint: "This helps from the next log on.", "効果があるのは次に記録するログからです。";
    PrintOthers: "These are alerts of other rules, so all alerts have to say these fields. This helps from the next log on.", "別のルールのアラートのため、全アラートに出力します。効果があるのは次に記録するログからです。";
    ButtonOf: "{0}: {1}", "{0}：{1}";
    Printed: "Alerts say {0} from now on.", "アラートに {0} が出力されるようにしました。";
    ShowOnly: "Show only: {0}", "絞り込み: {0}";
    FilterText: "Filter events", "イベントを絞り込む";
    FilterRule: "Rule", "ルール";
    AllRules: "All rules", "すべてのルール";
    ClearFilter: "Clear filter", "絞り込みを解除";
    NoEventsTitle: "No events yet", "イベントはまだありません";
    NoEventsHint: "This pane shows each event with the rules that match it. Write events in the events file, drop a file here, or choose an example.",
        "ここにはイベントと、一致したルールが並びます。イベントファイルに書くか、ファイルをドロップするか、例題を選んでください。";
    EditEvents: "Edit the events file", "イベントファイルを編集";
    NothingPasses: "No event passes the filter.", "絞り込みに合うイベントはありません。";
    ExceptionTuple: "{0} · {1} (tuple {2})", "{0} · {1}（タプル {2}）";
    ExceptionOnly: "{0} · {1}", "{0} · {1}";
    MoreChips: "+{0}", "+{0}";
    LastGood: "Dimmed: the last result of rules that have an error now", "薄い表示は、エラーのあるルールの直前の結果です";
    Busy: "Evaluating…", "評価しています…";

    // Events that leave the page
    EventsActions: "Actions for events", "イベントの操作";
    ExportMenu: "Export…", "書き出す…";
    Export: "Export", "書き出し";
    ExportWhat: "What", "内容";
    ExportEvents: "Events by field (YAML)", "フィールド形式のイベント（YAML）";
    ExportAlerts: "Alerts of the rules, as Falco prints them (JSON lines)", "ルールが出すアラート、Falco と同じ形式（JSON Lines）";
    ExportCsv: "Alerts of the rules as a table (CSV)", "ルールが出すアラートの表（CSV）";
    ExportWhich: "Of which events", "対象のイベント";
    ExportAll: "All {0}", "すべて（{0} 件）";
    ExportListed: "Those that pass the filter: {0}", "絞り込んだもの（{0} 件）";
    Making: "Making the file…", "ファイルを作成しています…";
    MakingFailed: "The browser has not enough memory for this. Filter the events, or use the command line.", "メモリが足りないため作成できませんでした。イベントを絞り込むか、コマンドラインをお使いください。";
    EventsOf: "Events: {0}. Size: {1} kB.", "イベント {0} 件、{1} kB。";
    AlertsOf: "Alerts: {0}. Size: {1} kB.", "アラート {0} 件、{1} kB。";
    AlertsUndecided: "Of {0} more it cannot be decided whether they are raised: the events do not say enough. They are not in the file.", "ほかに、イベントの情報が足りず判定できないものが {0} 件あります。これらはファイルに含まれません。";
    FirstLines: "First lines", "先頭の内容";
    SaveFile: "Save as a file", "ファイルに保存";
    TooLargeToCopy: "Too large for the clipboard", "大きすぎるためコピーできません";

    NamesInIt: "Names and addresses are in it as they are.", "名前やアドレスはそのまま含まれます。";
    RedactMenu: "Redact…", "名前を伏せる…";
    Redact: "Redact", "名前を伏せる";
    RedactAbout: "Each name gets the same pseudonym everywhere, in upper or lower case, so that rules say what they said. Secrets are found behind words such as PASSWORD= or --token, in addresses and as the data of Kubernetes Secrets. Others are not found, and keys, such as those of labels, stay: look through the events and add what is missing below.",
        "同じ名前はどこでも、大文字と小文字の違いがあっても同じ仮名になるため、ルールの判定は変わりません。秘密の値は、PASSWORD= や --token などの後ろ、アドレスの中、Kubernetes の Secret のデータから探します。それ以外は見つからず、ラベルのキーなどのキーもそのまま残ります。イベントを確かめ、足りないものを下で追加してください。";
    RedactList: "What is replaced", "置き換えるもの";
    RedactNone: "There are no names in the events.", "イベントに名前はありません。";
    RedactThis: "Replace", "置き換え";
    RedactValue: "Value", "値";
    RedactPseudonym: "Pseudonym", "仮名";
    RedactCount: "Number", "回数";
    RedactFind: "Find a value", "値を検索";
    RedactMore: "{0} more are not listed; search for them.", "ほかに {0} 件あります。検索すると表示されます。";
    RuleNamesIt: "a rule compares with it", "ルールの比較に使用";
    AlsoLabel: "Another value", "ほかの値";
    AlsoAdd: "Replace this as well", "この値も置き換える";
    RedactSum: "Values replaced: {0}. Verdicts that change: {1}.", "置き換える値 {0} 件、変わる判定 {1} 件。";
    Redacting: "Looking for names…", "名前を探しています…";
    RedactTrying: "Values replaced: {0}. The rules are tried on the result…", "置き換える値 {0} 件。結果にルールを当てはめています…";
    RedactStopped: "Stopped. Nothing was replaced.", "中止しました。何も置き換えていません。";
    GoOn: "Go on", "続ける";
    RedactSave: "Save as files", "ファイルに保存";
    RedactHere: "Replace in the workspace", "ワークスペース内で置き換える";
    Redacted: "The events have pseudonyms in place of names.", "イベントの名前を仮名に置き換えました。";
    SecretUser: "user", "ユーザー";
    SecretHost: "host", "ホスト";
    SecretPod: "pod", "Pod";
    SecretContainer: "container", "コンテナ";
    SecretImage: "image", "イメージ";
    SecretCluster: "cluster", "クラスター";
    SecretWorkload: "workload", "ワークロード";
    SecretResource: "resource", "リソース";
    SecretLabel: "label", "ラベル";
    SecretId: "id", "ID";
    SecretAddress: "address", "アドレス";
    SecretDomain: "domain", "ドメイン";
    SecretEmail: "mail address", "メールアドレス";
    SecretOwn: "secret", "秘密";

    // Time line
    TimeLine: "Time line", "タイムライン";
    TimeTitle: "Events by time", "時間ごとのイベント";
    TimeTable: "As a table", "表で表示";
    TimeColumn: "Time", "時刻";
    TimeFrom: "From", "開始";
    TimeTo: "Until", "終了";
    TimeRange: "{0} to {1}", "{0} ～ {1}";
    ClearTime: "Clear the time range: {0}", "期間の絞り込みを解除（{0}）";
    NoTime: "Without a time: {0}.", "時刻なし {0} 件。";
    TimeBack: "The time goes back: {0}.", "時刻の逆行 {0} か所。";

    // Details
    NoSelectionTitle: "No event selected", "イベントが選択されていません";
    NoSelectionHint: "Select an event to see its fields and the alerts it raises.", "イベントを選ぶと、フィールドとアラートが表示されます。";
    EventNumber: "Event {0}", "イベント {0}";
    ShowInFile: "Show in file", "ファイルで表示";
    Alerts: "Alerts", "アラート";
    NoAlerts: "No alert: no rule matches this event.", "アラートはありません。このイベントに一致するルールがありません。";
    NoAlertOutput: "No alert: the output of the rule that matches cannot be read.", "アラートはありません。一致したルールの出力に誤りがあります。";
    HiddenBehind: "{0} matches too, but Falco stops at the first rule that matches: {1}.", "{0} にも一致しますが、Falco は最初に一致したルール {1} で止まるため、アラートは出ません。";
    HiddenShort: "no alert: Falco stops at {0}", "アラートなし（Falco は {0} で止まります）";
    AsText: "Text", "テキスト";
    AsJson: "JSON", "JSON";
    Copy: "Copy", "コピー";
    Copied: "Copied.", "コピーしました。";
    CopyFailed: "The browser did not allow copying. Select the text and copy it by hand.", "ブラウザーがコピーを許可しませんでした。テキストを選択してコピーしてください。";
    Fields: "Fields", "フィールド";
    FieldFilter: "Filter fields", "フィールドを絞り込む";
    Derived: "derived", "導出";
    DerivedHint: "Computed from other fields, as Falco does", "Falco と同じく、ほかのフィールドから求めた値です";
    GoToRule: "Go to {0}", "{0} へ移動";
    Previous: "Previous event", "前のイベント";
    Next: "Next event", "次のイベント";
    AlertFormat: "Format of alerts", "アラートの形式";

    // Exceptions
    Exceptions: "Exceptions", "例外";
    ExceptionName: "Name of the exception", "例外の名前";
    RemoveException: "Remove the exception {0}", "例外 {0} を削除";
    AddException: "Add an exception", "例外を追加";
    ColumnField: "Field {0}", "フィールド {0}";
    ColumnComparison: "Comparison {0}", "比較 {0}";
    RemoveColumn: "Remove field {0}", "フィールド {0} を削除";
    AddColumn: "Add a field", "フィールドを追加";
    FieldWord: "Field", "フィールド";
    Comparison: "Comparison", "比較";
    ValueWord: "Value", "値";
    CellName: "{0}, tuple {1}", "{0}（タプル {1}）";
    NewCell: "{0}, new tuple", "{0}（新しいタプル）";
    AddTuple: "Add tuple", "タプルを追加";
    RemoveTuple: "Remove tuple {0}", "タプル {0} を削除";
    NeverHits: "never hits", "該当なし";
    TupleCounts: "holds on {0}, alone on {1}", "該当 {0} 件（単独 {1} 件）";
    ExceptionsBuilt: "What Falco puts behind the condition", "Falco が条件の後に付け加える式";
    ExceptionsChanged: "Changed the exceptions.", "例外を変更しました。";
    ExceptionWritten: "Wrote the exception.", "例外を書き込みました。";
    ExceptionsStale: "The rule has an error just now. The table can be changed again once the rule is right.", "いまルールにエラーがあります。ルールを直すと表を編集できます。";
    ExceptionsLocked: "The rule stands in {0}, which is read-only: what is there cannot be changed. What is added here is appended in the last of your own files.", "ルールは読み取り専用の {0} にあるため、既存の内容は変更できません。ここで追加したものは、自分の最後のファイルに override で書き込まれます。";
    ExceptLocked: "The rule stands in {0}, which is read-only, so the exception is appended in a later file.", "ルールは読み取り専用の {0} にあるため、例外は後のファイルに override で追加します。";
    ExceptFrom: "Except this event… ({0})", "このイベントを除外…（{0}）";
    ExceptThis: "Except this event…", "このイベントを除外…";
    ExceptTitle: "Except event {0} from {1}", "イベント {0} を {1} から除外";
    Breadth: "How much is excepted", "除外する範囲";
    Looking: "Trying exceptions…", "例外を試しています…";
    NoWays: "No exception with the values of this event keeps the alert away.", "このイベントの値を使った例外では、アラートを抑制できません。";
    Narrow: "Narrow", "狭い";
    Middle: "Middle", "中間";
    Broad: "Broad", "広い";
    NewException: "new exception {0}", "新しい例外 {0}";
    OneMoreTuple: "one more tuple of {0}", "{0} にタプルを追加";
    Loses: "Suppresses {0} of {1} alerts of this rule, {2} stay. No other rule changes.", "このルールのアラート {1} 件のうち {0} 件を抑制し、{2} 件が残ります。ほかのルールの判定は変わりません。";
    AlsoLost: "Also suppressed: events {0}.", "ほかに抑制されるイベント：{0}。";
    WriteTo: "Where to write", "書き込む場所";
    InTheRule: "{0}: with the exceptions that are there", "{0}：いまの例外と同じ場所";
    AppendedIn: "{0}: appended by an override", "{0}：override で追加";
    AppendedInNew: "a new file, {0}: appended by an override", "新しいファイル {0}：override で追加";
    WriteException: "Write the exception", "例外を書き込む";

    // Problems
    NoProblems: "No problems.", "問題はありません。";
    NoProblemsHint: "Errors, warnings and hints in the rules and events appear here, each with its place and often a fix.",
        "ルールとイベントのエラー、警告、ヒントがここに表示されます。位置と、多くの場合は修正方法も示します。";
    Error: "error", "エラー";
    Warning: "warning", "警告";
    Hint: "hint", "ヒント";
    ErrorsWord: "errors", "エラー";
    WarningsWord: "warnings", "警告";
    OneError: "{0} error", "エラー {0} 件";
    Errors: "{0} errors", "エラー {0} 件";
    OneWarning: "{0} warning", "警告 {0} 件";
    Warnings: "{0} warnings", "警告 {0} 件";
    OneHint: "{0} hint", "ヒント {0} 件";
    Hints: "{0} hints", "ヒント {0} 件";
    Why: "Why", "理由";
    Fix: "Fix", "修正";
    FalcoWouldSay: "Falco stops at an earlier error; once that is mended, it says", "Falco はこれより前のエラーで停止します。それを直した後のメッセージ";
    AboutCode: "What does `{0}` mean?", "`{0}` の説明";
    CodePageMissing: "The explanation could not be fetched. Check the connection and try again.", "説明を取得できませんでした。接続を確認して、もう一度お試しください。";
    HasTheProblem: "With this problem", "問題のある例";
    HasNoProblem: "Without it", "問題のない例";
    FalcoRefuses: "Falco would not start with {0}", "{0} では Falco が起動しません";
    FalcoSays: "Falco says", "Falco のメッセージ";
    MoreProblems: "{0} more problems are not listed.", "ほかに {0} 件の問題があります。";
    NewerText: "The text has changed meanwhile, so nothing was written. Try again.", "その間にテキストが変わったため、書き込みませんでした。もう一度操作してください。";
    FixApplied: "Fixed: {0}", "修正しました: {0}";
    PlaceLabel: "{0}, line {1}, column {2}", "{0}、{1} 行 {2} 列";
    Related: "See also", "関連箇所";

    // Status bar
    EngineStarting: "engine starting", "エンジン起動中";
    EngineReady: "engine ready", "エンジン準備完了";
    EngineBusy: "evaluating", "評価中";
    EngineStuck: "engine stopped", "エンジン停止";
    OneRule: "{0} rule", "ルール {0} 件";
    ManyRules: "{0} rules", "ルール {0} 件";
    OneEvent: "{0} event", "イベント {0} 件";
    ManyEvents: "{0} events", "イベント {0} 件";
    EvaluatedIn: "evaluated in {0} ms", "評価時間 {0} ms";
    FollowsFalco: "follows Falco {0}", "Falco {0} 準拠";
    NothingLeaves: "nothing leaves this page", "データは外部に送信されません";

    // Announcements
    Announce: "{0} match, {1} suppressed, {2} without match.", "一致 {0} 件、抑制 {1} 件、一致なし {2} 件。";
    AnnounceUndecided: "{0} cannot be decided.", "判定できないもの {0} 件。";

    // Notices
    Undo: "Undo", "元に戻す";
    Dismiss: "Dismiss", "閉じる";
    Undone: "Undone.", "元に戻しました。";
    DeletedFile: "Deleted {0}.", "{0} を削除しました。";
    ReplacedFile: "{0} has new content.", "{0} の内容を置き換えました。";
    AddedFile: "Added {0}.", "{0} を追加しました。";
    ExampleMissing: "The example could not be fetched. Check the connection and try again.", "例題を取得できませんでした。接続を確認して、もう一度お試しください。";
    OpenedExample: "Opened the example “{0}”.", "例題「{0}」を開きました。";
    StartedNew: "Started an empty workspace.", "空のワークスペースを用意しました。";
    BaseReplaced: "The base rules are your own copy now.", "基本ルールを自分のファイルに置き換えました。";
    BaseRestored: "The built-in base rules are back.", "組み込みの基本ルールに戻しました。";
    EngineRestarted: "The engine took too long and was started again. Your text is as it was.", "エンジンが時間内に応答しなかったため再起動しました。入力した内容はそのままです。";
    EngineGaveUp: "The engine cannot finish with this text. Change the text, and it tries again.", "このテキストではエンジンの処理が終わりません。内容を変更すると再び試みます。";
    DraftTooLarge: "The workspace is too large for the browser's storage: it is not kept across a reload. Download what you want to keep.",
        "ブラウザーの保存領域に収まらないため、再読み込みすると失われます。必要なファイルはダウンロードしてください。";
    DraftRefused: "The browser does not store anything for this page: the workspace is not kept across a reload.",
        "ブラウザーの設定により保存できません。再読み込みするとワークスペースは失われます。";

    // Opening files
    DropHere: "Drop rules files and events here", "ルールやイベントのファイルをここにドロップ";
    FileIsBinary: "{0} is not a text file, so it was not opened.", "{0} はテキストファイルではないため、開きませんでした。";
    FileNotUtf8: "{0} is not UTF-8 text (byte {1}), so it was not opened. Save it as UTF-8 and try again.",
        "{0} は UTF-8 ではないため（{1} バイト目）、開きませんでした。UTF-8 で保存し直してください。";
    FileIsUtf16: "{0} is UTF-16 text, so it was not opened. Save it as UTF-8 and try again.",
        "{0} は UTF-16 のため、開きませんでした。UTF-8 で保存し直してください。";
    FileTooLarge: "{0} is larger than {1} MB, so it was not opened.", "{0} は {1} MB を超えているため、開きませんでした。";
    FileIsZstandard: "{0} is packed with Zstandard, which browsers cannot unpack. Unpack it first, or use gzip.", "{0} は Zstandard 形式です。ブラウザーでは展開できないため、先に展開するか gzip を使ってください。";
    FileCutShort: "{0} is damaged or cut short. What could be unpacked of it was read.", "{0} は壊れているか、途中で切れています。展開できた部分だけを読み込みました。";
    FileTooLong: "{0} has more than {1} MB. Only what comes before that was read.", "{0} は {1} MB を超えています。先頭からその大きさまでを読み込みました。";
    LogsLoading: "Files that are being read", "読み込み中のファイル";
    LogReading: "Reading {0}", "{0} を読み込んでいます";
    LogCome: "{0} of {1} MB", "{1} MB 中 {0} MB";
    LogRead: "{0} of {1} MB, {2} events so far", "{1} MB 中 {0} MB、イベント {2} 件";
    LogAsk: "{0} has {1} MB. Up to {2} MB of a file are read.", "{0} は {1} MB あります。1 つのファイルから読み込めるのは {2} MB までです。";
    LogEvery: "Read one line in {0}", "{0} 行に 1 行を読み込む";
    LogBeginning: "Read the beginning", "先頭から読めるだけ読み込む";
    LogCancelled: "{0} was not read.", "{0} の読み込みを中止しました。";
    LogStopped: "The engine stopped while it read {0}, perhaps for want of memory. The file was left out; all else is as it was.",
        "{0} の読み込み中にエンジンが停止しました。メモリ不足の可能性があります。このファイルだけを除き、ほかはそのままです。";
    LogSampled: "one line in {0}, of {1}", "{1} 行のうち {0} 行ごとに 1 行";
    LogFirst: "only the first {0} MB", "先頭の {0} MB のみ";
    LogDamaged: "what comes before the damage", "破損箇所より前のみ";
    LogTooLarge: "This file is too large for the editor, so a piece of it is shown.", "このファイルはエディターには大きすぎるため、一部だけを表示します。";
    LogMemory: "It has {0} MB; the engine uses {1} MB of memory for everything.", "大きさは {0} MB、エンジン全体のメモリ使用量は {1} MB です。";
    LogFromLine: "From line {0}", "{0} 行目から";
    LogToStart: "Show the beginning", "先頭を表示";
    LogGone: "{0} ({1} MB) is too large to be kept by the browser. Drop it here again to go on with it.",
        "{0}（{1} MB）は大きすぎるためブラウザーに保存されません。続けるにはもう一度ここにドロップしてください。";
    LogsGone: "Too large to be kept by the browser, to be dropped again: {0}", "大きすぎるため保存されていません。もう一度ドロップしてください: {0}";
    LogUnchanged: "{0} is too large to be changed here.", "{0} は大きすぎるため、ここでは変更できません。";
    FileUnreadable: "{0} could not be read.", "{0} を読み込めませんでした。";
    TooManyFiles: "Only the first {0} files were opened.", "最初の {0} 個のファイルだけを開きました。";
    FileIsEmpty: "{0} is empty.", "{0} は空のファイルです。";

    // Quick reference
    Reference: "Quick reference", "クイックリファレンス";
    ReferenceShortcut: "Quick reference (Alt R)", "クイックリファレンス（Alt R）";
    ReferenceSearch: "Name or purpose, such as namespace", "名前か目的（例: 名前空間、file write）";
    ReferenceResults: "Results", "検索結果";
    ReferenceKind: "Kind", "種類";
    AllKinds: "All kinds", "すべての種類";
    EventSource: "Event source", "イベントソース";
    AllSources: "All event sources", "すべてのイベントソース";
    OneEntry: "{0} entry", "{0} 件";
    Entries: "{0} entries", "{0} 件";
    ReferenceKeys: "Enter inserts, Shift Enter inserts the example, Esc closes. Click or drag works too.",
        "Enter で挿入、Shift Enter で例を挿入、Esc で閉じます。クリックやドラッグでも挿入できます。";
    WordsMissing: "The texts of the other language could not be fetched. Check the connection and try again.", "もう一方の言語の文言を取得できませんでした。接続を確認し、もう一度お試しください。";
    DocsMissing: "The reference could not be fetched. Check the connection, close this and open it again.", "リファレンスを取得できませんでした。接続を確認し、閉じてから開き直してください。";
    InsertExample: "Insert the example", "例を挿入";
    ReadOnly: "This file is read-only. Show another file, then insert.", "このファイルは読み取り専用です。別のファイルを表示してから挿入してください。";
    Operators: "Operators", "演算子";
    Modifiers: "Modifiers", "修飾子";
    Logic: "Logic", "論理";
    Transformers: "Transformers", "変換関数";
    Macros: "Macros", "マクロ";
    Lists: "Lists", "リスト";
    Keys: "Keys of rules files", "ルールファイルのキー";
    Priorities: "Priorities", "優先度";
    TypeText: "text", "文字列";
    TypeNumber: "number", "数値";
    TypePort: "port", "ポート";
    TypeBool: "true or false", "真偽値";
    TypeBytes: "bytes", "バイト列";
    TypeAddress: "IP address", "IP アドレス";
    TypeNetwork: "network", "ネットワーク";
    TypeOfArgument: "as its argument", "引数による";
    ListOf: "list of {0}", "{0}の一覧";
    Deprecated: "deprecated", "非推奨";
    NeverSet: "never set", "値なし";
    KeyReference: "quick reference", "クイックリファレンス";

    // Dialogs
    Cancel: "Cancel", "キャンセル";
    Ok: "OK", "OK";
    Close: "Close", "閉じる";
    Replace: "Replace", "置き換える";
    ReplaceTitle: "Replace what you have written?", "いまの内容を置き換えますか";
    ReplaceBody: "The rules and events on this page are replaced. Undo brings them back until you reload.",
        "このページのルールとイベントが置き換わります。再読み込みするまでは「元に戻す」で戻せます。";

    // Help
    HelpTitle: "How Mews works", "Mews の使い方";
    HelpIntro: "Write Falco rules on the left. The events on the right show at once which rules match.",
        "左側に Falco のルールを書くと、右側のイベントにどのルールが一致するかがすぐに表示されます。";
    HelpMarks: "Marks", "記号";
    HelpMarkMatch: "the rule matches: Falco would raise an alert", "ルールが一致し、Falco ならアラートを出します";
    HelpMarkSuppressed: "the condition holds, and an exception keeps it from raising an alert", "条件は成り立ちますが、例外によりアラートが抑制されます";
    HelpMarkUndecided: "the event does not say enough to tell: a log holds only some fields", "イベントに記録されたフィールドだけでは判定できません";
    HelpMarkNone: "no rule matches", "一致するルールがありません";
    HelpMarkStale: "the rule has an error; this is its last result", "ルールにエラーがあり、直前の結果を表示しています";
    HelpPriorities: "Priorities", "優先度";
    HelpKeys: "Keys", "キー操作";
    KeyHelp: "this help", "このヘルプ";
    KeyRegions: "go to rules, events, details, problems", "ルール、イベント、詳細、問題へ移動";
    KeyProblem: "next / previous problem", "次/前の問題へ移動";
    KeyComplete: "what can be written here", "ここに書けるものの候補";
    KeyExplain: "what the word at the cursor is", "カーソル位置の語の説明";
    KeyDefinition: "go to the definition / to all places of a name", "定義へ移動/名前が使われている場所の一覧";
    KeyRename: "in the editor: rename a macro, list, rule or exception", "エディターでマクロ・リスト・ルール・例外の名前を変更";
    KeyFormat: "format the file", "ファイルを整形";
    KeyOutline: "items of the file", "ファイルの項目一覧";
    KeyFix: "problems and fixes at the cursor", "カーソル位置の問題と修正";
    KeyFind: "find in the editor", "エディター内を検索";
    KeyTab: "leave the editor (Tab alone indents)", "エディターから出る（Tab だけでは字下げ）";
    KeyTabs: "in the file tabs: move, rename, delete", "ファイルタブで移動、名前の変更、削除";
    KeyList: "in lists: move; Enter opens", "一覧で移動、Enter で開く";
    KeySplit: "on a divider: change sizes; Enter resets", "区切り線でサイズ変更、Enter で既定に戻す";
    HelpLints: "Warnings of our own", "Mews 独自の警告";
    HelpLintsBody: "What Falco loads without a word but is probably not meant is a warning or a hint here. A comment # mews-ignore: CODE silences it, above a rule, macro or list for the whole of it, at the end of a line for that line.",
        "Falco が黙って読み込むものの、意図と違うと思われる箇所を警告またはヒントとして示します。コメント # mews-ignore: コード を書くと表示を止められます。ルール・マクロ・リストの直前に書けばその全体、行末に書けばその行が対象です。";
    HelpPrivacy: "What leaves this page", "外部に送信されるもの";
    HelpPrivacyBody: "Nothing. Rules and events are read, checked and evaluated in your browser, by a worker of this page. The draft is kept in this browser's storage; of several open tabs, the last one that was edited is kept.",
        "何も送信されません。ルールとイベントの読み込み、検査、評価はすべてブラウザー内のワーカーで行われます。下書きはこのブラウザーに保存され、複数のタブを開いているときは最後に編集したタブの内容が残ります。";
    HelpDiffers: "What differs from Falco", "Falco との違い";
    HelpDiffersBody: "Rules are read and evaluated as Falco {0} does, with these differences: after an error Mews goes on with the rules that are fine; all matching rules are shown, also where Falco would stop at the first (with a falco.yaml, the rules behind it are struck through); events come from your file, not from a kernel; thresholds, rate limits and plugins do not run.",
        "ルールの読み込みと評価は Falco {0} に従います。違いは次のとおりです。エラーがあっても、ほかの正しいルールの評価を続けます。Falco が最初の一致で止める場合でも、一致するルールをすべて表示します（falco.yaml があれば、それより後のルールには取り消し線が付きます）。イベントはカーネルではなくファイルから読み込みます。流量制限やプラグインは動作しません。";
    HelpFiles: "Files", "ファイル";
    HelpFilesBody: "Drop rules files (YAML) or events (YAML, JSON, JSON lines) anywhere on the page. Rules files load in the order of their tabs; a later file can change or append to rules of an earlier one. A falco.yaml switches rules on and off, adds to their alerts and says how these are printed.",
        "ルール（YAML）やイベント（YAML、JSON、JSON Lines）のファイルは、ページのどこにでもドロップできます。ルールファイルはタブの順に読み込まれ、後のファイルから前のルールを変更・追記できます。falco.yaml を加えると、ルールの有効・無効、アラートへの追加内容、表示形式が反映されます。";

    // The editor's own words, by their English text
    EditorOf: "Editor: {0}", "エディター: {0}";
}
