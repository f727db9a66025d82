//! Changes of a table to changes of the files. Each changes the table and finds the places that must change with it; what comes of
//! that is tried before it is offered.

use super::Rules;
use super::apply;
use super::cell::{Comp, Value};
use super::part::New;
use super::splice::{Changes, Splice};
use super::table::{self, Column, Exception};
use super::written::{Item, Part, Written};
use crate::catalog::messages::tuning as say;
use crate::report::TableEdit;
use crate::resolve::Loaded;
use crate::resolve::ruleset::Rule;
use crate::text::{Edit, Loc, Message, SourceId, Span, sorted};

/// Edits of the files, and what the files say with them.
pub struct Edited {
    /// In order of file and place, not overlapping.
    pub edits: Vec<Edit>,
    /// The files, read again.
    pub loaded: Loaded,
}

/// The edits that bring about a change of the table of rule `rule`.
///
/// # Errors
/// Says why it cannot be made.
pub fn edit(rules: &Rules<'_>, rule: usize, edit: &TableEdit) -> Result<Edited, Message> {
    let found = rules.loaded.ruleset.rules.get(rule).ok_or_else(say::gone)?;
    let table = table::of(found).ok_or_else(|| say::rule_has_error(&found.name))?;
    let written = Written::read(rules.files).ok_or_else(say::other_way)?;
    let mut change = Change { rules, rule: found, written: &written, table, edits: Vec::new() };
    change.make(edit)?;
    let Change { table, edits, .. } = change;
    let crlf = |text: String, file: SourceId| match rules.files.get(file.index()) {
        Some(source) if source.text.contains("\r\n") => text.replace('\n', "\r\n"),
        _ => text,
    };
    let edits = edits.into_iter().map(|(at, insert)| Edit { at, insert: crlf(insert, at.source) }).collect();
    let edits: Vec<Edit> = sorted(edits, |edit: &Edit| edit.at.order());
    let loaded = apply::tried(rules, rule, &edits, table)?;
    Ok(Edited { edits, loaded })
}

/// A change that is being made.
pub(super) struct Change<'a> {
    pub(super) rules: &'a Rules<'a>,
    pub(super) rule: &'a Rule,
    pub(super) written: &'a Written<'a>,
    /// As it is to be.
    pub(super) table: Vec<Exception>,
    edits: Vec<(Loc, String)>,
}

