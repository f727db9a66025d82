//! Items to the ruleset, in Falco's order: collect, exceptions, lists, macros, types.

mod definitions;
mod decode;
mod collect;
mod override_keys;
mod versions;
mod rule_item;
mod repeated_rule;
mod exception_item;
mod exceptions;
mod negated_exception;
mod lists;
mod macros;
mod syntax;
mod order;
mod schema;
mod trees;
mod alert;
mod rules;
mod select;
mod load;
mod used_fields;
pub mod check;
pub mod types;
pub mod output;
pub mod event_types;
pub mod ruleset;
pub mod describe;
pub mod tree;

pub use collect::{is_list_name, is_macro_name};
pub use exception_item::compares_list;
pub use load::{FalcoFile, Loaded, LoadedFile, falco_load, falco_load_with, load, load_with};
pub use schema::MAX_FAILURES;
pub use trees::MAX_NODES;
pub use used_fields::used_fields;
pub use versions::ENGINE_VERSION;
