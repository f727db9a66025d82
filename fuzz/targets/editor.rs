//! A rules file, and all that the editor can ask about it.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| -> libfuzzer_sys::Corpus { fuzz::run("editor", input) });
