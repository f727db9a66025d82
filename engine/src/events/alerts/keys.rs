//! Keys of alerts, known before they are read: all alerts of a rule look the same, so that behind a key mostly stands one
//! of the few that stood there before.

use super::scan::{Open, Read, Scan, Token};
use crate::text::Span;
use rustc_hash::FxHashMap;

/// What a key of an alert says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Role {
    Rule,
    Source,
    Time,
    Hostname,
    Output,
    Priority,
    Fields,
    /// An audit event has it, and no alert.
    Audit,
    /// An event in our own form has it, and no alert.
    Field,
    Other,
}

/// The number of a key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct KeyId(u32);

/// Keys that are known by number.
#[derive(Debug)]
pub(super) struct Keys {
    known: Vec<Known>,
    by_text: FxHashMap<Box<str>, KeyId>,
    /// Whether what followed a key is expected there again.
    expects: bool,
}

#[derive(Debug)]
struct Known {
    /// With quotes and colon, and a comma in front. It stands nowhere for [`NAMELESS`].
    written: Box<str>,
    /// Its first bytes, and which bits of as many are theirs.
    head: [u128; 2],
    mask: [u128; 2],
    escaped: bool,
    role: Role,
    /// Keys that followed it, the latest new one first.
    next: [KeyId; FOLLOWERS],
}

/// So many keys that may follow one are remembered.
const FOLLOWERS: usize = 4;

/// What stands before the first key of an alert, and of its fields.
const BEFORE_ALERT: KeyId = KeyId(0);
const BEFORE_FIELDS: KeyId = KeyId(1);

/// A key that has no number of its own.
const NAMELESS: KeyId = KeyId(2);

/// The keys that alerts have.
const OF_ALERTS: [&str; 10] =
    ["hostname", "output", "output_fields", "priority", "rule", "source", "tags", "time", "uuid", "auditID"];

impl Default for Keys {
    fn default() -> Self {
        let mut keys = Self { known: Vec::new(), by_text: FxHashMap::default(), expects: true };
        for _ in [BEFORE_ALERT, BEFORE_FIELDS, NAMELESS] {
            keys.add("", false);
        }
        for name in OF_ALERTS {
            let id = keys.add(name, false);
            keys.by_text.insert(name.into(), id);
        }
        keys
    }
}

/// The keys of an object, one after another.
pub(super) struct InObject {
    pub(super) open: Open,
    /// The key that was read last, or what stands for none.
    before: KeyId,
    /// Where that stands, without quotes, and whether it has escapes.
    start: usize,
    end: usize,
    escaped: bool,
    /// Whether new keys get numbers.
    learns: bool,
}

impl InObject {
    /// The object at the place, which may be an alert.
    pub(super) fn alert(scan: &mut Scan<'_>) -> Read<Self> {
        Self::new(scan, BEFORE_ALERT, false)
    }

    /// The object at the place, which has the fields of an output.
    pub(super) fn fields(scan: &mut Scan<'_>) -> Read<Self> {
        Self::new(scan, BEFORE_FIELDS, true)
    }

    fn new(scan: &mut Scan<'_>, before: KeyId, learns: bool) -> Read<Self> {
        Ok(Self { open: scan.open()?, before, start: 0, end: 0, escaped: false, learns })
    }

    /// The key that was read last.
    #[inline]
    pub(super) fn key(&self) -> Token {
        Token { at: Span::from_usize(self.start, self.end), escaped: self.escaped }
    }

    /// Goes behind a known key at the place, of which so many bytes are left to read.
    fn take(&mut self, id: KeyId, known: &Known, left: usize, scan: &mut Scan<'_>) {
        scan.at += left;
        self.before = id;
        self.end = scan.at - 2;
        self.start = scan.at + 2 - known.written.len();
        self.escaped = known.escaped;
    }
}

impl Keys {
    /// Without expecting any key.
    #[cfg(test)]
    pub(super) fn unexpected() -> Self {
        Self { expects: false, ..Self::default() }
    }

