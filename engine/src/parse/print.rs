//! Conditions printed back in the form in which Falco shows a compiled condition: groups in parentheses, chains flat,
//! values quoted only where Falco does it, macros replaced by what they mean.

use super::ast::{Argument, Check, Condition, Field, NodeId, NodeKind, Operand, Right, Transform};
use std::fmt::Write as _;

/// Longer texts are cut: macros can make them grow without bound.
const MAX_PRINTED: usize = 1 << 20;

/// The condition as text. `body` gives the printed condition of a macro; a macro without one keeps its name.
pub fn condition<'a>(condition: &Condition, body: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::new();
    // What is still to be written, the last first. Conditions can be deep, so this is no recursion.
    let mut rest = vec![Step::Node(condition.root)];
    while let Some(step) = rest.pop() {
        if out.len() > MAX_PRINTED {
            out.push('…');
            break;
        }
        let id = match step {
            Step::Word(word) => {
                out.push_str(word);
                continue;
            }
            Step::Node(id) => id,
        };
        let Some(node) = condition.node(id) else { continue };
        match &node.kind {
            NodeKind::And(parts) => group(&mut rest, parts, " and "),
            NodeKind::Or(parts) => group(&mut rest, parts, " or "),
            NodeKind::Not(inner) => rest.extend([Step::Node(*inner), Step::Word("not ")]),
            NodeKind::Macro(name) => out.push_str(body(name).unwrap_or(name)),
            NodeKind::Check(check) => push_check(&mut out, check),
            NodeKind::Error => {}
        }
    }
    out
}

/// A value in quotes.
pub fn quote(value: &str) -> String {
    format!("\"{}\"", escaped(value).0)
}

/// A value as Falco shows it: in quotes only where it holds a blank, `=`, a quote or what needs an escape.
fn shown(value: &str) -> String {
    match escaped(value) {
        (text, true) => format!("\"{text}\""),
        (text, false) => text,
    }
}

/// A value with its escapes, and whether Falco shows it in quotes.
fn escaped(value: &str) -> (String, bool) {
    let mut quoted = false;
    let mut out = String::with_capacity(value.len() + 2);
    for c in value.chars() {
        let escape = match c {
            '\x08' => Some('b'),
            '\x0c' => Some('f'),
            '\n' => Some('n'),
            '\r' => Some('r'),
            '\t' => Some('t'),
            '"' | '\\' => Some(c),
            _ => None,
        };
        quoted |= escape.is_some() || matches!(c, ' ' | '=' | '\'');
        if escape.is_some() {
            out.push('\\');
        }
        out.push(escape.unwrap_or(c));
    }
    (out, quoted)
}

enum Step {
    Node(NodeId),
    Word(&'static str),
}

fn group(rest: &mut Vec<Step>, parts: &[NodeId], between: &'static str) {
    rest.push(Step::Word(")"));
    for (at, id) in parts.iter().enumerate().rev() {
        rest.push(Step::Node(*id));
        rest.push(Step::Word(if at == 0 { "(" } else { between }));
    }
}

fn push_check(out: &mut String, check: &Check) {
    match &check.left {
        Operand::Field(field) => push_field(out, field),
        Operand::Transform(transform) => push_transform(out, transform),
    }
    out.push(' ');
    out.push_str(check.op.text());
    if let Some((modifier, _)) = check.modifier {
        out.push(' ');
        out.push_str(modifier.text());
    }
    match &check.right {
        Right::Nothing => {}
        Right::Constant(constant) => {
            out.push(' ');
            out.push_str(&shown(&constant.text()));
        }
        // A lone word behind a list operator stays one.
        Right::List(constants, range) if constants.iter().any(|constant| constant.range == *range) => {
            let texts: Vec<String> = constants.iter().map(|constant| shown(&constant.text())).collect();
            // Writing to a string cannot fail.
            let _ = write!(out, " {}", texts.join(", "));
        }
        Right::List(constants, _) => {
            let texts: Vec<String> = constants.iter().map(|constant| shown(&constant.text())).collect();
            let _ = write!(out, " ({})", texts.join(", "));
        }
        Right::Operand(Operand::Field(field)) => {
            out.push_str(" val(");
            push_field(out, field);
            out.push(')');
        }
        Right::Operand(Operand::Transform(transform)) => {
            out.push(' ');
            push_transform(out, transform);
        }
    }
}

fn push_field(out: &mut String, field: &Field) {
    out.push_str(&field.name);
    push_brackets(out, field.arg.as_deref());
}

fn push_brackets(out: &mut String, arg: Option<&str>) {
    if let Some(arg) = arg {
        let _ = write!(out, "[{arg}]");
    }
}

/// Transformers stand in each other at most as deep as the parser goes.
fn push_transform(out: &mut String, transform: &Transform) {
    out.push_str(transform.transformer.text());
    push_arguments(out, &transform.args);
    push_brackets(out, transform.index.as_deref());
}

fn push_arguments(out: &mut String, args: &[Argument]) {
    out.push('(');
    for (at, argument) in args.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        match argument {
            Argument::Field(field) => push_field(out, field),
            Argument::Transform(inner) => push_transform(out, inner),
            // A text in a transformer always needs its quotes.
            Argument::Text(constant) => out.push_str(&quote(&constant.text())),
            Argument::Number(constant) => out.push_str(&constant.text()),
            Argument::List(elements, _) => push_arguments(out, elements),
        }
    }
    out.push(')');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::condition::parse;

    fn printed(text: &str) -> String {
        let parsed = parse(text);
        assert_eq!(parsed.error, None, "{text}");
        condition(&parsed.condition, |name| (name == "m").then_some("(x.y = 1 or x.y = 2)"))
    }

    #[test]
    fn groups_lists_and_quotes() {
        for (text, wanted) in [
            ("a.b=1 and m or not n", "((a.b = 1 and (x.y = 1 or x.y = 2)) or not n)"),
            ("not (not (m))", "not not (x.y = 1 or x.y = 2)"),
            ("a.b in (x,'y z' , \"a\\\\b\")", "a.b in (x, \"y z\", \"a\\\\b\")"),
            ("a.b = 'a=b'", "a.b = \"a=b\""),
            ("a.b = 'a,b'", "a.b = a,b"),
            ("a.b == \"val(c.d)\"", "a.b == val(c.d)"),
            ("a.b = val( c.d )", "a.b = val(c.d)"),
            ("a.b startswith oneof (x, y)", "a.b startswith oneof (x, y)"),
            ("a.b in x", "a.b in x"),
            // Not even an empty value gets quotes, so this cannot be read again.
            ("a.b = ''", "a.b = "),
            ("join(',',(a.b,5)) = x", "join(\",\", (a.b, 5)) = x"),
        ] {
            assert_eq!(printed(text), wanted, "{text}");
        }
    }

    #[test]
    fn printing_again_changes_nothing() {
        for text in [
            "a.b = 'x y' and c.d in ()",
            "not (a.b = \"it's\" or c.d contains 'say \"x\"') and e.f = \"\\n\\t\"",
            "getopt(('-n', a.b), \"n:\")[n] = x or tolower(a.b) in (y)",
        ] {
            let once = printed(text);
            assert_eq!(printed(&once), once);
        }
    }
}
