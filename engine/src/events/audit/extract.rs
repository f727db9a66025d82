//! The value of a field from the JSON of an audit event, and where it is written.

use super::document::time_of;
use super::fields::{self, Holes, How, Item, Way};
use super::query;
use super::tree::{Kind, NodeId, View};
use super::walk::walk;
use crate::catalog::FieldKey;
use crate::text::Span;
use std::borrow::Cow;

/// A field, ready to be read from many events.
pub(super) struct Reader {
    how: How,
    arg: Option<Box<str>>,
    /// The argument as an index; beyond any list where it is no number that fits.
    index: Option<usize>,
    /// The keys in the argument, where that is a pointer.
    pointer: Vec<String>,
    /// Whether the event must have an audit ID.
    gated: bool,
}

/// What was read.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Extracted<'t> {
    pub(super) value: Texts<'t>,
    /// Where it is written: of several values the range that holds them.
    pub(super) at: Span,
}

/// The value of a field: all are texts.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Texts<'t> {
    /// One.
    One(Cow<'t, str>),
    /// A list, never empty.
    Many(Vec<Cow<'t, str>>),
}

/// What a field is read from.
#[derive(Clone, Copy)]
pub(super) struct Subject<'t> {
    pub(super) view: View<'t>,
    /// The event's object.
    pub(super) event: NodeId,
}

impl Reader {
    /// A reader of the field; `None` if audit events do not have it.
    pub(super) fn new(key: &FieldKey) -> Option<Self> {
        let how = fields::how(key.field)?;
        let arg = key.arg.clone();
        let pointer = match (how.way, arg.as_deref()) {
            (Way::Pointer, Some(arg)) => query::pointer(arg),
            _ => Vec::new(),
        };
        let index = arg.as_deref().map(|arg| arg.parse().unwrap_or(usize::MAX));
        Some(Self { how, index, arg, pointer, gated: key.info().name.starts_with("ka.") })
    }

