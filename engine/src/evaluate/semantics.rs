//! [`Matcher`]: the one meaning of a check, for both evaluators. What an operator does with two values is in `compare`;
//! this file says which values of an event a field stands for, and keeps Falco's peculiarities.

mod partial;

use super::compare::{Comparison, Test, compare};
use super::term::Term;
use super::transform::{self, is_missing};
use crate::catalog::fields::TypeGroup;
use crate::catalog::operators::{Modifier, Operator};
use crate::catalog::transformers::Transformer;
use crate::catalog::{FieldKey, FieldType};
use crate::resolve::check::{Argument, Check, Constant, Operand, Right};
use crate::value::Value;
use crate::value::text::of_field;

/// An event, as far as conditions and outputs need it.
pub trait Fields {
    /// The value of a field; `None` if the event has none.
    fn get(&self, key: &FieldKey) -> Option<&Value>;

    /// Whether the event leaves fields open.
    fn is_partial(&self) -> bool {
        false
    }

    /// Whether it leaves open whether it has this field and which value.
    fn is_unknown(&self, _: &FieldKey) -> bool {
        false
    }
}

/// A field that a check reads, and what the event has there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Read {
    /// The field as a rule writes it.
    pub field: String,
    /// Its value as an output prints it; `None` if the event has none.
    pub value: Option<String>,
}

/// Ancestors that are looked at. The chains of real machines are shorter.
pub const MAX_ANCESTORS: u32 = 32;

/// Tests events for one check.
#[derive(Debug)]
pub struct Matcher {
    reads: Reads,
    test: Test,
}

/// What a check reads of an event.
#[derive(Debug)]
enum Reads {
    /// One field.
    Field(FieldKey),
    /// One field that Falco fills with an empty text where the process is known: its own fields say that.
    FilledField(FieldKey, Vec<FieldKey>),
    /// Several; one of them must pass. With the field that stands for them, if it does for the store as well.
    Any(Vec<FieldKey>, Option<FieldKey>),
    /// Several; one must be there, and all that are there must pass.
    Every(Vec<FieldKey>),
    /// A transformer, and the field if it is the only one in it.
    Operand(Operand, Option<FieldKey>),
    /// Two operands, compared with each other.
    Two(Operand, Operator, Operand),
    /// The time of the event, at most so many nanoseconds from a point.
    Around(FieldKey, i128),
}

impl Matcher {
    /// Prepares a check: patterns compiled, lists hashed.
    pub fn new(check: &Check) -> Self {
        let test = match &check.right {
            _ if never_holds(check) => Test::Never,
            Right::Operand(right) => {
                let reads = Reads::Two(check.left.clone(), check.op, right.clone());
                return Self { reads, test: Test::There };
            }
            Right::Nothing => Test::There,
            Right::Constants(constants) => Test::new(check.op, check.modifier, constants),
        };
        match &check.left {
            Operand::Field(key) => Self::of_field(key, check, test),
            operand @ Operand::Transform(_) => {
                let mut keys = Vec::new();
                keys_of(operand, &mut keys);
                let only = if let [only] = keys.as_slice() { Some(only.clone()) } else { None };
                Self { reads: Reads::Operand(operand.clone(), only), test }
            }
        }
    }

    fn of_field(key: &FieldKey, check: &Check, test: Test) -> Self {
        let info = key.info();
        let constants: &[Constant] = match &check.right {
            Right::Constants(constants) => constants,
            _ => &[],
        };
        if info.either_end {
            return Self::of_either_end(key, check, constants, test);
        }
        if looks_at_ancestors(key) {
            let keys = (1..=MAX_ANCESTORS).map(|n| key.with_arg(n.to_string())).collect();
            let family = FieldKey::plain(key.field);
            return Self { reads: Reads::Any(keys, Some(family)), test: first_only(check, constants, test) };
        }
        let reads = match (info.name, &key.arg) {
            ("evt.around", arg) => {
                let point = arg.as_deref().and_then(|arg| arg.parse().ok()).unwrap_or(0);
                match FieldKey::named("evt.rawtime") {
                    Some(time) => Reads::Around(time, point),
                    None => Reads::Field(key.clone()),
                }
            }
            ("proc.env" | "proc.aenv" | "proc.args", Some(_)) => {
                let process = ["proc.name", "proc.pid", "proc.exepath"];
                let known = process.iter().filter_map(|name| FieldKey::named(name)).collect();
                Reads::FilledField(key.clone(), known)
            }
            ("fd.cnet" | "fd.snet" | "fd.lnet" | "fd.rnet", _) => {
                let address = format!("{}ip", info.name.trim_end_matches("net"));
                let reads = Reads::Field(FieldKey::named(&address).unwrap_or_else(|| key.clone()));
                return Self { reads, test: one_end_network(check, test) };
            }
            _ => Reads::Field(key.clone()),
        };
        Self { reads, test }
    }

