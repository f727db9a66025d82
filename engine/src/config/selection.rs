//! `rules`: which rules are switched on and off (sheet `outputs`, section 6).

use super::read::{Reading, fatal};
use super::{Selection, keys};
use crate::catalog::codes;
use crate::catalog::messages::config as say;
use crate::parse::node::YamlId;
use crate::text::{Applicability, Fix};

pub(super) fn read(reading: &mut Reading<'_>, root: YamlId) -> Vec<Selection> {
    let items = reading.items(root, "rules");
    items.iter().filter_map(|item| entry(reading, *item)).collect()
}

fn entry(reading: &mut Reading<'_>, item: YamlId) -> Option<Selection> {
    let word = keys::ENTRY.iter().find_map(|key| Some((*key == "enable", reading.value(item, key)?)));
    let Some((enable, value)) = word else {
        let at = reading.first_line(item);
        reading.push(fatal(&codes::CONFIG_SELECTION, at, say::selection_entry()));
        return None;
    };
    reading.unknown_keys(item, keys::ENTRY);
    let scalar = |key: &str| {
        let known = reading.value(value, key)?;
        Some((Box::from(reading.yaml.scalar(known)?), reading.loc(known)))
    };
    let (rule, tag) = (scalar("rule"), scalar("tag"));
    if rule.is_none() && tag.is_none() {
        let at = reading.first_line(value);
        let mut problem = fatal(&codes::CONFIG_SELECTION, at, say::selection_entry());
        if let Some(name) = reading.yaml.scalar(value) {
            let written = reading.loc(value).span.slice(reading.text);
            let insert = format!("{{rule: {written}}}");
            problem = problem.fix(Fix::replace(say::select_rule(name), at, insert, Applicability::Unsafe));
        }
        reading.push(problem);
        return None;
    }
    reading.unknown_keys(value, keys::SELECT);
    Some(Selection { enable, rule, tag })
}

/// Whether `name` as a whole is what `pattern` says, `*` being any text. As Falco does: behind a `*` the first occurrence of
/// what follows counts, and no other is tried, so `*ab` is not `ab ab`.
pub fn matches(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let mut ends_with_star = false;
    for piece in pieces {
        ends_with_star = piece.is_empty();
        let Some(at) = rest.find(piece) else { return false };
        rest = rest.get(at + piece.len()..).unwrap_or("");
    }
    ends_with_star || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_take_the_first_occurrence() {
        for (pattern, name, wanted) in [
            ("Write below etc", "Write below etc", true),
            ("Write below *", "Write below etc", true),
            ("write *", "Write below etc", false),
            ("*etc", "Write below etc", true),
            ("*ab", "ab ab", false),
            ("*ab*", "ab ab", true),
            ("*", "", true),
            ("**", "a", true),
            ("a**b", "ab", true),
            ("a*b*c", "a-b-c", true),
            ("a*a", "a", false),
            ("", "", true),
            ("", "a", false),
            ("日*語", "日本語", true),
        ] {
            assert_eq!(matches(pattern, name), wanted, "{pattern} {name}");
        }
    }
}
