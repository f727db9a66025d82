//! `required_engine_version` and `required_plugin_versions` (sheet `rules-format`, sections 6 and 7).

use super::decode::{Reading, VALIDATE, YAML_VALIDATE, number};
use super::definitions::Spot;
use crate::catalog::codes;
use crate::catalog::messages::items as say;
use crate::parse::node::YamlId;

/// The engine version of the Falco that this engine follows.
pub const ENGINE_VERSION: (u32, u32, u32) = (0, 63, 0);

pub(super) fn engine(reading: &mut Reading<'_>, id: YamlId) -> Option<Spot> {
    let key = "required_engine_version";
    let spot = reading.spot(key, "", id, reading.key_loc(id, key));
    let (text, value) = reading.text(id, key, &spot)?;
    let spot = Spot { at: reading.loc(value), ..spot };
    let text = text.as_str();
    let version = number(text).map(|minor| (0, minor, 0)).or_else(|| semver(text));
    let Some(version) = version else {
        let falco = format!(
            "Unable to parse engine version '{text}' as a semver string. Expected \"x.y.z\" semver format."
        );
        reading.error(spot.problem(
            &codes::ENGINE_VERSION,
            say::bad_engine_version(text),
            (YAML_VALIDATE, &falco),
        ));
        return Some(spot);
    };
    let (major, minor, patch) = version;
    if major != ENGINE_VERSION.0 || (minor, patch) > (ENGINE_VERSION.1, ENGINE_VERSION.2) {
        let wanted = format!("{major}.{minor}.{patch}");
        let ours = format!("{}.{}.{}", ENGINE_VERSION.0, ENGINE_VERSION.1, ENGINE_VERSION.2);
        let falco = format!("Rules require engine version {wanted}, but engine version is {ours}");
        let message = say::newer_engine(&wanted, &ours);
        reading.error(spot.problem(&codes::ENGINE_VERSION, message, (VALIDATE, &falco)));
    }
    Some(spot)
}

/// `x.y.z`, with anything behind it.
fn semver(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.splitn(3, '.');
    let whole =
        |part: Option<&str>| part.filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?.parse().ok();
    let major = whole(parts.next())?;
    let minor = whole(parts.next())?;
    let rest = parts.next()?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    Some((major, minor, rest.get(..digits)?.parse().ok()?))
}

pub(super) fn plugins(reading: &mut Reading<'_>, id: YamlId) -> Option<Spot> {
    let key = "required_plugin_versions";
    let value = reading.value(id, key)?;
    let spot = reading.spot("required plugin versions", "", value, reading.key_loc(id, key));
    let Some(entries) = reading.yaml.sequence(value).map(<[YamlId]>::to_vec) else {
        let text = "Value of required_plugin_versions must be a sequence";
        reading.error(spot.problem(&codes::PLUGIN_VERSION, say::not_sequence(key), (YAML_VALIDATE, text)));
        return Some(spot);
    };
    for entry in entries {
        plugin(reading, entry, &spot)?;
    }
    Some(spot)
}

fn plugin(reading: &mut Reading<'_>, id: YamlId, outer: &Spot) -> Option<()> {
    let kind = "required plugin versions entry";
    let at = if reading.yaml.is_null(id) { outer.at } else { reading.loc(id) };
    let unnamed = Spot { at, ..reading.inner(outer, kind, "", id) };
    if reading.yaml.mapping(id).is_none() {
        let text = "Plugin version must be a mapping";
        reading.error(unnamed.problem(
            &codes::PLUGIN_VERSION,
            say::plugin_not_mapping(),
            (YAML_VALIDATE, text),
        ));
        return None;
    }
    let (name, version) = name_and_version(reading, id, &unnamed)?;
    let spot = unnamed.named(&name, at);
    let mut names = vec![name.clone()];
    let mut versions = vec![(name, version)];
    if let Some(alternatives) = reading.value(id, "alternatives") {
        let Some(entries) = reading.yaml.sequence(alternatives).map(<[YamlId]>::to_vec) else {
            let text = "Value of plugin version alternatives must be a sequence";
            reading.error(spot.problem(
                &codes::PLUGIN_VERSION,
                say::not_sequence("alternatives"),
                (YAML_VALIDATE, text),
            ));
            return None;
        };
        for entry in entries {
            let inner = reading.inner(&spot, "required plugin versions alternative", "", entry);
            if reading.yaml.mapping(entry).is_none() {
                let text = "Plugin version alternative must be a mapping";
                reading.error(inner.problem(
                    &codes::PLUGIN_VERSION,
                    say::plugin_not_mapping(),
                    (YAML_VALIDATE, text),
                ));
                return None;
            }
            versions.push(name_and_version(reading, entry, &inner)?);
        }
    }
    for (at, (name, version)) in versions.iter().enumerate() {
        if semver(version).is_none() {
            let text = format!("Invalid required version '{version}' for plugin '{name}'");
            let message = say::bad_plugin_version(version, name);
            reading.error(spot.problem(&codes::PLUGIN_VERSION, message, (VALIDATE, &text)));
            return None;
        }
        if at > 0 && names.contains(name) {
            let text = format!("Defined multiple alternative version requirements for plugin '{name}'");
            reading.error(spot.problem(&codes::PLUGIN_VERSION, say::plugin_twice(name), (VALIDATE, &text)));
            return None;
        }
        names.push(name.clone());
    }
    Some(())
}

fn name_and_version(reading: &mut Reading<'_>, id: YamlId, spot: &Spot) -> Option<(String, String)> {
    let (name, _) = reading.text(id, "name", spot)?;
    let named = spot.named(name.as_str(), spot.at);
    let (version, _) = reading.text(id, "version", &named)?;
    Some((name.as_str().to_owned(), version.as_str().to_owned()))
}
