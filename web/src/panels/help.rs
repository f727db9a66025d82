//! What opens over the page: the help, the question before work is replaced, and the new name of a file.

use super::{
    builder::builder,
    chip::{priority_class, priority_letters},
    code_page::code_page,
    except::except,
    giving::export,
    names,
    notice::notices,
    redaction::redaction,
    status::FALCO,
    timeline::table,
};
use crate::{
    actions,
    i18n::Text,
    results::{EventState, STATES},
    state::{Dialog, Start, State},
    widgets::{
        button::word_button,
        dialog::modal,
        erase::{on, part, text, with},
    },
    workspace::DocKey,
};
use engine::report::Priority;
use leptos::prelude::*;

pub(crate) fn dialogs(state: State) -> AnyView {
    part(move || match state.dialog.get() {
        None => ().into_any(),
        Some(Dialog::Help) => open(state, state.t(Text::HelpTitle), help(state)),
        Some(Dialog::Replace(start)) => open(state, state.t(Text::ReplaceTitle), replace(state, start)),
        Some(Dialog::Code(code)) => open(state, text(|| code.name.to_owned()), code_page(state, code)),
        Some(Dialog::NewEvent(copy_of)) => {
            let title = if copy_of.is_some() { Text::CopyEvent } else { Text::NewEvent };
            open(state, state.t(title), builder(state, copy_of))
        }
        Some(Dialog::References) => {
            open(state, names::title(state, Text::PlacesOf), names::references(state))
        }
        Some(Dialog::NewName) => open(state, names::title(state, Text::RenameTitle), names::new_name(state)),
        Some(Dialog::Outline) => open(state, names::title(state, Text::OutlineOf), names::outline(state)),
        Some(Dialog::Except { rule, event }) => {
            let name = state.results.with_untracked(|results| {
                results.rules.get(rule as usize).map_or_else(String::new, |rule| rule.name.clone())
            });
            let title = state.say(Text::ExceptTitle, &[&(event + 1).to_string(), &name]);
            open(state, text(move || title.clone()), except(state, rule, event))
        }
        Some(Dialog::Export) => open(state, state.t(Text::Export), export(state)),
        Some(Dialog::Redact) => open(state, state.t(Text::Redact), redaction(state)),
        Some(Dialog::Times) => open(state, state.t(Text::TimeTitle), table(state)),
        Some(Dialog::Rename(key)) => {
            let name =
                state.workspace.with_untracked(|workspace| workspace.doc(key).map(|doc| doc.name.clone()));
            let name = name.unwrap_or_default();
            let title = state.say(Text::RenameTitle, &[&name]);
            open(state, text(move || title.clone()), rename(state, key, name))
        }
    })
    .into_any()
}

fn open(state: State, title: Signal<String>, body: AnyView) -> AnyView {
    let body = view! { {body} {notices(state, true)} }.into_any();
    modal(title, state.t(Text::Close), Callback::new(move |()| close(state)), body)
}

fn close(state: State) {
    state.dialog.set(None);
}

fn replace(state: State, start: Start) -> AnyView {
    let yes = on(move || {
        close(state);
        actions::replace(state, start);
    });
    view! {
        <p>{state.t(Text::ReplaceBody)}</p>
        <div class="modal-actions">
            {word_button("outlined", state.t(Text::Cancel), move || close(state))}
            <button type="button" class="solid" autofocus on:click=yes>{state.t(Text::Replace)}</button>
        </div>
    }
    .into_any()
}

