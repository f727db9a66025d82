//! Every field, operator, transformer, macro, list, key and priority has one short text in English and Japanese
//! (`docs/`), none describes what is not there, and every example loads without an error in its event source.

use engine::Session;
use engine::catalog::fields::{self, FieldSource};
use engine::catalog::keys::{EXCEPTION_KEYS, KINDS, PLUGIN_KEYS};
use engine::catalog::operators::{Modifier, Operator};
use engine::catalog::transformers::Transformer;
use engine::catalog::{BASE_RULES, BASE_RULES_NAME, SYSCALL};
use engine::report::{Diagnostic, Priority};
use engine::text::{Lang, Severity, Source};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// A block of a file.
#[derive(Default, Clone, Debug)]
struct Doc {
    name: String,
    en: String,
    ja: String,
    intent: String,
    example: String,
    source: String,
}

/// The blocks of a file: separated by blank lines, `key: text` under a name. A block without name holds for those below
/// it: its `source` is theirs, and its `intent` is added to theirs.
fn read(text: &str) -> Vec<Doc> {
    let mut section = Doc::default();
    let mut docs = Vec::new();
    for block in text.split("\n\n") {
        let mut lines = block.lines().filter(|line| !line.starts_with('#')).peekable();
        let name = lines.next_if(|line| !line.contains(": "));
        let mut doc = Doc { name: name.unwrap_or_default().to_owned(), ..section.clone() };
        if name.is_none() {
            doc = Doc::default();
        }
        for line in lines {
            let (key, value) = line.split_once(": ").unwrap_or_else(|| panic!("{}: {line}", doc.name));
            let value = value.to_owned();
            match key {
                "en" => doc.en = value,
                "ja" => doc.ja = value,
                "example" => doc.example = value,
                "source" => doc.source = value,
                "intent" if doc.intent.is_empty() => doc.intent = value,
                "intent" => doc.intent = format!("{value}, {}", doc.intent),
                _ => panic!("{}: unknown key {key}", doc.name),
            }
        }
        match name {
            Some(_) => docs.push(doc),
            None => section = doc,
        }
    }
    docs
}

/// All texts of a kind: `docs/KIND/*.txt`.
fn docs(kind: &str) -> Vec<Doc> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(kind);
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().flat_map(|path| read(&std::fs::read_to_string(path).unwrap())).collect()
}

/// Macros and lists of the base rules.
#[derive(Deserialize)]
struct Item {
    #[serde(rename = "macro")]
    macro_name: Option<String>,
    list: Option<String>,
}

/// What must be described, by kind.
fn names() -> BTreeMap<&'static str, Vec<String>> {
    let items: Vec<Item> = serde_yaml::from_str(BASE_RULES).unwrap();
    let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let keys = KINDS.iter().map(|(key, _, known)| (*key, *known));
    let keys = keys.chain([("exceptions", EXCEPTION_KEYS), ("required_plugin_versions", PLUGIN_KEYS)]);
    let keys = keys.flat_map(|(item, known)| known.iter().map(move |key| format!("{item}.{key}")));
    BTreeMap::from([
        ("field", fields::all().map(|(_, field)| field.name.to_owned()).collect()),
        ("operator", Operator::ALL.iter().map(|it| it.text().to_owned()).collect()),
        ("modifier", Modifier::ALL.iter().map(|it| it.text().to_owned()).collect()),
        ("logic", own(&["and", "or", "not", "val"])),
        ("transformer", Transformer::ALL.iter().map(|it| it.text().to_owned()).collect()),
        ("macro", items.iter().filter_map(|item| item.macro_name.clone()).collect()),
        ("list", items.iter().filter_map(|item| item.list.clone()).collect()),
        ("key", keys.collect()),
        ("priority", Priority::ALL.iter().map(|it| it.name().to_uppercase()).collect()),
    ])
}

#[test]
fn everything_is_described_once_and_nothing_else() {
    let mut wrong = Vec::new();
    for (kind, names) in names() {
        let mut seen = BTreeSet::new();
        for doc in docs(kind) {
            if !names.contains(&doc.name) {
                wrong.push(format!("{kind} {}: is not there", doc.name));
            }
            if !seen.insert(doc.name.clone()) {
                wrong.push(format!("{kind} {}: described twice", doc.name));
            }
        }
        let missing = names.iter().filter(|name| !seen.contains(*name));
        wrong.extend(missing.map(|name| format!("{kind} {name}: not described")));
    }
    assert!(wrong.is_empty(), "{} problems\n{}", wrong.len(), wrong.join("\n"));
}

/// Hiragana, katakana or kanji.
fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

