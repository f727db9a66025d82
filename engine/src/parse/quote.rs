//! Texts as YAML reads them again: what is added to a file that the user wrote.

use std::fmt::Write as _;

/// A text in double quotes, as JSON and YAML read it.
pub fn double(text: &str) -> String {
    quoted(text, char::is_control)
}

/// A string of JSON. As Falco does: what is not ASCII stays as it is.
pub fn json(text: &str) -> String {
    quoted(text, |c| c < ' ')
}

fn quoted(text: &str, escaped: fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if escaped(c) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text in single quotes.
pub fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A text in a list or map, with as few quotes as are needed.
pub fn scalar(text: &str) -> String {
    let word = |c: char| c.is_ascii_alphanumeric() || "/_.-+@%=".contains(c);
    let inside = |(at, c): (usize, char)| {
        let rest = text.get(at + c.len_utf8()..).unwrap_or("");
        word(c) || (c == ':' && rest.starts_with(word))
    };
    let first = text.starts_with(|c: char| c.is_ascii_alphanumeric() || "/_.=<".contains(c));
    let words = text.chars().all(|c| c.is_ascii_lowercase() || c == ' ') && text.trim() == text;
    let is_null = matches!(text, "null" | "Null" | "NULL");
    let comparison = matches!(text, "<" | "<=");
    if !is_null && first && (comparison || words || text.char_indices().all(inside)) {
        text.to_owned()
    } else if text.contains(['"', '\\']) && !text.contains(char::is_control) {
        single(text)
    } else {
        double(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::yaml;

    #[test]
    fn what_is_written_is_read_again() {
        for text in [
            "a",
            "8080",
            "true",
            "null",
            "~",
            "",
            " ",
            "a b",
            "a: b",
            "a:",
            "a:1",
            "#x",
            "a #b",
            "it's",
            "\"q\"",
            "-",
            "- a",
            "[a]",
            "{a}",
            "a,b",
            "=",
            "!=",
            ">=",
            "<=",
            "<",
            "*a",
            "&a",
            "%a",
            "@a",
            "é",
            "日本 語",
            "😀",
            "a\nb",
            "\t",
            "\\n",
            "startswith oneof",
            "quay.io/x:1",
            "...",
            "---",
            ".5",
            "=a",
            "<a",
        ] {
            let file = format!("[{}, {}, {}]", scalar(text), double(text), single("x"));
            let read = yaml::read(&file);
            assert!(read.problems.is_empty(), "{file}");
            let items = read.yaml.sequence(read.yaml.documents[0]).unwrap();
            assert_eq!(read.yaml.scalar(items[0]), Some(text), "{file}");
            assert_eq!(read.yaml.scalar(items[1]), Some(text), "{file}");
        }
    }
}
