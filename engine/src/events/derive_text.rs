//! How one value follows from others: the functions of the table in `derive`.

use crate::catalog::event_types;
use crate::value::Value;
use std::net::IpAddr;

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn integer(value: &Value) -> Option<i128> {
    match value {
        Value::Integer(number) => Some(*number),
        _ => None,
    }
}

fn is_true(value: Option<&Value>) -> bool {
    value == Some(&Value::Bool(true))
}

#[expect(clippy::unnecessary_wraps, reason = "every caller returns an option")]
fn made(text: impl Into<Box<str>>) -> Option<Value> {
    Some(Value::Text(text.into()))
}

fn arg<'a>(args: &[Option<&'a Value>], at: usize) -> Option<&'a Value> {
    args.get(at).copied().flatten()
}

fn arg_text<'a>(args: &[Option<&'a Value>], at: usize) -> Option<&'a str> {
    arg(args, at).and_then(text)
}

fn arg_integer(args: &[Option<&Value>], at: usize) -> Option<i128> {
    arg(args, at).and_then(integer)
}

/// Linux keeps 15 bytes of a program's file name.
pub(super) fn comm(exepath: &Value) -> Option<Value> {
    let name = text(exepath)?.rsplit('/').next()?;
    let mut end = name.len().min(15);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.get(..end).filter(|name| !name.is_empty()).and_then(made)
}

/// As Falco does: the command line is the process name and the arguments.
pub(super) fn cmdline(args: &[Option<&Value>]) -> Option<Value> {
    join(arg_text(args, 0)?, arg_text(args, 1)?)
}

/// As Falco does: argument 0 and the arguments.
pub(super) fn exeline(args: &[Option<&Value>]) -> Option<Value> {
    made(format!("{} {}", arg_text(args, 0)?, arg_text(args, 1)?))
}

fn join(name: &str, args: &str) -> Option<Value> {
    made(if args.is_empty() { name.to_owned() } else { format!("{name} {args}") })
}

pub(super) fn args(args: &[Option<&Value>]) -> Option<Value> {
    let line = arg_text(args, 0)?;
    let behind_name = arg_text(args, 1).and_then(|name| line.strip_prefix(name));
    let rest = match behind_name {
        Some("") => "",
        Some(rest) if rest.starts_with(' ') => rest.get(1..)?,
        _ => line.split_once(' ').map_or("", |(_, rest)| rest),
    };
    made(rest)
}

/// As Falco does: arguments are joined by single blanks.
pub(super) fn argument<const N: usize>(args: &Value) -> Option<Value> {
    text(args)?.split(' ').nth(N).filter(|argument| !argument.is_empty()).and_then(made)
}

pub(super) fn root_name(uid: &Value) -> Option<Value> {
    if integer(uid)? == 0 { made("root") } else { None }
}

pub(super) fn root_id(name: &Value) -> Option<Value> {
    (text(name)? == "root").then_some(Value::Integer(0))
}

/// Names and numbers of the errors that calls of security rules return.
static ERRORS: &[(&str, i128)] = &[
    ("EPERM", 1),
    ("ENOENT", 2),
    ("ESRCH", 3),
    ("EINTR", 4),
    ("EIO", 5),
    ("EBADF", 9),
    ("ECHILD", 10),
    ("EAGAIN", 11),
    ("ENOMEM", 12),
    ("EACCES", 13),
    ("EBUSY", 16),
    ("EEXIST", 17),
    ("ENOTDIR", 20),
    ("EISDIR", 21),
    ("EINVAL", 22),
    ("EMFILE", 24),
    ("ETXTBSY", 26),
    ("ENOSPC", 28),
    ("EROFS", 30),
    ("EPIPE", 32),
    ("ENAMETOOLONG", 36),
    ("ELOOP", 40),
    ("EADDRINUSE", 98),
    ("ENETUNREACH", 101),
    ("ECONNRESET", 104),
    ("ETIMEDOUT", 110),
    ("ECONNREFUSED", 111),
    ("EHOSTUNREACH", 113),
    ("EINPROGRESS", 115),
];

/// The number of a failed or successful result that is given by name.
fn number_of(result: &str) -> Option<i128> {
    if result == "SUCCESS" {
        return Some(0);
    }
    ERRORS.iter().find(|(name, _)| *name == result).map(|(_, number)| -number)
}

/// Of `evt.res` and `evt.failed`. A failure without a name has no number.
pub(super) fn result(args: &[Option<&Value>]) -> Option<Value> {
    match (arg_text(args, 0), is_true(arg(args, 1))) {
        (Some(name), _) => number_of(name).map(Value::Integer),
        (None, true) => None,
        (None, false) => Some(Value::Integer(0)),
    }
}

/// Of `evt.res`, `evt.failed` and `fd.num`: the result of opening is the descriptor.
pub(super) fn opened_result(args: &[Option<&Value>]) -> Option<Value> {
    match result(args) {
        Some(Value::Integer(0)) => arg(args, 2).cloned(),
        other => other,
    }
}

