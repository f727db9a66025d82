//! Parts of the grid as markup. Thousands of cells come and go while scrolling; made one by one as views they would
//! stutter.

use crate::{
    i18n::{Lang, Text, number},
    panels::chip::{priority_class, priority_letters},
    results::Results,
};
use engine::report::{Outcome, Status};
use std::fmt::Write;
use std::ops::Range;

/// Columns that come and go together; parts of the grid begin at multiples of it.
pub(crate) const CHUNK: usize = 4;

/// What the grid shows.
pub(crate) struct Shown<'a> {
    pub(crate) results: &'a Results,
    pub(crate) lang: Lang,
    /// Positions of the events, as filtered.
    pub(crate) events: &'a [u32],
    /// Positions of the rules.
    pub(crate) rules: &'a [u32],
    /// Rules are rows and events columns.
    pub(crate) swapped: bool,
}

/// A cell or a heading, by row and column of the grid.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Part {
    pub(crate) rows: Range<usize>,
    pub(crate) columns: Range<usize>,
}

impl Part {
    /// A part that overlaps another one in both directions, so that it can be made from it.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let both = |a: &Range<usize>, b: &Range<usize>| a.start.max(b.start) < a.end.min(b.end);
        both(&self.rows, &other.rows) && both(&self.columns, &other.columns)
    }
}

/// What a rule says about an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cell {
    Match,
    /// It matches, and Falco stops at an earlier rule.
    Hidden,
    Suppressed,
    Undecided,
    None,
    NotRunning,
}

impl Cell {
    const fn look(self) -> (&'static str, &'static str, Text) {
        match self {
            Self::Match => ("●", "matching", Text::MatchingLong),
            Self::Hidden => ("◌", "matching", Text::MatchingHidden),
            Self::Suppressed => ("⊘", "suppressed", Text::SuppressedLong),
            Self::Undecided => ("◐", "undecided", Text::UndecidedLong),
            Self::None => ("○", "silent", Text::NoMatchLong),
            Self::NotRunning => ("–", "off", Text::GridNotRunning),
        }
    }
}

