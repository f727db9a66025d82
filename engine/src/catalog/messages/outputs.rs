//! Sentences about outputs.

use crate::text::messages;

messages! {}
