//! Passed and failed cases per topic.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The cases of one file.
#[derive(Default)]
pub(crate) struct Counts {
    topics: BTreeMap<String, (u32, u32)>,
    failures: Vec<String>,
}

impl Counts {
    /// Counts a case; `failure` says what is wrong with it.
    pub(crate) fn add(&mut self, topic: &str, failure: Option<String>) {
        let (passed, all) = self.topics.entry(topic.to_owned()).or_default();
        *all += 1;
        match failure {
            None => *passed += 1,
            Some(failure) => self.failures.push(failure),
        }
    }

    /// Passed and all cases, by topic.
    pub(crate) fn table(&self) -> String {
        let mut table = String::new();
        for (topic, (passed, all)) in &self.topics {
            writeln!(table, "{topic:<24} {passed:>5} of {all:>5}").unwrap();
        }
        table
    }

    /// What is wrong with the cases that failed.
    pub(crate) fn failures(&self) -> &[String] {
        &self.failures
    }

    /// Number of cases.
    pub(crate) fn cases(&self) -> usize {
        self.topics.values().map(|(_, all)| *all as usize).sum()
    }
}
