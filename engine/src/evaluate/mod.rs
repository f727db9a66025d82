//! What rules say about events.

mod pattern;
mod term;
mod transform;
mod compare;
pub mod semantics;
mod bitmaps;

pub use bitmaps::Bitmap;
