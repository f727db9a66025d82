//! `cargo xtask test`: every check and test program one after another, with all output, and their sum in the last line.

use crate::{
    browser,
    count::{self, Tally},
    exec::{self, Project, Result, show},
    setup, site, size,
};
use serde_json::Value;
use std::{
    fs,
    io::Write,
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

/// The parts in the order in which they run, the quickest to fail first.
const PARTS: [&str; 9] = ["style", "engine", "cli", "xtask", "web", "editor", "audit", "site", "browser"];

/// Runs the parts named in `args`, or all.
pub(crate) fn run(project: &Project, args: &[String]) -> Result<ExitCode> {
    let parts = choose(args)?;
    let mut report = Report::default();
    // The packages of one `cargo test` share their builds.
    let crates: Vec<&str> =
        ["engine", "cli", "xtask"].into_iter().filter(|name| parts.contains(name)).collect();
    for part in &parts {
        match *part {
            "style" => style(project, &mut report),
            "engine" | "cli" | "xtask" if crates.first() != Some(part) => {}
            "engine" | "cli" | "xtask" => {
                if crates.contains(&"cli") {
                    browser::jq(project);
                }
                report.step(&format!("tests of {}", crates.join(", ")), || cargo_test(project, &crates));
            }
            "web" => report.step("tests of web", || cargo_test(project, &["web"])),
            "editor" => {
                report.step("tests of the editor", || scripts(project, "web/editor/js"));
                report.step("tests of what starts the page", || scripts(project, "web/boot"));
            }
            "audit" => known_problems(project, &mut report),
            "site" => report.step("size of the page", || {
                site::build(project)?;
                size::check(project).map(|()| Tally::one(true))
            }),
            _ => report.step("browser tests", || browser(project, parts.contains(&"site"))),
        }
    }
    Ok(report.finish())
}

/// Advisories and licences of everything, with cargo-deny installed if it is missing.
pub(crate) fn audit(project: &Project) -> Result<()> {
    if project.which("cargo-deny").is_none() {
        setup::step("cargo-deny", "once, about 5 minutes", || {
            exec::run(setup::quick(project.cargo().args(["install", "cargo-deny", "--locked"])))
        })?;
    }
    exec::run(project.cargo().args(["deny", "check"]))?;
    setup::npm_packages(project)?;
    exec::run(project.command("npm").args(["audit", "--audit-level=moderate"]))
}

fn choose(args: &[String]) -> Result<Vec<&'static str>> {
    let mut chosen = PARTS.to_vec();
    if args.iter().any(|arg| !arg.starts_with("--")) {
        chosen.retain(|part| args.iter().any(|arg| arg == part));
    }
    for arg in args {
        match arg.strip_prefix("--no-") {
            Some(part) if PARTS.contains(&part) => chosen.retain(|one| *one != part),
            None if PARTS.contains(&arg.as_str()) => {}
            _ => return Err(format!("`{arg}` is not a part; the parts are {}", PARTS.join(", "))),
        }
    }
    Ok(chosen)
}

