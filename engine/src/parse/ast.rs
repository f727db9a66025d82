//! What a condition says, as written: a pure function of its string. Places are offsets into that string.

use crate::catalog::operators::{Modifier, Operator};
use crate::catalog::transformers::Transformer;
use crate::text::{TextRange, define_id};

define_id! {
    /// A node of one condition.
    NodeId
}

/// A parsed condition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Condition {
    /// The nodes; children stand before their parents.
    pub nodes: Vec<Node>,
    /// The node that is the whole condition.
    pub root: NodeId,
}

/// A node of a condition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its text, without parentheses around it.
    pub range: TextRange,
}

/// What a node is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NodeKind {
    /// True if all are; at least two.
    And(Vec<NodeId>),
    /// True if one is; at least two.
    Or(Vec<NodeId>),
    /// True if the other is false.
    Not(NodeId),
    /// The name of a macro.
    Macro(Box<str>),
    /// A comparison.
    Check(Box<Check>),
    /// The condition could not be read. Only as the root, and only beside a [`SyntaxError`](super::condition::SyntaxError).
    Error,
}

/// A comparison of a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Check {
    /// What is compared: a field or a transformer.
    pub left: Operand,
    /// How.
    pub op: Operator,
    /// Where the operator stands.
    pub op_range: TextRange,
    /// How several values are compared, and where that is written.
    pub modifier: Option<(Modifier, TextRange)>,
    /// With what.
    pub right: Right,
}

/// What stands on the right of an operator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Right {
    /// Nothing: the operator is `exists`.
    Nothing,
    /// One constant.
    Constant(Constant),
    /// A list of constants, with its parentheses; a lone word after a list operator is a list of one.
    List(Vec<Constant>, TextRange),
    /// `val(field)` or a transformer.
    Operand(Operand),
}

/// A constant: text, until the type of the field is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Constant {
    /// Its text, quotes and escapes resolved. Bytes, since `\xHH` can name any.
    pub bytes: Box<[u8]>,
    /// As written, quotes and all.
    pub range: TextRange,
    /// Written in quotes.
    pub quoted: bool,
}

/// A field or a transformer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Operand {
    /// A field; on the right it is written `val(field)`.
    Field(Field),
    /// A transformer.
    Transform(Box<Transform>),
}

/// A field as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// Its name, dotted arguments included.
    pub name: Box<str>,
    /// What stands in brackets, quotes resolved.
    pub arg: Option<Box<str>>,
    /// Name and argument; on the right with `val(` and `)`.
    pub range: TextRange,
}

/// A transformer and what it is applied to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transform {
    /// Which.
    pub transformer: Transformer,
    /// Its arguments.
    pub args: Vec<Argument>,
    /// What stands in brackets behind it.
    pub index: Option<Box<str>>,
    /// The whole.
    pub range: TextRange,
}

/// An argument of a transformer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Argument {
    /// A field.
    Field(Field),
    /// Another transformer.
    Transform(Box<Transform>),
    /// A quoted text.
    Text(Constant),
    /// A number.
    Number(Constant),
    /// A list of the others.
    List(Vec<Argument>, TextRange),
}

impl Condition {
    /// The node of an id; `None` only for an id of another condition.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }
}

impl Constant {
    /// Its text; bytes that are no UTF-8 are replaced.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }
}

impl Field {
    /// Name and argument, as in a rule without quotes: what Falco calls the field.
    pub fn text(&self) -> String {
        match &self.arg {
            Some(arg) => format!("{}[{arg}]", self.name),
            None => self.name.to_string(),
        }
    }
}

impl Operand {
    /// The fields in it, from left to right, those in transformers included.
    pub fn fields(&self) -> Vec<&Field> {
        let mut out = Vec::new();
        match self {
            Self::Field(field) => out.push(field),
            Self::Transform(transform) => {
                // Transformers stand in each other at most as deep as the parser goes.
                let mut rest: Vec<&Argument> = transform.args.iter().rev().collect();
                while let Some(argument) = rest.pop() {
                    match argument {
                        Argument::Field(field) => out.push(field),
                        Argument::Transform(inner) => rest.extend(inner.args.iter().rev()),
                        Argument::List(inner, _) => rest.extend(inner.iter().rev()),
                        Argument::Text(_) | Argument::Number(_) => {}
                    }
                }
            }
        }
        out
    }

    /// Where it stands.
    pub fn range(&self) -> TextRange {
        match self {
            Self::Field(field) => field.range,
            Self::Transform(transform) => transform.range,
        }
    }
}

impl Argument {
    /// Where it stands.
    pub fn range(&self) -> TextRange {
        match self {
            Self::Field(field) => field.range,
            Self::Transform(transform) => transform.range,
            Self::Text(constant) | Self::Number(constant) => constant.range,
            Self::List(_, range) => *range,
        }
    }
}

impl Right {
    /// Where it stands, if anything does.
    pub fn range(&self) -> Option<TextRange> {
        match self {
            Self::Nothing => None,
            Self::Constant(constant) => Some(constant.range),
            Self::List(_, range) => Some(*range),
            Self::Operand(operand) => Some(operand.range()),
        }
    }

    /// The constants, in order.
    pub fn constants(&self) -> &[Constant] {
        match self {
            Self::Constant(constant) => std::slice::from_ref(constant),
            Self::List(constants, _) => constants,
            Self::Nothing | Self::Operand(_) => &[],
        }
    }
}

impl Check {
    /// Its fields from left to right, and whether one stands in `val(…)`.
    pub fn fields(&self) -> impl Iterator<Item = (&Field, bool)> {
        let right = match &self.right {
            Right::Operand(right) => Some(right),
            _ => None,
        };
        let in_val = matches!(right, Some(Operand::Field(_)));
        let left = self.left.fields().into_iter().map(|field| (field, false));
        left.chain(right.into_iter().flat_map(Operand::fields).map(move |field| (field, in_val)))
    }

    /// The whole check.
    pub fn range(&self) -> TextRange {
        let start = self.left.range().cover(self.op_range);
        self.right.range().map_or(start, |right| start.cover(right))
    }
}
