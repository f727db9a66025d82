//! Events without names: users, hosts, pods, addresses and the like become pseudonyms, the same value the same everywhere, so that
//! rules say what they said. The files stay what they were; only values are exchanged in them.
//!
//! `pieces` tells the texts of a file, `kinds` which of them are names, `find` and `secrets` what tells something in any text, `names`
//! keeps what was found, `pseudonym` is what takes its place, `sites` where. Keys of maps and words of Falco stay. Names of one or two
//! letters are replaced only where they are the whole value of a field. Upper and lower case are the same, as far as letters have
//! one byte: who writes `Alice` once and `alice` elsewhere means one user.
//!
//! What was found, and where, does not depend on what is decided about it: a file is searched once, and each decision only writes it.

mod find;
mod kinds;
mod literals;
mod pieces;
mod names;
mod pseudonym;
mod secrets;
mod sites;

pub use literals::Literals;

use crate::report::{EventsKind, RedactOptions, Replacement};
use names::Names;
use pieces::{JsonPieces, Piece};
use sites::Sites;

/// A file and what it holds.
pub type File<'a> = (&'a str, EventsKind);

/// A redaction, step by step: whoever waits for it can be told how far it is, or change his mind. The files must be the same in
/// every step.
#[derive(Default)]
pub struct Redactor {
    names: Names,
    /// Where they stand, by file, as far as that was looked for.
    sites: Vec<Sites>,
    stage: Stage,
    /// The file that the stage is at, and its pieces.
    file: usize,
    pieces: JsonPieces,
    /// Site and byte from which on that file is to be written.
    written: (usize, u32),
}

#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// Names are looked for.
    #[default]
    Find,
    /// Their places are looked for.
    Place,
    /// The files are written.
    Write,
    Done,
}

impl Redactor {
    /// Takes what the user has decided, and what rules compare with; files that were written are to be written anew.
    pub fn decide(&mut self, literals: &Literals, options: &RedactOptions) {
        if self.stage == Stage::Find {
            return;
        }
        let anew = self.names.add_own(&options.also);
        self.names.choose(literals, options);
        if anew {
            self.stage = Stage::Place;
            self.sites.clear();
            self.names.forget_counts();
            self.begin();
        } else if self.stage > Stage::Place {
            self.stage = Stage::Write;
            self.begin();
        }
    }

    fn begin(&mut self) {
        self.file = 0;
        self.pieces = JsonPieces::default();
        self.written = (0, 0);
    }

    /// Whether it is known what is replaced and how often.
    pub fn is_placed(&self) -> bool {
        self.stage >= Stage::Write
    }

    /// What is replaced or could be, in order of first occurrence.
    pub fn replacements(&self) -> &[Replacement] {
        self.names.all()
    }

    /// Bytes that were gone through, of all that will be.
    pub fn progress(&self, files: &[File<'_>]) -> (usize, usize) {
        let length = |files: &[File<'_>]| files.iter().map(|(text, _)| text.len()).sum::<usize>();
        let before = length(files.get(..self.file).unwrap_or(&[]));
        let at = if self.stage == Stage::Write { self.written.1 as usize } else { self.pieces.done() };
        (self.stage as usize * length(files) + before + at, Stage::Done as usize * length(files))
    }

    /// Goes on for about so many bytes of a file; false at the end. What is written of which file goes to `out`.
    pub fn step(
        &mut self,
        files: &[File<'_>],
        (literals, options): (&Literals, &RedactOptions),
        bytes: usize,
        out: &mut dyn FnMut(usize, &str),
    ) -> bool {
        let Some((text, kind)) = files.get(self.file) else {
            match self.stage {
                Stage::Find => {
                    self.stage = Stage::Place;
                    self.names.end_of_found();
                    self.decide(literals, options);
                }
                Stage::Place => self.stage = Stage::Write,
                Stage::Write | Stage::Done => {
                    self.stage = Stage::Done;
                    return false;
                }
            }
            self.begin();
            return true;
        };
        let until = self.pieces.done().saturating_add(bytes);
        let is_yaml = is_yaml(text, *kind);
        let ends = match self.stage {
            Stage::Find => {
                let (names, pieces) = (&mut self.names, &mut self.pieces);
                tell(text, is_yaml, pieces, until, &mut |piece| names.collect(&piece, 0))
            }
            Stage::Place => {
                if self.sites.len() <= self.file {
                    self.sites.resize_with(self.file + 1, Sites::default);
                }
                let Some(sites) = self.sites.get_mut(self.file) else { return false };
                let (names, pieces) = (&mut self.names, &mut self.pieces);
                tell(text, is_yaml, pieces, until, &mut |piece| sites.add(names, text, &piece, 0))
            }
            Stage::Write | Stage::Done => {
                let until = (self.written.1 as usize).saturating_add(bytes);
                let file = self.file;
                match self.sites.get(file) {
                    Some(sites) => {
                        sites.write(&self.names, text, &mut self.written, until, &mut |part| out(file, part))
                    }
                    None => true,
                }
            }
        };
        if ends {
            let next = self.file + 1;
            self.begin();
            self.file = next;
        }
        true
    }
}

fn is_yaml(text: &str, kind: EventsKind) -> bool {
    kind == EventsKind::Fields && !crate::events::json::Json::looks_like(text)
}

/// Tells the pieces of a file up to a place; true at its end. YAML is told at once.
fn tell(
    text: &str,
    is_yaml: bool,
    pieces: &mut JsonPieces,
    until: usize,
    told: &mut dyn FnMut(Piece<'_>),
) -> bool {
    if is_yaml {
        pieces::of_yaml(text, told);
        return true;
    }
    pieces.tell(text, until, told);
    pieces.done() >= text.len()
}
