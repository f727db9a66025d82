//! Fields that Falco computes from others, filled in where an event leaves them out. A table, read from top to bottom:
//! a row may use what the rows above it have given. What is given by the event is never changed.
//!
//! Two kinds of rows: facts (`fd.directory` follows from `fd.name`) and the ordinary case (a call that does not say
//! otherwise succeeded; a process without container or Kubernetes fields runs on the host), marked `Usual`. Every such value
//! is marked as derived where it is shown.

use super::derive_text as text;
use crate::value::Value;

/// A field that can be computed.
pub(super) struct Row {
    /// The field, with its argument.
    pub(super) target: &'static str,
    /// The events it is for.
    pub(super) when: When,
    /// How.
    pub(super) from: Compute,
    /// Whether it follows for certain: then it does for events that do not say everything as well. All that it is computed
    /// from must be known there.
    pub(super) certain: bool,
}

/// The events that a row is for. All but `Any` are for source `syscall` only.
#[derive(Clone, Copy)]
pub(super) enum When {
    /// Every event of every source.
    Any,
    /// Every event of the source `syscall`.
    Syscall,
    /// Events of these types.
    Types(&'static [&'static str]),
    /// Events of all other types.
    Not(&'static [&'static str]),
    /// System calls that have a result in Falco's event table.
    Call,
    /// Processes on the host: the event has no container and no Kubernetes field, or says `host`.
    Host,
    /// Processes in a container.
    Container,
}

