//! A value that Falco reads differently than it is written: numbers with leading zeros, items of lists that fall apart, texts that
//! end at a `#`, escapes outside quotes.

pub(super) use crate::catalog::codes::MISREAD_VALUE as CODE;

use super::{Context, Written};
use crate::catalog::fields::TypeGroup;
use crate::catalog::messages::lints as say;
use crate::catalog::operators::Operator;
use crate::parse::ast::{Check, Constant, Operand};
use crate::text::{Applicability, Diagnostic, Fix, Loc, Message, Span, Text, TextRange};

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (written, check) in context.checks() {
        let literal = matches!(
            check.op,
            Operator::Eq
                | Operator::EqEq
                | Operator::Ne
                | Operator::In
                | Operator::Contains
                | Operator::Icontains
                | Operator::Startswith
                | Operator::Endswith
        );
        for constant in check.right.constants() {
            let found = match constant.bytes.first() {
                Some(b'0') => octal(written, check, constant),
                Some(b'\\') if literal => escape(constant),
                _ => None,
            };
            let Some((message, note, title, insert)) = found else { continue };
            let Some(at) = written.place(constant.range) else { continue };
            let mut problem = Diagnostic::new(&CODE, at, message).note(note);
            if context.is_verbatim(written.text, constant.range, at) {
                problem = problem.fix(Fix::replace(title, at, insert, Applicability::Unsafe));
            }
            out.push(problem);
        }
    }
    for list in context.ruleset.lists.iter().filter(|list| list.used) {
        for (number, item) in list.items.iter().enumerate() {
            let message = if number == 0 && item.value.is_empty() {
                say::item_vanishes()
            } else if item.value.contains(',') && !item.value.contains([' ', '"', '\'', '(', ')', '=']) {
                say::item_falls_apart(&*item.value)
            } else {
                continue;
            };
            out.push(Diagnostic::new(&CODE, item.at, message).note(say::quotes_within_quotes()));
        }
    }
    for rule in &context.ruleset.rules {
        let field = |comment: &str| {
            comment.split('%').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        };
        out.extend(cut_off(context, &rule.output, field));
        let check = |comment: &str| comment.contains(" and ") || comment.contains(" or ");
        out.extend(cut_off(context, &rule.condition, |comment| !comment.starts_with(' ') && check(comment)));
    }
}

/// What is said: message, note, title of the fix, and the text that it writes.
type Found = (Message, Message, Message, String);

/// A number that begins with zero, as modes of files are written elsewhere.
fn octal(written: &Written<'_>, check: &Check, constant: &Constant) -> Option<Found> {
    let Operand::Field(field) = &check.left else { return None };
    let kind = written.key(field)?.kind();
    let text = constant.text();
    let octal = i64::from_str_radix(&text, 8).ok()?;
    let decimal: i64 = text.parse().ok()?;
    (matches!(kind.group(), TypeGroup::Integer { .. }) && octal != decimal).then(|| {
        let insert = octal.to_string();
        let message = say::read_as_decimal(text, decimal.to_string());
        (message, say::no_octal_numbers(), say::replace_value(insert.as_str()), insert)
    })
}

/// An escape that stands alone and outside quotes.
fn escape(constant: &Constant) -> Option<Found> {
    let text = constant.text();
    let known = matches!(&*text, "\\n" | "\\t" | "\\r") || text.len() == 4 && text.starts_with("\\x");
    (known && !constant.quoted).then(|| {
        let insert = format!("\"{text}\"");
        let message = say::escape_outside_quotes(text);
        (message, say::escapes_need_quotes(), say::quote_value(), insert)
    })
}

/// A text that goes on behind the ` #` at which YAML ends it; `meant` says whether a comment looks like that.
fn cut_off(context: &Context<'_>, text: &Text, meant: impl Fn(&str) -> bool) -> Option<Diagnostic> {
    let end = text.locate(TextRange { start: text.len(), end: text.len() })?;
    let rest = context.files.get(end.source.index())?.text.get(end.span.end as usize..)?;
    let line = rest.lines().next()?;
    let comment = line.trim_start_matches([' ', '\t']);
    let blanks = line.len() - comment.len();
    if blanks == 0 || !comment.strip_prefix('#').is_some_and(meant) {
        return None;
    }
    let start = end.span.end + u32::try_from(blanks).ok()?;
    let span = Span { start, end: start + u32::try_from(comment.trim_end().len()).ok()? };
    let at = Loc { source: end.source, span };
    Some(Diagnostic::new(&CODE, at, say::comment_cuts()).note(say::quote_the_whole()))
}
