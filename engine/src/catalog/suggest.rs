//! Did-you-mean: the known name that is closest to what was written.

/// The candidate closest to `name`, if one is close enough to be meant. Of several equally close ones that which
/// begins most like it, since the end of a name is what is still to be typed; else the first.
///
/// Distance is that of Damerau and Levenshtein (insert, delete, replace, swap of neighbours), letters compared
/// without case. At most a third of the longer name may differ, where what both have up to a common dot does not count:
/// `evt.` says nothing about whether `evt.hour` is meant to be `evt.source`.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    closest_of(name, &mut candidates.into_iter())
}

/// The same, once in the program and not once for each kind of iterator.
fn closest_of<'a>(name: &str, candidates: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.chars().take(MAX_LENGTH + 1).map(|c| c.to_ascii_lowercase()).collect();
    if wanted.is_empty() || wanted.len() > MAX_LENGTH {
        return None;
    }
    let mut best: Option<(usize, usize, &str)> = None;
    let mut candidate_chars = Vec::new();
    for candidate in candidates {
        if candidate == name {
            continue;
        }
        candidate_chars.clear();
        candidate_chars.extend(candidate.chars().map(|c| c.to_ascii_lowercase()));
        let longer = wanted.len().max(candidate_chars.len()) - shared(&wanted, &candidate_chars);
        let limit = best.map_or(usize::MAX, |(distance, ..)| distance).min((longer / 3).max(1));
        if wanted.len().abs_diff(candidate_chars.len()) > limit {
            continue;
        }
        let distance = distance(&wanted, &candidate_chars);
        let alike = wanted.iter().zip(&candidate_chars).take_while(|(a, b)| a == b).count();
        let better = best.is_none_or(|(other, prefix, _)| distance < other || alike > prefix);
        if distance <= limit && distance < wanted.len() && better {
            best = Some((distance, alike, candidate));
            if distance == 0 {
                break;
            }
        }
    }
    best.map(|(_, _, candidate)| candidate)
}

/// Longer names get no suggestion: the distance costs the product of both lengths.
const MAX_LENGTH: usize = 100;

/// Length of what both have in common up to and with their last common dot.
fn shared(a: &[char], b: &[char]) -> usize {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b);
    same.enumerate().filter(|(_, (c, _))| **c == '.').last().map_or(0, |(at, _)| at + 1)
}

/// Optimal string alignment distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
    let mut left_a = None;
    for (i, &x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        let mut left_b = None;
        for (j, &y) in b.iter().enumerate() {
            let replace = get(&last, j) + usize::from(x != y);
            let mut cost = replace.min(get(&last, j + 1) + 1).min(get(&row, j) + 1);
            if j > 0 && left_a == Some(y) && left_b == Some(x) {
                cost = cost.min(get(&before, j - 1) + 1);
            }
            row.push(cost);
            left_b = Some(y);
        }
        left_a = Some(x);
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_equally_close_names_the_one_that_begins_alike() {
        assert_eq!(closest("fd.nam", ["fd.num", "fd.name"]), Some("fd.name"));
        assert_eq!(closest("fd.nam", ["fd.name", "fd.num"]), Some("fd.name"));
    }

    #[test]
    fn finds_what_is_meant() {
        let names = ["proc.name", "proc.pname", "fd.name", "proc.cmdline"];
        assert_eq!(closest("proc.nmae", names), Some("proc.name"));
        assert_eq!(closest("PROC.NAME", names), Some("proc.name"));
        assert_eq!(closest("proc.cmdlin", names), Some("proc.cmdline"));
        assert_eq!(closest("process.name", names), Some("proc.name"));
        assert_eq!(closest("evt.hour", ["evt.source", "evt.type"]), None);
        assert_eq!(closest("evt.typ", ["evt.source", "evt.type"]), Some("evt.type"));
        assert_eq!(closest("zzz", names), None);
        assert_eq!(closest("", names), None);
        assert_eq!(closest("日本語", names), None);
        assert_eq!(closest(&"x".repeat(5000), names), None);
    }

    #[test]
    fn distances() {
        let d = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(d("abc", "abc"), 0);
        assert_eq!(d("abc", "acb"), 1);
        assert_eq!(d("", "abc"), 3);
        assert_eq!(d("kitten", "sitting"), 3);
    }
}