/// Of `evt.rawres`, `evt.res`, `evt.failed` and `fd.name`: the first free descriptor of most programs is 3; -1 after
/// a failure.
pub(super) fn opened_number(args: &[Option<&Value>]) -> Option<Value> {
    let result = arg_integer(args, 0).or_else(|| number_of(arg_text(args, 1)?));
    let failed = result.is_some_and(|result| result < 0)
        || is_true(arg(args, 2))
        || arg_text(args, 1).is_some_and(|name| name != "SUCCESS");
    match result {
        _ if failed => Some(Value::Integer(-1)),
        Some(number) if number > 0 => Some(Value::Integer(number)),
        _ => arg(args, 3).map(|_| Value::Integer(3)),
    }
}

pub(super) fn result_name(result: &Value) -> Option<Value> {
    let number = integer(result)?;
    if number >= 0 {
        return made("SUCCESS");
    }
    ERRORS.iter().find(|(_, error)| *error == -number).and_then(|(name, _)| made(*name))
}

pub(super) fn is_negative(result: &Value) -> Option<Value> {
    integer(result).map(|number| Value::Bool(number < 0))
}

/// Whether `flags`, as Falco prints them (`O_RDWR|O_CREAT`), has one of these.
fn has_flag(flags: &Value, wanted: &[&str]) -> bool {
    text(flags).is_some_and(|flags| {
        flags.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|flag| wanted.contains(&flag))
    })
}

#[expect(clippy::unnecessary_wraps, reason = "the table's functions may find no value")]
pub(super) fn reads(flags: &Value) -> Option<Value> {
    Some(Value::Bool(has_flag(flags, &["O_RDONLY", "O_RDWR"])))
}

#[expect(clippy::unnecessary_wraps, reason = "the table's functions may find no value")]
pub(super) fn writes(flags: &Value) -> Option<Value> {
    Some(Value::Bool(has_flag(flags, &["O_WRONLY", "O_RDWR"])))
}

#[expect(clippy::unnecessary_wraps, reason = "the table's functions may find no value")]
pub(super) fn creates(flags: &Value) -> Option<Value> {
    Some(Value::Bool(has_flag(flags, &["O_F_CREATED", "O_TMPFILE"])))
}

/// Of `evt.is_open_read` and `evt.is_open_write`.
pub(super) fn open_flags(args: &[Option<&Value>]) -> Option<Value> {
    match (is_true(arg(args, 0)), is_true(arg(args, 1))) {
        (true, true) => made("O_RDWR"),
        (true, false) => made("O_RDONLY"),
        (false, true) => made("O_WRONLY"),
        (false, false) => None,
    }
}

/// Both ends of `10.0.0.1:4000->10.0.0.2:443`.
fn ends(name: &Value) -> Option<[(IpAddr, u16); 2]> {
    let (client, server) = text(name)?.split_once("->")?;
    let end = |text: &str| {
        let (address, port) = text.rsplit_once(':')?;
        let address = address.strip_prefix('[').and_then(|a| a.strip_suffix(']')).unwrap_or(address);
        Some((address.parse().ok()?, port.parse().ok()?))
    };
    Some([end(client)?, end(server)?])
}

pub(super) fn client_address(name: &Value) -> Option<Value> {
    ends(name).map(|[client, _]| Value::Address(client.0))
}

pub(super) fn client_port(name: &Value) -> Option<Value> {
    ends(name).map(|[client, _]| Value::Integer(client.1.into()))
}

pub(super) fn server_address(name: &Value) -> Option<Value> {
    ends(name).map(|[_, server]| Value::Address(server.0))
}

pub(super) fn server_port(name: &Value) -> Option<Value> {
    ends(name).map(|[_, server]| Value::Integer(server.1.into()))
}

/// Of `fd.cip`, `fd.cport`, `fd.sip` and `fd.sport`.
pub(super) fn connection(args: &[Option<&Value>]) -> Option<Value> {
    let address = |at| match arg(args, at) {
        Some(Value::Address(address)) => Some(*address),
        _ => None,
    };
    let (client, server) = (address(0)?, address(2)?);
    made(format!("{client}:{}->{server}:{}", arg_integer(args, 1)?, arg_integer(args, 3)?))
}

/// Characters and names of the kinds of descriptors. `u` is a unix socket before it is a userfaultfd.
static KINDS: &[(&str, &str)] = &[
    ("f", "file"),
    ("d", "directory"),
    ("4", "ipv4"),
    ("6", "ipv6"),
    ("u", "unix"),
    ("p", "pipe"),
    ("e", "event"),
    ("s", "signalfd"),
    ("l", "eventpoll"),
    ("i", "inotify"),
    ("t", "timerfd"),
    ("n", "netlink"),
    ("b", "bpf"),
    ("u", "userfaultfd"),
    ("r", "io_uring"),
    ("m", "memfd"),
    ("P", "pidfd"),
];

pub(super) fn type_character(name: &Value) -> Option<Value> {
    let name = text(name)?;
    KINDS.iter().find(|(_, kind)| *kind == name).and_then(|(character, _)| made(*character))
}

