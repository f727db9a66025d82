//! Whatever an events file holds, reading it ends, and what is said about it points into it.

use super::runner;
use super::texts::broken;
use crate::checks;

const SEEDS: &[&str] = &[
    "- name: é 日本語 😀\r\n  evt.type: openat\r\n  proc: {name: cat, aname: [bash, sshd]}\r\n  fd.name: /etc/shadow\r\n  expect: {A rule: match}\r\n",
    "{\"evt.type\":\"execve\",\"proc\":{\"name\":\"日本語\\ud83d\\ude00\",\"pid\":3},\"fd.types\":[\"file\"]}\n{\"time\":\"2026-04-14T00:00:00Z\",\"evt.type\":\"connect\",\"fd.name\":\"10.0.0.1:1->10.0.0.2:2\"}\n",
    "[{\"source\":\"k8s_audit\",\"ka.verb\":\"get\",\"ka.uri.param\":{\"a b\":\"x\"}},{\"k8s.pod\":{\"label[app]\":\"web\"}}]",
    r#"{"kind":"EventList","items":[{"kind":"Event","auditID":"é","level":"Metadata","stageTimestamp":"2026-04-14T09:00:00Z","verb":"create","requestURI":"/日本?x=%41","user":{"groups":["a",1.50,null]},"requestObject":{"spec":{"volumes":[{"hostPath":{"path":"/"}}],"containers":[{"image":"a:1","command":["x"],"ports":[{"hostPort":1}]},{}]},"rules":[{"verbs":["get"]}],"subjects":[{"kind":"User","name":"u"}]}}]}"#,
    r#"{"m":"{\"kind\":\"Event\",\"auditID\":1,\"verb\":\"\\u65e5\\\"\",\"stageTimestamp\":\"2026-04-14T09:00:00Z\"}"}
x {"kind":"Event","auditID":"b","stageTimestamp":"2026-04-14T09:00:00Z"}"#,
    "- &a {evt.type: execve}\n- *a\n- !!str x\n- {evt.arg.flags: O_RDWR, evt.rawarg.res: -2, time: '09:30:00'}\n",
];

const PIECES: &[&str] = &[
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "- ",
    "\n",
    "\r\n",
    "  ",
    "\\",
    "\\u",
    "\u{0}",
    "é",
    "日",
    "😀",
    "null",
    "1e999",
    "-",
    "evt.type",
    "proc.aname",
    "evt.arg.",
    "[",
    "*a",
    "&a",
    "|\n",
    "99999999999999999999",
    "\u{feff}",
    "time: x",
    "auditID",
    "\"kind\":\"Event\"",
    "{}",
    "\\\"",
    "#",
];

#[test]
fn broken_event_files_are_read_and_places_lie_in_them() {
    runner(500)
        .run(&broken(SEEDS, PIECES), |text| {
            checks::events(&text);
            Ok(())
        })
        .unwrap();
}
