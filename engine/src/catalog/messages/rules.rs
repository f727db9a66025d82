//! Sentences about rules.

use crate::text::messages;

messages! {}
