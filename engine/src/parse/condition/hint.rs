//! Syntax errors in our own words.

use super::error::{Expected, Failure, Position, SyntaxError};
use crate::catalog::{codes, messages::conditions as say};
use crate::report::TokenKind;
use crate::text::TextRange;

/// Says what is wrong and what is probably meant.
pub(super) fn explain(
    failure: &Failure,
    text: &str,
    last: TextRange,
    _tokens: &[(TextRange, TokenKind)],
) -> SyntaxError {
    let at = if let Expected::Escape { at, .. } = &failure.expected {
        *at
    } else {
        let rest = text.get(failure.at as usize..).unwrap_or("");
        let next = rest.chars().next().map_or(0, char::len_utf8);
        failure.open.unwrap_or(TextRange::new(failure.at, failure.at + next as u32))
    };
    let falco = failure.expected.falco(last.slice(text));
    SyntaxError {
        code: &codes::CONDITION_SYNTAX,
        at,
        position: Position::of(text, failure.at),
        message: say::syntax(falco.clone()),
        falco,
        notes: Vec::new(),
        suggestion: None,
    }
}
