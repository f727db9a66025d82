//! Ids: small numbers that cannot be mixed up.

/// Declares a `u32` newtype that indexes a `Vec`.
macro_rules! define_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in the vector that this id points into.
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of position `index`. Inputs are limited far below `u32::MAX` entries.
            pub const fn new(index: usize) -> Self {
                Self(index as u32)
            }
        }
    };
}
pub(crate) use define_id;
