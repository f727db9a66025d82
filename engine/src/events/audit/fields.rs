//! How each field of an audit event is read from its JSON: a table, one row per field. What the ways mean is in `extract`.

use crate::catalog::dialect::AUDIT;
use crate::catalog::fields;
use crate::catalog::fields::FieldId;

/// A way to read a field.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// One value, as text.
    One,
    /// One value, up to the first `:` and then the first `@`.
    Repository,
    /// Each element of a list.
    Elements,
    /// A walk; of each value its text.
    Walk(Holes, Item),
    /// A walk whose values are lists; all their elements.
    Rules,
    /// Names of the subjects of a kind.
    Subjects(&'static str),
    /// Names of service accounts with their namespaces.
    QualifiedSubjects,
    /// A walk with a default for what lacks the value: the value of the pod's own key, else `0`.
    OrPod(&'static str),
    /// Whether some container is privileged.
    AnyPrivileged,
    /// Whether some volume is the path in the argument.
    AnyHostPath,
    /// The kinds of volumes.
    VolumeTypes,
    /// The parameter of the query that the argument names.
    Parameter,
    /// The name of what was answered, where that is a pod.
    PodName,
    /// `true`.
    True,
    /// The value at the pointer in the argument.
    Pointer,
    /// The whole event.
    Whole,
    /// The time of the event.
    RawTime,
}

/// What becomes of a hole in a walk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Holes {
    /// It is left out.
    Skipped,
    /// The field has no value at all.
    Fatal,
}

/// What becomes of a value that a walk found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Item {
    /// Its text.
    Text,
    /// Its text up to the first `:` and then the first `@`.
    Repository,
    /// A list of texts, joined by blanks.
    Words,
    /// A list of ports: of each the port of the host, else that of the container.
    Ports,
}

/// How a field is read: its way, and the keys that it starts from.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    pub(super) way: Way,
    pub(super) keys: &'static [&'static str],
}

/// A row for one field, or for the same field of each kind of containers.
struct Row {
    name: &'static str,
    how: How,
}

use Holes::{Fatal, Skipped};
use Item::{Ports, Repository, Text, Words};
use Way::{
    AnyHostPath, AnyPrivileged, Elements, One, OrPod, Parameter, PodName, Pointer, QualifiedSubjects,
    RawTime, Rules, Subjects, True, VolumeTypes, Walk, Whole,
};

macro_rules! rows {
    ($($name:expr, $way:expr, [$($key:literal)*];)*) => {
        &[$(Row { name: $name, how: How { way: $way, keys: &[$($key),*] } },)*]
    };
}