    /// Reads the next key of an object and goes on to its value; None behind the object's end.
    pub(super) fn next(&mut self, object: &mut InObject, scan: &mut Scan<'_>) -> Read<Option<KeyId>> {
        let [guess, ..] =
            self.known.get(object.before.index()).map_or([NAMELESS; FOLLOWERS], |known| known.next);
        // As programs write it: a comma, the key and a colon without blanks.
        let known = self.known.get(guess.index()).filter(|_| guess != NAMELESS && !object.open.first);
        match known {
            Some(known) if known.begins(scan.rest()) => {
                object.take(guess, known, known.written.len(), scan);
            }
            _ if !scan.member(&mut object.open, b'}')? => return Ok(None),
            _ => {
                if !self.guess(object, scan) {
                    self.read(object, scan)?;
                }
            }
        }
        scan.before_value()?;
        Ok(Some(object.before))
    }

    /// Whether the key at the place is one of those that stood behind the one before; goes behind it then.
    fn guess(&self, object: &mut InObject, scan: &mut Scan<'_>) -> bool {
        let rest = scan.rest();
        let followers =
            self.known.get(object.before.index()).map_or([NAMELESS; FOLLOWERS], |known| known.next);
        let there = followers.into_iter().find_map(|id| {
            let known = self.known.get(id.index()).filter(|_| id != NAMELESS)?;
            rest.starts_with(known.written.get(1..)?.as_bytes()).then_some((id, known))
        });
        if let Some((id, known)) = there {
            object.take(id, known, known.written.len() - 1, scan);
        }
        there.is_some()
    }

    /// Reads the key at the place, and remembers what it stands behind.
    fn read(&mut self, object: &mut InObject, scan: &mut Scan<'_>) -> Read<()> {
        let token = scan.key()?;
        let id = self.id(token, scan.text, object.learns);
        if self.expects
            && id != NAMELESS
            && let Some(before) = self.known.get_mut(object.before.index())
        {
            before.next.rotate_right(1);
            before.next[0] = id;
        }
        (object.before, object.escaped) = (id, token.escaped);
        (object.start, object.end) = (token.at.start as usize, token.at.end as usize);
        Ok(())
    }

    /// What a key says.
    pub(super) fn role(&self, id: KeyId, name: &str) -> Role {
        match self.known.get(id.index()) {
            Some(known) if id != NAMELESS => known.role,
            _ => role(name),
        }
    }

    fn id(&mut self, key: Token, text: &str, learns: bool) -> KeyId {
        let name = key.at.slice(text);
        match self.by_text.get(name) {
            Some(id) => *id,
            None if learns => {
                let id = self.add(name, key.escaped);
                self.by_text.insert(name.into(), id);
                id
            }
            None => NAMELESS,
        }
    }

    fn add(&mut self, name: &str, escaped: bool) -> KeyId {
        let written: Box<str> = format!(",\"{name}\":").into();
        let mut bytes = [0; HEAD];
        bytes.iter_mut().zip(written.bytes()).for_each(|(place, byte)| *place = byte);
        let mut mask = [0; HEAD];
        mask.iter_mut().take(written.len()).for_each(|place| *place = u8::MAX);
        let (head, mask) = (words(&bytes), words(&mask));
        self.known.push(Known {
            written,
            head,
            mask,
            escaped,
            role: role(name),
            next: [NAMELESS; FOLLOWERS],
        });
        KeyId(self.known.len() as u32 - 1)
    }
}

impl Known {
    /// Whether it stands at the beginning of `rest`. Most keys are short, and known by comparing two words.
    #[inline]
    fn begins(&self, rest: &[u8]) -> bool {
        let Some(bytes) = rest.first_chunk() else { return rest.starts_with(self.written.as_bytes()) };
        let ([low, high], [first, second], [here, there]) = (words(bytes), self.head, self.mask);
        ((low ^ first) & here) | ((high ^ second) & there) == 0
            && (self.written.len() <= HEAD || rest.starts_with(self.written.as_bytes()))
    }
}

/// So many bytes of keys are compared at once.
const HEAD: usize = 32;

#[inline]
fn words(bytes: &[u8; HEAD]) -> [u128; 2] {
    let word = |half: Option<&[u8; HEAD / 2]>| half.map_or(0, |half| u128::from_le_bytes(*half));
    [word(bytes.first_chunk()), word(bytes.last_chunk())]
}

impl KeyId {
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

fn role(name: &str) -> Role {
    match name {
        "rule" => Role::Rule,
        "source" => Role::Source,
        "time" => Role::Time,
        "hostname" => Role::Hostname,
        "output" => Role::Output,
        "priority" => Role::Priority,
        "output_fields" => Role::Fields,
        "auditID" => Role::Audit,
        _ if name.starts_with("evt.") || name.starts_with("proc.") => Role::Field,
        _ => Role::Other,
    }
}
