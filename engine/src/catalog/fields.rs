//! The fields of Falco: names, types, arguments and the event sources that have them.
//!
//! The table is `data/fields.txt`, read once, on first use. A line `@class source provider` starts a section; every
//! other line is a field: its name, a blank, and letters for all that differs from a plain text field (see `LETTERS`).
//! How a field is written with an argument belongs to `field_key`.

use crate::text::define_id;
use std::collections::HashMap;
use std::sync::OnceLock;

define_id! {
    /// A field of the catalogue.
    FieldId
}

/// What Falco knows about a field.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, one column each")]
pub struct Field {
    /// Name without argument, such as `proc.aname`.
    pub name: &'static str,
    /// Falco's class of fields, such as `process`.
    pub class: &'static str,
    /// Where it exists.
    pub source: FieldSource,
    /// Who provides it: `libsinsp` or the name of a plugin.
    pub provider: &'static str,
    /// Its type; of a list field, the type of the elements.
    pub kind: FieldType,
    /// True for a field that yields a list.
    pub list: bool,
    /// The argument it takes, if it takes one.
    pub arg: Option<ArgKind>,
    /// Whether the argument must be given.
    pub arg_required: bool,
    /// Meant for conditions; in an output it prints `<NA>`.
    pub filter_only: bool,
    /// Meant for outputs, accepted everywhere.
    pub format_only: bool,
    /// Not listed for users, accepted everywhere.
    pub hidden: bool,
    /// Deprecated in Falco.
    pub deprecated: bool,
    /// Exists, but never has a value now.
    pub never_set: bool,
    /// Cannot be compared with another field, on either side.
    pub no_rhs: bool,
    /// Cannot stand in a transformer.
    pub no_transformer: bool,
    /// Added to outputs by default.
    pub suggested_output: bool,
    /// Without index, the check holds if some ancestor satisfies it.
    pub any_ancestor: bool,
    /// The check looks at both ends of a connection.
    pub either_end: bool,
    /// How the value is printed.
    pub format: ValueFormat,
}

/// The event sources in which a field exists.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FieldSource {
    /// Every source.
    All,
    /// Every source but `syscall`.
    Plugins,
    /// This source.
    Only(&'static str),
}

/// The argument that a field takes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ArgKind {
    /// Digits in brackets.
    Index,
    /// Any text in brackets.
    Key,
    /// Digits or any text in brackets.
    IndexOrKey,
    /// A name after a dot.
    DotName,
    /// Digits in brackets or a name after a dot.
    IndexOrDotName,
}

/// Falco's types, of fields and of raw event arguments.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[expect(missing_docs, reason = "Falco's names")]
pub enum FieldType {
    Charbuf,
    Fspath,
    Fsrelpath,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Port,
    Reltime,
    Abstime,
    Double,
    Bool,
    Bytebuf,
    IpAddr,
    IpNet,
    Errno,
    Fd,
    Pid,
    Flags8,
    Flags16,
    Flags32,
    EnumFlags8,
    EnumFlags16,
    EnumFlags32,
    Mode,
    Uid,
    Gid,
    /// Given by the argument: only `evt.rawarg` itself.
    Dyn,
    /// A raw argument type that no operator but `exists` accepts, by Falco's name.
    Other(&'static str),
}

/// What operators a type has, and how its values are read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TypeGroup {
    /// Text and paths.
    Text,
    /// Integers: width in bits and sign.
    Integer {
        /// 8, 16, 32 or 64.
        bits: u8,
        /// True for signed integers.
        signed: bool,
    },
    /// A port: 16 bits, also written as the name of a service.
    Port,
    /// Floating point.
    Double,
    /// `true` or `false`.
    Bool,
    /// Bytes.
    Bytes,
    /// An IP address.
    Address,
    /// A network; the field extracts an address.
    Network,
    /// Nothing but `exists`.
    Other,
}

/// How a value is printed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ValueFormat {
    /// As text.
    Text,
    /// A decimal number.
    Decimal,
    /// A decimal number that is an identifier.
    IdDecimal,
    /// A decimal number, filled with zeros to nine digits.
    DecimalPadded9,
    /// Hexadecimal.
    Hex,
    /// `<` or `>`.
    Direction,
}

