//! Language, theme and sizes. `web/theme.js` reads the first two before the page starts: same keys, same values.

use super::storage;
use crate::{
    i18n::{self, Lang},
    state::{Sizes, Theme},
};

const LANG: &str = "mews.lang";
const THEME: &str = "mews.theme";
const SIZES: &str = "mews.sizes";

fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

fn write(key: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        // A preference that cannot be kept is not worth a message.
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}

pub(crate) fn set_lang(lang: Lang) {
    write(LANG, Some(i18n::tag(lang)));
}

pub(crate) fn theme() -> Theme {
    match read(THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// The theme as the attribute of the document; none follows the system.
pub(crate) fn theme_name(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    }
}

pub(crate) fn set_theme(theme: Theme) {
    write(THEME, theme_name(theme));
}

/// The sizes of the regions: three percentages, and since there is one for the grid, four.
pub(crate) fn sizes() -> Sizes {
    let kept = read(SIZES).unwrap_or_default();
    let mut numbers =
        kept.split(' ').map_while(|part| part.parse::<f64>().ok().filter(|n| (5.0..95.0).contains(n)));
    let default = Sizes::default();
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(editor), Some(list), Some(problems)) => {
            Sizes { editor, list, problems, grid: numbers.next().unwrap_or(default.grid) }
        }
        _ => default,
    }
}

pub(crate) fn set_sizes(sizes: Sizes) {
    let Sizes { editor, list, grid, problems } = sizes;
    write(SIZES, Some(&format!("{editor:.1} {list:.1} {problems:.1} {grid:.1}")));
}