fn rename(state: State, key: DocKey, old: String) -> AnyView {
    let name = RwSignal::new(old);
    let problem = RwSignal::new(None::<Text>);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match actions::rename(state, key, &name.get_untracked()) {
            Ok(()) => close(state),
            Err(text) => problem.set(Some(text)),
        }
    };
    view! {
            <form class="rename" on:submit=with(save)>
                <label for="new-name">{state.t(Text::FileName)}</label>
                <input
                    id="new-name"
                    autofocus
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="new-name-problem"
                    aria-invalid=text(move || problem.get().is_some().to_string())
                    prop:value=text(move || name.get())
                    on:input=with(move |event: web_sys::Event| name.set(event_target_value(&event)))
                />
                <p id="new-name-problem" class="form-problem" role="alert">
                    {text(move || problem.get().map_or("", |text| text.in_lang(state.lang.get())).to_owned())}
                </p>
                <div class="modal-actions">
                    {word_button("outlined", state.t(Text::Cancel), move || close(state))}
                    <button type="submit" class="solid">{state.t(Text::Ok)}</button>
                </div>
            </form>
    }
    .into_any()
}

fn help(state: State) -> AnyView {
    let mark = move |of: EventState| {
        let (sign, class, ..) = of.look();
        let text = match of {
            EventState::Matching => Text::HelpMarkMatch,
            EventState::Suppressed => Text::HelpMarkSuppressed,
            EventState::Undecided => Text::HelpMarkUndecided,
            EventState::Silent => Text::HelpMarkNone,
        };
        pair(view! { <span class=format!("state-sign {class}")>{sign}</span> }.into_any(), state, text)
    };
    let keys = [
        ("?", Text::KeyHelp),
        ("Alt 1 2 3 4", Text::KeyRegions),
        ("Alt R", Text::KeyReference),
        ("F8, Shift F8", Text::KeyProblem),
        ("Ctrl Space", Text::KeyComplete),
        ("F1", Text::KeyExplain),
        ("F12, Shift F12", Text::KeyDefinition),
        ("F2", Text::KeyRename),
        ("Ctrl S", Text::KeyFormat),
        ("Ctrl Shift O", Text::KeyOutline),
        ("Ctrl .", Text::KeyFix),
        ("Ctrl F", Text::KeyFind),
        ("Esc, Tab", Text::KeyTab),
        ("← →, F2, Del", Text::KeyTabs),
        ("↑ ↓, Enter", Text::KeyList),
        ("← → ↑ ↓, Enter", Text::KeySplit),
    ];
    let section = move |title: Text, body: AnyView| {
        view! {
            <section>
                <h3>{state.t(title)}</h3>
                {body}
            </section>
        }
        .into_any()
    };
    let words = move |text: Text| view! { <p>{state.tf(text, || vec![FALCO.to_owned()])}</p> }.into_any();
    let dimmed = view! { <span class="chip stale notice"><span class="sign">"N"</span></span> }.into_any();
    let marks = view! { <dl>{STATES.map(mark).into_iter().collect::<Vec<_>>()} {pair(dimmed, state, Text::HelpMarkStale)}</dl> };
    let priorities = Priority::ALL.map(|priority| {
        view! {
            <span class=format!("chip {}", priority_class(priority))>
                <span class="sign">{priority_letters(priority)}</span>
                <span>{priority.name()}</span>
            </span>
        }
        .into_any()
    });
    let key_list = keys.map(|(keys, text)| pair(view! { <kbd>{keys}</kbd> }.into_any(), state, text));
    view! {
            <div class="help">
                <p>{state.t(Text::HelpIntro)}</p>
                {section(Text::HelpMarks, marks.into_any())}
                {section(Text::HelpPriorities, view! { <div class="help-chips">{priorities.into_iter().collect::<Vec<_>>()}</div> }.into_any())}
                {section(Text::HelpKeys, view! { <dl>{key_list.into_iter().collect::<Vec<_>>()}</dl> }.into_any())}
                {section(Text::HelpFiles, words(Text::HelpFilesBody))}
                {section(Text::HelpLints, words(Text::HelpLintsBody))}
                {section(Text::HelpPrivacy, words(Text::HelpPrivacyBody))}
                {section(Text::HelpDiffers, words(Text::HelpDiffersBody))}
            </div>
    }
    .into_any()
}

fn pair(term: AnyView, state: State, text: Text) -> AnyView {
    view! {
        <div>
            <dt>{term}</dt>
            <dd>{state.t(text)}</dd>
        </div>
    }
    .into_any()
}
