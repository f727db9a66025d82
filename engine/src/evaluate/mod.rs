//! What rules say about events.
