//! Diagnostics for people, with an excerpt of the file, and for programs, as JSON.

use annotate_snippets::{AnnotationKind, Level, Patch, Renderer, Snippet};
use engine::config;
use engine::text::{Diagnostic, Lang, LineIndex, Loc, Severity, Source, SourceId, Span};
use serde_json::{Value, json};
use std::io::IsTerminal;

/// The files that diagnostics point into.
pub(crate) struct Files<'a> {
    sources: Vec<&'a Source>,
    /// Number of sources without the configuration, which is the last.
    others: usize,
    lines: Vec<LineIndex>,
    lang: Lang,
}

/// Longer excerpts show their first lines.
const MAX_LINES: u32 = 12;

impl<'a> Files<'a> {
    /// The files by the position that a place has for them, and the configuration.
    pub(crate) fn new(
        sources: impl IntoIterator<Item = &'a Source>,
        config: Option<&'a Source>,
        lang: Lang,
    ) -> Self {
        let mut sources: Vec<&Source> = sources.into_iter().collect();
        let others = sources.len();
        sources.extend(config);
        let lines = sources.iter().map(|source| LineIndex::new(&source.text)).collect();
        Self { sources, others, lines, lang }
    }

    /// Where a source stands in `sources`.
    fn index(&self, source: SourceId) -> usize {
        if source == config::SOURCE { self.others } else { source.index() }
    }

    /// For people: what rustc would print.
    pub(crate) fn human(&self, diagnostic: &Diagnostic) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Hint => Level::INFO.with_name(Some("hint")),
        };
        let title = level.primary_title(diagnostic.message.text(self.lang)).id(diagnostic.code.name);
        let mut groups = Vec::new();
        let mut main = match self.excerpt(diagnostic.at) {
            None => annotate_snippets::Group::with_title(title),
            Some(excerpt) => {
                let (snippet, span) = excerpt.snippet();
                title.element(snippet.annotation(AnnotationKind::Primary.span(span)))
            }
        };
        for related in &diagnostic.related {
            if let Some(excerpt) = self.excerpt(related.at) {
                let (snippet, span) = excerpt.snippet();
                let label = related.message.text(self.lang);
                main = main.element(snippet.annotation(AnnotationKind::Context.span(span).label(label)));
            }
        }
        for note in &diagnostic.notes {
            main = main.element(Level::NOTE.message(note.text(self.lang)));
        }
        if let Some(falco) = &diagnostic.falco {
            main = main.element(
                Level::NOTE
                    .with_name(Some(if falco.printed { "falco" } else { "falco, later" }))
                    .message(format!("{}: {}", falco.code, falco.text)),
            );
        }
        groups.push(main);
        for fix in &diagnostic.fixes {
            let title = Level::HELP.secondary_title(fix.title.text(self.lang));
            let [edit] = fix.edits.as_slice() else {
                groups.push(annotate_snippets::Group::with_title(title));
                continue;
            };
            if let Some(excerpt) = self.excerpt(edit.at) {
                let (snippet, span) = excerpt.patched();
                groups.push(title.element(snippet.patch(Patch::new(span, edit.insert.clone()))));
            }
        }
        let renderer = if std::io::stdout().is_terminal() { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&groups)
    }

    /// For programs.
    pub(crate) fn json(&self, diagnostic: &Diagnostic) -> Value {
        let text = |message: &engine::text::Message| message.text(self.lang);
        let place = self.place(diagnostic.at);
        let edits = |fix: &engine::text::Fix| {
            let edits = fix.edits.iter().map(|edit| {
                let mut place = self.place(edit.at);
                place["insert"] = edit.insert.clone().into();
                place
            });
            edits.collect::<Vec<_>>()
        };
        json!({
            "file": place["file"],
            "line": place["line"],
            "column": place["column"],
            "span": place["span"],
            "severity": severity(diagnostic.severity),
            "code": diagnostic.code.name,
            "falco": diagnostic.falco.as_ref().map(|falco| json!({"code": falco.code, "text": falco.text, "printed": falco.printed})),
            "message": text(&diagnostic.message),
            "notes": diagnostic.notes.iter().map(text).collect::<Vec<_>>(),
            "related": diagnostic.related.iter().map(|related| {
                let mut place = self.place(related.at);
                place["message"] = text(&related.message).into();
                place
            }).collect::<Vec<_>>(),
            "fixes": diagnostic.fixes.iter().map(|fix| json!({
                "title": text(&fix.title),
                "applicability": fix.applicability,
                "edits": edits(fix),
            })).collect::<Vec<_>>(),
        })
    }

    fn place(&self, at: Loc) -> Value {
        let index = self.index(at.source);
        let start = self.lines.get(index).map(|lines| lines.line_column(at.span.start));
        json!({
            "file": self.sources.get(index).map(|source| &source.name),
            "line": start.map(|start| start.line),
            "column": start.map(|start| start.column),
            "span": {"start": at.span.start, "end": at.span.end},
        })
    }

    /// The lines around a place: enough for a look, however large the file is.
    fn excerpt(&self, at: Loc) -> Option<Excerpt<'a>> {
        let index = self.index(at.source);
        let source = *self.sources.get(index)?;
        let lines = self.lines.get(index)?;
        let first = lines.line(at.span.start);
        let last = lines.line(at.span.end.saturating_sub(1).max(at.span.start)).min(first + MAX_LINES - 1);
        let start = lines.line_start(first);
        let next = lines.line_start(last + 1);
        let end = if next > lines.line_start(last) { next } else { source.text.len() as u32 };
        let text = Span::new(start, end).slice(&source.text).trim_end_matches(['\r', '\n']);
        let inside = |offset: u32| (offset.saturating_sub(start) as usize).min(text.len());
        Some(Excerpt {
            name: &source.name,
            text,
            line: first as usize + 1,
            from: inside(at.span.start),
            to: inside(at.span.end),
        })
    }
}

struct Excerpt<'a> {
    name: &'a str,
    text: &'a str,
    line: usize,
    from: usize,
    to: usize,
}

impl<'a> Excerpt<'a> {
    fn snippet(&self) -> (Snippet<'a, annotate_snippets::Annotation<'a>>, std::ops::Range<usize>) {
        (Snippet::source(self.text).path(self.name).line_start(self.line), self.from..self.to)
    }

    fn patched(&self) -> (Snippet<'a, Patch<'a>>, std::ops::Range<usize>) {
        (Snippet::source(self.text).path(self.name).line_start(self.line), self.from..self.to)
    }
}

/// The word for a severity.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}
