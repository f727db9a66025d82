//! The page's side of the worker: sends the newest inputs, one request at a time, and sees that an answer comes.
//!
//! While one request is out, newer inputs only replace each other, so nothing piles up and the newest wins. Verdicts go
//! first: what is shown closely is asked for when they have come and nothing newer waits, and what is dear of it when
//! nothing has happened for a moment.
//!
//! Answers come in the order of the questions, so what is told closely is always about the verdicts that came last. A worker
//! that panics or is late is ended, started anew and given the inputs once more; when that fails as well, the client
//! waits for other inputs, since the same text would only do it again.

mod inputs;
mod logs;

pub(crate) use inputs::{Input, Inputs};

use super::protocol::{
    Analysis, Change, Changed, Events, Log, LogFailure, Made, Make, Reply, Request, Selected, What, apart,
    count_of, pack, transfer, unpack,
};
use crate::workspace::Workspace;
use engine::report::editor;
use engine::report::{self, EventDetail, EventSummary, Excerpt, Replacement, RuleDetail};
use engine::text::Span;
use gloo::{events::EventListener, timers::callback::Timeout};
use js_sys::Array;
use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Worker, WorkerOptions, WorkerType};

/// A worker that has not answered after this time is ended. Ten times what the largest files that the editor opens
/// take on a slow phone.
const DEADLINE_MS: u32 = 10_000;
/// Where the worker holds large files, it has a millisecond more for so many bytes.
const BYTES_PER_MS: f64 = 10e3;
/// After this time the page says that it waits.
const SLOW_MS: u32 = 200;

/// How long nothing must be typed or chosen before dear questions are asked: the next answer would have to wait for them.
const PAUSE_MS: u32 = 100;

/// What the client has to tell the page.
pub(crate) enum News {
    /// The worker is there.
    Ready,
    /// An answer for the newest inputs.
    Answer(Answer),
    /// All about one event.
    Detail(Selected, Option<EventDetail>),
    /// What would turn the answer of the rule that the last detail explains.
    Changes(Vec<report::Change>),
    /// All about the rule that is shown as it is in the end.
    Rule(Option<(String, Box<RuleDetail>)>),
    /// The answer to a question of the editor, for whoever asked; none where there will be none.
    Told(Then, Option<editor::Reply>),
    /// What becomes of a change of exceptions.
    Changed(Changed),
    /// Files that were wanted, and their contents; none if the worker failed over them.
    Made(Option<(Made, Vec<Blob>)>),
    /// So much of them is made, in percent; once it is known, what a redaction replaces.
    MadeStep(u32, Option<Vec<Replacement>>),
    /// What stands at a place of an events file, by position.
    Excerpt(u32, Option<Excerpt>),
    /// So much of a large file, by number, was read: bytes, unpacked, and events.
    LogStep(u32, f64, u32),
    /// A large file was read, or will not be.
    Log(u32, Result<Log, LogFailure>),
    /// The answer takes a while.
    Slow,
    /// The worker was started again.
    Restarted,
    /// The worker failed twice on the same inputs.
    GaveUp,
}

/// What is done with the answer to a question.
pub(crate) type Then = Box<dyn FnOnce(Option<editor::Reply>)>;

/// The engine's answer and the texts that it is about.
pub(crate) struct Answer {
    pub(crate) analysis: Box<Analysis>,
    pub(crate) inputs: Inputs,
}

#[wasm_bindgen]
extern "C" {
    type ImportMeta;
    #[wasm_bindgen(method, getter)]
    fn url(this: &ImportMeta) -> js_sys::JsString;
    #[wasm_bindgen(thread_local_v2, js_namespace = import, js_name = meta)]
    static IMPORT_META: ImportMeta;
}

/// A handle; clones share the worker.
#[derive(Clone)]
pub(crate) struct Client(Rc<RefCell<Inner>>);

struct Inner {
    news: Rc<dyn Fn(News)>,
    own: Weak<RefCell<Inner>>,
    live: Option<Live>,
    ready: bool,
    /// The newest inputs.
    inputs: Option<Inputs>,
    /// What the worker holds.
    sent: Option<Inputs>,
    selected: Option<Selected>,
    /// The rule that is shown as it is in the end.
    rule: Option<String>,
    /// A change that waits until the worker has the newest inputs.
    change: Option<Change>,
    /// Files that wait as well, and the number of those that the worker is making. Nothing else is sent meanwhile that
    /// it must answer in time.
    wanted: Option<Make>,
    making: Option<u32>,
    /// The rule and event whose changes are wanted.
    explained: Option<(u32, u32)>,
    /// Runs until dear questions are asked.
    pause: Option<Timeout>,
    revision: u32,
    /// Questions of the editor that are not answered yet, by id; and the next id.
    asked: Vec<(u32, Then)>,
    next_id: u32,
    out: Option<Out>,
    /// Events of an answer that was too old to show.
    kept: Option<Vec<EventSummary>>,
    /// Events of the answer that comes next.
    coming: Vec<EventSummary>,
    logs: logs::Logs,
    /// Failures since the last answer.
    failures: u32,
}

