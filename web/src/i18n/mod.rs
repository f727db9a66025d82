//! Every sentence of the page in every language. Sentences of the engine come as `Message`; their words are found here, too.

mod text;
pub(crate) mod words;

pub(crate) use engine::text::Lang;
use engine::{
    catalog::messages,
    text::{Message, fill},
};
use std::borrow::Cow;
pub(crate) use text::Text;

impl Text {
    /// The sentence in `lang`; see [`Text::with`] for those with placeholders.
    pub(crate) fn in_lang(self, lang: Lang) -> &'static str {
        words::at(lang, messages::COUNT + self as usize)
    }

    /// The sentence in `lang` with `{0}`, `{1}` … replaced.
    pub(crate) fn with(self, lang: Lang, args: &[&str]) -> String {
        fill(self.in_lang(lang), &|at| args.get(at).copied().map(Cow::Borrowed))
    }
}

/// A sentence of the engine in `lang`.
pub(crate) fn wording(message: &Message, lang: Lang) -> String {
    message.filled(&|sentence| words::at(lang, sentence.0.into()))
}

/// Words of the examples menu: the title of each example is followed by its summary.
pub(crate) fn of_example(lang: Lang, number: usize) -> &'static str {
    words::at(lang, messages::COUNT + text::WORDS.len() + number)
}

/// `one` for 1, else `many`, with the number filled in. Japanese has the same words for both.
pub(crate) fn count(lang: Lang, n: usize, one: Text, many: Text) -> String {
    if n == 1 { one } else { many }.with(lang, &[&number(n)])
}

/// A number with its thousands apart: `10,000`, as both languages write it.
pub(crate) fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The name of the language for `lang` attributes and storage.
pub(crate) fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Ja => "ja",
    }
}

/// The language that a tag such as `ja-JP` asks for; English for all that the page does not speak.
pub(crate) fn from_tag(tag: &str) -> Lang {
    if tag.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("ja")) { Lang::Ja } else { Lang::En }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (n, shown) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(number(n), shown);
        }
    }

    #[test]
    fn placeholders_agree_in_both_languages() {
        for (en, ja) in text::WORDS {
            for placeholder in ["{0}", "{1}", "{2}"] {
                assert_eq!(en.contains(placeholder), ja.contains(placeholder), "{en}: {placeholder}");
            }
        }
    }

    #[test]
    fn languages_are_known_by_their_tags() {
        assert_eq!(from_tag("ja-JP"), Lang::Ja);
        assert_eq!(from_tag("JA"), Lang::Ja);
        assert_eq!(from_tag("en-GB"), Lang::En);
        assert_eq!(from_tag("日本"), Lang::En);
    }
}
