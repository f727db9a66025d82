//! Changes of the columns of a table: the fields of an exception, how they are compared, and a value in every tuple for each.

use super::cell::Value;
use super::edit::Change;
use super::splice::{Changes, Splice};
use super::table::{Column, Exception};
use super::written::Part;
use crate::catalog::messages::tuning as say;
use crate::parse::quote::scalar;
use crate::resolve::compares_list;
use crate::text::Message;

impl Change<'_> {
    pub(super) fn add_column(&mut self, exception: usize, new: Column, typed: &str) -> Result<(), Message> {
        let table = self.exception(exception)?.clone();
        let many = Exception { single: false, ..table.clone() };
        let value = self.value(&many, &new, typed)?;
        let parts = self.parts(exception)?;
        if table.single {
            return self.add_second_column(exception, &parts, new, &value);
        }
        for (at, &part) in parts.iter().enumerate() {
            let splice = self.splice(part)?;
            let mut changes = Vec::new();
            if at == 0 {
                let (key, fields) = splice.yaml.entry(part.id, "fields").ok_or_else(say::gone)?;
                let more = splice.push(key, fields, &scalar(&new.field));
                changes.extend(more.ok_or_else(say::other_way)?);
                let mut comps: Vec<_> = table.columns.iter().map(|column| column.comp.as_str()).collect();
                comps.push(&new.comp);
                changes.extend(comps_with(splice, part, &comps, false).ok_or_else(say::other_way)?);
            }
            let values = self.written.of(part, "values");
            for &row in self.written.rows(part) {
                let more = splice.push(values.ok_or_else(say::gone)?, row, &value.yaml());
                changes.extend(more.ok_or_else(say::other_way)?);
            }
            self.put(part.item.file, Some(changes))?;
        }
        let table = self.exception_mut(exception)?;
        table.columns.push(new);
        table.tuples.iter_mut().for_each(|cells| cells.push(value.clone()));
        Ok(())
    }

    /// A single field and its values become lists.
    fn add_second_column(
        &mut self,
        exception: usize,
        parts: &[Part],
        new: Column,
        value: &Value,
    ) -> Result<(), Message> {
        let table = self.exception(exception)?;
        let first = table.columns.first().ok_or_else(say::gone)?.clone();
        let together = [" oneof", " allof"].iter().any(|word| first.comp.ends_with(word));
        if together && table.tuples.len() > 1 {
            return Err(say::all_at_once(first.comp));
        }
        // A text with a blank is one value only in a list of its own.
        let alone = |text: &str| text.contains(' ') && !text.starts_with(['"', '\'']);
        for (at, &part) in parts.iter().enumerate() {
            let splice = self.splice(part)?;
            let mut changes = Vec::new();
            if at == 0 {
                let (_, fields) = splice.yaml.entry(part.id, "fields").ok_or_else(say::gone)?;
                let columns = [&first.field, &new.field].map(|field| scalar(field));
                let written = format!("[{}]", columns.join(", "));
                changes.extend(splice.replace(fields, part.id, &written, false).ok_or_else(say::other_way)?);
                let comps = [first.comp.as_str(), new.comp.as_str()];
                changes.extend(comps_with(splice, part, &comps, true).ok_or_else(say::other_way)?);
            }
            let values = self.written.of(part, "values");
            for &row in self.written.rows(part) {
                let text = splice.yaml.scalar(row).ok_or_else(say::other_way)?;
                let own = splice.span(row).slice(splice.text);
                // A block scalar cannot stand in brackets.
                let own = if own.starts_with(['|', '>']) { scalar(text) } else { own.to_owned() };
                let own = if alone(text) { format!("[{own}]") } else { own };
                let written = format!("[{own}, {}]", value.yaml());
                let outer = values.ok_or_else(say::gone)?;
                changes.extend(splice.replace(row, outer, &written, false).ok_or_else(say::other_way)?);
            }
            self.put(part.item.file, Some(changes))?;
        }
        let table = self.exception_mut(exception)?;
        table.single = false;
        table.columns.push(new);
        for cells in &mut table.tuples {
            if let Some(Value::One(text)) =
                cells.first().filter(|cell| matches!(cell, Value::One(text) if alone(text)))
            {
                *cells = vec![Value::Many(vec![text.clone()])];
            }
            cells.push(value.clone());
        }
        Ok(())
    }

    pub(super) fn column(&mut self, exception: usize, place: usize, new: Column) -> Result<(), Message> {
        let part = *self.parts(exception)?.first().ok_or_else(say::gone)?;
        let table = self.exception(exception)?;
        let old = table.columns.get(place).ok_or_else(say::gone)?;
        let splice = self.splice(part)?;
        let mut changes = Vec::new();
        if old.field != new.field {
            let fields = self.written.of(part, "fields").ok_or_else(say::gone)?;
            let field = splice.yaml.sequence(fields).and_then(|fields| fields.get(place));
            let (node, outer) = field.map_or((fields, part.id), |field| (*field, fields));
            changes.extend(splice.replace(node, outer, &new.field, true).ok_or_else(say::other_way)?);
        }
        if old.comp != new.comp {
            let comps = self.written.of(part, "comps").filter(|comps| !splice.yaml.is_null(*comps));
            let comp = comps.and_then(|comps| Some((comps, *splice.yaml.sequence(comps)?.get(place)?)));
            let mut all: Vec<_> = table.columns.iter().map(|column| column.comp.as_str()).collect();
            if let Some(comp) = all.get_mut(place) {
                *comp = &new.comp;
            }
            let more = match (comps, comp) {
                (_, Some((comps, comp))) => splice.replace(comp, comps, &new.comp, true),
                (Some(comps), None) if table.single => splice.replace(comps, part.id, &new.comp, true),
                _ if table.single => {
                    let entry = format!("comps: {}", scalar(&new.comp));
                    splice.entry(part.id, Some("fields"), &entry, &entry)
                }
                _ => comps_with(splice, part, &all, true),
            };
            changes.extend(more.ok_or_else(say::other_way)?);
        }
        // A list is written otherwise than a text.
        let other_kind = compares_list(&old.comp) != compares_list(&new.comp);
        self.put(part.item.file, Some(changes))?;
        let table = self.exception_mut(exception)?;
        if let Some(column) = table.columns.get_mut(place) {
            *column = new;
        }
        if other_kind && !table.single {
            return self.reread(exception, place);
        }
        Ok(())
    }

    /// Writes the values of a column anew, because a list is compared otherwise than a text.
    fn reread(&mut self, exception: usize, column: usize) -> Result<(), Message> {
        let table = self.exception(exception)?.clone();
        let new = table.columns.get(column).ok_or_else(say::gone)?;
        for (tuple, cells) in table.tuples.iter().enumerate() {
            let typed = match cells.get(column) {
                Some(Value::Many(items)) if !compares_list(&new.comp) => match items.as_slice() {
                    [one] => one.clone(),
                    _ => return Err(say::unreadable_value(Value::Many(items.clone()).yaml(), &new.comp)),
                },
                Some(Value::One(text)) => text.clone(),
                _ => continue,
            };
            if self.value(&table, new, &typed).ok().as_ref() != cells.get(column) {
                self.cell(exception, tuple, column, &typed)?;
            }
        }
        Ok(())
    }

    pub(super) fn remove_column(&mut self, exception: usize, column: usize) -> Result<(), Message> {
        if self.exception(exception)?.columns.len() < 2 {
            return Err(say::last_column());
        }
        for (at, &part) in self.parts(exception)?.iter().enumerate() {
            let splice = self.splice(part)?;
            let mut changes = Vec::new();
            for key in ["fields", "comps"] {
                let Some((key, list)) = splice.yaml.entry(part.id, key).filter(|_| at == 0) else { continue };
                if splice.yaml.sequence(list).is_some_and(|items| !items.is_empty()) {
                    changes.extend(splice.remove(Some(key), list, column).ok_or_else(say::other_way)?);
                }
            }
            let values = self.written.of(part, "values");
            for &row in self.written.rows(part) {
                changes.extend(splice.remove(values, row, column).ok_or_else(say::other_way)?);
            }
            self.put(part.item.file, Some(changes))?;
        }
        let table = self.exception_mut(exception)?;
        table.columns.remove(column.min(table.columns.len() - 1));
        for cells in &mut table.tuples {
            cells.remove(column.min(cells.len().saturating_sub(1)));
        }
        Ok(())
    }
}

/// The comparisons of a part, written anew, changed, or left alone where all are what Falco takes if none are given.
fn comps_with(splice: Splice<'_>, part: Part, comps: &[&str], anew: bool) -> Option<Changes> {
    let written: Vec<_> = comps.iter().map(|comp| scalar(comp)).collect();
    let list = format!("[{}]", written.join(", "));
    match splice.yaml.entry(part.id, "comps") {
        Some((key, value)) if splice.yaml.sequence(value).is_some_and(|all| !all.is_empty()) && !anew => {
            splice.push(key, value, written.last()?)
        }
        Some((_, value)) if !splice.span(value).is_empty() => splice.replace(value, part.id, &list, false),
        Some(_) => None,
        None if comps.iter().all(|comp| *comp == "=") => Some(Vec::new()),
        None => {
            let entry = format!("comps: {list}");
            splice.entry(part.id, Some("fields"), &entry, &entry)
        }
    }
}
