//! Whatever an events file holds, reading it ends, and what is said about it points into it.

use super::runner;
use super::texts::broken;
use crate::checks;

const SEEDS: &[&str] = &[
    "- name: é 日本語 😀\r\n  evt.type: openat\r\n  proc: {name: cat, aname: [bash, sshd]}\r\n  fd.name: /etc/shadow\r\n  expect: {A rule: match}\r\n",
    "{\"evt.type\":\"execve\",\"proc\":{\"name\":\"日本語\\ud83d\\ude00\",\"pid\":3},\"fd.types\":[\"file\"]}\n{\"time\":\"2026-04-14T00:00:00Z\",\"evt.type\":\"connect\",\"fd.name\":\"10.0.0.1:1->10.0.0.2:2\"}\n",
    "[{\"source\":\"k8s_audit\",\"ka.verb\":\"get\",\"ka.uri.param\":{\"a b\":\"x\"}},{\"k8s.pod\":{\"label[app]\":\"web\"}}]",
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
