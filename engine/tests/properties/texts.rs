//! Texts that somebody broke while typing.

use proptest::prelude::*;

/// One of the seeds with a few pieces cut out or put in, at character boundaries.
pub(crate) fn broken(
    seeds: &'static [&'static str],
    pieces: &'static [&'static str],
) -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0..6usize, prop::sample::select(pieces));
    (prop::sample::select(seeds), prop::collection::vec(edit, 1..6)).prop_map(|(seed, edits)| {
        let mut chars: Vec<char> = seed.chars().collect();
        for (at, cut, piece) in edits {
            let at = at.index(chars.len() + 1);
            let end = (at + cut).min(chars.len());
            chars.splice(at..end, piece.chars());
        }
        chars.into_iter().collect()
    })
}
