//! Running other programs: where, with which PATH, and with their output shown as it comes.

use std::{
    env,
    ffi::{OsStr, OsString},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What went wrong, as a sentence for the user.
pub(crate) type Result<T> = std::result::Result<T, String>;

/// Where things are.
pub(crate) struct Project {
    /// The folder with the workspace's Cargo.toml.
    pub(crate) root: PathBuf,
    /// Cargo's folder for programs (`~/.cargo/bin`).
    pub(crate) cargo_bin: PathBuf,
    path: OsString,
}

/// Output of a program that was shown while it ran.
pub(crate) struct Shown {
    /// Whether it ended well.
    pub(crate) success: bool,
    /// All that it wrote to its standard output.
    pub(crate) stdout: String,
}

impl Project {
    /// The project that this program was started in.
    pub(crate) fn find() -> Result<Self> {
        let start =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(env::current_dir, |folder| Ok(folder.into()));
        let start = start.map_err(|error| format!("the current folder cannot be read: {error}"))?;
        let root = start
            .ancestors()
            .find(|folder| folder.join("Trunk.toml").is_file() && folder.join("Cargo.lock").is_file())
            .ok_or("start this inside the project's folder")?
            .to_path_buf();
        let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(PathBuf::from);
        let cargo_bin = env::var_os("CARGO_HOME")
            .map(PathBuf::from)
            .or_else(|| Some(home?.join(".cargo")))
            .ok_or("neither CARGO_HOME nor HOME is set")?
            .join("bin");
        // The project's npm programs (wasm-opt) and Cargo's own come first, wherever the shell finds others.
        let mut folders = vec![root.join("node_modules/.bin"), cargo_bin.clone()];
        folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        let path = env::join_paths(folders).map_err(|error| format!("PATH cannot be extended: {error}"))?;
        Ok(Self { root, cargo_bin, path })
    }

    /// A program, in the project's folder.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let program = program.as_ref();
        // Windows starts `npm.cmd` only under its full name.
        let found = self.which(&program.to_string_lossy()).map_or_else(|| program.to_owned(), OsString::from);
        let mut command = Command::new(found);
        command.current_dir(&self.root).env("PATH", &self.path);
        command
    }

    /// The cargo that runs this, or the one on PATH.
    pub(crate) fn cargo(&self) -> Command {
        self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Where a program is on PATH.
    pub(crate) fn which(&self, program: &str) -> Option<PathBuf> {
        let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
        env::split_paths(&self.path)
            .flat_map(|folder| endings.iter().map(move |ending| folder.join(format!("{program}{ending}"))))
            .find(|file| file.is_file())
    }

    /// Standard output of a program that ends well, or nothing.
    pub(crate) fn ask(&self, program: impl AsRef<OsStr>, args: &[&str]) -> Option<String> {
        let output =
            self.command(program).args(args).stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// A path inside the project.
    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// Cargo's folder for what it builds.
    pub(crate) fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.path("target"), |folder| self.root.join(folder))
    }
}

/// Runs a program with its output on the terminal; an error if it cannot start or fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    announce(command);
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", line(command))) }
}

/// Runs a program and shows its standard output line by line, and keeps it.
pub(crate) fn show(command: &mut Command) -> Result<Shown> {
    announce(command);
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| cannot_start(command, &error))?;
    let mut stdout = String::new();
    if let Some(pipe) = child.stdout.take() {
        let mut reader = BufReader::new(pipe);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).map_err(|error| error.to_string())? > 0 {
            let text = String::from_utf8_lossy(&bytes);
            print!("{text}");
            stdout.push_str(&text);
            bytes.clear();
        }
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    Ok(Shown { success: status.success(), stdout })
}

fn announce(command: &Command) {
    println!("$ {}", line(command));
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` could not be started: {error}", command.get_program().to_string_lossy())
}

/// The command as one would type it, with the program's bare name.
fn line(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
