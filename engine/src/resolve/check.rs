//! Typed checks: fields found in the catalogue, values converted to their type, no places. Equal checks are equal values.

use crate::catalog::operators::{Modifier, Operator};
use crate::catalog::transformers::Transformer;
use crate::catalog::{FieldKey, FieldType};
use crate::value::{Double, Network};
use std::net::IpAddr;

/// A comparison.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Check {
    /// What is compared.
    pub left: Operand,
    /// How; never [`Operator::EqEq`].
    pub op: Operator,
    /// How several values are compared.
    pub modifier: Option<Modifier>,
    /// With what.
    pub right: Right,
}

/// A field or a transformer.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Operand {
    /// A field.
    Field(FieldKey),
    /// A transformer.
    Transform(Box<Transform>),
}

/// A transformer and what it is applied to.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Transform {
    /// Which.
    pub transformer: Transformer,
    /// Its arguments; their number and kinds fit it.
    pub args: Vec<Argument>,
    /// What stands in brackets behind it (`getopt`).
    pub index: Option<Box<str>>,
}

/// An argument of a transformer.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Argument {
    /// A field or another transformer.
    Operand(Operand),
    /// A quoted text or a number.
    Literal(Box<[u8]>),
    /// A list of the others.
    List(Vec<Argument>),
}

/// What an operand yields.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ValueType {
    /// The type, of a list that of its elements.
    pub kind: FieldType,
    /// True for lists.
    pub list: bool,
}

/// What the left side is compared with.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Right {
    /// Nothing: the operator is `exists`.
    Nothing,
    /// Constants: one, or a list where the operator or modifier takes one.
    Constants(Vec<Constant>),
    /// Another field or a transformer.
    Operand(Operand),
}

impl Check {
    /// Every field that is compared; a field may come more than once.
    pub fn each_field<'a>(&'a self, tell: &mut impl FnMut(&'a FieldKey)) {
        self.left.each_field(tell);
        if let Right::Operand(right) = &self.right {
            right.each_field(tell);
        }
    }
}

impl Operand {
    /// Every field in it.
    pub fn each_field<'a>(&'a self, tell: &mut impl FnMut(&'a FieldKey)) {
        match self {
            Self::Field(key) => tell(key),
            Self::Transform(transform) => {
                transform.args.iter().for_each(|argument| argument.each_field(tell));
            }
        }
    }
}

impl Argument {
    fn each_field<'a>(&'a self, tell: &mut impl FnMut(&'a FieldKey)) {
        match self {
            Self::Operand(operand) => operand.each_field(tell),
            Self::List(elements) => elements.iter().for_each(|element| element.each_field(tell)),
            Self::Literal(_) => {}
        }
    }
}

/// A constant of the left side's type.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Constant {
    /// Text, a pattern, or the bytes that hex digits name.
    Bytes(Box<[u8]>),
    /// An integer, a port or a time.
    Integer(i128),
    /// A floating point number.
    Double(Double),
    /// `true` or `false`.
    Bool(bool),
    /// An address.
    Address(IpAddr),
    /// A network.
    Network(Network),
}
