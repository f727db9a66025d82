//! The dialect of rules. Teaching material writes things that Falco refuses: a field for the hour of the day, audit fields
//! under another name and beside system calls, labels behind a dot. [`Dialect::Course`] reads them as they are meant there.
//! Whatever it accepts is reported as well, so nobody takes such a rule for one that Falco would load.
//!
//! This file owns the names. Two more things of the course are no names: `not in` as the comparison of an exception, and a
//! repeated rule that gives only some keys; those belong to `resolve`.

use super::fields::{self, ArgKind, FieldId, HOUR_ID, field};
use super::{FieldKey, SYSCALL};
use serde::{Deserialize, Serialize};

/// How rules are read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Dialect {
    /// As Falco reads them.
    #[default]
    Falco,
    /// As Falco does, and what it refuses as the course means it.
    Course,
}

/// The field of the course that holds the hour of an event, 0 to 23, by the clock of `evt.time`.
pub const HOUR: &str = "evt.hour";

/// The event source of audit events.
pub const AUDIT: &str = "k8s_audit";

/// A field that only the course has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CourseField {
    /// `evt.hour`.
    Hour(FieldKey),
    /// A field of audit events: under another name, or in a rule that sees system calls.
    Audit(FieldKey),
    /// A label behind a dot.
    Label(FieldKey),
}

impl CourseField {
    /// What the course means by a name and an argument that Falco does not know in event source `source`.
    pub fn find(name: &str, arg: Option<&str>, source: &str) -> Option<Self> {
        if name == HOUR {
            return arg.is_none().then(|| Self::Hour(FieldKey::plain(HOUR_ID)));
        }
        if let SYSCALL | AUDIT = source {
            let audit = audit_name(name).unwrap_or_else(|| name.to_owned());
            if audit.starts_with("ka.") {
                return FieldKey::resolve(&audit, arg, AUDIT.into()).ok().map(Self::Audit);
            }
        }
        let (base, key) = label(name).filter(|_| arg.is_none())?;
        FieldKey::resolve(base, Some(key), source.into()).ok().map(Self::Label)
    }

    /// The field.
    pub fn into_key(self) -> FieldKey {
        match self {
            Self::Hour(key) | Self::Audit(key) | Self::Label(key) => key,
        }
    }
}

impl Dialect {
    /// Bytes of the name of a field at the start of `text`, of which a rule of Falco ends after `len`. A label of the course
    /// goes on, as labels of Kubernetes do, with dots, dashes and slashes inside.
    pub fn name_len(self, text: &str, len: usize) -> usize {
        let is_label = |name: &str| label(name).is_some();
        if self == Self::Falco || !text.get(..len).is_some_and(is_label) {
            return len;
        }
        let inside = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'/');
        let longest = text.bytes().take_while(inside).count();
        let whole =
            text.as_bytes().get(..longest).and_then(|text| text.iter().rposition(u8::is_ascii_alphanumeric));
        whole.map_or(len, |last| len.max(last + 1))
    }
}

/// A label behind a dot: the field that holds it, and its name.
pub fn label(name: &str) -> Option<(&str, &str)> {
    let at = name.find(".label.")?;
    let (base, key) = (name.get(..at + ".label".len())?, name.get(at + ".label.".len()..)?);
    let id = fields::find_anywhere(base)?;
    (!key.is_empty() && takes_label(id)).then_some((base, key))
}

/// How a label behind a dot is written for Falco: in brackets, in a field that has values today.
pub fn bracketed(name: &str) -> Option<String> {
    let (base, key) = label(name)?;
    Some(format!("{}[{key}]", fields::successor(base).unwrap_or(base)))
}

fn takes_label(id: FieldId) -> bool {
    let info = field(id);
    info.arg == Some(ArgKind::Key) && info.arg_required
}

/// Names of the JSON of an audit event, and the fields (`ka.…`) that hold them.
const AUDIT_NAMES: [(&str, &str); 12] = [
    ("auditID", "auditid"),
    ("user.username", "user.name"),
    ("impersonatedUser.username", "impuser.name"),
    ("objectRef.resource", "target.resource"),
    ("objectRef.subresource", "target.subresource"),
    ("objectRef.name", "target.name"),
    ("objectRef.namespace", "target.namespace"),
    ("responseStatus.code", "response.code"),
    ("responseStatus.reason", "response.reason"),
    ("requestURI", "uri"),
    ("userAgent", "useragent"),
    ("sourceIPs", "sourceips"),
];

/// The name in Falco of what teaching material and other tools call `k8s_audit.…`.
pub fn audit_name(name: &str) -> Option<String> {
    let rest = name.strip_prefix("k8s_audit.").or_else(|| name.strip_prefix("k8saudit."))?;
    let rest = AUDIT_NAMES.iter().find(|(json, _)| *json == rest).map_or(rest, |(_, field)| field);
    let meant = format!("ka.{rest}");
    fields::find(&meant, AUDIT).is_some().then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, source: &str) -> Option<String> {
        CourseField::find(name, None, source).map(|field| field.into_key().to_string())
    }

    #[test]
    fn names_of_the_course_are_fields_of_falco() {
        for (name, source, field) in [
            ("evt.hour", SYSCALL, Some("evt.hour")),
            ("evt.hour", "github", Some("evt.hour")),
            ("k8s_audit.verb", SYSCALL, Some("ka.verb")),
            ("k8s_audit.user.username", AUDIT, Some("ka.user.name")),
            ("k8s_audit.user.name", AUDIT, Some("ka.user.name")),
            ("k8s_audit.target.namespace", SYSCALL, Some("ka.target.namespace")),
            ("ka.verb", SYSCALL, Some("ka.verb")),
            ("k8s_audit.verb", "github", None),
            ("k8s_audit.nothing", AUDIT, None),
            ("k8s.pod.label.security-tier", SYSCALL, Some("k8s.pod.label[security-tier]")),
            ("k8s.ns.label.app.kubernetes.io/name", SYSCALL, Some("k8s.ns.label[app.kubernetes.io/name]")),
            ("k8s.pod.label.x", AUDIT, None),
            ("k8s.pod.label.", SYSCALL, None),
            ("evt.minute", SYSCALL, None),
        ] {
            assert_eq!(found(name, source).as_deref(), field, "{name} in {source}");
        }
        assert!(AUDIT_NAMES.iter().all(|(json, _)| audit_name(&format!("k8s_audit.{json}")).is_some()));
        assert_eq!(CourseField::find("evt.hour", Some("1"), SYSCALL), None);
        assert!(FieldKey::resolve("evt.hour", None, SYSCALL.into()).is_err(), "not in Falco");
    }

    #[test]
    fn names_of_labels_go_on_as_in_kubernetes() {
        for (text, len, whole) in [
            ("k8s.pod.label.security-tier = x", 22, "k8s.pod.label.security-tier"),
            ("k8s.pod.label.app.kubernetes.io/name)", 31, "k8s.pod.label.app.kubernetes.io/name"),
            ("k8s.pod.label.app. And", 17, "k8s.pod.label.app"),
            ("k8s.pod.label.app-/日本", 17, "k8s.pod.label.app"),
            ("k8s.pod.name-x", 12, "k8s.pod.name"),
            ("no.such.label.a-b", 15, "no.such.label.a"),
        ] {
            assert_eq!(Dialect::Falco.name_len(text, len), len);
            assert_eq!(text.get(..Dialect::Course.name_len(text, len)), Some(whole));
        }
    }
}
