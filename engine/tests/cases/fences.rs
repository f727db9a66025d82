//! Markdown taken apart into lines of prose and fences, and put together again.

/// A piece of a Markdown file.
pub(crate) enum Part {
    /// A line outside fences.
    Prose(String),
    /// A fence: what stands behind the backquotes, and the lines in it.
    Fence { info: String, body: String },
}

pub(crate) fn read(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        match line.strip_prefix("```") {
            None => parts.push(Part::Prose(line.to_owned())),
            Some(info) => {
                let mut body = String::new();
                for line in lines.by_ref().take_while(|line| *line != "```") {
                    body += line;
                    body += "\n";
                }
                parts.push(Part::Fence { info: info.to_owned(), body });
            }
        }
    }
    parts
}

pub(crate) fn write(parts: &[Part]) -> String {
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Prose(line) => out.extend([line, "\n"]),
            Part::Fence { info, body } => out.extend(["```", info, "\n", body, "```\n"]),
        }
    }
    out
}

impl Part {
    /// The body of a fence whose first word is `kind`, and the rest of its info.
    pub(crate) fn fence(&self, kind: &str) -> Option<(&str, &str)> {
        let Self::Fence { info, body } = self else { return None };
        let (word, rest) = info.split_once(' ').unwrap_or((info, ""));
        (word == kind).then_some((rest, body.as_str()))
    }
}
