//! A rule's answer on an event, as one small mark: shape, colour and words.

use crate::{
    i18n::{Lang, Text},
    results::{EventState, Results},
    state::State,
    told::Told,
    widgets::erase::{on, text},
};
use engine::report::{Hit, Outcome, Possible, Priority};
use leptos::prelude::*;

/// A chip, ready to be shown.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Chip {
    /// Position of the rule in the results.
    pub(crate) rule: u32,
    pub(crate) priority: Priority,
    pub(crate) suppressed: bool,
    /// The event does not say enough to tell.
    pub(crate) undecided: bool,
    /// The rule at which Falco stops before it gets to this one.
    pub(crate) stops_at: Option<String>,
    /// An earlier result of a rule that is broken now.
    pub(crate) stale: bool,
    pub(crate) label: String,
}

impl Chip {
    pub(crate) fn of(results: &Results, hit: Hit, lang: Lang) -> Option<Self> {
        let rule = results.rules.get(hit.rule as usize)?;
        let label = match hit.outcome {
            Outcome::Matches | Outcome::Undecided(_) => rule.name.clone(),
            Outcome::Suppressed { exception, tuple } => {
                let exception =
                    rule.exceptions.get(exception as usize).map_or("", |exception| &exception.name);
                match tuple {
                    Some(tuple) => {
                        Text::ExceptionTuple.with(lang, &[&rule.name, exception, &(tuple + 1).to_string()])
                    }
                    None => Text::ExceptionOnly.with(lang, &[&rule.name, exception]),
                }
            }
        };
        let suppressed = matches!(hit.outcome, Outcome::Suppressed { .. });
        let undecided = matches!(hit.outcome, Outcome::Undecided(_));
        Some(Self {
            rule: hit.rule,
            priority: rule.priority,
            suppressed,
            undecided,
            stops_at: None,
            stale: results.stale(hit.rule),
            label,
        })
    }

    /// All chips of an event; behind the others those of rules for which it does not say enough.
    pub(crate) fn all(results: &Results, event: u32, lang: Lang) -> Vec<Self> {
        let hits = results.verdicts.get(event as usize).map_or(&[][..], Vec::as_slice);
        let chip = |hit: &Hit| {
            let mut chip = Self::of(results, *hit, lang)?;
            if !chip.suppressed && !chip.undecided {
                chip.stops_at = results.stops_at(hits, hit.rule).map(|rule| rule.name.clone());
            }
            Some(chip)
        };
        let mut chips: Vec<Self> = hits.iter().filter_map(chip).collect();
        if results.undecided_count(event) > 0 {
            let open = (0..).zip(&results.rules).filter(|(_, rule)| rule.undecided.contains(event));
            let outcome = Outcome::Undecided(Possible::default());
            chips.extend(open.filter_map(|(rule, _)| Self::of(results, Hit { rule, outcome }, lang)));
        }
        chips
    }

    fn class(&self) -> String {
        let kind = match self {
            Self { suppressed: true, .. } => "suppressed",
            Self { undecided: true, .. } => "undecided",
            _ => priority_class(self.priority),
        };
        let hidden = if self.stops_at.is_some() { " hidden-match" } else { "" };
        format!("chip {kind}{hidden}{}", if self.stale { " stale" } else { "" })
    }

    /// What is said of it at length.
    pub(crate) fn title(&self, lang: Lang) -> String {
        match &self.stops_at {
            Some(first) => Text::HiddenBehind.with(lang, &[&self.label, first]),
            None => self.label.clone(),
        }
    }

    fn inner(self, lang: Lang) -> AnyView {
        let (word, sign) = if self.suppressed {
            (Text::SuppressedLong.in_lang(lang), "⊘")
        } else if self.undecided {
            (Text::UndecidedLong.in_lang(lang), "◐")
        } else {
            (self.priority.name(), priority_letters(self.priority))
        };
        let hidden = self.stops_at.map(|first| Text::HiddenShort.with(lang, &[&first]));
        view! {
            <span class="sign" aria-hidden="true">{sign}</span>
            <span class="quiet">{word} " "</span>
            <span class="chip-label">{self.label}</span>
            {hidden.map(|words| view! { <span class="quiet">" " {words}</span> }.into_any())}
        }
        .into_any()
    }

    /// As a part of something that is pressed as a whole.
    pub(crate) fn plain(self, lang: Lang) -> AnyView {
        let (class, title) = (self.class(), self.title(lang));
        view! { <span class=class title=title>{self.inner(lang)}</span> }.into_any()
    }

    /// As a button that asks why the rule says so.
    pub(crate) fn button(self, state: State) -> AnyView {
        let lang = state.lang.get();
        let title = match &self.stops_at {
            Some(_) => self.title(lang),
            None => Text::WhyThis.with(lang, &[&self.label]),
        };
        let rule = self.rule;
        let name = Memo::new(move |_| {
            state.results.with(|results| results.rules.get(rule as usize).map(|rule| rule.name.clone()))
        });
        let pressed = text(move || {
            let explained = state.told.with(Told::explained);
            (explained == Some(rule)).to_string()
        });
        let ask = on(move || crate::actions::select_rule(state, name.get_untracked()));
        let class = self.class();
        view! {
            <button type="button" class=class title=title aria-pressed=pressed on:click=ask>
                {self.inner(lang)}
            </button>
        }
        .into_any()
    }
}

/// The class of a priority's colour.
pub(crate) const fn priority_class(priority: Priority) -> &'static str {
    match priority {
        Priority::Emergency => "emergency",
        Priority::Alert => "alert",
        Priority::Critical => "critical",
        Priority::Error => "error-priority",
        Priority::Warning => "warning-priority",
        Priority::Notice => "notice",
        Priority::Informational => "informational",
        Priority::Debug => "debug",
    }
}

/// The first letter, or two where another priority has the same.
pub(crate) const fn priority_letters(priority: Priority) -> &'static str {
    match priority {
        Priority::Emergency => "Em",
        Priority::Alert => "A",
        Priority::Critical => "C",
        Priority::Error => "Er",
        Priority::Warning => "W",
        Priority::Notice => "N",
        Priority::Informational => "I",
        Priority::Debug => "D",
    }
}

impl EventState {
    /// Its sign, class, short and long word.
    pub(crate) const fn look(self) -> (&'static str, &'static str, Text, Text) {
        match self {
            Self::Matching => ("●", "matching", Text::Matching, Text::MatchingLong),
            Self::Suppressed => ("⊘", "suppressed", Text::Suppressed, Text::SuppressedLong),
            Self::Undecided => ("◐", "undecided", Text::Undecided, Text::UndecidedLong),
            Self::Silent => ("○", "silent", Text::NoMatch, Text::NoMatchLong),
        }
    }
}
