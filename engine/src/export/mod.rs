//! What leaves as a file: the events in field form, and the alerts that rules raise, as JSON lines or as a table. One line or
//! event at a time, so that a large log needs no second copy; who asks puts them together. What an alert says belongs
//! to `evaluate`.

mod alerts;
mod csv;

pub use alerts::{Raised, Raising};
pub use csv::Table;

use crate::report::{EventSet, Export, ExportForm};

/// What exports are made of.
pub struct Exported<'a> {
    /// The events, read with places.
    pub store: &'a crate::events::EventStore,
    /// Texts of the events files.
    pub texts: &'a [&'a str],
    /// The rules and what they say.
    pub raising: Raising<'a>,
    /// The events that count; all without it.
    pub only: Option<&'a EventSet>,
}

impl Exported<'_> {
    /// Writes all of it, piece by piece, to `out`. Returns how much that is; the text is left empty.
    ///
    /// # Errors
    /// What `out` returns.
    pub fn write<E>(
        &self,
        form: ExportForm,
        out: &mut dyn FnMut(&str) -> Result<(), E>,
    ) -> Result<Export, E> {
        let mut done = Export { form, ..Export::default() };
        if form == ExportForm::Events {
            for index in self.events().map(|index| index as usize) {
                let file = self.store.info(index).map_or(0, |info| info.file as usize);
                let text = self.texts.get(file).copied().unwrap_or("");
                out(&crate::events::item(self.store, index, text, true))?;
                done.count += 1;
            }
            return Ok(done);
        }
        let table = (form == ExportForm::Csv).then(|| Table::of(&self.raising, self.events()));
        if let Some(table) = &table {
            out(&table.header())?;
        }
        for index in self.events() {
            for raised in self.raising.of(index) {
                if !raised.certain {
                    done.undecided += 1;
                    continue;
                }
                let line = match &table {
                    Some(table) => table.row(&self.raising, &raised),
                    None => self.raising.json(&raised),
                };
                out(&line)?;
                done.count += 1;
            }
        }
        Ok(done)
    }

    fn events(&self) -> impl Iterator<Item = u32> {
        let counts = |event: &u32| self.only.is_none_or(|only| only.contains(*event));
        (0..self.store.len() as u32).filter(counts)
    }
}