struct Live {
    worker: Worker,
    _listeners: [EventListener; 2],
}

/// A request that is being worked on; its timers end with it.
struct Out {
    revision: u32,
    _slow: Timeout,
    _deadline: Timeout,
}

impl Client {
    /// Starts the worker. `news` is called from event handlers, never from within the client's own functions.
    pub(crate) fn new(news: impl Fn(News) + 'static) -> Self {
        let inner = Rc::new_cyclic(|own| {
            RefCell::new(Inner {
                news: Rc::new(news),
                own: own.clone(),
                live: None,
                ready: false,
                inputs: None,
                sent: None,
                selected: None,
                rule: None,
                change: None,
                wanted: None,
                making: None,
                explained: None,
                pause: None,
                revision: 0,
                asked: Vec::new(),
                next_id: 0,
                out: None,
                kept: None,
                coming: Vec::new(),
                logs: logs::Logs::default(),
                failures: 0,
            })
        });
        inner.borrow_mut().spawn();
        Self(inner)
    }

    /// Gives the engine the files as they are now, if it sees anything else in them.
    pub(crate) fn submit(&self, workspace: &Workspace) {
        let inner = &mut *self.0.borrow_mut();
        let inputs = Inputs::of(workspace);
        if inner.inputs.as_ref().is_some_and(|old| old.same(&inputs)) {
            return;
        }
        inner.inputs = Some(inputs);
        inner.pause = None;
        inner.revision += 1;
        inner.failures = 0;
        if inner.live.is_none() {
            inner.spawn();
        }
        // What the editor asks as it is typed into was asked before: that is quick, and must not wait.
        inner.send();
    }

    /// Chooses the rule that is shown as it is in the end, whose details follow each answer, and asks for them now.
    pub(crate) fn show_rule(&self, rule: Option<String>) {
        let inner = &mut *self.0.borrow_mut();
        inner.rule = rule;
        inner.ask_rule();
    }

    /// Asks about rules files as they are now. `then` gets the answer later, or nothing at once if the worker is not there.
    pub(crate) fn ask(&self, inputs: &Inputs, query: editor::Query, then: Then) {
        {
            let inner = &mut *self.0.borrow_mut();
            if let (true, Some(live)) = (inner.ready, &inner.live) {
                let same = inner.sent.as_ref().is_some_and(|sent| sent.same_rules(inputs));
                let rules = (!same).then(|| inputs.rules.iter().map(Input::file).collect());
                let id = inner.next_id;
                inner.next_id = id.wrapping_add(1);
                post(&live.worker, &Request::Ask { id, query, rules });
                inner.asked.push((id, then));
                return;
            }
        }
        then(None);
    }

    /// Asks for a change of exceptions, once the worker has the newest inputs; one that still waits is forgotten.
    pub(crate) fn change(&self, change: Change) {
        let inner = &mut *self.0.borrow_mut();
        inner.change = Some(change);
        inner.send_change();
    }

    /// Has files made, once the worker has the newest inputs; others that still wait are forgotten.
    pub(crate) fn make(&self, make: Make) {
        let inner = &mut *self.0.borrow_mut();
        inner.wanted = Some(make);
        inner.send_make();
    }

    /// Does not have them made, and what was found meanwhile kept or forgotten.
    pub(crate) fn stop_making(&self, forget: bool) {
        let inner = &mut *self.0.borrow_mut();
        (inner.making, inner.wanted) = (None, None);
        if let Some(live) = &inner.live
            && inner.ready
        {
            post(&live.worker, &Request::Stop { forget });
        }
        inner.send();
    }

    /// Asks what stands at a place of an events file, by position, if the worker has the newest inputs.
    pub(crate) fn excerpt(&self, file: u32, span: Span) {
        if let Some(worker) = self.0.borrow().idle() {
            post(worker, &Request::Excerpt { file, span });
        }
    }

    /// Chooses the event whose details follow each answer, and asks for them now.
    pub(crate) fn select(&self, selected: Option<Selected>) {
        let inner = &mut *self.0.borrow_mut();
        inner.selected = selected;
        inner.ask_detail();
    }
}

impl Inner {
    /// The worker, if it has the newest inputs and has answered; otherwise details follow its answer.
    fn idle(&self) -> Option<&Worker> {
        let live = self.live.as_ref()?;
        let idle = self.ready && self.out.is_none() && self.sent.is_some();
        idle.then_some(&live.worker)
    }

