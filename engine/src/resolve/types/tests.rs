//! Problems and warnings of single checks.

use super::*;
use crate::parse::condition::parse;
use crate::text::Lang;

fn typed(text: &str, source: &str) -> Result<(Check, Vec<Warning>), Vec<Problem>> {
    let parsed = parse(text);
    assert_eq!(parsed.error, None, "{text}");
    match &parsed.condition.node(parsed.condition.root).unwrap().kind {
        ast::NodeKind::Check(parsed) => check(parsed, source),
        other => panic!("{text}: {other:?}"),
    }
}

/// The problems as text: code, marked place, Falco's text, suggestion.
fn problems(text: &str, source: &str) -> Vec<(&'static str, String, String, Option<String>)> {
    let found = typed(text, source).expect_err(text);
    let shown = |p: Problem| {
        for lang in [Lang::En, Lang::Ja] {
            assert!(!p.message.text(lang).contains(['{', '}']), "{text}");
        }
        (p.code.name, p.at.slice(text).to_owned(), p.falco, p.suggestion.map(|s| s.insert))
    };
    found.into_iter().map(shown).collect()
}

/// Condition, code, marked place, Falco's text (if it is asked), suggestion.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const PROBLEMS: &[Case] = &[
    ("proc.nmae = x", "unknown-field", "proc.nmae", "filter_check called with nonexistent field proc.nmae", "proc.name"),
    ("k8s_audit.verb = get", "unknown-field", "k8s_audit.verb", "filter_check called with nonexistent field k8s_audit.verb", ""),
    ("k8s.pod.label.app = x", "bad-field-argument", "k8s.pod.label.app", "filter 'k8s.pod.label.app': k8s.pod.label requires an argument but none provided", "k8s.pod.label[app]"),
    ("evt.arg.flag = x", "bad-field-argument", "evt.arg.flag", "unknown event argument flag", "evt.arg.flags"),
    ("thread.cgroup[cpu] = x", "bad-field-argument", "thread.cgroup[cpu]", "filter syntax error: thread.cgroup[cpu]", "thread.cgroup.cpu"),
    ("evt.type = opn", "unknown-event-type", "opn", "unknown event type opn", "open"),
    ("proc.pid contains 1", "wrong-operator", "contains", "filter error: 'contains' operator not supported for numeric filters", ""),
    ("proc.name bcontains 61", "wrong-operator", "bcontains", "filter error: 'bcontains' operator not supported for string filters", "contains"),
    ("evt.failed > 1", "wrong-operator", ">", "filter error: '>' operator not supported for numeric filters", ""),
    ("fd.types = file", "wrong-operator", "=", "filter error: '=' operator not supported list filters", "intersects (file)"),
    ("fd.sip contains anyof (1)", "wrong-operator", "contains", "filter error: 'contains' with modifier not supported for ip address and network filters", ""),
    ("proc.pid = 0x10", "bad-value", "0x10", "0x10 is not a valid number", "16"),
    ("evt.failed = yes", "bad-value", "yes", "filter error: unrecognized boolean value yes", "true"),
    ("fd.sport = htttps", "bad-value", "htttps", "unrecognized protocol htttps", "https"),
    ("fd.snet = 10.0.0.0", "bad-value", "10.0.0.0", "unrecognized IP network 10.0.0.0", "10.0.0.0/32"),
    ("evt.buffer bcontains x", "bad-value", "x", "filter error: bcontains and bstartswith operator support hex strings only", ""),
    ("proc.name regex \"[a\"", "bad-regex", "\"[a\"", "invalid regex pattern: missing ]: [a", ""),
    ("proc.name = val(proc.pid)", "bad-comparison", "val(proc.pid)", "field 'proc.name' has type 'CHARBUF' while the right-hand side field 'proc.pid' has incompatible type 'INT64'", ""),
    ("proc.name in val(fd.types)", "bad-comparison", "val(fd.types)", "", ""),
    ("proc.name regex val(proc.pname)", "bad-comparison", "val(proc.pname)", "operator 'REGEX' doesn't support right-hand side fields", ""),
    ("fd.ip = val(fd.sip)", "bad-comparison", "fd.ip", "field 'fd.ip' doesn't support right-hand side fields", ""),
    ("fd.sip = val(fd.ip)", "bad-comparison", "val(fd.ip)", "field 'fd.ip' can't be used as a right-hand side field", ""),
    ("tolower(proc.pid) = x", "bad-transformer", "tolower(proc.pid)", "can't add field transformer: type 'UINT64' is not supported by 'tolower' transformer applied on field 'proc.pid'", ""),
    ("len(proc.aname) = 1", "bad-transformer", "proc.aname", "field 'proc.aname' does not support transformers", ""),
    ("concat(proc.name) = x", "bad-transformer", "concat(proc.name)", "unknown field transfomer 'concat'", ""),
    ("tolower(evt.type) = open", "bad-transformer", "tolower(evt.type)", "", ""),
    ("evt.around[5] > 1", "wrong-operator", ">", "evt.around supports only '=' comparison operator", ""),
];

