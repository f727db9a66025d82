//! Regular expressions as Falco has them: RE2 with POSIX (egrep) syntax. Reads the pattern, with RE2's words for what is
//! wrong, and writes the same language in the syntax of `regex-lite`, anchored at both ends.
//!
//! Only whether the whole value matches is ever asked, so greediness and longest match don't matter.

mod class;

use regex_lite::{Regex, RegexBuilder};
use std::fmt::Write as _;

/// Most repetitions of one thing, repetitions around it multiplied in, as in RE2.
const MAX_REPEAT: u32 = 1000;
/// Parentheses inside each other.
const MAX_NESTING: usize = 200;
/// Bytes of a compiled pattern.
const MAX_COMPILED: usize = 1 << 21;

/// Why a pattern is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegexProblem {
    /// RE2's text.
    pub falco: String,
    /// It is something that Perl's syntax has and POSIX has not.
    pub perl: bool,
}

impl RegexProblem {
    fn new(what: &str, part: &str) -> Self {
        Self { falco: if part.is_empty() { what.to_owned() } else { format!("{what}: {part}") }, perl: false }
    }
}

/// Compiles a pattern to a program that matches whole values.
///
/// # Errors
/// If RE2 would refuse the pattern, or if it is too large.
pub fn compile(pattern: &str) -> Result<Regex, RegexProblem> {
    let translated = translate(pattern)?;
    RegexBuilder::new(&translated)
        .size_limit(MAX_COMPILED)
        .build()
        .map_err(|_| RegexProblem::new("pattern too large - compile failed", ""))
}

/// The pattern in the syntax of `regex-lite`.
fn translate(pattern: &str) -> Result<String, RegexProblem> {
    let mut reader = Reader { rest: pattern, whole: pattern };
    let mut out = String::from(r"\A(?:");
    // For each open group: where it starts in the output, and the largest repetition inside it.
    let mut groups: Vec<Piece> = Vec::new();
    // The last piece that can be repeated.
    let mut last: Option<Piece> = None;
    // The largest repetition in the group so far.
    let mut largest = 1;
    while let Some(c) = reader.peek() {
        let start = out.len();
        match c {
            '(' => {
                reader.bump();
                if groups.len() >= MAX_NESTING {
                    return Err(RegexProblem::new("expression nests too deeply", ""));
                }
                groups.push(Piece { start, repeats: largest });
                out.push_str("(?:");
                (last, largest) = (None, 1);
                continue;
            }
            ')' => {
                reader.bump();
                let Some(group) = groups.pop() else {
                    return Err(RegexProblem::new("unexpected )", reader.whole));
                };
                out.push(')');
                last = Some(Piece { start: group.start, repeats: largest });
                largest = largest.max(group.repeats);
                continue;
            }
            '|' => {
                reader.bump();
                out.push('|');
                last = None;
                continue;
            }
            '*' | '+' | '?' => {
                reader.bump();
                let Some(piece) = last else {
                    let what = "no argument for repetition operator";
                    let group = reader.whole.contains("(?");
                    let problem = RegexProblem::new(what, &c.to_string());
                    return Err(RegexProblem { perl: group && c == '?', ..problem });
                };
                repeat(&mut out, piece, &c.to_string());
                continue;
            }
            '{' => {
                if let Some((text, min, max)) = reader.braces() {
                    if max.is_some_and(|max| max < min || max > MAX_REPEAT) || min > MAX_REPEAT {
                        return Err(RegexProblem::new("invalid repetition size", text));
                    }
                    let Some(piece) = last else {
                        return Err(RegexProblem::new("no argument for repetition operator", text));
                    };
                    let times = piece.repeats.saturating_mul(max.unwrap_or(min).max(1));
                    if times > MAX_REPEAT {
                        return Err(RegexProblem::new("invalid repetition size", text));
                    }
                    repeat(&mut out, piece, text);
                    last = Some(Piece { repeats: times, ..piece });
                    largest = largest.max(times);
                    continue;
                }
                reader.bump();
                push_literal(&mut out, c);
            }
            '.' => {
                reader.bump();
                out.push_str(r"[^\n]");
            }
            '^' | '$' => {
                reader.bump();
                let _ = write!(out, "(?m:{c})");
            }
            '[' => class::translate(&mut reader, &mut out)?,
            '\\' => {
                let escaped = reader.escape()?;
                push_literal(&mut out, escaped);
            }
            other => {
                reader.bump();
                push_literal(&mut out, other);
            }
        }
        last = Some(Piece { start, repeats: 1 });
    }
    if !groups.is_empty() {
        return Err(RegexProblem::new("missing )", reader.whole));
    }
    out.push_str(r")\z");
    Ok(out)
}

