//! What the fuzz targets have kept is checked again, without what it takes to fuzz.

use crate::checks::TARGETS;
use std::path::Path;

#[test]
fn kept_inputs_of_the_fuzz_targets() {
    for (target, check) in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
        let entries = std::fs::read_dir(&folder).unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        assert!(!paths.is_empty(), "{}", folder.display());
        for path in paths {
            // The name stands above the panic of a check that fails.
            println!("{}", path.display());
            check(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
