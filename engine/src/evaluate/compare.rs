//! Comparisons: what an operator means once both sides have a value.

use super::pattern::{Glob, Paths};
use super::term::Term;
use crate::catalog::operators::{Modifier, Operator};
use crate::parse::regex;
use crate::resolve::check::Constant;
use crate::text::sorted;
use crate::value::Network;
use regex_lite::Regex;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashSet;

/// What is asked of a value.
#[derive(Debug)]
pub(super) enum Test {
    /// Nothing more than that it is there.
    There,
    /// No value will do.
    Never,
    /// One comparison.
    One(Comparison),
    /// Several, counted.
    Several(Modifier, Vec<Comparison>),
    /// It is an element; of a list: every element is.
    AllIn(Set),
    /// It is an element; of a list: some element is.
    AnyIn(Set),
    /// It lies at or below a path.
    Below(Paths),
}

/// One comparison with a constant.
#[derive(Debug)]
pub(super) enum Comparison {
    /// Equality, order and everything about bytes.
    With(Operator, Term<'static>),
    /// A shell pattern.
    Glob(Glob),
    /// A regular expression; `None` if it cannot be compiled.
    Regex(Option<Box<Regex>>),
    /// Inside a network, or outside.
    Network {
        /// The network.
        network: Network,
        /// True for inside.
        inside: bool,
    },
}

/// The constants of a list.
#[derive(Debug)]
pub(super) enum Set {
    /// A few texts.
    Few(Vec<Box<[u8]>>),
    /// Many texts.
    Many(HashSet<Box<[u8]>>),
    /// Integers, sorted.
    Integers(Vec<i128>),
    /// Networks.
    Networks(Vec<Network>),
    /// Anything else.
    Terms(Vec<Term<'static>>),
}

/// From this many texts on, hashing beats comparing.
const MANY: usize = 9;

impl Test {
    /// The test that `op` makes with constants.
    pub(super) fn new(op: Operator, modifier: Option<Modifier>, constants: &[Constant]) -> Self {
        let comparisons = || constants.iter().map(|constant| Comparison::new(op, constant));
        match (op, modifier) {
            (Operator::Exists, _) => Self::There,
            (Operator::In, _) => Self::AllIn(Set::new(constants)),
            (Operator::Intersects, _) => Self::AnyIn(Set::new(constants)),
            (Operator::Pmatch, _) => Self::Below(Paths::new(constants.iter().filter_map(bytes))),
            (_, Some(modifier)) => Self::Several(modifier, comparisons().collect()),
            (_, None) => comparisons().next().map_or(Self::Never, Self::One),
        }
    }

    /// Whether a value passes.
    pub(super) fn passes(&self, term: &Term<'_>) -> bool {
        match self {
            Self::There => true,
            Self::Never => false,
            Self::One(comparison) => comparison.holds(term),
            Self::Several(Modifier::Anyof, all) => all.iter().any(|one| one.holds(term)),
            Self::Several(Modifier::Allof, all) => !all.is_empty() && all.iter().all(|one| one.holds(term)),
            Self::Several(Modifier::Oneof, all) => {
                all.iter().filter(|one| one.holds(term)).take(2).count() == 1
            }
            Self::AllIn(set) => match term {
                Term::List(elements) => elements.iter().all(|element| set.contains(element)),
                one => set.contains(one),
            },
            Self::AnyIn(set) => match term {
                Term::List(elements) => elements.iter().any(|element| set.contains(element)),
                one => set.contains(one),
            },
            Self::Below(paths) => match term {
                Term::Bytes(path) => paths.matches(path),
                _ => false,
            },
        }
    }
}

fn bytes(constant: &Constant) -> Option<&[u8]> {
    match constant {
        Constant::Bytes(bytes) => Some(bytes),
        _ => None,
    }
}

/// The constant as the right side of a comparison. Networks are compared otherwise.
fn term(constant: &Constant) -> Option<Term<'static>> {
    Some(match constant {
        Constant::Bytes(bytes) => Term::Bytes(Cow::Owned(bytes.to_vec())),
        Constant::Integer(number) => Term::Integer(*number),
        Constant::Double(number) => Term::Double(*number),
        Constant::Bool(truth) => Term::Bool(*truth),
        Constant::Address(address) => Term::Address(*address),
        Constant::Network(_) => return None,
    })
}

impl Comparison {
    pub(super) fn new(op: Operator, constant: &Constant) -> Self {
        let text = bytes(constant).unwrap_or(b"");
        match (op, constant) {
            (Operator::Glob, _) => Self::Glob(Glob::new(text, false)),
            (Operator::Iglob, _) => Self::Glob(Glob::new(text, true)),
            (Operator::Regex, _) => {
                Self::Regex(regex::compile(&String::from_utf8_lossy(text)).ok().map(Box::new))
            }
            (_, Constant::Network(network)) => {
                Self::Network { network: *network, inside: op.normal() != Operator::Ne }
            }
            (Operator::Icontains, _) => Self::With(op, Term::Bytes(Cow::Owned(text.to_ascii_lowercase()))),
            (op, other) => Self::With(op.normal(), term(other).unwrap_or(Term::List(Vec::new()))),
        }
    }

