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
