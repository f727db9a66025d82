//! Which fields tell an event from others, by how much they take in; and values for the fields of exceptions that are there.

use crate::catalog::{FieldKey, Scope};
use crate::evaluate::{Fields, Matcher};
use crate::parse::print;
use crate::report::Breadth;
use crate::resolve::ruleset::{RuleException, Ruleset};
use crate::resolve::tree::{NodeKind, TreeId};
use crate::value::Value;
use crate::value::text::of_field;

/// A field, and the word that it gives to the name of an exception.
type Named = (&'static str, &'static str);

/// The fields of an event source: those of a place, of who acts there, of what is done. In the first two, the first group that
/// the event has any of.
struct Telling {
    source: &'static str,
    place: &'static [&'static [Named]],
    actor: &'static [&'static [Named]],
    act: &'static [Named],
}

const TELLING: &[Telling] = &[
    Telling {
        source: "syscall",
        place: &[
            &[("container.image.repository", "image"), ("k8s.ns.name", "namespace")],
            &[("container.name", "container")],
        ],
        actor: &[&[("proc.name", "process"), ("proc.pname", "parent")], &[("user.name", "user")]],
        act: &[("proc.cmdline", "command"), ("fd.sip", "server"), ("fd.sport", "port"), ("fd.name", "file")],
    },
    Telling {
        source: "k8s_audit",
        place: &[&[("ka.user.name", "user")]],
        actor: &[&[("ka.verb", "verb"), ("ka.target.resource", "resource")]],
        act: &[("ka.target.namespace", "namespace"), ("ka.target.name", "target")],
    },
    Telling {
        source: "aws_cloudtrail",
        place: &[&[("ct.user", "user")]],
        actor: &[&[("ct.name", "call")]],
        act: &[("ct.srcip", "address")],
    },
    Telling {
        source: "github",
        place: &[&[("github.repo", "repository")]],
        actor: &[&[("github.user", "user")]],
        act: &[("github.type", "type")],
    },
    Telling {
        source: "okta",
        place: &[&[("okta.actor.name", "actor")]],
        actor: &[&[("okta.evt.type", "type")]],
        act: &[("okta.client.ip", "address")],
    },
    Telling {
        source: "gcp_auditlog",
        place: &[&[("gcp.user", "user")]],
        actor: &[&[("gcp.methodName", "method")]],
        act: &[("gcp.resourceName", "resource")],
    },
];

/// A field of a proposed tuple, the word for it, and its value as typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Candidate {
    pub(super) field: String,
    pub(super) word: String,
    pub(super) value: String,
}

/// The columns of new exceptions for an event, the narrowest first. Fields that the event lacks are left out, and so are proposals
/// that would be like a narrower one.
pub(super) fn columns(
    ruleset: &Ruleset,
    base: TreeId,
    row: &dyn Fields,
    scope: Scope<'_>,
) -> Vec<(Breadth, Vec<Candidate>)> {
    let of = |(field, word): &Named| candidate(field, word, row, scope);
    let group = |groups: &[&[Named]]| -> Vec<Candidate> {
        let found = groups.iter().map(|group| group.iter().filter_map(of).collect::<Vec<_>>());
        found.into_iter().find(|group| !group.is_empty()).unwrap_or_default()
    };
    let telling = TELLING.iter().find(|telling| telling.source == scope.source);
    let [place, actor, mut act] = match telling {
        Some(telling) => {
            [group(telling.place), group(telling.actor), telling.act.iter().filter_map(of).collect()]
        }
        None => [Vec::new(), Vec::new(), Vec::new()],
    };
    // Of a connection the name has the port of the client, which is another every time.
    let connection = act.iter().any(|one| one.field == "fd.sip");
    act.retain(|one| !(connection && one.field == "fd.name"));
    if place.is_empty() && actor.is_empty() && act.is_empty() {
        act = of_condition(ruleset, base, row, scope);
    }
    let narrow = [place.clone(), actor.clone(), act.clone()].concat();
    let middle = [place.clone(), actor.clone()].concat();
    let first = |all: &[Candidate]| all.iter().take(1).cloned().collect::<Vec<_>>();
    let broad = if place.is_empty() { first(&narrow) } else { place };
    let mut out: Vec<(Breadth, Vec<Candidate>)> = Vec::new();
    for (breadth, columns) in [(Breadth::Narrow, narrow), (Breadth::Middle, middle), (Breadth::Broad, broad)]
    {
        if !columns.is_empty() && out.iter().all(|(_, narrower)| *narrower != columns) {
            out.push((breadth, columns));
        }
    }
    out
}

