//! Operators and modifiers of conditions: how they are written, and which values they compare.

/// Declares the operators in the order in which Falco names and tries them.
macro_rules! operators {
    ($($(#[$meta:meta])* $id:ident $text:literal $shape:ident;)*) => {
        /// An operator of a check.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Operator { $($(#[$meta])* $id),* }

        impl Operator {
            /// Every operator, in the order in which Falco names and tries them.
            pub const ALL: &[Self] = &[$(Self::$id),*];

            /// As written in a condition.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$id => $text),* }
            }

            /// What may follow it.
            pub const fn shape(self) -> Shape {
                match self { $(Self::$id => Shape::$shape),* }
            }
        }
    };
}

/// What an operator takes on its right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Nothing.
    Alone,
    /// A number.
    Number,
    /// One text.
    Text,
    /// A list.
    List,
}

operators! {
    /// A value is there.
    Exists "exists" Alone;
    /// Less or equal.
    Le "<=" Number;
    /// Less.
    Lt "<" Number;
    /// Greater or equal.
    Ge ">=" Number;
    /// Greater.
    Gt ">" Number;
    /// Equal, in its long spelling. Exactly [`Operator::Eq`].
    EqEq "==" Text;
    /// Equal.
    Eq "=" Text;
    /// Different.
    Ne "!=" Text;
    /// Shell pattern.
    Glob "glob" Text;
    /// Shell pattern, ASCII case folded.
    Iglob "iglob" Text;
    /// Holds the text.
    Contains "contains" Text;
    /// Holds the text, ASCII case folded.
    Icontains "icontains" Text;
    /// Holds the bytes, given as hex digits.
    Bcontains "bcontains" Text;
    /// Starts with the text.
    Startswith "startswith" Text;
    /// Starts with the bytes, given as hex digits.
    Bstartswith "bstartswith" Text;
    /// Ends with the text.
    Endswith "endswith" Text;
    /// Regular expression, whole value.
    Regex "regex" Text;
    /// Shares an element with the list.
    Intersects "intersects" List;
    /// Is an element of the list; for list fields: every element is.
    In "in" List;
    /// Lies at or below one of the paths.
    Pmatch "pmatch" List;
}

impl Operator {
    /// The operator without its second spelling.
    #[must_use]
    pub const fn normal(self) -> Self {
        match self {
            Self::EqEq => Self::Eq,
            other => other,
        }
    }

    /// True for operators that are words: a blank must follow those that take a text.
    pub fn is_word(self) -> bool {
        self.text().starts_with(|c: char| c.is_ascii_alphabetic())
    }
}

/// Compares with several values at once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Modifier {
    /// Holds for exactly one value of the list.
    Oneof,
    /// Holds for at least one.
    Anyof,
    /// Holds for all, and the list is not empty.
    Allof,
}

impl Modifier {
    /// Every modifier.
    pub const ALL: &[Self] = &[Self::Oneof, Self::Anyof, Self::Allof];

    /// As written in a condition.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Oneof => "oneof",
            Self::Anyof => "anyof",
            Self::Allof => "allof",
        }
    }
}
