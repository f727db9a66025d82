//! Sentences about events.

use crate::text::messages;

messages! {}
