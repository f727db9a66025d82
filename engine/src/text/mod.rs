//! Text, places in it, and messages about it. Knows nothing of Falco.

mod diagnostic;
mod falco;
mod id;
mod lines;
mod message;
mod order;
mod provenance;
mod source;
mod span;

pub use diagnostic::{Applicability, Code, Diagnostic, Edit, Fix, Label, Severity};
pub use falco::{FalcoExpression, FalcoMessage, FalcoPlace};
pub(crate) use id::define_id;
pub use lines::Lines;
pub use message::{Lang, Message, Sentence, fill};
pub use order::{SortedMap, distinct, insert, sort_by, sorted};
pub use provenance::{Origin, Piece, Text};
pub use source::{LineColumn, LineIndex, Source};
pub use span::{Loc, SourceId, Span, TextRange};
