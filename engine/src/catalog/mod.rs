//! What Falco knows, as tables without control flow.

pub mod codes;
pub mod messages;
pub mod operators;
pub mod transformers;
pub mod fields;
pub mod event_types;
pub mod field_key;
pub mod keys;
pub mod suggest;
pub mod placeholder;
pub mod schema;
pub mod scope;
pub mod dialect;
pub mod priorities;
pub mod attack;
mod base_rules;

pub use base_rules::{BASE_RULES, BASE_RULES_NAME};
pub use dialect::Dialect;
pub use event_types::EventTypes;
pub use field_key::{FieldKey, FieldProblem};
pub use fields::{Field, FieldId, FieldType, SYSCALL};
pub use scope::Scope;
