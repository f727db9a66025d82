//! The `mews` program.
fn main() {}
