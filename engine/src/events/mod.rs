//! Event files to the event store.