fn candidate(field: &str, word: &str, row: &dyn Fields, scope: Scope<'_>) -> Option<Candidate> {
    let value = value(field, row, scope)?;
    // The host is no place to make an exception of.
    (value != "host" || !field.starts_with("container.")).then_some(())?;
    Some(Candidate { field: field.to_owned(), word: word.to_owned(), value: typed(&value) })
}

/// The value of a field that is a single text or number; none of a field that the event lacks.
fn value(field: &str, row: &dyn Fields, scope: Scope<'_>) -> Option<String> {
    let key = FieldKey::parse(field, scope).ok()?;
    match row.get(&key)? {
        Value::List(_) | Value::Double(_) => None,
        value => Some(of_field(&key, value)).filter(|text| !text.is_empty()),
    }
}

/// A value as one types it, with quotes where the condition would read it otherwise.
fn typed(value: &str) -> String {
    let read_otherwise = value.starts_with(['(', '[']) || value.contains(['"', '\'', '\\']);
    if read_otherwise || value.trim() != value { print::quote(value) } else { value.to_owned() }
}

/// The fields that a condition compares and the event has, but for those that say what kind of event it is.
fn of_condition(ruleset: &Ruleset, base: TreeId, row: &dyn Fields, scope: Scope<'_>) -> Vec<Candidate> {
    let (mut open, mut seen, mut out) = (vec![base], vec![base], Vec::new());
    while let Some(tree) = open.pop() {
        for node in ruleset.tree(tree).map(|tree| tree.nodes.as_slice()).unwrap_or_default() {
            match &node.kind {
                NodeKind::Macro { body, .. } if !seen.contains(body) => {
                    seen.push(*body);
                    open.push(*body);
                }
                NodeKind::Check(check) => {
                    let field = Matcher::new(check).column().map(ToString::to_string);
                    let field = field.filter(|field| !field.starts_with("evt."));
                    let new = field.and_then(|field| {
                        let word = field.rsplit('.').next().unwrap_or("field").to_owned();
                        candidate(&field, &word, row, scope)
                    });
                    out.extend(new.filter(|new| !out.contains(new)));
                }
                _ => {}
            }
        }
    }
    out
}

/// The values with which an exception that is there would take the event in, and how much they take in; `None` where a field is
/// missing or is compared in a way that its value does not answer.
pub(super) fn of_exception(
    exception: &RuleException,
    row: &dyn Fields,
    scope: Scope<'_>,
) -> Option<(Breadth, Vec<String>)> {
    let columns =
        exception.fields.iter().zip(&exception.comps).map(|(field, comp)| (field.as_str(), &**comp));
    let cell = |(field, comp): (&str, &str)| {
        let value = value(field, row, scope)?;
        let comp = comp.strip_suffix(" anyof").or_else(|| comp.strip_suffix(" oneof")).unwrap_or(comp);
        let fits = match comp {
            "=" | "==" | "in" | "startswith" | "endswith" | "contains" | "icontains" | "pmatch" => true,
            "glob" | "iglob" => !value.contains(['*', '?', '[', '\\']),
            _ => false,
        };
        fits.then(|| typed(&value))
    };
    let cells = columns.map(cell).collect::<Option<Vec<_>>>()?;
    let named = |of: fn(&Telling) -> Vec<Named>| {
        let known: Vec<Named> = TELLING.iter().flat_map(of).collect();
        exception.fields.iter().any(|field| known.iter().any(|(name, _)| *name == field.as_str()))
    };
    let place = |telling: &Telling| telling.place.concat();
    let narrow = named(|telling| telling.act.to_vec());
    let only_place = exception
        .fields
        .iter()
        .all(|field| TELLING.iter().flat_map(place).any(|(name, _)| name == field.as_str()));
    let breadth = match (narrow, only_place) {
        (true, _) => Breadth::Narrow,
        (false, true) => Breadth::Broad,
        (false, false) => Breadth::Middle,
    };
    (!cells.is_empty()).then_some((breadth, cells))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_exist_in_their_source() {
        for telling in TELLING {
            let fields = [telling.place.concat(), telling.actor.concat(), telling.act.to_vec()].concat();
            for (field, _) in fields {
                assert!(FieldKey::parse(field, telling.source).is_ok(), "{field}");
            }
        }
    }
}
