//! The page's templates of events are events that the engine understands.

use engine::events::{Options, read};
use engine::text::{Lang, SourceId};
use serde_yaml::Value;
use std::collections::BTreeSet;

#[test]
fn templates_are_events() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../web/templates/events.yaml");
    let templates: Vec<Value> = serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(templates.len() >= 20);
    let mut ids = BTreeSet::new();
    for template in &templates {
        let id = template["id"].as_str().unwrap();
        assert!(ids.insert(id), "{id} is there twice");
        for lang in ["en", "ja"] {
            assert!(!template["title"][lang].as_str().unwrap().is_empty(), "{id} in {lang}");
        }
        let event = serde_yaml::to_string(&vec![template["event"].clone()]).unwrap();
        let (store, problems) = read(&event, SourceId(0), Options::default());
        let told: Vec<_> = problems.iter().map(|problem| problem.message.text(Lang::En)).collect();
        assert!(told.is_empty(), "{id}: {told:?}\n{event}");
        assert_eq!(store.len(), 1);
    }
}
