//! The regions of the page. They show what the state holds and call `actions`; they compute nothing that the engine
//! knows.

mod builder;
pub(crate) mod chip;
mod code_page;
mod except;
mod exception_forms;
mod exception_rows;
mod exceptions;
pub(crate) mod details;
pub(crate) mod events;
mod events_file;
pub(crate) mod files;
pub(crate) mod filter;
mod giving;
mod grid;
mod grid_draw;
mod grid_window;
pub(crate) mod header;
pub(crate) mod help;
pub(crate) mod loading;
mod log_view;
mod names;
pub(crate) mod notice;
pub(crate) mod problems;
mod redaction;
pub(crate) mod reference;
pub(crate) mod regions;
mod rule_view;
mod rules;
mod scene;
pub(crate) mod status;
mod timeline;
mod times;
mod tuning;
pub(crate) mod why;
mod why_rows;
