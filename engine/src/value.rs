//! Values of fields, as events carry them and conditions compare them.

pub mod address;
pub mod number;
pub mod port;
pub mod text;

use std::net::IpAddr;

/// Why a text is no value of a field's type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ValueProblem {
    /// No decimal integer.
    NotANumber(Box<str>),
    /// Neither `true` nor `false`.
    NotABool(Box<str>),
    /// Neither a port nor the name of a service.
    UnknownService(Box<str>),
    /// A port beyond 32 bits.
    HugePort(Box<str>),
    /// No IPv4 address, though it has a dot.
    NotIpv4(Box<str>),
    /// No IPv6 address.
    NotIpv6(Box<str>),
    /// No network: the slash is missing.
    NotANetwork(Box<str>),
    /// A length of a prefix that the address does not have.
    BadPrefix {
        /// The length.
        length: i128,
        /// Of an IPv6 address.
        v6: bool,
    },
    /// No even number of hex digits.
    NotHex,
    /// Longer than Falco's buffer.
    TooLong {
        /// Its bytes.
        used: usize,
    },
    /// Holds a NUL byte.
    Nul,
}

/// Bytes that Falco keeps for a value.
pub const MAX_VALUE: usize = 256;

impl ValueProblem {
    /// Falco's text for it.
    pub fn falco(&self) -> String {
        match self {
            Self::NotANumber(text) => format!("{text} is not a valid number"),
            Self::NotABool(text) => format!("filter error: unrecognized boolean value {text}"),
            Self::UnknownService(text) => format!("unrecognized protocol {text}"),
            // The C++ library's text for the exception that ends the load.
            Self::HugePort(_) => "stoi".to_owned(),
            Self::NotIpv4(text) => format!("unrecognized IPv4 address {text}"),
            Self::NotIpv6(text) => format!("unrecognized IPv6 address {text}"),
            Self::NotANetwork(text) => format!("unrecognized IP network {text}"),
            Self::BadPrefix { length, v6: true } => format!("invalid v6 netmask {length}"),
            Self::BadPrefix { length, v6: false } => format!("invalid netmask {length}"),
            Self::NotHex => {
                "filter error: bcontains and bstartswith operator support hex strings only".to_owned()
            }
            Self::TooLong { used } => {
                format!("filter parameter too long (used={used}, available={MAX_VALUE})")
            }
            Self::Nul => "filter value cannot contain a NUL byte (\\x00)".to_owned(),
        }
    }
}

/// A value of a field. Which variants a field can have follows from its type in the catalogue.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// Integers of every width, ports, times (nanoseconds). Wide enough for `u64` and `i64` alike.
    Integer(i128),
    /// A floating point number.
    Double(Double),
    /// Text, paths and byte buffers.
    Text(Box<str>),
    /// An address. Network fields extract the address that the condition's network is compared with.
    Address(IpAddr),
    /// The value of a list field.
    List(Box<[Value]>),
}

/// An IP network: an address and the number of its bits that count.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Network {
    /// The address, host bits as written.
    pub address: IpAddr,
    /// Length of the prefix.
    pub prefix: u8,
}

impl Network {
    /// Whether `address` lies in the network. Addresses of the other version never do.
    pub fn contains(&self, address: IpAddr) -> bool {
        fn same(a: u128, b: u128, bits: u8, prefix: u8) -> bool {
            let shift = u32::from(bits.saturating_sub(prefix));
            a.checked_shr(shift) == b.checked_shr(shift)
        }
        match (self.address, address) {
            (IpAddr::V4(a), IpAddr::V4(b)) => same(u32::from(a).into(), u32::from(b).into(), 32, self.prefix),
            (IpAddr::V6(a), IpAddr::V6(b)) => same(a.into(), b.into(), 128, self.prefix),
            _ => false,
        }
    }
}

/// An `f64` with a total order, so that values can be keys.
#[derive(Clone, Copy, Debug)]
pub struct Double(pub f64);

impl PartialEq for Double {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Double {}

impl PartialOrd for Double {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Double {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl std::hash::Hash for Double {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}
