//! An exception by a field that the output does not print: whoever gets the alert cannot write the next tuple.

pub(super) use crate::catalog::codes::MISSING_OUTPUT_FIELD as CODE;

use super::{Context, wide};
use crate::catalog::FieldKey;
use crate::catalog::messages::lints as say;
use crate::parse::ast;
use crate::parse::condition::operand_at;
use crate::report::Status;
use crate::resolve::output::Part;
use crate::resolve::ruleset::Rule;
use crate::text::{Applicability, Diagnostic, Fix, TextRange};

/// What can be told from another field: names that begin with the first, from the second.
static TOLD_BY: &[(&str, &str)] = &[
    ("fd.", "fd.name"),
    ("proc.name", "proc.cmdline"),
    ("proc.args", "proc.cmdline"),
    ("proc.name", "proc.exepath"),
    ("proc.name", "proc.exe"),
    ("proc.pname", "proc.pcmdline"),
    ("proc.pname", "proc.pexepath"),
    ("evt.arg", "evt.args"),
    ("k8s.pod.label", "k8s.pod.labels"),
    ("k8s.ns.label", "k8s.ns.labels"),
];

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let rules = context.ruleset.rules.iter();
    for rule in rules.filter(|rule| rule.tree.is_some() && rule.status != Status::Broken) {
        if rule.exceptions.is_empty() {
            continue;
        }
        // What is wrong in the rule comes first.
        if context.has_error(rule.name_at, context.item_end(rule.name_at)) {
            continue;
        }
        let Some(printed) = printed(rule) else { continue };
        let mut said: Vec<FieldKey> = Vec::new();
        for text in rule.exceptions.iter().flat_map(|exception| &exception.fields) {
            for field in fields(text.as_str(), &rule.source) {
                if said.contains(&field) || is_told(&field, &printed) {
                    continue;
                }
                let name = field.to_string();
                said.push(field);
                let Some(at) = text.locate(TextRange::new(0, text.len())) else { continue };
                let end = TextRange::new(rule.output.len(), rule.output.len());
                let mut problem = Diagnostic::new(&CODE, at, say::missing_output_field(name.as_str()))
                    .note(say::alerts_should_tell());
                if let Some(place) = rule.output.locate(end) {
                    let token = format!(" %{name}");
                    problem = problem.fix(Fix::replace(
                        say::print_field(name),
                        place,
                        token,
                        Applicability::Unsafe,
                    ));
                }
                out.push(problem);
            }
        }
    }
}

/// The names of the fields that alerts print; `None` if the output cannot be read.
fn printed(rule: &Rule) -> Option<Vec<&'static str>> {
    let output = rule.alert.as_ref()?;
    let names = output.parts.iter().flat_map(|part| match part {
        Part::Value { fields, .. } => fields.iter().map(|(_, key)| key.info().name).collect(),
        Part::Text(_) => Vec::new(),
    });
    Some(names.collect())
}

/// Whether an alert tells the value: Falco adds some fields by itself, and some never have anything to print.
fn is_told(field: &FieldKey, printed: &[&str]) -> bool {
    let info = field.info();
    let silent = info.filter_only || info.never_set || info.either_end;
    let told = |(name, by): &(&str, &str)| info.name.starts_with(name) && printed.contains(by);
    silent || info.suggested_output || printed.contains(&info.name) || TOLD_BY.iter().any(told)
}

/// The fields in a field of an exception, which may be a transformer.
fn fields(text: &str, source: &str) -> Vec<FieldKey> {
    let Some(operand) = operand_at(text, 0, wide(source).dialect) else { return Vec::new() };
    let key = |field: &ast::Field| FieldKey::resolve(&field.name, field.arg.as_deref(), wide(source)).ok();
    operand.fields().into_iter().filter_map(key).collect()
}
