//! The workspace across a reload. One draft per browser: of several tabs, the one that was edited last wins.

use super::storage;
use crate::{
    examples,
    worker::protocol::Log,
    workspace::{Baseline, Doc, DocKey, LogFile, Role, Workspace},
};
use engine::catalog::{BASE_RULES, Dialect};
use engine::report::EventsKind;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const KEY: &str = "mews.draft";

/// Changes with the shape of what is stored; drafts of another shape are not read.
const FORM: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Draft {
    form: u32,
    example: Option<String>,
    base_on: bool,
    docs: Vec<Kept>,
    /// Position of the document in the editor.
    active: usize,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    role: KeptRole,
    name: String,
    /// None for Mews's own base rules, which are those of the page that reads the draft.
    text: Option<String>,
    crlf: bool,
}

#[derive(Serialize, Deserialize)]
enum KeptRole {
    Base,
    Rules,
    Events,
    Config,
}

/// Why a draft is not kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Refusal {
    TooLarge,
    NoStorage,
}

/// The draft and the document to show, if there is one.
pub(crate) fn load() -> Option<(Workspace, DocKey)> {
    read(&storage()?.get_item(KEY).ok().flatten()?)
}

/// Keeps the workspace.
pub(crate) fn save(workspace: &Workspace, active: DocKey) -> Result<(), Refusal> {
    let storage = storage().ok_or(Refusal::NoStorage)?;
    let text = write(workspace, active).ok_or(Refusal::TooLarge)?;
    // What browsers refuse here is the size.
    storage.set_item(KEY, &text).map_err(|_| Refusal::TooLarge)
}

fn write(workspace: &Workspace, active: DocKey) -> Option<String> {
    let docs = workspace.docs.iter().map(|doc| Kept {
        role: match doc.role {
            Role::Base => KeptRole::Base,
            Role::Rules => KeptRole::Rules,
            Role::Config => KeptRole::Config,
            Role::Events => KeptRole::Events,
        },
        name: doc.name.clone(),
        text: (!doc.locked).then(|| doc.text.to_string()),
        crlf: doc.crlf,
    });
    let draft = Draft {
        form: FORM,
        example: workspace.example.map(str::to_owned),
        base_on: workspace.base_on,
        docs: docs.collect(),
        active: workspace.docs.iter().position(|doc| doc.key == active).unwrap_or(0),
    };
    // The storage takes text: one character for each byte.
    let kinds: Vec<Option<EventsKind>> = workspace.docs.iter().map(|doc| doc.kind).collect();
    let logs: Vec<Option<Log>> = workspace.docs.iter().map(|doc| Some(doc.log.as_ref()?.read)).collect();
    let bytes =
        postcard::to_allocvec(&(draft, workspace.dialect, kinds, logs, kept_baseline(workspace))).ok()?;
    Some(bytes.into_iter().map(char::from).collect())
}

/// Names and texts of the rules of then; no text for Mews's own base rules.
type KeptBaseline = Vec<(String, Option<String>)>;

fn kept_baseline(workspace: &Workspace) -> Option<KeptBaseline> {
    let text = |text: &str| (text != BASE_RULES).then(|| text.to_owned());
    let files = workspace.baseline.as_ref()?.iter();
    Some(files.map(|(name, of)| (name.clone(), text(of))).collect())
}

