//! The items of a file, in order, with the exceptions of each rule.

use super::index::Index;
use super::references::inner;
use crate::report::editor::{OutlineItem, WordKind};
use crate::text::{Loc, Source};

/// The items of a file.
pub fn outline(files: &[Source], file: u32) -> Vec<OutlineItem> {
    let index = Index::new(files);
    let mut found = Vec::new();
    for item in index.items.iter().filter(|item| item.at.source.0 == file) {
        found.push(entry(&index, item.kind, &item.name, item.name_at, item.at, item.changes));
        let Some(yaml) = index.yaml_of(item) else { continue };
        for (id, name) in index.exceptions(item) {
            let at = |id| Loc::new(item.at.source, yaml.node(id).span);
            let text = yaml.scalar(name).unwrap_or("");
            let changes = yaml.entry(id, "fields").is_none();
            found.push(entry(&index, WordKind::Exception, text, at(name), at(id), changes));
        }
    }
    found
}

fn entry(index: &Index<'_>, kind: WordKind, name: &str, at: Loc, whole: Loc, changes: bool) -> OutlineItem {
    let at = inner(index.files, at).span;
    OutlineItem { kind, name: name.to_owned(), at, span: whole.span, changes }
}
