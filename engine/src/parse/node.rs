//! YAML as a tree of nodes with places. An alias is the same node as its anchor, so a tree is small however often
//! its parts are repeated; [`yaml`](super::yaml) bounds how large it would be when written out.

use crate::text::{Span, define_id};

define_id! {
    /// A node of one [`Yaml`].
    YamlId
}

/// The nodes of a file, and its documents.
#[derive(Clone, Debug, Default)]
pub struct Yaml {
    /// All nodes. Children are referred to by position.
    pub nodes: Vec<YamlNode>,
    /// The root of each document, in order.
    pub documents: Vec<YamlId>,
    /// Indentation of block scalars, for those nodes that are one, by position.
    pub(super) indents: Vec<(YamlId, u32)>,
}

/// A node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlNode {
    /// What it is.
    pub kind: YamlKind,
    /// From its first to past its last character. A quoted scalar with its quotes, a block scalar from its `|` or
    /// `>`, a flow collection with its brackets, a block collection from its first to its last child.
    pub span: Span,
    /// False where a syntax error cut it off, so that something may be missing.
    pub complete: bool,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YamlKind {
    /// Nothing, `~` or `null`.
    Null,
    /// A single value.
    Scalar {
        /// Its text, as YAML defines it: unquoted, unescaped, folded.
        value: Box<str>,
        /// How it is written.
        style: YamlStyle,
    },
    /// `[a, b]`, or lines with `- `.
    Sequence(Vec<YamlId>),
    /// `{a: b}`, or lines `a: b`: keys and values in order, repeated keys kept.
    Mapping(Vec<(YamlId, YamlId)>),
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YamlStyle {
    /// Without quotes.
    Plain,
    /// `'…'`.
    Single,
    /// `"…"`.
    Double,
    /// `|`: line ends are kept.
    Literal,
    /// `>`: line ends become blanks.
    Folded,
}

static NULL: YamlNode = YamlNode { kind: YamlKind::Null, span: Span { start: 0, end: 0 }, complete: true };

impl Yaml {
    /// A node. An id of another tree gives a null.
    pub fn node(&self, id: YamlId) -> &YamlNode {
        self.nodes.get(id.index()).unwrap_or(&NULL)
    }

    /// The text of a scalar.
    pub fn scalar(&self, id: YamlId) -> Option<&str> {
        match &self.node(id).kind {
            YamlKind::Scalar { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The items of a sequence.
    pub fn sequence(&self, id: YamlId) -> Option<&[YamlId]> {
        match &self.node(id).kind {
            YamlKind::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a mapping.
    pub fn mapping(&self, id: YamlId) -> Option<&[(YamlId, YamlId)]> {
        match &self.node(id).kind {
            YamlKind::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// The first entry of mapping `id` whose key is `key`. As Falco does: of repeated keys the first counts.
    pub fn entry(&self, id: YamlId, key: &str) -> Option<(YamlId, YamlId)> {
        self.mapping(id)?.iter().copied().find(|(name, _)| self.key_text(*name) == Some(key))
    }

    /// The text of a key. As Falco does: a null key counts as `null`.
    pub fn key_text(&self, key: YamlId) -> Option<&str> {
        match &self.node(key).kind {
            YamlKind::Null => Some("null"),
            YamlKind::Scalar { value, .. } => Some(value),
            _ => None,
        }
    }

    /// True for null.
    pub fn is_null(&self, id: YamlId) -> bool {
        matches!(self.node(id).kind, YamlKind::Null)
    }

    /// Number of bytes by which the lines of block scalar `id` are indented.
    pub(super) fn indent(&self, id: YamlId) -> u32 {
        let at = self.indents.binary_search_by_key(&id, |(block, _)| *block);
        at.ok().and_then(|at| self.indents.get(at)).map_or(0, |(_, indent)| *indent)
    }
}
