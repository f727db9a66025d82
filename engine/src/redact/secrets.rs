//! Secrets on command lines, in addresses and in headers: where one stands is told by the word in front of it, or by the secret itself.
//! What stands behind a key, as in `PASSWORD=…`, is found with the names behind theirs.

use super::{find::until_end, kinds};
use crate::report::Secret;

/// Behind these words comes a secret, whatever its first letters are.
const BEFORE: &[&str] = &["bearer", "basic"];

/// Secrets that tell themselves: how they begin, and how many letters, digits and signs they have at least.
const SELF: &[(&str, usize)] = &[
    ("AKIA", 20),
    ("ASIA", 20),
    ("ghp_", 36),
    ("gho_", 36),
    ("ghs_", 36),
    ("github_pat_", 40),
    ("glpat-", 20),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("sk_live_", 20),
    ("eyJ", 40),
];

const SHORTEST_SELF: usize = 20;

/// Programs whose argument `-p` is a password, and what must stand on their command line as well.
const PASSWORD_ARGUMENT: &[(&str, &str)] = &[
    ("sshpass", ""),
    ("docker", "login"),
    ("podman", "login"),
    ("helm", "login"),
    ("oc", "login"),
    ("az", "login"),
];

/// Programs that take a password right behind `-p`.
const PASSWORD_BEHIND: &[&str] = &["mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump", "sshpass"];

/// Tells the secrets in a text.
pub(super) fn in_text(text: &str, tell: &mut dyn FnMut(Secret, &str)) {
    let mut told = |value: &str| tell(Secret::Secret, value);
    in_addresses(text, &mut told);
    for (word, behind) in words(text) {
        let bare = word.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
        if BEFORE.iter().any(|before| bare.eq_ignore_ascii_case(before)) {
            // A sentence about basic things goes on with a word.
            let next = until_end(behind);
            if next.len() >= 12 && next.bytes().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase()) {
                told(next);
            }
        } else if word.starts_with("--") && kinds::is_secret_key(word) && !behind.starts_with('-') {
            told(value(behind));
        }
        for part in word.split(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c))) {
            if part.len() >= SHORTEST_SELF
                && SELF.iter().any(|(start, length)| part.len() >= *length && part.starts_with(start))
            {
                told(part);
            }
        }
    }
    if text.contains(" -p") || text.contains(" -u") {
        on_command_line(text, &mut told);
    }
}

/// What a program is given in a way of its own.
fn on_command_line(text: &str, told: &mut dyn FnMut(&str)) {
    let mut program = "";
    let has = |wanted: &str| wanted.is_empty() || text.split_ascii_whitespace().any(|word| word == wanted);
    for (word, behind) in words(text) {
        let password = word.strip_prefix("-p");
        match password {
            Some("") if PASSWORD_ARGUMENT.iter().any(|(name, with)| *name == program && has(with)) => {
                told(value(behind));
            }
            Some(password) if PASSWORD_BEHIND.contains(&program) => told(value(password)),
            _ if matches!(word, "-u" | "--user") && matches!(program, "curl" | "wget") => {
                if let Some((_, password)) = value(behind).split_once(':') {
                    told(password);
                }
            }
            _ => {
                let name = word
                    .rsplit('/')
                    .next()
                    .unwrap_or(word)
                    .trim_matches(|c: char| !c.is_ascii_alphanumeric());
                let known = matches!(name, "curl" | "wget") || PASSWORD_BEHIND.contains(&name);
                if known || PASSWORD_ARGUMENT.iter().any(|(program, _)| *program == name) {
                    program = name;
                }
            }
        }
    }
}

/// Each word, and the text behind it.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (word, behind) =
            rest.split_at(rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len()));
        rest = behind.trim_ascii_start();
        (!word.is_empty() || !rest.is_empty()).then_some((word, rest))
    })
}

/// `https://user:password@host`.
fn in_addresses(text: &str, told: &mut dyn FnMut(&str)) {
    for (at, scheme) in text.match_indices("://") {
        let rest = until_end(text.get(at + scheme.len()..).unwrap_or(""));
        let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
        if let Some((user, _)) = authority.rsplit_once('@')
            && let Some((_, password)) = user.split_once(':')
        {
            told(password);
        }
    }
}

/// The value that a text begins with: in quotes, or up to where it ends.
pub(super) fn value(text: &str) -> &str {
    let quoted = ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.split_once(*quote));
    quoted.map_or_else(|| until_end(text), |(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        find::in_text(text, &mut |kind, value| {
            if kind == Secret::Secret && !kinds::is_known(kind, value) {
                out.push(value.to_owned());
            }
        });
        out
    }

    #[test]
    fn secrets_are_known_by_what_stands_before_them() {
        for (text, secret) in [
            ("login --password hunter2 --quiet", "hunter2"),
            ("login --password=hunter2", "hunter2"),
            ("login --password 'hunter 2' x", "hunter 2"),
            ("login --db-password='hunter 2' x", "hunter 2"),
            ("env PGPASSWORD=hunter2 psql", "hunter2"),
            ("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG aws s3 ls", "wJalrXUtnFEMI/K7MDENG"),
            ("curl https://x.jp/?token=abcd1234&x=1", "abcd1234"),
            ("curl -u ada:hunter2 https://x.jp", "hunter2"),
            ("git clone https://ada:hunter2@x.jp/y", "hunter2"),
            ("curl -H \"Authorization: Bearer abcdef012345\" x", "abcdef012345"),
            ("/usr/bin/mysql -u root -phunter2 shop", "hunter2"),
            ("sshpass -p hunter2 ssh ada@x", "hunter2"),
            ("docker login -u ada -p hunter2 x.jp", "hunter2"),
            ("aws configure set k AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
        ] {
            assert_eq!(found(text), [secret.to_owned()], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_secret_stays() {
        for text in [
            "ssh -p 4711 x",
            "mkdir -p /srv/data",
            "docker run -p 8080:80 x",
            "login --password $PASS",
            "login --password=${PASS}",
            "login --password-stdin",
            "wrong password: try again",
            "PWD=/root/x OLDPWD=/",
            "a token of basic things",
            "--token --verbose",
            "automountServiceAccountToken=false",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
