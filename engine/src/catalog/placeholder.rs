//! What templates leave for the reader to fill in: `<your-namespace>`, `CHANGEME`, `...`.

use std::ops::Range;

/// Words that stand for what is still to be written; in small letters, programs have such names.
static NOTES: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), "TBD", "PLACEHOLDER"];

/// Requests to the reader, in small letters, without what may stand between the words.
static REQUESTS: &[&str] = &["changeme", "replaceme", "fillme", "yourvalue"];

/// Longer runs of a character are data.
const LONGEST: usize = 10;

/// Characters that stand for something when nothing else is there, and how many of them it takes.
static REPEATED: &[(char, usize)] = &[('.', 3), ('…', 1), ('x', 3), ('X', 3), ('〇', 2), ('○', 2), ('●', 2)];

/// Whether the whole text is a placeholder, or names something of the reader's as `your-company` does.
pub fn is_placeholder(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).collect();
    let lower = bare.to_ascii_lowercase();
    let count = bare.chars().count();
    let repeated =
        |(c, least): &(char, usize)| (*least..=LONGEST).contains(&count) && bare.chars().all(|it| it == *c);
    NOTES.contains(&text)
        || REQUESTS.contains(&lower.as_str())
        || REPEATED.iter().any(repeated)
        || bracketed(text)
        || yours(text).is_some()
}

/// A placeholder in running text, where only the clear ones count.
pub fn find_placeholder(text: &str) -> Option<Range<usize>> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let mut at = 0;
    for word in text.split_inclusive(|c| !part(c)) {
        let name = word.trim_end_matches(|c| !part(c));
        let loud = name.starts_with(|c: char| c.is_ascii_uppercase() && c != 'X')
            && !name.contains(|c: char| c.is_ascii_lowercase());
        if loud && is_placeholder(name) {
            return Some(at..at + name.len());
        }
        at += word.len();
    }
    let start = text.find("<your")?;
    let end = start + text.get(start..)?.find('>')? + 1;
    Some(start..end)
}

/// `<namespace>`, `{{ .Values.namespace }}`, `${NAMESPACE}`. The angle brackets also hold marks of Falco's own, such as `<NA>` and
/// `<4t>`, which are shorter.
fn bracketed(text: &str) -> bool {
    let inside = |open: &str, close: &str| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let named = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.');
    let angle = inside("<", ">").is_some_and(|name| {
        name.chars().count() > 2 && name.starts_with(char::is_alphabetic) && name.chars().all(named)
    });
    let shell = inside("${", "}")
        .is_some_and(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'));
    angle || shell || inside("{{", "}}").is_some_and(|name| !name.contains(['{', '}']))
}

/// Where `your-` or `your_` stands in front of a word, as a word of its own.
fn yours(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    lower.match_indices("your").map(|(at, _)| at).find(|at| {
        let before = lower.get(..*at).and_then(|before| before.chars().next_back());
        let mut after = lower.get(at + 4..).unwrap_or_default().chars();
        !before.is_some_and(char::is_alphanumeric)
            && after.next().is_some_and(|c| c == '-' || c == '_')
            && after.next().is_some_and(char::is_alphabetic)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_templates_leave_is_known() {
        for text in [
            "...",
            "…",
            "TBD",
            "ChangeMe",
            "change-me",
            "REPLACE_ME",
            "xxx",
            "XXXX",
            "<namespace>",
            "<your namespace>",
            "<名前空間>",
            "YOUR_VALUE",
            "your-company.example",
            "registry.your-company.example/app",
            "/opt/your_app/bin",
            "{{ .Values.ns }}",
            "${NAMESPACE}",
            "〇〇",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn what_programs_and_paths_are_called_is_none() {
        for text in [
            "",
            "<NA>",
            "<f>",
            "<4t>",
            "<4t",
            "xx",
            "x",
            "..",
            ".",
            "yourself",
            "my-your",
            "four-eyes",
            "your",
            "todo",
            "todo-app",
            "a...",
            "/...",
            "${",
            "${a}",
            "{{",
            "example.com",
            "<f>/etc/shadow",
            "<",
            ">",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn running_text_has_more_freedom() {
        let found = |text: &'static str| find_placeholder(text).map(|range| &text[range]);
        assert_eq!(found("Shell (TBD: say more) %proc.name"), Some("TBD"));
        assert_eq!(found("see <your runbook> %proc.name"), Some("<your runbook>"));
        assert_eq!(found("team=YOUR_TEAM, p=%proc.name"), Some("YOUR_TEAM"));
        assert_eq!(found("Todo lists ... <NA> and xxx in your-file"), None);
    }
}