/// How a value is computed.
#[derive(Clone, Copy)]
pub(super) enum Compute {
    /// Always this.
    Is(&'static str),
    /// What another field has, be it a value or none.
    Same(&'static str),
    /// Compute the value of one field; computed once per distinct value.
    One(&'static str, fn(&Value) -> Option<Value>),
    /// Compute several fields, of which some may be missing.
    Several(&'static [&'static str], fn(&[Option<&Value>]) -> Option<Value>),
}

/// Calls whose result is a descriptor of a file.
const OPEN: &[&str] = &["open", "openat", "openat2", "creat", "open_by_handle_at"];
const FLAGGED: &[&str] = &["open", "openat", "openat2", "open_by_handle_at"];
const ACCEPT: &[&str] = &["accept", "accept4"];
const RENAME: &[&str] = &["rename", "renameat", "renameat2"];
const LINK: &[&str] = &["link", "linkat"];
const SYMLINK: &[&str] = &["symlink", "symlinkat"];
const BY_PATH: &[&str] = &["mkdir", "rmdir", "unlink", "chown", "lchown", "mkdirat"];
const BY_NAME: &[&str] = &["unlinkat", "umount", "umount2"];
const BY_FILENAME: &[&str] = &["chmod", "fchmodat"];
const BY_PATHNAME: &[&str] = &["fchownat"];
const BY_DESCRIPTOR: &[&str] = &["fchmod", "fchown"];

macro_rules! rows {
    ($($target:literal, $when:expr, $from:expr $(, $usual:ident)?;)*) => {
        /// The table.
        pub(super) static ROWS: &[Row] = &[$(Row {
            target: $target,
            when: $when,
            from: $from,
            certain: <[&str]>::is_empty(&[$(stringify!($usual))?]),
        }),*];
    };
}

use Compute::{Is, One, Same, Several};
use When::{Any, Call, Container, Host, Not, Syscall, Types};

rows! {
    // the event
    "evt.dir", Syscall, Is("<");
    "evt.is_async", Any, Is("false"), Usual;
    "evt.count", Syscall, Is("1");
    "syscall.type", Call, Same("evt.type");

    // the process and its ancestors
    "proc.name", Syscall, One("proc.exepath", text::comm), Usual;
    "proc.args", Syscall, Several(&["proc.cmdline", "proc.name"], text::args);
    "proc.args[0]", Syscall, One("proc.args", text::argument::<0>), Usual;
    "proc.args[1]", Syscall, One("proc.args", text::argument::<1>), Usual;
    "proc.args[2]", Syscall, One("proc.args", text::argument::<2>), Usual;
    "proc.args[3]", Syscall, One("proc.args", text::argument::<3>), Usual;
    "proc.cmdline", Syscall, Several(&["proc.name", "proc.args"], text::cmdline);
    "proc.exeline", Syscall, Several(&["proc.exe", "proc.args"], text::exeline);
    "proc.aname[0]", Syscall, Same("proc.name");
    "proc.aexe[0]", Syscall, Same("proc.exe");
    "proc.aexepath[0]", Syscall, Same("proc.exepath");
    "proc.acmdline[0]", Syscall, Same("proc.cmdline");
    "proc.apid[0]", Syscall, Same("proc.pid");
    "proc.pname", Syscall, Same("proc.aname[1]");
    "proc.pexe", Syscall, Same("proc.aexe[1]");
    "proc.pexepath", Syscall, Same("proc.aexepath[1]");
    "proc.pcmdline", Syscall, Same("proc.acmdline[1]");
    "proc.ppid", Syscall, Same("proc.apid[1]");
    "proc.aname[1]", Syscall, Same("proc.pname");
    "proc.aexe[1]", Syscall, Same("proc.pexe");
    "proc.aexepath[1]", Syscall, Same("proc.pexepath");
    "proc.acmdline[1]", Syscall, Same("proc.pcmdline");
    "proc.apid[1]", Syscall, Same("proc.ppid");
    "thread.tid", Syscall, Same("proc.pid"), Usual;
    // As Falco does: user 0 is root even where the table of users does not say so.
    "user.name", Syscall, One("user.uid", text::root_name);
    "user.uid", Syscall, One("user.name", text::root_id), Usual;

    // the result of the call; without a word about it, it went well
    "evt.arg.flags", Types(FLAGGED), Several(&["evt.is_open_read", "evt.is_open_write"], text::open_flags), Usual;
    "fd.num", Types(OPEN), Several(&["evt.rawres", "evt.res", "evt.failed", "fd.name"], text::opened_number), Usual;
    "evt.rawres", Types(OPEN), Several(&["evt.res", "evt.failed", "fd.num"], text::opened_result), Usual;
    "evt.rawres", Call, Several(&["evt.res", "evt.failed"], text::result), Usual;
    "evt.res", Call, One("evt.rawres", text::result_name);
    "evt.failed", Call, One("evt.rawres", text::is_negative);

    // how a file was opened; as Falco does: false for all other calls
    "evt.is_open_read", Types(FLAGGED), One("evt.arg.flags", text::reads);
    "evt.is_open_write", Types(FLAGGED), One("evt.arg.flags", text::writes);
    "evt.is_open_create", Types(FLAGGED), One("evt.arg.flags", text::creates);
    "evt.is_open_read", Not(FLAGGED), Is("false");
    "evt.is_open_write", Not(FLAGGED), Is("false");
    "evt.is_open_create", Not(FLAGGED), Is("false");
    "evt.is_open_exec", Not(OPEN), Is("false");

    // the descriptor
    "fd.name", Syscall, Several(&["fd.cip", "fd.cport", "fd.sip", "fd.sport"], text::connection), Usual;
    "fd.cip", Syscall, One("fd.name", text::client_address);
    "fd.cport", Syscall, One("fd.name", text::client_port);
    "fd.sip", Syscall, One("fd.name", text::server_address);
    "fd.sport", Syscall, One("fd.name", text::server_port);
    "fd.typechar", Syscall, One("fd.type", text::type_character);
    "fd.typechar", Syscall, One("fd.sip", text::address_character);
    "fd.typechar", Types(OPEN), Several(&["evt.type", "evt.arg.flags", "fd.num"], text::opened_character), Usual;
    "fd.typechar", Syscall, One("fd.name", text::path_character), Usual;
    "fd.type", Syscall, One("fd.typechar", text::type_name), Usual;
    "fd.sockfamily", Syscall, One("fd.typechar", text::socket_family), Usual;
    "fd.directory", Syscall, Several(&["fd.typechar", "fd.name"], text::directory);
    "fd.filename", Syscall, Several(&["fd.typechar", "fd.name"], text::filename);
    "fd.is_server", Types(ACCEPT), Is("true");
    "fd.is_server", Types(&["connect"]), Is("false");
    "fd.lip", Syscall, Several(&["fd.is_server", "fd.cip", "fd.sip"], text::local);
    "fd.rip", Syscall, Several(&["fd.is_server", "fd.cip", "fd.sip"], text::remote);
    "fd.lport", Syscall, Several(&["fd.is_server", "fd.cport", "fd.sport"], text::local);
    "fd.rport", Syscall, Several(&["fd.is_server", "fd.cport", "fd.sport"], text::remote);
    "evt.category", Syscall, One("evt.type", text::category);
    "evt.category", Syscall, One("fd.typechar", text::category_of_descriptor), Usual;

    // paths; only of calls that went well
    "fs.path.name", Types(OPEN), Several(&["evt.rawres", "fd.name"], text::path);
    "fs.path.name", Types(BY_PATH), Several(&["evt.rawres", "evt.arg.path"], text::path);
    "fs.path.name", Types(BY_NAME), Several(&["evt.rawres", "evt.arg.name"], text::path);
    "fs.path.name", Types(BY_FILENAME), Several(&["evt.rawres", "evt.arg.filename"], text::path);
    "fs.path.name", Types(BY_PATHNAME), Several(&["evt.rawres", "evt.arg.pathname"], text::path);
    "fs.path.name", Types(BY_DESCRIPTOR), Several(&["evt.rawres", "fd.name"], text::path);
    "fs.path.source", Types(RENAME), Several(&["evt.rawres", "evt.arg.oldpath"], text::path);
    "fs.path.target", Types(RENAME), Several(&["evt.rawres", "evt.arg.newpath"], text::path);
    // As Falco does: a link's source is the new path.
    "fs.path.source", Types(LINK), Several(&["evt.rawres", "evt.arg.newpath"], text::path);
    "fs.path.target", Types(LINK), Several(&["evt.rawres", "evt.arg.oldpath"], text::path);
    "fs.path.source", Types(SYMLINK), Several(&["evt.rawres", "evt.arg.linkpath"], text::path);
    "fs.path.target", Types(SYMLINK), Several(&["evt.rawres", "evt.arg.target"], text::path);

    // the container
    "container.id", Host, Is("host");
    "container.full_id", Host, Is("host");
    "container.name", Host, Is("host");
    "container.type", Host, Is("host");
    "container.image", Host, Is("");
    "container.image.repository", Host, Is("");
    "container.image.tag", Host, Is("");
    "container.image.digest", Host, Is("");
    "container.privileged", Host, Is("false");
    "container.id", Container, One("container.full_id", text::short_id);
    // A made-up id, so that what is said to run in a container does.
    "container.id", Container, Several(
        &["container.name", "k8s.ns.name", "k8s.pod.name", "container.image.repository", "container.image"],
        text::invented_id
    ), Usual;
    "container.image", Container, Several(&["container.image.repository", "container.image.tag"], text::image), Usual;
    "container.image.repository", Container, One("container.image", text::repository), Usual;
    "container.image.tag", Container, One("container.image", text::tag), Usual;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{FieldKey, event_types};

    #[test]
    fn every_name_in_the_table_exists() {
        for row in ROWS {
            let known = |name: &str| assert!(FieldKey::parse(name, "syscall").is_ok(), "{name}");
            known(row.target);
            match row.from {
                Is(_) => {}
                One(name, _) | Same(name) => known(name),
                Several(names, _) => names.iter().for_each(|name| known(name)),
            }
            if let Types(types) | Not(types) = row.when {
                for name in types {
                    assert!(event_types::find(name).is_some(), "{name}");
                }
            }
        }
    }
}
