//! Events without names: users, hosts, pods, addresses and the like become pseudonyms, the same value the same everywhere, so that
//! rules say what they said. The files stay what they were; only values are exchanged in them.
//!
//! `pieces` tells the texts of a file, `kinds` which of them are names, `find` what tells something in any text, `pseudonym`
//! what takes its place. Keys of maps and words of Falco stay. Names of one or two letters are replaced only where they
//! are the whole value of a field.

mod find;
mod kinds;
mod literals;
mod pieces;
mod pseudonym;

pub use literals::Literals;

use crate::report::{EventsKind, Kept, RedactOptions, Replacement, Secret};
use kinds::Role;
use pieces::{Form, Piece};
use rustc_hash::{FxHashMap, FxHashSet};
use std::net::IpAddr;

/// Shorter names are not looked for within texts.
const SHORTEST: usize = 3;

/// JSON in strings is looked into this deep.
const MAX_INSIDE: u32 = 4;

/// Redacts files of these kinds. `literals` are what rules compare with.
pub fn redact(
    files: &[(&str, EventsKind)],
    literals: &Literals,
    options: &RedactOptions,
) -> (Vec<Replacement>, Vec<String>) {
    let mut names = Names::default();
    for (text, kind) in files {
        pieces_of(text, *kind, &mut |piece| names.collect(&piece, 0));
    }
    options.also.iter().for_each(|value| names.push(Secret::Secret, own(value)));
    names.choose(literals, options);
    let texts = files
        .iter()
        .map(|(text, kind)| {
            let mut out = Rewritten { text, from: 0, out: String::with_capacity(text.len()) };
            pieces_of(text, *kind, &mut |piece| names.rewrite(&piece, &mut out, 0));
            out.finish().unwrap_or_else(|| (*text).to_owned())
        })
        .collect();
    (names.all, texts)
}

/// A value that is replaced since the user says so. Names are looked for from a letter or digit on.
fn own(value: &str) -> &str {
    value.trim().trim_start_matches(|c: char| !c.is_alphanumeric())
}

