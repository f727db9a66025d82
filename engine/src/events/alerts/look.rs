//! What lines and texts look like, before anything in them is read.

use crate::catalog::messages::logs as messages;
use crate::report::Priority;
use crate::text::{Message, Span};

/// Whether the bracket at `start` opens an array, and not the prefix of a line such as `[pod/falco]`. None if the text
/// ends too early.
pub(super) fn opens_array(text: &str, start: usize) -> Option<bool> {
    let rest = text.get(start + 1..)?.trim_start();
    rest.bytes().next().map(|byte| matches!(byte, b'{' | b'[' | b'"' | b']'))
}

/// Where the first object with a key begins.
pub(super) fn object_in(line: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + line.get(from..)?.find('{')?;
        let inside = line.get(at + 1..)?.trim_start();
        if inside.is_empty() || inside.starts_with(['"', '}']) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// Where an object begins in the middle of a text or a key of the broken record at `at`: two lines were written into one.
pub(super) fn object_after_cut(text: &str, at: Span) -> Option<usize> {
    let inside = at.slice(text).rfind("{\"").filter(|inside| *inside > 0)?;
    let before = at.slice(text).as_bytes().get(inside - 1)?;
    (!b":,[ \t\r\n\\".contains(before)).then_some(at.start as usize + inside)
}

/// `at` up to the end of its first line, and not more than people read.
pub(super) fn first_line(text: &str, at: Span) -> Span {
    let shown = at.slice(text).lines().next().unwrap_or("");
    let shown = shown.char_indices().nth(200).map_or(shown.len(), |(end, _)| end);
    Span::new(at.start, at.start + shown as u32)
}

/// What a line is in which no object is.
pub(super) fn without_json(line: &str) -> fn() -> Message {
    if is_text_alert(line) { messages::skipped_text_alert } else { messages::skipped_line }
}

/// Whether a line is an alert as Falco prints it without `json_output`: time, priority, text.
fn is_text_alert(line: &str) -> bool {
    let Some((time, rest)) = line.split_once(": ") else { return false };
    let time = time.rsplit(' ').next().unwrap_or("");
    let word = rest.split(' ').next().unwrap_or("");
    time.len() >= 8
        && time.starts_with(|c: char| c.is_ascii_digit())
        && time.contains(':')
        && Priority::ALL.iter().any(|priority| priority.name() == word)
}

/// Whether a text without JSON is a log of Falco: one of its first lines is an alert.
pub(super) fn is_text_log(text: &str) -> bool {
    text.lines().take(50).any(is_text_alert)
}
