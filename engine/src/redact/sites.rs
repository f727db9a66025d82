//! Where names stand in a file: found once, and written with whatever is decided about them.

use super::kinds::Role;
use super::names::{MAX_INSIDE, Names, is_json};
use super::pieces::{self, Form, Piece};
use crate::events::json;
use crate::text::Span;
use std::borrow::Cow;

/// The places of names in a text, in order.
#[derive(Default)]
pub(super) struct Sites {
    all: Vec<Site>,
    /// Texts that are written with escapes.
    within: Vec<Within>,
}

/// A place, and the name there by its number; from [`WITHIN`] on a text that holds names.
struct Site {
    at: Span,
    what: u32,
}

const WITHIN: u32 = 1 << 31;

/// Names in a text that is not written as it is.
struct Within {
    form: Form,
    /// What it says; none where it is JSON, which is easily read again.
    text: Option<Box<str>>,
    sites: Sites,
}

impl Sites {
    /// Looks for names in a piece of `text`.
    pub(super) fn add(&mut self, names: &mut Names, text: &str, piece: &Piece<'_>, depth: u32) {
        if piece.role == Role::Fixed {
            return;
        }
        let inside = depth < MAX_INSIDE && is_json(piece);
        let quote = u32::from(matches!(piece.form, Form::Single | Form::Double));
        let bare = Span::new(piece.at.start + quote, piece.at.end.saturating_sub(quote));
        let as_it_is = bare.slice(text) == &*piece.value;
        if as_it_is && !inside {
            names.places(piece, &mut |from, to, name| {
                let at = Span::new(bare.start + from as u32, bare.start + to as u32);
                self.all.push(Site { at, what: name as u32 });
            });
            return;
        }
        let mut sites = Sites::default();
        if inside {
            pieces::of_json(&piece.value, &mut |inner| sites.add(names, &piece.value, &inner, depth + 1));
        } else {
            names.places(piece, &mut |from, to, name| {
                sites.all.push(Site { at: Span::from_usize(from, to), what: name as u32 });
            });
        }
        if !sites.all.is_empty() {
            let read_again = matches!(piece.value, Cow::Owned(_)) || as_it_is;
            let text = (!read_again).then(|| piece.value.as_ref().into());
            self.all.push(Site { at: piece.at, what: WITHIN + self.within.len() as u32 });
            self.within.push(Within { form: piece.form, text, sites });
        }
    }

    /// Writes a text from a site and a byte on, up to about another; true at its end.
    pub(super) fn write(
        &self,
        names: &Names,
        text: &str,
        (site, from): &mut (usize, u32),
        until: usize,
        out: &mut dyn FnMut(&str),
    ) -> bool {
        for next in self.all.get(*site..).unwrap_or(&[]) {
            if *from as usize >= until {
                return false;
            }
            *site += 1;
            let new = match next.what.checked_sub(WITHIN) {
                None => names.pseudonym(next.what as usize).map(Cow::Borrowed),
                Some(at) => self
                    .within
                    .get(at as usize)
                    .and_then(|it| it.written(names, next.at.slice(text)))
                    .map(Cow::Owned),
            };
            if let Some(new) = new {
                out(Span::new(*from, next.at.start.max(*from)).slice(text));
                out(&new);
                *from = next.at.end;
            }
        }
        out(text.get(*from as usize..).unwrap_or(""));
        true
    }

    /// Whether anything is replaced.
    fn changes(&self, names: &Names) -> bool {
        self.all.iter().any(|site| match site.what.checked_sub(WITHIN) {
            None => names.pseudonym(site.what as usize).is_some(),
            Some(at) => self.within.get(at as usize).is_some_and(|it| it.sites.changes(names)),
        })
    }
}

impl Within {
    /// The text with its quotes; None if nothing in it is replaced.
    fn written(&self, names: &Names, raw: &str) -> Option<String> {
        if !self.sites.changes(names) {
            return None;
        }
        let text = match &self.text {
            Some(text) => Cow::Borrowed(&**text),
            None => Cow::Owned(json::unescaped(raw.get(1..raw.len() - 1)?)?),
        };
        let mut new = String::with_capacity(text.len());
        self.sites.write(names, &text, &mut (0, 0), usize::MAX, &mut |part| new.push_str(part));
        Some(self.form.write(&new))
    }
}
