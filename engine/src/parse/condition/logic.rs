//! `and`, `or`, `not` and parentheses. A loop with a stack of open groups instead of functions that call each other:
//! the depth that Falco allows is too much for the stack of a browser's worker.

use super::{Expected, Parse, Parser};
use crate::parse::ast::{NodeId, NodeKind};
use crate::report::TokenKind;
use crate::text::TextRange;

/// Steps of Falco's grammar between a group and a part of it: `or`, `and`, `not`.
const STEPS_TO_PART: u32 = 3;

/// The whole condition or a group in parentheses, as far as it is read.
struct Group {
    /// Its parenthesis; none for the whole condition.
    open: Option<TextRange>,
    /// What its result is to the group around it.
    role: Role,
    /// Steps of Falco's grammar around it.
    depth: u32,
    /// Parts joined by `or` that are complete.
    ors: Chain,
    /// Parts joined by `and` since the last `or`.
    ands: Chain,
}

/// What a part is to the group around it.
#[derive(Clone, Copy)]
enum Role {
    /// An ordinary part, perhaps negated; it starts with its `not`.
    Part { negated: bool, start: u32 },
    /// A group right behind `and`: `and(`.
    AndGroup,
    /// A group right behind `or`: `or(`. No `and` can follow it.
    OrGroup,
}

/// Parts of one level and the text that they cover.
#[derive(Default)]
struct Chain {
    parts: Vec<NodeId>,
    outer: TextRange,
}

impl Chain {
    fn push(&mut self, id: NodeId, outer: TextRange) {
        self.outer = if self.parts.is_empty() { outer } else { self.outer.cover(outer) };
        self.parts.push(id);
    }
}

impl Group {
    fn new(open: Option<TextRange>, role: Role, depth: u32) -> Self {
        Self { open, role, depth, ors: Chain::default(), ands: Chain::default() }
    }
}

impl Parser<'_> {
    /// The whole condition.
    pub(super) fn whole(&mut self) -> Parse<NodeId> {
        if self.scan.text().is_empty() {
            return self.fail(Expected::Something);
        }
        self.scan.blanks();
        let mut outside: Vec<Group> = Vec::new();
        let mut group = Group::new(None, Role::AndGroup, 0);
        loop {
            // A part.
            self.descend(group.depth, STEPS_TO_PART)?;
            let start = self.scan.at();
            let mut negated = self.negations();
            let (opened, steps) = if let Some(open) = self.not_group() {
                negated = !negated;
                (Some(open), STEPS_TO_PART)
            } else {
                self.descend(group.depth, STEPS_TO_PART + 1)?;
                (self.open(), STEPS_TO_PART + 1)
            };
            let role = Role::Part { negated, start };
            let mut inner = opened.map(|open| (open, role, steps));
            if inner.is_none() {
                let (id, range) = self.check(group.depth + steps)?;
                self.take(&mut group, role, id, range);
            }
            // What follows it: the next part, a group of its own kind, or the end of this group.
            while inner.is_none() {
                match self.next(&mut group)? {
                    Next::Part => break,
                    Next::Group(open, role, steps) => inner = Some((open, role, steps)),
                    Next::Nothing => {
                        let (id, outer) = self.finish(&mut group);
                        self.scan.blanks();
                        let Some(open) = group.open else {
                            return if self.scan.is_at_end() { Ok(id) } else { self.fail(Expected::End) };
                        };
                        self.close(open)?;
                        let outer = outer.cover(self.scan.range_from(open.start));
                        let Some(parent) = outside.pop() else { return Ok(id) };
                        let role = std::mem::replace(&mut group, parent).role;
                        self.take(&mut group, role, id, outer);
                    }
                }
            }
            if let Some((open, role, steps)) = inner {
                let depth = self.descend(group.depth, steps + 1)?;
                self.scan.blanks();
                outside.push(std::mem::replace(&mut group, Group::new(Some(open), role, depth)));
            }
        }
    }

    /// Reads `not`s; true for an odd number.
    fn negations(&mut self) -> bool {
        let mut negated = false;
        loop {
            let mark = self.scan.mark();
            if self.scan.word("not", TokenKind::Logic).is_none() || !self.scan.blanks_after_not() {
                self.scan.reset(mark);
                return negated;
            }
            negated = !negated;
        }
    }

    /// The parenthesis of `not(`.
    fn not_group(&mut self) -> Option<TextRange> {
        let mark = self.scan.mark();
        let open = self.scan.word("not", TokenKind::Logic).and_then(|_| self.open());
        if open.is_none() {
            self.scan.reset(mark);
        }
        open
    }

    /// Adds a part to its group.
    fn take(&mut self, group: &mut Group, role: Role, id: NodeId, outer: TextRange) {
        match role {
            Role::Part { negated, start } => {
                let outer = TextRange::new(start, outer.end);
                let id = if negated { self.add(NodeKind::Not(id), outer) } else { id };
                group.ands.push(id, outer);
            }
            Role::AndGroup => group.ands.push(id, outer),
            Role::OrGroup => group.ors.push(id, outer),
        }
    }

    fn next(&mut self, group: &mut Group) -> Parse<Next> {
        self.scan.blanks();
        if !group.ands.parts.is_empty() {
            if self.scan.word("and", TokenKind::Logic).is_some() {
                return self.behind("and", Role::AndGroup, 2);
            }
            self.finish_ands(group);
            self.scan.blanks();
        }
        if self.scan.word("or", TokenKind::Logic).is_some() {
            return self.behind("or", Role::OrGroup, 1);
        }
        Ok(Next::Nothing)
    }

    /// After a blank the word takes a part; right before a parenthesis only that parenthesis.
    fn behind(&mut self, word: &'static str, role: Role, steps: u32) -> Parse<Next> {
        if self.scan.blanks() {
            return Ok(Next::Part);
        }
        match self.open() {
            Some(open) => Ok(Next::Group(open, role, steps)),
            None => self.fail(Expected::BlankOrParenthesis(word)),
        }
    }

    fn finish_ands(&mut self, group: &mut Group) {
        let ands = std::mem::take(&mut group.ands);
        if let Some((id, outer)) = self.join(ands, NodeKind::And) {
            group.ors.push(id, outer);
        }
    }

    fn finish(&mut self, group: &mut Group) -> (NodeId, TextRange) {
        self.finish_ands(group);
        let ors = std::mem::take(&mut group.ors);
        // A group ends only behind a part, so there is one.
        self.join(ors, NodeKind::Or).unwrap_or((NodeId::new(0), TextRange::default()))
    }

    fn join(&mut self, chain: Chain, kind: fn(Vec<NodeId>) -> NodeKind) -> Option<(NodeId, TextRange)> {
        match chain.parts.as_slice() {
            [] => None,
            [only] => Some((*only, chain.outer)),
            _ => Some((self.add(kind(chain.parts), chain.outer), chain.outer)),
        }
    }
}

/// What follows a part.
enum Next {
    /// Another part.
    Part,
    /// A group right behind `and` or `or`, and the steps of Falco's grammar to it.
    Group(TextRange, Role, u32),
    /// Nothing more of this group.
    Nothing,
}
