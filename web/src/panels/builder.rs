//! A new event as a form: from a template, or a copy of another event with some values changed.

use crate::{
    actions,
    examples::fetch_json,
    i18n::{Lang, Text},
    state::State,
    widgets::{
        button::{icon_button, word_button},
        erase::{Keyed, flag, list, part, text, with},
        icon::CLOSE,
    },
    worker::client::{Inputs, Then},
};
use engine::catalog::{
    FieldKey, SYSCALL, event_types,
    fields::{self, TypeGroup},
};
use engine::report::editor::{Query, Reply};
use js_sys::Array;
use leptos::{prelude::*, task::spawn_local};
use web_sys::{Event, FocusEvent};

/// An event to start from.
#[derive(Clone)]
struct Template {
    en: String,
    ja: String,
    fields: Vec<(String, String)>,
}

impl Template {
    fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ja => &self.ja,
        }
    }
}

/// A field of the form; its value is what its control holds.
#[derive(Clone)]
struct Entry {
    id: usize,
    field: String,
    value: RwSignal<String>,
}

/// The form's signals.
#[derive(Clone, Copy)]
struct Form {
    title: RwSignal<String>,
    entries: RwSignal<Vec<Entry>>,
    next: StoredValue<usize>,
}

impl Form {
    fn add(self, field: String, value: String) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.entries.update(|entries| entries.push(Entry { id, field, value: RwSignal::new(value) }));
    }

    fn fill(self, title: &str, fields: &[(String, String)]) {
        self.title.set(title.to_owned());
        self.entries.set(Vec::new());
        for (field, value) in fields {
            self.add(field.clone(), value.clone());
        }
    }

    fn source(self) -> String {
        self.entries.with(|entries| {
            let source = entries.iter().find(|entry| entry.field == "source");
            source.map_or_else(|| SYSCALL.to_owned(), |entry| entry.value.get())
        })
    }

    fn values(self) -> Vec<(String, String)> {
        self.entries.with_untracked(|entries| {
            entries.iter().map(|entry| (entry.field.clone(), entry.value.get_untracked())).collect()
        })
    }
}

/// The form. `copy_of`: the event whose values it starts with.
pub(crate) fn builder(state: State, copy_of: Option<u32>) -> AnyView {
    let form = Form {
        title: RwSignal::new(String::new()),
        entries: RwSignal::new(Vec::new()),
        next: StoredValue::new(0),
    };
    let templates = RwSignal::new(Vec::<Template>::new());
    match copy_of {
        Some(event) => start_with(state, form, event),
        None => spawn_local(async move {
            let found = fetch().await.unwrap_or_default();
            if let Some(first) = found.first() {
                form.fill(first.title(state.lang.get_untracked()), &first.fields);
            }
            templates.try_set(found);
        }),
    }
    let add = with(move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        state.dialog.set(None);
        actions::add_event(state, &form.title.get_untracked(), &form.values());
    });
    view! {
        <form class="builder" on:submit=add>
            {template_choice(state, form, templates, copy_of.is_some())}
            <label class="builder-row">
                <span>{state.t(Text::EventTitle)}</span>
                <input
                    autocomplete="off"
                    prop:value=text(move || form.title.get())
                    on:input=with(move |event: Event| form.title.set(event_target_value(&event)))
                />
            </label>
            <div class="builder-fields">
                {list(move || {
                    form.entries.get().into_iter().map(|entry| {
                        Keyed::new(entry.id.to_string(), move || row(state, form, &entry))
                    }).collect()
                })}
            </div>
            {more(state, form)}
            <datalist id="builder-types">
                {event_types::all().filter(|kind| !kind.name.is_empty()).map(|kind| {
                    view! { <option value=kind.name></option> }.into_any()
                }).collect::<Vec<_>>()}
            </datalist>
            <div class="modal-actions">
                {word_button("outlined", state.t(Text::Cancel), move || state.dialog.set(None))}
                <button type="submit" class="solid">{state.t(Text::AddEvent)}</button>
            </div>
        </form>
    }
    .into_any()
}

/// The values that an event's file gives; what follows from them follows again.
fn start_with(state: State, form: Form, event: u32) {
    state.results.with_untracked(|results| {
        let summary = results.events.get(event as usize);
        let title = summary.map_or("", |summary| summary.name.as_str());
        let source = summary.map_or(SYSCALL, |summary| summary.source.as_str());
        let told = state.told.with_untracked(|told| told.event.clone());
        let detail = told.filter(|(selected, _)| selected.event == event);
        let given = detail.iter().flat_map(|(_, detail)| &detail.fields).filter(|field| !field.derived);
        let mut fields: Vec<(String, String)> =
            given.map(|field| (field.name.clone(), field.value.clone())).collect();
        if source != SYSCALL {
            fields.insert(0, ("source".to_owned(), source.to_owned()));
        }
        form.fill(title, &fields);
    });
}

fn template_choice(state: State, form: Form, templates: RwSignal<Vec<Template>>, hidden: bool) -> AnyView {
    let choose = with(move |event: Event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        templates.with_untracked(|templates| {
            if let Some(template) = at.and_then(|at| templates.get(at)) {
                form.fill(template.title(state.lang.get_untracked()), &template.fields);
            }
        });
    });
    let options = part(move || {
        let lang = state.lang.get();
        templates.with(|templates| {
            let option = |(at, template): (usize, &Template)| {
                view! { <option value=at.to_string()>{template.title(lang).to_owned()}</option> }.into_any()
            };
            templates.iter().enumerate().map(option).collect::<Vec<_>>().into_any()
        })
    });
    view! {
        <label class="builder-row" hidden=hidden>
            <span>{state.t(Text::Template)}</span>
            <select autofocus on:change=choose>{options}</select>
        </label>
    }
    .into_any()
}

