//! Every sentence that the engine says, in English and Japanese, one file per stage.

pub mod audit;
pub mod conditions;
pub mod config;
pub mod course;
pub mod editor;
pub mod events;
pub mod logs;
pub mod explain;
pub mod items;
pub mod lints;
pub mod outputs;
pub mod rules;
pub mod tuning;
