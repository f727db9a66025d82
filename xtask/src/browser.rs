//! A Chromium for the browser tests: one that is there, else from the system's packages, else Playwright's own download.

use crate::{
    exec::{Project, Result, run},
    setup::{self, step},
};
use std::{env, path::PathBuf, process::Command};

const NAMES: [&str; 6] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];
const OUTSIDE_PATH: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
];

/// The browser's program, or nothing for the one that Playwright keeps itself.
pub(crate) fn find_or_install(project: &Project) -> Result<Option<PathBuf>> {
    setup::npm_packages(project)?;
    fonts(project);
    if let Some(found) = find(project) {
        return Ok(Some(found));
    }
    if let Some(mut apt) = apt(project) {
        let packages = || {
            run(apt("update").arg("-q"))
                .and_then(|()| run(apt("install").args(["-y", "-q", "--no-install-recommends", "chromium"])))
        };
        if let Err(message) = step("Chromium for the browser tests (apt-get)", "about 2 minutes", packages) {
            println!("{message}");
        }
        if let Some(found) = find(project) {
            return Ok(Some(found));
        }
    }
    step("Chromium for the browser tests into Playwright's folder", "about 2 minutes", || {
        run(project.command("playwright").args(["install", "--with-deps", "chromium"]))
    })
    .map_err(|message| {
        format!("{message}\nThe browser tests need Chromium: install it, or set CHROMIUM to a Chromium or Chrome, or use `cargo xtask test --no-browser`.")
    })?;
    Ok(None)
}

fn find(project: &Project) -> Option<PathBuf> {
    let named = env::var_os("CHROMIUM").filter(|value| !value.is_empty()).map(PathBuf::from);
    let installed = NAMES.iter().filter_map(|name| project.which(name));
    let elsewhere = OUTSIDE_PATH.iter().map(PathBuf::from).filter(|file| file.is_file());
    // Ubuntu's `chromium-browser` may be a note that says where to get it: only one that answers counts.
    named
        .into_iter()
        .chain(installed)
        .chain(elsewhere)
        .find(|program| cfg!(windows) || project.ask(program, &["--version"]).is_some())
}

/// Japanese and emoji would be empty boxes in screenshots; nothing else depends on the fonts, so a failure is only told.
fn fonts(project: &Project) {
    let has = |pattern: &str| project.ask("fc-list", &[pattern]).is_some_and(|list| !list.trim().is_empty());
    if !cfg!(target_os = "linux") || (has(":lang=ja") && has(":lang=und-zsye")) {
        return;
    }
    let Some(mut apt) = apt(project) else {
        println!(
            "Note: no fonts for Japanese and emoji found (Debian: fonts-noto-cjk, fonts-noto-color-emoji)."
        );
        return;
    };
    let packages = || {
        run(apt("update").arg("-q"))?;
        run(apt("install").args([
            "-y",
            "-q",
            "--no-install-recommends",
            "fontconfig",
            "fonts-noto-cjk",
            "fonts-noto-color-emoji",
        ]))
    };
    if let Err(message) = step("fonts for Japanese and emoji (apt-get)", "under a minute", packages) {
        println!("{message}");
    }
}

/// `jq`, with which counts of logs are compared; the test says so where it is missing.
pub(crate) fn jq(project: &Project) {
    if project.which("jq").is_some() {
        return;
    }
    let Some(mut apt) = apt(project) else {
        println!("Note: `jq` is missing; the tests of logs need it (Debian: jq).");
        return;
    };
    let packages = || {
        run(apt("update").arg("-q"))?;
        run(apt("install").args(["-y", "-q", "--no-install-recommends", "jq"]))
    };
    if let Err(message) = step("jq for the tests of logs (apt-get)", "under a minute", packages) {
        println!("{message}");
    }
}

/// apt-get, where it can install without asking for a password.
fn apt(project: &Project) -> Option<impl FnMut(&str) -> Command> {
    project.which("apt-get")?;
    let root = project.ask("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    if !root && project.ask("sudo", &["-n", "true"]).is_none() {
        return None;
    }
    Some(move |verb: &str| {
        let mut command = project.command(if root { "apt-get" } else { "sudo" });
        if !root {
            command.args(["-n", "apt-get"]);
        }
        command.arg(verb).env("DEBIAN_FRONTEND", "noninteractive");
        command
    })
}
