//! The time line: how many events happened when, and what the rules say of them. A range of it narrows the lists: drag over it, or move its
//! two ends with the arrow keys; a table says the same in numbers.

use super::times::{HEIGHT, Times, WIDTH, column_at, place_of};
use crate::{
    actions,
    i18n::{Text, number},
    results::STATES,
    state::{Dialog, State},
    widgets::{
        button::word_button,
        erase::{flag, on, part, text, with},
    },
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};

fn choose(state: State, range: Option<(i64, i64)>) {
    if state.filter.with_untracked(|filter| filter.time) != range {
        actions::filter(state, |filter| filter.time = range);
    }
}

/// The time line; nothing where there are no two times.
pub(super) fn timeline(state: State) -> AnyView {
    let times = Memo::new(move |_| state.results.with(Times::of));
    part(move || match times.get() {
        Some(times) => strip(state, times),
        None => ().into_any(),
    })
    .into_any()
}

/// What the parts of a time line share.
#[derive(Clone, Copy)]
struct Line {
    state: State,
    times: StoredValue<Times>,
    /// Position of the last column.
    last: usize,
    /// The first and the last column that are chosen.
    chosen: Memo<(usize, usize)>,
    node: NodeRef<html::Div>,
    /// The column that stays while the other end of the range follows the pointer.
    held: StoredValue<Option<usize>>,
}

impl Line {
    fn set(self, (one, other): (usize, usize)) {
        let range = self.times.with_value(|times| times.range((one.min(other), one.max(other))));
        choose(self.state, range);
    }

    fn column(self, event: &PointerEvent) -> Option<usize> {
        let area = self.node.get_untracked()?.get_bounding_client_rect();
        let part = (f64::from(event.client_x()) - area.left()) / area.width();
        Some(column_at(part, self.last))
    }

    /// A press chooses a column, or takes hold of an end.
    fn press(self, event: &PointerEvent) {
        let Some(at) = self.column(event) else { return };
        let (from, to) = self.chosen.get_untracked();
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let end = target.and_then(|end| end.get_attribute("data-end"));
        let anchor = match end.as_deref() {
            Some("from") => to,
            Some("to") => from,
            _ => at,
        };
        if let Some(node) = self.node.get_untracked() {
            let _ = node.set_pointer_capture(event.pointer_id());
        }
        self.held.set_value(Some(anchor));
        if end.is_none() {
            // The only column that is chosen is given up.
            let again = (from, to) == (at, at);
            self.set(if again { (0, self.last) } else { (at, at) });
        }
    }

    fn drag(self, event: &PointerEvent) {
        if let (Some(anchor), Some(at)) = (self.held.get_value(), self.column(event))
            && (at != anchor || self.chosen.get_untracked() != (0, self.last))
        {
            self.set((anchor, at));
        }
    }