impl Change<'_> {
    fn make(&mut self, edit: &TableEdit) -> Result<(), Message> {
        match edit {
            TableEdit::Cell { exception, tuple, column, text } => {
                self.cell(at(*exception), at(*tuple), at(*column), text)
            }
            TableEdit::AddTuple { exception, cells, file } => {
                self.add_tuple(at(*exception), cells, file.map(at))
            }
            TableEdit::RemoveTuple { exception, tuple } => self.remove_tuple(at(*exception), at(*tuple)),
            TableEdit::AddColumn { exception, field, comp, cell } => {
                self.add_column(at(*exception), column(field, comp)?, cell)
            }
            TableEdit::Column { exception, column: place, field, comp } => {
                self.column(at(*exception), at(*place), column(field, comp)?)
            }
            TableEdit::RemoveColumn { exception, column } => self.remove_column(at(*exception), at(*column)),
            TableEdit::Add { name, columns, cells, file } => self.add(name, columns, cells, file.map(at)),
            TableEdit::Rename { exception, name } => self.rename(at(*exception), name),
            TableEdit::Remove { exception } => self.remove(at(*exception)),
        }
    }

    pub(super) fn exception(&self, at: usize) -> Result<&Exception, Message> {
        self.table.get(at).ok_or_else(say::gone)
    }

    pub(super) fn exception_mut(&mut self, at: usize) -> Result<&mut Exception, Message> {
        self.table.get_mut(at).ok_or_else(say::gone)
    }

    /// Where an exception is written.
    pub(super) fn parts(&self, exception: usize) -> Result<Vec<Part>, Message> {
        self.written.exception(self.rule, exception).ok_or_else(|| say::rule_has_error(&self.rule.name))
    }

    /// Takes changes of a file in.
    pub(super) fn put(&mut self, file: usize, changes: Option<Changes>) -> Result<(), Message> {
        if file < self.rules.locked {
            let name = self.rules.files.get(file).map_or("", |file| &file.name);
            return Err(say::read_only(name));
        }
        let place = |span: Span| Loc::new(SourceId::new(file), span);
        let changes = changes.ok_or_else(say::other_way)?;
        self.edits.extend(changes.into_iter().map(|(span, insert)| (place(span), insert)));
        Ok(())
    }

    pub(super) fn splice(&self, part: Part) -> Result<Splice<'_>, Message> {
        self.written.splice(part.item.file).ok_or_else(say::gone)
    }

    /// Reads what was typed for a column.
    pub(super) fn value(
        &self,
        exception: &Exception,
        column: &Column,
        typed: &str,
    ) -> Result<Value, Message> {
        let comp = Comp { text: &column.comp, single: exception.single, dialect: self.rules.dialect };
        Value::read(typed, &comp)
    }

    /// A tuple as typed; its values, and how it is written.
    pub(super) fn tuple(
        &self,
        exception: &Exception,
        cells: &[String],
    ) -> Result<(Vec<Value>, String), Message> {
        if cells.len() != exception.columns.len() {
            return Err(say::empty_value());
        }
        let columns = exception.columns.iter().zip(cells);
        let values = columns.map(|(column, typed)| self.value(exception, column, typed));
        let values = values.collect::<Result<Vec<_>, _>>()?;
        let written: Vec<_> = values.iter().map(Value::yaml).collect();
        let written = if exception.single { written.join("") } else { format!("[{}]", written.join(", ")) };
        Ok((values, written))
    }

    pub(super) fn cell(
        &mut self,
        exception: usize,
        tuple: usize,
        column: usize,
        typed: &str,
    ) -> Result<(), Message> {
        let table = self.exception(exception)?;
        let value = self.value(table, table.columns.get(column).ok_or_else(say::gone)?, typed)?;
        let parts = self.parts(exception)?;
        let (part, row) = self.written.tuple(&parts, tuple).ok_or_else(say::gone)?;
        let splice = self.splice(part)?;
        let values = self.written.of(part, "values").ok_or_else(say::gone)?;
        let row = *self.written.rows(part).get(row).ok_or_else(say::gone)?;
        let (node, outer) = if table.single {
            (row, values)
        } else {
            (*splice.yaml.sequence(row).and_then(|cells| cells.get(column)).ok_or_else(say::gone)?, row)
        };
        let changes = match &value {
            Value::One(text) => splice.replace(node, outer, text, true),
            many @ Value::Many(_) => splice.replace(node, outer, &many.yaml(), false),
        };
        self.put(part.item.file, changes)?;
        let cells = self.exception_mut(exception)?.tuples.get_mut(tuple);
        *cells.and_then(|cells| cells.get_mut(column)).ok_or_else(say::gone)? = value;
        Ok(())
    }

    fn add_tuple(&mut self, exception: usize, cells: &[String], file: Option<usize>) -> Result<(), Message> {
        let (values, tuple) = self.tuple(self.exception(exception)?, cells)?;
        let parts = self.parts(exception)?;
        let own = parts.iter().find(|part| part.item.file >= self.rules.locked);
        let (file, part) = match file {
            None => match own {
                Some(part) => (part.item.file, Some(*part)),
                None => (self.last_own_file()?, None),
            },
            Some(file) => {
                let in_file = |part: &&Part| part.item.file == file && self.written.appends(part.item);
                (file, parts.iter().find(in_file).copied())
            }
        };
        let name = self.exception(exception)?.name.clone();
        let new = New { name: &name, columns: &[], tuple: &tuple };
        let changes = match part {
            Some(part) => {
                let splice = self.splice(part)?;
                if let Some((key, values)) = splice.yaml.entry(part.id, "values") {
                    splice.push(key, values, &tuple)
                } else {
                    let (block, flow) = (format!("values:\n  - {tuple}"), format!("values: [{tuple}]"));
                    splice.entry(part.id, None, &block, &flow)
                }
            }
            None => self.appended(file, &new),
        };
        self.put(file, changes)?;
        self.exception_mut(exception)?.tuples.push(values);
        Ok(())
    }

    /// Writes an exception as one that is appended to the rule, in `file`.
    pub(super) fn appended(&self, file: usize, new: &New<'_>) -> Option<Changes> {
        let fits = |item: &Item| {
            item.file == file
                && self.written.appends(*item)
                && self.written.value(*item, "exceptions").is_some()
                && self.written.parts(*item).iter().all(|part| self.written.name(*part) != Some(new.name))
        };
        match self.written.items(&self.rule.name).into_iter().rfind(fits) {
            Some(item) => self.written.add_to(item, new),
            None => self.written.append_item(file, &self.rule.name, new),
        }
    }

    pub(super) fn last_own_file(&self) -> Result<usize, Message> {
        let last = self.rules.files.len().checked_sub(1);
        last.filter(|last| *last >= self.rules.locked).ok_or_else(say::no_own_file)
    }

    fn remove_tuple(&mut self, exception: usize, tuple: usize) -> Result<(), Message> {
        let parts = self.parts(exception)?;
        let (part, row) = self.written.tuple(&parts, tuple).ok_or_else(say::gone)?;
        let last = self.written.rows(part).len() == 1;
        if last && self.written.appends(part.item) {
            // As Falco does: what is appended must have values.
            if parts.len() == 1 {
                return self.remove(exception);
            }
            self.remove_part(part)?;
        } else {
            let splice = self.splice(part)?;
            let (key, values) = splice.yaml.entry(part.id, "values").ok_or_else(say::gone)?;
            let changes = splice.remove(Some(key), values, row);
            self.put(part.item.file, changes)?;
        }
        let tuples = &mut self.exception_mut(exception)?.tuples;
        if tuple < tuples.len() {
            tuples.remove(tuple);
        }
        Ok(())
    }
}

fn at(position: u32) -> usize {
    position as usize
}

/// A column as typed.
pub(super) fn column(field: &str, comp: &str) -> Result<Column, Message> {
    let (field, comp) = (field.trim(), comp.trim());
    if field.is_empty() || comp.is_empty() {
        return Err(say::empty_value());
    }
    Ok(Column { field: field.to_owned(), comp: comp.to_owned() })
}
