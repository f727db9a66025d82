//! Properties that hold for every input: nothing panics, places lie in the text, and the two evaluators agree.

#[path = "properties/events.rs"]
mod events;