    /// The field's value in an event.
    pub(super) fn read<'t>(&self, subject: &Subject<'t>) -> Option<Extracted<'t>> {
        let Subject { view, event, .. } = *subject;
        if self.gated && view.get(event, "auditID").is_none() {
            return None;
        }
        let keys = self.how.keys;
        let start = || view.at_path(event, keys);
        let one =
            |value: Cow<'t, str>, id: NodeId| Some(Extracted { value: Texts::One(value), at: view.at(id) });
        match self.how.way {
            Way::One => start().and_then(|id| one(view.text(id), id)),
            Way::Repository => start().and_then(|id| one(repository(view.text(id)), id)),
            Way::True => one(Cow::Borrowed("true"), event),
            Way::Whole => one(Cow::Owned(view.pretty(event)), event),
            Way::RawTime => {
                let id = view.get(event, "stageTimestamp")?;
                let time = time_of(&view.string(id)?)?;
                one(Cow::Owned(time.nanoseconds.to_string()), id)
            }
            Way::Pointer => {
                let keys: Vec<&str> = self.pointer.iter().map(String::as_str).collect();
                view.at_path(event, &keys).and_then(|id| one(view.text(id), id))
            }
            Way::PodName => {
                let text = |key| view.at_path(event, &["objectRef", key]).map(|id| view.text(id));
                let is_pod = text("resource").is_some_and(|resource| resource == "pods")
                    && text("subresource").is_none_or(|inner| inner.is_empty());
                start().filter(|_| is_pod).and_then(|id| one(view.text(id), id))
            }
            Way::Parameter => {
                let id = start()?;
                let value = query::parameter(&view.text(id), self.arg.as_deref()?)?;
                one(Cow::Owned(value), id)
            }
            Way::AnyPrivileged => {
                let containers = start()?;
                let found = walk(&view, containers, &["securityContext", "privileged"], None);
                let is_true = |id: &NodeId| view.kind(*id) == Kind::True;
                let first = found.unwrap_or_default().into_iter().flatten().find(is_true);
                one(
                    Cow::Borrowed(if first.is_some() { "true" } else { "false" }),
                    first.unwrap_or(containers),
                )
            }
            Way::AnyHostPath => {
                let (volumes, wanted) = (start()?, self.arg.as_deref()?);
                let fits = |id: &NodeId| {
                    let path = view.text(*id);
                    path == wanted || wanted.strip_suffix('*').is_some_and(|prefix| path.starts_with(prefix))
                };
                let found = walk(&view, volumes, &["hostPath", "path"], None);
                let first = found.unwrap_or_default().into_iter().flatten().find(fits);
                one(Cow::Borrowed(if first.is_some() { "true" } else { "false" }), first.unwrap_or(volumes))
            }
            Way::Elements => {
                let list = start().filter(|id| view.kind(*id) == Kind::List)?;
                let mut many = Many::new(view);
                many.elements(list);
                many.finish()
            }
            Way::Walk(holes, item) => self.walked(subject, holes, item),
            Way::Rules => {
                let mut many = Many::new(view);
                for list in walk(&view, event, keys, self.index)?.into_iter().flatten() {
                    if view.kind(list) == Kind::List {
                        many.elements(list);
                    }
                }
                many.finish()
            }
            Way::Subjects(kind) => self.subjects(subject, kind, false),
            Way::QualifiedSubjects => self.subjects(subject, "ServiceAccount", true),
            Way::OrPod(key) => {
                let pod = view.at_path(event, &["requestObject", "spec", key]);
                let default = pod.map_or(Cow::Borrowed("0"), |id| view.text(id));
                let mut many = Many::new(view);
                for found in walk(&view, event, keys, self.index)? {
                    match found {
                        Some(id) => many.push(view.text(id), id),
                        None => many.derive(default.clone()),
                    }
                }
                // A default stands with the containers that it is the default of.
                let list = keys.get(..3).and_then(|keys| view.at_path(event, keys)).or(pod);
                many.finish_at(list)
            }
            Way::VolumeTypes => {
                let mut many = Many::new(view);
                for (at, volume) in view.children(start()?).enumerate() {
                    if self.index.is_some_and(|index| index != at) || view.kind(volume) != Kind::Map {
                        continue;
                    }
                    for kind in view.children(volume) {
                        let key = view.key(kind);
                        if key != "name" {
                            many.push(key, kind);
                        }
                    }
                }
                many.finish()
            }
        }
    }

    fn walked<'t>(&self, subject: &Subject<'t>, holes: Holes, item: Item) -> Option<Extracted<'t>> {
        let view = subject.view;
        let mut many = Many::new(view);
        for found in walk(&view, subject.event, self.how.keys, self.index)? {
            let Some(id) = found else {
                if holes == Holes::Fatal {
                    return None;
                }
                continue;
            };
            match item {
                Item::Text => many.push(view.text(id), id),
                Item::Repository => many.push(repository(view.text(id)), id),
                Item::Words => {
                    let words = (view.kind(id) == Kind::List).then(|| view.children(id))?;
                    let words = words.map(|word| view.string(word)).collect::<Option<Vec<_>>>()?;
                    many.push(Cow::Owned(words.join(" ")), id);
                }
                Item::Ports => {
                    let ports = (view.kind(id) == Kind::List).then(|| view.children(id))?;
                    for port in ports {
                        let number = |key| view.get(port, key).filter(|_| view.kind(port) == Kind::Map);
                        if let Some(number) = number("hostPort").or_else(|| number("containerPort")) {
                            many.push(view.text(number), number);
                        }
                    }
                }
            }
        }
        many.finish()
    }

    fn subjects<'t>(&self, subject: &Subject<'t>, kind: &str, qualified: bool) -> Option<Extracted<'t>> {
        let view = subject.view;
        let list = view.at_path(subject.event, self.how.keys).filter(|id| view.kind(*id) == Kind::List)?;
        let mut many = Many::new(view);
        for entry in view.children(list).filter(|id| view.kind(*id) == Kind::Map) {
            let text = |key| view.get(entry, key).map(|id| (view.text(id), id));
            let Some((name, at)) = text("name") else { continue };
            if text("kind").is_none_or(|(text, _)| text != kind) {
                continue;
            }
            if !qualified {
                many.push(name, at);
            } else if let Some((namespace, _)) = text("namespace") {
                many.push(Cow::Owned(format!("{namespace}:{name}")), entry);
            }
        }
        many.finish()
    }
}

/// A list in the making.
struct Many<'t> {
    view: View<'t>,
    texts: Vec<Cow<'t, str>>,
    at: Option<Span>,
}

impl<'t> Many<'t> {
    fn new(view: View<'t>) -> Self {
        Self { view, texts: Vec::new(), at: None }
    }

    /// An element that stands at `id`.
    fn push(&mut self, text: Cow<'t, str>, id: NodeId) {
        self.texts.push(text);
        let at = self.view.at(id);
        self.at = Some(self.at.map_or(at, |before| before.cover(at)));
    }

    /// An element that is written nowhere.
    fn derive(&mut self, text: Cow<'t, str>) {
        self.texts.push(text);
    }

    /// All elements of a list.
    fn elements(&mut self, list: NodeId) {
        for id in self.view.children(list) {
            self.push(self.view.text(id), id);
        }
    }

    /// As Falco does: an empty list is no value.
    fn finish(self) -> Option<Extracted<'t>> {
        self.finish_at(None)
    }

    /// `rest` is the place if no element has one.
    fn finish_at(self, rest: Option<NodeId>) -> Option<Extracted<'t>> {
        let at = self.at.or_else(|| rest.map(|id| self.view.at(id))).unwrap_or_default();
        (!self.texts.is_empty()).then_some(Extracted { value: Texts::Many(self.texts), at })
    }
}

/// As Falco does: the name of an image up to its first `:`, then to its first `@`, whatever these stand for.
fn repository(image: Cow<'_, str>) -> Cow<'_, str> {
    let cut = |text: &str| {
        let text = text.split(':').next().unwrap_or(text);
        text.split('@').next().unwrap_or(text).len()
    };
    let len = cut(&image);
    match image {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(..len).unwrap_or(text)),
        Cow::Owned(mut text) => {
            text.truncate(len);
            Cow::Owned(text)
        }
    }
}
