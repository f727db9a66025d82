//! The tabs at the bottom of a narrow window, which shows one region at a time.

use super::problems;
use crate::{
    i18n::{Text, number},
    results::Results,
    state::{REGIONS, Region, State},
    widgets::{
        erase::{maybe, on, part},
        icon,
    },
};
use leptos::prelude::*;

pub(crate) fn region_tabs(state: State) -> AnyView {
    let badges = Memo::new(move |_| {
        state.results.with(|results: &Results| {
            let [matching, ..] = results.counts();
            [None, (matching > 0).then_some(("matching", matching)), None, problems::badge(results)]
        })
    });
    let tab = move |region: Region, at: usize| {
        let path = match region {
            Region::Rules => icon::RULES,
            Region::Events => icon::EVENTS,
            Region::Details => icon::DETAILS,
            Region::Problems => icon::PROBLEMS,
        };
        let badge = part(move || match badges.get().get(at).copied().flatten() {
            Some((class, n)) => view! { <span class=format!("badge {class}")>{number(n)}</span> }.into_any(),
            None => ().into_any(),
        });
        view! {
            <button
                type="button"
                aria-current=maybe(move || (state.region.get() == region).then(|| "true".to_owned()))
                on:click=on(move || state.region.set(region))
            >
                {icon::icon(path)}
                <span>{state.t(region.title())}</span>
                {badge}
            </button>
        }
        .into_any()
    };
    view! {
        <nav class="region-tabs" aria-label=state.t(Text::Regions)>
            {REGIONS.into_iter().enumerate().map(|(at, region)| tab(region, at)).collect::<Vec<_>>()}
        </nav>
    }
    .into_any()
}
