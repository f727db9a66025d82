//! Exceptions as a whole: added, renamed, removed.

use super::edit::{Change, column};
use super::part::New;
use super::table::{Column, Exception};
use super::written::Part;
use crate::catalog::messages::tuning as say;
use crate::text::Message;

impl Change<'_> {
    pub(super) fn add(
        &mut self,
        name: &str,
        columns: &[(String, String)],
        cells: &[String],
        file: Option<usize>,
    ) -> Result<(), Message> {
        let name = self.free_name(name)?;
        let columns: Vec<Column> =
            columns.iter().map(|(field, comp)| column(field, comp)).collect::<Result<_, _>>()?;
        if columns.is_empty() {
            return Err(say::empty_value());
        }
        let mut exception = Exception { name, single: false, columns, tuples: Vec::new() };
        let (values, tuple) = self.tuple(&exception, cells)?;
        let new = New { name: &exception.name, columns: &exception.columns, tuple: &tuple };
        let definition = self.written.definition(self.rule).ok_or_else(say::other_way)?;
        let file = match file {
            None if definition.file < self.rules.locked => Some(self.last_own_file()?),
            file => file,
        };
        let (file, changes) = match file {
            None => (definition.file, self.written.add_to(definition, &new)),
            Some(file) => (file, self.appended(file, &new)),
        };
        self.put(file, changes)?;
        exception.tuples.push(values);
        self.table.push(exception);
        Ok(())
    }

    fn free_name(&self, name: &str) -> Result<String, Message> {
        let name = name.trim();
        if name.is_empty() {
            return Err(say::empty_value());
        }
        if self.table.iter().any(|exception| exception.name == name) {
            return Err(say::name_taken(name));
        }
        Ok(name.to_owned())
    }

    pub(super) fn rename(&mut self, exception: usize, name: &str) -> Result<(), Message> {
        let name = self.free_name(name)?;
        for part in self.parts(exception)? {
            let splice = self.splice(part)?;
            let node = self.written.of(part, "name").ok_or_else(say::gone)?;
            let changes = splice.replace(node, part.id, &name, true);
            self.put(part.item.file, changes)?;
        }
        self.exception_mut(exception)?.name = name;
        Ok(())
    }

    pub(super) fn remove(&mut self, exception: usize) -> Result<(), Message> {
        for part in self.parts(exception)? {
            self.remove_part(part)?;
        }
        if exception < self.table.len() {
            self.table.remove(exception);
        }
        Ok(())
    }

    /// Takes a part out of its item, and the item out of its file where it says nothing else.
    pub(super) fn remove_part(&mut self, part: Part) -> Result<(), Message> {
        let item = part.item;
        let splice = self.splice(part)?;
        let (key, list) = splice.yaml.entry(item.id, "exceptions").ok_or_else(say::gone)?;
        let all = splice.yaml.sequence(list).unwrap_or_default();
        let position = |all: &[_], id| all.iter().position(|other| *other == id);
        let changes = if all.len() > 1 {
            position(all, part.id).and_then(|at| splice.remove(Some(key), list, at))
        } else if self.written.appends(item) {
            let known = ["rule", "exceptions", "append", "override"];
            let keys = splice.yaml.mapping(item.id).unwrap_or_default().iter();
            let only = keys
                .clone()
                .all(|(key, _)| splice.yaml.key_text(*key).is_some_and(|key| known.contains(&key)));
            let others = splice.yaml.entry(item.id, "override").and_then(|(_, id)| splice.yaml.mapping(id));
            if only && others.is_none_or(|entries| entries.len() == 1) {
                let roots = splice.yaml.sequence(item.root).unwrap_or_default();
                position(roots, item.id).and_then(|at| splice.remove(None, item.root, at))
            } else {
                splice.remove(Some(key), list, 0)
            }
        } else {
            splice.remove_entry(key, list)
        };
        self.put(item.file, changes)
    }
}
