//! The little of Markdown that descriptions of rules use: paragraphs, lists, code, emphasis and links. Everything becomes
//! elements; no markup of the user reaches the page.

use leptos::prelude::*;

/// A text as paragraphs and lists.
pub(crate) fn markdown(text: &str) -> AnyView {
    let mut out: Vec<AnyView> = Vec::new();
    for block in text.replace("\r\n", "\n").split("\n\n") {
        let mut items: Vec<AnyView> = Vec::new();
        let mut lines: Vec<&str> = Vec::new();
        for line in block.lines() {
            let line = line.trim();
            match line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
                Some(item) => items.push(view! { <li>{inline(item)}</li> }.into_any()),
                None if !line.is_empty() => lines.push(line.trim_start_matches('#').trim_start()),
                None => {}
            }
        }
        if !lines.is_empty() {
            out.push(view! { <p>{inline(&lines.join(" "))}</p> }.into_any());
        }
        if !items.is_empty() {
            out.push(view! { <ul>{items}</ul> }.into_any());
        }
    }
    out.into_any()
}

/// A run of one kind.
#[derive(PartialEq, Debug)]
enum Run<'a> {
    Plain(&'a str),
    Code(&'a str),
    Strong(&'a str),
    Emphasis(&'a str),
    Link { text: &'a str, to: &'a str },
}

fn inline(text: &str) -> AnyView {
    let run = |run: Run<'_>| match run {
        Run::Plain(text) => text.to_owned().into_any(),
        Run::Code(text) => view! { <code>{text.to_owned()}</code> }.into_any(),
        Run::Strong(text) => view! { <strong>{text.to_owned()}</strong> }.into_any(),
        Run::Emphasis(text) => view! { <em>{text.to_owned()}</em> }.into_any(),
        Run::Link { text, to } => link(text, to),
    };
    runs(text).into_iter().map(run).collect::<Vec<_>>().into_any()
}

/// A link that leaves the page, in a place of its own.
pub(crate) fn link(text: &str, to: &str) -> AnyView {
    view! { <a href=to.to_owned() target="_blank" rel="noreferrer noopener">{text.to_owned()}</a> }.into_any()
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let mut out = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        match special(rest) {
            Some((run, length)) => {
                if from < at {
                    out.push(Run::Plain(&text[from..at]));
                }
                out.push(run);
                at += length;
                from = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    if from < text.len() {
        out.push(Run::Plain(&text[from..]));
    }
    out
}

/// What begins here, and how many bytes it takes.
fn special(rest: &str) -> Option<(Run<'_>, usize)> {
    let between = |open: &str, close: &str| {
        let inner = rest.strip_prefix(open)?;
        let end = inner.find(close)?;
        let inner = &inner[..end];
        let fits = !inner.is_empty() && !inner.starts_with(' ') && !inner.ends_with(' ');
        fits.then_some((inner, open.len() + end + close.len()))
    };
    if let Some((code, length)) = between("`", "`") {
        return Some((Run::Code(code), length));
    }
    if let Some((strong, length)) = between("**", "**") {
        return Some((Run::Strong(strong), length));
    }
    if let Some((words, length)) = between("*", "*").filter(|(words, _)| !words.starts_with('*')) {
        return Some((Run::Emphasis(words), length));
    }
    if let Some((words, length)) = between("[", "](")
        && let Some(end) = rest[length..].find(')')
    {
        let to = &rest[length..length + end];
        return is_web(to).then_some((Run::Link { text: words, to }, length + end + 1));
    }
    if is_web(rest) {
        let end = rest.find([' ', ')', ',', '>', '"', '\n']).unwrap_or(rest.len());
        let to = rest[..end].trim_end_matches(['.', ';', ':']);
        return Some((Run::Link { text: to, to }, to.len()));
    }
    None
}

/// Only addresses of the web are links: nothing that runs.
fn is_web(to: &str) -> bool {
    to.starts_with("https://") || to.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_emphasis_and_links_are_found() {
        assert_eq!(
            runs("a `b` **c** *d* [e](https://f.example/g) 日本"),
            [
                Run::Plain("a "),
                Run::Code("b"),
                Run::Plain(" "),
                Run::Strong("c"),
                Run::Plain(" "),
                Run::Emphasis("d"),
                Run::Plain(" "),
                Run::Link { text: "e", to: "https://f.example/g" },
                Run::Plain(" 日本"),
            ]
        );
        assert_eq!(
            runs("see https://a.example/b."),
            [
                Run::Plain("see "),
                Run::Link { text: "https://a.example/b", to: "https://a.example/b" },
                Run::Plain(".")
            ]
        );
    }

    #[test]
    fn what_is_no_markdown_stays_text() {
        for text in ["2 * 3 * 4", "a ` b", "[x](javascript:alert(1))", "<b>x</b>", "**", "[]()", "`"] {
            assert_eq!(runs(text), [Run::Plain(text)], "{text}");
        }
    }
}
