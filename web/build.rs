//! Reads `examples/*/example.yaml` and writes the table that `src/examples.rs` includes: what the menu shows of each
//! scenario, but for its words, and the files of the first, with which the page starts. The files of the others are fetched when they
//! are wanted (`assets.mjs` writes them), since they are a good part of what the page would have to transfer.

use serde::Deserialize;
use std::{env, fmt::Write as _, fs, path::Path};

#[derive(Deserialize)]
struct Example {
    id: String,
    section: String,
    title: Both,
    summary: Both,
    files: Vec<String>,
    config: Option<String>,
    events: String,
    #[serde(default)]
    texts: Vec<Both>,
    /// `course` for an example in that dialect.
    dialect: Option<String>,
}

#[derive(Deserialize)]
struct Both {
    en: String,
    ja: String,
}

fn main() {
    let examples = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("examples");
    println!("cargo::rerun-if-changed={}", examples.display());
    let mut folders: Vec<_> = fs::read_dir(&examples)
        .expect("web/examples exists")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("example.yaml").is_file())
        .collect();
    folders.sort();

    let mut words = String::new();
    let mut table = format!(
        "/// All of them, in the order of the course.\npub(crate) static EXAMPLES: [Example; {}] = [\n",
        folders.len()
    );
    for (number, folder) in folders.iter().enumerate() {
        let text = fs::read_to_string(folder.join("example.yaml")).expect("example.yaml is readable");
        let example: Example =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let both = |both: &Both| format!("({:?}, {:?})", both.en.trim(), both.ja.trim());
        let file = |name: &String| {
            format!("({name:?}, include_str!({:?}))", folder.join(name).display().to_string())
        };
        let joined = |parts: Vec<String>| format!("&[{}]", parts.join(", "));
        let contents = if number == 0 {
            format!(
                "Some(Embedded {{ rules: {}, config: {}, events: {}, texts: {} }})",
                joined(example.files.iter().map(file).collect()),
                example.config.as_ref().map_or("None".to_owned(), |name| format!("Some({})", file(name))),
                file(&example.events),
                joined(example.texts.iter().map(both).collect()),
            )
        } else {
            "None".to_owned()
        };
        let dialect = match example.dialect.as_deref() {
            None => "Falco",
            Some("course") => "Course",
            Some(other) => panic!("{}: there is no dialect {other}", folder.display()),
        };
        writeln!(
            table,
            "Example {{ id: {:?}, section: {:?}, number: {number}, dialect: Dialect::{dialect}, embedded: {contents}, fetched: OnceLock::new() }},",
            example.id, example.section,
        )
        .expect("writing to a string");
        for text in [&example.title, &example.summary] {
            words.push_str(&both(text));
            words.push(',');
        }
    }
    table.push_str("];\n");
    writeln!(
        table,
        "/// Title and summary of each: only their lengths are compiled in.\npub(crate) const WORDS: &[Words] = &[{words}];"
    )
    .expect("writing to a string");
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("examples.rs");
    fs::write(out, table).expect("OUT_DIR is writable");
}
