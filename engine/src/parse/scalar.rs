//! The text of a YAML scalar with the place of every byte: unquotes, unescapes and folds the source again, beside
//! the YAML parser, which gives the value only.

use super::node::{Yaml, YamlId, YamlKind, YamlStyle};
use crate::text::{Loc, Origin, SourceId, Span, Text};

/// The text of scalar `id`, byte for byte equal to its value; empty for what is not a scalar. `source` is the text that
/// `yaml` was read from.
pub fn text(yaml: &Yaml, id: YamlId, source: &str, file: SourceId) -> Text {
    let node = yaml.node(id);
    let YamlKind::Scalar { value, style } = &node.kind else { return Text::new() };
    let mut unfold = Unfold { source, file, out: Text::new() };
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    match style {
        YamlStyle::Plain => unfold.flow(start, end, Quote::None),
        YamlStyle::Single => unfold.flow(start + 1, end.saturating_sub(1), Quote::Single),
        YamlStyle::Double => unfold.flow(start + 1, end.saturating_sub(1), Quote::Double),
        YamlStyle::Literal => unfold.block(start, end, yaml.indent(id) as usize, false),
        YamlStyle::Folded => unfold.block(start, end, yaml.indent(id) as usize, true),
    }
    if let Some(rest) = value.strip_prefix(unfold.out.as_str()) {
        // Line ends that a block scalar keeps behind its last line.
        unfold.push(rest, end, (end + rest.len()).min(source.len()));
        return unfold.out;
    }
    // Only where this file and the YAML parser disagree, which the tests know no case of: right text, one place.
    Text::written(value, Loc::new(file, node.span))
}

/// As Falco's YAML reader does: these words in lower case, upper case or capitalised.
pub fn boolean(text: &str) -> Option<bool> {
    let lower = text.to_ascii_lowercase();
    let value = match lower.as_str() {
        "y" | "yes" | "true" | "on" => true,
        "n" | "no" | "false" | "off" => false,
        _ => return None,
    };
    let mut rest = text.chars();
    let first_upper = rest.next().is_some_and(char::is_uppercase);
    let rest: String = rest.collect();
    let uniform =
        rest.chars().all(char::is_lowercase) || (first_upper && rest.chars().all(char::is_uppercase));
    uniform.then_some(value)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    None,
    Single,
    Double,
}

struct Unfold<'a> {
    source: &'a str,
    file: SourceId,
    out: Text,
}

