//! Reading files and saying what is wrong with them.

use crate::progress;
use engine::catalog::messages::logs as messages;
use engine::events::{EventsFile, MAX_BYTES, Utf8};
use engine::text::Source;
use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What stops the program.
#[derive(Debug)]
pub(crate) enum Error {
    /// A file cannot be read.
    Unreadable(PathBuf, io::Error),
    /// A file is not text: the first byte that is not UTF-8, and its line.
    NotText {
        /// The file.
        path: PathBuf,
        /// Offset of the byte.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// There is a configuration already.
    SecondConfig(PathBuf),
    /// Several files cannot all go to standard output.
    NoFolder,
    /// The result cannot be written.
    Output(io::Error),
}

impl Error {
    /// Whether nobody reads the output any more, as in `mews … | head`.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            Self::NotText { path, offset, line } => {
                write!(
                    f,
                    "{} is not UTF-8 text: byte {offset}, on line {line}, is not part of a character",
                    path.display()
                )
            }
            Self::SecondConfig(path) => {
                write!(f, "{} is a second configuration; there can be only one", path.display())
            }
            Self::NoFolder => f.write_str("several files need a folder to be written to: `--output DIR`"),
            Self::Output(error) => write!(f, "cannot write the result: {error}"),
        }
    }
}

/// Reads an events file, which may be compressed; that is told by its content. Of one that is cut off, what could be read is
/// used; bytes that are no text are replaced.
pub(crate) fn read_events(path: &Path) -> Result<EventsFile, Error> {
    let bytes = read_bytes(path)?;
    let (bytes, cut_off) = match bytes.get(..4) {
        Some([0x1f, 0x8b, ..]) => unpack(MultiGzDecoder::new(&bytes[..])),
        Some([0x28, 0xb5, 0x2f, 0xfd]) => unpack(zstd(&bytes, path)?),
        _ => (bytes, false),
    };
    let mut text = Utf8::default();
    text.push(&bytes);
    let (text, replaced) = text.finish();
    let notes = cut_off.then(messages::cut_off).into_iter().chain(replaced).collect();
    let file = Source { name: path.display().to_string(), text };
    Ok(EventsFile { file, kind: None, notes })
}

fn zstd<'a>(bytes: &'a [u8], path: &Path) -> Result<impl Read + use<'a>, Error> {
    let decoder = StreamingDecoder::new(bytes);
    decoder.map_err(|error| Error::Unreadable(path.to_owned(), io::Error::other(error)))
}

/// What can be unpacked, and whether that is not all. The engine says what is too much; a little more is enough for that.
fn unpack(packed: impl Read) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    let failed = packed.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).is_err();
    (bytes, failed)
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Result<Source, Error> {
    let text = String::from_utf8(read_bytes(path)?).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..offset).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        Error::NotText { path: path.to_owned(), offset, line }
    })?;
    Ok(Source { name: path.display().to_string(), text })
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let unreadable = |error| Error::Unreadable(path.to_owned(), error);
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(unreadable(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    let bar = progress::bytes(&format!("reading {}", path.display()), metadata.len());
    bar.wrap_read(file).read_to_end(&mut bytes).map_err(unreadable)?;
    bar.finish_and_clear();
    Ok(bytes)
}
