//! The walk that several audit fields share: it goes through every list on its way, or through one element of each.

use super::tree::{Kind, NodeId, View};

/// What a walk found: one entry per element of the lists on the way, `None` (a hole) where the rest of the way is missing.
pub(super) type Found = Vec<Option<NodeId>>;

/// Follows `keys` from `from`. `None` if the way ends outside of any list. A list at the end of the way is one value.
pub(super) fn walk(view: &View<'_>, from: NodeId, keys: &[&str], index: Option<usize>) -> Option<Found> {
    let mut found = Found::new();
    follow(view, from, keys, index, &mut found).then_some(found)
}

fn follow(view: &View<'_>, mut at: NodeId, keys: &[&str], index: Option<usize>, found: &mut Found) -> bool {
    let mut rest = keys;
    while let Some((key, behind)) = rest.split_first() {
        if view.kind(at) == Kind::List {
            if let Some(index) = index {
                let Some(element) = view.children(at).nth(index) else { return false };
                at = element;
                continue;
            }
            for element in view.children(at) {
                if !follow(view, element, rest, None, found) {
                    found.push(None);
                }
            }
            return true;
        }
        let Some(next) = view.get(at, key) else { return false };
        (at, rest) = (next, behind);
    }
    found.push(Some(at));
    true
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::*;

    fn found(text: &str, keys: &[&str], index: Option<usize>) -> Option<Vec<Option<String>>> {
        let mut tree = Tree::default();
        tree.read(text, 0).unwrap();
        let view = tree.view(text);
        let texts = |found: Found| found.into_iter().map(|id| id.map(|id| view.text(id).into_owned()));
        walk(&view, 0, keys, index).map(|found| texts(found).collect())
    }

    #[test]
    fn lists_on_the_way_are_gone_through() {
        let text = r#"{"a":[{"b":1},{},{"b":[2,3]},4,null],"c":{"b":5},"d":[],"e":[[{"b":6}],[{"b":7},{}]]}"#;
        let some = |texts: &[Option<&str>]| {
            Some(texts.iter().map(|text| text.map(str::to_owned)).collect::<Vec<_>>())
        };
        assert_eq!(found(text, &["a", "b"], None), some(&[Some("1"), None, Some("[2,3]"), None, None]));
        assert_eq!(found(text, &["a", "b"], Some(2)), some(&[Some("[2,3]")]));
        assert_eq!(found(text, &["a", "b"], Some(1)), None);
        assert_eq!(found(text, &["a", "b"], Some(5)), None);
        assert_eq!(found(text, &["c", "b"], Some(3)), some(&[Some("5")]));
        assert_eq!(found(text, &["c", "x"], None), None);
        assert_eq!(found(text, &["d", "b"], None), some(&[]));
        assert_eq!(found(text, &["a"], Some(9)), some(&[Some(r#"[{"b":1},{},{"b":[2,3]},4,null]"#)]));
        assert_eq!(found(text, &["e", "b"], None), some(&[Some("6"), Some("7"), None]));
        assert_eq!(found(text, &["e", "b"], Some(0)), some(&[Some("6")]));
    }
}
