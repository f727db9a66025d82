//! Bytes to text: what is no UTF-8 is replaced, a character for each broken piece, and counted.

use crate::catalog::messages::logs as messages;
use crate::text::Message;

/// Text that grows by pieces, which may end in the middle of a character.
#[derive(Default)]
pub struct Utf8 {
    /// The text so far.
    pub text: String,
    /// Bytes that were replaced.
    replaced: usize,
    /// The start of a character whose end has not come.
    open: Vec<u8>,
}

impl Utf8 {
    /// Adds a piece.
    pub fn push(&mut self, piece: &[u8]) {
        let mut joined;
        let mut rest = piece;
        if !self.open.is_empty() {
            joined = std::mem::take(&mut self.open);
            joined.extend_from_slice(piece);
            rest = &joined;
        }
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.text.push_str(text);
                    return;
                }
                Err(error) => {
                    let (good, bad) = rest.split_at(error.valid_up_to());
                    self.text.push_str(std::str::from_utf8(good).unwrap_or(""));
                    let Some(length) = error.error_len() else {
                        self.open = bad.to_vec();
                        return;
                    };
                    self.replace(length);
                    rest = bad.get(length..).unwrap_or_default();
                }
            }
        }
    }

    /// The whole text, and what was replaced in it.
    pub fn finish(mut self) -> (String, Option<Message>) {
        if !self.open.is_empty() {
            self.replace(self.open.len());
        }
        let replaced = (self.replaced > 0).then(|| messages::not_text(self.replaced.to_string()));
        (self.text, replaced)
    }

    fn replace(&mut self, bytes: usize) {
        self.text.push(char::REPLACEMENT_CHARACTER);
        self.replaced += bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_give_the_same_text_wherever_they_end() {
        let bytes = b"a\xe6\x97\xa5b\xff\xfec\xe6\x97d\xf0\x9f\x98\x80\xe6\x97";
        let lossy = String::from_utf8_lossy(bytes);
        for size in 1..=bytes.len() {
            let mut text = Utf8::default();
            bytes.chunks(size).for_each(|piece| text.push(piece));
            let (text, replaced) = text.finish();
            assert_eq!(text, lossy, "{size}");
            assert_eq!(replaced, Some(messages::not_text("6")));
        }
        assert_eq!(Utf8::default().finish(), (String::new(), None));
    }
}
