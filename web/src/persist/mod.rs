//! What outlives the page: the draft and a few preferences, in the browser's storage.

pub(crate) mod draft;
pub(crate) mod preferences;

use web_sys::Storage;

/// The storage, unless the browser refuses it.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
