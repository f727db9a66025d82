//! A rules file and events, and what the fixes make of them.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| -> libfuzzer_sys::Corpus { fuzz::run("fixes", input) });
