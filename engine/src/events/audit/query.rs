//! What stands in arguments and addresses: JSON pointers, and the parameters of a query.

/// The keys of a JSON pointer, whose first slash may be left out.
pub(super) fn pointer(text: &str) -> Vec<String> {
    let text = text.strip_prefix('/').unwrap_or(text);
    text.split('/').map(|key| key.replace("~1", "/").replace("~0", "~")).collect()
}

/// The first value of parameter `name` in the query of `uri`. As Falco does: a query that holds `;` or a bad escape anywhere
/// has no parameters at all.
pub(super) fn parameter(uri: &str, name: &str) -> Option<String> {
    let uri = uri.split('#').next().unwrap_or(uri);
    let (_, query) = uri.split_once('?')?;
    if query.contains(';') {
        return None;
    }
    let mut found = None;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (key, value) = (decode(key)?, decode(value)?);
        if key == name && found.is_none() {
            found = Some(value);
        }
    }
    found
}

/// Text of a query with its escapes resolved; `None` if one of them is none.
fn decode(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => hex(bytes.next()?)? << 4 | hex(bytes.next()?)?,
            other => other,
        });
    }
    Some(String::from_utf8(out).unwrap_or_else(|bad| String::from_utf8_lossy(bad.as_bytes()).into_owned()))
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded() {
        for (uri, name, value) in [
            ("/api/v1/pods?dryRun=All", "dryRun", Some("All")),
            ("/x?a=1&a=2&b", "a", Some("1")),
            ("/x?a=1&a=2&b", "b", Some("")),
            ("/x?a=1&a=2&b", "c", None),
            ("/x?command=ls+-l%20%2Fetc&command=x", "command", Some("ls -l /etc")),
            ("/x?%61=1", "a", Some("1")),
            ("/x?a=1", "A", None),
            ("/x?a=%E6%97%A5#b=1", "a", Some("日")),
            ("/x?a=1;b=2", "a", None),
            ("/x?a=1&b=%zz", "a", None),
            ("/x?a=1&b=%2", "a", None),
            ("/x?&&a=b=c", "a", Some("b=c")),
            ("/x", "a", None),
        ] {
            assert_eq!(parameter(uri, name).as_deref(), value, "{uri} {name}");
        }
    }

    #[test]
    fn pointers_have_escapes() {
        assert_eq!(pointer("/a~1b/c~0d/0"), ["a/b", "c~d", "0"]);
        assert_eq!(pointer("a"), ["a"]);
        assert_eq!(pointer("/~01"), ["~1"]);
    }
}
