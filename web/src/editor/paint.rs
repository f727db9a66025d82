//! What the parts of a condition say about the selected event, painted on their text.

use super::object;
use crate::i18n::{Lang, Text};
use engine::{
    report::{Explanation, FileId, Step, StepKind, Truth},
    text::{LineIndex, SortedMap, Span},
};
use js_sys::Array;

/// Ranges that are painted in a file; a condition that has more is not read part by part.
const MAX_MARKS: usize = 2_000;

/// The marks of a file as the element takes them: comparisons, uses of macros, and tuples of exceptions.
pub(super) fn mark_list(why: &Explanation, file: FileId, lines: &LineIndex, lang: Lang) -> Array {
    let mut marks: SortedMap<(u32, u32), (Truth, String)> = SortedMap::default();
    // The comparisons that an exception is made of stand for all of its tuples at once; the tuple is painted instead.
    let mut inside = vec![false; why.steps.len()];
    for (at, step) in why.steps.iter().enumerate() {
        let covered = inside.get(at).copied().unwrap_or(false);
        if covered || matches!(step.kind, StepKind::Tuple | StepKind::Exception) {
            for child in &step.children {
                let tuple = why.steps.get(*child as usize).is_some_and(|child| child.kind == StepKind::Tuple);
                if let (Some(flag), false) = (inside.get_mut(*child as usize), tuple) {
                    *flag = true;
                }
            }
        }
        let painted = matches!(step.kind, StepKind::Check | StepKind::Macro(_) | StepKind::Tuple) && !covered;
        if painted && step.at.file == file && marks.entries().len() < MAX_MARKS {
            let Span { start, end } = step.at.span;
            marks.insert((start, end), (step.truth, title(step, lang)));
        }
    }
    let mark = |((start, end), (truth, title)): &((u32, u32), (Truth, String))| {
        let class = match truth {
            Truth::True => "cm-mark-true",
            Truth::False => "cm-mark-false",
            Truth::Missing => "cm-mark-missing",
            Truth::Unknown => "cm-mark-undecided",
        };
        object(&[
            ("from", lines.to_utf16(*start).into()),
            ("to", lines.to_utf16(*end).into()),
            ("cls", class.into()),
            ("title", title.as_str().into()),
        ])
    };
    marks.entries().iter().map(mark).collect()
}

fn title(step: &Step, lang: Lang) -> String {
    let read = |(field, value): &(String, Option<String>)| {
        let value = value.as_deref().unwrap_or_else(|| Text::PartMissing.in_lang(lang));
        Text::ValueOf.with(lang, &[field, value])
    };
    let unknown =
        step.unknown.iter().map(|field| Text::ValueOf.with(lang, &[field, Text::NotSaid.in_lang(lang)]));
    step.reads.iter().map(read).chain(unknown).collect::<Vec<_>>().join(", ")
}
