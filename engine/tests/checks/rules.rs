//! Rules files of any content: they load, places lie in them, Falco's view and ours fit together, and the evaluators agree.

use super::{DIALECTS, Texts, agree, details, places_lie_in, store};
use engine::catalog::Dialect;
use engine::lint;
use engine::parse::wrapped;
use engine::resolve::{Loaded, falco_load};
use engine::text::{Loc, Severity, Source, SourceId};

/// Checks rules files that load one after another, and a configuration.
pub(crate) fn rules(texts: &Texts) {
    let files = texts.sources();
    for dialect in DIALECTS {
        let loaded = lint::load(&files, dialect);
        places(&loaded, &files);
        agree::evaluators_agree(&loaded.ruleset, store(dialect));
    }
    assert_eq!(falco_load(&files).len(), files.len());
    for file in &files {
        what_falco_prints(std::slice::from_ref(file));
    }
    reports_are_equal(texts);
}

fn places(loaded: &Loaded, files: &[Source]) {
    let check = |at: Loc| {
        let (from, to) = (at.span.start as usize, at.span.end as usize);
        let inside = files.get(at.source.index()).is_some_and(|file| file.text.get(from..to).is_some());
        assert!(inside, "{at:?}");
    };
    // What the report holds is looked at there.
    assert_eq!(loaded.files.len(), files.len());
    for (at, file) in loaded.files.iter().enumerate() {
        for token in &file.tokens {
            check(Loc::new(SourceId::new(at), token.span));
        }
        let sorted = file.tokens.is_sorted_by(|a, b| a.span.end <= b.span.start);
        assert!(sorted, "tokens in order and apart: {:?}", file.tokens);
    }
    loaded.ruleset.trees.iter().flat_map(|tree| &tree.nodes).for_each(|node| check(node.at));
    for rule in &loaded.ruleset.rules {
        check(rule.at);
        check(rule.name_at);
    }
    for (at, name_at) in loaded.ruleset.macros.iter().map(|item| (item.at, item.name_at)) {
        check(at);
        check(name_at);
    }
    for (at, name_at) in loaded.ruleset.lists.iter().map(|item| (item.at, item.name_at)) {
        check(at);
        check(name_at);
    }
}

/// What Falco refuses, we call an error, and the other way round; and of the errors of a refused file Falco prints just one.
fn what_falco_prints(file: &[Source]) {
    // Falco gets the rules without what is around them.
    let file = &*wrapped::unwrapped(file);
    let loaded = lint::load(file, Dialect::Falco);
    let refused = falco_load(file).into_iter().find_map(|file| file.error);
    assert_eq!(loaded.files[0].loads, refused.is_none(), "{refused:?} {:#?}", loaded.diagnostics);
    let errors = loaded.diagnostics.iter().any(|problem| problem.severity == Severity::Error);
    assert!(errors || refused.is_none(), "{refused:?} without an error of ours");
    let printed = loaded.diagnostics.iter().filter_map(|problem| problem.falco.as_ref());
    let printed = printed.filter(|falco| falco.printed && falco.code.starts_with("LOAD_ERR")).count();
    // Behind a syntax error that Falco's YAML reader does not see as one, the rest is read in another way than Falco reads it.
    let alike = loaded.diagnostics.iter().all(|problem| problem.code.name != "yaml-syntax");
    assert!(
        printed == usize::from(refused.is_some()) || (printed == 0 && !alike),
        "{refused:?} {:#?}",
        loaded.diagnostics
    );
}

/// The same input gives the same report, in a session that knows it and in a new one.
fn reports_are_equal(texts: &Texts) {
    let mut session = texts.session(Dialect::Falco);
    let report = session.report();
    places_lie_in(&report, texts);
    assert_eq!(report, session.report());
    assert_eq!(report, texts.session(Dialect::Falco).report());
    details(&session, &report, texts);
}
