//! Character classes: `[…]`.

use super::{Reader, RegexProblem};
use std::fmt::Write as _;

/// The named classes, as ranges.
static NAMED: &[(&str, &[(char, char)])] = &[
    ("alnum", &[('0', '9'), ('A', 'Z'), ('a', 'z')]),
    ("alpha", &[('A', 'Z'), ('a', 'z')]),
    ("ascii", &[('\0', '\x7f')]),
    ("blank", &[('\t', '\t'), (' ', ' ')]),
    ("cntrl", &[('\0', '\x1f'), ('\x7f', '\x7f')]),
    ("digit", &[('0', '9')]),
    ("graph", &[('!', '~')]),
    ("lower", &[('a', 'z')]),
    ("print", &[(' ', '~')]),
    ("punct", &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]),
    ("space", &[('\t', '\r'), (' ', ' ')]),
    ("upper", &[('A', 'Z')]),
    ("word", &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
    ("xdigit", &[('0', '9'), ('A', 'F'), ('a', 'f')]),
];

/// Reads a class and writes it as ranges.
pub(super) fn translate(reader: &mut Reader<'_>, out: &mut String) -> Result<(), RegexProblem> {
    let start = reader.rest;
    let missing = || RegexProblem::new("missing ]", start);
    reader.bump();
    let negated = reader.peek() == Some('^');
    if negated {
        reader.bump();
    }
    let mut ranges: Vec<(char, char)> = Vec::new();
    let mut first = true;
    loop {
        let next = reader.peek().ok_or_else(missing)?;
        if next == ']' && !first {
            reader.bump();
            break;
        }
        // In POSIX a `-` stands for itself only at the start or the end.
        if next == '-' && !first && !reader.rest.starts_with("-]") {
            let part: String = reader.rest.chars().take(2).collect();
            return Err(if part.len() > 1 {
                RegexProblem::new("invalid character class range", &part)
            } else {
                missing()
            });
        }
        first = false;
        if reader.rest.starts_with("[:")
            && let Some(end) = reader.rest.find(":]")
        {
            named(reader.take(end + 2), &mut ranges)?;
            continue;
        }
        range(reader, start, &mut ranges)?;
    }
    write(out, negated, &ranges);
    Ok(())
}

fn named(text: &str, ranges: &mut Vec<(char, char)>) -> Result<(), RegexProblem> {
    let inner = text.get(2..text.len().saturating_sub(2)).unwrap_or("");
    let (negated, name) = inner.strip_prefix('^').map_or((false, inner), |name| (true, name));
    let Some((_, found)) = NAMED.iter().find(|(known, _)| *known == name) else {
        return Err(RegexProblem::new("invalid character class range", text));
    };
    if negated {
        let mut from = 0;
        for &(low, high) in *found {
            push(ranges, from, u32::from(low).checked_sub(1));
            from = u32::from(high) + 1;
        }
        push(ranges, from, Some(u32::from(char::MAX)));
    } else {
        ranges.extend_from_slice(found);
    }
    Ok(())
}

/// Adds the range of code points, without the surrogates that are no characters.
fn push(ranges: &mut Vec<(char, char)>, from: u32, to: Option<u32>) {
    let Some(to) = to.filter(|to| *to >= from) else { return };
    if let (Some(from), Some(to)) = (char::from_u32(from), char::from_u32(to)) {
        ranges.push((from, to));
    }
}

fn range(reader: &mut Reader<'_>, class: &str, ranges: &mut Vec<(char, char)>) -> Result<(), RegexProblem> {
    let before = reader.rest;
    let missing = || RegexProblem::new("missing ]", class);
    let one = |reader: &mut Reader<'_>| match reader.peek() {
        Some('\\') => reader.escape(),
        Some(c) => {
            reader.bump();
            Ok(c)
        }
        None => Err(missing()),
    };
    let low = one(reader)?;
    let mut high = low;
    if reader.rest.starts_with('-') && !reader.rest.starts_with("-]") && reader.rest.len() > 1 {
        reader.bump();
        high = one(reader)?;
        if high < low {
            let part = before.get(..before.len() - reader.rest.len()).unwrap_or("");
            return Err(RegexProblem::new("invalid character class range", part));
        }
    }
    ranges.push((low, high));
    Ok(())
}

fn write(out: &mut String, negated: bool, ranges: &[(char, char)]) {
    out.push_str(if negated { "[^" } else { "[" });
    for (low, high) in ranges {
        // Writing to a string cannot fail.
        let _ = write!(out, r"\x{{{:X}}}-\x{{{:X}}}", u32::from(*low), u32::from(*high));
    }
    out.push(']');
}