impl FieldType {
    /// Falco's name of the type.
    pub fn name(self) -> &'static str {
        if let Self::Other(name) = self {
            return name;
        }
        TYPE_NAMES.iter().find(|(kind, _)| *kind == self).map_or("DYN", |(_, name)| name)
    }

    /// The type with this name in Falco.
    pub fn from_name(name: &'static str) -> Self {
        TYPE_NAMES.iter().find(|(_, n)| *n == name).map_or(Self::Other(name), |(kind, _)| *kind)
    }

    /// What operators it has.
    pub fn group(self) -> TypeGroup {
        let integer = |bits, signed| TypeGroup::Integer { bits, signed };
        match self {
            Self::Charbuf | Self::Fspath | Self::Fsrelpath => TypeGroup::Text,
            Self::Int8 => integer(8, true),
            Self::Int16 => integer(16, true),
            Self::Int32 => integer(32, true),
            Self::Int64 | Self::Errno | Self::Fd | Self::Pid => integer(64, true),
            Self::Uint8 | Self::Flags8 | Self::EnumFlags8 => integer(8, false),
            Self::Uint16 | Self::Flags16 | Self::EnumFlags16 => integer(16, false),
            Self::Uint32 | Self::Flags32 | Self::EnumFlags32 | Self::Mode | Self::Uid | Self::Gid => {
                integer(32, false)
            }
            Self::Uint64 | Self::Reltime | Self::Abstime => integer(64, false),
            Self::Port => TypeGroup::Port,
            Self::Double => TypeGroup::Double,
            Self::Bool => TypeGroup::Bool,
            Self::Bytebuf => TypeGroup::Bytes,
            Self::IpAddr => TypeGroup::Address,
            Self::IpNet => TypeGroup::Network,
            Self::Dyn | Self::Other(_) => TypeGroup::Other,
        }
    }
}

/// Types by Falco's name.
static TYPE_NAMES: [(FieldType, &str); 32] = [
    (FieldType::Charbuf, "CHARBUF"),
    (FieldType::Fspath, "FSPATH"),
    (FieldType::Fsrelpath, "FSRELPATH"),
    (FieldType::Int8, "INT8"),
    (FieldType::Int16, "INT16"),
    (FieldType::Int32, "INT32"),
    (FieldType::Int64, "INT64"),
    (FieldType::Uint8, "UINT8"),
    (FieldType::Uint16, "UINT16"),
    (FieldType::Uint32, "UINT32"),
    (FieldType::Uint64, "UINT64"),
    (FieldType::Port, "PORT"),
    (FieldType::Reltime, "RELTIME"),
    (FieldType::Abstime, "ABSTIME"),
    (FieldType::Double, "DOUBLE"),
    (FieldType::Bool, "BOOL"),
    (FieldType::Bytebuf, "BYTEBUF"),
    (FieldType::IpAddr, "IPADDR"),
    (FieldType::IpNet, "IPNET"),
    (FieldType::Errno, "ERRNO"),
    (FieldType::Fd, "FD"),
    (FieldType::Pid, "PID"),
    (FieldType::Flags8, "FLAGS8"),
    (FieldType::Flags16, "FLAGS16"),
    (FieldType::Flags32, "FLAGS32"),
    (FieldType::EnumFlags8, "ENUMFLAGS8"),
    (FieldType::EnumFlags16, "ENUMFLAGS16"),
    (FieldType::EnumFlags32, "ENUMFLAGS32"),
    (FieldType::Mode, "MODE"),
    (FieldType::Uid, "UID"),
    (FieldType::Gid, "GID"),
    (FieldType::Dyn, "DYN"),
];

/// What a letter says about a field.
type Letter = (char, fn(&mut Field));

