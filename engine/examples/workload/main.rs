//! Prints a made-up but realistic workload, the same every time:
//!
//! ```text
//! cargo run -p engine --release --example workload -- rules 93 > rules.yaml
//! cargo run -p engine --release --example workload -- events 20000 > events.jsonl
//! ```

mod generate;

use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let kind = args.next().unwrap_or_default();
    let count = args.next().and_then(|count| count.parse().ok());
    let text = match (kind.as_str(), count) {
        ("rules", Some(count)) => generate::rules(count),
        ("events", Some(count)) => generate::events(count),
        _ => {
            eprintln!("usage: workload rules COUNT | workload events COUNT");
            std::process::exit(2);
        }
    };
    std::io::stdout().write_all(text.as_bytes())
}
