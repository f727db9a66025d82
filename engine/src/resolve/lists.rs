//! Lists: their names are replaced in the text of conditions, before anything is parsed (sheet `rules-format`, 5.1).

use super::definitions::Definitions;
use super::ruleset::ListItem;
use crate::text::{Loc, Origin, SourceId, Span, Text, TextRange, sorted};
use std::collections::HashMap;

/// Conditions that are larger, or grow larger by their lists, are refused.
pub(super) const MAX_CONDITION_BYTES: u32 = 1 << 20;

/// Lists with their items as they are put into conditions.
pub(super) struct Lists {
    all: Vec<Expansion>,
    /// Position by name, of those names that are one word.
    words: HashMap<String, usize>,
    /// Lists whose name is no single word, and must be looked for in every text.
    odd: Vec<usize>,
}

struct Expansion {
    name: String,
    /// Items as they are inserted, quoted where Falco quotes, each with its place.
    items: Vec<(String, Loc)>,
    /// Lists that are named in the items.
    names: Vec<usize>,
    used: bool,
    /// Where the name is written that was replaced.
    uses: Vec<Loc>,
}

/// What stands around the name of a list.
const DELIMITERS: [char; 8] = [' ', '\t', '\r', '\n', '(', ')', ',', '='];

impl Lists {
    /// Step one, once per load: an item that names a list which was there before this list's last change stands for that
    /// list's items, as written.
    pub(super) fn new(defs: &Definitions) -> Self {
        let mut uses = vec![Vec::new(); defs.lists.len()];
        let mut lists = Vec::with_capacity(defs.lists.len());
        for list in &defs.lists {
            let mut items = Vec::with_capacity(list.items.len());
            for item in &list.items {
                let inner = defs.list_index(&item.value).and_then(|at| Some((at, defs.lists.get(at)?)));
                match inner.filter(|(_, inner)| inner.first < list.last) {
                    Some((at, inner)) => {
                        if let Some(uses) = uses.get_mut(at) {
                            uses.push(item.at);
                        }
                        items.extend(inner.items.iter().map(inserted));
                    }
                    None => items.push(inserted(item)),
                }
            }
            let (name, names) = (list.name.clone(), Vec::new());
            lists.push(Expansion { name, items, names, used: false, uses: Vec::new() });
        }
        for (list, uses) in lists.iter_mut().zip(uses) {
            list.used = !uses.is_empty();
            list.uses = uses;
        }
        let mut new = Self { all: lists, words: HashMap::new(), odd: Vec::new() };
        for (at, list) in new.all.iter().enumerate() {
            if list.name.contains(DELIMITERS) {
                new.odd.push(at);
            } else if !list.name.is_empty() {
                new.words.insert(list.name.clone(), at);
            }
        }
        let mut named: Vec<Vec<usize>> = Vec::with_capacity(new.all.len());
        for list in &new.all {
            named.push(list.items.iter().flat_map(|(item, _)| new.named(item)).collect());
        }
        for (list, names) in new.all.iter_mut().zip(named) {
            list.names = names;
        }
        new
    }

    /// The lists that are named as a word of `text`.
    fn named(&self, text: &str) -> impl Iterator<Item = usize> {
        text.split(DELIMITERS).filter_map(|word| self.words.get(word).copied())
    }

    /// The lists that can turn up in `text`, in definition order: named in it, or in the items of one of them.
    fn candidates(&self, text: &str) -> Vec<usize> {
        if self.odd.is_empty() {
            let mut found = Vec::new();
            let mut open: Vec<usize> = self.named(text).collect();
            while let Some(at) = open.pop() {
                if !found.contains(&at) {
                    found.push(at);
                    open.extend(self.all.get(at).map(|list| list.names.as_slice()).unwrap_or_default());
                }
            }
            return sorted(found, |at| *at);
        }
        // An odd name can begin or end anywhere, and items can complete it: nothing is ruled out.
        (0..self.all.len()).collect()
    }

    /// Whether a list was put in somewhere.
    pub(super) fn used(&self, index: usize) -> bool {
        self.all.get(index).is_some_and(|list| list.used)
    }

    /// Where the name of a list is written and was replaced.
    pub(super) fn uses(&self, index: usize) -> &[Loc] {
        self.all.get(index).map(|list| list.uses.as_slice()).unwrap_or_default()
    }

