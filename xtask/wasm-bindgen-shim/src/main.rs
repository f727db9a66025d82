//! The part of the wasm-bindgen program that Trunk calls, without its test runner and the HTTP and
//! TLS crates behind it: it builds in under a minute and writes the same bytes.
use anyhow::{Result, anyhow, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut bindgen = Bindgen::new();
    // As the wasm-bindgen program does; the library's own defaults differ.
    bindgen.typescript(true).omit_default_module_path(false);

    let (mut input, mut out_dir) = (None, None);
    for arg in std::env::args().skip(1) {
        match arg.split_once('=').unwrap_or((&arg, "")) {
            ("--version" | "-V", _) => {
                // Trunk compares the second word with the version in Cargo.lock.
                println!("wasm-bindgen {}", env!("WASM_BINDGEN_VERSION"));
                return Ok(());
            }
            ("--target", "web") => drop(bindgen.web(true)?),
            ("--target", "no-modules") => drop(bindgen.no_modules(true)?),
            ("--out-dir", folder) => out_dir = Some(folder.to_owned()),
            ("--out-name", name) => drop(bindgen.out_name(name)),
            ("--keep-debug", _) => drop(bindgen.keep_debug(true)),
            ("--no-demangle", _) => drop(bindgen.demangle(false)),
            ("--no-typescript", _) => drop(bindgen.typescript(false)),
            (flag, _) if flag.starts_with('-') => bail!("this shim does not know the flag {arg}"),
            _ => input = Some(arg.clone()),
        }
    }
    bindgen.input_path(input.ok_or_else(|| anyhow!("no input file given"))?);
    bindgen.generate(out_dir.ok_or_else(|| anyhow!("no --out-dir given"))?)
}
