//! The expectation `rule NAME`: the rule as it is in the end, and where each part comes from.

use engine::Session;
use engine::report::{DecidingField, FileId, KeyChange, Piece, PieceKind, Place};
use std::fmt::Write as _;

/// The rule as text.
pub(crate) fn rule(session: &mut Session, name: &str) -> String {
    let rule = session.rule(name).expect("a rule");
    let place = |at: &Place| match at.file {
        FileId::Rules(file) => format!("{}:{}", file + 1, at.start.line),
        _ => "elsewhere".to_owned(),
    };
    let mut out = format!("desc {:?}\n", rule.desc);
    for (number, part) in rule.parts.iter().enumerate() {
        let keys: Vec<_> = part
            .keys
            .iter()
            .map(|(key, how, at)| {
                let how = match how {
                    KeyChange::Defines => "",
                    KeyChange::Replaces => " replaced",
                    KeyChange::Appends => " appended",
                };
                format!("{key}{how} @{}", at.start.line)
            })
            .collect();
        writeln!(out, "part {} @{}: {}", number + 1, place(&part.at), keys.join(", ")).unwrap();
    }
    let pieces = |title: &str, pieces: &[Piece], out: &mut String| {
        for piece in pieces {
            let kind = match piece.kind {
                PieceKind::Written => "",
                PieceKind::Items => " items",
                PieceKind::Glue => " glue",
            };
            let part = piece.part.map_or_else(|| "-".to_owned(), |part| (part + 1).to_string());
            writeln!(out, "{title} {part}{kind} @{}: {:?}", place(&piece.at), piece.text).unwrap();
        }
    };
    pieces("condition", &rule.condition, &mut out);
    pieces("output", &rule.output, &mut out);
    for list in &rule.lists {
        writeln!(out, "list {} @{}: {}", list.name, place(&list.at), list.items.join(" ")).unwrap();
    }
    match &rule.event_types {
        Some(types) if types.len() <= 40 => writeln!(out, "event types {}", types.join(" ")).unwrap(),
        Some(types) => writeln!(out, "event types: {} of them", types.len()).unwrap(),
        None => out += "event types: all\n",
    }
    if let Some(at) = &rule.open_branch {
        writeln!(out, "open branch @{}:{}", at.start.line, at.start.column).unwrap();
    }
    for (event, check) in &rule.near_misses {
        writeln!(out, "near miss {}: {check}", event + 1).unwrap();
    }
    let of = if rule.deciding.of_alerts { "alerts" } else { "events" };
    for field in &rule.deciding.fields {
        let DecidingField { field, needed, alone, together } = field;
        let open = rule.deciding.events;
        writeln!(
            out,
            "decides {field}: alone {alone}, with those before {together}, needed by {needed} of {open} {of}"
        )
        .unwrap();
    }
    out
}
