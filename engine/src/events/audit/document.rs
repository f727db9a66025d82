//! What Falco makes of a JSON document of an audit log: events, and what it drops.

use super::tree::{Kind, NodeId, View};
use crate::events::time::Moment;

/// Falco's default for the size of an event, as JSON without blanks.
pub(crate) const MAX_EVENT: usize = 262_144;

/// The API group of audit events.
pub(crate) const GROUP: &str = "audit.k8s.io/";

/// A part of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part {
    /// An event, and its time.
    Event(NodeId, Moment),
    /// A string that holds documents of its own.
    Text(NodeId),
    /// Something that is dropped.
    Dropped(NodeId, Reason),
}

/// Why something is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// Neither an event nor a list of events.
    NotAnEvent,
    /// It stands in a list behind something that is no event.
    Behind,
    /// It does not say when it happened.
    NoTime,
    /// When it happened is no time.
    BadTime,
    /// It is too large.
    TooLarge,
}

/// Takes a document apart, in order. Documents of an export, which hold events somewhere inside or in a string, are none to
/// Falco, which gets the event alone; here they are taken for what they hold.
pub(crate) fn parts(view: &View<'_>, root: NodeId, out: &mut Vec<Part>) {
    match view.kind(root) {
        Kind::List => {
            let mut broken = false;
            for element in view.children(root) {
                if broken {
                    out.push(Part::Dropped(element, Reason::Behind));
                    continue;
                }
                let first = out.len();
                parts(view, element, out);
                broken = out.get(first..) == Some(&[Part::Dropped(element, Reason::NotAnEvent)]);
            }
        }
        Kind::Map if is_kind(view, root, "EventList") => {
            let items = view.get(root, "items").filter(|items| view.kind(*items) == Kind::List);
            out.extend(items.into_iter().flat_map(|items| view.children(items)).map(|item| part(view, item)));
        }
        Kind::Map if is_kind(view, root, "Event") => out.push(part(view, root)),
        _ => {
            let before = out.len();
            wrapped(view, root, out);
            if out.len() == before {
                out.push(Part::Dropped(root, Reason::NotAnEvent));
            }
        }
    }
}

/// What a document holds that is an audit event, or a string with one.
fn wrapped(view: &View<'_>, root: NodeId, out: &mut Vec<Part>) {
    let mut next = root;
    let end = view.end(root);
    while next < end {
        let id = next;
        next += 1;
        if view.kind(id) == Kind::Map && is_audit(view, id) {
            parts(view, id, out);
            next = view.end(id);
        } else if may_hold_one(view, id) {
            out.push(Part::Text(id));
        }
    }
}

/// Whether a value is a string that speaks of an audit event.
fn may_hold_one(view: &View<'_>, id: NodeId) -> bool {
    matches!(view.kind(id), Kind::Text(true)) && {
        let written = view.at(id).slice(view.text);
        written.contains("auditID") || written.contains(GROUP)
    }
}

/// Whether a value is an audit event, or a list of them, for certain: other objects of Kubernetes have the same kinds.
pub(crate) fn is_audit(view: &View<'_>, id: NodeId) -> bool {
    let of_group = |id| {
        let version = view.get(id, "apiVersion").and_then(|version| view.string(version));
        version.is_some_and(|version| version.starts_with(GROUP))
    };
    let has_own_key = |id| ["auditID", "stageTimestamp"].iter().any(|key| view.get(id, key).is_some());
    let is_event = |id| is_kind(view, id, "Event") && (has_own_key(id) || of_group(id));
    let first = || view.at_path(id, &["items", "0"]);
    is_event(id) || (is_kind(view, id, "EventList") && (of_group(id) || first().is_some_and(is_event)))
}

fn is_kind(view: &View<'_>, id: NodeId, kind: &str) -> bool {
    view.kind(id) == Kind::Map
        && view.get(id, "kind").and_then(|id| view.string(id)).is_some_and(|text| text == kind)
}

fn part(view: &View<'_>, id: NodeId) -> Part {
    let Some(time) = view.get(id, "stageTimestamp").filter(|_| view.kind(id) == Kind::Map) else {
        return Part::Dropped(id, Reason::NoTime);
    };
    let Some(time) = view.string(time).and_then(|text| time_of(&text)) else {
        return Part::Dropped(id, Reason::BadTime);
    };
    if view.at(id).len() as usize > MAX_EVENT && view.compact(id).len() > MAX_EVENT {
        return Part::Dropped(id, Reason::TooLarge);
    }
    Part::Event(id, time)
}

