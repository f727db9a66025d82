//! Lines that a container runtime cut into pieces, since they were too long for it: put together again, apart for each
//! stream. CRI marks a piece that goes on with `P`; in a record of Docker its text has no line end.
//!
//! An alert that was put together stands where its first piece does, which is a line or record of its own. What is in it has
//! its exact place where a piece is written as it is, and that of the piece where it has escapes. A character that was cut
//! in two is none any more.

use super::MAX_ALERT;
use super::look::object_in;
use super::record::{self, Alert};
use super::scan::{Scan, Token};
use crate::text::Span;

/// Where the text stands that an alert was read from.
#[derive(Clone, Copy)]
pub(in crate::events) enum Stands<'a> {
    /// It is the file.
    File,
    /// In a text of the file, which stands there.
    Text(Span),
    /// In the pieces of a line.
    Pieces(&'a Joined),
}

impl Stands<'_> {
    /// The place in the file of something in the text.
    pub(super) fn place(self, span: Span) -> Span {
        match self {
            Self::File => span,
            Self::Text(at) => at,
            Self::Pieces(joined) => joined.place(span),
        }
    }
}

/// A piece of a line, or a whole one of the same form.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    /// The line or record that has it.
    at: Span,
    pub(super) stream: Stream,
    pub(super) token: Token,
    /// Whether the line ends with it.
    pub(super) last: bool,
    /// Whether it surely goes on: a log may as well have lost its line ends.
    pub(super) goes_on: bool,
}

/// What was written to.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Stream {
    Out,
    Err,
}

impl Stream {
    fn of(name: &str) -> Option<Self> {
        match name {
            "stdout" => Some(Self::Out),
            "stderr" => Some(Self::Err),
            _ => None,
        }
    }
}

/// The piece in a line at `start` as container runtimes write it: time, stream, tags and text.
pub(super) fn of_line(line: &str, start: usize) -> Option<Piece> {
    let (time, rest) = line.split_once(' ')?;
    if !time.starts_with(|c: char| c.is_ascii_digit()) || !time.contains('T') {
        return None;
    }
    let (stream, rest) = rest.split_once(' ')?;
    let stream = Stream::of(stream)?;
    let (tags, text) = rest.split_once(' ').unwrap_or((rest, ""));
    let last = match tags.split(':').next() {
        Some("F") => true,
        Some("P") => false,
        _ => return None,
    };
    let (end, text) = (start + line.len(), text.len());
    let token = Token { at: Span::from_usize(end - text, end), escaped: false };
    Some(Piece { at: Span::from_usize(start, end), stream, token, last, goes_on: !last })
}

/// The piece in the record of Docker at `at`, of which `token` is the only text that may hold an alert.
pub(super) fn of_record(text: &str, at: Span, token: Token) -> Option<Piece> {
    let before = text.get(at.start as usize..token.quoted().start as usize)?.trim_end();
    if !before.strip_suffix(':')?.trim_end().ends_with("\"log\"") {
        return None;
    }
    let (mut stream, mut time, mut others) = (None, false, false);
    let mut scan = Scan::new(text, at.start as usize);
    let read = scan.object(|scan, key| {
        let value = scan.value()?;
        match key.at.slice(text) {
            "stream" => stream = Stream::of(value.at().slice(text).trim_matches('"')),
            "time" => time = true,
            "log" | "attrs" => {}
            _ => others = true,
        }
        Ok(())
    });
    // An `n` behind an odd number of backslashes is a line end.
    let last = token.at.slice(text).strip_suffix('n').is_some_and(|raw| {
        let backslashes = raw.len() - raw.trim_end_matches('\\').len();
        !backslashes.is_multiple_of(2)
    });
    (read.is_ok() && time && !others).then_some(Piece { at, stream: stream?, token, last, goes_on: false })
}

/// What a text begins with.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Beginning {
    /// A whole alert.
    Alert,
    /// An object that goes on.
    Open,
    Other,
}

pub(super) fn beginning(text: &str, alert: &mut Alert) -> Beginning {
    let Some(at) = object_in(text) else { return Beginning::Other };
    let mut scan = Scan::new(text, at);
    match record::read(&mut scan, alert, &mut Vec::new()) {
        Ok(true) if text.trim_start().starts_with('{') => Beginning::Alert,
        Err(_) if scan.at >= text.len() => Beginning::Open,
        _ => Beginning::Other,
    }
}

/// A line of which not all pieces have come.
pub(super) struct Split {
    /// Where the first piece stands.
    pub(super) at: Span,
    stream: Stream,
    pieces: Vec<Token>,
    length: usize,
}

/// The lines of which not all pieces have come, one of a stream.
#[derive(Default)]
pub(super) struct Splits(Vec<Split>);

impl Splits {
    /// Whether a line of the stream is open.
    pub(super) fn has(&self, stream: Stream) -> bool {
        self.0.iter().any(|split| split.stream == stream)
    }

    /// Adds a piece of so many bytes to the line of its stream; tells where that begins if it is too long now.
    pub(super) fn add(&mut self, piece: &Piece, length: usize) -> Option<Span> {
        if !self.has(piece.stream) {
            self.0.push(Split { at: piece.at, stream: piece.stream, pieces: Vec::new(), length: 0 });
        }
        let split = self.0.iter_mut().find(|split| split.stream == piece.stream)?;
        let fitted = split.fits();
        split.length += length;
        if split.fits() {
            split.pieces.push(piece.token);
            return None;
        }
        split.pieces = Vec::new();
        fitted.then_some(split.at)
    }

    /// Takes out the line of a stream, or that which began first.
    pub(super) fn take(&mut self, stream: Option<Stream>) -> Option<Split> {
        let at = self.0.iter().position(|split| stream.is_none_or(|stream| split.stream == stream))?;
        Some(self.0.remove(at))
    }
}

impl Split {
    /// Whether it is short enough.
    pub(super) fn fits(&self) -> bool {
        self.length <= MAX_ALERT as usize
    }

    /// All pieces of it in `file`.
    pub(super) fn joined(self, file: &str) -> Joined {
        let mut joined = Joined { text: String::with_capacity(self.length), pieces: Vec::new(), at: self.at };
        for token in self.pieces {
            joined.pieces.push((joined.text.len() as u32, token));
            joined.text.push_str(&token.text(file).unwrap_or_default());
        }
        joined
    }
}

/// A line that was put together.
pub(in crate::events) struct Joined {
    pub(super) text: String,
    /// Where they begin in it, and stand in the file.
    pieces: Vec<(u32, Token)>,
    /// Where the first piece stands.
    pub(super) at: Span,
}

impl Joined {
    /// The place of something in it: as far as it is in the piece where it begins.
    fn place(&self, span: Span) -> Span {
        match self.pieces.iter().rfind(|(start, _)| *start <= span.start) {
            Some((_, token)) if token.escaped => token.quoted(),
            Some((start, token)) => {
                let at = |offset: u32| (token.at.start + offset - start).min(token.at.end);
                Span::new(at(span.start), at(span.end.max(span.start)))
            }
            None => self.at,
        }
    }
}
