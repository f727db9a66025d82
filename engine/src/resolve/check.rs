//! Typed checks.

/// A comparison of a field with values.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Check {}
