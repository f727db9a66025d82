//! Transformers: what they make of the values of fields.

use super::semantics::Fields;
use super::term::Term;
use crate::catalog::FieldKey;
use crate::catalog::transformers::Transformer;
use crate::resolve::check::{Argument, Operand, Transform};
use crate::value::Value;
use std::borrow::Cow;

/// Bytes that a transformer makes at most; Falco's buffers are smaller, this only bounds memory.
const MAX_TEXT: usize = 1 << 20;

/// The value of an operand on an event; `None` if it has none.
pub(super) fn operand<'a>(operand: &'a Operand, event: &'a dyn Fields) -> Option<Term<'a>> {
    match operand {
        Operand::Field(key) => field(key, event),
        Operand::Transform(transform) => self::transform(transform, event),
    }
}

/// The value of a field. An empty list of a plugin is no value, as in Falco.
pub(super) fn field<'a>(key: &FieldKey, event: &'a dyn Fields) -> Option<Term<'a>> {
    let value = event.get(key)?;
    if is_missing(key, value) { None } else { Some(Term::of(value)) }
}

/// Whether Falco has no value where the event has this one.
pub(super) fn is_missing(key: &FieldKey, value: &Value) -> bool {
    matches!(value, Value::List(elements) if elements.is_empty()) && key.info().is_plugin()
}

/// Transformers stand in each other at most as deep as the parser goes.
fn transform<'a>(transform: &'a Transform, event: &'a dyn Fields) -> Option<Term<'a>> {
    let mut args = transform.args.iter().map(|argument| self::argument(argument, event));
    match transform.transformer {
        Transformer::Tolower => each(args.next()??, &|text| Some(text.to_ascii_lowercase())),
        Transformer::Toupper => each(args.next()??, &|text| Some(text.to_ascii_uppercase())),
        Transformer::B64 => each(args.next()??, &decode_base64),
        Transformer::Basename => each(args.next()??, &|text| {
            let start = text.iter().rposition(|b| *b == b'/').map_or(0, |slash| slash + 1);
            text.get(start..).map(<[u8]>::to_vec)
        }),
        Transformer::Len => match args.next()?? {
            Term::Bytes(text) => Some(Term::Integer(text.len() as i128)),
            Term::List(elements) => Some(Term::Integer(elements.len() as i128)),
            _ => None,
        },
        Transformer::Join => {
            let Term::Bytes(separator) = args.next()?? else { return None };
            let Term::List(elements) = args.next()?? else { return None };
            join(&separator, &elements)
        }
        Transformer::Concat => {
            let parts: Vec<Term<'_>> = args.collect::<Option<_>>()?;
            join(b"", &parts)
        }
        Transformer::Getopt => {
            let Term::List(words) = args.next()?? else { return None };
            let Term::Bytes(options) = args.next()?? else { return None };
            getopt(&words, &options, transform.index.as_deref())
        }
    }
}

fn argument<'a>(argument: &'a Argument, event: &'a dyn Fields) -> Option<Term<'a>> {
    match argument {
        Argument::Operand(operand) => self::operand(operand, event),
        Argument::Literal(bytes) => Some(Term::Bytes(Cow::Borrowed(bytes))),
        Argument::List(elements) => {
            let terms: Option<Vec<_>> = elements.iter().map(|e| self::argument(e, event)).collect();
            terms.map(Term::List)
        }
    }
}

/// Changes a text, or each text of a list.
fn each<'a>(term: Term<'a>, change: &dyn Fn(&[u8]) -> Option<Vec<u8>>) -> Option<Term<'a>> {
    match term {
        Term::Bytes(text) => change(&text).map(|text| Term::Bytes(Cow::Owned(text))),
        Term::List(elements) => {
            let changed: Option<Vec<_>> = elements.into_iter().map(|e| each(e, change)).collect();
            changed.map(Term::List)
        }
        _ => None,
    }
}

fn join<'a>(separator: &[u8], parts: &[Term<'_>]) -> Option<Term<'a>> {
    let mut out = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.extend_from_slice(separator);
        }
        out.extend_from_slice(&part.text());
        if out.len() > MAX_TEXT {
            return None;
        }
    }
    Some(Term::Bytes(Cow::Owned(out)))
}

/// Decodes base64 with the standard letters. As Falco does: up to two `=` at the end may be there or not, and the last
/// letter must not hold bits of a byte that does not follow.
fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    let letters = text.strip_suffix(b"=").unwrap_or(text);
    let letters = letters.strip_suffix(b"=").unwrap_or(letters);
    if letters.len() % 4 == 1 || (letters.is_empty() && !text.is_empty()) {
        return None;
    }
    let mut out = Vec::with_capacity(letters.len() / 4 * 3 + 2);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in letters {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    (bits & ((1 << count) - 1) == 0).then_some(out)
}

