//! Large files: the page hands them to the worker as they are, and again whenever a worker is started.

use super::{Client, Inner, News};
use crate::worker::protocol::{Log, LogFailure, Request};
use js_sys::Array;
use web_sys::File;

/// The large files that were ever opened. They are handles to what is on the user's disk.
#[derive(Default)]
pub(super) struct Logs {
    /// By number: the file, every how many lines one counts, and its size, unpacked, as far as that is known.
    files: Vec<(File, u32, f64)>,
    /// Those to be read, in order.
    queue: Vec<u32>,
    /// Whether the worker reads the first of them.
    reading: bool,
    /// Those that the worker holds.
    there: Vec<u32>,
    /// Those that will not be read.
    lost: Vec<u32>,
}

impl Client {
    /// Takes note of a file; its number.
    pub(crate) fn add_log(&self, file: File, size: f64) -> u32 {
        let files = &mut self.0.borrow_mut().logs.files;
        files.push((file, 1, size));
        files.len() as u32 - 1
    }

    /// Has a file read, of which one line in `every` counts.
    pub(crate) fn read_log(&self, id: u32, every: u32) {
        let inner = &mut *self.0.borrow_mut();
        if let Some(file) = inner.logs.files.get_mut(id as usize) {
            file.1 = every;
            inner.logs.queue.push(id);
            inner.read_next();
        }
    }

    /// Does not have it read. News of it come all the same.
    pub(crate) fn cancel_log(&self, id: u32) {
        let inner = &mut *self.0.borrow_mut();
        let first = inner.logs.reading && inner.logs.queue.first() == Some(&id);
        if let Some(live) = &inner.live
            && inner.ready
        {
            super::post(&live.worker, &Request::Cancel(id));
        }
        if !first {
            inner.logs.queue.retain(|waiting| *waiting != id);
        }
    }

    /// The file with a number.
    pub(crate) fn log_file(&self, id: u32) -> Option<(File, f64)> {
        self.0.borrow().logs.files.get(id as usize).map(|(file, _, size)| (file.clone(), *size))
    }
}

impl Inner {
    /// Whether the worker holds all large files of the newest inputs; those that it does not hold are read first.
    pub(super) fn has_logs(&mut self) -> bool {
        let logs = &mut self.logs;
        let wanted = self.inputs.iter().flat_map(|inputs| &inputs.events).filter_map(|input| input.log);
        let missing = wanted.filter(|id| !logs.there.contains(id) && !logs.lost.contains(id));
        let missing: Vec<u32> = missing.collect();
        let has_all = missing.is_empty();
        for id in missing {
            if !logs.queue.contains(&id) {
                logs.queue.push(id);
            }
        }
        self.read_next();
        has_all
    }

    /// Bytes of the large files that the worker holds or reads.
    pub(super) fn log_bytes(&self) -> f64 {
        let logs = &self.logs;
        let sizes = logs.there.iter().chain(&logs.queue).filter_map(|id| logs.files.get(*id as usize));
        sizes.map(|(.., size)| size).sum()
    }

    /// Whether the worker can be told to take this file.
    pub(super) fn is_there(&self, id: u32) -> bool {
        self.logs.there.contains(&id)
    }

    /// The worker was given other events: it has forgotten the files that are not among them.
    pub(super) fn forget_logs(&mut self) {
        let of = |inputs: &Option<super::Inputs>, id: u32| {
            inputs.iter().flat_map(|inputs| &inputs.events).any(|input| input.log == Some(id))
        };
        self.logs.there.retain(|id| of(&self.inputs, *id) || !of(&self.sent, *id));
    }

    pub(super) fn read_next(&mut self) {
        let (true, false, Some(live)) = (self.ready, self.logs.reading, &self.live) else { return };
        let first = self.logs.queue.first().and_then(|id| Some((*id, self.logs.files.get(*id as usize)?)));
        if let Some((id, (file, every, size))) = first {
            let message = Array::of4(&id.into(), &(*every).into(), &(*size).into(), file);
            self.logs.reading = live.worker.post_message(&message).is_ok();
        }
    }

    pub(super) fn take_log(&mut self, id: u32, log: Result<Log, LogFailure>) -> Vec<News> {
        self.logs.reading = false;
        self.logs.queue.retain(|waiting| *waiting != id);
        if log.is_ok() { &mut self.logs.there } else { &mut self.logs.lost }.push(id);
        self.read_next();
        self.send();
        vec![News::Log(id, log)]
    }

    /// The worker is gone. The file that it was reading may be the reason, and is given up.
    pub(super) fn lose_logs(&mut self) -> Option<News> {
        self.logs.there.clear();
        let first = (self.logs.reading && !self.logs.queue.is_empty()).then(|| self.logs.queue.remove(0));
        self.logs.reading = false;
        self.logs.lost.extend(first);
        first.map(|id| News::Log(id, Err(LogFailure::Stopped)))
    }

    /// There will be no worker: nothing more is read.
    pub(super) fn give_up_logs(&mut self) -> Vec<News> {
        let waiting = std::mem::take(&mut self.logs.queue);
        self.logs.lost.extend(&waiting);
        waiting.into_iter().map(|id| News::Log(id, Err(LogFailure::Stopped))).collect()
    }
}
