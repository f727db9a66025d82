//! The grammar: trees, words, Falco's error texts and points.

use super::*;
use crate::parse::ast::Operand;

/// The tree as text: groups in parentheses.
fn tree(text: &str) -> String {
    fn show(condition: &Condition, id: NodeId, text: &str) -> String {
        let node = condition.node(id).unwrap();
        let join = |ids: &[NodeId], word: &str| {
            let parts: Vec<_> = ids.iter().map(|id| show(condition, *id, text)).collect();
            format!("({})", parts.join(word))
        };
        match &node.kind {
            NodeKind::And(ids) => join(ids, " & "),
            NodeKind::Or(ids) => join(ids, " | "),
            NodeKind::Not(id) => format!("!{}", show(condition, *id, text)),
            NodeKind::Macro(name) => name.to_string(),
            NodeKind::Check(check) => check.range().slice(text).to_owned(),
            NodeKind::Error => "error".to_owned(),
        }
    }
    let parsed = parse(text);
    match &parsed.error {
        Some(error) => format!("{} at {}", error.falco, error.position.offset),
        None => show(&parsed.condition, parsed.condition.root, text),
    }
}

fn check(text: &str) -> Check {
    let parsed = parse(text);
    assert_eq!(parsed.error, None, "{text}");
    match &parsed.condition.node(parsed.condition.root).unwrap().kind {
        NodeKind::Check(check) => (**check).clone(),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn precedence_and_negation() {
    for (text, wanted) in [
        ("a.b=1 or c.d=2 and not e.f=3", "(a.b=1 | (c.d=2 & !e.f=3))"),
        ("not a.b=1 and c", "(!a.b=1 & c)"),
        ("not not m", "m"),
        ("not not not m", "!m"),
        ("not(m) and x", "(!m & x)"),
        ("not (not m)", "!!m"),
        ("(a.b=1)and(c.d=2)", "(a.b=1 & c.d=2)"),
        ("a.b=\"x\"and c.d=1", "(a.b=\"x\" & c.d=1)"),
        ("a.b existsand c.d=1", "(a.b exists & c.d=1)"),
        ("not and", "!and"),
        ("(not)", "not"),
        ("m and (a or b)", "(m & (a | b))"),
        ("m or (b) and c", "(m | (b & c))"),
        ("and and(x) and or", "(and & x & or)"),
    ] {
        assert_eq!(tree(text), wanted, "{text}");
    }
}

#[test]
fn right_sides() {
    let values = |text: &str| -> Vec<String> {
        check(text).right.constants().iter().map(|c| c.text().into_owned()).collect()
    };
    assert_eq!(values("a.b in (x, 'y z' , \"q\")"), ["x", "y z", "q"]);
    assert_eq!(values("a.b inx"), ["x"]);
    assert_eq!(values("a.b in ()"), [""; 0]);
    assert_eq!(values("a.b = oneof"), ["oneof"]);
    assert_eq!(values("a.b startswith or"), ["or"]);
    assert_eq!(values("a.b = \\n"), ["\\n"]);
    assert!(check("a.b = oneof (x)").modifier.is_some());
    assert!(check("a.b = oneof xyz").modifier.is_some());
    assert!(matches!(check("a.b = val( c.d )").right, Right::Operand(Operand::Field(_))));
    assert!(matches!(check("a.b in tolower(c.d)").right, Right::Operand(Operand::Transform(_))));
    let Operand::Field(field) = check("a.b['x y'] = 1").left else { panic!() };
    assert_eq!(field.text(), "a.b[x y]");
}

#[test]
fn places_are_exact_beside_wide_text() {
    let text = "a.b = 日本語 and c.d in ('é', \"😀\")";
    let parsed = parse(text);
    let shown: Vec<_> = parsed.tokens.iter().map(|(range, _)| range.slice(text)).collect();
    assert_eq!(shown, ["a.b", "=", "日本語", "and", "c.d", "in", "(", "'é'", ",", "\"😀\"", ")"]);
}

#[test]
fn words_are_one_token_with_their_argument() {
    let text = "k8s.pod.label['a b'] = x and toupper(proc.aname[2]) = X";
    let shown: Vec<_> = parse(text).tokens.iter().map(|(range, _)| range.slice(text)).collect();
    assert_eq!(
        shown,
        ["k8s.pod.label['a b']", "=", "x", "and", "toupper", "(", "proc.aname[2]", ")", "=", "X"]
    );
}

#[test]
fn errors_have_the_text_and_point_of_falco() {
    for (text, wanted) in [
        ("", "filter input string is empty at 0"),
        ("a.b=1 or(b=2) and c", "expected a ')' token at 10"),
        ("a.b=1 or(b) and c", "unexpected token after ')', expecting 'or', 'and' at 12"),
        ("a.b = 1 x", "unexpected token after '1', expecting 'or', 'and' at 8"),
        ("a and", "expected blank or '(' after 'and' at 5"),
        ("a and ", "expected a '(' token, a field check, or an identifier at 6"),
        ("(a", "expected a ')' token at 2"),
        ("a.b in (x,)", "expected a string value at 10"),
        ("a.b in (=x)", "expected a ')' token at 8"),
        ("val(a.b) = 1", "unexpected token after 'val', expecting 'or', 'and' at 3"),
        ("a.b = val(tolower(c.d))", "expected a field within 'val' transformer at 10"),
        ("a.b = \"x\\q\"", "unsupported string escape sequence: \\q at 11"),
        ("a.b[] = 1", "expected a valid field argument: a quoted string or a bare string at 4"),
        ("a.b[x = 1", "expected a ']' token at 5"),
        ("tolower(a.b = 1", "expected a ')' token closing the transformer at 12"),
    ] {
        assert_eq!(tree(text), wanted, "{text}");
    }
    assert!(tree("a.b contains\"x\"").starts_with("expected a valid check operator: one of 'exists', '<='"));
    assert!(tree("a.b > 'x'").starts_with("expected a number value or a field"));
}

#[test]
fn depth_is_limited_as_in_falco_and_length_is_not() {
    let nested = |open: &str, n: usize| format!("{}m{}", open.repeat(n), ")".repeat(n));
    for open in ["(", "not (", "m or ("] {
        assert!(parse(&nested(open, 198)).error.is_none(), "{open}");
        let error = parse(&nested(open, 10_000)).error.unwrap();
        assert_eq!(error.falco, "exceeded max depth limit of 1000", "{open}");
    }
    let deep = format!("{}a.b{} = x", "tolower(".repeat(10_000), ")".repeat(10_000));
    assert_eq!(parse(&deep).error.unwrap().falco, "exceeded max depth limit of 1000");
    assert!(parse(&format!("m{}", " and m".repeat(10_000))).error.is_none());
    assert!(parse(&format!("{}m", "not ".repeat(10_000))).error.is_none());
}

#[test]
fn no_text_panics_and_all_places_lie_in_it() {
    let seeds = [
        "not (proc.name in (a, 'é', \"日\\x41\") and k8s.pod.label['x y'] = oneof (b, c)) or m",
        "join(\",\", (proc.name, 5, 'x')) startswith val(fd.name) and len(fd.name) >= 0x10",
        "a.b = \"x\\é😀\" && !c || (d.e exists",
    ];
    for seed in seeds {
        let bounds: Vec<usize> = seed.char_indices().map(|(at, _)| at).collect();
        for &from in &bounds {
            for &to in bounds.iter().filter(|to| **to >= from) {
                let text = &seed[from..to];
                let parsed = parse(text);
                for (range, _) in &parsed.tokens {
                    assert!(text.get(range.start as usize..range.end as usize).is_some());
                }
                if let Some(error) = parsed.error {
                    assert!(error.at.end as usize <= text.len(), "{text}: {error:?}");
                    assert!(text.get(error.at.start as usize..error.at.end as usize).is_some(), "{text}");
                }
            }
        }
    }
}
