//! The exceptions of a rule as what they mean, without places: what an edit is checked against.

use super::cell::Value;
use crate::resolve::ruleset::{Rule, RuleException};
use crate::text::sort_by;

/// An exception.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Exception {
    pub(super) name: String,
    pub(super) single: bool,
    pub(super) columns: Vec<Column>,
    pub(super) tuples: Vec<Vec<Value>>,
}

/// A field and how it is compared.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Column {
    pub(super) field: String,
    pub(super) comp: String,
}

/// The exceptions of a rule; `None` where one of them cannot be shown as a table.
pub(super) fn of(rule: &Rule) -> Option<Vec<Exception>> {
    rule.exceptions.iter().map(exception).collect()
}

fn exception(exception: &RuleException) -> Option<Exception> {
    let (fields, comps) = (&exception.fields, &exception.comps);
    let sound = !fields.is_empty() && fields.len() == comps.len();
    let tuple = |cells: &[crate::resolve::ruleset::Cell]| {
        (cells.len() == fields.len()).then(|| cells.iter().map(Value::of).collect())
    };
    let columns = fields.iter().zip(comps);
    sound.then_some(())?;
    Some(Exception {
        name: exception.name.clone(),
        single: exception.single,
        columns: columns
            .map(|(field, comp)| Column { field: field.as_str().to_owned(), comp: comp.to_string() })
            .collect(),
        tuples: exception.tuples.iter().map(|one| tuple(&one.cells)).collect::<Option<_>>()?,
    })
}

/// The same in an order that does not depend on where things are written.
pub(super) fn sorted(mut table: Vec<Exception>) -> Vec<Exception> {
    for exception in &mut table {
        sort_by(&mut exception.tuples, Ord::cmp);
    }
    sort_by(&mut table, Ord::cmp);
    table
}
