//! Which item of a list made a comparison hold.

use crate::catalog::operators::{Modifier, Operator};
use crate::evaluate::{Fields, Matcher};
use crate::resolve::check::{Check, Constant, Right};
use std::fmt::Write as _;

/// Longer lists are not searched.
const MAX_ITEMS: usize = 20_000;

/// The item, if one alone makes the check hold.
pub(super) fn item(check: &Check, event: &dyn Fields) -> Option<String> {
    let Right::Constants(constants) = &check.right else { return None };
    let one_is_enough = matches!(check.op, Operator::In | Operator::Intersects | Operator::Pmatch)
        || matches!(check.modifier, Some(Modifier::Oneof | Modifier::Anyof));
    if !one_is_enough || constants.len() < 2 || constants.len() > MAX_ITEMS {
        return None;
    }
    let holds = |constant: &&Constant| {
        let alone = Check { right: Right::Constants(vec![(*constant).clone()]), ..check.clone() };
        Matcher::new(&alone).test(event)
    };
    constants.iter().find(holds).map(text)
}

/// A constant as it is written in a rule.
pub(super) fn text(constant: &Constant) -> String {
    let mut out = String::new();
    let _ = match constant {
        Constant::Bytes(bytes) => write!(out, "{}", String::from_utf8_lossy(bytes)),
        Constant::Integer(number) => write!(out, "{number}"),
        Constant::Double(number) => write!(out, "{}", number.0),
        Constant::Bool(truth) => write!(out, "{truth}"),
        Constant::Address(address) => write!(out, "{address}"),
        Constant::Network(network) => write!(out, "{}/{}", network.address, network.prefix),
    };
    out
}
