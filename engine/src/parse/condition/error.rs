//! What the grammar wanted when it could not go on, in Falco's words.

use crate::catalog::operators::Operator;
use crate::catalog::transformers::Transformer;
use crate::parse::token::MAX_DEPTH;
use crate::text::{Code, Message, TextRange};

/// A syntax error of a condition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// The kind of problem.
    pub code: &'static Code,
    /// What to mark.
    pub at: TextRange,
    /// Falco's text.
    pub falco: String,
    /// The point that Falco's parser had reached: line and column from 1 (columns count bytes), offset from 0.
    pub position: Position,
    /// What is wrong.
    pub message: Message,
    /// Why.
    pub notes: Vec<Message>,
    /// What is probably meant: what to do, and the text to put at a place.
    pub suggestion: Option<(Message, TextRange, String)>,
}

/// A point as Falco's parser counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in bytes, from 1.
    pub column: u32,
    /// Offset in bytes, from 0.
    pub offset: u32,
}

impl Position {
    /// The position of byte `offset` of `text`.
    pub fn of(text: &str, offset: u32) -> Self {
        let before = text.as_bytes().get(..offset as usize).unwrap_or(text.as_bytes());
        let line = before.split(|&b| b == b'\n').count() as u32;
        let column = before.iter().rev().take_while(|&&b| b != b'\n').count() as u32 + 1;
        Self { line, column, offset }
    }
}

/// Where the grammar could not go on.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) expected: Expected,
    /// The point reached.
    pub(super) at: u32,
    /// The bracket that is still open.
    pub(super) open: Option<TextRange>,
}

/// What the grammar wanted.
#[derive(Debug)]
pub(super) enum Expected {
    Something,
    End,
    Check,
    BlankOrParenthesis(&'static str),
    Close,
    Operator,
    Number,
    Text,
    Element,
    List,
    Argument,
    CloseBracket,
    CloseCall,
    TransformerArgument,
    TransformerListArgument,
    ValField,
    Escape { at: TextRange, falco: String },
    LessDepth,
}

impl Expected {
    /// Falco's text; `last` is the last word it took.
    pub(super) fn falco(&self, last: &str) -> String {
        match self {
            Self::Something => "filter input string is empty".to_owned(),
            Self::End => format!("unexpected token after '{last}', expecting 'or', 'and'"),
            Self::Check => "expected a '(' token, a field check, or an identifier".to_owned(),
            Self::BlankOrParenthesis(word) => format!("expected blank or '(' after '{word}'"),
            Self::Close => "expected a ')' token".to_owned(),
            Self::Operator => format!(
                "expected a valid check operator: one of {}",
                quoted(Operator::ALL.iter().map(|op| op.text()))
            ),
            Self::Number => {
                format!("expected a number value or a field with a valid transformer: {}", calls())
            }
            Self::Text => format!("expected a string value or a field with a valid transformer: {}", calls()),
            Self::Element => "expected a string value".to_owned(),
            Self::List => {
                format!("expected a list, an identifier, or a field with a valid transformer: {}", calls())
            }
            Self::Argument => "expected a valid field argument: a quoted string or a bare string".to_owned(),
            Self::CloseBracket => "expected a ']' token".to_owned(),
            Self::CloseCall => "expected a ')' token closing the transformer".to_owned(),
            Self::TransformerArgument => {
                "expected field transformer argument: field, transformer, quoted string, \
                 number, or transformer list"
                    .to_owned()
            }
            Self::TransformerListArgument => {
                "expected transformer list argument: field, transformer, quoted string, or number".to_owned()
            }
            Self::ValField => "expected a field within 'val' transformer".to_owned(),
            Self::Escape { falco, .. } => falco.clone(),
            Self::LessDepth => format!("exceeded max depth limit of {MAX_DEPTH}"),
        }
    }
}

fn calls() -> String {
    quoted(std::iter::once("val").chain(Transformer::ALL.iter().map(|t| t.text())))
}

fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ")
}
