//! The grammar of conditions. A pure function of a string: gives the tree, the words for colouring, and for a syntax
//! error Falco's text and position beside our own. Whether fields, macros and values exist is not asked here.

mod error;
mod hint;
mod logic;
mod operand;
mod resume;

pub use error::{Position, SyntaxError};

use super::ast::{Check, Condition, Constant, Node, NodeId, NodeKind, Operand, Right};
use super::token::{EscapeError, MAX_DEPTH, Scanner, unquote};
use crate::catalog::Dialect;
use crate::catalog::operators::{Modifier, Operator, Shape};
use crate::report::TokenKind;
use crate::text::TextRange;
use error::{Expected, Failure};

/// A condition as far as it could be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parsed {
    /// The tree; its root is an [`NodeKind::Error`] if there is an error.
    pub condition: Condition,
    /// What is wrong. Falco stops at the first error, and so do we.
    pub error: Option<Box<SyntaxError>>,
    /// With an error, the comparisons around it that can be read by themselves.
    pub others: Vec<Check>,
    /// The words, in order, not overlapping; of a condition with an error those that could be read.
    pub tokens: Vec<(TextRange, TokenKind)>,
}

/// Reads a condition as Falco does.
pub fn parse(text: &str) -> Parsed {
    parse_as(text, Dialect::Falco)
}

/// Reads a condition in a dialect.
pub fn parse_as(text: &str, dialect: Dialect) -> Parsed {
    let mut parser = Parser { scan: Scanner::new(text, 0, dialect), nodes: Vec::new() };
    let result = parser.whole();
    let last = parser.scan.last();
    let mut tokens = parser.scan.into_tokens();
    let mut nodes = parser.nodes;
    match result {
        Ok(root) => Parsed { condition: Condition { nodes, root }, error: None, others: Vec::new(), tokens },
        Err(failure) => {
            // What stands right before the error may be a part of what was meant, unless `&&` or the like follows.
            let behind = text.get(failure.at as usize..).is_some_and(|rest| resume::link(rest).is_some());
            let whole = |node: &Node| behind || node.range.end < last.end;
            let mut others: Vec<Check> = nodes
                .iter()
                .filter(|node| whole(node))
                .filter_map(|node| match &node.kind {
                    NodeKind::Check(check) => Some((**check).clone()),
                    _ => None,
                })
                .collect();
            nodes.push(Node { kind: NodeKind::Error, range: TextRange::new(0, text.len() as u32) });
            let root = NodeId::new(nodes.len() - 1);
            let error = Some(Box::new(hint::explain(&failure, text, last, &tokens)));
            let (mut behind, mut words) = resume::resume(text, failure.at, dialect);
            others.append(&mut behind);
            tokens.append(&mut words);
            Parsed { condition: Condition { nodes, root }, error, others, tokens }
        }
    }
}

/// The transformer or field that starts at byte `at` of `text`, as far as it goes; text may follow. For a field that is the
/// name and, if one follows at once, the argument.
pub(crate) fn operand_at(text: &str, at: usize, dialect: Dialect) -> Option<Operand> {
    let mut parser = Parser { scan: Scanner::new(text, at, dialect), nodes: Vec::new() };
    parser.operand(0).ok().flatten()
}

struct Parser<'a> {
    scan: Scanner<'a>,
    nodes: Vec<Node>,
}

/// Boxed, since these functions call each other a thousand levels deep.
type Parse<T> = Result<T, Box<Failure>>;

