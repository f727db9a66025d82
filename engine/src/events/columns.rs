//! Columns while events are read: every distinct value once, found again by its text or by itself.

use super::raw::Raw;
use super::store::{self, Column, ColumnId};
use super::text_index::TextIndex;
use super::{text_index, typed};
use crate::catalog::FieldKey;
use crate::catalog::fields::TypeGroup;
use crate::text::Message;
use crate::value::Value;
use rustc_hash::FxHashMap;

/// A cell: 0 for no value, [`ABSENT`](super::store::ABSENT), else the position of the value plus one.
pub(super) type Cell = u32;

/// A column that is being filled.
pub(super) struct Filling {
    column: Column,
    /// Whether values are their own text, so that `by_text` finds all of them.
    is_text: bool,
    /// Of a column of texts: which values are where.
    texts: TextIndex,
    /// The hash of the text that was read last, and its cell.
    last: (u32, Cell),
    /// Of other columns: values by the whole number that was written, or by what was written. In a column of integers the
    /// number is the value.
    is_integer: bool,
    numbers: Numbers,
    by_text: FxHashMap<Box<str>, Cell>,
    by_value: FxHashMap<Value, Cell>,
}

/// All columns of a store that is being built.
#[derive(Default)]
pub(super) struct Columns {
    filling: Vec<Filling>,
    by_key: FxHashMap<FieldKey, ColumnId>,
}

impl Columns {
    /// The column of a field, made if it is new.
    pub(super) fn id(&mut self, key: &FieldKey) -> ColumnId {
        if let Some(id) = self.by_key.get(key) {
            return *id;
        }
        let id = ColumnId::new(self.filling.len());
        self.filling.push(Filling::of(Column { key: key.clone(), values: Vec::new() }));
        self.by_key.insert(key.clone(), id);
        id
    }

    /// Number of columns.
    pub(super) fn len(&self) -> usize {
        self.filling.len()
    }

    /// Number of distinct values of a column.
    pub(super) fn len_of(&self, id: ColumnId) -> usize {
        self.filling.get(id.index()).map_or(0, |filling| filling.column.values.len())
    }

    /// The value in a cell.
    pub(super) fn value(&self, id: ColumnId, cell: Cell) -> Option<&Value> {
        self.filling.get(id.index())?.column.value(store::Cell::Value(cell.checked_sub(1)?))
    }

    /// The cell of a written value.
    ///
    /// # Errors
    /// If the value does not fit the field.
    pub(super) fn read(&mut self, id: ColumnId, raw: &Raw<'_>) -> Result<Cell, Message> {
        let Some(filling) = self.filling.get_mut(id.index()) else { return Ok(0) };
        let text = raw.as_text();
        if filling.is_text
            && let Some(text) = text
        {
            return Ok(self.text(id, text));
        }
        if let Some(cell) = text.and_then(|text| filling.by_text.get(text)) {
            return Ok(*cell);
        }
        let Some(value) = typed::value(&filling.column.key, raw)? else { return Ok(0) };
        let cell = filling.cell(value);
        if let Some(text) = text {
            filling.by_text.insert(text.into(), cell);
        }
        Ok(cell)
    }

    /// The cell of a text in a column of texts, which costs nothing where the text is known.
    pub(super) fn text(&mut self, id: ColumnId, text: &str) -> Cell {
        let Some(filling) = self.filling.get_mut(id.index()) else { return 0 };
        let hash = text_index::hash(text);
        let (last_hash, last) = filling.last;
        if hash == last_hash && text_index::text_of(last, &filling.column.values) == Some(text) {
            return last;
        }
        let known = filling.texts.find(text, hash, &filling.column.values);
        let cell = known.unwrap_or_else(|| filling.push_text(text.into()));
        filling.last = (hash, cell);
        cell
    }

    /// The cell of a number that is written as `digits`.
    ///
    /// # Errors
    /// If the value does not fit the field.
    pub(super) fn number(&mut self, id: ColumnId, digits: &str) -> Result<Cell, Message> {
        let Ok(number) = digits.parse::<i64>() else { return self.read(id, &Raw::Number(digits)) };
        let Some(filling) = self.filling.get_mut(id.index()) else { return Ok(0) };
        if let Some(cell) = filling.numbers.get(number) {
            return Ok(cell);
        }
        let value = typed::value(&filling.column.key, &Raw::Number(digits))?;
        let cell = value.map_or(0, |value| filling.cell(value));
        if !filling.is_integer {
            filling.numbers.insert(number, cell);
        }
        Ok(cell)
    }

