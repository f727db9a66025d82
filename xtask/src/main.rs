//! `cargo xtask …`: reads the command line and hands over. What each command needs is set up on the way (`setup`).

mod bench;
mod browser;
mod count;
mod exec;
mod fuzz;
mod pack;
mod seeds;
mod setup;
mod site;
mod size;
mod split;
mod suite;

use exec::{Project, Result};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask serve [ARGS]   the page at http://127.0.0.1:8080, built again after every change (ARGS go to `trunk serve`)
cargo xtask build          the finished site in dist/
cargo xtask test [PARTS]   every check and test, or only some PARTS; the last line counts them
                           PARTS: style engine cli xtask web editor audit site browser; --no-browser leaves that one out
                           BLESS=1 takes the sizes of this build into web/size.snap
cargo xtask bench web      from keys to painted verdicts, completions and explanations, and frames of the scrolled grid, in the browser
cargo xtask fuzz TARGET    looks for inputs that break the engine, until stopped (installs cargo-fuzz, once; further ARGS go to
                           libFuzzer); TARGETS: rules conditions events fixes editor
cargo xtask fuzz keep TARGET   takes a small choice of what was found into fuzz/corpus
cargo xtask audit          advisories and licences of all packages (installs cargo-deny, once)
cargo xtask pack FILE      FILE.lzma in its place, as the hook of a release build does with the wasm and the texts
cargo xtask setup          only installs what the commands above need, browser included

What is missing is installed first, into Cargo's, Trunk's and npm's own folders; it is said what and about how long it takes.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = args.split_first().map_or(("", &args[..]), |(first, rest)| (first.as_str(), rest));
    match run(command, rest) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("\n{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &str, args: &[String]) -> Result<ExitCode> {
    let project = Project::find()?;
    match command {
        "serve" => site::serve(&project, args)?,
        "build" => site::build(&project)?,
        "test" => return suite::run(&project, args),
        "bench" => bench::run(&project, args)?,
        "fuzz" => fuzz::run(&project, args)?,
        "audit" => suite::audit(&project)?,
        "pack" => pack::run(args)?,
        "setup" => {
            setup::for_site(&project)?;
            browser::find_or_install(&project)?;
            browser::jq(&project);
            println!("Everything is there.");
        }
        _ => {
            println!("{HELP}");
            return Ok(ExitCode::from(u8::from(!matches!(command, "" | "help" | "--help" | "-h")) * 2));
        }
    }
    Ok(ExitCode::SUCCESS)
}