fn pieces_of(text: &str, kind: EventsKind, tell: &mut dyn FnMut(Piece<'_>)) {
    if kind == EventsKind::Fields && !crate::events::json::Json::looks_like(text) {
        pieces::of_yaml(text, tell);
    } else {
        pieces::of_json(text, tell);
    }
}

/// All names of some files.
#[derive(Default)]
struct Names {
    all: Vec<Replacement>,
    by_value: FxHashMap<String, usize>,
    /// Names that look like pseudonyms.
    taken: FxHashSet<String>,
    /// By the first letters and digits of names: the length of the longest.
    heads: FxHashMap<String, usize>,
}

impl Names {
    fn collect(&mut self, piece: &Piece<'_>, depth: u32) {
        if piece.role == Role::Fixed {
            return;
        }
        if depth < MAX_INSIDE && is_json(piece) {
            pieces::of_json(&piece.value, &mut |piece| self.collect(&piece, depth + 1));
            return;
        }
        if let Role::Name(kind) = piece.role {
            find::in_name(kind, &piece.value, &mut |kind, value| self.add(kind, value));
        }
        find::in_text(&piece.value, &mut |kind, value| self.add(kind, value));
    }

    fn add(&mut self, kind: Secret, value: &str) {
        let address = value.parse::<IpAddr>().ok();
        let kind = if address.is_some() { Secret::Address } else { kind };
        let known = address.map_or_else(|| kinds::is_known(kind, value), pseudonym::is_known);
        if address.is_none() && pseudonym::is_one(value) {
            self.taken.insert(value.to_owned());
        } else if !known {
            self.push(kind, value);
        }
    }

    fn push(&mut self, kind: Secret, value: &str) {
        if !value.is_empty() && !self.by_value.contains_key(value) {
            self.by_value.insert(value.to_owned(), self.all.len());
            let (value, pseudonym) = (value.to_owned(), String::new());
            self.all.push(Replacement { kind, value, pseudonym, count: 0, kept: None });
        }
    }

    /// Decides what stays and what takes the place of the others. A value has its number whether or not it is replaced, so
    /// that the pseudonyms of the others do not change with it.
    fn choose(&mut self, literals: &Literals, options: &RedactOptions) {
        for name in &mut self.all {
            let wanted = || {
                options.literals
                    || options.also.iter().any(|value| *value == name.value || own(value) == name.value)
            };
            let named = || !wanted() && literals.name(name.kind, &name.value);
            name.kept = if options.keep.contains(&name.value) {
                Some(Kept::Asked)
            } else {
                named().then_some(Kept::Rules)
            };
        }
        let stays = |text: &str| {
            let name = self.by_value.get(text).and_then(|at| self.all.get(*at));
            name.is_some_and(|name| name.kept == Some(Kept::Rules)) || self.taken.contains(text)
        };
        let mut numbers = pseudonym::Numbers::default();
        let pseudonyms: Vec<String> =
            self.all.iter().map(|name| numbers.next(name.kind, &name.value, &stays)).collect();
        for (name, pseudonym) in self.all.iter_mut().zip(pseudonyms) {
            name.pseudonym = pseudonym;
            let head = head(&name.value);
            if name.value.len() >= SHORTEST && !head.is_empty() {
                let longest = self.heads.entry(head.to_owned()).or_default();
                *longest = (*longest).max(name.value.len());
            }
        }
    }

    fn rewrite(&mut self, piece: &Piece<'_>, out: &mut Rewritten<'_>, depth: u32) {
        if piece.role == Role::Fixed {
            return;
        }
        let new = if depth < MAX_INSIDE && is_json(piece) {
            let mut inner = Rewritten { text: &piece.value, from: 0, out: String::new() };
            pieces::of_json(&piece.value, &mut |piece| self.rewrite(&piece, &mut inner, depth + 1));
            inner.finish()
        } else {
            self.replaced(piece)
        };
        if let Some(new) = new {
            out.put(piece, &new);
        }
    }

    /// The text with pseudonyms; None if it has no names.
    fn replaced(&mut self, piece: &Piece<'_>) -> Option<String> {
        let text = &*piece.value;
        if let Role::Name(_) = piece.role
            && let Some(at) = self.by_value.get(text)
        {
            return self.pseudonym(*at);
        }
        let mut out: Option<String> = None;
        let (mut at, mut from) = (0, 0);
        while let Some(start) =
            text.get(at..).and_then(|rest| rest.find(char::is_alphanumeric)).map(|s| at + s)
        {
            let rest = text.get(start..).unwrap_or("");
            let word = head(rest);
            at = start + word.len();
            let Some(longest) = self.heads.get(word) else { continue };
            let Some((name, end)) = self.name_at(rest, word.len(), *longest) else { continue };
            let found = rest.get(..end).unwrap_or("");
            // Between values a number or a word of JSON is itself.
            let itself = found.parse::<f64>().is_ok() || matches!(found, "true" | "false" | "null");
            at = start + end;
            if piece.form == Form::Between && itself {
                continue;
            }
            if let Some(pseudonym) = self.pseudonym(name) {
                let out = out.get_or_insert_default();
                out.push_str(text.get(from..start).unwrap_or(""));
                out.push_str(&pseudonym);
                from = at;
            }
        }
        let mut out = out?;
        out.push_str(text.get(from..).unwrap_or(""));
        Some(out)
    }

    /// The longest name that `text` begins with, and its length.
    fn name_at(&self, text: &str, word: usize, longest: usize) -> Option<(usize, usize)> {
        let mut found = None;
        let mut end = word;
        while end <= longest {
            if let Some(name) = text.get(..end).filter(|name| name.len() >= SHORTEST)
                && let Some(at) = self.by_value.get(name)
            {
                found = Some((*at, end));
            }
            let Some(next) = text.get(end..).and_then(|rest| rest.chars().next()) else { break };
            end += if next.is_alphanumeric() {
                head(text.get(end..).unwrap_or("")).len()
            } else {
                next.len_utf8()
            };
        }
        found
    }

    /// What takes the place of a name, if anything does; counted.
    fn pseudonym(&mut self, at: usize) -> Option<String> {
        let name = self.all.get_mut(at)?;
        name.count += 1;
        (name.kept.is_none() && name.pseudonym != name.value).then(|| name.pseudonym.clone())
    }
}

/// The letters and digits that a text begins with.
fn head(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("")
}

/// Whether a value is, or holds, JSON of its own.
fn is_json(piece: &Piece<'_>) -> bool {
    piece.form == Form::Double && (piece.value.contains("{\"") || piece.value.contains("{\\\""))
}

/// A text that is being written anew.
struct Rewritten<'a> {
    text: &'a str,
    from: u32,
    out: String,
}

impl Rewritten<'_> {
    fn put(&mut self, piece: &Piece<'_>, new: &str) {
        self.out.push_str(crate::text::Span::new(self.from, piece.at.start.max(self.from)).slice(self.text));
        self.out.push_str(&piece.form.write(new));
        self.from = piece.at.end;
    }

    /// The text; None if nothing was put into it.
    fn finish(mut self) -> Option<String> {
        if self.from == 0 {
            return None;
        }
        self.out.push_str(self.text.get(self.from as usize..).unwrap_or(""));
        Some(self.out)
    }
}