#[test]
fn texts_are_short_sentences_in_both_languages() {
    let mut wrong = Vec::new();
    for kind in names().keys() {
        for doc in docs(kind) {
            let mut must = |holds: bool, what: &str| {
                if !holds {
                    wrong.push(format!("{kind} {}: {what}", doc.name));
                }
            };
            let (en, ja) = (doc.en.chars().count(), doc.ja.chars().count());
            must((18..=160).contains(&en), &format!("English has {en} characters"));
            must((10..=110).contains(&ja), &format!("Japanese has {ja} characters"));
            must(doc.en.ends_with('.') && !doc.en.chars().any(is_japanese), "English is a sentence");
            must(
                doc.en.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '`'),
                "English begins as one",
            );
            must(doc.ja.ends_with('。') && doc.ja.chars().any(is_japanese), "Japanese is a sentence");
            must(
                doc.en.matches('`').count() % 2 == 0 && doc.ja.matches('`').count() % 2 == 0,
                "backticks pair",
            );
            let (en, ja) = (without_code(&doc.en), without_code(&doc.ja));
            must(!en.contains('!') && !ja.contains('！'), "no exclamation mark");
            let tight = tight_place(&ja);
            must(tight.is_none(), &format!("a blank between Japanese and Latin at {tight:?}"));
            must(doc.intent.chars().any(is_japanese), "search words are in both languages");
            must(doc.intent.split(", ").any(str::is_ascii), "search words are in both languages");
        }
    }
    assert!(wrong.is_empty(), "{} problems\n{}", wrong.len(), wrong.join("\n"));
}

/// A text whose code spans are empty.
fn without_code(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join("``")
}

/// Where Japanese touches Latin letters, digits or backticks without a blank.
fn tight_place(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let latin = |c: char| c.is_ascii_alphanumeric() || c == '`';
    chars
        .windows(2)
        .find(|pair| matches!(pair, [a, b] if is_japanese(*a) && latin(*b) || latin(*a) && is_japanese(*b)))
        .map(|pair| pair.iter().collect())
}

/// The event sources in which a field is tried.
fn source_of(doc: &Doc) -> String {
    match fields::find_anywhere(&doc.name).map(|id| fields::field(id).source) {
        Some(FieldSource::Only(source)) => source.to_owned(),
        Some(FieldSource::Plugins) => "k8s_audit".to_owned(),
        _ if doc.source.is_empty() => SYSCALL.to_owned(),
        _ => doc.source.clone(),
    }
}

/// The errors of the base rules and this rules file, each behind the name of its rule.
fn errors(text: &str) -> Vec<String> {
    let mut session = Session::new();
    let base = Source { name: BASE_RULES_NAME.to_owned(), text: BASE_RULES.to_owned() };
    session.set_rules(vec![base, Source { name: "rules.yaml".to_owned(), text: text.to_owned() }]);
    let report = session.report();
    let errors = report.diagnostics.iter().filter(|problem| problem.severity == Severity::Error);
    let line = |problem: &Diagnostic| {
        let before = text.get(..problem.at.span.start as usize).unwrap_or_default();
        let rule = before.rsplit("- rule: ").next().unwrap_or_default().lines().next().unwrap_or_default();
        format!("{rule}: {}: {}", problem.code.as_str(), problem.message.text(Lang::En))
    };
    errors.map(line).collect()
}

#[test]
fn examples_of_conditions_load_in_their_event_source() {
    let mut wrong = Vec::new();
    let mut rules = String::new();
    for kind in ["field", "operator", "modifier", "logic", "transformer", "macro", "list"] {
        for doc in docs(kind) {
            let never_set = fields::find_anywhere(&doc.name).is_some_and(|id| fields::field(id).never_set);
            if doc.example.is_empty() && never_set {
                continue;
            }
            if !doc.example.contains(&doc.name) {
                wrong.push(format!("{kind} {}: the example does not use it", doc.name));
            }
            let head = format!("- rule: {kind} {}\n  desc: d\n  output: o\n  priority: INFO", doc.name);
            let source = source_of(&doc);
            writeln!(rules, "{head}\n  source: {source}\n  condition: >\n    {}", doc.example).unwrap();
        }
    }
    wrong.extend(errors(&rules));
    assert!(wrong.is_empty(), "{} problems\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn examples_of_keys_are_yaml_that_has_the_key() {
    for kind in ["key", "priority"] {
        for doc in docs(kind) {
            let value: serde_yaml::Value = serde_yaml::from_str(&doc.example).unwrap();
            let key = doc.name.rsplit('.').next().unwrap();
            let holds = match kind {
                "key" => value.get(key).is_some(),
                _ => value.get("priority").and_then(|it| it.as_str()) == Some(&doc.name),
            };
            assert!(holds, "{}: {}", doc.name, doc.example);
        }
    }
}
