import { StringStream } from "@codemirror/language";
import { Text } from "@codemirror/state";
import assert from "node:assert/strict";
import { test } from "node:test";
import { foldable, indentAfter, tokenizer } from "../src/yaml.js";

/** Each line as `name:text` parts without blanks between. */
function tokens(text) {
  const state = tokenizer.startState();
  return text.split("\n").map((line) => {
    const stream = new StringStream(line, 2, 2);
    const parts = [];
    while (!stream.eol()) {
      stream.start = stream.pos;
      const name = tokenizer.token(stream, state);
      assert.ok(stream.pos > stream.start, `no progress in ${line} at ${stream.pos}`);
      if (name) parts.push(`${name}:${stream.current()}`);
    }
    // CodeMirror does not ask about empty lines.
    return parts.join(" ");
  });
}

const check = (text, expected) => assert.deepEqual(tokens(text), expected);

test("keys, dashes and plain values", () => {
  check("- rule: Shell: in container # why\n  enabled: false", [
    "meta:- propertyName:rule punctuation:: string:Shell: in container comment:# why",
    "propertyName:enabled punctuation:: string:false",
  ]);
  check("required_engine_version: 0.26.0\nk:\n  a-b c: 日本語 😀 x:y #z", [
    "propertyName:required_engine_version punctuation:: string:0.26.0",
    "propertyName:k punctuation::",
    "propertyName:a-b c punctuation:: string:日本語 😀 x:y comment:#z",
  ]);
});

test("a number sign inside a word is no comment", () => {
  check("a: b#c", ["propertyName:a punctuation:: string:b#c"]);
});

test("block scalars hold everything that is further right, also number signs and colons", () => {
  check("- rule: x\n  condition: >-\n    a: b # no comment\n\n      and \"c\n  output: |  # head\n    text\n- macro: y", [
    "meta:- propertyName:rule punctuation:: string:x",
    "propertyName:condition punctuation:: meta:>-",
    "string:    a: b # no comment",
    "",
    'string:      and "c',
    "propertyName:output punctuation:: meta:| comment:# head",
    "string:    text",
    "meta:- propertyName:macro punctuation:: string:y",
  ]);
  check("- >\n  text\n- x", ["meta:- meta:>", "string:  text", "meta:- string:x"]);
  check("a: b > c", ["propertyName:a punctuation:: string:b > c"]);
});

test("quoted texts may run over lines and hold their own sign", () => {
  check("a: 'it''s\n  b: c' # x", ["propertyName:a punctuation:: string:' string:it''s", "string:  b: c' comment:# x"]);
  check('"k\\"": "a\\"b"', ['propertyName:"k\\"" punctuation:: string:" string:a\\"b"']);
});

test("lists and maps in brackets, also over lines", () => {
  check("items: [bash, 'a, b', {x: 1}, runc:[1:CHILD]]\nb: c", [
    "propertyName:items punctuation:: punctuation:[ string:bash punctuation:, string:' string:a, b' punctuation:, " +
      "punctuation:{ propertyName:x punctuation:: string:1 punctuation:} punctuation:, string:runc: punctuation:[ string:1:CHILD punctuation:] punctuation:]",
    "propertyName:b punctuation:: string:c",
  ]);
  check("a: [b,\n  c] # d\ne: f", [
    "propertyName:a punctuation:: punctuation:[ string:b punctuation:,",
    "string:c punctuation:] comment:# d",
    "propertyName:e punctuation:: string:f",
  ]);
});

test("anchors, aliases, tags and document marks", () => {
  check("--- # start\na: &x !!str b\nc: *x", [
    "meta:--- comment:# start",
    "propertyName:a punctuation:: labelName:&x labelName:!!str string:b",
    "propertyName:c punctuation:: labelName:*x",
  ]);
});

test("half-written text always gets on", () => {
  for (const text of ["a: [", "]", "}: {", ":", ": :", "-", "'", '"\\', "a: >x", "&", "* ", "!", "- - -", "%", "@", "`", "\t- a", "{a: 'b\n", "a:b:c", ", ,"]) tokens(text);
});

test("a huge line takes no more than its length", () => {
  const start = performance.now();
  for (const part of [" ", "a", "a ", "a:", ": ", '"', "'", "[", "{a: ", "#", "\\", "- ", "'a' "]) {
    tokens(`k: ${part.repeat(20_000)}`);
    tokens(`a${part.repeat(20_000)}`);
    tokens(part.repeat(20_000));
  }
  assert.ok(performance.now() - start < 4000);
});

test("an item folds to its last line that is further right", () => {
  const doc = Text.of(["- rule: a", "  condition: >", "    b", "", "    c", "", "# note", "- rule: d"]);
  const fold = (number) => {
    const { from, to } = doc.line(number);
    const range = foldable(doc, from, to);
    return range && [doc.lineAt(range.from).number, doc.lineAt(range.to).number];
  };
  assert.deepEqual([1, 2, 3, 4, 7, 8].map(fold), [[1, 5], [2, 5], null, null, null, null]);
});

test("a new line starts under the keys, and further right after a colon", () => {
  assert.deepEqual(
    ["- rule: a", "  desc: b", "  condition:", "  output: >", "  x: |- # y", "  - - a", "", "    and b"].map(indentAfter),
    [2, 2, 4, 4, 4, 6, 0, 4],
  );
});