pub(super) fn type_name(character: &Value) -> Option<Value> {
    let character = text(character)?;
    KINDS.iter().find(|(kind, _)| *kind == character).and_then(|(_, name)| made(*name))
}

pub(super) fn address_character(address: &Value) -> Option<Value> {
    match address {
        Value::Address(IpAddr::V4(_)) => made("4"),
        Value::Address(IpAddr::V6(_)) => made("6"),
        _ => None,
    }
}

/// Of `evt.type`, `evt.arg.flags` and `fd.num`. As Falco does: a failed `open` has `o`, a failed `openat` `f`.
pub(super) fn opened_character(args: &[Option<&Value>]) -> Option<Value> {
    let failed = arg_integer(args, 2).is_some_and(|number| number < 0);
    if failed && arg_text(args, 0) == Some("open") {
        return made("o");
    }
    let directory = arg(args, 1).is_some_and(|flags| has_flag(flags, &["O_DIRECTORY"]));
    made(if directory && !failed { "d" } else { "f" })
}

pub(super) fn path_character(name: &Value) -> Option<Value> {
    if text(name)?.starts_with('/') { made("f") } else { None }
}

pub(super) fn socket_family(character: &Value) -> Option<Value> {
    match text(character)? {
        "4" | "6" => made("ip"),
        "u" => made("unix"),
        _ => None,
    }
}

/// Of `fd.typechar` and `fd.name`. As Falco does: a directory is its own; without a `/` past the first byte it is `/`;
/// a name that ends in `/` stays.
pub(super) fn directory(args: &[Option<&Value>]) -> Option<Value> {
    let name = arg_text(args, 1)?;
    match arg_text(args, 0)? {
        "d" => made(name),
        "f" => match name.rfind('/') {
            None | Some(0) => made("/"),
            Some(at) if at + 1 == name.len() => made(name),
            Some(at) => made(name.get(..at)?),
        },
        _ => None,
    }
}

/// Of `fd.typechar` and `fd.name`. As Falco does: `/` without any `/`; a name that ends in `/` stays whole.
pub(super) fn filename(args: &[Option<&Value>]) -> Option<Value> {
    let name = arg_text(args, 1)?;
    if arg_text(args, 0)? != "f" {
        return None;
    }
    match name.rfind('/') {
        None => made("/"),
        Some(at) if at + 1 == name.len() => made(name),
        Some(at) => made(name.get(at + 1..)?),
    }
}

/// Of `fd.is_server`, the client's end and the server's.
pub(super) fn local(args: &[Option<&Value>]) -> Option<Value> {
    arg(args, if arg(args, 0)? == &Value::Bool(true) { 2 } else { 1 }).cloned()
}

/// Of `fd.is_server`, the client's end and the server's.
pub(super) fn remote(args: &[Option<&Value>]) -> Option<Value> {
    arg(args, if arg(args, 0)? == &Value::Bool(true) { 1 } else { 2 }).cloned()
}

pub(super) fn category(name: &Value) -> Option<Value> {
    event_types::find(text(name)?)?.category.and_then(made)
}

pub(super) fn category_of_descriptor(character: &Value) -> Option<Value> {
    made(match text(character)? {
        "f" | "d" => "file",
        "4" | "6" => "net",
        "u" | "p" | "e" | "s" | "i" => "ipc",
        _ => "unknown",
    })
}

/// Of `evt.rawres` and a path. Relative paths need a directory that the event does not give.
pub(super) fn path(args: &[Option<&Value>]) -> Option<Value> {
    if arg_integer(args, 0)? < 0 {
        return None;
    }
    arg_text(args, 1).filter(|path| path.starts_with('/')).and_then(made)
}

/// As Falco does: the first twelve characters.
pub(super) fn short_id(full: &Value) -> Option<Value> {
    text(full)?.get(..12).and_then(made)
}

/// Twelve hex digits that depend on nothing but the names.
pub(super) fn invented_id(args: &[Option<&Value>]) -> Option<Value> {
    let names: Vec<&str> = args.iter().map(|name| name.and_then(text).unwrap_or("")).collect();
    // FNV-1a.
    let hash = names
        .join("\n")
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    made(format!("{:012x}", hash & 0xffff_ffff_ffff))
}

/// Of `container.image.repository` and `container.image.tag`.
pub(super) fn image(args: &[Option<&Value>]) -> Option<Value> {
    let repository = arg_text(args, 0)?;
    made(arg_text(args, 1).map_or_else(|| repository.to_owned(), |tag| format!("{repository}:{tag}")))
}

/// An image's repository and tag; the last colon behind the last slash parts them, a digest is neither.
fn image_parts(image: &str) -> (&str, Option<&str>) {
    let image = image.split_once('@').map_or(image, |(image, _)| image);
    match image.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => (repository, Some(tag)),
        _ => (image, None),
    }
}

pub(super) fn repository(image: &Value) -> Option<Value> {
    made(image_parts(text(image)?).0)
}

pub(super) fn tag(image: &Value) -> Option<Value> {
    image_parts(text(image)?).1.and_then(made)
}