    /// The cell of a value.
    pub(super) fn cell(&mut self, id: ColumnId, value: Value) -> Cell {
        self.filling.get_mut(id.index()).map_or(0, |filling| filling.cell(value))
    }

    /// A new cell for a value that no other event is expected to share; not found again.
    pub(super) fn unshared(&mut self, id: ColumnId, value: Value) -> Cell {
        self.filling.get_mut(id.index()).map_or(0, |filling| filling.push(value))
    }

    /// The columns and their index.
    pub(super) fn finish(self) -> (Vec<Column>, FxHashMap<FieldKey, ColumnId>) {
        (self.filling.into_iter().map(Filling::finish).collect(), self.by_key)
    }
}

impl Filling {
    /// The column, to which more values are added.
    pub(super) fn of(column: Column) -> Self {
        let group = column.key.kind().group();
        let is_text =
            !column.key.info().list && matches!(group, TypeGroup::Text | TypeGroup::Bytes | TypeGroup::Other);
        let is_integer =
            !column.key.info().list && matches!(group, TypeGroup::Integer { .. } | TypeGroup::Port);
        let (mut texts, mut by_value) = (TextIndex::default(), FxHashMap::default());
        let mut numbers = Numbers::default();
        for (cell, value) in (1..).zip(&column.values) {
            match value {
                Value::Text(_) if is_text => texts.insert(cell, &column.values),
                value => match small(value).filter(|_| is_integer) {
                    Some(number) => numbers.insert(number, cell),
                    None => drop(by_value.insert(value.clone(), cell)),
                },
            }
        }
        Self {
            column,
            is_text,
            texts,
            last: (0, 0),
            is_integer,
            numbers,
            by_text: FxHashMap::default(),
            by_value,
        }
    }

    /// The finished column.
    pub(super) fn finish(self) -> Column {
        self.column
    }

    /// The cell of a text.
    pub(super) fn text_cell(&mut self, text: &str) -> Cell {
        match self.by_text.get(text) {
            Some(cell) => *cell,
            None => self.cell(Value::Text(text.into())),
        }
    }

    /// The cell of a list of texts.
    pub(super) fn list_cell<'a>(&mut self, texts: impl Iterator<Item = &'a str>) -> Cell {
        self.cell(Value::List(texts.map(|text| Value::Text(text.into())).collect()))
    }

    fn cell(&mut self, value: Value) -> Cell {
        if self.is_text
            && let Value::Text(text) = &value
        {
            if let Some(cell) = self.texts.find(text, text_index::hash(text), &self.column.values) {
                return cell;
            }
            let Value::Text(text) = value else { return 0 };
            return self.push_text(text);
        }
        if let Some(number) = small(&value).filter(|_| self.is_integer) {
            if let Some(cell) = self.numbers.get(number) {
                return cell;
            }
            let cell = self.push(value);
            self.numbers.insert(number, cell);
            return cell;
        }
        if let Some(cell) = self.by_value.get(&value) {
            return *cell;
        }
        let cell = self.push(value.clone());
        self.by_value.insert(value, cell);
        cell
    }

    fn push_text(&mut self, text: Box<str>) -> Cell {
        let cell = self.push(Value::Text(text));
        self.texts.insert(cell, &self.column.values);
        cell
    }

    fn push(&mut self, value: Value) -> Cell {
        self.column.values.push(value);
        self.column.values.len() as Cell
    }
}

/// The value as a number, if it is one as most are.
fn small(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => (*number).try_into().ok(),
        _ => None,
    }
}

/// Cells by whole numbers.
#[derive(Default)]
struct Numbers {
    /// Of small ones; 0 where there is none.
    small: Vec<Cell>,
    others: FxHashMap<i64, Cell>,
}

/// Process ids, ports and users mostly are below.
const SMALL: usize = 1 << 16;

impl Numbers {
    fn get(&self, number: i64) -> Option<Cell> {
        match usize::try_from(number) {
            Ok(small) if small < SMALL => self.small.get(small).copied().filter(|cell| *cell != 0),
            _ => self.others.get(&number).copied(),
        }
    }

    fn insert(&mut self, number: i64, cell: Cell) {
        match usize::try_from(number) {
            Ok(small) if small < SMALL => {
                if self.small.len() <= small {
                    self.small.resize(small + 1, 0);
                }
                if let Some(place) = self.small.get_mut(small) {
                    *place = cell;
                }
            }
            _ => drop(self.others.insert(number, cell)),
        }
    }
}