/// The letters of `data/fields.txt`.
static LETTERS: &[Letter] = &[
    ('U', |f| f.kind = FieldType::Uint64),
    ('u', |f| f.kind = FieldType::Uint32),
    ('I', |f| f.kind = FieldType::Int64),
    ('i', |f| f.kind = FieldType::Int32),
    ('s', |f| f.kind = FieldType::Int16),
    ('A', |f| f.kind = FieldType::Abstime),
    ('R', |f| f.kind = FieldType::Reltime),
    ('B', |f| f.kind = FieldType::Bool),
    ('Y', |f| f.kind = FieldType::Bytebuf),
    ('D', |f| f.kind = FieldType::Double),
    ('P', |f| f.kind = FieldType::Port),
    ('a', |f| f.kind = FieldType::IpAddr),
    ('n', |f| f.kind = FieldType::IpNet),
    ('?', |f| f.kind = FieldType::Dyn),
    ('L', |f| f.list = true),
    ('f', |f| f.filter_only = true),
    ('o', |f| f.format_only = true),
    ('h', |f| f.hidden = true),
    ('d', |f| f.deprecated = true),
    ('v', |f| f.never_set = true),
    ('r', |f| f.no_rhs = true),
    ('t', |f| f.no_transformer = true),
    ('S', |f| f.suggested_output = true),
    ('^', |f| f.any_ancestor = true),
    ('2', |f| f.either_end = true),
    ('1', |f| f.arg = Some(ArgKind::Index)),
    ('k', |f| f.arg = Some(ArgKind::Key)),
    ('x', |f| f.arg = Some(ArgKind::IndexOrKey)),
    ('.', |f| f.arg = Some(ArgKind::DotName)),
    ('e', |f| f.arg = Some(ArgKind::IndexOrDotName)),
    ('!', |f| f.arg_required = true),
    ('#', |f| f.format = ValueFormat::Decimal),
    ('=', |f| f.format = ValueFormat::IdDecimal),
    ('9', |f| f.format = ValueFormat::DecimalPadded9),
    ('X', |f| f.format = ValueFormat::Hex),
    ('>', |f| f.format = ValueFormat::Direction),
];

/// The table and its index by name.
struct Table {
    fields: Vec<Field>,
    by_name: HashMap<&'static str, FieldId>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let fields = read_table(include_str!("data/fields.txt"));
        let by_name = fields.iter().enumerate().map(|(at, field)| (field.name, FieldId::new(at))).collect();
        Table { fields, by_name }
    })
}

/// A text field without any property: what a line of the table starts from.
const PLAIN: Field = Field {
    name: "",
    class: "",
    source: FieldSource::All,
    provider: "",
    kind: FieldType::Charbuf,
    list: false,
    arg: None,
    arg_required: false,
    filter_only: false,
    format_only: false,
    hidden: false,
    deprecated: false,
    never_set: false,
    no_rhs: false,
    no_transformer: false,
    suggested_output: false,
    any_ancestor: false,
    either_end: false,
    format: ValueFormat::Text,
};

/// The hour of an event: only rules in the dialect of the course have it, and it is in no table of Falco's fields.
pub(super) static HOUR: Field = Field {
    name: super::dialect::HOUR,
    class: "evt",
    provider: "libsinsp",
    kind: FieldType::Uint32,
    format: ValueFormat::Decimal,
    ..PLAIN
};

/// The id of [`HOUR`].
pub const HOUR_ID: FieldId = FieldId(u32::MAX - 1);

/// A static field of the configuration. It is in no table: its name behind `static.` is its argument, and which ones there
/// are a [`Scope`](super::Scope) knows.
static STATIC: Field = Field {
    name: "static",
    class: "static",
    provider: "libsinsp",
    arg: Some(ArgKind::DotName),
    arg_required: true,
    suggested_output: true,
    ..PLAIN
};

/// The id of all static fields.
pub const STATIC_ID: FieldId = FieldId(u32::MAX);

fn read_table(text: &'static str) -> Vec<Field> {
    let mut section = PLAIN;
    let mut fields = Vec::new();
    for line in text.lines() {
        if let Some(head) = line.strip_prefix('@') {
            let mut words = head.split(' ');
            let mut next = || words.next().unwrap_or_default();
            section.class = next();
            section.source = match next() {
                "*" => FieldSource::All,
                "*plugin" => FieldSource::Plugins,
                source => FieldSource::Only(source),
            };
            section.provider = next();
            continue;
        }
        let (name, letters) = line.split_once(' ').unwrap_or((line, ""));
        let mut field = Field { name, ..section.clone() };
        for letter in letters.chars() {
            if let Some((_, set)) = LETTERS.iter().find(|(l, _)| *l == letter) {
                set(&mut field);
            }
        }
        fields.push(field);
    }
    fields
}

/// The field with this id.
pub fn field(id: FieldId) -> &'static Field {
    if id == HOUR_ID {
        return &HOUR;
    }
    table().fields.get(id.index()).unwrap_or(&STATIC)
}

/// All fields with their ids, in the order of Falco's own listing.
pub fn all() -> impl Iterator<Item = (FieldId, &'static Field)> {
    table().fields.iter().enumerate().map(|(at, field)| (FieldId::new(at), field))
}

