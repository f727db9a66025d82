//! The left region: a tab per file, in load order, over the editor.

use crate::{
    actions,
    app::worst,
    editor::pane,
    i18n::Text,
    panels::{events_file::events_bar, log_view::log_view},
    state::{Dialog, State},
    transfer::{self, Purpose},
    widgets::{
        erase::{Keyed, effect, flag, list, maybe, on, part, text, with},
        icon::{DOTS, PLUS},
        menu::{Face, Item, menu},
    },
    workspace::{CONFIG_NAME, Doc, DocKey, Role},
};
use engine::catalog::Dialect;
use engine::report::{RuleMatching, Status};
use leptos::{html, prelude::*};
use web_sys::{KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

/// What a tab shows.
#[derive(Clone, PartialEq)]
struct Tab {
    key: DocKey,
    role: Role,
    name: String,
    locked: bool,
    /// Position in load order, from 1.
    position: Option<usize>,
}

pub(crate) fn files_panel(state: State) -> AnyView {
    let tabs = Memo::new(move |_| {
        state.workspace.with(|workspace| {
            let tab = |doc: &Doc| Tab {
                key: doc.key,
                role: doc.role,
                name: doc.name.clone(),
                locked: doc.locked,
                position: workspace.load_position(doc.key),
            };
            workspace.docs.iter().map(tab).collect::<Vec<_>>()
        })
    });
    let active_tab =
        Memo::new(move |_| tabs.with(|tabs| tabs.iter().find(|tab| tab.key == state.active.get()).cloned()));
    let keys = move |event: KeyboardEvent| {
        let tabs: Vec<DocKey> = tabs.with_untracked(|tabs| tabs.iter().map(|tab| tab.key).collect());
        let active = state.active.get_untracked();
        let Some(at) = tabs.iter().position(|key| *key == active) else { return };
        let to = match event.key().as_str() {
            "ArrowLeft" => (at + tabs.len() - 1) % tabs.len(),
            "ArrowRight" => (at + 1) % tabs.len(),
            "Home" => 0,
            "End" => tabs.len() - 1,
            "F2" => {
                rename(state, active);
                event.prevent_default();
                return;
            }
            "Delete" => {
                actions::delete(state, active);
                let shown = state.active.get_untracked();
                request_animation_frame(move || crate::app::focus(&format!("#tab-{}", shown.0)));
                event.prevent_default();
                return;
            }
            _ => return,
        };
        if let Some(key) = tabs.get(to).copied() {
            actions::show(state, key);
            crate::app::focus(&format!("#tab-{}", key.0));
        }
        event.prevent_default();
    };
    let note = text(move || active_note(state, active_tab.get()).unwrap_or_default());
    // The tab of what is shown is in sight, also where there is room for one or two.
    let tab_list = NodeRef::<html::Div>::new();
    effect(move || {
        let (Some(list), Some(tab)) = (tab_list.get(), active_tab.get()) else { return };
        state.region.track();
        request_animation_frame(move || {
            if let Ok(Some(tab)) = list.query_selector(&format!("#tab-{}", tab.key.0)) {
                let options = ScrollIntoViewOptions::new();
                options.set_block(ScrollLogicalPosition::Nearest);
                options.set_inline(ScrollLogicalPosition::Nearest);
                tab.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    });
    view! {
        <section id="rules" class="region" aria-label=state.t(Text::Rules)>
            <div class="tabs">
                <div class="tab-list" node_ref=tab_list role="tablist" aria-label=state.t(Text::FileTabs) on:keydown=with(keys)>
                    {list(move || tabs.get().into_iter().map(|tab| keyed(state, tab)).collect())}
                </div>
                {menu(state.t(Text::AddFile), Face::Icon(PLUS), "at-end", move || additions(state))}
                {menu(
                    state.tf(Text::FileActions, move || vec![active_tab.get().map(|tab| tab.name).unwrap_or_default()]),
                    Face::Icon(DOTS),
                    "at-end",
                    move || commands(state, active_tab.get_untracked()),
                )}
            </div>
            <p class="tab-note" hidden=flag(move || note.get().is_empty())>{note}</p>
            {dialect_note(state)}
            {events_bar(state)}
            <div class="tab-panel" role="tabpanel" id="tab-panel" aria-labelledby=text(move || format!("tab-{}", state.active.get().0))>
                {pane(state)}
                {log_view(state)}
            </div>
        </section>
    }
    .into_any()
}

/// That rules are read in another dialect, and the way back.
fn dialect_note(state: State) -> AnyView {
    let is_course =
        Memo::new(move |_| state.workspace.with(|workspace| workspace.dialect) == Dialect::Course);
    let note = text(move || {
        let refused = state.results.with(|results| results.files.iter().any(|file| !file.loads));
        let text = if refused { Text::CourseOn } else { Text::CourseOnValid };
        text.in_lang(state.lang.get()).to_owned()
    });
    part(move || {
        if !is_course.get() {
            return ().into_any();
        }
        view! {
            <p class="tab-note dialect-note">
                <span>{note}</span>
                <button type="button" on:click=on(move || actions::set_dialect(state, Dialect::Falco))>
                    {state.t(Text::CourseOff)}
                </button>
            </p>
        }
        .into_any()
    })
    .into_any()
}

fn keyed(state: State, tab: Tab) -> Keyed {
    let key = format!("{} {} {:?} {}", tab.key.0, tab.name, tab.position, tab.locked);
    Keyed::new(key, move || tab_view(state, tab.clone()))
}

fn tab_view(state: State, tab: Tab) -> AnyView {
    let Tab { key, role, name, position, .. } = tab;
    let lang = state.lang;
    let selected = Memo::new(move |_| state.active.get() == key);
    let badge = Memo::new(move |_| state.results.with(|results| worst(results, Some(results.file_of(key)?))));
    let order =
        maybe(move || position.map(|position| Text::LoadsNth.with(lang.get(), &[&position.to_string()])));
    let badge_view = part(move || {
        let Some((severity, count)) = badge.get() else { return ().into_any() };
        let label = problems_label(state, severity, count);
        view! { <span class=format!("badge {severity}")>{format!("{count} ")}<span class="quiet">{label}</span></span> }.into_any()
    });
    let off = role == Role::Base && position.is_none();
    let kind = off.then(|| state.t(Text::OffTab));
    view! {
        <button
            type="button"
            role="tab"
            id=format!("tab-{}", key.0)
            class="tab"
            class:off=off
            class:events-tab=matches!(role, Role::Config | Role::Events)
            aria-selected=text(move || selected.get().to_string())
            aria-controls="tab-panel"
            tabindex=text(move || if selected.get() { "0" } else { "-1" }.to_owned())
            data-start=maybe(move || selected.get().then(String::new))
            title=order
            on:click=on(move || actions::show(state, key))
            on:dblclick=on(move || rename(state, key))
        >
            <span class="order" aria-hidden="true">{position.map(|position| position.to_string())}</span>
            <span class="tab-name">{name}</span>
            <span class="muted">{kind}</span>
            {badge_view}
        </button>
    }
    .into_any()
}

fn problems_label(state: State, severity: &str, count: usize) -> &'static str {
    let lang = state.lang.get();
    match (severity, count) {
        ("error", 1) => Text::Error.in_lang(lang),
        ("error", _) => Text::ErrorsWord.in_lang(lang),
        (_, 1) => Text::Warning.in_lang(lang),
        _ => Text::WarningsWord.in_lang(lang),
    }
}

/// What can be added.
fn additions(state: State) -> Vec<Item> {
    let taken = state.workspace.with_untracked(|workspace| workspace.of_role(Role::Config).next().is_some());
    vec![
        Item::new(state.say(Text::RulesFile, &[]), move || actions::add_file(state)),
        Item::new(state.say(Text::EventsFile, &[]), move || actions::add_events_file(state)),
        Item::new(CONFIG_NAME, move || actions::add_config(state))
            .hint(state.say(Text::ConfigHint, &[]))
            .disabled(taken),
    ]
}

/// What falco.yaml does to the rules.
fn config_note(state: State) -> Option<String> {
    let lang = state.lang.get();
    state.results.with(|results| {
        let config = results.config.as_ref()?;
        let matching = match config.rule_matching {
            RuleMatching::First => Text::StopsAtFirst,
            RuleMatching::All => Text::GoesThroughAll,
        };
        let mut note = matching.in_lang(lang).to_owned();
        for (status, text) in
            [(Status::Deselected, Text::SwitchedOff), (Status::BelowPriority, Text::TooLittleSevere)]
        {
            let rules = results.rules.iter().filter(|rule| rule.status == status);
            let names: Vec<&str> = rules.map(|rule| rule.name.as_str()).collect();
            if !names.is_empty() {
                note.push(' ');
                let shown = names.get(..NAMED).unwrap_or(&names).join(", ");
                let more = if names.len() > NAMED { ", …" } else { "" };
                note += &text.with(lang, &[&crate::i18n::number(names.len()), &format!("{shown}{more}")]);
            }
        }
        Some(note)
    })
}

/// So many rules are named in a note.
const NAMED: usize = 5;

/// What there is to say about the shown file.
fn active_note(state: State, tab: Option<Tab>) -> Option<String> {
    let lang = state.lang.get();
    let tab = tab?;
    match (tab.role, tab.position, tab.locked) {
        (Role::Base, None, _) => Some(Text::BaseIsOff.in_lang(lang).to_owned()),
        (Role::Base, _, true) => Some(Text::BaseExplained.in_lang(lang).to_owned()),
        (Role::Config, ..) => config_note(state),
        _ => None,
    }
}

fn rename(state: State, key: DocKey) {
    let allowed =
        state.workspace.with_untracked(|workspace| workspace.doc(key).is_some_and(|doc| !doc.locked));
    if allowed {
        state.dialog.set(Some(Dialog::Rename(key)));
    }
}

fn commands(state: State, tab: Option<Tab>) -> Vec<Item> {
    let Some(Tab { key, role, name, position, locked }) = tab else { return Vec::new() };
    let item = |text: Text, act: fn(State, DocKey)| Item::new(state.say(text, &[]), move || act(state, key));
    let download = Item::new(state.say(Text::DownloadFile, &[&name]), move || {
        if let Some(doc) = state.workspace.with_untracked(|workspace| workspace.doc(key).cloned()) {
            transfer::download(state, &doc);
        }
    });
    match role {
        Role::Base => {
            let switch = if position.is_some() { Text::BaseOff } else { Text::BaseOn };
            let mut items = vec![
                item(switch, |state, _| actions::switch_base(state)),
                item(Text::BaseOwn, |state, _| transfer::choose(state, Purpose::Base)),
            ];
            if locked {
                items.push(item(Text::BaseEdit, |state, _| actions::unlock_base(state)));
            } else {
                items.extend([
                    item(Text::BaseBack, |state, _| actions::restore_base(state)),
                    item(Text::Rename, rename),
                ]);
            }
            if position.is_some() {
                items.push(item(Text::Outline, actions::show_outline).hint("Ctrl Shift O").apart());
            }
            items.push(download.apart());
            items
        }
        Role::Rules => {
            let can = |step| state.workspace.with_untracked(|workspace| workspace.can_move(key, step));
            vec![
                item(Text::Rename, rename).hint("F2"),
                item(Text::MoveEarlier, |state, key| actions::shift(state, key, -1)).disabled(!can(-1)),
                item(Text::MoveLater, |state, key| actions::shift(state, key, 1)).disabled(!can(1)),
                item(Text::Outline, actions::show_outline).hint("Ctrl Shift O").apart(),
                item(Text::Format, actions::format).hint("Ctrl S"),
                item(Text::FixAll, actions::fix_all),
                download.apart(),
                item(Text::Delete, actions::delete).apart(),
            ]
        }
        Role::Config => vec![
            item(Text::Rename, rename).hint("F2"),
            download.apart(),
            item(Text::Delete, actions::delete).apart(),
        ],
        Role::Events => {
            let can = |step| state.workspace.with_untracked(|workspace| workspace.can_move(key, step));
            let only = state.workspace.with_untracked(|workspace| !workspace.is_optional(key));
            vec![
                item(Text::Rename, rename).hint("F2"),
                item(Text::EventsForward, |state, key| actions::shift(state, key, -1)).disabled(!can(-1)),
                item(Text::EventsBack, |state, key| actions::shift(state, key, 1)).disabled(!can(1)),
                download.apart(),
                item(Text::Delete, actions::delete).disabled(only).apart(),
            ]
        }
    }
}
