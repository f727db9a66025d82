//! Shell patterns and path prefixes, byte by byte as in the C locale in which Falco runs.

mod bracket;

use bracket::Bracket;
use std::collections::HashSet;

/// A shell pattern (`glob`, `iglob`), as POSIX `fnmatch` without flags has it: the whole value must match, `*` and `?`
/// match slashes and leading dots.
#[derive(Debug, Clone)]
pub(super) struct Glob {
    parts: Vec<Part>,
    fold: bool,
    /// It ends in a lone backslash, which nothing matches.
    broken: bool,
}

#[derive(Debug, Clone)]
enum Part {
    Any,
    One,
    Byte(u8),
    Bracket(Bracket),
}

impl Glob {
    /// Reads a pattern; with `fold` ASCII letters match in either case.
    pub(super) fn new(pattern: &[u8], fold: bool) -> Self {
        let mut parts = Vec::with_capacity(pattern.len());
        let mut rest = pattern;
        let mut broken = false;
        while let [first, after @ ..] = rest {
            rest = after;
            match first {
                b'*' => {
                    if !matches!(parts.last(), Some(Part::Any)) {
                        parts.push(Part::Any);
                    }
                }
                b'?' => parts.push(Part::One),
                b'\\' => match rest {
                    [quoted, after @ ..] => {
                        parts.push(Part::Byte(folded(*quoted, fold)));
                        rest = after;
                    }
                    [] => broken = true,
                },
                b'[' => match Bracket::read(rest, fold) {
                    Some((bracket, after)) => {
                        parts.push(Part::Bracket(bracket));
                        rest = after;
                    }
                    // Never closed: an ordinary character.
                    None => parts.push(Part::Byte(b'[')),
                },
                byte => parts.push(Part::Byte(folded(*byte, fold))),
            }
        }
        Self { parts, fold, broken }
    }

    /// Whether the whole value matches. Takes at most the product of both lengths.
    pub(super) fn matches(&self, value: &[u8]) -> bool {
        if self.broken {
            return false;
        }
        let (mut part, mut at) = (0, 0);
        // Where to go on if what follows the last `*` does not match here.
        let mut back: Option<(usize, usize)> = None;
        loop {
            let step = match (self.parts.get(part), value.get(at)) {
                (Some(Part::Any), _) => {
                    back = Some((part + 1, at));
                    part += 1;
                    continue;
                }
                (None, None) => return true,
                (Some(one), Some(byte)) => self.fits(one, *byte),
                _ => false,
            };
            if step {
                part += 1;
                at += 1;
                continue;
            }
            let Some((after, from)) = back else { return false };
            if from >= value.len() {
                return false;
            }
            back = Some((after, from + 1));
            (part, at) = (after, from + 1);
        }
    }

    fn fits(&self, part: &Part, byte: u8) -> bool {
        match part {
            Part::Any => false,
            Part::One => true,
            Part::Byte(wanted) => *wanted == folded(byte, self.fold),
            Part::Bracket(bracket) => bracket.contains(byte),
        }
    }
}

const fn folded(byte: u8, fold: bool) -> u8 {
    if fold { byte.to_ascii_lowercase() } else { byte }
}

/// Search paths (`pmatch`): a value matches if it is one of them or lies below one.
#[derive(Debug, Clone, Default)]
pub(super) struct Paths {
    /// Paths without patterns, parts joined by single slashes.
    exact: HashSet<Box<[u8]>>,
    /// Paths with a pattern in some part.
    patterns: Vec<Vec<PathPart>>,
}

#[derive(Debug, Clone)]
enum PathPart {
    Exact(Box<[u8]>),
    Pattern(Glob),
}

