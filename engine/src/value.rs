//! Values of fields, as events carry them and conditions compare them.

use std::net::IpAddr;

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
