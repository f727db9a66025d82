//! A modal dialog on the browser's own `<dialog>`, which keeps the focus inside and gives it back.

use super::{
    button::icon_button,
    erase::{effect, with},
    icon::CLOSE,
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

/// The dialog. Mount it to open it; `close` is asked to take it away (Escape, the button, a press outside).
pub(crate) fn modal(
    title: Signal<String>,
    close_label: Signal<String>,
    close: Callback<()>,
    body: AnyView,
) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    effect(move || {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    // Only a dialog that is closed, and not just taken away, gives the focus back.
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
        close.run(());
    };
    view! {
        <dialog
            class="modal"
            node_ref=dialog
            aria-labelledby="modal-title"
            on:cancel=with(move |event: web_sys::Event| {
                event.prevent_default();
                close();
            })
            on:pointerdown=with(move |event: web_sys::PointerEvent| {
                // Only a press on what lies around the body has the dialog itself as its target.
                let target = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlDialogElement>().ok());
                if target.is_some() {
                    close();
                }
            })
        >
            <div class="modal-body">
                <header>
                    <h2 id="modal-title">{title}</h2>
                    {icon_button(close_label, CLOSE, close)}
                </header>
                {body}
            </div>
        </dialog>
    }
    .into_any()
}