impl Unfold<'_> {
    fn push(&mut self, string: &str, start: usize, end: usize) {
        self.out.push(string, Origin::Written(Loc::new(self.file, Span::from_usize(start, end))));
    }

    /// Source bytes that stand for themselves.
    fn copy(&mut self, start: usize, end: usize) {
        let source = self.source;
        self.push(source.get(start..end).unwrap_or(""), start, end);
    }

    /// Plain and quoted scalars: blanks around line ends go, one line end is a blank, n + 1 are n line ends.
    fn flow(&mut self, start: usize, end: usize, quote: Quote) {
        let mut at = start;
        let mut copied = start;
        while at < end {
            let rest = self.source.get(at..end).unwrap_or("");
            let Some(next) = rest.bytes().next() else { break };
            match next {
                b' ' | b'\t' | b'\r' | b'\n' => {
                    let space = rest.find(|c| !matches!(c, ' ' | '\t' | '\r' | '\n')).unwrap_or(rest.len());
                    let breaks = line_breaks(rest.get(..space).unwrap_or(""));
                    if breaks > 0 {
                        self.copy(copied, at);
                        self.fold(breaks, at, at + space);
                        copied = at + space;
                    }
                    at += space;
                }
                b'\'' if quote == Quote::Single => {
                    self.copy(copied, at);
                    self.push("'", at, at + 2);
                    at += 2;
                    copied = at;
                }
                b'\\' if quote == Quote::Double => {
                    self.copy(copied, at);
                    at += self.escape(at, rest);
                    copied = at;
                }
                _ => {
                    let special = rest.find([' ', '\t', '\r', '\n', '\'', '\\']);
                    at += special.unwrap_or(rest.len()).max(1);
                }
            }
        }
        self.copy(copied, end);
    }

    fn fold(&mut self, breaks: usize, start: usize, end: usize) {
        if breaks == 1 {
            self.push(" ", start, end);
        } else {
            self.push(&"\n".repeat(breaks - 1), start, end);
        }
    }

    /// Adds what the escape at the start of `rest` stands for; gives its length.
    fn escape(&mut self, at: usize, rest: &str) -> usize {
        let mut chars = rest.char_indices().skip(1);
        let Some((_, name)) = chars.next() else { return 1 };
        let after = chars.next().map_or(rest.len(), |(next, _)| next);
        let plain = match name {
            '0' => '\0',
            'a' => '\x07',
            'b' => '\x08',
            't' | '\t' => '\t',
            'n' => '\n',
            'v' => '\x0b',
            'f' => '\x0c',
            'r' => '\r',
            'e' => '\x1b',
            'N' => '\u{85}',
            '_' => '\u{a0}',
            'L' => '\u{2028}',
            'P' => '\u{2029}',
            'x' => return self.hex(at, rest, 2),
            'u' => return self.hex(at, rest, 4),
            'U' => return self.hex(at, rest, 8),
            '\r' | '\n' => {
                // An escaped line end joins the lines; the blanks before the next line's text go, further line
                // ends stay.
                let space =
                    rest.find(|c| !matches!(c, '\\' | ' ' | '\t' | '\r' | '\n')).unwrap_or(rest.len());
                let space = rest.get(1..space).and_then(|gap| gap.find('\\')).map_or(space, |next| next + 1);
                let breaks = line_breaks(rest.get(1..space).unwrap_or(""));
                self.push(&"\n".repeat(breaks.saturating_sub(1)), at, at + space);
                return space;
            }
            other => other,
        };
        self.push(plain.encode_utf8(&mut [0; 4]), at, at + after);
        after
    }

    fn hex(&mut self, at: usize, rest: &str, digits: usize) -> usize {
        let unit = |from: usize| u32::from_str_radix(rest.get(from..from + digits)?, 16).ok();
        let mut len = 2 + digits;
        let Some(mut code) = unit(2) else { return len.min(rest.len()) };
        if (0xd800..0xdc00).contains(&code)
            && let Some(low) = unit(len + 2)
        {
            // A surrogate pair, as JSON writes characters outside the first plane.
            code = 0x1_0000 + ((code - 0xd800) << 10) + (low.wrapping_sub(0xdc00) & 0x3ff);
            len *= 2;
        }
        let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        self.push(c.encode_utf8(&mut [0; 4]), at, at + len);
        len
    }

    /// Block scalars, without the line ends behind the last line: indentation goes; in a folded one a line end
    /// between two lines of text is a blank, unless one of them is indented further.
    fn block(&mut self, start: usize, end: usize, indent: usize, folded: bool) {
        let header =
            self.source.get(start..).and_then(|rest| rest.find(['\r', '\n'])).map_or(end, |len| start + len);
        let mut gap = header;
        let mut breaks = 0;
        let mut text_before = false;
        let mut further_before = false;
        let mut at = header;
        while at < end {
            at = skip_break(self.source, at);
            breaks += 1;
            let line_end =
                self.source.get(at..end).and_then(|rest| rest.find(['\r', '\n'])).map_or(end, |len| at + len);
            let line = self.source.get(at..line_end).unwrap_or("");
            let blanks = line.len() - line.trim_start_matches(' ').len();
            let text_at = at + blanks.min(indent);
            if text_at < line_end {
                let further = line.get(indent..).is_some_and(|text| text.starts_with([' ', '\t']));
                let fold = folded && text_before && !further && !further_before;
                // The header's own line end is none of the text's.
                let lines = if text_before { breaks } else { breaks - 1 };
                if fold {
                    self.fold(lines, gap, text_at);
                } else {
                    self.push(&"\n".repeat(lines), gap, text_at);
                }
                self.copy(text_at, line_end);
                (text_before, further_before, breaks, gap) = (true, further, 0, line_end);
            }
            at = line_end;
        }
    }
}

/// Number of line ends in white space.
fn line_breaks(space: &str) -> usize {
    space.split('\n').count() - 1 + space.replace("\r\n", "").split('\r').count() - 1
}

