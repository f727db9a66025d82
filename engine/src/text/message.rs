//! Messages in both languages of the page, chosen when shown and not when made.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A language of the interface.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Japanese.
    Ja,
}

/// A sentence in every language, with arguments from the user's text. Made by functions that
/// [`messages!`] declares, so a sentence cannot lack a translation or an argument.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Message {
    /// English template; `{0}`, `{1}` … stand for the arguments.
    pub en: Cow<'static, str>,
    /// Japanese template.
    pub ja: Cow<'static, str>,
    /// The arguments.
    pub args: Vec<String>,
}

impl Message {
    /// The sentence in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        let template = match lang {
            Lang::En => &self.en,
            Lang::Ja => &self.ja,
        };
        let mut out = String::with_capacity(template.len() + 16);
        let mut rest: &str = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let filled = after.split_once('}').and_then(|(number, tail)| {
                let arg = self.args.get(number.parse::<usize>().ok()?)?;
                out.push_str(arg);
                Some(tail)
            });
            rest = filled.unwrap_or_else(|| {
                out.push('{');
                after
            });
        }
        out.push_str(rest);
        out
    }
}

/// Declares one function per sentence; its parameters are the arguments `{0}`, `{1}` … in order.
///
/// ```text
/// messages! {
///     /// When a key is not one of the item's.
///     unknown_key(key, kind): "unknown key `{0}` in a {1}", "{1} に `{0}` というキーはありません";
/// }
/// ```
/// Also declares `ALL`, every template with the number of its arguments, for the test that compares placeholders.
macro_rules! messages {
    ($($(#[$meta:meta])* $name:ident($($arg:ident),*): $en:literal, $ja:literal;)*) => {
        $(
            $(#[$meta])*
            #[allow(missing_docs)]
            pub fn $name($($arg: impl Into<String>),*) -> $crate::text::Message {
                $crate::text::Message {
                    en: std::borrow::Cow::Borrowed($en),
                    ja: std::borrow::Cow::Borrowed($ja),
                    args: vec![$($arg.into()),*],
                }
            }
        )*

        #[cfg(test)]
        #[test]
        fn placeholders_agree() {
            let all: &[(&str, &str, &str, &[&str])] =
                &[$((stringify!($name), $en, $ja, &[$(stringify!($arg)),*])),*];
            $crate::text::check_placeholders(all);
        }
    };
}
pub(crate) use messages;

/// Every placeholder below the number of arguments stands in both languages, and no other.
#[cfg(test)]
pub(crate) fn check_placeholders(all: &[(&str, &str, &str, &[&str])]) {
    for (name, en, ja, args) in all {
        for number in 0..10 {
            let placeholder = format!("{{{number}}}");
            let wanted = number < args.len();
            assert_eq!(en.contains(&placeholder), wanted, "{name}: {placeholder} in English");
            assert_eq!(ja.contains(&placeholder), wanted, "{name}: {placeholder} in Japanese");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_may_hold_braces_and_braces_without_arguments_stay() {
        let message = Message {
            en: "a {0} b {x} {1} {9}".into(),
            ja: "{1}は{0}".into(),
            args: vec!["{1}".into(), "日本".into()],
        };
        assert_eq!(message.text(Lang::En), "a {1} b {x} 日本 {9}");
        assert_eq!(message.text(Lang::Ja), "日本は{1}");
    }
}
