import assert from "node:assert/strict";
import { test } from "node:test";
import { Text } from "@codemirror/state";
import { others } from "../src/searching.js";

test("what is selected is found where it stands elsewhere, in what is shown", () => {
  const doc = Text.of(["bash sh bash", "bash"]);
  const shown = [{ from: 0, to: 12 }];
  assert.deepEqual(others(doc, { from: 0, to: 4 }, shown), [{ from: 8, to: 12 }]);
  assert.deepEqual(others(doc, { from: 5, to: 5 }, shown), []);
  assert.deepEqual(others(Text.of(["x".repeat(500)]), { from: 0, to: 1 }, [{ from: 0, to: 500 }]), []);
  assert.equal(others(Text.of(["aaaa"]), { from: 1, to: 3 }, [{ from: 0, to: 4 }]).length, 0);
});
