//! Keys of alerts, known before they are read: all alerts of a rule look the same, so that behind a key mostly stands one
//! of the few that stood there before.

use super::super::json::JsonError;
use super::scan::{Open, Scan, Token};
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
}

#[derive(Debug)]
struct Known {
    /// With quotes and colon.
    written: Box<str>,
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
        let mut keys = Self { known: Vec::new(), by_text: FxHashMap::default() };
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
    before: KeyId,
    /// Whether new keys get numbers.
    learns: bool,
}

impl InObject {
    /// The object at the place, which may be an alert.
    pub(super) fn alert(scan: &mut Scan<'_>) -> Result<Self, JsonError> {
        Ok(Self { open: scan.open()?, before: BEFORE_ALERT, learns: false })
    }

    /// The object at the place, which has the fields of an output.
    pub(super) fn fields(scan: &mut Scan<'_>) -> Result<Self, JsonError> {
        Ok(Self { open: scan.open()?, before: BEFORE_FIELDS, learns: true })
    }
}

impl Keys {
    /// Reads the next key of an object and goes on to its value; None behind the object's end.
    pub(super) fn next(
        &mut self,
        object: &mut InObject,
        scan: &mut Scan<'_>,
    ) -> Result<Option<(KeyId, Token)>, JsonError> {
        if !scan.member(&mut object.open, b'}')? {
            return Ok(None);
        }
        if let Some((id, token)) = self.guess(object.before, scan)? {
            object.before = id;
            return Ok(Some((id, token)));
        }
        let token = scan.key()?;
        let id = self.id(token, scan.text, object.learns);
        if id != NAMELESS
            && let Some(before) = self.known.get_mut(object.before.index())
        {
            before.next.rotate_right(1);
            before.next[0] = id;
        }
        object.before = id;
        Ok(Some((id, token)))
    }

    /// The key at the place, if it is one of those that stood behind `before`.
    fn guess(&self, before: KeyId, scan: &mut Scan<'_>) -> Result<Option<(KeyId, Token)>, JsonError> {
        let Some(before) = self.known.get(before.index()) else { return Ok(None) };
        let rest = scan.rest();
        for id in before.next.into_iter().take_while(|id| *id != NAMELESS) {
            let Some(known) = self.known.get(id.index()) else { break };
            if rest.starts_with(known.written.as_bytes()) {
                let token = scan.behind_key(known.written.len(), known.escaped);
                scan.before_value()?;
                return Ok(Some((id, token)));
            }
        }
        Ok(None)
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
        let written = format!("\"{name}\":").into();
        self.known.push(Known { written, escaped, role: role(name), next: [NAMELESS; FOLLOWERS] });
        KeyId(self.known.len() as u32 - 1)
    }
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
