//! What a machine can check of ARCHITECTURE.md: edges between modules, file sizes, words that must not appear.

use std::path::{Path, PathBuf};

/// Modules in pipeline order; each may use those before it, but for the rows of `ALSO_FORBIDDEN`.
const ORDER: &[&str] = &[
    "text", "catalog", "value", "parse", "config", "resolve", "compile", "lint", "events", "evaluate",
    "explain", "ide", "tuning", "export", "redact", "report", "session",
];

/// Plain data that earlier stages use too: it knows only `text`.
const SHARED_DATA: &str = "report";

/// Edges that the order would allow and the architecture does not.
const ALSO_FORBIDDEN: &[(&str, &str)] = &[("events", "resolve"), ("events", "compile")];

/// Nothing hand-written is longer, but for tables.
const MOST_LINES: usize = 600;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files(under: &Path, ending: &str, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(under).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "node_modules", "dist", ".git", ".tools"].contains(&name.as_str()) {
                files(&path, ending, out);
            }
        } else if name.ends_with(ending) {
            out.push(path);
        }
    }
}

/// Path (from the top, with `/`) and text of every Rust file below `under`.
fn sources(under: &str) -> Vec<(String, String)> {
    let (root, mut out) = (root(), Vec::new());
    files(&root.join(under), ".rs", &mut out);
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"), text)
    };
    out.into_iter().map(read).collect()
}

fn all_sources() -> Vec<(String, String)> {
    ["engine", "cli", "web/src", "xtask", "fuzz"].into_iter().flat_map(sources).collect()
}

fn module_of(path: &str) -> &str {
    let inside = path.strip_prefix("engine/src/").unwrap();
    inside.split_once('/').map_or_else(|| inside.trim_end_matches(".rs"), |(folder, _)| folder)
}

/// The code before a file's unit tests, which may use anything.
fn shipped(text: &str) -> &str {
    text.split_once("#[cfg(test)]\nmod tests").map_or(text, |(code, _)| code)
}

#[test]
fn modules_use_only_what_stands_before_them() {
    let rank = |name: &str| ORDER.iter().position(|module| *module == name);
    let mut wrong = Vec::new();
    for (path, text) in sources("engine/src") {
        let module = module_of(&path).to_owned();
        if module == "lib" {
            continue;
        }
        assert!(rank(&module).is_some(), "{path}: module `{module}` is not in ARCHITECTURE.md's order");
        for part in shipped(&text).split("crate::").skip(1) {
            let used: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let later = rank(&used) > rank(&module) && used != SHARED_DATA;
            if later || ALSO_FORBIDDEN.contains(&(module.as_str(), used.as_str())) {
                wrong.push(format!("{path} uses {used}"));
            }
            if module == SHARED_DATA && used != "text" && used != SHARED_DATA {
                wrong.push(format!("{path} uses {used}: reports are plain data"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_yaml_parser_is_used_in_one_file() {
    let users = sources("engine/src").into_iter().filter(|(_, text)| text.contains("granit_parser::"));
    assert_eq!(users.map(|(path, _)| path).collect::<Vec<_>>(), ["engine/src/parse/yaml.rs"]);
}

#[test]
fn the_page_leaves_sessions_to_the_worker() {
    let names_it = |text: &str| text.contains("engine::Session") || text.contains("engine::session");
    let users: Vec<_> = sources("web/src")
        .into_iter()
        .filter(|(path, text)| names_it(text) && path != "web/src/worker/serve.rs")
        .map(|(path, _)| path)
        .collect();
    assert!(users.is_empty(), "{users:?}");
}

#[test]
fn files_are_short_and_say_what_they_own() {
    let mut wrong = Vec::new();
    for (path, text) in all_sources() {
        let table = path.contains("/catalog/") || path.contains("/i18n/");
        if text.lines().count() > MOST_LINES && !table {
            wrong.push(format!("{path}: {} lines", text.lines().count()));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{path}: no //! at the top"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_say_what_things_are() {
    let vague = ["utils", "util", "helpers", "helper", "manager", "common", "misc"];
    let left_over = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("dbg", "!(")];
    let mut wrong = Vec::new();
    for (path, text) in all_sources() {
        if path.split(['/', '.']).any(|part| vague.contains(&part))
            || left_over.iter().any(|word| text.contains(word))
        {
            wrong.push(path);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let mut pages = Vec::new();
    files(&root().join("engine/codes"), ".md", &mut pages);
    let mut pages: Vec<_> =
        pages.iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let mut codes: Vec<_> = engine::catalog::codes::ALL.iter().map(|code| code.name.to_owned()).collect();
    pages.sort();
    codes.sort();
    assert_eq!(pages, codes);
}
