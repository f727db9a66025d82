//! Sentences about conditions.

use crate::text::messages;

messages! {}
