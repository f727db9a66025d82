//! What rules say about events.

mod bitmaps;

pub use bitmaps::Bitmap;
