//! The bar at the top: what is open, and everything that concerns the page as a whole.

use crate::{
    actions,
    examples::EXAMPLES,
    i18n::{Lang, Text},
    state::{Dialog, Start, State, Theme},
    transfer::{self, Purpose},
    widgets::{
        erase::{flag, on, text},
        icon::{BOOK, DOTS, THEME, icon, mark},
        menu::{Face, Item, menu},
    },
};
use engine::catalog::Dialect;
use leptos::prelude::*;

pub(crate) fn header(state: State) -> AnyView {
    let lang = state.lang;
    let title = text(move || {
        let example = state.workspace.with(|workspace| workspace.example).and_then(crate::examples::by_id);
        let lang = lang.get();
        example.map_or_else(
            || Text::OwnWorkspace.in_lang(lang).to_owned(),
            |example| format!("{} {}", example.section, example.title(lang)),
        )
    });
    let edited = Memo::new(move |_| {
        // A draft's example may still be on its way; until then nobody knows.
        state.fetched.track();
        state.workspace.with(|workspace| {
            workspace.example.is_some() && Start::of(workspace).is_there() && Start::left_by(workspace)
        })
    });
    let now = Memo::new(move |_| state.workspace.with(|workspace| workspace.dialect));
    let is_course = flag(move || now.get() == Dialect::Course);
    let dialect = text(move || {
        let dialect = now.get();
        Text::Dialect.with(lang.get(), &[dialect_name(dialect).in_lang(lang.get())])
    });
    view! {
        <header class="top" class:course=is_course>
            <h1>{mark()} "Mews" <span class="quiet">{state.t(Text::Tagline)}</span></h1>
            <p class="open-name" title=title>
                <span>{title}</span>
                <span class="muted" hidden=flag(move || !edited.get())>{state.t(Text::Edited)}</span>
            </p>
            {menu(state.t(Text::Examples), Face::Name, "examples", move || examples(state))}
            <div class="wide-only">
                {menu(state.t(Text::Files), Face::Name, "", move || files(state))}
            </div>
            <div class="end wide-only">
                {menu(dialect, Face::Name, "dialect at-end", move || dialects(state))}
                <button
                    type="button"
                    aria-label=state.t(Text::SwitchLanguageLabel)
                    title=state.t(Text::SwitchLanguageLabel)
                    on:click=on(move || switch_lang(state))
                >
                    <span lang=text(move || other_tag(lang.get()).to_owned())>{state.t(Text::SwitchLanguage)}</span>
                </button>
                <button
                    type="button"
                    class="icon-only"
                    aria-label=state.t(Text::Reference)
                    title=state.t(Text::ReferenceShortcut)
                    on:click=on(move || actions::open_reference(state))
                >
                    {icon(BOOK)}
                </button>
                {menu(state.t(Text::Theme), Face::Icon(THEME), "at-end", move || themes(state))}
                <button
                    type="button"
                    class="icon-only"
                    aria-label=state.t(Text::Help)
                    title=state.t(Text::HelpShortcut)
                    on:click=on(move || state.dialog.set(Some(Dialog::Help)))
                >
                    "?"
                </button>
            </div>
            <div class="end narrow-only">
                {menu(state.t(Text::More), Face::Icon(DOTS), "at-end", move || everything(state))}
            </div>
        </header>
    }
    .into_any()
}

/// The tag of the language that the button names in its own words.
fn other_tag(lang: Lang) -> &'static str {
    crate::i18n::tag(other(lang))
}

fn other(lang: Lang) -> Lang {
    match lang {
        Lang::En => Lang::Ja,
        Lang::Ja => Lang::En,
    }
}

fn switch_lang(state: State) {
    actions::set_lang(state, other(state.lang.get_untracked()));
}

fn examples(state: State) -> Vec<Item> {
    let lang = state.lang.get_untracked();
    EXAMPLES
        .iter()
        .map(|example| {
            Item::new(format!("{} {}", example.section, example.title(lang)), move || {
                actions::start(state, Start::Example(example));
            })
            .hint(example.summary(lang))
        })
        .collect()
}

fn files(state: State) -> Vec<Item> {
    let open = Item::new(state.say(Text::OpenFiles, &[]), move || transfer::choose(state, Purpose::Any));
    let (docs, start) =
        state.workspace.with_untracked(|workspace| (workspace.docs.clone(), Start::of(workspace)));
    let downloads = docs.into_iter().filter(|doc| !doc.locked).enumerate().map(|(at, doc)| {
        let item =
            Item::new(state.say(Text::DownloadFile, &[&doc.name]), move || transfer::download(state, &doc));
        if at == 0 { item.apart() } else { item }
    });
    let new =
        Item::new(state.say(Text::NewWorkspace, &[]), move || actions::start(state, Start::Empty)).apart();
    let reset = Item::new(state.say(Text::Reset, &[]), move || actions::start(state, start));
    [open]
        .into_iter()
        .chain(downloads)
        .chain([new])
        .chain(matches!(start, Start::Example(_)).then_some(reset))
        .collect()
}

fn themes(state: State) -> Vec<Item> {
    let now = state.theme.get_untracked();
    [(Theme::System, Text::ThemeSystem), (Theme::Light, Text::ThemeLight), (Theme::Dark, Text::ThemeDark)]
        .into_iter()
        .map(|(theme, text)| {
            Item::new(state.say(text, &[]), move || actions::set_theme(state, theme)).chosen(theme == now)
        })
        .collect()
}

fn dialect_name(dialect: Dialect) -> Text {
    match dialect {
        Dialect::Falco => Text::DialectFalco,
        Dialect::Course => Text::DialectCourse,
    }
}

fn dialects(state: State) -> Vec<Item> {
    let now = state.workspace.with_untracked(|workspace| workspace.dialect);
    [(Dialect::Falco, Text::DialectFalcoHint), (Dialect::Course, Text::DialectCourseHint)]
        .into_iter()
        .map(|(dialect, hint)| {
            let name = state.say(dialect_name(dialect), &[]);
            let label = state.say(Text::Dialect, &[&name]);
            Item::new(label, move || actions::set_dialect(state, dialect))
                .hint(state.say(hint, &[]))
                .chosen(dialect == now)
        })
        .collect()
}

/// For windows without room: all of it in one menu.
fn everything(state: State) -> Vec<Item> {
    let lang = Item::new(state.say(Text::SwitchLanguage, &[]), move || switch_lang(state)).apart();
    let help = Item::new(state.say(Text::Help, &[]), move || state.dialog.set(Some(Dialog::Help))).apart();
    let reference =
        Item::new(state.say(Text::Reference, &[]), move || actions::open_reference(state)).apart();
    let mut dialects = dialects(state).into_iter();
    let first = dialects.next().map(Item::apart);
    files(state)
        .into_iter()
        .chain(first)
        .chain(dialects)
        .chain([reference, lang])
        .chain(themes(state))
        .chain([help])
        .collect()
}
