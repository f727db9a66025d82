//! Sorting by a number. One sort for all types: every other one would cost the page some kilobytes of code.

/// `items` in the order of `key`; those with equal keys stay in their order.
pub fn sorted<T>(items: Vec<T>, key: impl Fn(&T) -> u64) -> Vec<T> {
    let mut keys: Vec<(u64, u32)> = items.iter().zip(0..).map(|(item, at)| (key(item), at)).collect();
    sort(&mut keys);
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    keys.iter().filter_map(|(_, at)| items.get_mut(*at as usize)?.take()).collect()
}

#[inline(never)]
fn sort(keys: &mut [(u64, u32)]) {
    keys.sort_unstable();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order() {
        let words = vec!["bb", "a", "cc", "ddd", "b"];
        assert_eq!(sorted(words, |word| word.len() as u64), ["a", "b", "bb", "cc", "ddd"]);
    }
}
