//! Progress on standard error, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// Smaller work is done before anybody could read it.
const WORTH_SHOWING: u64 = 1 << 22;

/// A bar for reading `len` bytes.
pub(crate) fn bytes(what: &str, len: u64) -> ProgressBar {
    if len < WORTH_SHOWING {
        return ProgressBar::hidden();
    }
    bar(len, "{msg} {wide_bar} {bytes}/{total_bytes}").with_message(what.to_owned())
}

/// A bar for `len` steps.
pub(crate) fn steps(what: &str, len: usize) -> ProgressBar {
    bar(len as u64, "{msg} {wide_bar} {pos}/{len}").with_message(what.to_owned())
}

/// A sign of life for work of unknown length.
pub(crate) fn spinner(what: &str) -> ProgressBar {
    let spinner =
        ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_message(what.to_owned());
    spinner.enable_steady_tick(Duration::from_millis(120));
    spinner
}

fn bar(len: u64, template: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(len), ProgressDrawTarget::stderr());
    // The templates are constants of this file; if one were wrong, the default style would do.
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
