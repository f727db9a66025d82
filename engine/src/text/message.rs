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

/// A sentence by its number in `catalog::messages`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Sentence(pub u16);

/// A sentence with arguments, in no language yet. Made by the functions of `catalog::messages`, so it cannot lack a
/// translation or an argument.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Message {
    sentence: Sentence,
    args: Vec<Argument>,
}

/// What stands for `{0}`, `{1}` … in a sentence.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
enum Argument {
    /// From the user's text.
    Text(String),
    /// Another sentence, in the language of the first.
    Message(Message),
}

impl Message {
    /// For the functions of `catalog::messages`.
    pub(crate) fn new(sentence: Sentence, args: &[&str]) -> Self {
        Self { sentence, args: args.iter().map(|arg| Argument::Text((*arg).to_owned())).collect() }
    }

    /// With other sentences for the first arguments.
    #[must_use]
    pub(crate) fn around(mut self, inner: Vec<Message>) -> Self {
        for (arg, inner) in self.args.iter_mut().zip(inner) {
            *arg = Argument::Message(inner);
        }
        self
    }

    /// The sentence, with the words that `words` gives it.
    pub fn filled(&self, words: &dyn Fn(Sentence) -> &'static str) -> String {
        fill(words(self.sentence), &|at| {
            Some(match self.args.get(at)? {
                Argument::Text(text) => Cow::Borrowed(text.as_str()),
                Argument::Message(message) => Cow::Owned(message.filled(words)),
            })
        })
    }
}

/// Words with what `arg` has in place of `{0}`, `{1}` …; where it has nothing, they stay as they are.
pub fn fill<'a>(words: &str, arg: &dyn Fn(usize) -> Option<Cow<'a, str>>) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let found = after.split_once('}').and_then(|(number, tail)| Some((arg(number.parse().ok()?)?, tail)));
        rest = if let Some((text, tail)) = found {
            out.push_str(&text);
            tail
        } else {
            out.push('{');
            after
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_may_hold_braces_and_braces_without_arguments_stay() {
        let message = Message::new(Sentence(0), &["{1}", "日本"]);
        assert_eq!(message.filled(&|_| "a {0} b {x} {1} {9}"), "a {1} b {x} 日本 {9}");
        assert_eq!(message.filled(&|_| "{1}は{0}"), "日本は{1}");
    }

    #[test]
    fn sentences_may_stand_in_sentences() {
        let inner = |at| Message::new(Sentence(at), &["{0}"]);
        let message = Message::new(Sentence(0), &["", "", "c"]).around(vec![inner(1), inner(2)]);
        let words = |sentence: Sentence| ["({0}; {1}; {2})", "a{0}", "b{0}"][usize::from(sentence.0)];
        assert_eq!(message.filled(&words), "(a{0}; b{0}; c)");
    }
}
