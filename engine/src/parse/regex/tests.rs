//! What matches, and what RE2 refuses.

use super::*;

fn matches(pattern: &str, value: &str) -> bool {
    compile(pattern).unwrap_or_else(|e| panic!("{pattern}: {}", e.falco)).is_match(value)
}

#[test]
fn whole_values_match() {
    for (pattern, value, wanted) in [
        ("abc", "abc", true),
        ("Hello", "Hello World", false),
        ("a|abc", "abc", true),
        ("", "", true),
        ("a.c", "a\nc", false),
        ("a[^b]c", "a\nc", true),
        ("^a$\n^b$", "a\nb", true),
        ("a^b", "a\nb", false),
        ("日..", "日本語", true),
        ("a{2,3}", "aaa", true),
        ("a{", "a{", true),
        ("a{,2}", "a{,2}", true),
        ("a**", "aaa", true),
        ("a++", "aaa", true),
        ("ab??c", "abc", true),
        ("(ab)*?c", "ababc", true),
        (r"\x61\142\t\.", "ab\t.", true),
        ("[[:alpha:]]+[[:^digit:]]", "abé", true),
        ("[]a]+", "]a", true),
        ("[^]]", "x", true),
        ("[a-]+", "a-", true),
        (r"[\]\-]+", "]-", true),
        ("(a|b)*(c)", "abac", true),
        ("()", "", true),
        ("a||b", "", true),
        ("x*", "", true),
        ("😀+", "😀😀", true),
    ] {
        assert_eq!(matches(pattern, value), wanted, "{pattern:?} on {value:?}");
    }
}

#[test]
fn refusals_have_the_words_of_re2() {
    for (pattern, wanted) in [
        (r"\d", r"invalid escape sequence: \d"),
        (r"[\w]", r"invalid escape sequence: \w"),
        (r"\Qa\E", r"invalid escape sequence: \Q"),
        (r"\1", r"invalid escape sequence: \1"),
        (r"\xg", r"invalid escape sequence: \xg"),
        ("(?i)a", "no argument for repetition operator: ?"),
        ("*a", "no argument for repetition operator: *"),
        ("{1}", "no argument for repetition operator: {1}"),
        ("a|*", "no argument for repetition operator: *"),
        ("a{1001}", "invalid repetition size: {1001}"),
        ("a{3,2}", "invalid repetition size: {3,2}"),
        ("((a{100}){100}){100}", "invalid repetition size: {100}"),
        ("[a", "missing ]: [a"),
        ("[z-a]", "invalid character class range: z-a"),
        ("[[:nope:]]", "invalid character class range: [:nope:]"),
        ("[a-b-c]", "invalid character class range: -c"),
        ("(a", "missing ): (a"),
        ("a)", "unexpected ): a)"),
        ("a\\", "trailing \\"),
    ] {
        assert_eq!(compile(pattern).unwrap_err().falco, wanted, "{pattern}");
    }
}

#[test]
fn large_patterns_are_refused_and_odd_ones_do_not_panic() {
    assert!(compile(&"(".repeat(10_000)).is_err());
    let seed = r"[[:^alpha:]-é](a|b){2,}\x{1F600}^$\.[^]";
    for (from, _) in seed.char_indices() {
        for (to, _) in seed.char_indices().filter(|(to, _)| *to >= from) {
            let _ = compile(&seed[from..to]);
        }
    }
}