static ROWS: &[Row] = rows! {
    "ka.auditid", One, ["auditID"];
    "ka.stage", One, ["stage"];
    "ka.verb", One, ["verb"];
    "ka.uri", One, ["requestURI"];
    "ka.uri.param", Parameter, ["requestURI"];
    "ka.useragent", One, ["userAgent"];
    "ka.user.name", One, ["user" "username"];
    "ka.user.groups", Elements, ["user" "groups"];
    "ka.impuser.name", One, ["impersonatedUser" "username"];
    "ka.auth.decision", One, ["annotations" "authorization.k8s.io/decision"];
    "ka.auth.reason", One, ["annotations" "authorization.k8s.io/reason"];
    "ka.auth.openshift.decision", One, ["annotations" "authentication.openshift.io/decision"];
    "ka.auth.openshift.username", One, ["annotations" "authentication.openshift.io/username"];
    "ka.validations.admission.policy.failure", One, ["annotations" "validation.policy.admission.k8s.io/validation_failure"];
    "ka.security.pod.violations", One, ["annotations" "pod-security.kubernetes.io/audit-violations"];
    "ka.cluster.name", One, ["annotations" "cluster_name"];
    "ka.target.name", One, ["objectRef" "name"];
    "ka.target.namespace", One, ["objectRef" "namespace"];
    "ka.target.resource", One, ["objectRef" "resource"];
    "ka.target.subresource", One, ["objectRef" "subresource"];
    "ka.target.pod.name", PodName, ["responseObject" "metadata" "name"];
    "ka.req.binding.role", One, ["requestObject" "roleRef" "name"];
    "ka.req.binding.subject.has_name", True, [];
    "ka.req.binding.subjects", Elements, ["requestObject" "subjects"];
    "ka.req.binding.subjects.user_names", Subjects("User"), ["requestObject" "subjects"];
    "ka.req.binding.subjects.group_names", Subjects("Group"), ["requestObject" "subjects"];
    "ka.req.binding.subjects.serviceaccount_names", Subjects("ServiceAccount"), ["requestObject" "subjects"];
    "ka.req.binding.subjects.serviceaccount_ns_names", QualifiedSubjects, ["requestObject" "subjects"];
    // As Falco does: the name of whatever the request is about.
    "ka.req.configmap.name", One, ["objectRef" "name"];
    "ka.req.configmap.obj", One, ["requestObject" "data"];
    "ka.req.container.image", One, ["requestObject" "spec" "containers" "0" "image"];
    "ka.req.container.image.repository", Way::Repository, ["requestObject" "spec" "containers" "0" "image"];
    "ka.req.container.privileged", AnyPrivileged, ["requestObject" "spec" "containers"];
    "ka.req.container.host_network", One, ["requestObject" "spec" "hostNetwork"];
    "ka.req.pod.host_ipc", One, ["requestObject" "spec" "hostIPC"];
    "ka.req.pod.host_network", One, ["requestObject" "spec" "hostNetwork"];
    "ka.req.pod.host_pid", One, ["requestObject" "spec" "hostPID"];
    "ka.req.pod.run_as_user", One, ["requestObject" "spec" "securityContext" "runAsUser"];
    "ka.req.pod.run_as_group", One, ["requestObject" "spec" "securityContext" "runAsGroup"];
    "ka.req.pod.fs_group", One, ["requestObject" "spec" "securityContext" "fsGroup"];
    "ka.req.pod.supplemental_groups", Elements, ["requestObject" "spec" "securityContext" "supplementalGroups"];
    "ka.req.pod.volumes.hostpath", Walk(Skipped, Text), ["requestObject" "spec" "volumes" "hostPath" "path"];
    "ka.req.pod.volumes.flexvolume_driver", Walk(Skipped, Text), ["requestObject" "spec" "volumes" "flexVolume" "driver"];
    "ka.req.pod.volumes.volume_type", VolumeTypes, ["requestObject" "spec" "volumes"];
    "ka.req.volume.hostpath", AnyHostPath, ["requestObject" "spec" "volumes"];
    "ka.req.role.rules", Elements, ["requestObject" "rules"];
    "ka.req.role.rules.apiGroups", Rules, ["requestObject" "rules" "apiGroups"];
    "ka.req.role.rules.nonResourceURLs", Rules, ["requestObject" "rules" "nonResourceURLs"];
    "ka.req.role.rules.verbs", Rules, ["requestObject" "rules" "verbs"];
    "ka.req.role.rules.resources", Rules, ["requestObject" "rules" "resources"];
    // As Falco does: it looks below the rules of a role, so the addresses of the client are never found.
    "ka.sourceips", Rules, ["requestObject" "rules" "sourceIPs"];
    "ka.req.service.type", One, ["requestObject" "spec" "type"];
    // As Falco does: the list is the last value of the walk, so it is one element.
    "ka.req.service.ports", Walk(Skipped, Text), ["requestObject" "spec" "ports"];
    "ka.resp.name", One, ["responseObject" "metadata" "name"];
    "ka.response.code", One, ["responseStatus" "code"];
    "ka.response.reason", One, ["responseStatus" "reason"];
    "json.value", Pointer, [];
    "json.obj", Whole, [];
    "json.rawtime", RawTime, [];
    "jevt.value", Pointer, [];
    "jevt.obj", Whole, [];
    "jevt.rawtime", RawTime, [];
};

