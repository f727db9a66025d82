//! Packs a file as LZMA: what a release build does with its wasm, the larger part of a first visit. Hosts of static sites know
//! gzip at most; the page unpacks it itself (`web/boot/unpack.js`).

use crate::{exec::Result, split};
use lzma_rust2::{EncodeMode, LzmaOptions, LzmaWriter, MfType};
use std::{fs, io::Write};

/// Writes `FILE.lzma` and removes `FILE`: a wasm file in its parts, another as it is.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let [file] = args else { return Err("usage: cargo xtask pack FILE".into()) };
    let failed = |error: std::io::Error| format!("{file}: {error}");
    let bytes = fs::read(file).map_err(failed)?;
    let parts = if bytes.starts_with(b"\0asm") { split::split(&bytes)? } else { vec![bytes.clone()] };
    let packed = pack(&parts).map_err(failed)?;
    fs::write(format!("{file}.lzma"), &packed).map_err(failed)?;
    fs::remove_file(file).map_err(failed)?;
    println!("{file}.lzma: {} kB of {} kB", packed.len() / 1000, bytes.len() / 1000);
    Ok(())
}

/// The number of parts, and each behind a header: how it is packed, its length, and its length when packed.
fn pack(parts: &[Vec<u8>]) -> std::io::Result<Vec<u8>> {
    let mut file = vec![u8::try_from(parts.len()).unwrap_or(u8::MAX)];
    for part in parts {
        // Bytes have no place in code or text. How much the byte before tells about the next is tried.
        let mut best: Option<(u8, Vec<u8>)> = None;
        for context in 0..=5 {
            let packed = packed(part, context.into())?;
            if best.as_ref().is_none_or(|(_, best)| packed.len() < best.len()) {
                best = Some((context, packed));
            }
        }
        let (context, packed) = best.unwrap_or_default();
        file.push(context);
        for length in [part.len(), packed.len()] {
            file.extend(u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
        }
        file.extend(packed);
    }
    Ok(file)
}

/// LZMA without header and end.
fn packed(bytes: &[u8], literal_context: u32) -> std::io::Result<Vec<u8>> {
    let (literal_place, place) = (0, 0);
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
    let mut writer = LzmaWriter::new_no_header(Vec::new(), &options, false)?;
    writer.write_all(bytes)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lzma_rust2::LzmaReader;
    use std::io::Read;

    const SAMPLE: &[u8] = include_bytes!("../../web/boot/test/sample.wasm");

    #[test]
    fn what_is_packed_unpacks() {
        let code: Vec<u8> = (0..200_000_u32).flat_map(|n| (n.wrapping_mul(n) / 7).to_le_bytes()).collect();
        for bytes in [&b""[..], b"a", b"aaaaaaaaaaaaaaaaaaaaaaaaaaaa", &code] {
            for context in [0, 3, 8] {
                let packed = packed(bytes, context).unwrap();
                let length = bytes.len() as u64;
                let mut unpacked = Vec::new();
                LzmaReader::new(&packed[..], length, context, 0, 0, 1 << 20, None)
                    .unwrap()
                    .read_to_end(&mut unpacked)
                    .unwrap();
                assert_eq!(unpacked, bytes);
                assert!(packed.len() <= bytes.len() + bytes.len() / 50 + 32);
            }
        }
    }

    /// The page's tests unpack the same file.
    #[test]
    fn the_sample_packs_to_the_sample() {
        let packed = pack(&split::split(SAMPLE).unwrap()).unwrap();
        assert_eq!(packed, include_bytes!("../../web/boot/test/sample.wasm.lzma"));
    }

    #[test]
    fn what_is_no_wasm_or_ends_early_is_refused() {
        assert!(split::split(b"mews, where falcons are kept").is_err());
        // Where a section ends, a file may end, too.
        let cut = (9..SAMPLE.len()).filter(|end| split::split(&SAMPLE[..*end]).is_ok());
        assert!(cut.count() < 12);
    }

    #[test]
    fn no_byte_is_lost() {
        let parts = split::split(SAMPLE).unwrap();
        assert_eq!(parts.len(), split::PARTS);
        // The lengths of the three functions, one byte each or two.
        let kept: usize = parts.iter().map(Vec::len).sum();
        assert!((3..=6).contains(&(SAMPLE.len() - kept)), "{kept} of {}", SAMPLE.len());
    }
}
