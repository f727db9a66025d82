//! Where exceptions are typed: the fields of the table, and the forms that add columns and exceptions.

use super::exceptions::View;
use crate::{
    i18n::Text,
    widgets::erase::{effect, part, text, with},
};
use engine::{
    catalog::operators::{Modifier, Operator, Shape},
    report::TableEdit,
};
use leptos::{html::Input, prelude::*};
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

/// The form that adds a column to exception `to`, or an exception.
pub(super) fn more(view: View, to: Option<u32>) -> AnyView {
    let state = view.state;
    let [name, field, comp, cell] = [(); 4].map(|()| RwSignal::new(String::new()));
    comp.set("=".to_owned());
    let add = with(move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let [name, field, comp, cell] = [name, field, comp, cell].map(|text| text.get_untracked());
        view.edit(match to {
            Some(exception) => TableEdit::AddColumn { exception, field, comp, cell },
            None => TableEdit::Add { name, columns: vec![(field, comp)], cells: vec![cell], file: None },
        });
    });
    // What was added is in the table; the form is for the next.
    let count = Memo::new(move |_| match to {
        Some(to) => view.exception(to, |exception| exception.fields.len()),
        None => view.table.with(|table| table.as_ref().map_or(0, |table| table.exceptions.len())),
    });
    effect(move || {
        count.track();
        for typed in [name, field, cell] {
            typed.set(String::new());
        }
    });
    let ask = |label: Text, value: RwSignal<String>| {
        let set = with(move |event: Event| value.set(event_target_value(&event)));
        view! {
            <label>
                <span>{state.t(label)}</span>
                <input autocomplete="off" spellcheck="false" required prop:value=text(move || value.get()) on:input=set/>
            </label>
        }
        .into_any()
    };
    let title = if to.is_some() { Text::AddColumn } else { Text::AddException };
    let shown = text(move || comp.get());
    view! {
        <details class="exc-more">
            <summary>{state.t(title)}</summary>
            <form on:submit=add>
                {to.is_none().then(|| ask(Text::ExceptionName, name))}
                {ask(Text::FieldWord, field)}
                <label>
                    <span>{state.t(Text::Comparison)}</span>
                    {comparisons(state.t(Text::Comparison), shown, Signal::stored(false), move |chosen| comp.set(chosen))}
                </label>
                {ask(Text::ValueWord, cell)}
                <button type="submit" class="outlined small">{state.t(Text::AddThis)}</button>
            </form>
        </details>
    }
    .into_any()
}

/// A choice of comparisons; of a single field only those with lists.
pub(super) fn comparisons(
    name: Signal<String>,
    value: Signal<String>,
    single: Signal<bool>,
    set: impl Fn(String) + 'static,
) -> AnyView {
    let change = with(move |event: Event| set(event_target_value(&event)));
    let options = part(move || {
        let (now, single) = (value.get(), single.get());
        let plain = Operator::ALL.iter().filter(|op| match op.shape() {
            Shape::Alone => false,
            Shape::List => true,
            Shape::Number | Shape::Text => !single && op.normal() == **op,
        });
        let mut all: Vec<String> = plain.map(|op| op.text().to_owned()).collect();
        for modifier in Modifier::ALL {
            let several = ["contains", "startswith", "endswith"];
            all.extend(several.map(|op| format!("{op} {}", modifier.text())));
        }
        if !all.contains(&now) {
            all.push(now.clone());
        }
        let option = |comp: String| {
            let (chosen, value) = (comp == now, comp.clone());
            view! { <option value=value selected=chosen>{comp}</option> }.into_any()
        };
        all.into_iter().map(option).collect::<Vec<_>>().into_any()
    });
    view! { <select aria-label=name on:change=change>{options}</select> }.into_any()
}

/// A value of the files: what is typed is written on Enter or when the field is left, Escape takes it back, and the arrows go to
/// the tuple above or below.
pub(super) fn input(
    id: String,
    name: Signal<String>,
    value: Signal<String>,
    set: impl Fn(String) + 'static,
) -> AnyView {
    let here = id.clone();
    // What is shown unless somebody types.
    let last = StoredValue::new(String::new());
    let keys = with(move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "Escape" => {
                event.prevent_default();
                let value = value.get_untracked();
                event_target::<HtmlInputElement>(&event).set_value(&value);
                last.set_value(value);
                return;
            }
            "ArrowUp" => -1,
            "ArrowDown" => 1,
            _ => return,
        };
        go_along(&here, step);
    });
    // What the file says comes a moment after it was typed; by then the next may be half typed, and stays.
    let field = NodeRef::<Input>::new();
    effect(move || {
        let value = value.get();
        if let Some(field) = field.get()
            && (field.value() == last.get_value()
                || document().active_element().as_ref() != Some(field.as_ref()))
        {
            field.set_value(&value);
            last.set_value(value);
        }
    });
    let change = with(move |event: Event| {
        let typed = event_target_value(&event);
        last.set_value(typed.clone());
        if typed != value.get_untracked() {
            set(typed);
        }
    });
    view! {
        <input
            id=id
            autocomplete="off"
            spellcheck="false"
            aria-label=name
            title=value
            node_ref=field
            on:change=change
            on:keydown=keys
        />
    }
    .into_any()
}

/// From the cell with this id to the one in the same column some tuples below.
pub(super) fn go_along(id: &str, step: i64) {
    let parts: Vec<i64> = id.split('-').filter_map(|part| part.parse().ok()).collect();
    if let [at, tuple, column] = parts.as_slice() {
        crate::app::focus(&format!("#exc-{at}-{}-{column}", tuple + step));
    }
}
