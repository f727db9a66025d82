//! Passed and failed cases per topic, compared with a snapshot.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The cases of one file.
pub(crate) struct Counts {
    file: &'static str,
    topics: BTreeMap<String, (u32, u32)>,
    failures: Vec<String>,
}

impl Counts {
    pub(crate) fn new(file: &'static str) -> Self {
        Self { file, topics: BTreeMap::new(), failures: Vec::new() }
    }

    /// Counts a case; `failure` says what is wrong with it.
    pub(crate) fn add(&mut self, topic: &str, failure: Option<String>) {
        let (passed, all) = self.topics.entry(topic.to_owned()).or_default();
        *all += 1;
        match failure {
            None => *passed += 1,
            Some(failure) => self.failures.push(failure),
        }
    }

    /// Compares the counts with the snapshot, and wants every case passed.
    pub(crate) fn finish(self) {
        let mut table = String::new();
        for (topic, (passed, all)) in &self.topics {
            writeln!(table, "{topic:<24} {passed:>5} of {all:>5}").unwrap();
        }
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/conformance/{}.snap", self.file));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &table).unwrap();
        }
        let shown: Vec<&String> = self.failures.iter().take(60).collect();
        assert!(self.failures.is_empty(), "{} fail:\n{}\n{table}", self.failures.len(), join(&shown));
        assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), table, "run with BLESS=1 to accept");
    }
}

fn join(lines: &[&String]) -> String {
    lines.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n")
}
