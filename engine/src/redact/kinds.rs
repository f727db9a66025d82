//! Which fields hold names, and of what; and which names everybody knows.

use crate::report::Secret;

/// Fields of Falco, and keys that logs have for the same, with what they name. Without arguments; lower case.
const FIELDS: &[(Secret, &[&str])] = &[
    (
        Secret::User,
        &[
            "user.name",
            "user.loginname",
            "group.name",
            "ka.user.name",
            "ka.impuser.name",
            "ct.user",
            "github.user",
            "okta.actor.name",
            "gcp.user",
            "user",
            "username",
            "user_name",
            "loginname",
            "user_loginname",
            "user.username",
            "user.groups",
            "impersonateduser.username",
            "ka.user.groups",
            "serviceaccountname",
            "serviceaccount",
            "ka.req.pod.service_account",
            "ka.req.binding.subjects.user_names",
            "ka.req.binding.subjects.serviceaccount_names",
            "sa",
        ],
    ),
    (
        Secret::Host,
        &[
            "evt.hostname",
            "hostname",
            "host",
            "node",
            "nodename",
            "node_name",
            "k8s.node.name",
            "k8smeta.node.name",
            "static.hostname",
            "kubernetes.io/hostname",
            "instance",
        ],
    ),
    (
        Secret::Pod,
        &[
            "k8s.pod.name",
            "k8smeta.pod.name",
            "ka.target.pod.name",
            "pod",
            "pod_name",
            "podname",
            "k8s_pod",
            "k8s_pod_name",
            "k8s.podname",
        ],
    ),
    (
        Secret::Namespace,
        &[
            "k8s.ns.name",
            "k8smeta.ns.name",
            "ka.target.namespace",
            "namespace",
            "namespace_name",
            "ns",
            "k8s_ns",
            "k8s_ns_name",
            "k8s.namespace",
        ],
    ),
    (
        Secret::Container,
        &["container.name", "container", "container_name", "ka.req.pod.containers.name", "containers.name"],
    ),
    (
        Secret::Image,
        &[
            "container.image",
            "container.image.repository",
            "image",
            "repository",
            "container_image",
            "container_image_repository",
            "ka.req.pod.containers.image",
            "ka.req.pod.containers.image.repository",
            "ka.req.container.image",
            "ka.req.container.image.repository",
            "containers.image",
        ],
    ),
    (Secret::Cluster, &["k8s.cluster.name", "cluster", "cluster_name", "clustername", "static.cluster"]),
    (
        Secret::Workload,
        &[
            "k8s.deployment.name",
            "k8s.rc.name",
            "k8s.rs.name",
            "k8s.svc.name",
            "k8smeta.deployment.name",
            "k8smeta.rc.name",
            "k8smeta.rs.name",
            "k8smeta.svc.name",
            "deployment",
            "statefulset",
            "daemonset",
        ],
    ),
    (
        Secret::Resource,
        &[
            "ka.target.name",
            "objectref.name",
            "metadata.name",
            "ka.req.configmap.name",
            "ka.req.binding.role",
        ],
    ),
    (
        Secret::Label,
        &[
            "k8s.pod.label",
            "k8s.ns.label",
            "k8s.deployment.label",
            "k8s.rc.label",
            "k8s.rs.label",
            "k8s.svc.label",
            "k8smeta.pod.label",
            "k8smeta.ns.label",
            "container.label",
            "metadata.labels",
        ],
    ),
    (
        Secret::Id,
        &[
            "container.id",
            "container.full_id",
            "k8s.pod.uid",
            "k8s.pod.id",
            "k8s.pod.sandbox_id",
            "k8smeta.pod.uid",
            "container.image.id",
            "container.image.digest",
            "objectref.uid",
            "metadata.uid",
            "user.uid",
            "container_id",
        ],
    ),
];

/// Keys whose values are words of Falco and Kubernetes, or names of rules.
const FIXED: &[&str] = &[
    "rule",
    "fired",
    "expect",
    "source",
    "time",
    "priority",
    "tags",
    "evt.type",
    "syscall.type",
    "evt.source",
    "apiversion",
    "kind",
    "verb",
    "stage",
    "level",
    "ka.verb",
    "ka.stage",
    "resource",
    "ka.target.resource",
];

/// Behind keys that end like this stands a secret.
const SECRET_KEYS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "apikey",
    "api_key",
    "api-key",
    "access_key",
    "access-key",
    "accesskey",
    "private_key",
    "private-key",
    "credential",
    "credentials",
];

