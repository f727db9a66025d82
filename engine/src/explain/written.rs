//! The user's own words for a part of a condition.

use crate::resolve::tree::Node;
use crate::text::Source;

/// Longest text that is taken from the file; a longer one is what it is after list expansion, which is on one line too.
const LONGEST: usize = 4_000;

/// A part as it stands in its file, on one line: with the names of lists and not their items.
pub(super) fn words(files: &[Source], node: &Node) -> String {
    let text = files.get(node.at.source.index()).map_or("", |file| node.at.span.slice(&file.text));
    if text.is_empty() || text.len() > LONGEST {
        return node.label.to_string();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