    fn holds(&self, left: &Term<'_>) -> bool {
        match self {
            Self::With(op, right) => compare(*op, left, right),
            Self::Glob(glob) => matches!(left, Term::Bytes(text) if glob.matches(text)),
            Self::Regex(Some(regex)) => {
                matches!(left, Term::Bytes(text) if regex.is_match(&String::from_utf8_lossy(text)))
            }
            Self::Regex(None) => false,
            Self::Network { network, inside } => {
                matches!(left, Term::Address(address) if network.contains(*address) == *inside)
            }
        }
    }
}

impl Set {
    fn new(constants: &[Constant]) -> Self {
        match constants.first() {
            Some(Constant::Bytes(_)) => {
                let texts = constants.iter().filter_map(bytes).map(Box::from);
                if constants.len() < MANY { Self::Few(texts.collect()) } else { Self::Many(texts.collect()) }
            }
            Some(Constant::Integer(_)) => {
                let numbers: Vec<i128> = constants
                    .iter()
                    .filter_map(|constant| match constant {
                        Constant::Integer(number) => Some(*number),
                        _ => None,
                    })
                    .collect();
                Self::Integers(sorted(numbers, |number| *number))
            }
            Some(Constant::Network(_)) => Self::Networks(
                constants
                    .iter()
                    .filter_map(|constant| match constant {
                        Constant::Network(network) => Some(*network),
                        _ => None,
                    })
                    .collect(),
            ),
            _ => Self::Terms(constants.iter().filter_map(term).collect()),
        }
    }

    fn contains(&self, term: &Term<'_>) -> bool {
        match (self, term) {
            (Self::Few(texts), Term::Bytes(text)) => texts.iter().any(|known| **known == **text),
            (Self::Many(texts), Term::Bytes(text)) => texts.contains(&**text),
            (Self::Integers(numbers), Term::Integer(number)) => numbers.binary_search(number).is_ok(),
            (Self::Networks(networks), Term::Address(address)) => {
                networks.iter().any(|network| network.contains(*address))
            }
            (Self::Terms(terms), term) => terms.iter().any(|known| compare(Operator::Eq, term, known)),
            _ => false,
        }
    }
}

/// Whether `left op right` holds. Both sides have a value.
pub(super) fn compare(op: Operator, left: &Term<'_>, right: &Term<'_>) -> bool {
    let order = |wanted: fn(Ordering) -> bool| left.order(right).is_some_and(wanted);
    match op {
        Operator::Exists => true,
        Operator::Eq | Operator::EqEq => order(Ordering::is_eq),
        Operator::Ne => order(Ordering::is_ne),
        Operator::Lt => order(Ordering::is_lt),
        Operator::Le => order(Ordering::is_le),
        Operator::Gt => order(Ordering::is_gt),
        Operator::Ge => order(Ordering::is_ge),
        Operator::In => match (left, right) {
            (Term::List(left), Term::List(right)) => left.iter().all(|one| right.contains(one)),
            _ => order(Ordering::is_eq),
        },
        Operator::Intersects => match (left, right) {
            (Term::List(left), Term::List(right)) => left.iter().any(|one| right.contains(one)),
            _ => order(Ordering::is_eq),
        },
        _ => match (left, right) {
            (Term::Bytes(left), Term::Bytes(right)) => compare_bytes(op, left, right),
            _ => false,
        },
    }
}

fn compare_bytes(op: Operator, left: &[u8], right: &[u8]) -> bool {
    match op {
        Operator::Contains | Operator::Bcontains => contains(left, |window| window == right, right.len()),
        Operator::Icontains => contains(left, |window| window.eq_ignore_ascii_case(right), right.len()),
        Operator::Startswith | Operator::Bstartswith => left.starts_with(right),
        Operator::Endswith => left.ends_with(right),
        Operator::Glob => Glob::new(right, false).matches(left),
        Operator::Iglob => Glob::new(right, true).matches(left),
        // Neither takes a field on the right.
        _ => false,
    }
}

fn contains(text: &[u8], found: impl Fn(&[u8]) -> bool, len: usize) -> bool {
    len == 0 || text.windows(len).any(found)
}
