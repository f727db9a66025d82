//! The worker's side: the only place that holds a `Session`. It answers each request before it takes the next;
//! which requests are worth sending is the page's business.

use super::make::make;
use super::protocol::{Analysis, Change, Changed, File, How, Reply, Request, pack, transfer, unpack};
use engine::{Session, events::EventsFile, text::Source};
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

/// The scope, if this runs in a worker and not in a page.
pub(crate) fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// Answers requests until the page ends the worker.
pub(crate) fn serve(scope: &DedicatedWorkerGlobalScope) {
    let mut session = Session::new();
    let own = scope.clone();
    let answer = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(request) = unpack::<Request>(&event.data()) {
            let now = || own.performance().map_or(0.0, |clock| clock.now());
            let mut blobs = Vec::new();
            let reply = reply(&mut session, request, &mut blobs, now);
            post(&own, &reply, &blobs);
        }
    });
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    answer.forget();
    post(scope, &Reply::Ready, &[]);
}

fn reply(session: &mut Session, request: Request, blobs: &mut Vec<Blob>, now: impl Fn() -> f64) -> Reply {
    match request {
        Request::Analyse { revision, rules, config, events, dialect } => {
            let start = now();
            if let Some(rules) = rules {
                session.set_rules(rules.into_iter().map(source).collect());
            }
            if let Some(config) = config {
                session.set_config(config.into_iter().map(source).next());
            }
            let fresh = events.is_some() || session.dialect() != dialect;
            session.set_dialect(dialect);
            if let Some(events) = events {
                let read = |(file, kind)| EventsFile { kind, ..source(file).into() };
                session.set_events(events.into_iter().map(read).collect());
            }
            let report = session.report();
            let millis = now() - start;
            let events = fresh.then(|| session.events());
            Reply::Analysis(Box::new(Analysis { revision, report, events, millis }))
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
        Request::Make(id, wanted) => Reply::Made(id, make(session, wanted, blobs)),
        Request::Change(Change { rule, how, locked }) => Reply::Changed(match how {
            How::Edit(edit) => {
                let edits = session.edit_exceptions(&rule, &edit, locked);
                Changed::Edits { rule, edits }
            }
            How::Except(event) => {
                let ways = session.suggest_exceptions(&rule, event, locked);
                Changed::Ways { rule, event, ways }
            }
        }),
    }
}

fn source(file: File) -> Source {
    Source { name: file.name, text: file.text }
}

fn post(scope: &DedicatedWorkerGlobalScope, reply: &Reply, blobs: &[Blob]) {
    if let Some(buffer) = pack(reply) {
        let message = Array::of1(&buffer);
        for blob in blobs {
            message.push(blob);
        }
        let _ = scope.post_message_with_transfer(&message, &transfer(&buffer));
    }
}
