//! Rules files of any content, one after another.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| -> libfuzzer_sys::Corpus { fuzz::run("rules", input) });
