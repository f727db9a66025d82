//! Packs a file as xz: what a release build does with its wasm, the larger part of a first visit. Hosts of static sites know
//! gzip at most; the page unpacks it itself (`web/boot.js`).

use crate::exec::Result;
use lzma_rust2::{CheckType, XzOptions, XzWriter};
use std::{fs, io::Write};

/// Writes `FILE.xz` and removes `FILE`.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let [file] = args else { return Err("usage: cargo xtask pack FILE".into()) };
    let failed = |error: std::io::Error| format!("{file}: {error}");
    let bytes = fs::read(file).map_err(failed)?;
    let packed = pack(&bytes).map_err(failed)?;
    fs::write(format!("{file}.xz"), &packed).map_err(failed)?;
    fs::remove_file(file).map_err(failed)?;
    println!("{file}.xz: {} kB of {} kB", packed.len() / 1000, bytes.len() / 1000);
    Ok(())
}

fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut options = XzOptions::with_preset(9);
    // The check that the page's reader knows.
    options.set_check_sum_type(CheckType::Crc32);
    // Instructions of wasm have no alignment, and the byte before says much about the next.
    options.lzma_options.lc = 4;
    options.lzma_options.pb = 0;
    options.lzma_options.nice_len = 273;
    // No more than there is: the reader makes room for it.
    options.lzma_options.dict_size =
        u32::try_from(bytes.len()).unwrap_or(u32::MAX).next_power_of_two().max(1 << 16);
    let mut writer = XzWriter::new(Vec::new(), options)?;
    writer.write_all(bytes)?;
    writer.finish()
}