    fn key(self, event: &KeyboardEvent, is_to: bool) {
        let (from, to) = self.chosen.get_untracked();
        let now = if is_to { to } else { from };
        let next = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => now.saturating_sub(1),
            "ArrowRight" | "ArrowUp" => now + 1,
            "PageDown" => now.saturating_sub(10),
            "PageUp" => now + 10,
            "Home" => 0,
            "End" => self.last,
            "Escape" => return self.set((0, self.last)),
            _ => return,
        };
        event.prevent_default();
        self.set(if is_to { (from, next.clamp(from, self.last)) } else { (next.min(to), to) });
    }

    /// An end of the range.
    fn end(self, is_to: bool) -> AnyView {
        let at = move || if is_to { self.chosen.get().1 + 1 } else { self.chosen.get().0 };
        let place = text(move || format!("{:.3}%", place_of(at(), self.last, 100.0)));
        view! {
            <div
                class="timeline-end"
                role="slider"
                tabindex="0"
                data-end=if is_to { "to" } else { "from" }
                aria-label=self.state.t(if is_to { Text::TimeTo } else { Text::TimeFrom })
                aria-valuemin="0"
                aria-valuemax=(self.last + 1).to_string()
                aria-valuenow=text(move || at().to_string())
                aria-valuetext=text(move || self.times.with_value(|times| times.name(times.edge(at()))))
                style=("left", place)
                on:keydown=with(move |event| self.key(&event, is_to))
            ></div>
        }
        .into_any()
    }

    fn drawing(self) -> AnyView {
        let place = move |column: usize| place_of(column, self.last, WIDTH);
        let paths = STATES.map(|of| {
            let (_, class, ..) = of.look();
            let path = self.times.with_value(|times| times.path(of));
            view! { <path class=class d=path></path> }.into_any()
        });
        view! {
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">
                <defs>
                    <pattern id="hatched" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <path d="M0 0v5"></path>
                    </pattern>
                    <pattern id="dotted" width="4" height="4" patternUnits="userSpaceOnUse">
                        <path d="M0 0h2v2h-2z"></path>
                    </pattern>
                </defs>
                <rect
                    class="timeline-range"
                    class:all=flag(move || self.chosen.get() == (0, self.last))
                    x=text(move || format!("{:.1}", place(self.chosen.get().0)))
                    width=text(move || {
                        let (from, to) = self.chosen.get();
                        format!("{:.1}", place(to + 1 - from))
                    })
                    height=HEIGHT.to_string()
                ></rect>
                {paths.into_iter().collect::<Vec<_>>()}
            </svg>
        }
        .into_any()
    }

    /// The range that is chosen, as a button that gives it up.
    fn range(self) -> AnyView {
        let state = self.state;
        let words = text(move || {
            let (from, to) = self.chosen.get();
            let [from, to] =
                [from, to + 1].map(|at| self.times.with_value(|times| times.name(times.edge(at))));
            Text::TimeRange.with(state.lang.get(), &[&from, &to])
        });
        view! {
            <button
                type="button"
                class="outlined time-chip"
                hidden=flag(move || state.filter.with(|filter| filter.time.is_none()))
                aria-label=state.tf(Text::ClearTime, move || vec![words.get()])
                on:click=on(move || choose(state, None))
            >
                <span>{words}</span>
                <span aria-hidden="true">"×"</span>
            </button>
        }
        .into_any()
    }

    /// When it begins and ends, and what it does not show.
    fn words(self) -> AnyView {
        let (state, lang) = (self.state, self.state.lang.get());
        let (first, last, notes) = self.times.with_value(|times| {
            let told = |count: usize, words: Text| (count > 0).then(|| words.with(lang, &[&number(count)]));
            let notes = [told(times.without, Text::NoTime), told(times.back, Text::TimeBack)];
            let notes = notes.into_iter().flatten().collect::<Vec<_>>().join(" ");
            (times.name(times.start), times.name(times.edge(self.last + 1)), notes)
        });
        view! {
            <div class="timeline-words">
                <span>{first}</span>
                <span class="timeline-notes">{notes}</span>
                {self.range()}
                {word_button("", state.t(Text::TimeTable), move || state.dialog.set(Some(Dialog::Times)))}
                <span>{last}</span>
            </div>
        }
        .into_any()
    }
}

fn strip(state: State, times: Times) -> AnyView {
    let last = times.columns.len().saturating_sub(1);
    let times = StoredValue::new(times);
    let chosen = Memo::new(move |_| {
        let range = state.filter.with(|filter| filter.time);
        times.with_value(|times| times.chosen(range))
    });
    let line = Line { state, times, last, chosen, node: NodeRef::new(), held: StoredValue::new(None) };
    let stop = move |_: PointerEvent| line.held.set_value(None);
    view! {
        <div class="timeline" role="group" aria-label=state.t(Text::TimeLine)>
            <div
                class="timeline-strip"
                node_ref=line.node
                on:pointerdown=with(move |event| line.press(&event))
                on:pointermove=with(move |event| line.drag(&event))
                on:pointerup=with(stop)
                on:pointercancel=with(stop)
            >
                {line.drawing()}
                {line.end(false)}
                {line.end(true)}
            </div>
            {line.words()}
        </div>
    }
    .into_any()
}

/// The same in numbers: a row for each column with events, which leads to them.
pub(super) fn table(state: State) -> AnyView {
    let lang = state.lang.get_untracked();
    let Some(times) = state.results.with_untracked(Times::of) else { return ().into_any() };
    let head = STATES.map(|of| {
        let (_, _, short, _) = of.look();
        view! { <th scope="col">{short.in_lang(lang)}</th> }.into_any()
    });
    let full = times.columns.iter().enumerate().filter(|(_, column)| column.iter().any(|count| *count > 0));
    let rows = full.map(|(at, column)| {
        let (from, to) = (times.edge(at), times.edge(at + 1));
        let counts = column.map(|count| view! { <td>{number(count as usize)}</td> }.into_any());
        let go = word_button(
            "",
            text({
                let name = times.name(from);
                move || name.clone()
            }),
            move || {
                choose(state, Some((from, to)));
                state.dialog.set(None);
            },
        );
        view! { <tr><th scope="row">{go}</th>{counts.into_iter().collect::<Vec<_>>()}</tr> }.into_any()
    });
    view! {
        <div class="redact-list times-table" tabindex="0" role="region" aria-label=state.t(Text::TimeTitle)>
            <table>
                <thead><tr><th scope="col">{state.t(Text::TimeColumn)}</th>{head.into_iter().collect::<Vec<_>>()}</tr></thead>
                <tbody>{rows.collect::<Vec<_>>()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
