import assert from "node:assert/strict";
import { test } from "node:test";
import { ChangeSet } from "@codemirror/state";
import { clamp, difference, follow, fromTriples, problemsAt, toChanges } from "../src/ranges.js";

test("an offset of an older text is where its character went", () => {
  const changes = ChangeSet.of([{ from: 0, insert: "ab" }, { from: 4, to: 6 }], 10);
  assert.equal(follow(3, null), 3);
  assert.equal(follow(3, changes), 5);
  assert.equal(follow(5, changes), 6);
  assert.equal(follow(99, changes), 10);
});

test("a range is brought inside the document and in order", () => {
  assert.deepEqual(clamp(2, 5, 10), [2, 5]);
  assert.deepEqual(clamp(8, 50, 10), [8, 10]);
  assert.deepEqual(clamp(50, 60, 10), [10, 10]);
  assert.deepEqual(clamp(5, 2, 10), [5, 5]);
  assert.deepEqual(clamp(-3, NaN, 10), [0, 0]);
});

test("triples come out sorted, without empty or overlapping ranges", () => {
  const triples = new Uint32Array([4, 6, 1, 0, 3, 2, 2, 5, 0, 6, 6, 1, 8, 99, 3]);
  assert.deepEqual(fromTriples(triples, 10), [
    { from: 0, to: 3, kind: 2 },
    { from: 4, to: 6, kind: 1 },
    { from: 8, to: 10, kind: 3 },
  ]);
  assert.deepEqual(fromTriples(new Uint32Array([1, 2]), 10), []);
});

test("edits are sorted, and one that overlaps the one before is left out", () => {
  const edits = [
    { from: 5, to: 8, insert: "b" },
    { from: 0, to: 2, insert: "a" },
    { from: 6, to: 9, insert: "c" },
  ];
  assert.deepEqual(toChanges(edits, 10), [
    { from: 0, to: 2, insert: "a" },
    { from: 5, to: 8, insert: "b" },
  ]);
});

test("several insertions at one place keep their order", () => {
  const edits = [
    { from: 3, to: 3, insert: "a" },
    { from: 3, to: 3, insert: "b" },
  ];
  assert.deepEqual(toChanges(edits, 10).map(({ insert }) => insert), ["a", "b"]);
});

const apply = (text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to);

test("the difference is the smallest replacement", () => {
  assert.deepEqual(difference("proc.nam = x", "proc.name = x"), { from: 8, to: 8, insert: "e" });
  assert.deepEqual(difference("aaa", "aa"), { from: 2, to: 3, insert: "" });
  assert.deepEqual(difference("same", "same"), { from: 4, to: 4, insert: "" });
});

test("the difference never cuts a character in two", () => {
  for (const [before, after] of [["a😀b", "a😁b"], ["日本語", "日本人語"], ["😀", ""], ["", "😀"], ["😀😀", "😀"], ["\u{1F600}", "\u{1FA00}"]]) {
    const change = difference(before, after);
    assert.equal(apply(before, change), after);
    assert.ok(change.insert.isWellFormed?.() ?? true, `${before} to ${after}`);
    assert.ok(before.slice(0, change.from).isWellFormed?.() ?? true, `${before} to ${after}`);
  }
});

test("problems at the cursor come before those elsewhere on the line, the narrowest first", () => {
  const wide = { from: 0, to: 20 };
  const narrow = { from: 5, to: 8 };
  const elsewhere = { from: 15, to: 18 };
  const line = { from: 0, to: 30 };
  assert.deepEqual(problemsAt([wide, elsewhere, narrow], 6, line), [narrow, wide]);
  assert.deepEqual(problemsAt([elsewhere], 6, line), [elsewhere]);
  assert.deepEqual(problemsAt([elsewhere], 6, { from: 20, to: 30 }), []);
});
