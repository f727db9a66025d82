//! Brings the grid in the page from one part to another: what stays is left alone, so that scrolling costs only the rows and
//! columns that come into sight.

use super::grid_window::{CHUNK, Part, Shown};
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Makes all of `part` in `space`.
pub(crate) fn make(space: &HtmlElement, shown: &Shown<'_>, part: &Part) {
    let rows = shown.rows(&part.rows, &part.columns);
    let head = shown.head(&part.columns);
    space.set_inner_html(&format!("{head}<div class=\"grid-rows\" role=\"presentation\">{rows}</div>"));
    place(space, part);
}

/// Makes `to` of what is in `space`, which is `from` and overlaps it.
pub(crate) fn change(space: &HtmlElement, shown: &Shown<'_>, from: &Part, to: &Part) {
    let Some((head, body)) = parts(space) else { return };
    let stay = from.rows.start.max(to.rows.start)..from.rows.end.min(to.rows.end);
    for _ in from.rows.start..stay.start {
        remove(body.first_element_child());
    }
    for _ in stay.end..from.rows.end {
        remove(body.last_element_child());
    }
    if from.columns != to.columns {
        columns(&head, shown, None, from, to);
        let mut next = body.first_element_child();
        for row in stay.clone() {
            let Some(element) = next else { break };
            columns(&element, shown, Some(row), from, to);
            next = element.next_element_sibling();
        }
    }
    add(&body, "afterbegin", &shown.rows(&(to.rows.start..stay.start), &to.columns));
    add(&body, "beforeend", &shown.rows(&(stay.end..to.rows.end), &to.columns));
    place(space, to);
}

/// The same for the columns of one row.
fn columns(element: &Element, shown: &Shown<'_>, row: Option<usize>, from: &Part, to: &Part) {
    let (from, to) = (&from.columns, &to.columns);
    let Some(gap) = gap(element) else { return };
    for _ in chunks(from.start..to.start) {
        remove(gap.next_element_sibling());
    }
    for _ in chunks(to.end..from.end) {
        remove(element.last_element_child());
    }
    add(&gap, "afterend", &shown.chunks(row, &(to.start..from.start)));
    add(element, "beforeend", &shown.chunks(row, &(from.end..to.end)));
}

fn chunks(columns: Range<usize>) -> impl Iterator<Item = usize> {
    columns.step_by(CHUNK)
}

fn remove(element: Option<Element>) {
    if let Some(element) = element {
        element.remove();
    }
}

fn add(element: &Element, place: &str, markup: &str) {
    if !markup.is_empty() {
        let _ = element.insert_adjacent_html(place, markup);
    }
}

/// The row of headings, and what holds the other rows.
fn parts(space: &Element) -> Option<(Element, Element)> {
    let head = space.first_element_child()?;
    let body = head.next_element_sibling()?;
    Some((head, body))
}

/// What stands for the columns before those that are made.
fn gap(row: &Element) -> Option<Element> {
    row.first_element_child()?.next_element_sibling()
}

/// Puts rows and cells where they belong. Plain properties of few elements: one that all cells inherit would have the style
/// of each worked out again.
fn place(space: &Element, part: &Part) {
    let Some((head, body)) = parts(space) else { return };
    set(&body, "padding-top", &format!("calc({} * var(--row))", part.rows.start));
    let width = format!("calc({} * var(--cell))", part.columns.start);
    let mut next = body.first_element_child();
    let mut row = Some(head);
    while let Some(element) = row {
        if let Some(gap) = gap(&element) {
            set(&gap, "width", &width);
        }
        row = next;
        next = row.as_ref().and_then(Element::next_element_sibling);
    }
}

fn set(element: &Element, property: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.style().set_property(property, value);
    }
}
