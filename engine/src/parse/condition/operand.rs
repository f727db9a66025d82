//! Fields, transformers and `val(…)`.

use super::{Expected, Parse, Parser};
use crate::catalog::transformers::Transformer;
use crate::parse::ast::{Argument, Field, Operand, Transform};
use crate::report::TokenKind;
use crate::text::TextRange;

/// Steps of Falco's grammar from a transformer to one inside it. Also what keeps the functions here from going too deep.
const STEPS_TO_ARGUMENT: u32 = 3;

impl Parser<'_> {
    /// A field or a transformer, if one stands here.
    pub(super) fn operand(&mut self, depth: u32) -> Parse<Option<Operand>> {
        if let Some(transform) = self.transform(depth)? {
            return Ok(Some(Operand::Transform(transform)));
        }
        Ok(self.field()?.map(Operand::Field))
    }

    /// `val(field)` or a transformer, if one stands here.
    pub(super) fn right_operand(&mut self, depth: u32) -> Parse<Option<Operand>> {
        let start = self.scan.at();
        if let Some((_, open)) = self.call("val") {
            self.scan.blanks();
            let Some(mut field) = self.field()? else { return self.fail(Expected::ValField) };
            self.scan.blanks();
            self.close_call(open)?;
            if let Some(arg) = self.brackets()? {
                field.arg = field.arg.or(Some(arg));
            }
            field.range = self.scan.range_from(start);
            return Ok(Some(Operand::Field(field)));
        }
        Ok(self.transform(depth)?.map(Operand::Transform))
    }

    /// A name that touches its parenthesis.
    fn call(&mut self, name: &str) -> Option<(TextRange, TextRange)> {
        let mark = self.scan.mark();
        let word = self.scan.word(name, TokenKind::Transformer)?;
        let open = self.open();
        if open.is_none() {
            self.scan.reset(mark);
        }
        Some((word, open?))
    }

    fn close_call(&mut self, open: TextRange) -> Parse<()> {
        match self.scan.word(")", TokenKind::Punctuation) {
            Some(_) => Ok(()),
            None => self.fail_in(open, Expected::CloseCall),
        }
    }

    pub(super) fn field(&mut self) -> Parse<Option<Field>> {
        let Some(name) = self.scan.field_name() else { return Ok(None) };
        let arg = self.brackets()?;
        let text = name.slice(self.scan.text());
        Ok(Some(Field { name: text.into(), arg, range: self.scan.range_from(name.start) }))
    }

    /// `[argument]`, if it follows at once.
    fn brackets(&mut self) -> Parse<Option<Box<str>>> {
        let Some(open) = self.scan.word("[", TokenKind::Field) else { return Ok(None) };
        let arg: Box<str> = if let Some(range) = self.scan.quoted(None) {
            self.unquoted(range)?.text().into()
        } else if let Some(range) = self.scan.bare_argument() {
            range.slice(self.scan.text()).into()
        } else {
            return self.fail_in(open, Expected::Argument);
        };
        if self.scan.word("]", TokenKind::Field).is_none() {
            return self.fail_in(open, Expected::CloseBracket);
        }
        self.scan.join_tokens(open.start);
        Ok(Some(arg))
    }

    fn transform(&mut self, depth: u32) -> Parse<Option<Box<Transform>>> {
        let start = self.scan.at();
        for &transformer in Transformer::ALL {
            let Some((_, open)) = self.call(transformer.text()) else { continue };
            let depth = self.descend(depth, STEPS_TO_ARGUMENT)?;
            let mut args = vec![self.argument(depth)?];
            while self.scan.word(",", TokenKind::Punctuation).is_some() {
                args.push(self.argument(depth)?);
            }
            self.close_call(open)?;
            let index = self.brackets()?;
            let range = self.scan.range_from(start);
            return Ok(Some(Box::new(Transform { transformer, args, index, range })));
        }
        Ok(None)
    }

    /// An argument of a transformer, with the blanks around it.
    fn argument(&mut self, depth: u32) -> Parse<Argument> {
        self.scan.blanks();
        let found = match self.open() {
            Some(open) => Some(self.argument_list(open, depth)?),
            None => self.simple_argument(depth)?,
        };
        self.scan.blanks();
        match found {
            Some(argument) => Ok(argument),
            None => self.fail(Expected::TransformerArgument),
        }
    }

    fn argument_list(&mut self, open: TextRange, depth: u32) -> Parse<Argument> {
        let mut args = Vec::new();
        self.scan.blanks();
        if let Some(first) = self.simple_argument(depth)? {
            args.push(first);
            self.scan.blanks();
            while self.scan.word(",", TokenKind::Punctuation).is_some() {
                self.scan.blanks();
                match self.simple_argument(depth)? {
                    Some(next) => args.push(next),
                    None => return self.fail(Expected::TransformerListArgument),
                }
                self.scan.blanks();
            }
        }
        self.close(open)?;
        Ok(Argument::List(args, self.scan.range_from(open.start)))
    }

    fn simple_argument(&mut self, depth: u32) -> Parse<Option<Argument>> {
        if let Some(transform) = self.transform(depth)? {
            return Ok(Some(Argument::Transform(transform)));
        }
        if let Some(field) = self.field()? {
            return Ok(Some(Argument::Field(field)));
        }
        if let Some(range) = self.scan.number() {
            return Ok(Some(Argument::Number(self.written(range))));
        }
        match self.scan.quoted(Some(TokenKind::Text)) {
            Some(range) => Ok(Some(Argument::Text(self.unquoted(range)?))),
            None => Ok(None),
        }
    }
}