/// A time as RFC 3339 has it; other forms are none to Falco.
pub(super) fn time_of(text: &str) -> Option<Moment> {
    let (date, clock) = text.split_once('T')?;
    let clock_len = clock.find(['Z', '+', '-'])?;
    let (clock, zone) = clock.split_at(clock_len);
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let shaped = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text
                .bytes()
                .zip(shape.bytes())
                .all(|(b, s)| if s == b'0' { b.is_ascii_digit() } else { b == s })
    };
    let is_zone = zone == "Z" || zone.get(1..).is_some_and(|zone| shaped(zone, "00:00"));
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    let fits = shaped(date, "0000-00-00")
        && shaped(whole, "00:00:00")
        && is_zone
        && is_fraction
        && !whole.ends_with(":60");
    if fits { Moment::parse(text) } else { None }
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::*;

    fn taken_apart(text: &str) -> Vec<String> {
        let mut tree = Tree::default();
        tree.read(text, 0).unwrap();
        let view = tree.view(text);
        let mut out = Vec::new();
        parts(&view, 0, &mut out);
        out.iter()
            .map(|part| match part {
                Part::Event(id, _) => {
                    format!("event {}", view.get(*id, "auditID").map_or("-".into(), |id| view.text(id)))
                }
                Part::Text(id) => format!("text {}", view.text(*id)),
                Part::Dropped(id, reason) => format!("{reason:?} {}", view.compact(*id)),
            })
            .collect()
    }

    #[test]
    fn documents_are_events_lists_of_events_and_arrays() {
        let event = |id: &str| {
            format!(r#"{{"kind":"Event","auditID":"{id}","stageTimestamp":"2026-04-14T09:00:00Z"}}"#)
        };
        let (a, b) = (event("a"), event("b"));
        let list = format!(r#"{{"kind":"EventList","items":[{a},{{"kind":"Event"}},{b},3]}}"#);
        assert_eq!(taken_apart(&a), ["event a"]);
        assert_eq!(taken_apart(&list), ["event a", r#"NoTime {"kind":"Event"}"#, "event b", "NoTime 3"]);
        assert_eq!(
            taken_apart(&format!("[{a},[{b},1,{a}],{list},{{}},{b}]")).join("; "),
            [
                "event a",
                "event b",
                "NotAnEvent 1",
                &format!("Behind {a}"),
                "event a",
                r#"NoTime {"kind":"Event"}"#,
                "event b",
                "NoTime 3",
                "NotAnEvent {}",
                &format!("Behind {b}"),
            ]
            .join("; ")
        );
        assert_eq!(taken_apart(r#"{"kind":"EventList"}"#), Vec::<String>::new());
        assert_eq!(taken_apart(r#"{"kind":["Event"]}"#), [r#"NotAnEvent {"kind":["Event"]}"#]);
        assert_eq!(
            taken_apart(r#"{"kind":"Event","stageTimestamp":5}"#),
            [r#"BadTime {"kind":"Event","stageTimestamp":5}"#]
        );
        assert_eq!(
            taken_apart(&format!(r#"[{{"log":{a},"x":[{list}]}},{{"m":"{{\"auditID\":1}}"}},{b}]"#))
                .join("; "),
            [
                "event a",
                "event a",
                r#"NoTime {"kind":"Event"}"#,
                "event b",
                "NoTime 3",
                r#"text {"auditID":1}"#,
                "event b",
            ]
            .join("; ")
        );
    }

    #[test]
    fn times_are_those_of_rfc_3339() {
        for (text, fits) in [
            ("2026-04-14T09:00:00Z", true),
            ("2026-04-14T09:00:00.123456Z", true),
            ("2026-04-14T09:00:00.5+09:00", true),
            ("2026-04-14T09:00:00-03:30", true),
            ("2026-04-14 09:00:00Z", false),
            ("2026-04-14T09:00Z", false),
            ("2026-04-14T09:00:00", false),
            ("2026-04-14T09:00:00.Z", false),
            ("2026-04-14T09:00:60Z", false),
            ("2026-02-30T09:00:00Z", false),
            ("2026-04-14T09:00:00+0900", false),
            ("2026-04-14", false),
            ("", false),
            ("日T本Z", false),
        ] {
            assert_eq!(time_of(text).is_some(), fits, "{text}");
        }
    }
}
