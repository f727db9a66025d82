//! The columns and tuples of an exception, and how many events each tuple excludes.

use super::{
    exception_forms::{comparisons, go_along, input},
    exceptions::View,
};
use crate::{
    actions,
    i18n::{Text, count},
    widgets::{
        button::{icon_button, toggle, word_button},
        erase::{flag, part, text, with},
        icon::CLOSE,
    },
};
use engine::report::TableEdit;
use leptos::prelude::*;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

pub(super) fn column_head(view: View, at: u32, column: u32, count: u32) -> AnyView {
    let place = column as usize;
    let field = text(move || view.exception(at, |one| one.fields.get(place).cloned().unwrap_or_default()));
    let comp = text(move || view.exception(at, |one| one.comps.get(place).cloned().unwrap_or_default()));
    let set = move |field: String, comp: String| {
        view.edit(TableEdit::Column { exception: at, column, field, comp });
    };
    let number = vec![(column + 1).to_string()];
    let single = flag(move || view.exception(at, |one| one.single));
    let remove = (count > 1).then(|| {
        icon_button(view.words(Text::RemoveColumn, number.clone()), CLOSE, move || {
            view.edit_and_go(TableEdit::RemoveColumn { exception: at, column }, format!("#exc-{at}-0-0"));
        })
    });
    view! {
        <th scope="col">
            {input(String::new(), view.words(Text::ColumnField, number.clone()), field, move |field| {
                set(field, comp.get_untracked());
            })}
            <span>
                {comparisons(view.words(Text::ColumnComparison, number), comp, single, move |comp| {
                    set(field.get_untracked(), comp);
                })}
                {remove}
            </span>
        </th>
    }
    .into_any()
}

pub(super) fn row(view: View, at: u32, tuple: u32, columns: u32) -> AnyView {
    let cells = (0..columns).map(|column| {
        let value = text(move || {
            view.exception(at, |one| {
                let cells = one.tuples.get(tuple as usize).map(|tuple| &tuple.cells);
                cells.and_then(|cells| cells.get(column as usize)).cloned().unwrap_or_default()
            })
        });
        let name = cell_name(view, at, column, Some(tuple));
        let id = format!("exc-{at}-{tuple}-{column}");
        let set = move |text| view.edit(TableEdit::Cell { exception: at, tuple, column, text });
        view! { <td>{input(id, name, value, set)}</td> }.into_any()
    });
    let remove = move || {
        view.edit_and_go(TableEdit::RemoveTuple { exception: at, tuple }, format!("#exc-{at}-{tuple}-0"));
    };
    view! {
        <tr>
            {cells.collect::<Vec<_>>()}
            <td>
                <span>
                    {part(move || counts(view, at, tuple))}
                    {icon_button(view.words(Text::RemoveTuple, vec![(tuple + 1).to_string()]), CLOSE, remove)}
                </span>
            </td>
        </tr>
    }
    .into_any()
}

/// What a cell is called: its field, and its tuple or that it is new.
fn cell_name(view: View, at: u32, column: u32, tuple: Option<u32>) -> Signal<String> {
    let lang = view.state.lang;
    text(move || {
        let field = view.exception(at, |one| one.fields.get(column as usize).cloned().unwrap_or_default());
        match tuple {
            Some(tuple) => Text::CellName.with(lang.get(), &[&field, &(tuple + 1).to_string()]),
            None => Text::NewCell.with(lang.get(), &[&field]),
        }
    })
}

/// How many events a tuple excludes; pressed, the list shows these.
fn counts(view: View, at: u32, tuple: u32) -> AnyView {
    let (state, lang) = (view.state, view.state.lang.get());
    let found = view.table.with(|table| {
        let table = table.as_ref()?;
        let of = table.exceptions.get(at as usize)?.tuples.get(tuple as usize)?;
        let first = *table.first.get(at as usize)?.get(tuple as usize)?;
        Some((
            of.holds.filter(|_| table.held.is_some_and(|held| held > 0)),
            of.alone,
            first,
            table.rule.clone(),
        ))
    });
    let Some((Some(holds), alone, first, rule)) = found else {
        return view! { <span class="muted">"–"</span> }.into_any();
    };
    if holds == 0 {
        return view! { <span class="exc-never">{Text::NeverHits.in_lang(lang)}</span> }.into_any();
    }
    let title = view.words(Text::TupleCounts, vec![holds.to_string(), alone.to_string()]);
    let words = count(lang, first, Text::OneEvent, Text::ManyEvents);
    // Another tuple may be the first to exclude them.
    let more = (first as u32 != holds).then(|| {
        let words = Text::TupleCounts.with(lang, &[&holds.to_string(), &alone.to_string()]);
        view! { <small class="muted">{words}</small> }.into_any()
    });
    let listed = {
        let rule = rule.clone();
        move || state.filter.with(|filter| filter.rule == rule && filter.tuple == Some((at, tuple)))
    };
    let act = move || actions::exceptions::list_excluded(state, &rule, (at, tuple));
    let inner = view! { <span>{words}</span> {more} }.into_any();
    toggle("exc-count", title, listed, inner, act)
}

pub(super) fn new_row(view: View, at: u32, tuples: u32, columns: u32) -> AnyView {
    let state = view.state;
    let drafts: Vec<RwSignal<String>> = (0..columns).map(|_| RwSignal::new(String::new())).collect();
    let values = drafts.clone();
    let add = move || {
        let cells = values.iter().map(|value| value.get_untracked()).collect();
        let next = format!("#exc-{at}-{}-0", tuples + 1);
        view.edit_and_go(TableEdit::AddTuple { exception: at, cells, file: None }, next);
    };
    let enter = add.clone();
    let keys = with(move |event: KeyboardEvent| {
        if event.key() == "ArrowUp" {
            go_along(&event_target::<HtmlInputElement>(&event).id(), -1);
        }
        if event.key() == "Enter" && !event.is_composing() {
            // The last letters are in the field, and its `change` comes only now.
            let enter = enter.clone();
            request_animation_frame(enter);
        }
    });
    let cells = drafts.into_iter().zip(0_u32..).map(|(draft, column)| {
        let name = cell_name(view, at, column, None);
        let set = with(move |event: Event| draft.set(event_target_value(&event)));
        let id = format!("exc-{at}-{tuples}-{column}");
        view! { <td><input id=id autocomplete="off" spellcheck="false" aria-label=name on:input=set/></td> }
            .into_any()
    });
    view! {
        <tr class="exc-new" on:keydown=keys>
            {cells.collect::<Vec<_>>()}
            <td>{word_button("outlined small", state.t(Text::AddTuple), add)}</td>
        </tr>
    }
    .into_any()
}