impl Shown<'_> {
    /// Numbers of rows and columns.
    pub(crate) fn size(&self) -> (usize, usize) {
        if self.swapped {
            (self.rules.len(), self.events.len())
        } else {
            (self.events.len(), self.rules.len())
        }
    }

    /// The event and the rule of a cell.
    pub(crate) fn at(&self, row: usize, column: usize) -> Option<(u32, u32)> {
        let (event, rule) = if self.swapped { (column, row) } else { (row, column) };
        Some((*self.events.get(event)?, *self.rules.get(rule)?))
    }

    /// Row and column of an event and a rule.
    pub(crate) fn find(&self, event: u32, rule: u32) -> Option<(usize, usize)> {
        let event = self.events.iter().position(|at| *at == event)?;
        let rule = self.rules.iter().position(|at| *at == rule)?;
        Some(if self.swapped { (rule, event) } else { (event, rule) })
    }

    fn cell(&self, event: u32, rule: u32) -> Cell {
        let results = self.results;
        let hits = results.verdicts.get(event as usize).map_or(&[][..], Vec::as_slice);
        let hit = hits.binary_search_by_key(&rule, |hit| hit.rule).ok().and_then(|at| hits.get(at));
        match hit.map(|hit| hit.outcome) {
            Some(Outcome::Matches) if results.stops_at(hits, rule).is_some() => Cell::Hidden,
            Some(Outcome::Matches) => Cell::Match,
            Some(Outcome::Suppressed { .. }) => Cell::Suppressed,
            Some(Outcome::Undecided(_)) => Cell::Undecided,
            None => match results.rules.get(rule as usize) {
                Some(rule) if rule.undecided.contains(event) => Cell::Undecided,
                Some(rule) if rule.status != Status::Active => Cell::NotRunning,
                _ => Cell::None,
            },
        }
    }

    /// The row of headings, for a range of columns.
    pub(crate) fn head(&self, columns: &Range<usize>) -> String {
        let corner = Text::GridLabel.in_lang(self.lang);
        let mut out = format!(
            "<div class=\"grid-head\" role=\"row\" aria-rowindex=\"1\"><div class=\"grid-corner\" role=\"columnheader\" \
             aria-colindex=\"1\"><span class=\"quiet\">{corner}</span></div><div class=\"grid-gap\"></div>"
        );
        out.push_str(&self.chunks(None, columns));
        out.push_str("</div>");
        out
    }

    /// Some rows, for a range of columns.
    pub(crate) fn rows(&self, rows: &Range<usize>, columns: &Range<usize>) -> String {
        let mut out = String::with_capacity(rows.len() * (columns.len() * 130 + 400));
        for row in rows.clone() {
            let _ = write!(
                out,
                "<div class=\"grid-row\" role=\"row\" aria-rowindex=\"{}\"><div class=\"grid-name\" role=\"rowheader\" \
                 aria-colindex=\"1\" data-row=\"{row}\">",
                row + 2
            );
            self.heading(row, self.swapped, &mut out);
            out.push_str("</div><div class=\"grid-gap\"></div>");
            out.push_str(&self.chunks(Some(row), columns));
            out.push_str("</div>");
        }
        out
    }

    /// The cells of a row, or the headings, of a range of columns that begins with a chunk.
    pub(crate) fn chunks(&self, row: Option<usize>, columns: &Range<usize>) -> String {
        let mut out = String::new();
        for first in columns.clone().step_by(CHUNK) {
            out.push_str("<div class=\"grid-chunk\" role=\"presentation\">");
            for column in first..(first + CHUNK).min(columns.end) {
                match row {
                    Some(row) => self.cell_at(row, column, &mut out),
                    None => self.column_head(column, &mut out),
                }
            }
            out.push_str("</div>");
        }
        out
    }

    fn column_head(&self, column: usize, out: &mut String) {
        let _ = write!(
            out,
            "<div class=\"grid-column\" role=\"columnheader\" aria-colindex=\"{}\" data-column=\"{column}\">",
            column + 2
        );
        self.heading(column, !self.swapped, out);
        out.push_str("</div>");
    }

    fn cell_at(&self, row: usize, column: usize, out: &mut String) {
        let Some((event, rule)) = self.at(row, column) else { return };
        let (sign, class, words) = self.cell(event, rule).look();
        let _ = write!(
            out,
            "<div id=\"cell-{row}-{column}\" class=\"grid-cell {class}\" role=\"gridcell\" aria-colindex=\"{}\" \
             data-row=\"{row}\" data-column=\"{column}\" aria-label=\"{}\">{sign}</div>",
            column + 2,
            words.in_lang(self.lang)
        );
    }

    fn heading(&self, at: usize, is_rule: bool, out: &mut String) {
        if is_rule {
            self.rule_heading(at, out);
        } else {
            self.event_heading(at, out);
        }
    }

    fn rule_heading(&self, at: usize, out: &mut String) {
        let rule = self.rules.get(at).and_then(|rule| self.results.rules.get(*rule as usize));
        let Some(rule) = rule else { return };
        let name = escaped(&rule.name);
        let off = super::rules::status_word(rule.status)
            .map_or(String::new(), |text| format!(" ({})", text.in_lang(self.lang)));
        let _ = write!(
            out,
            "<span class=\"grid-priority {}\" title=\"{}\" aria-hidden=\"true\">{}</span><span class=\"grid-label\" \
             title=\"{name}{off}\">{name}<span class=\"quiet\">{off}</span></span>",
            priority_class(rule.priority),
            rule.priority.name(),
            priority_letters(rule.priority)
        );
        self.counts([rule.matched as usize, rule.suppressed as usize, rule.undecided.len()], out);
    }

    fn event_heading(&self, at: usize, out: &mut String) {
        let Some(event) = self.events.get(at) else { return };
        let Some(summary) = self.results.events.get(*event as usize) else { return };
        let hits = self.results.verdicts.get(*event as usize).map_or(&[][..], Vec::as_slice);
        let matched = hits.iter().filter(|hit| hit.outcome == Outcome::Matches).count();
        let title = escaped(if summary.name.is_empty() { &summary.summary } else { &summary.name });
        let _ = write!(
            out,
            "<span class=\"grid-number\">{}</span><span class=\"grid-label\" title=\"{title}\">{title}</span>",
            summary.number
        );
        self.counts([matched, hits.len() - matched, self.results.undecided_count(*event)], out);
    }

    fn counts(&self, [matched, suppressed, undecided]: [usize; 3], out: &mut String) {
        for (count, class, words) in [
            (matched, "matching", Text::Matching),
            (suppressed, "suppressed", Text::Suppressed),
            (undecided, "undecided", Text::Undecided),
        ] {
            if count > 0 {
                let _ = write!(
                    out,
                    "<span class=\"grid-count {class}\">{}<span class=\"quiet\"> {}</span></span>",
                    number(count),
                    words.in_lang(self.lang)
                );
            }
        }
    }
}

/// Text that may stand in markup, in attributes too.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_users_write_is_no_markup() {
        assert_eq!(
            escaped("<img src=x onerror=\"a&b\">日"),
            "&lt;img src=x onerror=&quot;a&amp;b&quot;&gt;日"
        );
    }

    #[test]
    fn parts_overlap_only_in_both_directions() {
        let part = Part { rows: 10..40, columns: 0..8 };
        assert!(part.overlaps(&Part { rows: 39..60, columns: 0..16 }));
        assert!(!part.overlaps(&Part { rows: 40..60, columns: 0..16 }));
        assert!(!part.overlaps(&Part { rows: 10..40, columns: 8..16 }));
    }
}
