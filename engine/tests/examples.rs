//! The examples of the page keep their word: in both languages every event gets from every rule the answer that it
//! says it gets (`expect`), without an error or a warning.

use engine::Session;
use engine::catalog::{BASE_RULES, BASE_RULES_NAME, Dialect};
use engine::report::{Hit, Outcome, Report};
use engine::text::{Lang, Severity, Source};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// `example.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    id: String,
    section: String,
    title: Both,
    summary: Both,
    files: Vec<String>,
    config: Option<String>,
    events: String,
    texts: Vec<Both>,
    dialect: Option<String>,
    /// Of a log that cannot say it itself: what rules say about each event. Rules that are not named say nothing.
    answers: Option<Vec<Answer>>,
}

/// What rules say about an event of a log.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    event: String,
    expect: BTreeMap<String, String>,
}

/// A text in both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    en: String,
    ja: String,
}

/// What the test wants to know of an event; the rest is the engine's.
#[derive(Deserialize)]
struct Event {
    name: String,
    note: String,
    time: String,
    expect: BTreeMap<String, String>,
}

impl Example {
    /// A file of the example in one language, as the page shows it.
    fn read(&self, file: &str, lang: Lang) -> Source {
        let text = fs::read_to_string(root().join(&self.id).join(file)).unwrap();
        let text = match lang {
            Lang::En => text,
            Lang::Ja => self.texts.iter().fold(text, |text, pair| text.replace(&pair.en, &pair.ja)),
        };
        Source { name: file.to_owned(), text }
    }

    /// What the engine says about it.
    fn report(&self, lang: Lang) -> Report {
        self.session(lang).1
    }

    fn session(&self, lang: Lang) -> (Session, Report) {
        let mut rules = vec![Source { name: BASE_RULES_NAME.to_owned(), text: BASE_RULES.to_owned() }];
        rules.extend(self.files.iter().map(|file| self.read(file, lang)));
        let mut session = Session::new();
        if self.dialect.is_some() {
            session.set_dialect(Dialect::Course);
        }
        session.set_rules(rules);
        session.set_config(self.config.as_ref().map(|file| self.read(file, lang)));
        session.set_events(vec![self.read(&self.events, lang).into()]);
        let report = session.report();
        (session, report)
    }

    /// Its events, as far as this test is concerned.
    fn events(&self, lang: Lang) -> Vec<Event> {
        let Some(answers) = &self.answers else {
            return serde_yaml::from_str(&self.read(&self.events, lang).text).unwrap();
        };
        let (session, report) = self.session(lang);
        let silent = report.rules.iter().map(|rule| (rule.name.clone(), "none".to_owned()));
        let silent: BTreeMap<_, _> = silent.collect();
        let event = |(answer, time): (&Answer, String)| Event {
            name: answer.event.clone(),
            note: String::new(),
            time,
            expect: silent.clone().into_iter().chain(answer.expect.clone()).collect(),
        };
        let times = session.events().into_iter().map(|event| format!("{:020}", event.when.unwrap_or(0)));
        answers.iter().zip(times).map(event).collect()
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/examples")
}

/// All examples, in menu order.
fn examples() -> Vec<Example> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    let examples: Vec<Example> = folders
        .iter()
        .map(|folder| {
            let example: Example =
                serde_yaml::from_str(&fs::read_to_string(folder.join("example.yaml")).unwrap())
                    .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
            assert_eq!(
                folder.file_name().unwrap().to_str().unwrap(),
                example.id,
                "the id is the folder's name"
            );
            example
        })
        .collect();
    assert!(examples.len() >= 6);
    examples
}

#[test]
fn every_event_gets_the_answers_that_it_names() {
    for example in examples() {
        for lang in [Lang::En, Lang::Ja] {
            let report = example.report(lang);
            let events = example.events(lang);
            assert_eq!(report.verdicts.len(), events.len(), "{}: number of events", example.id);
            for (position, (event, hits)) in (0..).zip(events.iter().zip(&report.verdicts)) {
                let answers: BTreeMap<String, String> = report
                    .rules
                    .iter()
                    .enumerate()
                    .map(|(at, rule)| {
                        let undecided = rule.undecided.contains(position);
                        let answer =
                            match hits.iter().find(|hit| hit.rule as usize == at).map(|hit| hit.outcome) {
                                Some(Outcome::Matches) => "match",
                                Some(Outcome::Suppressed { .. }) => "suppressed",
                                Some(Outcome::Undecided(_)) => "undecided",
                                None if undecided => "undecided",
                                None => "none",
                            };
                        (rule.name.clone(), answer.to_owned())
                    })
                    .collect();
                assert_eq!(answers, event.expect, "{}: {}", example.id, event.name);
            }
        }
    }
}

