//! Terms: what the two sides of a check are while they are compared. Texts are bytes, as in Falco.

use crate::value::{Double, Value};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::net::IpAddr;

/// A value on one side of a check.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Term<'a> {
    /// A text or a byte buffer.
    Bytes(Cow<'a, [u8]>),
    /// An integer, a port, a time.
    Integer(i128),
    /// A floating point number.
    Double(Double),
    /// `true` or `false`.
    Bool(bool),
    /// An address.
    Address(IpAddr),
    /// A list.
    List(Vec<Term<'a>>),
}

impl<'a> Term<'a> {
    /// The value as a term.
    pub(super) fn of(value: &'a Value) -> Self {
        match value {
            Value::Text(text) => Self::Bytes(Cow::Borrowed(text.as_bytes())),
            Value::Integer(number) => Self::Integer(*number),
            Value::Double(number) => Self::Double(*number),
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Address(address) => Self::Address(*address),
            Value::List(elements) => Self::List(elements.iter().map(Term::of).collect()),
        }
    }

    /// The order of two terms of one kind.
    pub(super) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Bytes(a), Self::Bytes(b)) => Some(a.cmp(b)),
            (Self::Integer(a), Self::Integer(b)) => Some(a.cmp(b)),
            (Self::Double(a), Self::Double(b)) => a.0.partial_cmp(&b.0),
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            (Self::Address(a), Self::Address(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// The text that `join` and `concat` use for it. As Falco does: what is no text is taken for one, byte by byte up to the
    /// first NUL.
    pub(super) fn text(&self) -> Cow<'_, [u8]> {
        let raw = |bytes: &[u8]| Cow::Owned(bytes.iter().copied().take_while(|b| *b != 0).collect());
        match self {
            Self::Bytes(bytes) => Cow::Borrowed(bytes),
            Self::Integer(number) => raw(number.to_le_bytes().get(..8).unwrap_or(&[])),
            Self::Double(number) => raw(&number.0.to_le_bytes()),
            Self::Bool(truth) => raw(&[u8::from(*truth)]),
            Self::Address(IpAddr::V4(address)) => raw(&address.octets()),
            Self::Address(IpAddr::V6(address)) => raw(&address.octets()),
            Self::List(elements) => elements.first().map_or(Cow::Borrowed(b"".as_slice()), Term::text),
        }
    }
}
