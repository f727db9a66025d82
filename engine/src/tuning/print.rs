//! Fields that alerts are to tell: added to the output of a rule, or to `append_output` in falco.yaml. Each change was tried: the
//! files were read again with it, and the alerts of the rule have the fields.

use super::Rules;
use super::apply::{applied, read_back};
use super::splice::{Changes, Splice};
use super::written::Written;
use crate::catalog::messages::tuning as say;
use crate::catalog::{FieldKey, Scope};
use crate::config;
use crate::parse::{quote, yaml};
use crate::report::PrintTo;
use crate::resolve::output::{Extra, Part};
use crate::resolve::ruleset::Rule;
use crate::resolve::{Loaded, load_with};
use crate::text::{Diagnostic, Edit, Loc, Message, Severity, Source, SourceId, Span, TextRange};

/// The edits that make the alerts of rule `rule` tell `fields`; of those that no output can print none. `config` is falco.yaml;
/// without one the edits are all of a new one.
///
/// # Errors
/// Says why it cannot be done.
pub fn print(
    rules: &Rules<'_>,
    rule: usize,
    fields: &[String],
    to: PrintTo,
    config: Option<&Source>,
) -> Result<Vec<Edit>, Message> {
    let found = rules.loaded.ruleset.rules.get(rule).ok_or_else(say::gone)?;
    let scope = Scope {
        source: &found.source,
        dialect: rules.dialect,
        statics: rules.config.static_names.as_slice(),
    };
    let printable = |field: &&String| {
        let key = FieldKey::parse(field, scope).ok().filter(|key| !key.info().filter_only)?;
        (!prints(found, &key)).then_some(key)
    };
    let keys: Vec<FieldKey> = fields.iter().filter_map(|field| printable(&field)).collect();
    if keys.is_empty() {
        return Err(say::nothing_to_print());
    }
    let new = Source::default();
    match to {
        PrintTo::Output => in_output(rules, rule, found, &keys),
        PrintTo::Config | PrintTo::ConfigOfSource => {
            let config = config.unwrap_or(&new);
            let wanted = match to {
                PrintTo::Config => format!("rule: {}", quote::scalar(&found.name)),
                _ => format!("source: {}", quote::scalar(&found.source)),
            };
            in_config(rules, rule, config, &wanted, &keys)
        }
    }
}

/// Whether the alerts of a rule tell a field.
fn prints(rule: &Rule, key: &FieldKey) -> bool {
    rule.alert.as_ref().is_some_and(|output| {
        let part = |part: &Part| match part {
            Part::Value { fields, .. } => fields.iter().any(|(_, printed)| printed == key),
            Part::Text(_) => false,
        };
        let extra = |(_, extra): &(Box<str>, Extra)| matches!(extra, Extra::Field(field) if field == key);
        output.parts.iter().any(part) || output.extra.iter().any(extra)
    })
}

