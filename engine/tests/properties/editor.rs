//! What the editor asks, of broken files and of whole ones.

use super::rules::{PIECES, SEEDS};
use super::runner;
use super::texts::broken;
use crate::checks;
use std::path::Path;

#[test]
fn broken_files_can_be_asked_about_at_any_offset() {
    runner(150)
        .run(&broken(SEEDS, PIECES), |text| {
            checks::editor(&text);
            Ok(())
        })
        .unwrap();
}

/// Whole files are formatted and renamed in, which broken ones seldom are.
#[test]
fn examples_and_base_rules_keep_their_meaning() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/examples");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| std::fs::read_dir(entry.unwrap().path()).ok())
        .flat_map(|files| files.map(|file| file.unwrap().path()))
        .filter(|path| path.extension().is_some_and(|it| it == "yaml"))
        .collect();
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        if text.contains("- rule:") {
            checks::editor(&text);
        }
    }
    for text in SEEDS {
        checks::editor(text);
    }
    checks::editor(engine::catalog::BASE_RULES);
}
