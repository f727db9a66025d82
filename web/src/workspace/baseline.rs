//! The way back to the rules as they were when the events were recorded.

use super::{Doc, Role, Workspace};

impl Workspace {
    /// The workspace with the rules of its baseline, the names of the files that differ for it, and whether something is lost that is
    /// written there. No document ever had a key from `first` on.
    pub(crate) fn restored(&self, first: u32) -> (Self, Vec<String>, bool) {
        let mut out = self.clone();
        let (mut changed, mut loses) = (Vec::new(), false);
        let Some(baseline) = &self.baseline else { return (out, changed, loses) };
        let (rules, others): (Vec<Doc>, Vec<Doc>) =
            out.docs.drain(..).partition(|doc| matches!(doc.role, Role::Base | Role::Rules));
        for ((name, text), key) in baseline.iter().zip(first..) {
            let found = rules.iter().find(|doc| doc.name == *name);
            let mut doc =
                found.cloned().unwrap_or_else(|| Doc::new(key, Role::Rules, &self.free_name(name), ""));
            let counts = found.is_some() && (doc.role == Role::Rules || self.base_on);
            if doc.text != *text || !counts {
                changed.push(name.clone());
            }
            if doc.text != *text {
                loses |= !doc.locked && !doc.text.trim().is_empty();
                (doc.text, doc.locked) = (text.clone(), false);
            }
            out.docs.push(doc);
        }
        out.base_on = out.docs.iter().any(|doc| doc.role == Role::Base);
        for doc in rules.iter().filter(|doc| out.docs.iter().all(|kept| kept.key != doc.key)) {
            // Base rules are switched off; other files go.
            let is_base = doc.role == Role::Base;
            if !is_base || self.base_on {
                changed.push(doc.name.clone());
            }
            loses |= !is_base && !doc.text.trim().is_empty();
        }
        if !out.base_on {
            out.docs.extend(rules.iter().find(|doc| doc.role == Role::Base).cloned());
        }
        // The base rules stand first.
        if let Some(at) = out.docs.iter().position(|doc| doc.role == Role::Base) {
            let base = out.docs.remove(at);
            out.docs.insert(0, base);
        }
        let moved = out.docs.iter().zip(&rules).filter(|(new, old)| new.key != old.key);
        if changed.is_empty() {
            changed.extend(moved.map(|(new, _)| new.name.clone()));
        }
        out.docs.extend(others);
        (out, changed, loses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::catalog::BASE_RULES_NAME;
    use std::sync::Arc;

    fn names(workspace: &Workspace) -> Vec<&str> {
        workspace.docs.iter().map(|doc| doc.name.as_str()).collect()
    }

    #[test]
    fn the_rules_of_the_baseline_come_back() {
        let mut workspace = Workspace::new(
            None,
            &[("a.yaml", "- a".to_owned()), ("b.yaml", "- b".to_owned())],
            ("events.yaml", ""),
        );
        assert_eq!(workspace.restored(9), (workspace.clone(), vec![], false));
        let files = workspace.loaded().map(|doc| (doc.name.clone(), doc.text.clone()));
        workspace.baseline = Some(Arc::new(files.collect()));
        let then = workspace.clone();
        assert_eq!(workspace.restored(9), (then.clone(), vec![], false));
        // A file that is gone, and base rules that are off: nothing is lost.
        workspace.remove(workspace.docs[1].key);
        workspace.base_on = false;
        let (restored, changed, loses) = workspace.restored(9);
        assert!(restored.same_content(&then) && !loses);
        assert_eq!(changed, [BASE_RULES_NAME, "a.yaml"]);
        // Others take their place only after a question.
        workspace.docs[1].text = "- other".into();
        workspace.add(10, Role::Rules, "c.yaml", "- c");
        let (restored, changed, loses) = workspace.restored(11);
        assert!(restored.same_content(&then) && loses);
        assert_eq!(changed, [BASE_RULES_NAME, "a.yaml", "b.yaml", "c.yaml"]);
        // Only the order.
        let mut workspace = then.clone();
        workspace.shift(workspace.docs[1].key, 1);
        let (restored, changed, loses) = workspace.restored(12);
        assert!(restored.same_content(&then) && !loses);
        assert_eq!(changed, ["a.yaml", "b.yaml"]);
        // Base rules that were switched on since.
        let mut workspace = then.clone();
        let own = then.baseline.iter().flat_map(|files| files.iter().skip(1)).cloned();
        workspace.baseline = Some(Arc::new(own.collect()));
        let (restored, changed, _) = workspace.restored(12);
        assert!(!restored.base_on && names(&restored) == names(&then));
        assert_eq!(changed, [BASE_RULES_NAME]);
    }
}
