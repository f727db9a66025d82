//! Tags that name something of MITRE ATT&CK or a benchmark, and where that is described.

/// The tactics of the enterprise matrix: as tags write them (`mitre_…`), and their number (`TA…`).
pub const TACTICS: [(&str, &str); 14] = [
    ("mitre_reconnaissance", "0043"),
    ("mitre_resource_development", "0042"),
    ("mitre_initial_access", "0001"),
    ("mitre_execution", "0002"),
    ("mitre_persistence", "0003"),
    ("mitre_privilege_escalation", "0004"),
    ("mitre_defense_evasion", "0005"),
    ("mitre_credential_access", "0006"),
    ("mitre_discovery", "0007"),
    ("mitre_lateral_movement", "0008"),
    ("mitre_collection", "0009"),
    ("mitre_command_and_control", "0011"),
    ("mitre_exfiltration", "0010"),
    ("mitre_impact", "0040"),
];

/// The page that describes what a tag names, if it names such a thing: a tactic, a technique (`T1059`, `T1059.004`) or the
/// CIS benchmarks.
pub fn page(tag: &str) -> Option<String> {
    if let Some((_, number)) = TACTICS.iter().find(|(name, _)| *name == tag) {
        return Some(format!("https://attack.mitre.org/tactics/TA{number}/"));
    }
    if let Some((technique, sub)) = technique(tag) {
        let sub = sub.map_or_else(String::new, |sub| format!("{sub}/"));
        return Some(format!("https://attack.mitre.org/techniques/T{technique}/{sub}"));
    }
    let is_cis = tag.eq_ignore_ascii_case("cis") || tag.to_ascii_lowercase().starts_with("cis_");
    is_cis.then(|| "https://www.cisecurity.org/cis-benchmarks".to_owned())
}

/// The digits of a technique and of its part.
fn technique(tag: &str) -> Option<(&str, Option<&str>)> {
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let rest = tag.strip_prefix('T')?;
    let (number, sub) = match rest.split_once('.') {
        Some((number, sub)) => (number, Some(sub)),
        None => (rest, None),
    };
    (digits(number, 4) && sub.is_none_or(|sub| digits(sub, 3))).then_some((number, sub))
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn tags_that_name_something_lead_to_it() {
        let to = |tag| page(tag).unwrap_or_default();
        assert_eq!(to("mitre_execution"), "https://attack.mitre.org/tactics/TA0002/");
        assert_eq!(to("T1059"), "https://attack.mitre.org/techniques/T1059/");
        assert_eq!(to("T1059.004"), "https://attack.mitre.org/techniques/T1059/004/");
        assert_eq!(to("CIS"), "https://www.cisecurity.org/cis-benchmarks");
        for tag in ["T105", "T1059.4", "mitre_", "container", "Tests", "circus"] {
            assert_eq!(page(tag), None, "{tag}");
        }
    }
}
