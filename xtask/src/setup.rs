//! What the site needs besides Rust and Node, installed if it is missing: the wasm target, Trunk, wasm-bindgen at the version
//! of Cargo.lock, and the npm packages. The browser for the tests is `browser`'s.

use crate::exec::{Project, Result, run};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

/// The newest Trunk that this project's Rust can build.
const TRUNK: &str = "0.21.14";
const OLDEST_NODE: u32 = 20;

/// All that `trunk serve` and `trunk build` need.
pub(crate) fn for_site(project: &Project) -> Result<()> {
    wasm_target(project)?;
    npm_packages(project)?;
    trunk(project)?;
    wasm_bindgen(project)
}

/// Says what is about to happen and how long it takes, does it, and says how long it took.
pub(crate) fn step(what: &str, about: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("Installing {what} ({about}) …");
    let start = Instant::now();
    work()?;
    println!("Installed {what} in {} s.", start.elapsed().as_secs());
    Ok(())
}

pub(crate) fn wasm_target(project: &Project) -> Result<()> {
    let target = "wasm32-unknown-unknown";
    let sysroot = project
        .ask("rustc", &["--print", "sysroot"])
        .ok_or("rustc is missing: install Rust from https://rustup.rs")?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(target).join("lib").is_dir() {
        return Ok(());
    }
    if project.which("rustup").is_none() {
        return Err(format!(
            "this Rust has no {target} library, and there is no rustup to add it: install Rust from https://rustup.rs"
        ));
    }
    step("Rust's library for WebAssembly", "some seconds", || {
        run(project.command("rustup").args(["target", "add", target]))
    })
}

