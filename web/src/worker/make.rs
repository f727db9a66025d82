//! Files that the worker makes: put together piece by piece, so that a large one never stands in its memory twice, and handed
//! to the page as blobs, which the browser keeps.

use super::{
    protocol::{Made, Reply},
    serve::Worker,
};
use engine::{
    Redacting, Session,
    report::{EventSet, Export, ExportForm, RedactOptions},
};
use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::Blob;

/// Bytes that are handed to the browser at once.
const PIECE: usize = 1 << 20;
/// As much of a file is told as its first lines.
const PREVIEW: usize = 2_000;

/// So many bytes of a redaction between two looks at what the page says.
const STEP: usize = 4 << 20;

/// Makes an export; its content is put into `blobs`.
pub(super) fn export(
    session: &Session,
    form: ExportForm,
    only: Option<&EventSet>,
    blobs: &mut Vec<Blob>,
) -> Made {
    let mut file = Written::default();
    let mut head = String::new();
    let done = session.export_to(form, only, &mut |piece| {
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

/// A redaction that goes on between other requests.
#[derive(Default)]
pub(super) struct Job {
    /// What it is of, as the page counts; none if it has ended or was stopped.
    id: Option<u32>,
    redacting: Option<Redacting>,
    /// Whether the page knows what is replaced.
    told: bool,
}

impl Job {
    pub(super) fn stop(&mut self) {
        self.id = None;
    }
}

/// Begins a redaction, or goes on with what was found before.
pub(super) fn redact(worker: &Rc<Worker>, session: &Session, id: u32, options: RedactOptions) {
    let job = &mut *worker.job.borrow_mut();
    match &mut job.redacting {
        Some(redacting) => redacting.decide(options),
        None => job.redacting = Some(session.redacting(options)),
    }
    (job.id, job.told) = (Some(id), false);
    go_on(worker.clone(), id);
}

fn go_on(worker: Rc<Worker>, id: u32) {
    let step = move || {
        if !step(&worker, id) {
            go_on(worker, id);
        }
    };
    Timeout::new(0, step).forget();
}

/// Goes on for a while; true if nothing is left to do.
fn step(worker: &Worker, id: u32) -> bool {
    let job = &mut *worker.job.borrow_mut();
    let (Some(redacting), true) = (&mut job.redacting, job.id == Some(id)) else { return true };
    let done = worker.session.borrow().redact_on(redacting, STEP);
    let found = redacting.replacements().filter(|_| !job.told).map(<[_]>::to_vec);
    job.told |= found.is_some();
    worker.post(&Reply::MadeStep(id, redacting.percent(), found));
    let Some(redaction) = done else { return false };
    let blobs = redaction.files.iter().filter_map(|text| {
        let mut file = Written::default();
        file.push(text);
        file.blob()
    });
    job.id = None;
    worker.post_with(&Reply::Made(id, Made::Redact(redaction.changed)), &blobs.collect::<Vec<_>>());
    true
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
