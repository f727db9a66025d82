//! A condition of any content.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| -> libfuzzer_sys::Corpus { fuzz::run("conditions", input) });
