//! Files that the worker makes: put together piece by piece, so that a large one never stands in its memory twice, and handed
//! to the page as blobs, which the browser keeps.

use super::protocol::{Made, Make};
use engine::{Session, report::Export};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::Blob;

/// Bytes that are handed to the browser at once.
const PIECE: usize = 1 << 20;
/// As much of a file is told as its first lines.
const PREVIEW: usize = 2_000;

/// Makes files; their contents are put into `blobs`.
pub(super) fn make(session: &Session, make: Make, blobs: &mut Vec<Blob>) -> Made {
    match make {
        Make::Export(form, only) => {
            let mut file = Written::default();
            let mut head = String::new();
            let done = session.export_to(form, only.as_ref(), &mut |piece| {
                if head.len() < PREVIEW {
                    head.push_str(piece);
                }
                file.push(piece);
            });
            let cut = head.char_indices().map(|(at, _)| at).find(|at| *at > PREVIEW);
            if let Some(cut) = cut {
                head.truncate(cut);
                head.push('…');
            }
            blobs.extend(file.blob());
            Made::Export(Export { text: head, ..done })
        }
        Make::Redact(options) => {
            let mut redaction = session.redact(&options);
            for text in std::mem::take(&mut redaction.files) {
                let mut file = Written::default();
                file.push(&text);
                blobs.extend(file.blob());
            }
            Made::Redact(redaction)
        }
    }
}

/// A file that is being written.
#[derive(Default)]
struct Written {
    done: Array,
    open: String,
}

impl Written {
    fn push(&mut self, piece: &str) {
        self.open.push_str(piece);
        if self.open.len() >= PIECE {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        self.done.push(&JsValue::from(Uint8Array::from(self.open.as_bytes())));
        self.open.clear();
    }

    fn blob(mut self) -> Option<Blob> {
        self.hand_over();
        Blob::new_with_u8_array_sequence(&self.done).ok()
    }
}