/// A piece of the output that can be repeated, and how often something in it is repeated already.
#[derive(Clone, Copy)]
struct Piece {
    start: usize,
    repeats: u32,
}

/// Puts a repetition behind a piece. A repetition of a repetition needs a group of its own.
fn repeat(out: &mut String, piece: Piece, operator: &str) {
    out.insert_str(piece.start.min(out.len()), "(?:");
    out.push(')');
    out.push_str(operator);
}

fn push_literal(out: &mut String, c: char) {
    if c.is_alphanumeric() {
        out.push(c);
    } else {
        // Writing to a string cannot fail.
        let _ = write!(out, r"\x{{{:X}}}", u32::from(c));
    }
}

/// A cursor over the pattern.
struct Reader<'a> {
    rest: &'a str,
    whole: &'a str,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let next = chars.next();
        self.rest = chars.as_str();
        next
    }

    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(len).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// `{m}`, `{m,}` or `{m,n}`; anything else is an ordinary brace.
    fn braces(&mut self) -> Option<(&'a str, u32, Option<u32>)> {
        let end = self.rest.find('}')?;
        let inner = self.rest.get(1..end)?;
        let number = |text: &str| {
            let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| text.parse::<u32>().unwrap_or(u32::MAX))
        };
        let (min, max) = match inner.split_once(',') {
            None => {
                let exactly = number(inner)?;
                (exactly, Some(exactly))
            }
            Some((min, "")) => (number(min)?, None),
            Some((min, max)) => (number(min)?, Some(number(max)?)),
        };
        Some((self.take(end + 1), min, max))
    }

    /// A backslash and what follows it.
    fn escape(&mut self) -> Result<char, RegexProblem> {
        let before = self.rest;
        self.bump();
        let Some(c) = self.bump() else { return Err(RegexProblem::new("trailing \\", "")) };
        let text = |reader: &Self| before.get(..before.len() - reader.rest.len()).unwrap_or("").to_owned();
        let found = match c {
            '0' => Some(self.octal(0, 2)),
            // A single digit would be a reference back.
            '1'..='7' if matches!(self.peek(), Some('0'..='7')) => {
                Some(self.octal(c.to_digit(8).unwrap_or(0), 2))
            }
            'x' => self.hex(),
            'a' => Some(7),
            'f' => Some(12),
            'n' => Some(10),
            'r' => Some(13),
            't' => Some(9),
            'v' => Some(11),
            punctuation
                if punctuation.is_ascii() && !punctuation.is_ascii_alphanumeric() && punctuation != '_' =>
            {
                Some(u32::from(punctuation))
            }
            _ => None,
        };
        found.and_then(char::from_u32).ok_or_else(|| {
            let perl = c.is_ascii_alphabetic();
            RegexProblem { perl, ..RegexProblem::new("invalid escape sequence", &text(self)) }
        })
    }

    fn octal(&mut self, start: u32, most: usize) -> u32 {
        let mut value = start;
        for _ in 0..most {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else { break };
            value = value * 8 + digit;
            self.bump();
        }
        value
    }

    /// `\xHH` or `\x{H…}`.
    fn hex(&mut self) -> Option<u32> {
        if self.peek() == Some('{') {
            self.bump();
            let mut value: u32 = 0;
            let mut digits = 0;
            while let Some(digit) = self.peek().and_then(|c| c.to_digit(16)) {
                value = value.checked_mul(16)?.checked_add(digit)?;
                digits += 1;
                self.bump();
            }
            return (self.bump() == Some('}') && digits > 0).then_some(value);
        }
        let high = self.bump()?.to_digit(16)?;
        let low = self.bump()?.to_digit(16)?;
        Some(high * 16 + low)
    }
}

#[cfg(test)]
mod tests;
