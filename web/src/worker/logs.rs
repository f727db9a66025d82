//! Reads a large events file in the worker, piece by piece, so that the page neither waits for it nor holds it.

use super::{
    protocol::{Log, LogEnd, LogFailure, Reply, count_of},
    serve::Worker,
};
use crate::transfer::unpacked;
use engine::events::{EventsFile, Read, Reader};
use js_sys::{Array, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, ReadableStreamDefaultReader, ReadableStreamReadResult};

/// As many bytes of one file are kept, unpacked: with all that is made of them they must fit into the memory of a tab.
pub(crate) const MAX_LOG_BYTES: u32 = 256 << 20;

/// After so many bytes the page is told.
const STEP: f64 = 1e6;

/// Files that were read and are wanted by the next request, by number.
#[derive(Default)]
pub(super) struct Logs {
    read: Vec<(u32, Box<(EventsFile, Read)>)>,
    /// Those that nobody wants any more.
    cancelled: Vec<u32>,
}

impl Logs {
    /// Takes what was read.
    pub(super) fn take(&mut self, id: u32) -> Option<Box<(EventsFile, Read)>> {
        let at = self.read.iter().position(|(known, _)| *known == id)?;
        Some(self.read.swap_remove(at).1)
    }

    pub(super) fn cancel(&mut self, id: u32) {
        self.take(id);
        self.cancelled.push(id);
    }
}

/// Reads the file in a message, and tells the page.
pub(super) fn start(worker: &Rc<Worker>, message: &Array) {
    let number = |at| message.get(at).as_f64().unwrap_or(0.0);
    let (id, every, size) = (count_of(number(0)), count_of(number(1)), number(2));
    let Ok(file) = message.get(3).dyn_into::<File>() else { return };
    let worker = worker.clone();
    spawn_local(async move {
        let log = read(&worker, &file, id, every.max(1), size).await;
        worker.post(&Reply::Log { id, log });
    });
}

async fn read(worker: &Worker, file: &File, id: u32, every: u32, size: f64) -> Result<Log, LogFailure> {
    let stream = unpacked(file).await.ok_or(LogFailure::Unreadable)?;
    let stream: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut reader = worker.session.borrow().reader();
    reader.begin("", None);
    reader.expect(count_of(size / f64::from(every)).min(MAX_LOG_BYTES) as usize);
    let mut lines = Lines { every, at: 0, kept: 0 };
    let (mut bytes, mut told) = (0.0, 0.0);
    let end = loop {
        let Ok(piece) = JsFuture::from(stream.read()).await else {
            // What came before the damage is used.
            break if bytes == 0.0 { return Err(LogFailure::Unreadable) } else { LogEnd::Damaged };
        };
        if worker.logs.borrow().cancelled.contains(&id) {
            let _ = stream.cancel();
            return Err(LogFailure::Cancelled);
        }
        let piece: ReadableStreamReadResult = piece.unchecked_into();
        if piece.get_done() == Some(true) {
            break LogEnd::Whole;
        }
        let piece = piece.get_value().unchecked_into::<Uint8Array>().to_vec();
        bytes += f64::from(piece.len() as u32);
        if !lines.push(&piece, &mut reader) {
            let _ = stream.cancel();
            break LogEnd::Limit;
        }
        if bytes - told >= STEP {
            told = bytes;
            worker.post(&Reply::LogStep { id, bytes, events: reader.events() as u32 });
        }
    };
    let (files, read) = reader.finish();
    let file = files.into_iter().next().unwrap_or_default();
    worker.logs.borrow_mut().read.push((id, Box::new((file, read))));
    Ok(Log { bytes, end, every, lines: lines.at })
}

/// The lines of a file, of which every so many is kept.
struct Lines {
    every: u32,
    /// Number of line breaks so far, where not all are kept.
    at: u32,
    kept: usize,
}

impl Lines {
    /// Gives what is kept of a piece to the reader; false if there is no more room.
    fn push(&mut self, piece: &[u8], reader: &mut Reader) -> bool {
        let room = MAX_LOG_BYTES as usize - self.kept;
        if self.every == 1 {
            // A piece that does not fit ends with a whole line.
            let line = || piece.iter().take(room).rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let fits = piece.len() <= room;
            let piece = piece.get(..if fits { piece.len() } else { line() }).unwrap_or(piece);
            self.kept += piece.len();
            reader.push(piece);
            return fits;
        }
        let mut kept = Vec::new();
        for part in piece.split_inclusive(|byte| *byte == b'\n') {
            if self.at.is_multiple_of(self.every) {
                kept.extend_from_slice(part);
            }
            self.at += u32::from(part.ends_with(b"\n"));
        }
        let fits = kept.len() <= room;
        if fits {
            self.kept += kept.len();
            reader.push(&kept);
        }
        fits
    }
}
