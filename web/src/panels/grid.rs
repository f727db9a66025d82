//! Rules and events at a glance: one cell for each rule and event. Only what is seen is made.

use super::{
    grid_draw,
    grid_window::{CHUNK, Part, Shown},
};
use crate::{
    actions,
    i18n::Text,
    results::Results,
    state::{Region, State},
    told::Told,
    widgets::{
        button::{icon_button, toggle},
        erase::{effect, flag, maybe, on, text, with},
        icon::SWAP,
        window::follow_size,
    },
};
use leptos::{html, prelude::*};
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent};

/// Pixels of a column whose heading has room for several lines.
const WIDE: f64 = 60.0;

/// Rows that are made beyond what is seen, on each side; of columns it is a chunk.
const SPARE: usize = 8;

/// The grid of the events in `listed`.
pub(crate) fn grid(state: State, listed: Memo<Vec<u32>>) -> AnyView {
    let only_telling = RwSignal::new(false);
    let rules = Memo::new(move |_| {
        state.results.with(|results| {
            let telling = |at: &u32| {
                let rule = results.rules.get(*at as usize);
                !only_telling.get() || rule.is_some_and(Results::speaks)
            };
            (0..results.rule_count() as u32).filter(telling).collect::<Vec<_>>()
        })
    });
    let grid = Grid {
        state,
        listed,
        rules,
        swapped: RwSignal::new(false),
        node: NodeRef::new(),
        space: NodeRef::new(),
        seen: RwSignal::new(Part::default()),
        made: StoredValue::new(Part::default()),
        active: RwSignal::new((0, 0)),
    };
    follow_size(grid.node, move || {
        grid.fit();
        grid.measure();
    });
    grid.keep_drawn();
    grid.follow_selection();
    let quiet = state.t(Text::GridQuiet);
    view! {
        <div class="grid-frame">
            <div class="grid-tools">
                {toggle("", quiet, move || only_telling.get(), view! { <span>{quiet}</span> }.into_any(), move || {
                    only_telling.update(|only| *only = !*only);
                })}
                {icon_button(state.t(Text::GridSwap), SWAP, move || grid.swapped.update(|swapped| *swapped = !*swapped))}
                <p class="muted grid-hint">{state.t(Text::GridHint)}</p>
            </div>
            {grid.view()}
        </div>
    }
    .into_any()
}

/// The signals of a grid; copied freely.
#[derive(Clone, Copy)]
struct Grid {
    state: State,
    /// The events, as filtered.
    listed: Memo<Vec<u32>>,
    rules: Memo<Vec<u32>>,
    /// Rules are rows and events columns.
    swapped: RwSignal<bool>,
    /// The scrolling element, and what is in it.
    node: NodeRef<html::Div>,
    space: NodeRef<html::Div>,
    /// What is seen, and what is made: somewhat more.
    seen: RwSignal<Part>,
    made: StoredValue<Part>,
    /// Row and column of the current cell.
    active: RwSignal<(usize, usize)>,
}

