//! `cargo xtask fuzz`: runs a fuzz target of the engine, from seeds that are taken out of the project's own rules and events; and
//! chooses what is kept of what it found.

use crate::exec::{self, Project, Result};
use crate::seeds;
use crate::setup;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The targets, and the dictionaries that speak their language.
const TARGETS: [(&str, &[&str]); 5] = [
    ("rules", &["yaml", "rules", "conditions"]),
    ("conditions", &["conditions"]),
    ("events", &["yaml", "events"]),
    ("fixes", &["yaml", "rules", "conditions", "events"]),
    ("editor", &["yaml", "rules", "conditions"]),
];

/// A slow input, a large one and a greedy one are bugs as well.
const LIMITS: [&str; 3] = ["-timeout=10", "-rss_limit_mb=4096", "-max_len=2048"];

/// The fewest inputs that reach every place of the code; how often they do is left aside.
const CHOICE: [&str; 3] = ["-set_cover_merge=1", "-use_counters=0", "-use_cmp=0"];

/// What is kept of a target: files, and bytes of all of them.
const MOST_FILES: usize = 200;
const MOST_BYTES: u64 = 200_000;

/// `fuzz TARGET [ARGS OF LIBFUZZER]` or `fuzz keep TARGET`.
pub(crate) fn run(project: &Project, args: &[String]) -> Result<()> {
    let (keep, args) = match args.split_first() {
        Some((first, rest)) if first == "keep" => (true, rest),
        _ => (false, args),
    };
    let names = || TARGETS.map(|(name, _)| name).join(", ");
    let Some((name, args)) = args.split_first() else {
        return Err(format!("which target? There are {}", names()));
    };
    let Some((target, dictionaries)) = TARGETS.iter().find(|(target, _)| target == name) else {
        return Err(format!("`{name}` is not a target; the targets are {}", names()));
    };
    if project.which("cargo-fuzz").is_none() {
        setup::step("cargo-fuzz", "once, about a minute", || {
            exec::run(setup::quick(project.cargo().args(["install", "cargo-fuzz", "--locked"])))
        })?;
    }
    if keep { keep_few(project, target) } else { fuzz(project, target, dictionaries, args) }
}

/// Goes on from what was found before, from what is kept and from the seeds.
fn fuzz(project: &Project, target: &str, dictionaries: &[&str], args: &[String]) -> Result<()> {
    let seeds = work(project, "seeds", target)?;
    seeds::write(project, target, &seeds)?;
    let dictionary = project.target().join("fuzz").join(format!("{target}.dict"));
    let parts: Result<Vec<String>> = dictionaries
        .iter()
        .map(|name| read(&project.path(format!("fuzz/dictionaries/{name}.dict"))))
        .collect();
    fs::write(&dictionary, parts?.concat()).map_err(|error| format!("{}: {error}", dictionary.display()))?;
    let mut command = cargo_fuzz(project, "run", target);
    command.args([work(project, "found", target)?, kept(project, target)?, seeds]).arg("--").args(LIMITS);
    exec::run(command.arg(format!("-dict={}", dictionary.display())).args(args))
}

/// Chooses the smallest inputs that reach what all of them reach, up to the limits, and writes them to `fuzz/corpus`.
fn keep_few(project: &Project, target: &str) -> Result<()> {
    let chosen = work(project, "chosen", target)?;
    for path in files(&chosen)? {
        fs::remove_file(&path).map_err(|error| error.to_string())?;
    }
    let kept = kept(project, target)?;
    let mut command = cargo_fuzz(project, "run", target);
    command.args([&chosen, &work(project, "found", target)?, &work(project, "seeds", target)?, &kept]);
    exec::run(command.arg("--").args(LIMITS).args(CHOICE))?;
    let chosen = spread(sized(&chosen)?);
    for path in files(&kept)? {
        fs::remove_file(&path).map_err(|error| error.to_string())?;
    }
    for path in &chosen {
        let name = path.file_name().unwrap_or_default();
        fs::copy(path, kept.join(name)).map_err(|error| error.to_string())?;
    }
    println!("{} inputs are kept in {}.", chosen.len(), kept.display());
    Ok(())
}

/// Of too many, small and large ones alike.
fn spread(files: Vec<(u64, PathBuf)>) -> Vec<PathBuf> {
    let bytes: u64 = files.iter().map(|(size, _)| size).sum();
    let by_bytes = (files.len() as u64 * MOST_BYTES).checked_div(bytes).unwrap_or(0) as usize;
    let (all, most) = (files.len(), by_bytes.min(MOST_FILES).min(files.len()));
    let is_taken = |at: usize| (at + 1) * most / all > at * most / all;
    files.into_iter().enumerate().filter(|(at, _)| is_taken(*at)).map(|(_, (_, path))| path).collect()
}

/// The files of a folder with their sizes, the smallest first.
fn sized(folder: &Path) -> Result<Vec<(u64, PathBuf)>> {
    let size = |path: &PathBuf| fs::metadata(path).map_or(u64::MAX, |meta| meta.len());
    let mut sized: Vec<_> = files(folder)?.into_iter().map(|path| (size(&path), path)).collect();
    sized.sort();
    Ok(sized)
}

/// Without a sanitizer: there is no unsafe code to watch, and so the project's own Rust will do.
fn cargo_fuzz(project: &Project, command: &str, target: &str) -> std::process::Command {
    let mut cargo = project.cargo();
    cargo.args(["fuzz", command, "--sanitizer", "none", target]);
    cargo
}

/// A folder for what this target works with.
fn work(project: &Project, kind: &str, target: &str) -> Result<PathBuf> {
    let folder = project.target().join("fuzz").join(kind).join(target);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// The folder of the inputs that are kept.
fn kept(project: &Project, target: &str) -> Result<PathBuf> {
    let folder = project.path("fuzz/corpus").join(target);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_small_and_holds_small_and_large_inputs() {
        let files = |sizes: std::ops::Range<u64>| -> Vec<_> {
            sizes.map(|size| (size, PathBuf::from(size.to_string()))).collect()
        };
        assert_eq!(spread(files(0..0)).len(), 0);
        assert_eq!(spread(files(1..150)).len(), 149);
        let chosen = spread(files(1..601));
        assert_eq!(chosen.len(), 200);
        assert_eq!(chosen.last(), Some(&PathBuf::from("600")));
        assert!(spread(files(3000..3600)).len() < 100);
    }
}