/// The field with this name, without argument, in whatever source.
pub fn find_anywhere(name: &str) -> Option<FieldId> {
    table().by_name.get(name).copied()
}

/// The field that has today what field `name` once had: the k8smeta plugin took over much of `k8s.*`.
pub fn successor(name: &str) -> Option<&'static str> {
    find_anywhere(name).map(field).filter(|info| info.never_set)?;
    let id = find_anywhere(&format!("k8smeta.{}", name.strip_prefix("k8s.")?))?;
    Some(field(id).name)
}

/// The field with this name, without argument, if it exists in event source `source`.
pub fn find(name: &str, source: &str) -> Option<FieldId> {
    find_anywhere(name).filter(|id| field(*id).source.includes(source))
}

/// The names that exist in event source `source`, in table order.
pub fn names(source: &str) -> impl Iterator<Item = &'static str> {
    all().filter(move |(_, field)| field.source.includes(source)).map(|(_, field)| field.name)
}

impl FieldSource {
    /// Whether events of `source` have the field.
    pub fn includes(self, source: &str) -> bool {
        match self {
            Self::All => true,
            Self::Plugins => source != SYSCALL,
            Self::Only(only) => only == source,
        }
    }
}

impl Field {
    /// True for fields that a plugin provides; Falco checks their arguments more strictly.
    pub fn is_plugin(&self) -> bool {
        self.provider != "libsinsp"
    }
}

/// The event source of system calls: what a rule or an event has if it names none.
pub const SYSCALL: &str = "syscall";

/// The event sources that Falco's own plugins bring, `syscall` first. A rule of another source is skipped.
pub fn sources() -> &'static [&'static str] {
    static SOURCES: OnceLock<Vec<&'static str>> = OnceLock::new();
    SOURCES.get_or_init(|| {
        let mut sources = vec![SYSCALL];
        for (_, field) in all() {
            if let FieldSource::Only(source) = field.source
                && !sources.contains(&source)
            {
                sources.push(source);
            }
        }
        sources
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_and_line_is_understood() {
        for line in include_str!("data/fields.txt").lines().filter(|line| !line.starts_with('@')) {
            let letters = line.split_once(' ').map_or("", |(_, letters)| letters);
            for letter in letters.chars() {
                assert!(LETTERS.iter().any(|(l, _)| *l == letter), "{line}");
            }
        }
        assert_eq!(table().fields.len(), 633);
        assert_eq!(table().by_name.len(), 633, "no name twice");
    }

    #[test]
    fn fields_have_their_type_argument_and_source() {
        let get = |name| field(find_anywhere(name).unwrap());
        let aname = get("proc.aname");
        assert_eq!(
            (aname.kind, aname.arg, aname.arg_required),
            (FieldType::Charbuf, Some(ArgKind::Index), false)
        );
        assert!(aname.any_ancestor && aname.no_rhs && aname.no_transformer && !aname.is_plugin());
        let label = get("k8s.pod.label");
        assert_eq!((label.arg, label.arg_required, label.provider), (Some(ArgKind::Key), true, "container"));
        assert!(get("fd.net").either_end && get("fd.net").kind == FieldType::IpNet);
        assert!(get("fd.types").list);
        assert_eq!(get("evt.rawtime.ns").format, ValueFormat::DecimalPadded9);
        assert_eq!(get("evt.rawarg").kind, FieldType::Dyn);
    }

    #[test]
    fn sources_limit_names() {
        assert!(find("proc.name", "syscall").is_some());
        assert!(find("proc.name", "k8s_audit").is_none());
        assert!(find("ka.verb", "k8s_audit").is_some());
        assert!(find("jevt.value", "k8s_audit").is_some());
        assert!(find("jevt.value", "syscall").is_none());
        assert!(find("evt.num", "k8s_audit").is_some());
        assert!(find("evt.type", "k8s_audit").is_none());
        assert_eq!(
            sources(),
            ["syscall", "k8s_audit", "aws_cloudtrail", "github", "okta", "gcp_auditlog", "dummy"]
        );
    }

    #[test]
    fn types_have_names() {
        for (kind, name) in TYPE_NAMES {
            assert_eq!((kind.name(), FieldType::from_name(name)), (name, kind));
        }
        assert_eq!(FieldType::from_name("SOCKADDR").name(), "SOCKADDR");
        assert_eq!(FieldType::Port.group(), TypeGroup::Port);
    }
}