    /// `fd.ip`, `fd.port`, `fd.proto`, `fd.net`: either end of the connection.
    fn of_either_end(key: &FieldKey, check: &Check, constants: &[Constant], test: Test) -> Self {
        let named =
            |names: &[&str]| names.iter().filter_map(|name| FieldKey::named(name)).collect::<Vec<_>>();
        let address = matches!(key.info().name, "fd.ip" | "fd.net");
        let ends = named(if address { &["fd.cip", "fd.sip"] } else { &["fd.cport", "fd.sport"] });
        if check.op == Operator::Exists {
            // As Falco does: the field exists as soon as the event has a descriptor.
            let descriptor =
                ["fd.num", "fd.name", "fd.type", "fd.typechar", "fd.cip", "fd.sip", "fd.cport", "fd.sport"];
            return Self { reads: Reads::Any(named(&descriptor), None), test };
        }
        let test = match (key.info().name, check.op) {
            // As Falco does: only the first network counts.
            ("fd.net", Operator::In) => first_or_never(Operator::Eq, constants),
            _ => first_only(check, constants, test),
        };
        if check.op == Operator::Ne {
            return Self { reads: Reads::Every(ends), test };
        }
        Self { reads: Reads::Any(ends, None), test }
    }

    /// Whether the check holds for an event.
    pub fn test(&self, event: &dyn Fields) -> bool {
        match &self.reads {
            Reads::Field(key) => self.passes(key, event.get(key)),
            Reads::FilledField(key, known) => match event.get(key) {
                Some(value) => self.passes(key, Some(value)),
                None => {
                    known.iter().any(|key| event.get(key).is_some())
                        && self.test.passes(&Term::Bytes(b"".as_slice().into()))
                }
            },
            Reads::Any(keys, _) => keys.iter().any(|key| self.passes(key, event.get(key))),
            Reads::Every(keys) => {
                let mut there = keys.iter().filter_map(|key| Some((key, event.get(key)?))).peekable();
                there.peek().is_some() && there.all(|(key, value)| self.passes(key, Some(value)))
            }
            Reads::Operand(operand, _) => {
                transform::operand(operand, event).is_some_and(|term| self.test.passes(&term))
            }
            Reads::Two(left, op, right) => {
                let sides = transform::operand(left, event).zip(transform::operand(right, event));
                sides.is_some_and(|(l, r)| compare(*op, &l, &r))
            }
            Reads::Around(key, point) => self.passes_around(*point, event.get(key)),
        }
    }

    /// The one field that the check depends on, if there is only one: then [`Self::test_value`] of its value is the answer.
    pub fn column(&self) -> Option<&FieldKey> {
        match &self.reads {
            Reads::Field(key) | Reads::Around(key, _) => Some(key),
            Reads::Operand(_, only) => only.as_ref(),
            Reads::FilledField(..) | Reads::Any(..) | Reads::Every(_) | Reads::Two(..) => None,
        }
    }

    /// Whether the check holds for an event whose [`Self::column`] has this value.
    pub fn test_value(&self, value: Option<&Value>) -> bool {
        match &self.reads {
            Reads::Field(key) => self.passes(key, value),
            Reads::Around(_, point) => self.passes_around(*point, value),
            _ => self.test(&OneValue(value)),
        }
    }

