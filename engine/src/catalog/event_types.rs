//! Event types: the names that `evt.type` can have, and the codes by which Falco picks the rules that see an event.
//!
//! The table is `data/event_types.txt`, read once, on first use:
//! * `@pairs`: line n holds the name of the codes 2n (enter side) and 2n+1 (exit side), `a/b` where they differ, and a
//!   letter for the category;
//! * `@generic`: system calls without a code of their own, `name>reported` where `evt.type` shows another name;
//! * `@async`: a plugin and the names of its asynchronous events;
//! * `@params`: a type and the names of the event arguments that have it (the first one in Falco's table counts).
//!
//! A `*` marks names that are no system calls.

use super::fields::FieldType;
use crate::text::SortedMap;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Number of event codes.
pub const CODES: usize = 454;

/// More codes than this in a rule's set give Falco's warning `LOAD_NO_EVTTYPE`.
pub const MANY_CODES: usize = 100;

/// The two codes that all generic system calls share.
const GENERIC: [u16; 2] = [0, 1];

/// The code of asynchronous events: added to the set of every rule.
const ASYNC: u16 = 402;

const WORDS: usize = CODES.div_ceil(64);

/// A set of event codes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct EventTypes([u64; WORDS]);

impl EventTypes {
    /// No code.
    pub const NONE: Self = Self([0; WORDS]);

    /// All codes.
    pub const fn all() -> Self {
        let mut words = [u64::MAX; WORDS];
        // 454 codes do not fill the last word.
        if let Some(last) = words.last_mut() {
            *last = (1 << (CODES % 64)) - 1;
        }
        Self(words)
    }

    /// The set of these codes.
    pub fn of(codes: impl IntoIterator<Item = u16>) -> Self {
        let mut set = Self::NONE;
        for code in codes {
            if let Some(word) = set.0.get_mut(usize::from(code / 64)) {
                *word |= 1 << (code % 64);
            }
        }
        set
    }

    /// The codes of an event type's name, as `evt.type = NAME` selects them. Empty for unknown names.
    pub fn named(name: &str) -> Self {
        find(name).map_or(Self::NONE, |kind| Self::of(kind.codes.iter().copied()))
    }

    /// With the code of asynchronous events, which Falco adds to every rule.
    #[must_use]
    pub fn with_async(self) -> Self {
        self.union(Self::of([ASYNC]))
    }

    /// Codes in one of them.
    #[must_use]
    pub fn union(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a |= b);
        self
    }

    /// Codes in both.
    #[must_use]
    pub fn intersection(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a &= b);
        self
    }

    /// All other codes.
    #[must_use]
    pub fn complement(mut self) -> Self {
        self.0.iter_mut().zip(Self::all().0).for_each(|(a, all)| *a = all & !*a);
        self
    }

    /// Whether `code` is in it.
    pub fn contains(&self, code: u16) -> bool {
        self.0.get(usize::from(code / 64)).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }

    /// Whether they share a code.
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).any(|(a, b)| a & b != 0)
    }

    /// Number of codes.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What Falco knows about the name of an event type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventType {
    /// The name.
    pub name: &'static str,
    /// The codes that `evt.type = NAME` selects. None for `syscall`.
    pub codes: Vec<u16>,
    /// True for system calls.
    pub is_syscall: bool,
    /// True if it has no code of its own.
    pub generic: bool,
    /// The name that `evt.type` really shows; then `evt.type = NAME` never holds.
    pub reported_as: Option<&'static str>,
    /// `evt.category`. None where it follows from the descriptor, or where such events do not exist.
    pub category: Option<&'static str>,
}

type Types = SortedMap<&'static str, EventType>;

struct Table {
    types: Types,
    params: HashMap<&'static str, FieldType>,
}

/// Letters of the categories; without a name: file, net, IPC or unknown, by descriptor.
static CATEGORIES: &[(char, Option<&str>)] = &[
    ('f', Some("file")),
    ('p', Some("process")),
    ('n', Some("net")),
    ('m', Some("memory")),
    ('u', Some("user")),
    ('o', Some("other")),
    ('i', Some("IPC")),
    ('w', Some("wait")),
    ('s', Some("signal")),
    ('t', Some("time")),
    ('z', Some("sleep")),
    ('x', Some("internal")),
    ('y', Some("system")),
    ('c', Some("scheduler")),
    ('-', Some("unknown")),
    ('R', None),
    ('W', None),
    ('O', None),
];

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| read_table(include_str!("data/event_types.txt")))
}

