//! Transformers: functions over the value of a field.

/// A transformer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Transformer {
    /// ASCII letters to lower case.
    Tolower,
    /// ASCII letters to upper case.
    Toupper,
    /// Decodes base64.
    B64,
    /// What follows the last slash.
    Basename,
    /// Bytes of a text, elements of a list.
    Len,
    /// Elements of a list with a separator between.
    Join,
    /// Texts one after the other.
    Concat,
    /// Option letters and arguments of a command line.
    Getopt,
}

impl Transformer {
    /// Every transformer, in the order in which Falco names and tries them.
    pub const ALL: &[Self] = &[
        Self::Tolower,
        Self::Toupper,
        Self::B64,
        Self::Basename,
        Self::Len,
        Self::Join,
        Self::Concat,
        Self::Getopt,
    ];

    /// As written in a condition.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Tolower => "tolower",
            Self::Toupper => "toupper",
            Self::B64 => "b64",
            Self::Basename => "basename",
            Self::Len => "len",
            Self::Join => "join",
            Self::Concat => "concat",
            Self::Getopt => "getopt",
        }
    }

    /// True for those that change one value (or each element of a list) and take nothing else.
    pub const fn is_single(self) -> bool {
        !matches!(self, Self::Join | Self::Concat | Self::Getopt)
    }
}
