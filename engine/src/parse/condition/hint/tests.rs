//! Syntax errors: the place, the sentence and the fix.

use crate::parse::condition::parse;
use crate::text::Lang;

/// The text with the marked place in `⟦ ⟧`, the message, and the text after the suggested change.
fn hint(text: &str) -> (String, String, Option<String>) {
    let error = parse(text).error.unwrap_or_else(|| panic!("{text} is fine"));
    let (start, end) = (error.at.start as usize, error.at.end as usize);
    let marked = format!("{}⟦{}⟧{}", &text[..start], &text[start..end], &text[end..]);
    let fixed = error
        .suggestion
        .map(|(_, at, insert)| format!("{}{insert}{}", &text[..at.start as usize], &text[at.end as usize..]));
    (marked, error.message.text(Lang::En), fixed)
}

#[test]
fn the_place_and_the_fix() {
    for (marked, fixed) in [
        ("a.b = x ⟦&&⟧ c.d = y", "a.b = x and c.d = y"),
        ("a.b = x ⟦AND⟧ c.d = y", "a.b = x and c.d = y"),
        ("⟦!⟧c.d = y", "not c.d = y"),
        ("a.b = x ⟦c.d⟧ = y", "a.b = x and c.d = y"),
        ("a.b = ⟦x=y⟧", "a.b = \"x=y\""),
        ("a.b = ⟦my prog⟧", "a.b = \"my prog\""),
        ("a.b = ⟦say \"hi\"⟧", "a.b = 'say \"hi\"'"),
        ("a.b = ⟦f(x)⟧", "a.b = \"f(x)\""),
        ("a.b ⟦= (⟧x, y)", "a.b in (x, y)"),
        ("a.b ⟦like⟧ x*", "a.b glob x*"),
        ("a.b ⟦contian⟧ x", "a.b contains x"),
        ("a.b ⟦is not⟧ x", "a.b != x"),
        ("a.b ⟦<>⟧ x", "a.b != x"),
        ("a.b ⟦not⟧ in (x)", "not a.b in (x)"),
        ("a.b ⟦Startswith⟧ x", "a.b startswith x"),
        ("a.b ⟦contains⟧\"x\"", "a.b contains \"x\""),
        ("a.b > ⟦'5'⟧", "a.b > 5"),
        ("a.b in ⟦\"x\"⟧", "a.b in (\"x\")"),
        ("a.b in ⟦/bin⟧", "a.b in (/bin)"),
        ("a.b in ⟦[x, y]⟧", "a.b in (x, y)"),
        ("a.b in ⟦a-b⟧", "a.b in (a-b)"),
        ("a.b in (x⟦,⟧)", "a.b in (x)"),
        ("⟦k8s.pod.label.app.kubernetes.io/name⟧ = x", "k8s.pod.label[app.kubernetes.io/name] = x"),
        ("⟦k8s.pod.label.x-y⟧ = x", "k8s.pod.label[x-y] = x"),
        (r"a.b regex '⟦\d⟧+'", r"a.b regex '\\d+'"),
        (r#"a.b = 'x⟦\"⟧'"#, r#"a.b = 'x"'"#),
        ("⟦lower⟧(a.b) = x", "tolower(a.b) = x"),
        ("a.b = ⟦val (⟧c.d)", "a.b = val(c.d)"),
        ("a.b = ⟦VAL⟧(c.d)", "a.b = val(c.d)"),
        ("a.b contains ⟦ONEOF⟧ (x)", "a.b contains oneof (x)"),
        ("evt.dir ⟦<⟧", "evt.dir = <"),
        ("⟦exists⟧ a.b", "a.b exists"),
        ("(⟦and⟧ a.b = x)", "(a.b = x)"),
        ("a.b⟦\u{3000}⟧= x", "a.b = x"),
        ("a.b = x⟦\u{3000}⟧and c.d = y", "a.b = x and c.d = y"),
    ] {
        let text = marked.replace(['⟦', '⟧'], "");
        let (place, message, suggested) = hint(&text);
        assert_eq!((place.as_str(), suggested.as_deref()), (marked, Some(fixed)), "{message}");
        assert!(parse(fixed).error.is_none(), "{fixed}");
    }
}

#[test]
fn the_place_and_the_message() {
    for (marked, message) in [
        ("⟦⟧", "the condition is empty"),
        ("a.b = x ⟦and⟧ ", "the condition ends after `and`"),
        ("⟦(⟧a.b = x or (c.d = y)", "this parenthesis is not closed"),
        ("a.b = x⟦)⟧", "this `)` closes nothing"),
        ("a.b in ⟦(⟧x, y", "this parenthesis is not closed"),
        ("a.b in (my ⟦prog⟧)", "expected `,` or `)` in the list, found `prog`"),
        ("a.b = ⟦\"日本⟧", "this quote is not closed"),
        ("⟦a.b⟧", "`a.b` is not compared with anything"),
        ("⟦tolower(a.b)⟧ and m", "`tolower(a.b)` is not compared with anything"),
        ("⟦proc⟧ = x", "`proc` is not a field: the names of fields have a dot"),
        ("a.b ⟦=⟧ ", "a value is missing after `=`"),
        ("(a.b = x ⟦and)⟧", "a comparison is missing here"),
        ("⟦()⟧", "there is nothing between these parentheses"),
        ("a.b > ⟦1500ms⟧", "`ms` follows a number directly: numbers have no units"),
        ("a.b > ⟦10.0.0.1⟧", "`>` needs a number, found `10.0.0.1`"),
        ("a.b ⟦exists x⟧", "`exists` takes no value"),
        ("a.b = x ⟦#⟧ note", "a condition cannot hold comments"),
        ("⟦val⟧(a.b) = x", "`val(…)` can only stand on the right of an operator"),
        ("a.b⟦[]⟧ = x", "the argument in the brackets is missing or holds a blank, a quote or a bracket"),
    ] {
        let (place, shown, _) = hint(&marked.replace(['⟦', '⟧'], ""));
        assert_eq!((place.as_str(), shown.as_str()), (marked, message));
    }
}