#[test]
fn an_example_has_no_errors_and_no_warnings() {
    for example in examples() {
        for lang in [Lang::En, Lang::Ja] {
            let report = example.report(lang);
            let problems: Vec<String> = report
                .diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.severity != Severity::Hint)
                // What only the dialect accepts is what such an example is about.
                .filter(|diagnostic| example.dialect.is_none() || diagnostic.code != "course-dialect")
                .map(|diagnostic| format!("{:?}: {}", diagnostic.at, diagnostic.message.text(Lang::En)))
                .collect();
            assert!(problems.is_empty(), "{}: {problems:#?}", example.id);
            let loads = report.files.iter().all(|file| file.loads);
            assert_eq!(loads, example.dialect.is_none(), "{}: every file loads", example.id);
        }
    }
}

#[test]
fn an_example_shows_a_match_a_miss_and_a_suppression() {
    for example in examples() {
        let events = example.events(Lang::En);
        assert!((8..=24).contains(&events.len()), "{}: {} events", example.id, events.len());
        let mut answers: BTreeSet<&str> =
            events.iter().flat_map(|event| event.expect.values()).map(String::as_str).collect();
        // Of logs only: an event of our own form says everything.
        assert!(!answers.remove("undecided") || example.answers.is_some(), "{}", example.id);
        assert_eq!(answers, BTreeSet::from(["match", "none", "suppressed"]), "{}", example.id);
        let silent = |event: &Event| event.expect.values().all(|answer| answer == "none");
        assert!(events.iter().any(silent), "{}: an event that concerns no rule", example.id);
        assert!(events.is_sorted_by_key(|event| &event.time), "{}: in order of time", example.id);
    }
}

#[test]
fn every_text_has_its_place_and_its_japanese() {
    let japanese =
        |text: &str| text.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'));
    for example in examples() {
        let id = &example.id;
        assert!(id.starts_with(&format!("{}-", example.section)), "{id}: the section stands first in the id");
        let files: Vec<Source> = example
            .files
            .iter()
            .chain(&example.config)
            .chain([&example.events])
            .map(|file| example.read(file, Lang::En))
            .collect();
        for text in example.texts.iter().chain([&example.title, &example.summary]) {
            assert!(japanese(&text.ja) && !japanese(&text.en), "{id}: {} / {}", text.en, text.ja);
        }
        for text in &example.texts {
            assert!(
                files.iter().any(|file| file.text.contains(&text.en)),
                "{id}: no file says “{}”",
                text.en
            );
            let holders = example.texts.iter().filter(|other| other.en.contains(&text.en)).count();
            assert_eq!(holders, 1, "{id}: “{}” is part of another text", text.en);
        }
        for file in &files {
            let left = example.read(&file.name, Lang::Ja).text;
            for comment in left.lines().filter(|line| line.trim_start().starts_with('#')) {
                assert!(japanese(comment), "{id}/{}: no Japanese for “{comment}”", file.name);
            }
        }
        for event in example.events(Lang::Ja).iter().filter(|_| example.answers.is_none()) {
            assert!(japanese(&event.name) && japanese(&event.note), "{id}: no Japanese for “{}”", event.name);
        }
    }
}

/// Takes every fourth field away.
fn hide(event: &mut serde_yaml::Mapping, count: &mut usize) {
    event.retain(|key, value| match (key.as_str(), value) {
        (Some("source" | "time" | "expect"), _) => true,
        (_, serde_yaml::Value::Mapping(inner)) => {
            hide(inner, count);
            !inner.is_empty()
        }
        _ => {
            *count += 1;
            !count.is_multiple_of(4)
        }
    });
}

#[test]
fn a_part_of_an_event_never_says_the_contrary() {
    let mut decided = 0;
    for example in examples().into_iter().filter(|example| example.answers.is_none()) {
        let whole = example.report(Lang::En);
        for keep in 0..4_usize {
            let (mut session, _) = example.session(Lang::En);
            let events: Vec<serde_yaml::Mapping> =
                serde_yaml::from_str(&example.read(&example.events, Lang::En).text).unwrap();
            let mut part = String::new();
            for (number, mut event) in events.into_iter().enumerate() {
                hide(&mut event, &mut (number + keep));
                event.insert("partial".into(), true.into());
                part += &serde_yaml::to_string(&[event]).unwrap();
            }
            session.set_events(vec![Source { name: "events.yaml".into(), text: part.clone() }.into()]);
            let report = session.report();
            for (event, (then, now)) in whole.verdicts.iter().zip(&report.verdicts).enumerate() {
                for (at, rule) in (0..).zip(&report.rules) {
                    let kind = |hits: &[Hit]| {
                        let hit = hits.iter().find(|hit| hit.rule == at);
                        hit.map(|hit| hit.outcome == Outcome::Matches)
                    };
                    if !rule.undecided.contains(event as u32) {
                        decided += 1;
                        assert_eq!(kind(then), kind(now), "{}: {} on\n{part}", example.id, rule.name);
                    }
                }
            }
        }
    }
    assert!(decided > 100, "{decided}");
}
