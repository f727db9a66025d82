//! Comments that silence a lint: `# mews-ignore: CODE, CODE`. At the end of a line it counts for that line, on the lines
//! right above an item (a rule, macro or list) for the whole item. Errors and what Falco itself says cannot be silenced.

use super::{codes, starts_item};
use crate::text::{Diagnostic, Source};

/// What begins such a comment.
const WORD: &str = "mews-ignore:";

/// Drops what a comment silences.
pub(super) fn drop_silenced(files: &[Source], problems: &mut Vec<Diagnostic>) {
    // Most files have no such comment, and need no search for each of many problems.
    let with_comments: Vec<Option<&Source>> =
        files.iter().map(|file| Some(file).filter(|file| file.text.contains(WORD))).collect();
    problems.retain(|problem| {
        let file = with_comments.get(problem.at.source.index()).copied().flatten();
        file.is_none_or(|file| !is_silenced(file, problem))
    });
}

fn is_silenced(file: &Source, problem: &Diagnostic) -> bool {
    let name = problem.code.name;
    if !codes().any(|code| code.name == name) {
        return false;
    }
    let Some(before) = file.text.get(..problem.at.span.start as usize) else { return false };
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = file.text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    if names(line, name) {
        return true;
    }
    let mut lines = before.get(..line_start).unwrap_or_default().lines().rev();
    if !starts_item(line) && !lines.by_ref().any(starts_item) {
        return false;
    }
    lines.take_while(|line| line.trim_start().starts_with('#')).any(|line| names(line, name))
}

/// Whether the line's comment names the code.
fn names(line: &str, code: &str) -> bool {
    let comment = line.rsplit_once('#').and_then(|(_, comment)| comment.trim().strip_prefix(WORD));
    comment.is_some_and(|list| list.split([',', ' ']).any(|word| word.trim() == code))
}