#[test]
fn problems_have_place_text_and_suggestion() {
    for &(text, code, at, falco, meant) in PROBLEMS {
        let found = problems(text, "syscall");
        let (got_code, got_at, got_falco, got_meant) = &found[0];
        assert_eq!((*got_code, got_at.as_str()), (code, at), "{text}");
        assert_eq!(got_meant.as_deref().unwrap_or(""), meant, "{text}");
        // The width of `proc.pid` is the catalogue's business.
        if !falco.is_empty() && !text.contains("tolower(proc.pid)") {
            assert_eq!(got_falco, falco, "{text}");
        }
    }
    assert_eq!(problems("k8s_audit.verb = get", "k8s_audit")[0].3.as_deref(), Some("ka.verb"));
}

#[test]
fn all_problems_of_a_check_are_found_in_order() {
    let places = |text: &str| problems(text, "syscall").into_iter().map(|p| p.1).collect::<Vec<_>>();
    assert_eq!(places("proc.pid in (1, x, 2, 'y')"), ["x", "'y'"]);
    assert_eq!(places("proc.nmae = val(proc.pnmae)"), ["proc.nmae", "val(proc.pnmae)"]);
    assert_eq!(places("proc.pid contains val(proc.nmae)"), ["contains", "val(proc.nmae)"]);
}

#[test]
fn warnings_have_the_text_of_falco() {
    let warned = |text: &str, source: &str| -> Vec<(&'static str, String, Option<String>)> {
        let (_, warnings) = typed(text, source).unwrap_or_else(|p| panic!("{text}: {p:?}"));
        let shown = |w: Warning| {
            (
                w.code.name,
                w.falco.map_or(String::new(), |(code, text)| format!("{code} {text}")),
                w.suggestion.map(|s| s.insert),
            )
        };
        warnings.into_iter().map(shown).collect()
    };
    let misused = |value: &str| {
        format!("LOAD_COMPILE_CONDITION '{value}' may be a valid field misused as a const string value")
    };
    assert_eq!(
        warned("proc.name = proc.pname", "syscall"),
        [("field-as-constant", misused("proc.pname"), Some("val(proc.pname)".into()))]
    );
    assert_eq!(warned("proc.name in (x, 'proc. pname', proc.aname[2])", "syscall").len(), 2);
    assert_eq!(warned("proc.name = 'tolower(proc.pname)'", "syscall")[0].0, "field-as-constant");
    assert_eq!(warned("proc.name = evt.arg", "syscall"), []);
    assert_eq!(warned("proc.name = ka.verb", "syscall"), []);
    assert_eq!(warned("proc.name regex ^abc$", "syscall")[0].0, "simple-regex");
    assert_eq!(
        warned("ka.verb in (get, <NA>)", "k8s_audit"),
        [("na-comparison", "LOAD_UNSAFE_NA_CHECK ".to_owned(), None)]
    );
    assert_eq!(warned("ka.verb = anyof (get, <NA>)", "k8s_audit"), []);
    assert_eq!(warned("ka.verb contains <NA>", "k8s_audit"), []);
    assert_eq!(warned("proc.name = <NA>", "syscall"), []);
    assert_eq!(warned("fd.ip intersects (10.0.0.1)", "syscall")[0].0, "ends-falco");
    assert_eq!(warned("fd.net in ()", "syscall")[0].0, "ends-falco");
    assert_eq!(warned("fd.net in (10.0.0.0/8)", "syscall"), []);
    assert_eq!(warned("user.uid = 4294967296", "syscall"), [("cut-number", String::new(), None)]);
    assert_eq!(warned("evt.rawres = -1 ", "syscall"), []);
}

#[test]
fn long_lists_of_wrong_values_end_soon() {
    let text = format!("evt.type in ({})", vec!["nope"; 100_000].join(","));
    assert_eq!(problems(&text, "syscall").len(), MAX_PROBLEMS);
    let output = crate::resolve::output::parse(&"%no.field ".repeat(100_000), "syscall");
    assert_eq!((output.output, output.problems.len()), (None, MAX_PROBLEMS));
}