    fn ask_detail(&mut self) {
        self.explained = None;
        if let (Some(worker), Some(selected)) = (self.idle(), &self.selected) {
            post(worker, &Request::Detail(selected.clone()));
        }
    }

    fn ask_rule(&self) {
        if let (Some(worker), Some(rule)) = (self.idle(), &self.rule) {
            post(worker, &Request::Rule(rule.clone()));
        }
    }

    fn ask_changes(&self) {
        // The view of rules does not show them.
        if let (None, Some(worker), Some((rule, event))) = (&self.rule, self.idle(), self.explained) {
            post(worker, &Request::Changes { rule, event });
        }
    }

    /// Asks about the rule once nothing has happened for a moment: all events are looked through for that.
    fn ask_rule_later(&mut self) {
        let own = self.own.clone();
        self.pause = Some(Timeout::new(PAUSE_MS, move || {
            if let Some(own) = own.upgrade() {
                own.borrow().ask_rule();
            }
        }));
    }

    fn spawn(&mut self) {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name("engine");
        let glue = String::from(IMPORT_META.with(ImportMeta::url));
        let folder = glue.rsplit_once('/').map_or(".", |(folder, _)| folder);
        let Ok(worker) = Worker::new_with_options(&format!("{folder}/engine-worker.js"), &options) else {
            return;
        };
        let own = self.own.clone();
        let message = EventListener::new(&worker, "message", move |event| {
            let event: &web_sys::MessageEvent = event.unchecked_ref();
            let (data, blobs) = apart(event.data());
            if let (Some(own), Some(reply)) = (own.upgrade(), unpack::<Reply>(&data)) {
                tell(&own, |inner| inner.take(reply, blobs));
            }
        });
        let own = self.own.clone();
        let error = EventListener::new(&worker, "error", move |_| {
            if let Some(own) = own.upgrade() {
                tell(&own, Inner::fail);
            }
        });
        let _ = worker.post_message(&Array::of2(&glue.into(), &wasm_bindgen::module()));
        self.ready = false;
        self.sent = None;
        self.making = None;
        self.kept = None;
        self.coming = Vec::new();
        self.live = Some(Live { worker, _listeners: [message, error] });
    }

    /// Sends the newest inputs unless an answer is outstanding or the worker has them.
    fn send(&mut self) {
        if !self.has_logs() {
            return;
        }
        let (true, None, Some(inputs), Some(live)) = (self.ready, &self.out, &self.inputs, &self.live) else {
            return;
        };
        if self.making.is_some() {
            return;
        }
        let same = |of: fn(&Inputs, &Inputs) -> bool| self.sent.as_ref().is_some_and(|sent| of(sent, inputs));
        if same(Inputs::same) {
            return self.send_make();
        }
        let (same_rules, same_events) = (same(Inputs::same_rules), same(Inputs::same_events));
        let config = (!same(Inputs::same_config)).then(|| inputs.config.iter().map(Input::file).collect());
        let rules = (!same_rules).then(|| inputs.rules.iter().map(Input::file).collect());
        let events =
            (!same_events).then(|| inputs.events.iter().map(|input| self.event_file(input)).collect());
        let baseline = (!same(Inputs::same_baseline)).then(|| inputs.baseline_files());
        let (revision, dialect) = (self.revision, inputs.dialect);
        let request = Request::Analyse { revision, rules, config, events, baseline, dialect };
        post(&live.worker, &request);
        let deadline = DEADLINE_MS + count_of(self.log_bytes() / BYTES_PER_MS);
        self.forget_logs();
        self.sent.clone_from(&self.inputs);
        let timer = |after: u32, act: fn(&mut Inner) -> Vec<News>| {
            let own = self.own.clone();
            Timeout::new(after, move || {
                if let Some(own) = own.upgrade() {
                    tell(&own, act);
                }
            })
        };
        self.out = Some(Out {
            revision: self.revision,
            _slow: timer(SLOW_MS, |_| vec![News::Slow]),
            _deadline: timer(deadline, Inner::fail),
        });
    }

    /// An events file as it is sent: what the worker has is only named.
    fn event_file(&self, input: &Input) -> Events {
        let had = self.sent.iter().flat_map(|sent| sent.events.iter().zip(0..));
        let mut had = had.filter(|(had, _)| had.key == input.key && had.holds_same(input));
        let what = match (had.next(), input.log) {
            (Some((_, at)), _) => What::Same(at),
            (None, Some(id)) if self.is_there(id) => What::Log(id),
            _ => What::Text(input.text.to_string()),
        };
        Events { name: input.name.clone(), kind: input.kind, what }
    }

    fn send_change(&mut self) {
        if self.idle().is_none() {
            return;
        }
        if let (Some(live), Some(change)) = (&self.live, self.change.take()) {
            post(&live.worker, &Request::Change(change));
        }
    }