/// The packages of package-lock.json, with Node present.
pub(crate) fn npm_packages(project: &Project) -> Result<()> {
    let node = project
        .ask("node", &["--version"])
        .ok_or_else(|| format!("Node is missing: install Node {OLDEST_NODE} or newer, with npm"))?;
    if major(&node).is_none_or(|number| number < OLDEST_NODE) {
        return Err(format!("Node {OLDEST_NODE} or newer is needed; this is {}", node.trim()));
    }
    // npm writes this file last; it is newer than the lock file exactly when the packages are those of the lock file.
    let installed = modified(&project.path("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&project.path("package-lock.json")) {
        return Ok(());
    }
    step("the npm packages into node_modules/", "under a minute", || {
        run(project.command("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
        // A lock file that was checked out just now may carry the time of this second.
        touch(&project.path("node_modules/.package-lock.json"))
    })
}

fn trunk(project: &Project) -> Result<()> {
    let found = project.ask("trunk", &["--version"]);
    if found.as_deref().and_then(version).is_some_and(|number| Some(number) >= version(TRUNK)) {
        return Ok(());
    }
    step(
        &format!("Trunk {TRUNK}, which builds the page, into {}", project.cargo_bin.display()),
        "once, about 4 minutes",
        || {
            let folder = project.target().join("tools/trunk");
            let mut install = project.cargo();
            // No TLS and no update check: everything that Trunk would download is set up here.
            install
                .args([
                    "install",
                    "trunk",
                    "--locked",
                    "--no-default-features",
                    "--version",
                    TRUNK,
                    "--target-dir",
                ])
                .arg(&folder);
            run(quick(&mut install))?;
            remove(&folder)
        },
    )
}

/// wasm-bindgen where Trunk looks for the version that Cargo.lock names: in its own folder of tools.
fn wasm_bindgen(project: &Project) -> Result<()> {
    let lock = read(&project.path("Cargo.lock"))?;
    let wanted = locked(&lock, "wasm-bindgen").ok_or("Cargo.lock does not name wasm-bindgen")?;
    let name = if cfg!(windows) { "wasm-bindgen.exe" } else { "wasm-bindgen" };
    let place = trunk_tools()?.join(format!("wasm-bindgen-{wanted}")).join(name);
    let answers = |program: &Path| {
        project
            .ask(program, &["--version"])
            .is_some_and(|text| text.split_whitespace().nth(1) == Some(wanted))
    };
    if answers(Path::new("wasm-bindgen")) || answers(&place) {
        return Ok(());
    }
    let manifest = project.path("xtask/wasm-bindgen-shim/Cargo.toml");
    if !read(&manifest)?.contains(&format!("wasm-bindgen-cli-support = \"={wanted}\"")) {
        return Err(format!(
            "Cargo.lock has wasm-bindgen {wanted}: give xtask/wasm-bindgen-shim/Cargo.toml and Trunk.toml the same version, then run \
             `cargo update --manifest-path xtask/wasm-bindgen-shim/Cargo.toml`"
        ));
    }
    step(&format!("wasm-bindgen {wanted} into {}", place.display()), "once, about a minute", || {
        let folder = project.target().join("tools/wasm-bindgen");
        let mut cargo = project.cargo();
        cargo
            .args(["build", "--quiet", "--release", "--locked", "--manifest-path"])
            .arg(&manifest)
            .arg("--target-dir")
            .arg(&folder);
        run(&mut cargo)?;
        let built = folder.join("release").join(name.replace("wasm-bindgen", "wasm-bindgen-shim"));
        let parent = place.parent().ok_or("no folder for wasm-bindgen")?;
        fs::create_dir_all(parent)
            .and_then(|()| fs::copy(&built, &place))
            .map_err(|error| format!("{}: {error}", place.display()))?;
        remove(&folder)
    })
}

/// Trades a little speed of a tool for minutes of building it.
pub(crate) fn quick(command: &mut Command) -> &mut Command {
    command
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
}

/// The folder in which Trunk keeps the tools it runs, one subfolder per tool and version.
fn trunk_tools() -> Result<PathBuf> {
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = if cfg!(windows) {
        variable("LOCALAPPDATA").map(|folder| folder.join("trunkrs/trunk/cache"))
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Caches/dev.trunkrs.trunk"))
    } else {
        variable("XDG_CACHE_HOME")
            .or_else(|| variable("HOME").map(|home| home.join(".cache")))
            .map(|folder| folder.join("trunk"))
    };
    folder.ok_or_else(|| "no home folder is set".into())
}

/// The version of a package in a Cargo.lock.
fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// `trunk 0.21.14` or `0.21.14` as numbers.
fn version(text: &str) -> Option<[u32; 3]> {
    let mut numbers =
        text.split_whitespace().last()?.split(['-', '+']).next()?.split('.').map(|part| part.parse().ok());
    Some([numbers.next()??, numbers.next()??, numbers.next()??])
}

/// `v20.20.2` as 20.
fn major(text: &str) -> Option<u32> {
    text.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn modified(file: &Path) -> Option<std::time::SystemTime> {
    fs::metadata(file).and_then(|data| data.modified()).ok()
}

fn touch(file: &Path) -> Result<()> {
    let now = std::time::SystemTime::now();
    fs::File::options()
        .append(true)
        .open(file)
        .and_then(|opened| opened.set_modified(now))
        .map_err(|error| format!("{}: {error}", file.display()))
}

fn remove(folder: &Path) -> Result<()> {
    fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

pub(crate) fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_version_is_found_by_the_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked(lock, "wasm"), None);
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(version("trunk 0.21.14\n"), Some([0, 21, 14]));
        assert!(version("trunk 0.21.9") < version("0.21.14"));
        assert!(version("trunk 0.22.0-beta.1") > version("0.21.14"));
        assert_eq!(version("trunk"), None);
        assert_eq!(major("v20.20.2\n"), Some(20));
    }

    #[test]
    fn the_shim_and_trunk_have_the_wasm_bindgen_of_the_lock_file() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let lock = read(&root.join("Cargo.lock")).unwrap();
        let wanted = locked(&lock, "wasm-bindgen").unwrap();
        let shim = read(&root.join("xtask/wasm-bindgen-shim/Cargo.lock")).unwrap();
        assert_eq!(locked(&shim, "wasm-bindgen-cli-support"), Some(wanted));
        assert!(read(&root.join("Trunk.toml")).unwrap().contains(&format!("wasm_bindgen = \"{wanted}\"")));
    }
}
