//! The base rules: macros and lists with the names and meanings of Falco's own default rules, written for this
//! project. They load as an ordinary first file that the user can look at, replace or leave out.

/// The text of the file.
pub static BASE_RULES: &str = include_str!("data/base_rules.yaml");

/// The name under which it loads.
pub const BASE_RULES_NAME: &str = "base_rules.yaml";
