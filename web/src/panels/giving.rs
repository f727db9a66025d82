//! Events that leave the page: what an export holds, before it is saved or copied.

use crate::{
    actions,
    i18n::{Text, number},
    state::{Dialog, Making, State},
    widgets::{
        button::word_button,
        erase::{effect, flag, on, part, text},
    },
    worker::protocol::Made,
};
use engine::report::{Export, ExportForm};
use leptos::prelude::*;

/// Larger files are not copied: the clipboard would hold up the page.
const MAX_COPY: f64 = 8e6;

/// The forms, in the order of the dialog.
const FORMS: [(ExportForm, Text); 3] = [
    (ExportForm::Events, Text::ExportEvents),
    (ExportForm::Alerts, Text::ExportAlerts),
    (ExportForm::Csv, Text::ExportCsv),
];

/// What the dialog of exports shows.
pub(super) fn export(state: State) -> AnyView {
    let form = RwSignal::new(0_usize);
    let listed = RwSignal::new(0_usize);
    let chosen = move || FORMS.get(form.get()).map_or(ExportForm::Events, |(form, _)| *form);
    effect(move || actions::export(state, chosen(), listed.get() == 1));
    let (all, passing) = state.results.with_untracked(|results| {
        (results.events.len(), state.filter.with_untracked(|filter| filter.apply(results)).len())
    });
    let which = (passing < all).then(|| {
        let names = [
            state.tf(Text::ExportAll, move || vec![number(all)]),
            state.tf(Text::ExportListed, move || vec![number(passing)]),
        ];
        choice(state, "which", Text::ExportWhich, names.to_vec(), listed)
    });
    let undone = flag(move || !matches!(state.making.get(), Making::Done(_)));
    let too_large = move || undone.get() || size(state) > MAX_COPY;
    view! {
        <div class="giving">
            {choice(state, "form", Text::ExportWhat, FORMS.map(|(_, name)| state.t(name)).to_vec(), form)}
            {which}
            <div role="status">{part(move || told(state, chosen()))}</div>
            {part(move || preview(state))}
            <p class="giving-redact">
                <span>{state.t(Text::NamesInIt)}</span>
                {word_button("outlined small", state.t(Text::RedactMenu), move || state.dialog.set(Some(Dialog::Redact)))}
            </p>
            <div class="modal-actions">
                <button
                    type="button"
                    class="outlined"
                    disabled=flag(too_large)
                    title=text(move || {
                        let large = !undone.get() && too_large();
                        if large { Text::TooLargeToCopy.in_lang(state.lang.get()).to_owned() } else { String::new() }
                    })
                    on:click=on(move || actions::copy_export(state))
                >
                    {state.t(Text::Copy)}
                </button>
                <button
                    type="button"
                    class="solid"
                    disabled=undone
                    on:click=on(move || actions::save_export(state, chosen()))
                >
                    {state.t(Text::SaveFile)}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// One of a few, as a group of radio buttons.
fn choice(
    state: State,
    group: &'static str,
    title: Text,
    names: Vec<Signal<String>>,
    chosen: RwSignal<usize>,
) -> AnyView {
    let option = |(at, name): (usize, Signal<String>)| {
        view! {
            <label>
                <input
                    type="radio"
                    name=group
                    prop:checked=flag(move || chosen.get() == at)
                    on:change=on(move || chosen.set(at))
                />
                <span>{name}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="choice">
            <legend>{state.t(title)}</legend>
            {names.into_iter().enumerate().map(option).collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}

/// Bytes of what was made.
fn size(state: State) -> f64 {
    state.blobs.with_value(|blobs| blobs.iter().map(web_sys::Blob::size).sum())
}

/// How much it is, and what is not in it.
fn told(state: State, form: ExportForm) -> AnyView {
    let lang = state.lang.get();
    let done = match state.making.get() {
        Making::Done(Made::Export(done)) if done.form == form => done,
        Making::Failed => {
            return view! { <p class="form-problem">{Text::MakingFailed.in_lang(lang)}</p> }.into_any();
        }
        _ => return view! { <p>{Text::Making.in_lang(lang)}</p> }.into_any(),
    };
    let words = if form == ExportForm::Events { Text::EventsOf } else { Text::AlertsOf };
    #[expect(clippy::cast_sign_loss, reason = "sizes are not negative")]
    let size = (size(state) / 1000.0).ceil() as usize;
    let words = words.with(lang, &[&number(done.count as usize), &number(size)]);
    let undecided = (done.undecided > 0).then(|| {
        let words = Text::AlertsUndecided.with(lang, &[&number(done.undecided as usize)]);
        view! { <p class="giving-note">{words}</p> }.into_any()
    });
    view! { <p>{words}</p> {undecided} }.into_any()
}

fn preview(state: State) -> AnyView {
    let text = match state.making.get() {
        Making::Done(Made::Export(Export { text, .. })) if !text.is_empty() => text,
        _ => return ().into_any(),
    };
    let name = state.t(Text::FirstLines);
    view! { <pre class="file-text giving-preview" tabindex="0" role="region" aria-label=name>{text}</pre> }
        .into_any()
}
