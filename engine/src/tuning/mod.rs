//! Changes of rules that keep alerts away: exceptions as tables that are edited, and tuples that are proposed for
//! an event; and fields that alerts are to tell.
//!
//! What leaves this folder are edits of the rules files. Each was tried: the files were read again with it, and they say what
//! the table says and nothing else.

pub mod cell;
mod table;
mod written;
mod splice;
mod part;
mod apply;
mod edit;
mod column;
mod whole;
mod candidates;
mod suggest;
mod print;

pub use edit::{Edited, edit};
pub use print::print;
pub use suggest::{Asked, suggest};

use crate::catalog::Dialect;
use crate::config::Config;
use crate::resolve::Loaded;
use crate::text::Source;

/// The rules that are changed.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// The files, in load order.
    pub files: &'a [Source],
    /// In which they are read.
    pub dialect: Dialect,
    /// The configuration.
    pub config: &'a Config,
    /// What they say.
    pub loaded: &'a Loaded,
    /// Files before this position are read-only.
    pub locked: usize,
}