/// How a field's value is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ask {
    Text,
    Number,
    Truth,
    Source,
    Type,
}

fn ask(field: &str, source: &str) -> Ask {
    match field {
        "source" => return Ask::Source,
        "evt.type" => return Ask::Type,
        _ => {}
    }
    match FieldKey::parse(field, source).map(|key| key.kind().group()) {
        Ok(TypeGroup::Integer { .. } | TypeGroup::Port) => Ask::Number,
        Ok(TypeGroup::Bool) => Ask::Truth,
        _ => Ask::Text,
    }
}

fn row(state: State, form: Form, entry: &Entry) -> AnyView {
    let (value, id) = (entry.value, entry.id);
    let name = entry.field.clone();
    let kind = untrack(|| ask(&name, &form.source()));
    let set = with(move |event: Event| value.set(event_target_value(&event)));
    let choice = |options: &[&'static str]| {
        let options = options.iter().map(|option| {
            let option = *option;
            view! { <option value=option selected=flag(move || value.get() == option)>{option}</option> }
                .into_any()
        });
        options.collect::<Vec<_>>()
    };
    let control = match kind {
        Ask::Truth => view! { <select on:change=set>{choice(&["true", "false"])}</select> }.into_any(),
        Ask::Source => view! { <select on:change=set>{choice(fields::sources())}</select> }.into_any(),
        Ask::Type => view! {
            <input autocomplete="off" spellcheck="false" list="builder-types" prop:value=text(move || value.get()) on:input=set />
        }
        .into_any(),
        Ask::Text | Ask::Number => free(state, form, entry, kind),
    };
    let removed = name.clone();
    let remove = move || form.entries.update(|entries| entries.retain(|entry| entry.id != id));
    view! {
        <div class="builder-row">
            <label><code>{name}</code>{control}</label>
            {icon_button(state.tf(Text::RemoveField, move || vec![removed.clone()]), CLOSE, remove)}
        </div>
    }
    .into_any()
}

/// A control for any value, which offers those that other events have and those that rules ask for.
fn free(state: State, form: Form, entry: &Entry, kind: Ask) -> AnyView {
    let value = entry.value;
    let offered = RwSignal::new(Vec::<String>::new());
    let id = format!("builder-values-{}", entry.id);
    let field = entry.field.clone();
    let look_up = move |_: FocusEvent| {
        let query = Query::Values { field: field.clone(), source: untrack(|| form.source()) };
        let inputs = state.workspace.with_untracked(Inputs::of);
        let then: Then = Box::new(move |reply| {
            if let Some(Reply::Values(values)) = reply {
                offered.try_set(values);
            }
        });
        actions::send(state, &inputs, query, then);
    };
    view! {
        <input
            autocomplete="off"
            spellcheck="false"
            inputmode=if kind == Ask::Number { "numeric" } else { "text" }
            list=id.clone()
            prop:value=text(move || value.get())
            on:input=with(move |event: Event| value.set(event_target_value(&event)))
            on:focus=with(look_up)
        />
        <datalist id=id>
            {part(move || {
                let option = |value: String| view! { <option value=value></option> }.into_any();
                offered.get().into_iter().map(option).collect::<Vec<_>>().into_any()
            })}
        </datalist>
    }
    .into_any()
}

/// The control that adds a field.
fn more(state: State, form: Form) -> AnyView {
    let name = RwSignal::new(String::new());
    let unknown = Memo::new(move |_| {
        let name = name.get();
        !name.is_empty() && name != "source" && FieldKey::parse(name.trim(), form.source().as_str()).is_err()
    });
    let known = Memo::new(move |_| {
        let source = form.source();
        let fits = |name: &&str| fields::find(name, &source).is_some();
        fields::all().map(|(_, field)| field.name).filter(fits).collect::<Vec<_>>()
    });
    let add = move || {
        let field = name.get_untracked().trim().to_owned();
        let there = form.entries.with_untracked(|entries| entries.iter().any(|entry| entry.field == field));
        if field.is_empty() || there || unknown.get_untracked() {
            return;
        }
        let value = untrack(|| if ask(&field, &form.source()) == Ask::Truth { "true" } else { "" });
        form.add(field, value.to_owned());
        name.set(String::new());
    };
    let keys = with(move |event: web_sys::KeyboardEvent| {
        // Enter adds the field and not the event.
        if event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    });
    view! {
        <div class="builder-row builder-more">
            <label>
                <span>{state.t(Text::AddField)}</span>
                <input
                    autocomplete="off"
                    spellcheck="false"
                    list="builder-known"
                    prop:value=text(move || name.get())
                    on:input=with(move |event: Event| name.set(event_target_value(&event)))
                    on:keydown=keys
                />
            </label>
            {word_button("outlined", state.t(Text::AddThis), add)}
        </div>
        <p class="builder-unknown" role="status">
            {text(move || if unknown.get() { Text::NoSuchField.in_lang(state.lang.get()).to_owned() } else { String::new() })}
        </p>
        <datalist id="builder-known">
            {part(move || {
                let option = |name: &'static str| view! { <option value=name></option> }.into_any();
                known.get().into_iter().map(option).collect::<Vec<_>>().into_any()
            })}
        </datalist>
    }
    .into_any()
}

async fn fetch() -> Option<Vec<Template>> {
    let all = Array::from(&fetch_json("./templates/events.json").await?);
    let read = |template: wasm_bindgen::JsValue| {
        let parts = Array::from(&template);
        let text = |at| parts.get(at).as_string();
        Some(Template { en: text(1)?, ja: text(2)?, fields: crate::examples::pairs(&parts.get(3)) })
    };
    Some(all.iter().filter_map(read).collect())
}
