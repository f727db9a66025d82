//! The address of a webhook in a rules file: whoever has it can write to the channel.

pub(super) use crate::catalog::codes::WEBHOOK_URL as CODE;

use super::Context;
use crate::catalog::messages::lints as say;
use crate::text::{Diagnostic, Loc, SourceId, Span};

/// What such addresses begin with; the secret follows.
const HOOKS: [&str; 4] = [
    "https://hooks.slack.com/services/",
    "https://discord.com/api/webhooks/",
    "https://discordapp.com/api/webhooks/",
    "https://outlook.office.com/webhook/",
];

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (number, file) in context.files.iter().enumerate() {
        for (start, hook) in HOOKS.iter().flat_map(|hook| file.text.match_indices(hook)) {
            let rest = file.text.get(start + hook.len()..).unwrap_or_default();
            let secret = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | ')' | ']'));
            let end = start + hook.len() + secret.unwrap_or(rest.len());
            // Without a secret behind it, it is only the address of the service.
            let (Ok(from), Ok(to)) = (u32::try_from(start), u32::try_from(end)) else { continue };
            if end == start + hook.len() {
                continue;
            }
            let at = Loc { source: SourceId::new(number), span: Span { start: from, end: to } };
            out.push(Diagnostic::new(&CODE, at, say::webhook_url()).note(say::keep_secrets_out()));
        }
    }
}
