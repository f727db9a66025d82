//! Seeds for the fuzz targets: the examples of the pages of problems, the case files and the examples of the page, cut into what
//! a target reads.

use crate::exec::{Project, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// As the checks of the engine have it: what stands between the files of one input.
const BETWEEN_FILES: &str = "\n====\n";

/// Seeds are no longer; the smaller an input, the more often it can be tried.
const MOST_BYTES: usize = 2048;

/// As the checks have it: what a configuration begins with.
const CONFIG: &str = "# falco.yaml\n";

/// Texts that belong together: rules files, perhaps a configuration, and events.
#[derive(Default)]
struct Group {
    rules: Vec<String>,
    config: Option<String>,
    events: String,
}

/// Writes the seeds of a target into a folder.
pub(crate) fn write(project: &Project, target: &str, into: &Path) -> Result<()> {
    let mut seeds: Vec<String> = groups(project)?.iter().flat_map(|group| group.seeds(target)).collect();
    seeds.iter_mut().for_each(cut);
    seeds.retain(|seed| !seed.trim().is_empty());
    seeds.sort();
    seeds.dedup();
    for (number, seed) in seeds.iter().enumerate() {
        let path = into.join(number.to_string());
        fs::write(&path, seed).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    println!("{} seeds.", seeds.len());
    Ok(())
}

/// Leaves out the lines that are too many.
fn cut(seed: &mut String) {
    let fits = |end: &usize| *end <= MOST_BYTES;
    let ends = seed.match_indices('\n').map(|(at, _)| at + 1).chain([seed.len()]);
    let end = ends.take_while(fits).last().unwrap_or(0);
    seed.truncate(end);
}

impl Group {
    fn seeds(&self, target: &str) -> Vec<String> {
        match target {
            "conditions" => self.rules.iter().flat_map(|text| conditions(text)).collect(),
            "events" => vec![self.events.clone()],
            "editor" => self.rules.clone(),
            "fixes" => {
                let events = if self.events.is_empty() { "- {evt.type: execve}\n" } else { &self.events };
                let together = |rules: &String| self.with_config([rules.clone()]) + BETWEEN_FILES + events;
                self.rules.iter().map(together).collect()
            }
            _ => vec![self.with_config(self.rules.iter().cloned())],
        }
    }

    fn with_config(&self, rules: impl IntoIterator<Item = String>) -> String {
        let config = self.config.iter().map(|text| format!("{CONFIG}{text}"));
        rules.into_iter().chain(config).collect::<Vec<_>>().join(BETWEEN_FILES)
    }
}

fn groups(project: &Project) -> Result<Vec<Group>> {
    let mut groups = Vec::new();
    for folder in ["engine/codes", "engine/tests/cases"] {
        for path in sorted(&project.path(folder))?.iter().filter(|path| has_extension(path, "md")) {
            groups.extend(of_page(&read(path)?));
        }
    }
    for example in sorted(&project.path("web/examples"))?.iter().filter(|path| path.is_dir()) {
        let mut group = Group::default();
        for path in sorted(example)?.iter().filter(|path| has_extension(path, "yaml")) {
            match path.file_name().and_then(|name| name.to_str()) {
                Some("example.yaml") => {}
                Some("events.yaml") => group.events = read(path)?,
                Some("falco.yaml") => group.config = Some(read(path)?),
                _ => group.rules.push(read(path)?),
            }
        }
        groups.push(group);
    }
    Ok(groups)
}

/// The fences of each section of a Markdown page.
fn of_page(text: &str) -> Vec<Group> {
    let mut groups = vec![Group::default()];
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("## ") {
            groups.push(Group::default());
        }
        let (Some(info), Some(group)) = (line.strip_prefix("```"), groups.last_mut()) else { continue };
        let body = lines.by_ref().take_while(|line| *line != "```");
        // Carets say what is wrong; they are not part of the file.
        let body = body.filter(|line| !(line.trim_start().starts_with('#') && line.contains('^')));
        let body: String = body.flat_map(|line| [line, "\n"]).collect();
        match info.split_once(' ').unwrap_or((info, "")) {
            ("yaml", "events") | ("events", _) => group.events = body,
            ("yaml", "falco.yaml") => group.config = Some(body),
            ("yaml", _) => group.rules.push(body),
            _ => {}
        }
    }
    groups
}

/// The conditions of a rules file: what stands behind the key, on its line or indented below it.
fn conditions(rules: &str) -> Vec<String> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut found = Vec::new();
    let mut lines = rules.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(first) = line.trim_start().strip_prefix("condition:") else { continue };
        let mut condition = first.trim().trim_start_matches(['>', '|', '-', '+']).to_owned();
        while let Some(more) = lines.next_if(|more| more.trim().is_empty() || indent(more) > indent(line)) {
            condition.push('\n');
            condition.push_str(more.trim());
        }
        found.push(condition.trim().to_owned());
    }
    found
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    Ok(paths)
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gives_files_that_belong_together() {
        let page = "# A\n\n## Bad\n\n```yaml a.yaml\n- macro: m\n  condition: >\n    a.b = 1\n    and c.d = 2\n  #   ^^^ error[unknown-field]: x\n```\n```yaml\n- list: l\n```\n```events\n- {}\n```\n## Good\n\n```yaml falco.yaml\nrules: []\n```\n```yaml events\n- {a: b}\n```\n";
        let groups = of_page(page);
        let rules = groups[1].seeds("rules");
        assert_eq!(rules, ["- macro: m\n  condition: >\n    a.b = 1\n    and c.d = 2\n\n====\n- list: l\n"]);
        assert_eq!(groups[1].seeds("conditions"), ["a.b = 1\nand c.d = 2"]);
        assert_eq!(groups[1].seeds("fixes").len(), 2);
        assert_eq!(groups[2].seeds("events"), ["- {a: b}\n"]);
        assert_eq!(groups[2].seeds("rules"), ["# falco.yaml\nrules: []\n"]);
    }
}
