//! The value of a field of an alert as a cell of its column.

use super::super::build::Builder;
use super::super::columns::Cell;
use super::super::json;
use super::super::raw::Raw;
use super::super::store::{ABSENT, ColumnId};
use super::scan::Value as Written;
use crate::catalog::messages::logs as messages;
use crate::text::Message;
use crate::value::Value;
use std::borrow::Cow;

/// What Falco prints for a missing value.
pub(super) const MISSING: &str = "<NA>";

/// How values of a column are read.
#[derive(Clone, Copy)]
pub(super) enum Read {
    Text,
    /// Hexadecimal digits in quotes.
    Hex,
    /// Bytes that were not printable became dots.
    Bytes,
    List,
    Typed,
}

/// The cell of a value; [`ABSENT`] for none.
pub(super) fn cell(
    builder: &mut Builder,
    column: ColumnId,
    read: Read,
    value: Written,
    text: &str,
) -> Result<Cell, Message> {
    let columns = &mut builder.columns;
    let raw = match value {
        Written::Null(_) => return Ok(ABSENT),
        Written::Text(token) => {
            let owned;
            let written = if token.escaped {
                owned = token.text(text).unwrap_or_default();
                owned.as_ref()
            } else {
                token.at.slice(text)
            };
            if written == MISSING {
                return Ok(ABSENT);
            }
            match read {
                Read::Text => return Ok(columns.text(column, written)),
                Read::Bytes if written.contains('.') => return Err(messages::dots_for_bytes()),
                Read::Hex => {
                    return match i128::from_str_radix(written, 16) {
                        Ok(number) => Ok(columns.cell(column, Value::Integer(number))),
                        Err(_) => Err(messages::not_hexadecimal(written)),
                    };
                }
                Read::List if written.starts_with('(') && written.ends_with(')') => {
                    // As Falco printed lists before there were arrays.
                    let inside = written.trim_matches(['(', ')']);
                    let items = inside.split(',').filter(|item| !item.is_empty());
                    let items = items.map(|item| Raw::Text(Cow::Borrowed(item))).collect();
                    return columns.read(column, &Raw::List(items));
                }
                Read::Bytes | Read::List | Read::Typed => {
                    return columns.read(column, &Raw::Text(Cow::Borrowed(written)));
                }
            }
        }
        Written::Number(at) | Written::Bool(at) if matches!(read, Read::Text) => {
            return Ok(columns.text(column, at.slice(text)));
        }
        Written::Number(at) => return columns.number(column, at.slice(text)),
        Written::Bool(at) => Raw::Bool(at.slice(text) == "true"),
        Written::List(at) => json::value(at.slice(text)).unwrap_or(Raw::Map),
        Written::Object(_) => Raw::Map,
    };
    columns.read(column, &raw)
}