/// Names that everybody has.
const KNOWN: &[&str] = &[
    "root",
    "daemon",
    "nobody",
    "bin",
    "sys",
    "sync",
    "mail",
    "www-data",
    "sshd",
    "systemd",
    "messagebus",
    "nonroot",
    "default",
    "kube-system",
    "kube-public",
    "kube-node-lease",
    "falco",
    "localhost",
    "host",
    "true",
    "false",
    "null",
    "none",
    "unknown",
    "<na>",
    "n/a",
    "admin",
    "kubernetes",
    "ubuntu",
    "anonymous",
];

/// Domains that everybody knows, themselves and what is below those that begin with a dot.
const DOMAINS: &[&str] = &[
    ".k8s.io",
    ".kubernetes.io",
    ".cluster.local",
    "docker.io",
    "docker.com",
    "index.docker.io",
    "gcr.io",
    "quay.io",
    "ghcr.io",
    "github.com",
    "falco.org",
    "pypi.org",
    "debian.org",
    "ubuntu.com",
    "example.com",
    "example.org",
    "example.net",
];

/// Shorter ids, such as those of users, are numbers.
const SHORTEST_ID: usize = 12;

/// Shorter secrets are not looked for: they would be found in everything.
const SHORTEST_SECRET: usize = 4;

/// What stands for a secret where none is told.
const NO_SECRETS: &[&str] =
    &["true", "false", "null", "none", "<na>", "n/a", "redacted", "[redacted]", "<redacted>"];

/// Images that everybody can pull begin like this.
const IMAGES: &[&str] = &["docker.io/library/", "registry.k8s.io/", "k8s.gcr.io/"];

/// What a value is, by the keys above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// A name of something.
    Name(Secret),
    /// A word that stays.
    Fixed,
    /// A text that may hold names.
    Text,
}

/// The role of a value below these keys, the innermost last.
pub(super) fn role(path: &[&str]) -> Role {
    if path.contains(&"expect") {
        return Role::Fixed;
    }
    let Some((last, above)) = path.split_last() else { return Role::Text };
    let whole = join(path);
    // `k8s.pod.label[app]`, and the same with a map of its own.
    let of_label = |path: &[&str]| {
        tails(path).any(|name| find(name.split('[').next().unwrap_or(&name)) == Some(Secret::Label))
    };
    if of_label(path) || of_label(above) {
        return Role::Name(Secret::Label);
    }
    if FIXED.contains(&last.to_lowercase().as_str()) || FIXED.contains(&whole.as_str()) {
        return Role::Fixed;
    }
    tails(path).find_map(|name| find(&name)).map_or(Role::Text, Role::Name)
}

/// The keys, and the inner ones of them, joined.
fn tails<'a>(path: &'a [&'a str]) -> impl Iterator<Item = String> + 'a {
    (0..path.len()).filter_map(|from| path.get(from..)).map(join)
}

fn join(path: &[&str]) -> String {
    path.join(".").to_lowercase()
}

/// What a field or key names, in whichever case.
pub(super) fn find(name: &str) -> Option<Secret> {
    let is = |known: &&str| known.eq_ignore_ascii_case(name);
    let found = FIELDS.iter().find(|(_, names)| names.iter().any(is)).map(|(kind, _)| *kind);
    found.or_else(|| is_secret_key(name).then_some(Secret::Secret))
}

/// Whether a secret stands behind a key: `PGPASSWORD`, `aws_secret_access_key`, `client-secret`, `api_key`.
pub(super) fn is_secret_key(name: &str) -> bool {
    SECRET_KEYS.iter().any(|end| {
        let from = name.len().checked_sub(end.len());
        from.and_then(|from| name.get(from..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    })
}

/// Whether a name stays because it tells nothing.
pub(super) fn is_known(kind: Secret, value: &str) -> bool {
    if kind == Secret::Secret {
        // Names of variables, files and forms of output are no secrets themselves.
        let other = value.starts_with(['$', '/', '%', '{', '<', '@', '*']) || value.starts_with("./");
        let known = NO_SECRETS.iter().any(|known| value.eq_ignore_ascii_case(known));
        return value.len() < SHORTEST_SECRET || other || known;
    }
    let lower = value.to_lowercase();
    let domain = |known: &&str| match known.strip_prefix('.') {
        Some(bare) => lower == bare || lower.ends_with(*known),
        None => lower == **known,
    };
    // Numbers are no names, but for ids that happen to have no letter.
    let number =
        value.chars().all(|c| !c.is_alphabetic()) && (kind != Secret::Id || value.len() < SHORTEST_ID);
    let known = number
        || value.is_empty()
        || KNOWN.contains(&lower.as_str())
        || (kind == Secret::User && lower.starts_with("system:"));
    known
        || match kind {
            Secret::Domain => DOMAINS.iter().any(domain),
            // What has no registry and no owner is pulled from the public library.
            Secret::Image => !value.contains('/') || IMAGES.iter().any(|known| value.starts_with(known)),
            _ => false,
        }
}