impl Paths {
    /// Reads search paths.
    pub(super) fn new<'a>(paths: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut all = Self::default();
        for path in paths {
            if parts(path).any(|part| part.iter().any(|b| b"*?[".contains(b))) {
                let read = |part: &[u8]| {
                    if part.iter().any(|b| b"*?[".contains(b)) {
                        PathPart::Pattern(Glob::new(part, false))
                    } else {
                        PathPart::Exact(part.into())
                    }
                };
                all.patterns.push(parts(path).map(read).collect());
            } else {
                let joined: Vec<u8> = parts(path).collect::<Vec<_>>().join(&b'/');
                all.exact.insert(joined.into());
            }
        }
        all
    }

    /// Whether a value lies at or below a search path. Where Falco's answer depends on the order of its hash table (several
    /// patterns on one level), this is the answer that is meant.
    pub(super) fn matches(&self, value: &[u8]) -> bool {
        self.below_exact(value) || self.patterns.iter().any(|pattern| below(pattern, value))
    }

    fn below_exact(&self, value: &[u8]) -> bool {
        if self.exact.is_empty() {
            return false;
        }
        let mut prefix: Vec<u8> = Vec::with_capacity(value.len());
        if self.exact.contains(prefix.as_slice()) {
            return true;
        }
        for part in parts(value) {
            if !prefix.is_empty() {
                prefix.push(b'/');
            }
            prefix.extend_from_slice(part);
            if self.exact.contains(prefix.as_slice()) {
                return true;
            }
        }
        false
    }
}

fn below(pattern: &[PathPart], value: &[u8]) -> bool {
    let mut value = parts(value);
    pattern.iter().all(|wanted| {
        value.next().is_some_and(|part| match wanted {
            PathPart::Exact(exact) => **exact == *part,
            PathPart::Pattern(glob) => glob.matches(part),
        })
    })
}

/// The parts between slashes, empty ones left out.
fn parts(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.split(|b| *b == b'/').filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shell_patterns() {
        for (pattern, value, wanted) in [
            ("*", "", true),
            ("a*c", "abc/d.c", true),
            ("*.tar.gz", "x.tar.gz", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
            ("?", "é", false),
            ("??", "é", true),
            ("日???語", "日本語", true),
            ("[é]", "é", false),
            ("[!a]*", "/etc", true),
            ("[]a]*", "]x", true),
            ("[a-]*", "-x", true),
            ("[", "[", true),
            ("[a", "[a", true),
            ("a]", "a]", true),
            (r"a\*c", "a*c", true),
            (r"a\*c", "abc", false),
            ("a\\", "a\\", false),
            ("{a,b}*", "ab", false),
            ("[z-a]*", "m", false),
            ("[[:alpha:]]?", "ab", true),
            ("[![:digit:]]", "5", false),
            ("", "", true),
            ("", "a", false),
            ("**", "x", true),
        ] {
            assert_eq!(
                Glob::new(pattern.as_bytes(), false).matches(value.as_bytes()),
                wanted,
                "{pattern} {value}"
            );
        }
        let folded =
            |pattern: &str, value: &str| Glob::new(pattern.as_bytes(), true).matches(value.as_bytes());
        assert!(folded("[[:upper:]]BC", "abc"));
        assert!(folded("[A-C]*", "bx"));
        assert!(!folded("É", "é"));
    }

    #[test]
    fn many_stars_take_no_time() {
        let pattern = "a*".repeat(120) + "b";
        assert!(!Glob::new(pattern.as_bytes(), false).matches("a".repeat(100_000).as_bytes()));
    }

    #[test]
    fn path_prefixes() {
        let below = |value: &str, list: &[&str]| {
            Paths::new(list.iter().map(|path| path.as_bytes())).matches(value.as_bytes())
        };
        let value = "/home/u/.ssh/id";
        for path in
            ["/home", "/home/", "home", "//home//u", value, "/", "", "/home/*/.ssh", "/*/u", "/home/[a-z]"]
        {
            assert!(below(value, &[path]), "{path}");
        }
        for path in ["/hom", "/home/u/.ssh/id/x", "/home/**/id", "/home/?/id", "/HOME"] {
            assert!(!below(value, &[path]), "{path}");
        }
        assert!(!below(value, &[]));
        assert!(below("/a/b", &["/a*/b", "/?/x"]));
        assert!(below("", &["/"]));
    }
}