fn style(project: &Project, report: &mut Report) {
    let check = |command: &mut Command| exec::run(command).map(|()| Tally::one(true));
    report.step("rustfmt", || check(project.cargo().args(["fmt", "--all", "--check"])));
    report.step("rustfmt of fuzz", || {
        check(project.cargo().args(["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]))
    });
    report.step("clippy", || {
        check(project.cargo().args([
            "clippy",
            "--locked",
            "--workspace",
            "--exclude",
            "web",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]))
    });
    report.step("clippy of web", || {
        setup::wasm_target(project)?;
        check(project.cargo().args([
            "clippy",
            "--locked",
            "-p",
            "web",
            "--target",
            "wasm32-unknown-unknown",
            "--",
            "-D",
            "warnings",
        ]))
    });
}

fn cargo_test(project: &Project, crates: &[&str]) -> Result<Tally> {
    let mut command = project.cargo();
    command.args(["test", "--locked", "--no-fail-fast"]);
    for name in crates {
        command.args(["-p", name]);
    }
    let shown = show(&mut command)?;
    Ok(count::cargo(&shown.stdout).of_program(shown.success))
}

fn scripts(project: &Project, folder: &str) -> Result<Tally> {
    setup::npm_packages(project)?;
    let shown = show(project.command("node").arg("--test").current_dir(project.path(folder)))?;
    Ok(count::node(&shown.stdout).of_program(shown.success))
}

/// What is known about the packages, as far as it can be asked here: neither a registry without this service nor a
/// missing cargo-deny is a failure, since the project's workflow asks both.
fn known_problems(project: &Project, report: &mut Report) {
    report.step("npm audit", || {
        setup::npm_packages(project)?;
        let output =
            project.command("npm").args(["audit", "--json"]).output().map_err(|error| error.to_string())?;
        let Some(found) = vulnerabilities(&String::from_utf8_lossy(&output.stdout)) else {
            println!("The npm registry did not answer the question for known problems; left out.");
            return Ok(Tally::default());
        };
        println!("{found} known problems in npm packages.");
        if found > 0 {
            exec::run(project.command("npm").arg("audit"))?;
        }
        Ok(Tally::one(found == 0))
    });
    if project.which("cargo-deny").is_none() {
        println!(
            "\ncargo-deny is not installed: licences and sources of crates are left out here. `cargo xtask audit` installs it and asks for advisories, too."
        );
        return;
    }
    report.step("cargo deny", || {
        exec::run(project.cargo().args(["deny", "check", "bans", "licenses", "sources"]))
            .map(|()| Tally::one(true))
    });
}

/// Number of problems of moderate or higher severity in a report of `npm audit --json`.
fn vulnerabilities(report: &str) -> Option<u64> {
    let report: Value = serde_json::from_str(report).ok()?;
    let counts = report.get("metadata")?.get("vulnerabilities")?;
    ["moderate", "high", "critical"].iter().map(|name| counts.get(name)?.as_u64()).sum()
}

fn browser(project: &Project, built: bool) -> Result<Tally> {
    let program = browser::find_or_install(project)?;
    if !built {
        site::build(project)?;
    }
    if !project.path("dist/index.html").is_file() {
        return Err("there is no dist/ to test: the build failed".into());
    }
    let report = project.target().join("browser-tests.json");
    if report.exists() {
        fs::remove_file(&report).map_err(|error| format!("{}: {error}", report.display()))?;
    }
    let mut command = project.command("playwright");
    command
        .args(["test", "--config", "web/e2e/playwright.config.mjs"])
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    if let Some(program) = program {
        command.env("CHROMIUM", program);
    }
    let success = exec::run(&mut command).map_err(|message| println!("{message}")).is_ok();
    let text = fs::read_to_string(&report).unwrap_or_default();
    Ok(count::playwright(&text).unwrap_or_default().of_program(success))
}

#[derive(Default)]
struct Report {
    rows: Vec<(String, Tally, Duration)>,
}

impl Report {
    /// Runs one step; a step that cannot be done has failed.
    fn step(&mut self, name: &str, work: impl FnOnce() -> Result<Tally>) {
        println!("\n━━ {name}");
        let start = Instant::now();
        let tally = work().unwrap_or_else(|message| {
            println!("{message}");
            Tally::one(false)
        });
        self.rows.push((name.to_owned(), tally, start.elapsed()));
    }

    /// Prints the table and, last, the sum.
    fn finish(self) -> ExitCode {
        println!();
        let mut sum = Tally::default();
        for (name, tally, time) in self.rows {
            let mark = if tally.failed > 0 { "✗" } else { "✓" };
            println!(
                "{mark} {name:28} {:>5} passed {:>4} failed {:>6} s",
                tally.passed,
                tally.failed,
                time.as_secs()
            );
            sum += tally;
        }
        println!("\n{} passed, {} failed", sum.passed, sum.failed);
        // The line must be out before the program ends, also into a closed pipe.
        drop(std::io::stdout().flush());
        if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(args: &[&str]) -> Result<Vec<&'static str>> {
        choose(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn parts_are_chosen_by_name_or_left_out() {
        assert_eq!(chosen(&[]).unwrap(), PARTS);
        assert_eq!(chosen(&["cli", "engine"]).unwrap(), ["engine", "cli"]);
        assert!(!chosen(&["--no-browser"]).unwrap().contains(&"browser"));
        assert!(chosen(&["engin"]).is_err());
        assert!(chosen(&["--release"]).is_err());
    }

    #[test]
    fn only_a_real_audit_report_counts() {
        let report =
            r#"{"metadata":{"vulnerabilities":{"info":0,"low":3,"moderate":1,"high":2,"critical":0}}}"#;
        assert_eq!(vulnerabilities(report), Some(3));
        assert_eq!(vulnerabilities(r#"{"message":"405"}"#), None);
        assert_eq!(vulnerabilities(""), None);
    }
}