    /// As [`Self::expand`], for a part of a text that was expanded before: nothing new is in use by it.
    pub(super) fn expanded(&self, text: &Text) -> Text {
        let mut text = text.clone();
        for at in self.candidates(text.as_str()) {
            if too_long(&text) {
                break;
            }
            if let Some(list) = self.all.get(at) {
                text = put_in(text, list).0;
            }
        }
        text
    }

    /// Step two: replaces the names of lists in `text`, list by list.
    pub(super) fn expand(&mut self, text: &Text) -> Text {
        let mut text = text.clone();
        for at in self.candidates(text.as_str()) {
            if too_long(&text) {
                break;
            }
            if let Some(list) = self.all.get_mut(at) {
                let (new, mut found) = put_in(text, list);
                text = new;
                list.used |= !found.is_empty();
                list.uses.append(&mut found);
            }
        }
        text
    }
}

/// Whether a condition has grown too large to be looked at.
pub(super) fn too_long(text: &Text) -> bool {
    text.len() > MAX_CONDITION_BYTES
}

/// Replaces every use of one list; tells where its name is written.
fn put_in(text: Text, list: &Expansion) -> (Text, Vec<Loc>) {
    let mut uses = Vec::new();
    if list.name.is_empty() || find(text.as_str(), &list.name, 0).is_none() {
        return (text, uses);
    }
    let mut out = Text::new();
    let mut from = 0;
    while let Some(at) = find(text.as_str(), &list.name, from).filter(|_| !too_long(&out)) {
        out.push_text(&text.slice(TextRange::from_usize(from, at)));
        uses.extend(text.written_at(TextRange::from_usize(at, at + list.name.len())));
        from = replace(&text, at, list, &mut out);
    }
    out.push_text(&text.slice(TextRange::from_usize(from, text.as_str().len())));
    (out, uses)
}

/// As Falco does: an item with a blank is put in double quotes unless it begins with a quote.
fn inserted(item: &ListItem) -> (String, Loc) {
    let quote = item.value.contains(' ') && !item.value.starts_with(['"', '\'']);
    let text = if quote { format!("\"{}\"", item.value) } else { item.value.to_string() };
    (text, item.at)
}

/// The next occurrence of `name` that stands between delimiters.
fn find(text: &str, name: &str, from: usize) -> Option<usize> {
    let delimiter = |c: Option<u8>| c.is_none_or(|c| b" \t\r\n(),=".contains(&c));
    let bytes = text.as_bytes();
    let mut from = from;
    loop {
        let at = from + text.get(from..)?.find(name)?;
        let end = at + name.len();
        let before = at.checked_sub(1).and_then(|at| bytes.get(at).copied());
        if delimiter(before) && delimiter(bytes.get(end).copied()) {
            return Some(at);
        }
        from = at + text.get(at..)?.chars().next().map_or(1, char::len_utf8);
    }
}

const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

fn is_blank(byte: Option<&u8>) -> bool {
    byte.is_some_and(|byte| b" \t\r\n".contains(byte))
}

/// Puts the items behind `out`, which ends before the name at `at`; gives where the text goes on.
fn replace(text: &Text, at: usize, list: &Expansion, out: &mut Text) -> usize {
    let bytes = text.as_str().as_bytes();
    let mut end = at + list.name.len();
    let used = text.locate(TextRange::from_usize(at, end)).unwrap_or(Loc::new(SourceId(0), Span::new(0, 0)));
    out.truncate(out.as_str().trim_end_matches(BLANKS).len() as u32);
    while is_blank(bytes.get(end)) {
        end += 1;
    }
    if list.items.is_empty() {
        if out.as_str().ends_with(',') {
            out.truncate(out.len() - 1);
        } else if bytes.get(end) == Some(&b',') {
            end += 1;
        }
    }
    if !out.is_empty() {
        out.push(" ", Origin::Glue(used));
    }
    let mut first = true;
    for (item, defined) in &list.items {
        let origin = Origin::Item { used, defined: *defined };
        if !first {
            out.push(", ", origin);
        }
        out.push(item, origin);
        // As in Falco: where nothing stands yet, no comma is put, so that empty items at the start vanish.
        first &= item.is_empty();
    }
    out.push(" ", Origin::Glue(used));
    end
}