/// The offset behind the line end at `at`; at least one further.
fn skip_break(source: &str, at: usize) -> usize {
    let crlf = source.get(at..at + 2) == Some("\r\n");
    at + if crlf { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::super::yaml;
    use super::*;
    use crate::text::TextRange;

    /// Checks every scalar of `source`; gives the texts of the values.
    fn check(source: &str) -> Vec<Text> {
        let file = yaml::read(source);
        assert_eq!(file.problems, [], "{source:?}");
        let mut out = Vec::new();
        for (at, node) in file.yaml.nodes.iter().enumerate() {
            let YamlKind::Scalar { value, style } = &node.kind else { continue };
            let text = text(&file.yaml, YamlId::new(at), source, SourceId(0));
            assert_eq!(text.as_str(), &**value, "{style:?} in {source:?}");
            // The fallback has a single piece whose place does not have its length.
            let whole = Loc::new(SourceId(0), node.span);
            let fallback = text.pieces().len() == 1
                && text.pieces()[0].origin == Origin::Written(whole)
                && text.len() != whole.span.len();
            assert!(!fallback, "{style:?} {value:?} in {source:?}");
            for (at, c) in value.char_indices() {
                let range = TextRange::from_usize(at, at + c.len_utf8());
                let loc = text.locate(range).unwrap();
                let place = loc.span.slice(source);
                if !c.is_whitespace() && !place.starts_with(['\\', '\'']) {
                    assert_eq!(place, c.to_string(), "{style:?} {value:?} in {source:?}");
                }
            }
            out.push(text);
        }
        out
    }

    #[test]
    fn every_style_gives_the_parsers_value_and_exact_places() {
        let words = ["a", "é", "日本語", "😀", "a  b", "a: b", "it''s"];
        for eol in ["\n", "\r\n"] {
            for one in words {
                for two in words {
                    for gap in ["\n", "\n\n", "\n\n\n"] {
                        let plain = |word: &str| word.replace(": ", ":");
                        for source in [
                            format!("k: {}{gap}  {}\n", plain(one), plain(two)),
                            format!("k: '{one}{gap}  {two}'\n"),
                            format!("k: '{one} {gap} \t {two}{gap} '\n"),
                            format!("k: \"{one} {gap} \t {two}\"\n"),
                            format!("k: \"{one} \\{gap}   {two}\\\n  \\ x\"\n"),
                        ] {
                            check(&source.replace('\n', eol));
                        }
                        for header in ["|", ">", "|-", ">-", "|+", ">+", "> # c", "&x >"] {
                            for end in ["", "\n", "\n\n", "\n\nl: b", "\n  # c\nl: c"] {
                                check(
                                    &format!("k: {header}{gap}  {one}{gap}  {two}{end}").replace('\n', eol),
                                );
                                check(
                                    &format!(
                                        "- k: {header}\n    {one}{gap}      {two}{gap}    z{gap}     y{end}"
                                    )
                                    .replace("\nl: ", "\n  l: ")
                                    .replace('\n', eol),
                                );
                            }
                        }
                        check(&format!("k: >2\n   {one}{gap}  {two}\n").replace('\n', eol));
                        check(&format!("- |1-\n  {one}{gap} {two}\n- x").replace('\n', eol));
                    }
                }
            }
        }
    }

    #[test]
    fn escapes() {
        let texts = check("\"\\t\\x41\\u00e9\\U0001F600\\ud83d\\ude00\\\"\\\\ \\/\\0\\e\\_é\"");
        assert_eq!(texts[0].as_str(), "\tAé😀😀\"\\ /\0\u{1b}\u{a0}é");
        check("\"a \\\n\n\n  b\\n\\\n\\\n c\"");
    }

    #[test]
    fn odd_blocks() {
        for source in [
            "a: >\nb: x",
            "a: |\n",
            "a: |+\n\n\nb: c",
            "a: >+\n\n",
            "a: >\n\n\n  x\n   y\n\n\n  z\n\n",
            "a: |\n  \n   x\n",
            "a: >\n  x\n \n  y\n   \n  z\n",
            "- >\n  x\n  \ty\n  z\n",
            "a: >\r\n  x\r\n  y\r\n\r\n",
            "\u{feff}a: >\n  x\n  y",
            "a: |\n  x",
            "a: >+\n  x",
        ] {
            check(source);
        }
    }

    #[test]
    fn places_in_a_folded_condition() {
        let source = "- rule: r\n  condition: >\n    evt.type = open\n    and é = 日本語\n";
        let texts = check(source);
        let text = texts.last().unwrap();
        assert_eq!(text.as_str(), "evt.type = open and é = 日本語\n");
        let at = text.as_str().find("open and").unwrap();
        let range = TextRange::from_usize(at, at + 8);
        assert_eq!(text.locate(range).unwrap().span.slice(source), "open\n    and");
    }
}