    /// A field of the event that can be changed so that the check comes out as `to`, if there is one that is enough. Of
    /// ancestors the nearest that the event does not have, of a connection's ends the server's.
    pub fn field_to_change(&self, event: &dyn Fields, to: bool) -> Option<FieldKey> {
        let one =
            |keys: Vec<&FieldKey>| if let [one] = keys.as_slice() { Some((*one).clone()) } else { None };
        let passing = |key: &&FieldKey| self.passes(key, event.get(key));
        match &self.reads {
            Reads::Field(key) | Reads::FilledField(key, _) => Some(key.clone()),
            Reads::Any(keys, Some(_)) if to => keys.iter().find(|key| event.get(key).is_none()).cloned(),
            Reads::Any(keys, None) if to => keys.last().cloned(),
            Reads::Any(keys, _) => one(keys.iter().filter(passing).collect()),
            Reads::Every(keys) if to => one(keys.iter().filter(|key| !passing(key)).collect()),
            Reads::Every(keys) => keys.last().cloned(),
            Reads::Operand(_, only) => only.clone(),
            Reads::Two(Operand::Field(left), ..) => Some(left.clone()),
            Reads::Two(..) | Reads::Around(..) => None,
        }
    }

    /// Whether one of several fields that the check reads can make it false, and true, whatever the others say. Without one of two
    /// operands no comparison holds.
    pub const fn settled_by_one(&self) -> (bool, bool) {
        (matches!(self.reads, Reads::Every(_) | Reads::Two(..)), matches!(self.reads, Reads::Any(..)))
    }

    /// Whether the event lacks what the check is about, so that no comparison holds.
    pub fn is_missing(&self, event: &dyn Fields) -> bool {
        let lacks = |key: &FieldKey| {
            !event.is_unknown(key) && event.get(key).is_none_or(|value| is_missing(key, value))
        };
        match &self.reads {
            Reads::Field(key) | Reads::Around(key, _) => lacks(key),
            Reads::FilledField(key, known) => lacks(key) && known.iter().all(lacks),
            Reads::Any(keys, _) | Reads::Every(keys) => keys.iter().all(lacks),
            Reads::Operand(operand, _) => transform::operand(operand, event).is_none(),
            Reads::Two(left, _, right) => {
                transform::operand(left, event).is_none() || transform::operand(right, event).is_none()
            }
        }
    }

    /// The fields that the check reads of an event, and their values. Of ancestors and ends only those that are there; none that
    /// the event leaves open.
    pub fn reads(&self, event: &dyn Fields) -> Vec<Read> {
        let read = |key: &FieldKey| Read {
            field: key.to_string(),
            value: event.get(key).filter(|value| !is_missing(key, value)).map(|value| of_field(key, value)),
        };
        match &self.reads {
            Reads::FilledField(key, _) if event.is_unknown(key) => Vec::new(),
            Reads::FilledField(key, known) => {
                let mut found = read(key);
                if found.value.is_none() && known.iter().any(|key| event.get(key).is_some()) {
                    found.value = Some(String::new());
                }
                vec![found]
            }
            Reads::Any(keys, _) | Reads::Every(keys) => {
                keys.iter().filter(|key| event.get(key).is_some()).map(read).collect()
            }
            _ => {
                let mut keys = Vec::new();
                self.keys(&mut keys);
                keys.iter().filter(|key| !event.is_unknown(key)).map(read).collect()
            }
        }
    }

    /// All fields that the check may read. For fields that look at all ancestors that is the field without argument.
    pub fn keys(&self, out: &mut Vec<FieldKey>) {
        match &self.reads {
            Reads::Field(key) | Reads::Around(key, _) | Reads::Any(_, Some(key)) => out.push(key.clone()),
            Reads::FilledField(key, known) => {
                out.push(key.clone());
                out.extend_from_slice(known);
            }
            Reads::Any(keys, None) | Reads::Every(keys) => out.extend_from_slice(keys),
            Reads::Operand(operand, _) => keys_of(operand, out),
            Reads::Two(left, _, right) => {
                keys_of(left, out);
                keys_of(right, out);
            }
        }
    }