fn read(text: &str) -> Option<(Workspace, DocKey)> {
    let bytes: Vec<u8> = text.chars().map(|byte| u8::try_from(byte).ok()).collect::<Option<_>>()?;
    let (draft, rest) = postcard::take_from_bytes::<Draft>(&bytes).ok()?;
    if draft.form != FORM {
        return None;
    }
    // Older drafts end before the dialect, before the kinds of events, before what was read of large files, or before
    // the baseline.
    let (dialect, rest) = postcard::take_from_bytes::<Dialect>(rest).unwrap_or_default();
    let (kinds, rest): (Vec<Option<EventsKind>>, _) = postcard::take_from_bytes(rest).unwrap_or_default();
    let (logs, rest): (Vec<Option<Log>>, _) = postcard::take_from_bytes(rest).unwrap_or_default();
    let baseline: Option<KeptBaseline> = postcard::from_bytes(rest).unwrap_or_default();
    let own = |text: Option<String>| text.map_or_else(|| BASE_RULES.into(), Arc::from);
    let baseline = baseline
        .map(|files| Arc::new(files.into_iter().map(|(name, text)| (name, own(text))).collect::<Baseline>()));
    let mut docs: Vec<Doc> = draft
        .docs
        .into_iter()
        .zip(0..)
        .map(|(kept, key)| {
            let role = match kept.role {
                KeptRole::Base => Role::Base,
                KeptRole::Rules => Role::Rules,
                KeptRole::Events => Role::Events,
                KeptRole::Config => Role::Config,
            };
            match kept.text {
                Some(text) => Doc { crlf: kept.crlf, ..Doc::new(key, role, &kept.name, &text) },
                None => Doc::base(key),
            }
        })
        .collect();
    for (doc, kind) in docs.iter_mut().zip(kinds) {
        doc.kind = kind;
    }
    for (doc, log) in docs.iter_mut().zip(logs) {
        doc.log = log.map(|read| LogFile { id: None, read });
    }
    // One base first, events files last, before them perhaps a configuration, and only rules between: what the page relies on.
    let roles: Vec<Role> = docs.iter().map(|doc| doc.role).collect();
    let [Role::Base, between @ .., Role::Events] = roles.as_slice() else { return None };
    let events = between.iter().rev().take_while(|role| **role == Role::Events).count();
    let between = between.get(..between.len() - events)?;
    let between = between.strip_suffix(&[Role::Config]).unwrap_or(between);
    if between.iter().any(|role| *role != Role::Rules) {
        return None;
    }
    let active = docs.get(draft.active).or(docs.first())?.key;
    let example = draft.example.and_then(|id| examples::by_id(&id)).map(|example| example.id);
    Some((Workspace { example, base_on: draft.base_on, dialect, baseline, docs }, active))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::protocol::LogEnd;

    #[test]
    fn a_draft_reads_back() {
        let rules = [("a.yaml", "é\r\n日本".to_owned()), ("b.yaml", String::new())];
        let mut workspace = Workspace::new(None, &rules, ("events.yaml", "- x"))
            .with_config(Some(("falco.yaml", "priority: debug")));
        let log = workspace.add(9, Role::Events, "falco.log", "{}");
        workspace.doc_mut(log).unwrap().kind = Some(EventsKind::Audit);
        workspace.base_on = false;
        workspace.dialect = Dialect::Course;
        workspace.baseline =
            Some(Arc::new(vec![("base".to_owned(), BASE_RULES.into()), ("a.yaml".to_owned(), "é".into())]));
        let active = workspace.docs[2].key;
        let text = write(&workspace, active).unwrap();
        assert!(text.len() < 1000, "the page's own base rules are not kept");
        let (back, shown) = read(&text).unwrap();
        assert!(back.same_content(&workspace));
        assert!(back.docs[0].locked);
        assert_eq!(back.docs[1].as_file(), "é\r\n日本");
        assert_eq!(shown, back.docs[2].key);
        // Of a large file only that it was there.
        let read = Log { bytes: 1e9, end: LogEnd::Limit, every: 3, lines: 1_000_000 };
        workspace.doc_mut(log).unwrap().log = Some(LogFile { id: Some(7), read });
        let (back, _) = super::read(&write(&workspace, active).unwrap()).unwrap();
        assert_eq!(back.doc(DocKey(5)).unwrap().log, Some(LogFile { id: None, read }));
    }

    #[test]
    fn strange_drafts_are_not_read() {
        for text in ["", "{}", "日本", "\u{1}\0\u{1}\0\0", "\u{1}\0\u{1}\u{ff}\u{ff}\u{ff}\u{7f}\0"] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
