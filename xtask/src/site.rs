//! The page: served while one works on it, and built for release.

use crate::{
    exec::{Project, Result, run},
    setup,
};

/// Serves the page and builds it again after each change, until it is stopped.
pub(crate) fn serve(project: &Project, args: &[String]) -> Result<()> {
    setup::for_site(project)?;
    println!(
        "Building the page (about a minute the first time, then seconds). Open the address that Trunk prints; Ctrl-C ends it."
    );
    run(project.command("trunk").arg("serve").args(args))
}

/// Writes the finished site to `dist/`: optimised, with content security policy and service worker (hooks in Trunk.toml).
pub(crate) fn build(project: &Project) -> Result<()> {
    setup::for_site(project)?;
    println!("Building dist/ (about 2 minutes the first time).");
    run(project.command("trunk").args(["build", "--release"]))
}
