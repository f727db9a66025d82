//! A tag that looks like a technique of MITRE ATT&CK and is none.

pub(super) use crate::catalog::codes::UNKNOWN_TECHNIQUE as CODE;

use super::Context;
use crate::catalog::messages::lints as say;
use crate::text::{Applicability, Diagnostic, Fix};

/// Numbers up to the newest technique that are none of the enterprise matrix, first and last of each run, as of version 18 of
/// ATT&CK. They are not given out later: what was withdrawn keeps its number, and the others belong to other matrices.
static GAPS: &[(u16, u16)] = &[
    (0, 799),
    (900, 1000),
    (1224, 1479),
    (1481, 1481),
    (1507, 1513),
    (1515, 1517),
    (1520, 1521),
    (1523, 1524),
    (1532, 1533),
    (1540, 1541),
    (1544, 1545),
    (1549, 1549),
    (1551, 1551),
    (1575, 1577),
    (1579, 1579),
    (1581, 1582),
    (1603, 1605),
    (1607, 1607),
    (1616, 1618),
    (1623, 1646),
    (1655, 1655),
    (1658, 1658),
    (1660, 1664),
    (1670, 1670),
    (1676, 1676),
    // Far above all that there is.
    (2000, 9999),
];

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for rule in &context.ruleset.rules {
        for tag in &rule.tags {
            let Some((number, sub)) = parts(tag) else { continue };
            let meant = technique(number, sub);
            if meant.as_ref() == Some(tag) {
                continue;
            }
            // A tag that another item added is found at the rule itself.
            let written = context.tag(rule.name_at, tag);
            let at = written.unwrap_or(rule.name_at);
            let mut problem = Diagnostic::new(&CODE, at, say::unknown_technique(tag));
            if let Some(meant) = meant {
                problem = problem.note(say::technique_form());
                let title = say::replace_tag(meant.as_str());
                problem.fixes.extend(written.map(|at| Fix::replace(title, at, meant, Applicability::Unsafe)));
            }
            out.push(problem);
        }
    }
}

/// The digits of the technique and, behind a dot, of the sub-technique; `None` for what is no tag of that kind.
fn parts(tag: &str) -> Option<(&str, Option<&str>)> {
    let rest = tag.strip_prefix(['T', 't'])?;
    let (number, sub) = rest.split_once('.').map_or((rest, None), |(number, sub)| (number, Some(sub)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (number.len() == 4 && digits(number) && sub.is_none_or(digits)).then_some((number, sub))
}

/// The technique of these numbers as it is written; `None` if there can be none.
fn technique(number: &str, sub: Option<&str>) -> Option<String> {
    let value: u16 = number.parse().ok()?;
    if GAPS.iter().any(|(first, last)| (*first..=*last).contains(&value)) {
        return None;
    }
    let Some(sub) = sub else { return Some(format!("T{number}")) };
    let sub = sub.parse().ok().filter(|sub| (1..100_u16).contains(sub))?;
    Some(format!("T{number}.{sub:03}"))
}