impl Grid {
    fn look<T>(self, act: impl FnOnce(&Shown<'_>) -> T) -> T {
        let Self { state, listed, rules, swapped, .. } = self;
        state.results.with(|results| {
            listed.with(|events| {
                rules.with(|rules| {
                    act(&Shown { results, lang: state.lang.get(), events, rules, swapped: swapped.get() })
                })
            })
        })
    }

    fn look_untracked<T>(self, act: impl FnOnce(&Shown<'_>) -> T) -> T {
        untrack(|| self.look(act))
    }

    /// Numbers of rows and columns.
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method's path fits one lifetime only")]
    fn size(self) -> (usize, usize) {
        self.look(|shown| shown.size())
    }

    /// Few columns, and then the names of the rows, get as much room as there is, so that they can be read.
    #[expect(clippy::cast_precision_loss, reason = "grids are smaller than 2⁵²")]
    fn fit(self) {
        let Some(node) = self.node.get_untracked() else { return };
        let columns = untrack(|| self.size()).1.max(1);
        let read = |name| pixels(&node, name).unwrap_or(0.0);
        let (columns, width) = (columns as f64, f64::from(node.client_width()));
        let (names, least) = (read("--least-names"), read("--least"));
        let cell = ((width - names) / columns).floor().min(WIDE).max(least);
        let names = (width - cell * columns).min(2.0 * names).max(names);
        let node: &HtmlElement = &node;
        for (name, pixels) in [("--cell", cell), ("--names", names)] {
            let _ = node.style().set_property(name, &format!("{pixels}px"));
        }
        let _ = node.class_list().toggle_with_force("roomy", cell >= WIDE);
    }

    /// Finds out what is seen.
    fn measure(self) {
        let Some(node) = self.node.get_untracked() else { return };
        let seen = seen(&node, untrack(|| self.size()));
        if self.seen.get_untracked() != seen {
            self.seen.set(seen);
        }
    }

    /// All is made anew when the results change; while scrolling, only what comes into sight.
    fn keep_drawn(self) {
        let content = Memo::new(move |before: Option<&u32>| {
            self.look(|_| ());
            before.map_or(0, |before| before + 1)
        });
        Effect::new(move |drawn: Option<u32>| {
            let content = content.get();
            let (Some(space), Some(node)) = (self.space.get(), self.node.get()) else { return content };
            let anew = drawn != Some(content);
            if anew {
                self.fit();
                self.measure();
            }
            self.draw(&space, &node, &self.seen.get(), anew);
            content
        });
    }

    fn draw(self, space: &HtmlElement, node: &HtmlElement, seen: &Part, anew: bool) {
        self.look_untracked(|shown| {
            let (rows, columns) = shown.size();
            let part = Part { rows: wider(&seen.rows, rows), columns: whole_chunks(&seen.columns, columns) };
            let made = self.made.get_value();
            if anew || !part.overlaps(&made) {
                for (name, value) in [("--rows", rows), ("--columns", columns)] {
                    let _ = node.style().set_property(name, &value.to_string());
                }
                grid_draw::make(space, shown, &part);
            } else if part != made {
                grid_draw::change(space, shown, &made, &part);
            }
            self.made.set_value(part);
        });
        mark(self.active.get_untracked(), true);
    }

    /// Selected elsewhere: the cell of that event and rule becomes the current one.
    fn follow_selection(self) {
        effect(move || {
            let explained = self.state.told.with(Told::explained);
            let chosen = self.state.selected.get().zip(explained);
            let cell = self.look(|shown| chosen.and_then(|(event, rule)| shown.find(event, rule)));
            if let Some(cell) = cell {
                self.make_current(cell);
            }
        });
    }

    fn make_current(self, cell: (usize, usize)) {
        mark(self.active.get_untracked(), false);
        mark(cell, true);
        self.active.set(cell);
    }

    fn choose(self, cell: (usize, usize)) {
        let chosen = self.look_untracked(|shown| {
            let (event, rule) = shown.at(cell.0, cell.1)?;
            Some((event, shown.results.rules.get(rule as usize)?.name.clone()))
        });
        self.make_current(cell);
        if let Some((event, rule)) = chosen {
            actions::select_cell(self.state, event, rule);
        }
    }

    /// Where a key leads to; none for a key that is not the grid's.
    fn target(self, event: &KeyboardEvent, last: (usize, usize)) -> Option<(usize, usize)> {
        let (row, column) = self.active.get_untracked();
        let page = self.seen.with_untracked(|seen| seen.rows.len().saturating_sub(2).max(1));
        let all = event.ctrl_key() || event.meta_key();
        let (row, column) = match event.key().as_str() {
            "ArrowDown" => (row + 1, column),
            "ArrowUp" => (row.saturating_sub(1), column),
            "ArrowRight" => (row, column + 1),
            "ArrowLeft" => (row, column.saturating_sub(1)),
            "PageDown" => (row + page, column),
            "PageUp" => (row.saturating_sub(page), column),
            "Home" if all => (0, 0),
            "End" if all => last,
            "Home" => (row, 0),
            "End" => (row, last.1),
            "Enter" | " " => (row, column),
            _ => return None,
        };
        Some((row.min(last.0), column.min(last.1)))
    }

    fn key(self, event: &KeyboardEvent) {
        let (rows, columns) = untrack(|| self.size());
        let Some(last) = rows.checked_sub(1).zip(columns.checked_sub(1)) else { return };
        let Some(to) = self.target(event, last) else { return };
        event.prevent_default();
        if let Some(node) = self.node.get_untracked() {
            reveal(&node, to);
            self.measure();
        }
        self.choose(to);
        if matches!(event.key().as_str(), "Enter" | " ") {
            actions::go_to_region(self.state, Region::Details);
        }
    }

    /// A cell, or a heading: then of the row or column that is the current one already.
    fn click(self, event: &MouseEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let cell = target.and_then(|target| target.closest("[data-row], [data-column]").ok().flatten());
        let Some(cell) = cell else { return };
        let read = |name: &str| cell.get_attribute(name).and_then(|at| at.parse::<usize>().ok());
        let (row, column) = self.active.get_untracked();
        self.choose((read("data-row").unwrap_or(row), read("data-column").unwrap_or(column)));
    }

    fn view(self) -> AnyView {
        let sizes = Memo::new(move |_| self.size());
        let current = maybe(move || {
            let ((row, column), (rows, columns)) = (self.active.get(), sizes.get());
            (row < rows && column < columns).then(|| format!("cell-{row}-{column}"))
        });
        view! {
            <div
                class="grid"
                class:swapped=flag(move || self.swapped.get())
                node_ref=self.node
                role="grid"
                tabindex="0"
                data-start=""
                aria-label=self.state.t(Text::GridLabel)
                aria-activedescendant=current
                aria-rowcount=text(move || (sizes.get().0 + 1).to_string())
                aria-colcount=text(move || (sizes.get().1 + 1).to_string())
                on:keydown=with(move |event| self.key(&event))
                on:click=with(move |event| self.click(&event))
                on:scroll=on(move || self.measure())
            >
                <div class="grid-space" role="presentation" node_ref=self.space></div>
            </div>
        }
        .into_any()
    }
}

/// A length in pixels from the style of the grid.
fn pixels(node: &HtmlElement, name: &str) -> Option<f64> {
    let value = window().get_computed_style(node).ok()??.get_property_value(name).ok()?;
    value.trim().trim_end_matches("px").parse().ok().filter(|pixels| *pixels > 0.0)
}

/// Sizes of the grid's parts in pixels: a row, a column, the heading and the names.
fn measures(node: &HtmlElement) -> [f64; 4] {
    [("--row", 26.0), ("--cell", 30.0), ("--head", 150.0), ("--names", 220.0)]
        .map(|(name, default)| pixels(node, name).unwrap_or(default))
}

/// The rows and columns of which something is seen.
#[expect(clippy::cast_sign_loss, reason = "places in the grid are not negative")]
fn seen(node: &HtmlElement, (rows, columns): (usize, usize)) -> Part {
    let [row, cell, head, names] = measures(node);
    let range = |start: i32, length: i32, taken: f64, size: f64, count: usize| {
        let first = (f64::from(start) / size).max(0.0) as usize;
        let last = ((f64::from(start) + f64::from(length) - taken) / size).ceil().max(0.0) as usize;
        first.min(count)..last.clamp(first.min(count), count)
    };
    Part {
        rows: range(node.scroll_top(), node.client_height(), head, row, rows),
        columns: range(node.scroll_left(), node.client_width(), names, cell, columns),
    }
}

fn wider(range: &Range<usize>, count: usize) -> Range<usize> {
    range.start.saturating_sub(SPARE)..(range.end + SPARE).min(count)
}

fn whole_chunks(range: &Range<usize>, count: usize) -> Range<usize> {
    let first = (range.start / CHUNK).saturating_sub(1) * CHUNK;
    first..((range.end.div_ceil(CHUNK) + 1) * CHUNK).min(count)
}

/// Scrolls so that a cell is seen.
#[expect(clippy::cast_precision_loss, reason = "grids are smaller than 2⁵²")]
fn reveal(node: &HtmlElement, (row, column): (usize, usize)) {
    let [height, width, head, names] = measures(node);
    let move_to = |at: f64, size: f64, now: i32, room: f64| {
        let now = f64::from(now);
        if at < now { at } else { now.max(at + size - room) }
    };
    let top = move_to(row as f64 * height, height, node.scroll_top(), f64::from(node.client_height()) - head);
    let left =
        move_to(column as f64 * width, width, node.scroll_left(), f64::from(node.client_width()) - names);
    node.set_scroll_top(top.ceil() as i32);
    node.set_scroll_left(left.ceil() as i32);
}

/// Shows that a cell is the current one, or no longer.
fn mark((row, column): (usize, usize), current: bool) {
    let Some(cell) = document().get_element_by_id(&format!("cell-{row}-{column}")) else { return };
    let _ = if current {
        cell.set_attribute("aria-selected", "true")
    } else {
        cell.remove_attribute("aria-selected")
    };
}
