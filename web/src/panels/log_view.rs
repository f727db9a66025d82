//! What is shown of a large events file in the place of the editor: how much of it was read, and a piece of it.

use super::loading::megabytes;
use crate::{
    actions,
    i18n::{Text, number},
    state::State,
    transfer::{self, Purpose},
    widgets::{
        button::word_button,
        erase::{effect, flag, part, text},
    },
    worker::{
        logs::MAX_LOG_BYTES,
        protocol::{Log, LogEnd},
    },
    workspace::{Doc, DocKey, LogFile},
};
use engine::report::{Excerpt, FileId};
use engine::text::Span;
use leptos::prelude::*;

/// A large file as it is shown.
#[derive(Clone, PartialEq)]
struct Shown {
    key: DocKey,
    name: String,
    log: LogFile,
}

fn shown(state: State) -> Option<Shown> {
    let active = state.active.get();
    state.workspace.with(|workspace| {
        let Doc { key, name, log, .. } = workspace.doc(active)?;
        Some(Shown { key: *key, name: name.clone(), log: log.clone()? })
    })
}

/// How much of a large file was read, where that is not all.
pub(crate) fn how_much(state: State, key: DocKey) -> Option<String> {
    let Log { end, every, lines, .. } =
        state.workspace.with(|workspace| Some(workspace.doc(key)?.log.as_ref()?.read))?;
    let lang = state.lang.get();
    match end {
        _ if every > 1 => {
            let (every, lines) = (number(every as usize), number(lines as usize));
            Some(Text::LogSampled.with(lang, &[&every, &lines]))
        }
        LogEnd::Limit => Some(Text::LogFirst.with(lang, &[&megabytes(f64::from(MAX_LOG_BYTES))])),
        LogEnd::Damaged => Some(Text::LogDamaged.in_lang(lang).to_owned()),
        LogEnd::Whole => None,
    }
}

pub(crate) fn log_view(state: State) -> AnyView {
    let log = Memo::new(move |_| shown(state));
    let place = move || {
        let shown = log.with(|log| log.as_ref().map(|log| log.key));
        state.place.get().filter(|(key, _)| Some(*key) == shown).map(|(_, span)| span)
    };
    let file = Memo::new(move |_| match state.results.with(|results| results.file_of(log.get()?.key))? {
        FileId::Events(at) => Some(at),
        _ => None,
    });
    effect(move || {
        // Each answer may be about another text.
        state.results.track();
        if let (Some(_), Some(file)) = (log.get(), file.get()) {
            actions::ask_for_excerpt(state, file, place().unwrap_or_default());
        }
    });
    let excerpt = Memo::new(move |_| {
        let shown = state.excerpt.get().filter(|(at, _)| Some(*at) == file.get());
        shown.map(|(_, excerpt)| excerpt)
    });
    part(move || match log.get() {
        None => ().into_any(),
        Some(Shown { name, log: LogFile { id: None, read }, .. }) => missing(state, name, read.bytes),
        Some(shown) => view! {
            <div class="log-view">
                {facts(state, &shown)}
                {piece(state, excerpt)}
            </div>
        }
        .into_any(),
    })
    .into_any()
}

/// In the place of a file that the page does not have any more.
fn missing(state: State, name: String, bytes: f64) -> AnyView {
    let words = state.tf(Text::LogGone, move || vec![name.clone(), megabytes(bytes)]);
    view! {
        <div class="empty">
            <p>{words}</p>
            {word_button("outlined", state.t(Text::OpenFiles), move || transfer::choose(state, Purpose::Any))}
        </div>
    }
    .into_any()
}

fn facts(state: State, shown: &Shown) -> AnyView {
    let Shown { key, log: LogFile { read, .. }, .. } = *shown;
    let size = read.bytes;
    let memory = text(move || {
        let memory = state.results.with(|results| results.memory);
        Text::LogMemory.with(state.lang.get(), &[&megabytes(size), &megabytes(memory)])
    });
    let is_cut = read.end == LogEnd::Limit && read.every == 1;
    let more = is_cut.then(|| {
        let every = actions::every(actions::size_of_log(state, key)).unwrap_or(2);
        let words = state.tf(Text::LogEvery, move || vec![number(every as usize)]);
        word_button("outlined small", words, move || actions::read_log_again(state, key, every))
    });
    let less = (read.every > 1).then(|| {
        word_button("outlined small", state.t(Text::LogBeginning), move || {
            actions::read_log_again(state, key, 1);
        })
    });
    view! {
        <p>{state.t(Text::LogTooLarge)} " " {memory}</p>
        <p class="log-much">{text(move || how_much(state, key).unwrap_or_default())} {more} {less}</p>
    }
    .into_any()
}

fn piece(state: State, excerpt: Memo<Option<Excerpt>>) -> AnyView {
    let of = move |part: fn(&Excerpt) -> &String| {
        text(move || excerpt.with(|excerpt| excerpt.as_ref().map(|it| part(it).clone()).unwrap_or_default()))
    };
    let inside = of(|excerpt| &excerpt.inside);
    let title = state.tf(Text::LogFromLine, move || {
        vec![number(excerpt.with(|excerpt| excerpt.as_ref().map_or(1, |excerpt| excerpt.line)) as usize)]
    });
    let at_start = flag(move || state.place.get().is_none_or(|(_, span)| span == Span::default()));
    let to_start = move || {
        if let Some((key, _)) = state.place.get_untracked() {
            state.place.set(Some((key, Span::default())));
        }
    };
    // It stays when another piece is shown, and with it the focus.
    view! {
        <div class="log-head">
            <h2>{title}</h2>
            <span hidden=at_start>{word_button("outlined small", state.t(Text::LogToStart), to_start)}</span>
        </div>
        <pre id="log-excerpt" tabindex="0" role="group" aria-label=title>
            {of(|excerpt| &excerpt.before)}
            <mark hidden=flag(move || inside.get().is_empty())>{inside}</mark>
            {of(|excerpt| &excerpt.after)}
        </pre>
    }
    .into_any()
}
