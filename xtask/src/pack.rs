//! Packs a file as LZMA: what a release build does with its wasm, the larger part of a first visit. Hosts of static sites know
//! gzip at most; the page unpacks it itself (`web/boot/unpack.js`).

use crate::exec::Result;
use lzma_rust2::{EncodeMode, LzmaOptions, LzmaWriter, MfType};
use std::{fs, io::Write};

/// Writes `FILE.lzma` and removes `FILE`.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let [file] = args else { return Err("usage: cargo xtask pack FILE".into()) };
    let failed = |error: std::io::Error| format!("{file}: {error}");
    let bytes = fs::read(file).map_err(failed)?;
    let packed = pack(&bytes).map_err(failed)?;
    fs::write(format!("{file}.lzma"), &packed).map_err(failed)?;
    fs::remove_file(file).map_err(failed)?;
    println!("{file}.lzma: {} kB of {} kB", packed.len() / 1000, bytes.len() / 1000);
    Ok(())
}

/// The bytes behind a header that holds their number, so that the end needs no mark.
fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    // Code has no alignment: the place of a byte says nothing about it, the byte before it much.
    let (literal_context, literal_place, place) = (4, 0, 0);
    // The whole file is looked back at.
    let window = u32::try_from(bytes.len()).unwrap_or(u32::MAX).max(1 << 16).next_power_of_two();
    let options = LzmaOptions::new(
        window,
        literal_context,
        literal_place,
        place,
        EncodeMode::Normal,
        LzmaOptions::NICE_LEN_MAX,
        MfType::Bt4,
        1_000,
    );
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, Some(bytes.len() as u64))?;
    writer.write_all(bytes)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lzma_rust2::LzmaReader;
    use std::io::Read;

    fn unpacked(packed: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        LzmaReader::new_mem_limit(packed, u32::MAX, None).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn what_is_packed_unpacks() {
        let code: Vec<u8> = (0..200_000_u32).flat_map(|n| (n.wrapping_mul(n) / 7).to_le_bytes()).collect();
        for bytes in [&b""[..], b"a", b"aaaaaaaaaaaaaaaaaaaaaaaaaaaa", &code] {
            let packed = pack(bytes).unwrap();
            assert_eq!(unpacked(&packed), bytes);
            assert!(packed.len() <= bytes.len() + bytes.len() / 50 + 32);
        }
    }

    #[test]
    fn the_header_says_how_long_it_is() {
        let packed = pack(b"mews mews mews").unwrap();
        assert_eq!(packed.get(5..13), Some(&14_u64.to_le_bytes()[..]));
    }
}