/// The rows of a kind of containers, as it is named in fields and in the JSON of a pod.
macro_rules! containers {
    ($list:literal) => {
        rows! {
            concat!("ka.req.pod.", $list, ".name"), Walk(Fatal, Text), ["requestObject" "spec" $list "name"];
            concat!("ka.req.pod.", $list, ".image"), Walk(Fatal, Text), ["requestObject" "spec" $list "image"];
            concat!("ka.req.pod.", $list, ".image.repository"), Walk(Fatal, Repository), ["requestObject" "spec" $list "image"];
            concat!("ka.req.pod.", $list, ".command"), Walk(Skipped, Words), ["requestObject" "spec" $list "command"];
            concat!("ka.req.pod.", $list, ".args"), Walk(Skipped, Words), ["requestObject" "spec" $list "args"];
            concat!("ka.req.pod.", $list, ".host_port"), Walk(Skipped, Ports), ["requestObject" "spec" $list "ports"];
            concat!("ka.req.pod.", $list, ".privileged"), Walk(Skipped, Text), ["requestObject" "spec" $list "securityContext" "privileged"];
            concat!("ka.req.pod.", $list, ".allow_privilege_escalation"), Walk(Skipped, Text), ["requestObject" "spec" $list "securityContext" "allowPrivilegeEscalation"];
            concat!("ka.req.pod.", $list, ".read_only_fs"), Walk(Skipped, Text), ["requestObject" "spec" $list "securityContext" "readOnlyRootFilesystem"];
            concat!("ka.req.pod.", $list, ".run_as_user"), Walk(Skipped, Text), ["requestObject" "spec" $list "securityContext" "runAsUser"];
            concat!("ka.req.pod.", $list, ".run_as_group"), Walk(Skipped, Text), ["requestObject" "spec" $list "securityContext" "runAsGroup"];
            concat!("ka.req.pod.", $list, ".proc_mount"), Walk(Skipped, Text), ["requestObject" "spec" $list "securityContext" "procMount"];
            // As Falco does: the list of a container is one element.
            concat!("ka.req.pod.", $list, ".add_capabilities"), Walk(Skipped, Text), ["requestObject" "spec" $list "securityContext" "capabilities" "add"];
            // As Falco does: it looks at the container itself, not at its security context.
            concat!("ka.req.pod.", $list, ".eff_run_as_user"), OrPod("runAsUser"), ["requestObject" "spec" $list "runAsUser"];
            concat!("ka.req.pod.", $list, ".eff_run_as_group"), OrPod("runAsGroup"), ["requestObject" "spec" $list "runAsGroup"];
        }
    };
}

static TABLES: [&[Row]; 4] =
    [ROWS, containers!("containers"), containers!("initContainers"), containers!("ephemeralContainers")];

/// How a field is read; `None` for a field that audit events do not have.
pub(super) fn how(field: FieldId) -> Option<How> {
    let name = fields::field(field).name;
    rows().find(|row| row.name == name).map(|row| row.how)
}

/// Every audit field that needs no argument, in the order of the table.
pub(super) fn all() -> impl Iterator<Item = FieldId> {
    let field = |row: &Row| fields::find(row.name, AUDIT);
    rows().filter_map(field).filter(|id| {
        let info = fields::field(*id);
        info.name.starts_with("ka.") && !info.arg_required
    })
}

fn rows() -> impl Iterator<Item = &'static Row> {
    TABLES.iter().copied().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_audit_field_has_a_row() {
        let audit: Vec<_> = fields::names(AUDIT).filter(|name| name.starts_with("ka.")).collect();
        assert_eq!(audit.len(), 100);
        for name in audit {
            assert!(how(fields::find(name, AUDIT).unwrap()).is_some(), "{name}");
        }
        let none = "ka.req.pod.ephemeralContainers.host_port";
        for row in rows().filter(|row| row.name != none) {
            assert!(fields::find(row.name, AUDIT).is_some(), "{}", row.name);
        }
        assert!(how(fields::find_anywhere("proc.name").unwrap()).is_none());
    }
}
