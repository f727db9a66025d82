//! Bracket expressions of shell patterns: `[a-z]`, `[!x]`, `[[:alpha:]]`.

/// A set of bytes.
#[derive(Debug, Clone)]
pub(super) struct Bracket {
    bits: [u64; 4],
}

/// A class: its name and its members.
type Class = (&'static [u8], fn(&u8) -> bool);

/// The named classes.
static NAMED: &[Class] = &[
    (b"alnum", u8::is_ascii_alphanumeric),
    (b"alpha", u8::is_ascii_alphabetic),
    (b"blank", |b| matches!(b, b' ' | b'\t')),
    (b"cntrl", u8::is_ascii_control),
    (b"digit", u8::is_ascii_digit),
    (b"graph", u8::is_ascii_graphic),
    (b"lower", u8::is_ascii_lowercase),
    (b"print", |b| matches!(b, b' '..=b'~')),
    (b"punct", u8::is_ascii_punctuation),
    (b"space", |b| matches!(b, b'\t'..=b'\r' | b' ')),
    (b"upper", u8::is_ascii_uppercase),
    (b"xdigit", u8::is_ascii_hexdigit),
];

impl Bracket {
    /// Reads what follows a `[`; `None` if it is never closed. Gives what follows the `]`.
    pub(super) fn read(pattern: &[u8], fold: bool) -> Option<(Self, &[u8])> {
        let (negated, mut rest) = match pattern {
            [b'!' | b'^', rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        let mut found = Self { bits: [0; 4] };
        let mut first = true;
        loop {
            match rest {
                [] => return None,
                [b']', after @ ..] if !first => {
                    if fold {
                        found.fold();
                    }
                    if negated {
                        found.bits.iter_mut().for_each(|word| *word = !*word);
                    }
                    return Some((found, after));
                }
                [b'[', b':', after @ ..] => {
                    if let Some(end) = after.windows(2).position(|pair| pair == b":]") {
                        found.add_class(after.get(..end)?, fold);
                        rest = after.get(end + 2..)?;
                    } else {
                        found.add(b'[', b'[');
                        rest = rest.get(1..)?;
                    }
                }
                _ => {
                    let (low, after) = one(rest)?;
                    rest = after;
                    let high = match rest {
                        [b'-', b']', ..] | [] => low,
                        [b'-', after @ ..] => {
                            let (high, after) = one(after)?;
                            rest = after;
                            high
                        }
                        _ => low,
                    };
                    found.add(low, high);
                }
            }
            first = false;
        }
    }

    /// Whether the byte is in the set.
    pub(super) fn contains(&self, byte: u8) -> bool {
        let word = self.bits.get(usize::from(byte / 64)).copied().unwrap_or(0);
        word >> (byte % 64) & 1 == 1
    }

    fn add(&mut self, low: u8, high: u8) {
        for byte in low..=high {
            if let Some(word) = self.bits.get_mut(usize::from(byte / 64)) {
                *word |= 1 << (byte % 64);
            }
        }
    }

    /// With `fold`, upper and lower case letters are the same class.
    fn add_class(&mut self, name: &[u8], fold: bool) {
        let name = if fold && matches!(name, b"upper" | b"lower") { b"alpha".as_slice() } else { name };
        let Some((_, class)) = NAMED.iter().find(|(known, _)| *known == name) else { return };
        for byte in (0..=u8::MAX).filter(class) {
            self.add(byte, byte);
        }
    }

    /// Adds the other case of each letter.
    fn fold(&mut self) {
        for lower in b'a'..=b'z' {
            let upper = lower.to_ascii_uppercase();
            if self.contains(lower) || self.contains(upper) {
                self.add(lower, lower);
                self.add(upper, upper);
            }
        }
    }
}

/// One member: a byte, a quoted byte, `[.x.]` or `[=x=]`.
fn one(rest: &[u8]) -> Option<(u8, &[u8])> {
    match rest {
        [b'\\', quoted, after @ ..] => Some((*quoted, after)),
        [b'[', kind @ (b'.' | b'='), byte, end, b']', after @ ..] if kind == end => Some((*byte, after)),
        [byte, after @ ..] => Some((*byte, after)),
        [] => None,
    }
}
