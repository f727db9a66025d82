//! Where the name of a field is looked up: an event source, and the dialect of the rules.

use super::dialect::Dialect;
use super::fields;
use super::suggest::closest;

/// An event source and a dialect. An event source alone is a scope of Falco's own language.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The event source.
    pub source: &'a str,
    /// The dialect.
    pub dialect: Dialect,
}

impl<'a> From<&'a str> for Scope<'a> {
    fn from(source: &'a str) -> Self {
        Self { source, dialect: Dialect::Falco }
    }
}

impl<'a> From<&'a String> for Scope<'a> {
    fn from(source: &'a String) -> Self {
        source.as_str().into()
    }
}

impl<'a> Scope<'a> {
    /// The same as Falco sees it.
    #[must_use]
    pub fn in_falco(self) -> Self {
        Self { dialect: Dialect::Falco, ..self }
    }

    /// Whether the rules are in the dialect of the course.
    pub fn is_course(self) -> bool {
        self.dialect == Dialect::Course
    }

    /// The field that is probably meant by `name`.
    pub fn closest(self, name: &str) -> Option<&'a str> {
        closest(name, fields::names(self.source))
    }
}
