//! What leaves as a file.

use serde::{Deserialize, Serialize};

/// What is exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ExportForm {
    /// The events in field form, as YAML.
    #[default]
    Events,
    /// The alerts that the rules raise, as Falco prints them with `json_output: true`.
    Alerts,
    /// The same as a table of comma-separated values.
    Csv,
}

/// An export.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// What it is.
    pub form: ExportForm,
    /// The file.
    pub text: String,
    /// Number of events or alerts in it.
    pub count: u32,
    /// Number of alerts that were left out because the event does not say enough to tell whether they are raised.
    pub undecided: u32,
}
