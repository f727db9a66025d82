//! What a first visit transfers, in the language with the longer texts, against the committed `web/size.snap`: growth must be meant.

use crate::{
    exec::{Project, Result},
    setup::read,
};
use flate2::{Compression, write::GzEncoder};
use std::{collections::BTreeMap, env, fs, io::Write, path::Path};

/// Most bytes that a working page transfers.
const LIMIT: u64 = 800_000;
/// Growth that needs no word: this part of a hundred, or this many bytes of a small file.
const GROWTH_PERCENT: u64 = 2;
const GROWTH_BYTES: u64 = 1024;
const SNAPSHOT: &str = "web/size.snap";

type Sizes = BTreeMap<String, u64>;

/// Compares `dist/` with the snapshot; `BLESS=1` rewrites it.
pub(crate) fn check(project: &Project) -> Result<()> {
    let now = measure(&project.path("dist"))?;
    let file = project.path(SNAPSHOT);
    let before = fs::read_to_string(&file).map(|text| parse(&text)).unwrap_or_default();
    println!("{:8} {:>9} {:>9}", "gzip", "bytes", "change");
    for (name, bytes) in &now {
        let change = before
            .get(name)
            .map_or_else(|| "new".into(), |old| format!("{:+}", bytes.cast_signed() - old.cast_signed()));
        println!("{name:8} {bytes:>9} {change:>9}");
    }
    if env::var_os("BLESS").is_some() {
        fs::write(&file, print(&now)).map_err(|error| format!("{SNAPSHOT}: {error}"))?;
        println!("{SNAPSHOT} is written.");
    }
    let expected = if env::var_os("BLESS").is_some() { parse(&read(&file)?) } else { before };
    let problems = judge(&expected, &now);
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

/// What is fetched when it is first used, and no part of a first visit.
const LATER: &str = "later";

/// Bytes by kind of file, and `total`: as gzip, but for the wasm, which a release packs itself. What comes later is named, but
/// not in the total.
fn measure(dist: &Path) -> Result<Sizes> {
    let mut sizes = Sizes::new();
    let failed = |error: std::io::Error| format!("{}: {error}", dist.display());
    let files = fs::read_dir(dist).map_err(failed)?.chain(fs::read_dir(dist.join("texts")).map_err(failed)?);
    for entry in files {
        let path = entry.map_err(failed)?.path();
        let kind = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let kind = match kind.as_str() {
            "css" | "html" | "js" | "wasm" => kind,
            // Packed already: a host sends it as it is. A visit fetches the texts of one language; the larger ones count.
            "lzma" => {
                let bytes = fs::metadata(&path).map_err(failed)?.len();
                let texts = path.with_extension("").extension().is_some_and(|kind| kind == "txt");
                let size = sizes.entry(if texts { "texts" } else { "wasm" }.into()).or_default();
                *size = if texts { bytes.max(*size) } else { bytes + *size };
                continue;
            }
            _ => continue,
        };
        *sizes.entry(kind).or_default() += packed(&path).map_err(failed)?;
    }
    let total = sizes.values().sum();
    sizes.insert("total".into(), total);
    let mut later = 0;
    for entry in fs::read_dir(dist.join(LATER)).map_err(failed)? {
        later += packed(&entry.map_err(failed)?.path()).map_err(failed)?;
    }
    sizes.insert(LATER.into(), later);
    Ok(sizes)
}

/// Bytes of a file as gzip.
fn packed(file: &Path) -> std::io::Result<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&fs::read(file)?)?;
    Ok(encoder.finish()?.len() as u64)
}

fn judge(expected: &Sizes, now: &Sizes) -> Vec<String> {
    let mut problems = Vec::new();
    let total = now.get("total").copied().unwrap_or(0);
    if total > LIMIT {
        problems.push(format!("a first visit transfers {total} bytes; the limit is {LIMIT}"));
    }
    for (name, bytes) in now {
        let Some(old) = expected.get(name) else {
            problems.push(format!("{SNAPSHOT} has no line for {name}: run `BLESS=1 cargo xtask test site`"));
            continue;
        };
        if *bytes > old + (old * GROWTH_PERCENT / 100).max(GROWTH_BYTES) {
            problems.push(format!(
                "{name} grew from {old} to {bytes} bytes: find out why; if it is meant, run `BLESS=1 cargo xtask test site` and say why in the commit"
            ));
        }
    }
    problems
}

fn parse(text: &str) -> Sizes {
    let rows = text.lines().filter_map(|line| line.split_once(' '));
    rows.filter_map(|(name, bytes)| Some((name.to_owned(), bytes.trim().parse().ok()?))).collect()
}

fn print(sizes: &Sizes) -> String {
    let mut text = format!(
        "# What a first visit transfers, as gzip and the wasm as packed, in bytes; at most {LIMIT}. `{LATER}` is fetched when an editor is first typed or searched in, and not in the total. Written by `BLESS=1 cargo xtask test site`.\n"
    );
    text.extend(sizes.iter().map(|(name, bytes)| format!("{name} {bytes}\n")));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(rows: &[(&str, u64)]) -> Sizes {
        rows.iter().map(|(name, bytes)| ((*name).to_owned(), *bytes)).collect()
    }

    #[test]
    fn a_snapshot_reads_back() {
        let rows = sizes(&[("js", 150_000), ("wasm", 300_000), ("total", 450_000)]);
        assert_eq!(parse(&print(&rows)), rows);
    }

    #[test]
    fn growth_over_two_percent_and_a_missing_line_are_problems() {
        let old = sizes(&[("wasm", 300_000), ("css", 4_000)]);
        assert!(judge(&old, &sizes(&[("wasm", 306_000), ("css", 5_000)])).is_empty());
        assert_eq!(judge(&old, &sizes(&[("wasm", 306_001)])).len(), 1);
        assert_eq!(judge(&old, &sizes(&[("css", 5_100)])).len(), 1);
        assert_eq!(judge(&old, &sizes(&[("html", 1)])).len(), 1);
        assert!(judge(&old, &sizes(&[("wasm", 1)])).is_empty());
    }

    #[test]
    fn the_limit_holds_whatever_the_snapshot_says() {
        let huge = sizes(&[("total", LIMIT + 1)]);
        assert_eq!(judge(&huge, &huge).len(), 1);
    }
}
