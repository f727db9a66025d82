//! Events without names: what would be replaced, before anything is.

use crate::{
    actions,
    i18n::{Text, number},
    state::{Making, State},
    widgets::{
        button::{search, word_button},
        erase::{Keyed, effect, flag, list, maybe, on, part, text, with},
    },
    worker::protocol::Made,
};
use engine::report::{Kept, RedactOptions, Replacement, Secret};
use leptos::prelude::*;
use web_sys::{Event, SubmitEvent};

/// Rows that are made.
const MOST: usize = 200;

/// What the dialog shows.
pub(super) fn redaction(state: State) -> AnyView {
    let options = RwSignal::new(RedactOptions::default());
    let words = RwSignal::new(String::new());
    let own = RwSignal::new(String::new());
    effect(move || actions::redact(state, options.get()));
    on_cleanup(move || actions::stop_redacting(state, true));
    // The last answer stays until the next one comes, so that the list keeps its focus.
    let last = state.replaced;
    let undone = flag(move || !matches!(state.making.get(), Making::Done(Made::Redact(_))));
    let passing = Memo::new(move |_| last.with(|last| passing(last.as_deref(), &words.get())));
    let rows = list(move || {
        let shown = passing.get().into_iter().take(MOST);
        let keyed = shown.map(|row| {
            let key = format!("{} {} {} {}", row.kind.word(), row.value, row.pseudonym, row.count);
            Keyed::new(key, move || row_view(state, row.clone(), options))
        });
        keyed.collect()
    });
    let more = text(move || {
        let more = passing.with(Vec::len).saturating_sub(MOST);
        if more > 0 { Text::RedactMore.with(state.lang.get(), &[&number(more)]) } else { String::new() }
    });
    let empty = flag(move || last.with(|last| last.as_ref().is_none_or(Vec::is_empty)));
    let add = with(move |event: SubmitEvent| {
        event.prevent_default();
        let value = own.get_untracked().trim().to_owned();
        if !value.is_empty() {
            options.update(|options| decide(options, &value, true));
            own.set(String::new());
        }
    });
    let head =
        [Text::RedactThis, Text::ReferenceKind, Text::RedactValue, Text::RedactPseudonym, Text::RedactCount]
            .map(|name| view! { <th scope="col">{state.t(name)}</th> }.into_any());
    let button = move |class: &'static str, words: Text, act: fn(State)| {
        view! {
            <button
                type="button"
                class=class
                disabled=flag(move || undone.get() || empty.get())
                on:click=on(move || act(state))
            >
                {state.t(words)}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="giving">
            <p class="muted">{state.t(Text::RedactAbout)}</p>
            <div role="status">{told(state)}</div>
            {work(state, options)}
            <div hidden=empty class="redact-find">
                {search(state.t(Text::RedactFind), text(move || words.get()), move |typed| words.set(typed))}
                <span class="muted">{more}</span>
            </div>
            <div hidden=empty class="redact-list" tabindex="0" role="region" aria-label=state.t(Text::RedactList)>
                <table>
                    <thead><tr>{head.into_iter().collect::<Vec<_>>()}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <form class="redact-own" on:submit=add>
                <input
                    type="text"
                    aria-label=state.t(Text::AlsoLabel)
                    placeholder=state.t(Text::AlsoLabel)
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=text(move || own.get())
                    on:input=with(move |event: Event| own.set(event_target_value(&event)))
                />
                <button type="submit" class="outlined">{state.t(Text::AlsoAdd)}</button>
            </form>
            <div class="modal-actions">
                {button("outlined", Text::RedactSave, actions::save_redacted)}
                {button("solid", Text::RedactHere, actions::replace_redacted)}
            </div>
        </div>
    }
    .into_any()
}

/// Whether a value is replaced is up to the user.
fn decide(options: &mut RedactOptions, value: &str, replace: bool) {
    options.keep.retain(|kept| kept != value);
    options.also.retain(|also| also != value);
    if replace { &mut options.also } else { &mut options.keep }.push(value.to_owned());
}

/// What there is to list, by kind; with words only where they occur. What the user added comes first.
fn passing(last: Option<&[Replacement]>, words: &str) -> Vec<Replacement> {
    let words = words.trim().to_lowercase();
    let mut rows = Vec::new();
    for kind in Secret::ALL.iter().rev() {
        let all = last.into_iter().flatten();
        // What only stands in longer names has gone with them.
        let counts = |row: &Replacement| row.kind == *kind && (row.count > 0 || *kind == Secret::Secret);
        let passes = |row: &&Replacement| counts(row) && row.value.to_lowercase().contains(&words);
        rows.extend(all.filter(passes).cloned());
    }
    rows
}

