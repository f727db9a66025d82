//! The worker's side: the only place that holds a `Session`. It answers each request before it takes the next;
//! which requests are worth sending is the page's business.

use super::{
    logs::{self, Logs},
    make::{self, Job},
    protocol::{
        Analysis, Change, Changed, Events, File, How, Make, Reply, Request, What, pack, transfer, unpack,
    },
};
use engine::{NewEvents, Session, events::EventsFile, text::Source};
use js_sys::{Array, ArrayBuffer, WebAssembly};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

/// So many events are told in one message: each is one task of the page, which must not keep it from painting.
const EVENTS_AT_ONCE: usize = 4000;

/// The scope, if this runs in a worker and not in a page.
pub(crate) fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// What the worker holds.
pub(super) struct Worker {
    scope: DedicatedWorkerGlobalScope,
    pub(super) session: RefCell<Session>,
    pub(super) logs: RefCell<Logs>,
    /// The redaction that goes on, or went on last.
    pub(super) job: RefCell<Job>,
}

/// Answers requests until the page ends the worker.
pub(crate) fn serve(scope: &DedicatedWorkerGlobalScope) {
    let worker = Rc::new(Worker {
        scope: scope.clone(),
        session: RefCell::default(),
        logs: RefCell::default(),
        job: RefCell::default(),
    });
    let own = worker.clone();
    let answer = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        if let Some(log) = data.dyn_ref::<Array>() {
            logs::start(&own, log);
        } else if let Some(request) = unpack::<Request>(&data) {
            own.answer(request);
        }
    });
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    answer.forget();
    worker.post(&Reply::Ready);
}

impl Worker {
    pub(super) fn post(&self, reply: &Reply) {
        self.post_with(reply, &[]);
    }

    pub(super) fn post_with(&self, reply: &Reply, blobs: &[Blob]) {
        if let Some(buffer) = pack(reply) {
            let message = Array::of1(&buffer);
            for blob in blobs {
                message.push(blob);
            }
            let _ = self.scope.post_message_with_transfer(&message, &transfer(&buffer));
        }
    }

    fn now(&self) -> f64 {
        self.scope.performance().map_or(0.0, |clock| clock.now())
    }

    fn answer(self: &Rc<Self>, request: Request) {
        match &request {
            // What was found is about events and rules that may be others by now.
            Request::Analyse { .. } | Request::Stop { forget: true } => self.job.take().stop(),
            Request::Make(..) | Request::Stop { .. } => self.job.borrow_mut().stop(),
            _ => {}
        }
        let session = &mut *self.session.borrow_mut();
        let mut blobs = Vec::new();
        let reply = match request {
            Request::Analyse { revision, rules, config, events, baseline, dialect } => {
                let start = self.now();
                if let Some(rules) = rules {
                    session.set_rules(rules.into_iter().map(source).collect());
                }
                if let Some(config) = config {
                    session.set_config(config.into_iter().map(source).next());
                }
                if let Some(baseline) = baseline {
                    let files: Vec<Source> = baseline.into_iter().map(source).collect();
                    session.set_baseline((!files.is_empty()).then_some(files));
                }
                let fresh = events.is_some() || session.dialect() != dialect;
                session.set_dialect(dialect);
                if let Some(events) = events {
                    session.change_events(events.into_iter().map(|file| self.new_events(file)).collect());
                }
                let report = session.report();
                let millis = self.now() - start;
                let events = fresh.then(|| {
                    let all = session.store().len();
                    let last = all - all % EVENTS_AT_ONCE;
                    for from in (0..last).step_by(EVENTS_AT_ONCE) {
                        self.post(&Reply::Events(session.events_in(from..from + EVENTS_AT_ONCE)));
                    }
                    session.events_in(last..all)
                });
                Reply::Analysis(Box::new(Analysis { revision, report, events, millis, memory: memory() }))
            }
            Request::Detail(selected) => {
                let detail = session.event(selected.event, selected.rule.as_deref());
                Reply::Detail { selected, detail }
            }
            Request::Changes { rule, event } => {
                Reply::Changes { rule, event, changes: session.changes(rule, event) }
            }
            Request::Ask { id, query, rules } => {
                let rules: Option<Vec<Source>> = rules.map(|rules| rules.into_iter().map(source).collect());
                Reply::Ask { id, reply: session.ask(&query, rules.as_deref()) }
            }
            Request::Rule(name) => {
                let detail = session.rule(&name).map(Box::new);
                Reply::Rule { name, detail }
            }
            Request::Change(Change { rule, how, locked }) => Reply::Changed(match how {
                How::Edit(edit) => {
                    let edits = session.edit_exceptions(&rule, &edit, locked);
                    Changed::Edits { rule, edits }
                }
                How::Print { fields, to } => {
                    let edits = session.print_fields(&rule, &fields, to, locked);
                    Changed::Printed { fields, edits }
                }
                How::Except(event) => {
                    let ways = session.suggest_exceptions(&rule, event, locked);
                    Changed::Ways { rule, event, ways }
                }
            }),
            Request::Make(id, Make::Export(form, only)) => {
                Reply::Made(id, make::export(session, form, only.as_ref(), &mut blobs))
            }
            Request::Make(id, Make::Redact(options)) => return make::redact(self, session, id, options),
            Request::Stop { .. } => return,
            Request::Excerpt { file, span } => Reply::Excerpt { file, excerpt: session.excerpt(file, span) },
            Request::Cancel(id) => return self.logs.borrow_mut().cancel(id),
        };
        self.post_with(&reply, &blobs);
    }

    fn new_events(&self, Events { name, kind, what }: Events) -> NewEvents {
        match what {
            What::Same(at) => NewEvents::Kept { at: at as usize, name, kind },
            What::Text(text) => {
                NewEvents::File(EventsFile { kind, ..EventsFile::from(Source { name, text }) })
            }
            What::Log(id) => {
                let mut read = self.logs.borrow_mut().take(id).unwrap_or_default();
                read.0.file.name = name;
                if read.0.kind == kind {
                    NewEvents::Read(read)
                } else {
                    NewEvents::File(EventsFile { kind, ..read.0 })
                }
            }
        }
    }
}

/// Bytes of memory that were taken so far; it is never given back.
fn memory() -> f64 {
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    f64::from(memory.buffer().unchecked_into::<ArrayBuffer>().byte_length())
}

fn source(file: File) -> Source {
    Source { name: file.name, text: file.text }
}
