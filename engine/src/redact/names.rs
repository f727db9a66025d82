//! The names that were found, and what takes their place.

use super::kinds::{self, Role};
use super::pieces::{self, Form, Piece};
use super::{Literals, find, pseudonym};
use crate::report::{Kept, RedactOptions, Replacement, Secret};
use rustc_hash::{FxHashMap, FxHashSet};
use std::net::IpAddr;

/// Shorter names are not looked for within texts.
const SHORTEST: usize = 3;

/// JSON in strings is looked into this deep.
pub(super) const MAX_INSIDE: u32 = 4;

/// Values that are no longer than this are remembered, so that they are searched once: many of a log are the same.
const MAX_SEEN: usize = 64;
/// So many of them in each role.
const MOST_SEEN: usize = 100_000;

/// All names of some files.
#[derive(Default)]
pub(super) struct Names {
    all: Vec<Replacement>,
    /// How many of them were found; the user named the others.
    found: usize,
    /// In lower case.
    by_value: FxHashMap<String, usize>,
    /// Names that look like pseudonyms.
    taken: FxHashSet<String>,
    /// By the first letters and digits of names, in lower case: the length of the longest.
    heads: FxHashMap<String, usize>,
    /// Values that were searched, by what they are.
    seen: FxHashMap<Role, FxHashSet<String>>,
}

impl Names {
    pub(super) fn all(&self) -> &[Replacement] {
        &self.all
    }

    pub(super) fn collect(&mut self, piece: &Piece<'_>, depth: u32) {
        if piece.role == Role::Fixed {
            return;
        }
        if depth < MAX_INSIDE && is_json(piece) {
            pieces::of_json(&piece.value, &mut |piece| self.collect(&piece, depth + 1));
            return;
        }
        if piece.value.len() <= MAX_SEEN {
            let seen = self.seen.entry(piece.role).or_default();
            if seen.contains(&*piece.value) {
                return;
            }
            if seen.len() < MOST_SEEN {
                seen.insert(piece.value.to_string());
            }
        }
        if let Role::Name(kind) = piece.role {
            find::in_name(kind, &piece.value, &mut |kind, value| self.add(kind, value));
        }
        find::in_text(&piece.value, &mut |kind, value| self.add(kind, value));
    }

    fn add(&mut self, kind: Secret, value: &str) {
        if self.by_value.contains_key(value) {
            return;
        }
        let value = if kind == Secret::Secret { own(value) } else { value };
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
        let key = value.to_ascii_lowercase();
        if !value.is_empty() && !self.by_value.contains_key(&key) {
            self.by_value.insert(key, self.all.len());
            let (value, pseudonym) = (value.to_owned(), String::new());
            self.all.push(Replacement { kind, value, pseudonym, count: 0, kept: None });
        }
    }

    /// Nothing more is found.
    pub(super) fn end_of_found(&mut self) {
        self.found = self.all.len();
        self.seen = FxHashMap::default();
        for at in 0..self.found {
            self.add_head(at);
        }
    }

    fn add_head(&mut self, at: usize) {
        let Some(name) = self.all.get(at) else { return };
        let lower = name.value.to_ascii_lowercase();
        let head = head(&lower);
        if lower.len() >= SHORTEST && !head.is_empty() {
            let longest = self.heads.entry(head.to_owned()).or_default();
            *longest = (*longest).max(lower.len());
        }
    }

    /// Takes the names that the user wants beside those that were found; true if they are others than before.
    pub(super) fn add_own(&mut self, also: &[String]) -> bool {
        let mut had = self.all.split_off(self.found);
        let keys: Vec<String> = had.iter().map(|name| name.value.to_ascii_lowercase()).collect();
        for key in &keys {
            self.by_value.remove(key);
        }
        let wanted: Vec<String> = also.iter().map(|value| own(value).to_ascii_lowercase()).collect();
        let before = had.len();
        had.retain(|name| wanted.contains(&name.value.to_ascii_lowercase()));
        let mut others = had.len() != before;
        // Those that stay keep their numbers.
        for name in had {
            self.by_value.insert(name.value.to_ascii_lowercase(), self.all.len());
            self.all.push(name);
        }
        for value in also {
            let before = self.all.len();
            self.push(Secret::Secret, own(value));
            self.add_head(before);
            others |= self.all.len() != before;
        }
        others
    }

    pub(super) fn forget_counts(&mut self) {
        self.all.iter_mut().for_each(|name| name.count = 0);
    }

    /// Decides what stays and what takes the place of the others. A value has its number whether or not it is replaced, so
    /// that the pseudonyms of the others do not change with it.
    pub(super) fn choose(&mut self, literals: &Literals, options: &RedactOptions) {
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
        }
    }

    /// The places of names in a text, in order; each is counted.
    pub(super) fn places(&mut self, piece: &Piece<'_>, told: &mut dyn FnMut(usize, usize, usize)) {
        let text = piece.value.to_ascii_lowercase();
        if let Role::Name(_) = piece.role
            && let Some(name) = self.by_value.get(&text)
        {
            let name = *name;
            self.count(name);
            return told(0, text.len(), name);
        }
        let mut at = 0;
        while let Some(start) =
            text.get(at..).and_then(|rest| rest.find(char::is_alphanumeric)).map(|s| at + s)
        {
            let rest = text.get(start..).unwrap_or("");
            let word = head(rest);
            at = start + word.len();
            let Some(longest) = self.heads.get(word) else { continue };
            let Some((name, end)) = self.name_at(rest, word.len(), *longest) else { continue };
            let found = piece.value.get(start..start + end).unwrap_or("");
            // Between values a number or a word of JSON is itself.
            let itself = found.parse::<f64>().is_ok() || matches!(found, "true" | "false" | "null");
            at = start + end;
            if piece.form == Form::Between && itself {
                continue;
            }
            self.count(name);
            told(start, at, name);
        }
    }

    fn count(&mut self, name: usize) {
        if let Some(name) = self.all.get_mut(name) {
            name.count += 1;
        }
    }

    /// The longest name that `text`, in lower case, begins with, and its length.
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

    /// What takes the place of a name, if anything does.
    pub(super) fn pseudonym(&self, at: usize) -> Option<&str> {
        let name = self.all.get(at)?;
        (name.kept.is_none() && name.pseudonym != name.value).then_some(&*name.pseudonym)
    }
}

/// A value that is replaced since the user says so. Names are looked for from a letter or digit on.
fn own(value: &str) -> &str {
    value.trim().trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// The letters and digits that a text begins with.
fn head(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("")
}

/// Whether a value is, or holds, JSON of its own.
pub(super) fn is_json(piece: &Piece<'_>) -> bool {
    piece.form == Form::Double
        && piece.value.contains('{')
        && (piece.value.contains("{\"") || piece.value.contains("{\\\""))
}