    fn passes(&self, key: &FieldKey, value: Option<&Value>) -> bool {
        value.is_some_and(|value| !is_missing(key, value) && self.test.passes(&Term::of(value)))
    }

    fn passes_around(&self, point: i128, value: Option<&Value>) -> bool {
        let Some(Value::Integer(time)) = value else { return false };
        match &self.test {
            Test::There => true,
            Test::One(Comparison::With(_, Term::Integer(milliseconds))) => {
                time.saturating_sub(point).saturating_abs() <= milliseconds.saturating_mul(1_000_000)
            }
            _ => false,
        }
    }
}

/// An event of which only the value of one field is known.
struct OneValue<'a>(Option<&'a Value>);

impl Fields for OneValue<'_> {
    fn get(&self, _: &FieldKey) -> Option<&Value> {
        self.0
    }
}

/// Whether a field stands for all ancestors. For the environment a number is ignored, as in Falco.
fn looks_at_ancestors(key: &FieldKey) -> bool {
    let info = key.info();
    let number = |arg: &str| arg.bytes().all(|b| b.is_ascii_digit());
    info.any_ancestor
        && match key.arg.as_deref() {
            None => true,
            Some(arg) => info.name == "proc.aenv" && number(arg),
        }
}

/// Checks that Falco loads and that never hold.
fn never_holds(check: &Check) -> bool {
    if !matches!(check.op, Operator::In | Operator::Intersects) {
        return false;
    }
    // A list that went through one of these has a wrong length, and so has the right side of a list operator.
    let spoils = |operand: &Operand, too: &[Transformer]| matches!(operand, Operand::Transform(t) if too.contains(&t.transformer));
    let (lower, upper, base) = (Transformer::Tolower, Transformer::Toupper, Transformer::Basename);
    let left = is_list(&check.left) && spoils(&check.left, &[lower, upper, base, Transformer::B64]);
    let right = matches!(&check.right, Right::Operand(right) if spoils(right, &[lower, upper, base]));
    left || right || matches!(&check.left, Operand::Field(key) if field_never_holds(key, check.op))
}

fn field_never_holds(key: &FieldKey, op: Operator) -> bool {
    let info = key.info();
    let numeric =
        matches!(key.kind().group(), TypeGroup::Integer { .. } | TypeGroup::Port | TypeGroup::Double);
    match info.name {
        "fd.ip" => true,
        "fd.port" | "fd.proto" | "fd.net" => op == Operator::Intersects,
        "proc.apid" => looks_at_ancestors(key),
        _ => info.kind == FieldType::Dyn && numeric,
    }
}

fn is_list(operand: &Operand) -> bool {
    match operand {
        Operand::Field(key) => key.info().list,
        Operand::Transform(transform) => match transform.transformer {
            Transformer::Getopt => transform.index.is_none(),
            Transformer::Len | Transformer::Join | Transformer::Concat => false,
            _ => transform.args.first().is_some_and(|argument| match argument {
                Argument::Operand(inner) => is_list(inner),
                Argument::List(_) => true,
                Argument::Literal(_) => false,
            }),
        },
    }
}

/// As Falco does: fields that look at several things take only the first value of a modifier's list.
fn first_only(check: &Check, constants: &[Constant], test: Test) -> Test {
    if check.modifier.is_some() { first_or_never(check.op, constants) } else { test }
}

fn first_or_never(op: Operator, constants: &[Constant]) -> Test {
    constants.first().map_or(Test::Never, |first| Test::One(Comparison::new(op, first)))
}

/// As Falco does: on the networks of one end, `= anyof` never holds and `!= allof` always does.
fn one_end_network(check: &Check, test: Test) -> Test {
    match (check.op, check.modifier) {
        (Operator::Eq, Some(Modifier::Anyof)) => Test::Never,
        (Operator::Ne, Some(Modifier::Allof)) => Test::There,
        _ => test,
    }
}

fn keys_of(operand: &Operand, out: &mut Vec<FieldKey>) {
    operand.each_field(&mut |key| {
        if !out.contains(key) {
            out.push(key.clone());
        }
    });
}
