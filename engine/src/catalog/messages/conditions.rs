//! Sentences about conditions.

use crate::text::messages;

messages! {
    /// A syntax error without a better sentence.
    syntax(falco): "syntax error: {0}", "構文エラー: {0}";
}