fn row_view(state: State, row: Replacement, options: RwSignal<RedactOptions>) -> AnyView {
    let by_rules = row.kept == Some(Kept::Rules);
    let own = row.kind == Secret::Secret;
    let value = row.value.clone();
    let replaced = flag(move || {
        options.with(|options| !options.keep.contains(&value) && (!by_rules || options.also.contains(&value)))
    });
    let value = row.value.clone();
    let toggle = with(move |event: Event| {
        let replace = event_target_checked(&event);
        options.update(|options| {
            decide(options, &value, replace);
            // What is added stays in the list; what is found need not be added.
            if own && !replace {
                options.also.push(value.clone());
            } else if replace && !by_rules && !own {
                options.also.pop();
            }
        });
    });
    let name = format!("{} → {}", row.value, row.pseudonym);
    let why = by_rules.then(|| view! { <span class="muted">{state.t(Text::RuleNamesIt)}</span> }.into_any());
    view! {
        <tr class:stays=flag(move || !replaced.get())>
            <td><input type="checkbox" aria-label=name prop:checked=replaced on:change=toggle/></td>
            <td>{state.t(kind_name(row.kind))}</td>
            <td><code>{row.value}</code>{why}</td>
            <td><code>{row.pseudonym}</code></td>
            <td>{number(row.count as usize)}</td>
        </tr>
    }
    .into_any()
}

/// How far the work is, with a way to end it, or to go on with it.
fn work(state: State, options: RwSignal<RedactOptions>) -> AnyView {
    let percent = Memo::new(move |_| match state.making.get() {
        Making::Busy(percent) => Some(percent),
        _ => None,
    });
    let idle = flag(move || percent.get().is_none());
    let going = flag(move || state.making.with(|making| *making != Making::Stopped));
    let value = maybe(move || percent.get().map(|percent| percent.to_string()));
    view! {
        <div class="giving-work" hidden=idle>
            <progress aria-label=state.t(Text::Redact) max="100" value=value></progress>
            {word_button("outlined small", state.t(Text::Cancel), move || actions::stop_redacting(state, false))}
        </div>
        <div class="giving-work" hidden=going>
            {word_button("outlined small", state.t(Text::GoOn), move || actions::redact(state, options.get_untracked()))}
        </div>
    }
    .into_any()
}

/// How much is replaced and what comes of it. Not how far the work is: a screen reader would not stop.
fn told(state: State) -> AnyView {
    let making = Memo::new(move |_| match state.making.get() {
        Making::Busy(_) => Making::Busy(0),
        making => making,
    });
    part(move || {
        let lang = state.lang.get();
        let sums = state.replaced.with(|all| {
            let all = all.as_ref()?;
            let values = all.iter().filter(|row| row.kept.is_none() && row.count > 0).count();
            (!all.is_empty()).then(|| number(values))
        });
        let (class, words) = match (making.get(), sums) {
            (Making::Failed, _) => ("form-problem", Text::MakingFailed.in_lang(lang).to_owned()),
            (Making::Stopped, _) => ("", Text::RedactStopped.in_lang(lang).to_owned()),
            (Making::Done(Made::Redact(changed)), Some(values)) => {
                let words = Text::RedactSum.with(lang, &[&values, &number(changed as usize)]);
                (if changed > 0 { "giving-note" } else { "" }, words)
            }
            (Making::Done(Made::Redact(_)), None) => ("", Text::RedactNone.in_lang(lang).to_owned()),
            (_, Some(values)) => ("", Text::RedactTrying.with(lang, &[&values])),
            (_, None) => ("", Text::Redacting.in_lang(lang).to_owned()),
        };
        view! { <p class=class>{words}</p> }.into_any()
    })
    .into_any()
}

fn kind_name(kind: Secret) -> Text {
    match kind {
        Secret::User => Text::SecretUser,
        Secret::Host => Text::SecretHost,
        Secret::Pod => Text::SecretPod,
        Secret::Namespace => Text::NamespaceWord,
        Secret::Container => Text::SecretContainer,
        Secret::Image => Text::SecretImage,
        Secret::Cluster => Text::SecretCluster,
        Secret::Workload => Text::SecretWorkload,
        Secret::Resource => Text::SecretResource,
        Secret::Label => Text::SecretLabel,
        Secret::Id => Text::SecretId,
        Secret::Address => Text::SecretAddress,
        Secret::Domain => Text::SecretDomain,
        Secret::Email => Text::SecretEmail,
        Secret::Secret => Text::SecretOwn,
    }
}
