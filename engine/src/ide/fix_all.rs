//! All safe fixes of a file: those that stand apart at once, then those that are left, until nothing is.

use super::{Workspace, edited};
use crate::lint;
use crate::report::editor::FixAll;
use crate::text::{Applicability, Diagnostic, Fix, Source, Span, sorted};

/// Rounds after which it is enough: each makes at least one fix, and few fixes bring another.
const MAX_ROUNDS: usize = 20;

/// The file after its safe fixes.
pub fn fix_all(workspace: &Workspace<'_>, file: u32) -> FixAll {
    let mut files = workspace.files.to_vec();
    let mut made = 0;
    for _ in 0..MAX_ROUNDS {
        let (edits, count) = round(workspace, &files, file);
        let Some(source) = files.get_mut(file as usize).filter(|_| count > 0) else { break };
        source.text = edited(&source.text, &edits);
        made += count;
    }
    FixAll { text: files.get(file as usize).map(|file| file.text.clone()).unwrap_or_default(), fixes: made }
}

/// The first safe fix of every problem, but for those that touch an earlier one.
fn round(workspace: &Workspace<'_>, files: &[Source], file: u32) -> (Vec<(Span, String)>, u32) {
    let loaded = lint::load_with(files, workspace.dialect, workspace.config);
    let mut made: Vec<(Span, String)> = Vec::new();
    let mut count = 0;
    for fix in loaded.diagnostics.iter().filter_map(|problem| safe(problem, file)) {
        let touches = |(a, _): &(Span, String), b: Span| a.start <= b.end && b.start <= a.end;
        if !fix.edits.iter().any(|edit| made.iter().any(|other| touches(other, edit.at.span))) {
            made.extend(fix.edits.iter().map(|edit| (edit.at.span, edit.insert.clone())));
            count += 1;
        }
    }
    (sorted(made, |(span, _)| span.order()), count)
}

fn safe(problem: &Diagnostic, file: u32) -> Option<&Fix> {
    let here = |fix: &&Fix| fix.edits.iter().all(|edit| edit.at.source.0 == file);
    let safe = problem.fixes.iter().filter(|fix| fix.applicability == Applicability::Safe);
    safe.filter(|fix| !fix.edits.is_empty()).find(here)
}
