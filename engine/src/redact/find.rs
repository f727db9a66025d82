//! What tells something wherever it stands: addresses, domains, e-mail, home directories, and names behind their key.

use super::{kinds, secrets};
use crate::report::Secret;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Ends of domains. Not all there are: those that are as often ends of files or fields are left out.
const TOP: &[&str] = &[
    "com", "net", "org", "io", "dev", "cloud", "jp", "de", "uk", "fr", "eu", "us", "cn", "kr", "edu", "gov",
    "internal", "local", "corp", "lan", "intra",
];

/// Behind these comes the name of a user.
const HOMES: &[&str] = &["/home/", "/Users/", "\\Users\\"];

/// Tells all names that `text` holds, from left to right as far as one kind is concerned.
pub(super) fn in_text(text: &str, tell: &mut dyn FnMut(Secret, &str)) {
    let homes = if text.contains(['/', '\\']) { HOMES } else { &[] };
    for home in homes {
        for (at, _) in text.match_indices(home) {
            let rest = text.get(at + home.len()..).unwrap_or("");
            let name = rest.split(|c: char| !(c.is_alphanumeric() || "._-".contains(c))).next().unwrap_or("");
            tell(Secret::User, name.trim_end_matches('.'));
        }
    }
    let word = |c: char| c.is_ascii_alphanumeric() || ".:_@%+-".contains(c);
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(word)).map(|start| at + start) {
        let rest = text.get(start..).unwrap_or("");
        let end = start + rest.find(|c| !word(c)).unwrap_or(rest.len());
        if text.get(start..end).is_some_and(|word| word.contains(['.', ':', '@'])) {
            self::word(text, start, end, tell);
        }
        at = end;
    }
    pairs(text, tell);
    secrets::in_text(text, tell);
}

fn word(text: &str, start: usize, end: usize, tell: &mut dyn FnMut(Secret, &str)) {
    // `->` stands between the ends of a connection.
    let arrow = text.get(end..).is_some_and(|rest| rest.starts_with('>'));
    let before = text.get(..start).is_some_and(|before| before.ends_with('>'));
    let word = text.get(start..end).unwrap_or("");
    let word = if arrow { word.trim_end_matches('-') } else { word };
    let bare = word.trim_matches(|c| ".:-_%+@".contains(c) && c != ':').trim_end_matches(':');
    if bare.matches(':').count() >= 2 {
        // The end of a connection has a port behind the last colon.
        let head = bare.rsplit_once(':').map_or(bare, |(head, _)| head);
        let address = if arrow || before { head } else { bare };
        if address.parse::<Ipv6Addr>().is_ok() {
            tell(Secret::Address, address);
            return;
        }
    }
    if let Some((name, domain)) = bare.split_once('@')
        && !name.is_empty()
        && is_domain(domain)
    {
        tell(Secret::Email, bare);
        return;
    }
    for part in bare.split([':', '_', '@', '%', '+']) {
        let part = part.trim_matches(['.', '-']);
        if part.parse::<Ipv4Addr>().is_ok() {
            tell(Secret::Address, part);
        } else if is_domain(part) {
            tell(Secret::Domain, part);
        }
    }
}

fn is_domain(text: &str) -> bool {
    let mut labels = text.split('.').rev();
    let top = labels.next().unwrap_or("");
    let mut count = 0;
    let whole = labels.all(|label| {
        count += 1;
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    whole
        && count > 0
        && TOP.contains(&top.to_lowercase().as_str())
        && text.bytes().any(|b| b.is_ascii_alphabetic())
}

/// `user=alice`, `k8s.pod.name: web`: what stands behind a key that names something.
fn pairs(text: &str, tell: &mut dyn FnMut(Secret, &str)) {
    let part_of_key = |c: char| c.is_ascii_alphanumeric() || "._".contains(c);
    for (at, separator) in text.match_indices(['=', ':']) {
        let before = text.get(..at).unwrap_or("");
        let start = before.rfind(|c| !part_of_key(c)).map_or(0, |last| {
            last + before.get(last..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        let Some(kind) = kinds::find(before.get(start..).unwrap_or("")) else { continue };
        let behind = text.get(at + 1..).unwrap_or("");
        if kind == Secret::Secret {
            // In sentences, anything may stand behind such a word and a colon.
            if separator == "=" {
                tell(kind, secrets::value(behind));
            }
            continue;
        }
        let behind = match separator {
            ":" => behind.strip_prefix(' ').unwrap_or(""),
            _ => behind,
        };
        tell(kind, until_end(behind).trim_end_matches('.'));
    }
}

/// A text up to where a value ends that has no quotes.
pub(super) fn until_end(text: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || ",;)(]}'\"&|<>\\".contains(c);
    text.split(ends).next().unwrap_or("")
}

/// The names in the value of a field that names something.
pub(super) fn in_name(kind: Secret, value: &str, tell: &mut dyn FnMut(Secret, &str)) {
    if kind == Secret::Secret {
        return tell(kind, value);
    }
    if let Some(account) = value.strip_prefix("system:serviceaccount:")
        && let Some((namespace, name)) = account.split_once(':')
    {
        tell(Secret::Namespace, namespace);
        tell(Secret::User, name);
        return;
    }
    if let Some(namespace) = value.strip_prefix("system:serviceaccounts:") {
        tell(Secret::Namespace, namespace);
        return;
    }
    if value.parse::<IpAddr>().is_ok() {
        tell(Secret::Address, value);
    } else if value.contains('@') && kind == Secret::User {
        tell(Secret::Email, value);
    } else if kind == Secret::Image {
        let bare = value.split('@').next().unwrap_or(value);
        let name = bare.rfind('/').map_or(0, |slash| slash + 1);
        let tag = bare.get(name..).and_then(|name| name.find(':'));
        tell(kind, bare.get(..tag.map_or(bare.len(), |tag| name + tag)).unwrap_or(bare));
    } else {
        tell(kind, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        in_text(text, &mut |kind, value| out.push((kind.word(), value.to_owned())));
        out
    }

    #[test]
    fn what_tells_something_is_found_in_any_text() {
        for (text, kind, value) in [
            ("ssh 10.1.2.3.", "address", "10.1.2.3"),
            ("10.1.2.3:99->x", "address", "10.1.2.3"),
            ("[2001:db8::7]:443", "address", "2001:db8::7"),
            ("curl https://shop.corp.jp/x", "domain", "shop.corp.jp"),
            ("to a.b+c@shop.jp,", "email", "a.b+c@shop.jp"),
            ("cat /home/alice/.ssh", "user", "alice"),
            ("(user=alice uid=1)", "user", "alice"),
            ("k8s_pod: web-1, x", "pod", "web-1"),
            ("K8S_POD: web-1, x", "pod", "web-1"),
        ] {
            assert_eq!(found(text), [(kind, value.to_owned())], "{text}");
        }
        assert_eq!(
            found("fd00::1:99->fd00::2:443"),
            [("address", "fd00::1".to_owned()), ("address", "fd00::2".to_owned())]
        );
        for nothing in
            ["09:30:00.123", "/etc/app.conf", "libc.so.6", "proc.name=bash", "a: b", "1.2.3", "system.slice"]
        {
            assert_eq!(found(nothing), [], "{nothing}");
        }
    }
}
