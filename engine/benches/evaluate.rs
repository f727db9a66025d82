//! Times the engine on a made-up workload. `cargo bench -p engine` (arguments: rules, events, repetitions).
#[path = "../examples/workload/generate.rs"]
mod generate;

use engine::events;
use engine::text::SourceId;
use std::time::Instant;

fn main() {
    let text = generate::events(20_000);
    for options in
        [events::Options { derive: true, places: true }, events::Options { derive: false, places: false }]
    {
        for _ in 0..5 {
            let start = Instant::now();
            let (store, problems) = events::read(&text, SourceId(0), options);
            println!(
                "{options:?} {:?} {} {} {}",
                start.elapsed(),
                store.len(),
                store.columns().len(),
                problems.len()
            );
        }
    }
}
