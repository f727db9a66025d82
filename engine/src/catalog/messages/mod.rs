//! Every sentence that the engine says, in English and Japanese, one file per stage.
//!
//! A sentence is a number in all that is made, kept and sent; its words are looked up where it is shown. A native program has
//! them all. One for a browser has none: `web/assets.mjs` reads these files and writes the words of each language into a file
//! of its own, in the order of the numbers, so that a visit loads one language.

/// The words of a sentence, in English and Japanese, with `{0}`, `{1}` … for the arguments.
pub type Words = (&'static str, &'static str);

/// Declares one function per sentence; its parameters are the arguments `{0}`, `{1}` … in order. A sentence without one of
/// the languages does not compile.
///
/// ```text
/// messages! { in items;
///     /// When a key is not one of the item's.
///     unknown_key(key, kind): "unknown key `{0}` in a {1}", "{1} に `{0}` というキーはありません";
/// }
/// ```
/// Also declares `WORDS`, those of each in order, and a test that their placeholders agree.
macro_rules! messages {
    (in $stage:ident; $($(#[$meta:meta])* $name:ident($($arg:ident),*): $en:literal, $ja:literal;)*) => {
        pub(super) const WORDS: &[super::Words] = &[$(($en, $ja)),*];

        #[allow(non_camel_case_types, clippy::enum_variant_names)]
        enum Number { $($name),* }

        const FIRST: u16 = super::first(super::Stage::$stage);

        $(
            $(#[$meta])*
            #[allow(missing_docs)]
            pub fn $name($($arg: impl AsRef<str>),*) -> $crate::text::Message {
                $crate::text::Message::new($crate::text::Sentence(FIRST + Number::$name as u16), &[$($arg.as_ref()),*])
            }
        )*

        #[cfg(test)]
        #[test]
        fn placeholders_agree() {
            super::check_placeholders(WORDS, &[$((stringify!($name), &[$(stringify!($arg)),*])),*]);
        }
    };
}

macro_rules! stages {
    ($($stage:ident),*) => {
        /// The files with sentences.
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy)]
        enum Stage { $($stage),* }

        /// The words of all sentences by stage; their numbers count through.
        const STAGES: &[&[Words]] = &[$($stage::WORDS),*];
    };
}

pub mod audit;
pub mod conditions;
pub mod config;
pub mod course;
pub mod editor;
pub mod events;
pub mod explain;
pub mod items;
pub mod lints;
pub mod logs;
pub mod outputs;
pub mod rules;
pub mod tuning;

// By name: so are the files when their words are written out.
stages!(
    audit, conditions, config, course, editor, events, explain, items, lints, logs, outputs, rules, tuning
);

/// The number of the first sentence of a stage.
const fn first(stage: Stage) -> u16 {
    let (mut first, mut before, mut stages) = (0, stage as usize, STAGES);
    while let (1.., [words, rest @ ..]) = (before, stages) {
        first += words.len();
        (before, stages) = (before - 1, rest);
    }
    first as u16
}

/// How many sentences there are.
pub const COUNT: usize = first(Stage::tuning) as usize + tuning::WORDS.len();

/// A number that other words will hardly have, to be compared with that of a file of words; it counts on from `before`.
pub const fn fingerprint(before: u32, mut words: &[Words]) -> u32 {
    let mut hash = before;
    while let [(en, ja), rest @ ..] = words {
        hash = (hash ^ en.len() as u32).wrapping_mul(16_777_619);
        hash = (hash ^ ja.len() as u32).wrapping_mul(16_777_619);
        words = rest;
    }
    hash
}

/// The fingerprint of all sentences.
pub const FINGERPRINT: u32 = {
    let (mut hash, mut stages) = (2_166_136_261, STAGES);
    while let [words, rest @ ..] = stages {
        hash = fingerprint(hash, words);
        stages = rest;
    }
    hash
};

#[cfg(not(target_family = "wasm"))]
mod words {
    use super::STAGES;
    use crate::text::{Lang, Message, Sentence};

    /// The words of a sentence.
    pub fn words(sentence: Sentence, lang: Lang) -> &'static str {
        let (en, ja) =
            STAGES.iter().copied().flatten().nth(usize::from(sentence.0)).copied().unwrap_or_default();
        match lang {
            Lang::En => en,
            Lang::Ja => ja,
        }
    }

    impl Message {
        /// The sentence in `lang`.
        pub fn text(&self, lang: Lang) -> String {
            self.filled(&|sentence| words(sentence, lang))
        }
    }
}
#[cfg(not(target_family = "wasm"))]
pub use words::words;

/// Every placeholder below the number of arguments stands in both languages, and no other.
#[cfg(test)]
fn check_placeholders(words: &[Words], sentences: &[(&str, &[&str])]) {
    for ((en, ja), (name, args)) in words.iter().zip(sentences) {
        for number in 0..10 {
            let placeholder = format!("{{{number}}}");
            let wanted = number < args.len();
            assert_eq!(en.contains(&placeholder), wanted, "{name}: {placeholder} in English");
            assert_eq!(ja.contains(&placeholder), wanted, "{name}: {placeholder} in Japanese");
        }
    }
}
