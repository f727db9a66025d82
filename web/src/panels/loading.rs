//! Large files that are being read: how far that is, and a way to stop it; before that, how much of a file to read where all of
//! it is too much.

use crate::{
    actions,
    i18n::{Text, number},
    state::{Loading, State},
    widgets::{
        button::word_button,
        erase::{Keyed, flag, list, maybe, text},
    },
    worker::{logs::MAX_LOG_BYTES, protocol::count_of},
};
use leptos::prelude::*;

/// Bytes as whole megabytes, which are never none.
pub(crate) fn megabytes(bytes: f64) -> String {
    number(count_of((bytes / 1_048_576.0).round()).max(1) as usize)
}

pub(crate) fn loading(state: State) -> AnyView {
    let cards = move || {
        let all = state.loading.get();
        let card = |it: Loading| Keyed::new(format!("{} {:?}", it.id, it.ask), move || card(state, &it));
        all.into_iter().map(card).collect()
    };
    let none = flag(move || state.loading.with(Vec::is_empty));
    view! {
        <section class="loading" aria-label=state.t(Text::LogsLoading) hidden=none>{list(cards)}</section>
    }
    .into_any()
}

fn card(state: State, loading: &Loading) -> AnyView {
    let Loading { id, name, size, ask, .. } = loading.clone();
    let cancel = word_button("outlined small", state.t(Text::Cancel), move || actions::cancel_log(state, id));
    if let Some(every) = ask {
        let limit = megabytes(f64::from(MAX_LOG_BYTES));
        let words = state.tf(Text::LogAsk, move || vec![name.clone(), megabytes(size), limit.clone()]);
        let one_in = state.tf(Text::LogEvery, move || vec![number(every as usize)]);
        return view! {
            <div class="loading-card">
                <p role="alert">{words}</p>
                <div class="loading-choices">
                    {word_button("outlined small", one_in, move || actions::read_log(state, id, every))}
                    {word_button("outlined small", state.t(Text::LogBeginning), move || actions::read_log(state, id, 1))}
                    {cancel}
                </div>
            </div>
        }
        .into_any();
    }
    let now = Memo::new(move |_| {
        let found = state.loading.with(|all| all.iter().find(|it| it.id == id).cloned());
        found.map_or((0.0, 0), |it| (it.bytes, it.events))
    });
    let words = text(move || {
        let (bytes, events) = now.get();
        let (lang, read, size) = (state.lang.get(), megabytes(bytes), megabytes(size.max(bytes)));
        // Some files are read as events when all of them is there.
        match events {
            0 => Text::LogCome.with(lang, &[&read, &size]),
            _ => Text::LogRead.with(lang, &[&read, &size, &number(events as usize)]),
        }
    });
    // What is known of a packed file may be wrong.
    let value =
        maybe(move || Some(now.get().0).filter(|bytes| *bytes <= size).map(|bytes| bytes.to_string()));
    let title = state.tf(Text::LogReading, move || vec![name.clone()]);
    view! {
        <div class="loading-card">
            <p>{title}</p>
            <progress aria-label=title aria-valuetext=words max=size.to_string() value=value></progress>
            <p class="muted">{words}</p>
            {cancel}
        </div>
    }
    .into_any()
}
