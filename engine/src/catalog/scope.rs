//! Where the name of a field is looked up: an event source, the dialect of the rules, and the static fields that the
//! configuration adds.

use super::dialect::Dialect;
use super::fields;
use super::suggest::closest;

/// What the names of static fields begin with.
pub const STATIC: &str = "static.";

/// An event source, a dialect and the static fields. An event source alone is a scope of Falco's own language without static
/// fields.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The event source.
    pub source: &'a str,
    /// The dialect.
    pub dialect: Dialect,
    /// Names of static fields, such as `static.cluster`.
    pub statics: &'a [Box<str>],
}

impl<'a> From<&'a str> for Scope<'a> {
    fn from(source: &'a str) -> Self {
        Self { source, dialect: Dialect::Falco, statics: &[] }
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

    /// Whether the configuration adds the static field `name`.
    pub fn has_static(self, name: &str) -> bool {
        self.statics.iter().any(|known| **known == *name)
    }

    /// The field that is probably meant by `name`.
    pub fn closest(self, name: &str) -> Option<&'a str> {
        let statics = self.statics.iter().map(|name| &**name);
        closest(name, statics.chain(fields::names(self.source).map(|name| -> &'a str { name })))
    }
}