/// As Falco names the fields that it adds by itself: `proc_pname=%proc.pname`.
fn words(keys: &[FieldKey]) -> String {
    let word = |key: &FieldKey| {
        let field = key.to_string();
        let name: String = field.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        format!("{}=%{field}", name.trim_end_matches('_'))
    };
    keys.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// Behind what the rule prints, where the user may write there; else as something that a later file appends.
fn in_output(rules: &Rules<'_>, at: usize, rule: &Rule, keys: &[FieldKey]) -> Result<Vec<Edit>, Message> {
    let end = TextRange::new(rule.output.len(), rule.output.len());
    let here = rule.output.locate(end).filter(|at| at.source.index() >= rules.locked);
    let here = here.filter(|at| at.source.index() < rules.files.len());
    let same = |edits: &[Edit]| {
        let after = read_back(rules, edits)?;
        told(rules.loaded, &after, at, keys)
    };
    if let Some(place) = here {
        let edits = vec![Edit { at: place, insert: format!(" {}", words(keys)) }];
        if same(&edits).is_ok() {
            return Ok(edits);
        }
    }
    // The last file, or a new one behind it.
    let written = Written::read(rules.files).ok_or_else(say::other_way)?;
    let file = rules.files.len().checked_sub(1).filter(|last| *last >= rules.locked);
    let file = file.ok_or_else(say::no_own_file)?;
    let item = format!(
        "- rule: {}\n  output: {}\n  override: {{output: append}}",
        quote::scalar(&rule.name),
        quote::double(&words(keys))
    );
    let changes = written.append_lines(file, &item).ok_or_else(say::other_way)?;
    let edits = edits_of(SourceId::new(file), rules.files.get(file), changes);
    same(&edits)?;
    Ok(edits)
}

fn in_config(
    rules: &Rules<'_>,
    at: usize,
    config: &Source,
    wanted: &str,
    keys: &[FieldKey],
) -> Result<Vec<Edit>, Message> {
    let read = yaml::read(&config.text);
    let splice = Splice { text: &config.text, yaml: &read.yaml };
    let fields: Vec<String> = keys.iter().map(|key| quote::scalar(&key.to_string())).collect();
    let block = [format!("match: {{{wanted}}}"), format!("extra_fields: [{}]", fields.join(", "))];
    let flow = format!("{{{}}}", block.join(", "));
    let lines = format!("append_output:\n  - {}", block.join("\n    "));
    let root = read.yaml.documents.first().copied().filter(|root| !read.yaml.is_null(*root));
    let entries = root.and_then(|root| read.yaml.entry(root, "append_output"));
    let changes: Option<Changes> = if let Some((key, entries)) = entries {
        splice.push_lines(key, entries, &block, &flow)
    } else if let Some(root) = root {
        splice.entry(root, None, &lines, &format!("append_output: [{flow}]"))
    } else {
        let gap = if config.text.is_empty() || config.text.ends_with('\n') { "" } else { "\n" };
        let end = config.text.len() as u32;
        Some(vec![(Span::new(end, end), format!("{gap}{lines}\n"))])
    };
    let changes = changes.filter(|_| read.problems.is_empty()).ok_or_else(say::other_way)?;
    let edits = edits_of(config::SOURCE, Some(config), changes);
    let text = applied(std::slice::from_ref(config), &at_first(&edits)).ok_or_else(say::other_way)?;
    let new = text.first().map(config::read).unwrap_or_default();
    let errors =
        |problems: &[Diagnostic]| problems.iter().filter(|one| one.severity == Severity::Error).count();
    if errors(&new.problems) > errors(&rules.config.problems) {
        return Err(say::other_way());
    }
    let after = load_with(rules.files, rules.dialect, &new);
    if errors(&after.diagnostics) > errors(&rules.loaded.diagnostics) {
        return Err(say::other_way());
    }
    told(rules.loaded, &after, at, keys)?;
    Ok(edits)
}

/// The edits as ones of the first source.
fn at_first(edits: &[Edit]) -> Vec<Edit> {
    edits.iter().map(|edit| Edit { at: Loc::new(SourceId(0), edit.at.span), ..edit.clone() }).collect()
}

fn edits_of(source: SourceId, file: Option<&Source>, changes: Changes) -> Vec<Edit> {
    let crlf = file.is_some_and(|file| file.text.contains("\r\n"));
    let insert = |text: String| if crlf { text.replace('\n', "\r\n") } else { text };
    changes
        .into_iter()
        .map(|(span, text)| Edit { at: Loc::new(source, span), insert: insert(text) })
        .collect()
}

/// The alerts of the rule tell the fields, and no condition has changed.
fn told(before: &Loaded, after: &Loaded, at: usize, keys: &[FieldKey]) -> Result<(), Message> {
    let conditions = |loaded: &Loaded| -> Vec<(String, String)> {
        let rules = loaded.ruleset.rules.iter();
        rules.map(|rule| (rule.name.clone(), rule.condition.as_str().to_owned())).collect()
    };
    let rule = after.ruleset.rules.get(at);
    let tells = rule.is_some_and(|rule| keys.iter().all(|key| prints(rule, key)));
    (tells && conditions(before) == conditions(after)).then_some(()).ok_or_else(say::other_way)
}
