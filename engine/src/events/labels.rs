//! Single labels from the text of all: `k8s.pod.labels: app:web,tier:front` has `k8s.pod.label[app]`.

use super::columns::{Cell, Columns};
use super::store::{ABSENT, ColumnId};
use crate::catalog::FieldKey;
use crate::value::Value;

/// The fields with all labels, and those with one.
const FAMILIES: [(&str, &str); 2] =
    [("k8s.pod.labels", "k8s.pod.label"), ("container.labels", "container.label")];

/// The columns with all labels, and what is known about their values.
pub(super) struct Labels(Vec<Family>);

struct Family {
    all: ColumnId,
    one: FieldKey,
    /// By cell of `all`: the single labels, once they were needed.
    known: Vec<Option<Vec<(ColumnId, Cell)>>>,
}

impl Labels {
    pub(super) fn new(columns: &mut Columns) -> Self {
        let family = |(all, one): (&str, &str)| {
            Some(Family {
                all: columns.id(&FieldKey::named(all)?),
                one: FieldKey::named(one)?,
                known: Vec::new(),
            })
        };
        Self(FAMILIES.into_iter().filter_map(family).collect())
    }

    /// Fills the label fields of an event that are empty; `cells` grows with the columns.
    pub(super) fn fill(&mut self, columns: &mut Columns, cells: &mut Vec<Cell>, touched: &mut Vec<ColumnId>) {
        for family in &mut self.0 {
            let cell = cells.get(family.all.index()).copied().unwrap_or(0);
            if cell == 0 || cell == ABSENT {
                continue;
            }
            let at = cell as usize;
            if family.known.len() <= at {
                family.known.resize(at + 1, None);
            }
            let Some(known) = family.known.get_mut(at) else { continue };
            let labels = known.get_or_insert_with(|| split(columns, family.all, cell, &family.one));
            cells.resize(columns.len(), 0);
            for &(column, label) in labels.iter() {
                if let Some(place) = cells.get_mut(column.index()).filter(|place| **place == 0) {
                    *place = label;
                    touched.push(column);
                }
            }
        }
    }
}

fn split(columns: &mut Columns, all: ColumnId, cell: Cell, one: &FieldKey) -> Vec<(ColumnId, Cell)> {
    let Some(Value::Text(text)) = columns.value(all, cell) else { return Vec::new() };
    let labels: Vec<(Box<str>, Box<str>)> = text
        .split(',')
        .filter_map(|label| label.trim().split_once(':'))
        .map(|(name, value)| (name.into(), value.trim().into()))
        .collect();
    labels
        .into_iter()
        .map(|(name, value)| {
            let column = columns.id(&one.with_arg(name));
            (column, columns.cell(column, Value::Text(value)))
        })
        .collect()
}
