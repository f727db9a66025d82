//! What real Falco answers, recorded case by case: `conformance/*.ndjson`. The numbers of passed cases per topic are a
//! snapshot, `conformance/counts.snap`; `BLESS=1` writes it anew.

#[path = "conformance/conditions.rs"]
mod conditions;
#[path = "conformance/counts.rs"]
mod counts;
#[path = "conformance/event.rs"]
mod event;
#[path = "conformance/rulesets.rs"]
mod rulesets;
#[path = "conformance/outputs.rs"]
mod outputs;