/// Writes base64 with the standard letters, filled up with `=`.
pub(super) fn encode_base64(bytes: &[u8]) -> Vec<u8> {
    let letter = |six: u32| match six as u8 & 63 {
        value @ 0..26 => b'A' + value,
        value @ 26..52 => b'a' + value - 26,
        value @ 52..62 => b'0' + value - 52,
        62 => b'+',
        _ => b'/',
    };
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        out.extend((0..4).map(|at| if at > chunk.len() { b'=' } else { letter(bits >> (18 - 6 * at)) }));
    }
    out
}

/// Reads options as POSIX `getopt` does: it stops at the first word that is none, and at `--`. Gives letters and arguments
/// in order (`?` for an unknown letter), or with an index the argument of the last such option.
fn getopt<'a>(words: &[Term<'_>], options: &[u8], index: Option<&str>) -> Option<Term<'a>> {
    let texts: Vec<Cow<'_, [u8]>> = words.iter().map(Term::text).collect();
    let takes_argument = |letter: u8| {
        if letter == b':' {
            return None;
        }
        let at = options.iter().position(|o| *o == letter)?;
        Some(options.get(at + 1) == Some(&b':'))
    };
    // Letter and argument of each option.
    let mut found: Vec<(u8, Option<Vec<u8>>)> = Vec::new();
    let mut rest = texts.iter();
    while let Some(word) = rest.next() {
        let Some(letters) = word.strip_prefix(b"-").filter(|l| !l.is_empty() && **l != *b"-") else { break };
        for (at, letter) in letters.iter().enumerate() {
            match takes_argument(*letter) {
                None => found.push((b'?', None)),
                Some(false) => found.push((*letter, None)),
                Some(true) => {
                    let inline = letters.get(at + 1..).filter(|inline| !inline.is_empty());
                    let argument = inline.or_else(|| rest.next().map(|word| &**word)).unwrap_or(b"");
                    found.push((*letter, Some(argument.to_vec())));
                    break;
                }
            }
        }
    }
    let bytes = |text: Vec<u8>| Term::Bytes(Cow::Owned(text));
    let Some(index) = index else {
        let flat = found
            .into_iter()
            .flat_map(|(letter, argument)| [Some(vec![letter]), argument].into_iter().flatten().map(bytes));
        return Some(Term::List(flat.collect()));
    };
    let [wanted] = *index.as_bytes() else { return None };
    let (letter, argument) = found.into_iter().rev().find(|(letter, _)| *letter == wanted)?;
    Some(bytes(argument.unwrap_or_else(|| vec![letter])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64() {
        let decoded = |text: &str| decode_base64(text.as_bytes());
        assert_eq!(decoded("aGVsbG8="), Some(b"hello".to_vec()));
        assert_eq!(decoded("aGVsbG8"), Some(b"hello".to_vec()));
        assert_eq!(decoded(""), Some(Vec::new()));
        assert_eq!(decoded("aGVsbG8=="), Some(b"hello".to_vec()));
        for bad in ["a", "a b=", "é", "====", "=", "/usr/bin/Gunzip"] {
            assert_eq!(decoded(bad), None, "{bad}");
        }
        for text in ["", "h", "he", "hel", "日本語\u{0}ÿ"] {
            let encoded = encode_base64(text.as_bytes());
            assert_eq!(encoded.len() % 4, 0);
            assert_eq!(decode_base64(&encoded).as_deref(), Some(text.as_bytes()), "{text}");
        }
        assert_eq!(encode_base64(b"hello"), b"aGVsbG8=");
    }

    #[test]
    fn options() {
        let words = |list: &[&'static str]| -> Vec<Term<'static>> {
            list.iter().map(|word| Term::Bytes(Cow::Borrowed(word.as_bytes()))).collect()
        };
        let found =
            |list: &[&'static str], options: &str| match getopt(&words(list), options.as_bytes(), None) {
                Some(Term::List(terms)) => {
                    terms.iter().map(|t| String::from_utf8_lossy(&t.text()).into_owned()).collect::<Vec<_>>()
                }
                _ => Vec::new(),
            };
        assert_eq!(found(&["-n", "-t", "5"], "nt:"), ["n", "t", "5"]);
        assert_eq!(found(&["-t5", "x", "-n"], "nt:"), ["t", "5"]);
        assert_eq!(found(&["--", "-n"], "n"), [""; 0]);
        assert_eq!(found(&["-ab", "-c"], "ac"), ["a", "?", "c"]);
        assert_eq!(found(&["-t"], "t:"), ["t", ""]);
        let value = |index| getopt(&words(&["-o", "a", "-o", "b", "-v"]), b"o:v", Some(index));
        assert_eq!(value("o").unwrap().text().as_ref(), b"b");
        assert_eq!(value("v").unwrap().text().as_ref(), b"v");
        assert_eq!(value("x"), None);
    }
}