    fn send_make(&mut self) {
        // A redaction takes the place of one that goes on.
        let waits = self.making.is_some() && !matches!(self.wanted, Some(Make::Redact(_)));
        if waits || self.idle().is_none() {
            return;
        }
        if let (Some(live), Some(make)) = (&self.live, self.wanted.take()) {
            let id = self.next_id;
            self.next_id = id.wrapping_add(1);
            post(&live.worker, &Request::Make(id, make));
            self.making = Some(id);
        }
    }

    fn take(&mut self, reply: Reply, blobs: Vec<Blob>) -> Vec<News> {
        match reply {
            Reply::Ready => {
                self.ready = true;
                self.read_next();
                self.send();
                vec![News::Ready]
            }
            Reply::Detail { selected, detail } if self.selected.as_ref() == Some(&selected) => {
                let why = detail.as_ref().and_then(|detail| detail.why.as_ref());
                self.explained = why.map(|why| (why.rule, why.event));
                self.ask_changes();
                vec![News::Detail(selected, detail)]
            }
            Reply::Changes { rule, event, changes } if self.explained == Some((rule, event)) => {
                vec![News::Changes(changes)]
            }
            Reply::Rule { name, detail } if self.rule.as_ref() == Some(&name) => {
                vec![News::Rule(detail.map(|detail| (name, detail)))]
            }
            Reply::MadeStep(id, percent, found) if self.making == Some(id) => {
                vec![News::MadeStep(percent, found)]
            }
            Reply::Detail { .. } | Reply::Changes { .. } | Reply::Rule { .. } | Reply::MadeStep(..) => {
                Vec::new()
            }
            Reply::Ask { id, reply } => {
                let at = self.asked.iter().position(|(asked, _)| *asked == id);
                match at.map(|at| self.asked.swap_remove(at)) {
                    Some((_, then)) => vec![News::Told(then, Some(reply))],
                    None => Vec::new(),
                }
            }
            Reply::Changed(changed) => vec![News::Changed(changed)],
            Reply::Made(id, made) => {
                if self.making != Some(id) {
                    return Vec::new();
                }
                self.making = None;
                self.send();
                self.send_make();
                // What is wanted by now comes in its stead.
                let newest = self.making.is_none() && self.wanted.is_none();
                if newest { vec![News::Made(Some((made, blobs)))] } else { Vec::new() }
            }
            Reply::Excerpt { file, excerpt } => vec![News::Excerpt(file, excerpt)],
            Reply::LogStep { id, bytes, events } => vec![News::LogStep(id, bytes, events)],
            Reply::Log { id, log } => self.take_log(id, log),
            Reply::Events(events) => {
                self.coming.extend(events);
                Vec::new()
            }
            Reply::Analysis(analysis) => {
                if self.out.as_ref().is_none_or(|out| out.revision != analysis.revision) {
                    return Vec::new();
                }
                self.out = None;
                self.failures = 0;
                self.send();
                let mut analysis = analysis;
                if let Some(events) = &mut analysis.events {
                    let mut all = std::mem::take(&mut self.coming);
                    all.append(events);
                    *events = all;
                }
                if analysis.revision != self.revision {
                    // An answer to an older text. Only its events are kept: they do not come again.
                    self.kept = analysis.events.take().or(self.kept.take());
                    return Vec::new();
                }
                analysis.events = analysis.events.take().or(self.kept.take());
                let inputs = self.sent.clone().unwrap_or_default();
                self.ask_detail();
                self.ask_rule_later();
                self.send_change();
                self.send_make();
                vec![News::Answer(Answer { analysis, inputs })]
            }
        }
    }

    /// The worker has panicked or is late.
    fn fail(&mut self) -> Vec<News> {
        if let Some(live) = self.live.take() {
            live.worker.terminate();
        }
        self.out = None;
        let log = self.lose_logs();
        self.failures += u32::from(log.is_none());
        let mut news: Vec<News> = self.asked.drain(..).map(|(_, then)| News::Told(then, None)).collect();
        if self.making.is_some() {
            news.push(News::Made(None));
        }
        if self.failures > 1 {
            news.extend(self.give_up_logs());
            news.push(News::GaveUp);
        } else {
            self.spawn();
            news.push(News::Restarted);
        }
        // What it says is the last word.
        news.extend(log);
        news
    }
}

/// Runs `act` and then, with nothing borrowed, hands its news on.
fn tell(own: &Rc<RefCell<Inner>>, act: impl FnOnce(&mut Inner) -> Vec<News>) {
    let (news, listener) = {
        let mut inner = own.borrow_mut();
        (act(&mut inner), inner.news.clone())
    };
    for item in news {
        listener(item);
    }
}

fn post(worker: &Worker, request: &Request) {
    if let Some(buffer) = pack(request) {
        let _ = worker.post_message_with_transfer(&buffer, &transfer(&buffer));
    }
}
