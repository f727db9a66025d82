//! Tells the program which wasm-bindgen it is: the one pinned in Cargo.toml.
use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=Cargo.toml");
    let folder = env::var("CARGO_MANIFEST_DIR").expect("Cargo sets it");
    let manifest = fs::read_to_string(Path::new(&folder).join("Cargo.toml")).expect("readable");
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("wasm-bindgen-cli-support = \"=")?.strip_suffix('"'))
        .expect("wasm-bindgen-cli-support is pinned with `=`");
    println!("cargo::rustc-env=WASM_BINDGEN_VERSION={version}");
}
