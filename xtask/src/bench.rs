//! `cargo xtask bench web`: how long one waits for verdicts, completions and explanations, and how a large log does, in the release build and a
//! real browser.

use crate::{
    browser,
    exec::{self, Project, Result},
    site,
};
use std::{fs, process::Stdio};

/// What the page is given: as large as a real rule set, and a lesson's worth of events many times over.
const RULES: &str = "93";
const EVENTS: &str = "1000";

/// Builds the page, makes the workload and prints the distributions.
pub(crate) fn run(project: &Project, args: &[String]) -> Result<()> {
    if args.first().map(String::as_str) != Some("web") {
        return Err(
            "the benches here: `cargo xtask bench web`; the engine's own: `cargo bench -p engine`".into()
        );
    }
    let program = browser::find_or_install(project)?;
    site::build(project)?;
    let folder = project.target().join("bench-web");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for (kind, count, name) in [("rules", RULES, "rules.yaml"), ("events", EVENTS, "events.jsonl")] {
        let file = folder.join(name);
        let made = fs::File::create(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        exec::run(
            project
                .cargo()
                .args([
                    "run",
                    "--quiet",
                    "--release",
                    "-p",
                    "engine",
                    "--example",
                    "workload",
                    "--",
                    kind,
                    count,
                ])
                .stdout(Stdio::from(made)),
        )?;
    }
    let mut failure = None;
    for script in ["speed.mjs", "logs.mjs"] {
        let mut command = project.command("node");
        command.arg(format!("web/e2e/bench/{script}")).arg(&folder);
        if let Some(program) = &program {
            command.env("CHROMIUM", program);
        }
        failure = failure.or(exec::run(&mut command).err());
    }
    failure.map_or(Ok(()), Err)
}
