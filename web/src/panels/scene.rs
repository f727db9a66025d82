//! Where an event happened, drawn: the processes from the first ancestor to the one that acted, inside their container, pod
//! and namespace.

use crate::{i18n::Text, state::State};
use engine::report::EventField;
use leptos::prelude::*;

/// Ancestors that are drawn.
const ANCESTORS: usize = 12;

/// The drawing; nothing where the event says nothing of processes and places.
pub(crate) fn scene(state: State, fields: &[EventField]) -> AnyView {
    let value = |names: &[&str]| {
        names.iter().find_map(|name| {
            let found = fields.iter().find(|field| field.name == *name)?;
            (!found.value.is_empty() && found.value != "<NA>").then(|| found.value.clone())
        })
    };
    let ancestor = |at: usize| {
        let name = format!("proc.aname[{at}]");
        value(&[name.as_str()]).or_else(|| if at == 1 { value(&["proc.pname"]) } else { None })
    };
    let mut chain: Vec<String> = (1..=ANCESTORS).map_while(ancestor).collect();
    chain.reverse();
    let own = value(&["proc.name"]);
    let lang = state.lang.get();
    let mut inner = match own {
        Some(own) => {
            let before = chain.into_iter().map(|name| view! { <li><code>{name}</code></li> }.into_any());
            let command = value(&["proc.cmdline"]).filter(|command| *command != own);
            let command = command.map(|command| view! { <span class="muted">{command}</span> }.into_any());
            view! {
                <ol class="scene-tree" aria-label=Text::ProcessTree.in_lang(lang)>
                    {before.collect::<Vec<_>>()}
                    <li><code><strong>{own}</strong></code>" "{command}</li>
                </ol>
            }
            .into_any()
        }
        None => ().into_any(),
    };
    let has_process = value(&["proc.name"]).is_some();
    let container = value(&["container.id"]).filter(|id| id != "host");
    let name = value(&["container.name"]).or_else(|| container.clone());
    let image = value(&["container.image.repository", "container.image"]);
    let mut any = has_process;
    let mut boxed = |kind: Text, name: Option<String>, more: Option<String>, inside: AnyView| match name {
        Some(name) => {
            any = true;
            let more = more.map(|more| view! { <span class="muted">{more}</span> }.into_any());
            view! {
                <div class="scene-box">
                    <p><span class="scene-kind">{kind.in_lang(lang)}</span>" "<strong>{name}</strong>" "{more}</p>
                    {inside}
                </div>
            }
            .into_any()
        }
        None => inside,
    };
    if container.is_some() {
        inner = boxed(Text::ContainerWord, name, image, inner);
    }
    inner =
        boxed(Text::PodWord, value(&["k8s.pod.name", "k8smeta.pod.name", "ka.target.pod.name"]), None, inner);
    let namespace = value(&["k8s.ns.name", "k8smeta.ns.name", "ka.target.namespace"]);
    inner = boxed(Text::NamespaceWord, namespace, None, inner);
    if !any {
        return ().into_any();
    }
    view! { <section class="scene" aria-label=Text::Scene.in_lang(lang)>{inner}</section> }.into_any()
}
