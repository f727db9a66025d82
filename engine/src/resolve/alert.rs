//! What the alerts of a rule say: its output, what the configuration adds to it, and the checks of both, in Falco's order of
//! messages.

use super::definitions::{RuleDef, Spot};
use super::output::{self, Extra, Output};
use super::rules::{Resolver, deprecated_field, find};
use super::ruleset::Rule;
use super::syntax;
use super::types::Problem;
use crate::catalog::messages::{config as configured, items as say};
use crate::catalog::{Scope, codes, fields};
use crate::config::{self, Addition, ExtraField};
use crate::report::{Status, TokenKind};
use crate::text::{Diagnostic, Origin, Text, TextRange};

impl Resolver<'_> {
    /// Checks the output; false if Falco looks no further.
    pub(super) fn output(&mut self, definition: &RuleDef, rule: &mut Rule) -> bool {
        if definition.output.is_empty() && definition.broken {
            return false;
        }
        let config = self.config;
        let mut additions: Vec<&Addition> = config
            .additions
            .iter()
            .filter(|addition| addition.applies(&definition.name, &definition.source, &definition.tags))
            .collect();
        // What was refused for another rule is refused for this one too, for the same reasons: they are told once.
        let all = additions.len();
        if !definition.skip_if_unknown {
            additions.retain(|addition| !self.refused_before(addition, &definition.source));
        }
        let refused = additions.len() < all;
        if refused {
            self.refused.push(definition.spot.at.source);
            rule.status = Status::Broken;
        }
        let mut text = self.with_additions(definition, &additions);
        if let Some(at) = find(&text, CONTAINER_INFO) {
            let falco = "%container.info is deprecated and no more useful, and will be dropped by Falco 1.0.0. The container plugin will automatically add required fields to the output message.";
            let spot = Spot { at, ..definition.spot.clone() };
            self.out.push(spot.problem(
                &codes::CONTAINER_INFO,
                say::container_info(),
                ("LOAD_DEPRECATED_ITEM", falco),
            ));
            rule.output = without(&rule.output, CONTAINER_INFO);
            text = without(&text, CONTAINER_INFO);
        }
        let Some(mut alert) = self.format(definition, rule, &text) else {
            if !self.strict {
                self.extra_fields(definition, rule, &additions);
            }
            return false;
        };
        let Some(extra) = self.extra_fields(definition, rule, &additions) else { return false };
        alert.extra = extra;
        self.deprecated_in_output(definition, &text);
        for field in additions.iter().flat_map(|addition| &addition.fields) {
            self.deprecated_in_output(definition, &field.text);
        }
        rule.alert = Some(alert).filter(|_| !refused);
        !refused
    }

    fn refused_before(&self, addition: &Addition, source: &str) -> bool {
        self.refused_additions.iter().any(|(at, known)| *at == addition.at && known == source)
    }

    /// The output with what is added to it.
    fn with_additions(&self, definition: &RuleDef, additions: &[&Addition]) -> Text {
        let mut text = definition.output.clone();
        for addition in additions {
            if let Some(more) = &addition.output {
                let at = more.locate(TextRange::new(0, 0)).unwrap_or(definition.output_spot.at);
                text.push(" ", Origin::Glue(at));
                text.push_text(more);
            }
            if let Some(at) = addition.suggested {
                for name in suggested(self.scope(&definition.source), self.config.k8smeta) {
                    text.push(&format!(" {}=%{name}", name.replace('.', "_")), Origin::Glue(at));
                }
            }
        }
        text
    }

    /// Reads a format; None if Falco refuses it.
    fn format(&mut self, definition: &RuleDef, rule: &mut Rule, text: &Text) -> Option<Output> {
        let parsed = output::parse(text.as_str(), self.scope(&definition.source));
        self.colour(text, &parsed.tokens);
        for problem in &parsed.tolerated {
            let problem = output_problem(definition, problem, text);
            self.tolerate(definition, problem);
        }
        for problem in &parsed.problems {
            self.refuse_output(definition, rule, problem, text);
            if self.strict {
                break;
            }
        }
        parsed.output
    }

    /// What stands only in JSON; None if Falco refuses some of it. Of a key in several entries the last counts.
    fn extra_fields(
        &mut self,
        definition: &RuleDef,
        rule: &mut Rule,
        additions: &[&Addition],
    ) -> Option<Vec<(Box<str>, Extra)>> {
        let (mut out, mut good) = (Vec::new(), true);
        for ExtraField { name, text, formatted } in additions.iter().flat_map(|addition| &addition.fields) {
            let extra = if *formatted {
                self.format(definition, rule, text).map(|output| Extra::Format(output.parts))
            } else {
                self.field(definition, rule, text)
            };
            good &= extra.is_some();
            out.extend(extra.map(|extra| (name.clone(), extra)));
        }
        good.then_some(out)
    }

    /// Reads the name of a field.
    fn field(&mut self, definition: &RuleDef, rule: &mut Rule, name: &Text) -> Option<Extra> {
        match output::field(name.as_str(), self.scope(&definition.source)) {
            Ok(key) => {
                self.colour(name, &[(TextRange::new(0, name.len()), TokenKind::Field)]);
                Some(Extra::Field(key))
            }
            Err(problem) => {
                self.refuse_output(definition, rule, &problem, name);
                None
            }
        }
    }

    fn refuse_output(&mut self, definition: &RuleDef, rule: &mut Rule, problem: &Problem, text: &Text) {
        let mut diagnostic = output_problem(definition, problem, text);
        if diagnostic.at.source == config::SOURCE {
            diagnostic = diagnostic
                .note(configured::added_to_rules())
                .related(rule.name_at, configured::in_alert_of(&*rule.name));
            if problem.code.name == codes::UNKNOWN_FIELD.name {
                diagnostic = diagnostic.note(configured::limit_sources());
            }
            self.refused.push(definition.spot.at.source);
            let at = diagnostic.at.span;
            let holds = |addition: &&Addition| addition.at.span.cover(at) == addition.at.span;
            if let Some(addition) = self.config.additions.iter().find(holds)
                && !self.refused_before(addition, &definition.source)
            {
                self.refused_additions.push((addition.at, definition.source.clone()));
            }
        }
        self.refuse(definition, rule, diagnostic);
    }

    fn deprecated_in_output(&mut self, definition: &RuleDef, text: &Text) {
        for field in super::trees::DEPRECATED.iter().filter(|field| text.as_str().contains(**field)) {
            let falco = format!("usage of deprecated field '{field}' has been detected in the rule output");
            let at = find(text, field).unwrap_or(definition.output_spot.at);
            let spot = Spot { at, ..definition.output_spot.clone() };
            let falco = ("LOAD_DEPRECATED_ITEM", falco.as_str());
            self.out.push(deprecated_field(&spot, field, falco));
        }
    }
}

fn output_problem(definition: &RuleDef, problem: &Problem, text: &Text) -> Diagnostic {
    let mut diagnostic = syntax::check_problem(problem, text, &definition.output_spot);
    if let Some(falco) = &mut diagnostic.falco {
        falco.code = "LOAD_ERR_COMPILE_OUTPUT".into();
    }
    diagnostic
}

/// What Falco takes out of outputs.
const CONTAINER_INFO: &str = "%container.info";

/// The fields that `suggested_output` adds, in Falco's order: those of the plugins, then the static ones.
fn suggested(scope: Scope<'_>, k8smeta: bool) -> impl Iterator<Item = &str> {
    let known = fields::all().map(|(_, field)| field).filter(move |field| {
        field.suggested_output
            && field.source.includes(scope.source)
            && (k8smeta || field.provider != "k8smeta")
    });
    known.map(|field| field.name).chain(scope.statics.iter().map(|name| &**name))
}

/// The text without every `word`.
fn without(text: &Text, word: &str) -> Text {
    let mut text = text.clone();
    while let Some(start) = text.as_str().find(word) {
        text = text.replace(TextRange::from_usize(start, start + word.len()), &Text::new());
    }
    text
}