fn read_table(text: &'static str) -> Table {
    let mut table = Table { types: Types::default(), params: HashMap::new() };
    let mut section = "";
    let mut pair: u16 = 0;
    let other = Some("other");
    for line in text.lines() {
        let (head, rest) = line.split_once(' ').unwrap_or((line, ""));
        let is_syscall = !rest.ends_with('*');
        match section {
            _ if head.starts_with('@') => section = head,
            "@pairs" => {
                let letter = rest.chars().next().unwrap_or('-');
                let category = CATEGORIES.iter().find(|(l, _)| *l == letter).and_then(|(_, name)| *name);
                let (enter, exit) = head.split_once('/').unwrap_or((head, head));
                for (code, name) in [(pair * 2, enter), (pair * 2 + 1, exit)] {
                    if let Some(kind) = known_or_new(&mut table.types, name) {
                        kind.codes.push(code);
                        (kind.is_syscall, kind.category) = (is_syscall && name != "NA", category);
                    }
                }
                pair += 1;
            }
            "@generic" => {
                let (name, reported_as) =
                    head.split_once('>').map_or((head, None), |(name, reported)| (name, Some(reported)));
                let category = if reported_as.is_none() { other } else { None };
                let codes = GENERIC.to_vec();
                let kind = EventType { name, codes, is_syscall, generic: true, reported_as, category };
                table.types.insert(name, kind);
            }
            "@async" => {
                for name in rest.split(' ') {
                    if let Some(kind) = known_or_new(&mut table.types, name) {
                        kind.codes.push(ASYNC);
                        kind.category = other;
                    }
                }
            }
            _ => {
                let kind = FieldType::from_name(head);
                table.params.extend(rest.split(' ').map(|name| (name, kind)));
            }
        }
    }
    // As Falco does: the empty name stands for every generic system call, `syscall` for none.
    table
        .types
        .insert("", EventType { codes: GENERIC.to_vec(), generic: true, category: other, ..plain("") });
    table.types.insert("syscall", EventType { generic: true, ..plain("syscall") });
    if let Some(none) = table.types.get_mut("NA") {
        none.category = Some("unknown");
    }
    table
}

fn known_or_new<'a>(types: &'a mut Types, name: &'static str) -> Option<&'a mut EventType> {
    if types.get(name).is_none() {
        types.insert(name, plain(name));
    }
    types.get_mut(name)
}

fn plain(name: &'static str) -> EventType {
    EventType {
        name,
        codes: Vec::new(),
        is_syscall: false,
        generic: false,
        reported_as: None,
        category: None,
    }
}

/// The event type with this name. Names are case-sensitive.
pub fn find(name: &str) -> Option<&'static EventType> {
    table().types.get(name)
}

/// All event types that a rule can name, sorted by name, the empty name first.
pub fn all() -> impl Iterator<Item = &'static EventType> {
    table().types.entries().iter().map(|(_, kind)| kind)
}

/// The type of the event argument `name`, as `evt.rawarg.NAME` has it in a condition: that of the first event in
/// Falco's table with such an argument. None if no event has one.
pub fn param(name: &str) -> Option<FieldType> {
    table().params.get(name).copied()
}

/// The names of all event arguments, in no particular order.
pub fn params() -> impl Iterator<Item = &'static str> {
    table().params.keys().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_the_codes_of_all_their_versions() {
        assert_eq!(find("open").unwrap().codes, [2, 3]);
        assert_eq!(find("accept").unwrap().codes, [26, 27, 56, 57, 246, 247, 248, 249]);
        assert_eq!(find("close_range").unwrap().codes, [451]);
        assert_eq!(find("keyctl").unwrap().codes, [453]);
        assert_eq!(find("uname").unwrap().codes, [0, 1]);
        assert_eq!(find("syscall").unwrap().codes, [0u16; 0]);
        assert_eq!(find("").unwrap().codes, [0, 1]);
        assert_eq!(find("NA").unwrap().codes.len(), 35);
        assert_eq!(find("pread64").unwrap().reported_as, Some("pread"));
        assert_eq!(find("container").unwrap().codes.last(), Some(&ASYNC));
        assert_eq!(find("container_removed").unwrap().codes, [ASYNC]);
        assert!(find("EXECVE").is_none());
    }

    #[test]
    fn the_table_is_complete() {
        let counted = |pick: fn(&EventType) -> bool| all().filter(|kind| pick(kind)).count();
        assert_eq!(counted(|kind| kind.generic), 297);
        assert_eq!(counted(|kind| kind.reported_as.is_some()), 22);
        let every = all().flat_map(|kind| kind.codes.iter().copied());
        assert_eq!(EventTypes::of(every), EventTypes::all());
        assert_eq!(EventTypes::all().len(), CODES);
        assert_eq!(params().count(), 223);
    }

    #[test]
    fn categories_and_kinds() {
        let category = |name| find(name).unwrap().category;
        assert_eq!(category("openat"), Some("file"));
        assert_eq!(category("execve"), Some("process"));
        assert_eq!(category("connect"), Some("net"));
        assert_eq!(category("read"), None);
        assert_eq!(category("uname"), Some("other"));
        assert!(find("execve").unwrap().is_syscall);
        assert!(!find("procexit").unwrap().is_syscall);
        assert!(!find("NA").unwrap().is_syscall);
        assert!(find("keyctl").unwrap().is_syscall);
    }

    #[test]
    fn sets_follow_algebra() {
        let open = EventTypes::named("open");
        assert_eq!(open.complement().len(), CODES - 2);
        assert_eq!(open.union(open.complement()), EventTypes::all());
        assert!(open.intersection(open.complement()).is_empty());
        assert!(open.contains(2) && !open.contains(4) && !open.contains(999));
        assert!(open.with_async().contains(402));
        assert!(open.meets(&EventTypes::all()) && !open.meets(&EventTypes::named("execve")));
    }

    #[test]
    fn arguments_have_the_type_of_the_first_event() {
        assert_eq!(param("flags"), Some(FieldType::Flags32));
        assert_eq!(param("res"), Some(FieldType::Errno));
        assert_eq!(param("addr").map(FieldType::name), Some("SOCKADDR"));
        assert_eq!(param("nope"), None);
    }
}
