//! The page and its worker, which are the same program: started in a window it shows the page, started in a worker
//! it runs the engine.

mod actions;
mod app;
mod docs;
mod editor;
mod examples;
mod i18n;
mod panels;
mod persist;
mod results;
mod state;
mod told;
mod transfer;
mod widgets;
mod worker;
mod workspace;

fn main() {
    console_error_panic_hook::set_once();
    if let Some(scope) = worker::serve::scope() {
        worker::serve::serve(&scope);
    } else {
        let lang = i18n::words::start();
        leptos::mount::mount_to_body(move || app::app(lang));
    }
}
