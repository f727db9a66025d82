//! The page: served while one works on it, and built for release.

use crate::{
    exec::{Project, Result, run},
    setup,
};
use std::process::Command;

/// Serves the page and builds it again after each change, until it is stopped.
pub(crate) fn serve(project: &Project, args: &[String]) -> Result<()> {
    setup::for_site(project)?;
    println!(
        "Building the page (about a minute the first time, then seconds). Open the address that Trunk prints; Ctrl-C ends it."
    );
    run(trunk(project).arg("serve").args(args))
}

/// Writes the finished site to `dist/`: optimised, with content security policy and service worker (hooks in Trunk.toml).
pub(crate) fn build(project: &Project) -> Result<()> {
    setup::for_site(project)?;
    println!("Building dist/ (about 2 minutes the first time).");
    run(trunk(project).args(["build", "--release"]))
}

fn trunk(project: &Project) -> Command {
    let mut trunk = project.command("trunk");
    // Trunk would print its own call stack below the compiler's message.
    trunk.env("RUST_LIB_BACKTRACE", "0");
    trunk
}
