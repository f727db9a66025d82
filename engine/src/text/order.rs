//! Sorting and sorted lists. One sort for all types: every other one, and every type of a tree map, would cost the
//! page some kilobytes of code.

use std::borrow::Borrow;
use std::cmp::Ordering;

/// `items` in the order of `key`; those with equal keys stay in their order.
pub fn sorted<T, K: Ord>(mut items: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    sort_by(&mut items, |a, b| key(a).cmp(&key(b)));
    items
}

/// `items` in order, each once.
pub fn distinct<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    sort_by(&mut items, T::cmp);
    items.dedup();
    items
}

/// Puts `items` in order; those that are equal stay in their order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let swaps = swaps(items.len(), &|a, b| match (items.get(a as usize), items.get(b as usize)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    for (a, b) in swaps {
        items.swap(a as usize, b as usize);
    }
}

/// What to swap, one after the other, to put `len` items in order. All that depends on their type is behind `compare`.
fn swaps(len: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<(u32, u32)> {
    let mut order: Vec<u32> = (0..len as u32).collect();
    order.sort_unstable_by(|a, b| compare(*a, *b).then(a.cmp(b)));
    let mut swaps = Vec::new();
    for start in 0..len as u32 {
        // Each place takes its item from the next of its circle; the last holds by then what the first one had.
        let mut place = start;
        while let Some(from) = order.get_mut(place as usize).map(|from| std::mem::replace(from, place))
            && from != start
        {
            if from == place {
                break;
            }
            swaps.push((place, from));
            place = from;
        }
    }
    swaps
}

/// Puts `item` at its place in a sorted list without repetitions; false if it is there already.
pub fn insert<T: Ord>(sorted: &mut Vec<T>, item: T) -> bool {
    let place = sorted.binary_search(&item);
    if let Err(at) = place {
        sorted.insert(at, item);
    }
    place.is_err()
}

/// A map that is small, or filled in the order of its keys.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SortedMap<K, V>(Vec<(K, V)>);

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    /// The value of `key`.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let at = self.0.binary_search_by(|(known, _)| known.borrow().cmp(key)).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// The value of `key`, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let at = self.0.binary_search_by(|(known, _)| known.borrow().cmp(key)).ok()?;
        self.0.get_mut(at).map(|(_, value)| value)
    }

    /// Sets the value of `key`.
    pub fn insert(&mut self, key: K, value: V) {
        if let Some(known) = self.get_mut(&key) {
            *known = value;
        } else {
            let at = self.0.partition_point(|(known, _)| *known < key);
            self.0.insert(at, (key, value));
        }
    }

    /// All entries, by their keys.
    pub fn entries(&self) -> &[(K, V)] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order() {
        let words = vec!["bb", "a", "cc", "ddd", "b"];
        assert_eq!(sorted(words, |word| word.len()), ["a", "b", "bb", "cc", "ddd"]);
    }

    #[test]
    fn every_order_of_items_is_put_right() {
        for seed in 0..2_000_u32 {
            let items: Vec<u32> =
                (0..seed % 9).map(|at| seed.wrapping_mul(2_654_435_761) >> (at * 3) & 7).collect();
            let mut wanted: Vec<_> = items.iter().copied().enumerate().collect();
            wanted.sort_by_key(|(_, item)| *item);
            let ours = sorted(items.into_iter().enumerate().collect(), |(_, item)| *item);
            assert_eq!(ours, wanted);
        }
    }

    #[test]
    fn lists_and_maps_stay_sorted() {
        let (mut list, mut map) = (Vec::new(), SortedMap::default());
        for (at, word) in ["b", "a", "c", "a"].into_iter().enumerate() {
            assert_eq!(insert(&mut list, word), at < 3);
            map.insert(word, at);
        }
        assert_eq!(list, ["a", "b", "c"]);
        assert_eq!(map.entries(), [("a", 3), ("b", 0), ("c", 2)]);
        assert_eq!((map.get("b"), map.get("d")), (Some(&0), None));
    }
}
