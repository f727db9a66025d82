//! How many tests passed and failed, read from what the test programs report.

use serde_json::Value;
use std::ops::AddAssign;

/// Numbers of tests; a check without tests of its own, such as clippy, counts as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Those that passed.
    pub(crate) passed: u64,
    /// Those that did not, for whatever reason.
    pub(crate) failed: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Tally {
    /// One check.
    pub(crate) fn one(passed: bool) -> Self {
        Self { passed: u64::from(passed), failed: u64::from(!passed) }
    }

    /// A program that failed has at least one failure, even if it reports none (it did not compile, it crashed);
    /// one that ended well without a single test has not tested anything.
    pub(crate) fn of_program(self, success: bool) -> Self {
        match self {
            Self { failed: 0, .. } if !success => Self { failed: 1, ..self },
            Self { passed: 0, failed: 0 } => Self { passed: 0, failed: 1 },
            other => other,
        }
    }
}

/// Sums the lines `test result: ok. 12 passed; 0 failed; …` of `cargo test`.
pub(crate) fn cargo(stdout: &str) -> Tally {
    let mut sum = Tally::default();
    for line in stdout.lines() {
        let line = plain(line);
        // A test that prints without a line break puts its text before.
        let Some((_, result)) = line.split_once("test result: ") else { continue };
        let Some((_, numbers)) = result.split_once(". ") else { continue };
        let number = |word: &str| {
            numbers
                .split(';')
                .find_map(|part| part.trim().strip_suffix(word)?.trim().parse::<u64>().ok())
                .unwrap_or(0)
        };
        sum += Tally { passed: number("passed"), failed: number("failed") };
    }
    sum
}

/// The last `# pass 5` and `# fail 0` of `node --test` (also with the sign that its newer reporter uses).
pub(crate) fn node(stdout: &str) -> Tally {
    let number = |word: &str| {
        stdout.lines().rev().find_map(|line| {
            let line = plain(line);
            let mut words = line.split_whitespace();
            let (sign, name, number) = (words.next()?, words.next()?, words.next()?);
            (matches!(sign, "#" | "ℹ") && name == word && words.next().is_none())
                .then(|| number.parse().ok())?
        })
    };
    let stopped = number("cancelled").unwrap_or(0);
    Tally { passed: number("pass").unwrap_or(0), failed: number("fail").unwrap_or(0) + stopped }
}

/// Playwright's JSON report; a test that passed only when repeated has failed.
pub(crate) fn playwright(report: &str) -> Option<Tally> {
    let report: Value = serde_json::from_str(report).ok()?;
    let stats = report.get("stats")?;
    let number = |name: &str| stats.get(name)?.as_u64();
    let errors = report.get("errors").and_then(Value::as_array).map_or(0, Vec::len) as u64;
    Some(Tally { passed: number("expected")?, failed: number("unexpected")? + number("flaky")? + errors })
}

/// A line without its colours.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        text.push_str(before);
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        rest = rest.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest);
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_results_are_summed() {
        let text = "\nrunning 3 tests\ntest a ... ok\n\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
                    half a line test result: \u{1b}[31mFAILED\u{1b}[0m. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(cargo(text), Tally { passed: 4, failed: 2 });
        assert_eq!(cargo("error: could not compile"), Tally::default());
    }

    #[test]
    fn node_counts_come_from_the_summary() {
        let tap = "# Subtest: pass 5\nok 1 - x\n1..2\n# tests 3\n# pass 2\n# fail 1\n# cancelled 0\n";
        assert_eq!(node(tap), Tally { passed: 2, failed: 1 });
        let spec = "✔ pass 9 things\nℹ tests 3\n\u{1b}[34mℹ pass 3\u{1b}[39m\nℹ fail 0\n";
        assert_eq!(node(spec), Tally { passed: 3, failed: 0 });
        assert_eq!(node(""), Tally::default());
    }

    #[test]
    fn playwright_counts_repeated_tests_and_errors_as_failed() {
        let report = r#"{"errors":[{}],"stats":{"expected":5,"skipped":1,"unexpected":2,"flaky":1}}"#;
        assert_eq!(playwright(report), Some(Tally { passed: 5, failed: 4 }));
        assert_eq!(playwright("{}"), None);
    }

    #[test]
    fn a_program_that_fails_or_tests_nothing_counts_as_failed() {
        let none = Tally::default();
        assert_eq!(none.of_program(false), Tally::one(false));
        assert_eq!(none.of_program(true), Tally::one(false));
        let good = Tally { passed: 3, failed: 0 };
        assert_eq!(good.of_program(true), good);
        assert_eq!(good.of_program(false), Tally { passed: 3, failed: 1 });
    }
}