impl Parser<'_> {
    fn fail<T>(&self, expected: Expected) -> Parse<T> {
        Err(Box::new(Failure { expected, at: self.scan.at(), open: None }))
    }

    fn fail_in<T>(&self, open: TextRange, expected: Expected) -> Parse<T> {
        Err(Box::new(Failure { expected, at: self.scan.at(), open: Some(open) }))
    }

    fn add(&mut self, kind: NodeKind, range: TextRange) -> NodeId {
        self.nodes.push(Node { kind, range });
        NodeId::new(self.nodes.len() - 1)
    }

    fn open(&mut self) -> Option<TextRange> {
        self.scan.word("(", TokenKind::Punctuation)
    }

    fn close(&mut self, open: TextRange) -> Parse<()> {
        match self.scan.word(")", TokenKind::Punctuation) {
            Some(_) => Ok(()),
            None => self.fail_in(open, Expected::Close),
        }
    }

    /// A comparison or the name of a macro; `depth` steps of the grammar are above it.
    fn check(&mut self, depth: u32) -> Parse<(NodeId, TextRange)> {
        if let Some(left) = self.operand(depth)? {
            self.scan.blanks();
            self.descend(depth, 1)?;
            let check = self.comparison(left, depth + 1)?;
            let range = check.range();
            return Ok((self.add(NodeKind::Check(Box::new(check)), range), range));
        }
        match self.scan.identifier(TokenKind::Macro) {
            Some(range) => {
                let name = range.slice(self.scan.text()).into();
                Ok((self.add(NodeKind::Macro(name), range), range))
            }
            None => self.fail(Expected::Check),
        }
    }

    /// As Falco does: gives up where the grammar is this many steps deep.
    fn descend(&self, depth: u32, steps: u32) -> Parse<u32> {
        let depth = depth + steps;
        if depth < MAX_DEPTH { Ok(depth) } else { self.fail(Expected::LessDepth) }
    }

    /// Operator and right side, once the left side is read.
    fn comparison(&mut self, left: Operand, depth: u32) -> Parse<Check> {
        let start = self.scan.mark();
        for &op in Operator::ALL {
            let Some(op_range) = self.scan.word(op.text(), TokenKind::Operator) else { continue };
            let blank = self.scan.blanks();
            if op.shape() == Shape::Text && op.is_word() && !blank {
                // `containsx` is not `contains`, but `inx` is `in x`: the list operators come later.
                self.scan.reset(start);
                continue;
            }
            let mut modifier = None;
            let right = match op.shape() {
                Shape::Alone => Right::Nothing,
                Shape::Number => self.number(depth)?,
                Shape::List => self.list_or_operand(depth)?,
                Shape::Text => match self.modified_list(blank)? {
                    Some((word, list)) => {
                        modifier = Some(word);
                        list
                    }
                    None => self.text_or_operand(depth)?,
                },
            };
            return Ok(Check { left, op, op_range, modifier, right });
        }
        self.fail(Expected::Operator)
    }

    fn number(&mut self, depth: u32) -> Parse<Right> {
        if let Some(operand) = self.right_operand(depth)? {
            return Ok(Right::Operand(operand));
        }
        match self.scan.number() {
            Some(range) => Ok(Right::Constant(self.written(range))),
            None => self.fail(Expected::Number),
        }
    }

    fn text_or_operand(&mut self, depth: u32) -> Parse<Right> {
        if let Some(operand) = self.right_operand(depth)? {
            return Ok(Right::Operand(operand));
        }
        match self.string()? {
            Some(constant) => Ok(Right::Constant(constant)),
            None => self.fail(Expected::Text),
        }
    }

    /// `oneof (…)` and its kind; `None` where the word is an ordinary text.
    fn modified_list(&mut self, after_blank: bool) -> Parse<Option<((Modifier, TextRange), Right)>> {
        let mark = self.scan.mark();
        for &modifier in Modifier::ALL {
            if !after_blank {
                break;
            }
            let Some(range) = self.scan.word(modifier.text(), TokenKind::Operator) else { continue };
            if self.scan.blanks()
                && let Some(list) = self.list_or_word(&["and", "or", "not"])?
            {
                return Ok(Some(((modifier, range), list)));
            }
            self.scan.reset(mark);
        }
        Ok(None)
    }

    fn list_or_operand(&mut self, depth: u32) -> Parse<Right> {
        if let Some(operand) = self.right_operand(depth)? {
            return Ok(Right::Operand(operand));
        }
        match self.list_or_word(&[])? {
            Some(list) => Ok(list),
            None => self.fail(Expected::List),
        }
    }

    /// A list in parentheses, or a word that stands for a list of itself.
    fn list_or_word(&mut self, except: &[&str]) -> Parse<Option<Right>> {
        if let Some(open) = self.open() {
            let constants = self.list(open)?;
            return Ok(Some(Right::List(constants, self.scan.range_from(open.start))));
        }
        let mark = self.scan.mark();
        let Some(range) = self.scan.identifier(TokenKind::Text) else { return Ok(None) };
        let constant = self.written(range);
        if except.contains(&constant.text().as_ref()) {
            self.scan.reset(mark);
            return Ok(None);
        }
        Ok(Some(Right::List(vec![constant], range)))
    }

    /// What follows the parenthesis of a list, with the closing one.
    fn list(&mut self, open: TextRange) -> Parse<Vec<Constant>> {
        let mut constants = Vec::new();
        self.scan.blanks();
        // A bad first element counts as an empty list, so that Falco asks for the parenthesis.
        if let Some(first) = self.string()? {
            constants.push(first);
            self.scan.blanks();
            while self.scan.word(",", TokenKind::Punctuation).is_some() {
                self.scan.blanks();
                match self.string()? {
                    Some(next) => constants.push(next),
                    None => return self.fail_in(open, Expected::Element),
                }
                self.scan.blanks();
            }
        }
        self.close(open)?;
        Ok(constants)
    }

    /// A quoted or bare text.
    fn string(&mut self) -> Parse<Option<Constant>> {
        if let Some(range) = self.scan.quoted(Some(TokenKind::Text)) {
            return self.unquoted(range).map(Some);
        }
        Ok(self.scan.bare(TokenKind::Text).map(|range| self.written(range)))
    }

    /// The constant of a text in quotes.
    fn unquoted(&self, range: TextRange) -> Parse<Constant> {
        match unquote(range.slice(self.scan.text()), range.start) {
            Ok(bytes) => Ok(Constant { bytes, range, quoted: true }),
            Err(EscapeError { at, falco }) => self.fail(Expected::Escape { at, falco }),
        }
    }

    /// The constant of a text as it is written.
    fn written(&self, range: TextRange) -> Constant {
        Constant { bytes: range.slice(self.scan.text()).as_bytes().into(), range, quoted: false }
    }
}

#[cfg(test)]
mod tests;
