//! Parts without a word about rules or events: what any page could use.

pub(crate) mod button;
pub(crate) mod code;
pub(crate) mod dialog;
pub(crate) mod erase;
pub(crate) mod icon;
pub(crate) mod late;
pub(crate) mod markdown;
pub(crate) mod menu;
pub(crate) mod split;
pub(crate) mod window;
