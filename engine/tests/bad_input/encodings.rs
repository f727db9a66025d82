//! Line ends, byte order marks, control characters, surrogates, and text that was meant in another encoding.

use super::{EVENT, RULE, report, says};

const JSON: &str = "{\"evt.type\":\"execve\",\"proc.name\":\"sh\"}\n";

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    for events in [EVENT, JSON] {
        for change in [
            |text: &str| text.replace('\n', "\r\n"),
            |text: &str| format!("\u{feff}{text}"),
            |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n")),
            |text: &str| text.trim_end().to_owned(),
        ] {
            let report = report(&change(RULE), &change(events));
            assert!(report.diagnostics.is_empty(), "{:?}", report.diagnostics);
            assert_eq!(report.verdicts[0].len(), 1);
        }
    }
}

#[test]
fn control_characters_are_told_at_their_place() {
    for c in ['\0', '\u{1}', '\u{1b}', '\u{7f}'] {
        let rules = format!("- macro: m\n  condition: a{c}b\n");
        let report = report(&rules, &format!("- {{evt.type: a{c}b}}\n"));
        let places: Vec<_> = report.diagnostics.iter().map(|problem| problem.at.span.slice(&rules)).collect();
        assert!(says(&report, "yaml-syntax") && says(&report, "event-syntax"), "{c:?}");
        assert_eq!(places[0], c.to_string());
    }
}

/// Text in UTF-16 is refused where files are read. Without a mark it can pass for UTF-8 with zeros between the letters.
#[test]
fn utf_16_read_as_utf_8() {
    for zeros_first in [true, false] {
        let wide = |text: &str| -> String {
            text.chars().flat_map(|c| if zeros_first { ['\0', c] } else { [c, '\0'] }).collect()
        };
        let report = report(&wide(RULE), &wide(EVENT));
        assert!(says(&report, "yaml-syntax") && says(&report, "event-syntax"));
        assert!(report.diagnostics.len() < 5);
    }
}

/// Half a surrogate pair is no character.
#[test]
fn halves_of_surrogate_pairs() {
    for half in ["\\ud83d", "\\ude00", "\\ud83d\\ud83d", "\\ude00\\ud83d", "\\ud83dx"] {
        let rules = format!("{RULE}- list: \"{half}\"\n  items: [\"{half}\"]\n");
        let events = format!("{JSON}{{\"evt.type\":\"execve\",\"proc.name\":\"{half}\"}}\n");
        let report = report(&rules, &events);
        assert!(says(&report, "yaml-syntax"), "{half}");
        assert_eq!(report.verdicts[0].len(), 1, "{half}");
    }
    let whole = format!("{JSON}{{\"evt.type\":\"execve\",\"proc.name\":\"\\ud83d\\ude00\"}}\n");
    assert!(report(RULE, &whole).diagnostics.is_empty());
}

/// Neither of them has a line end for a megabyte.
#[test]
fn a_megabyte_on_a_line() {
    let long = "x ".repeat(1 << 19);
    let rules = RULE.replace("desc: d", &format!("desc: {long}"));
    for events in [EVENT.replace("sh -c id", &long), JSON.replace("\"sh\"", &format!("\"{long}\""))] {
        let report = report(&rules, &events);
        assert!(report.diagnostics.is_empty(), "{:?}", report.diagnostics);
        assert_eq!(report.verdicts[0].len(), 1);
    }
    let condition = format!("evt.type = execve{}", " or proc.name = sh".repeat(50_000));
    let report = report(&RULE.replace("evt.type = execve", &condition), EVENT);
    assert_eq!(report.verdicts[0].len(), 1);
}
