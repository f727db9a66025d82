import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { Text } from "@codemirror/state";
import { SHARED, others } from "../src/searching.js";

test("what is selected is found where it stands elsewhere, in what is shown", () => {
  const doc = Text.of(["bash sh bash", "bash"]);
  const shown = [{ from: 0, to: 12 }];
  assert.deepEqual(others(doc, { from: 0, to: 4 }, shown), [{ from: 8, to: 12 }]);
  assert.deepEqual(others(doc, { from: 5, to: 5 }, shown), []);
  assert.deepEqual(others(Text.of(["x".repeat(500)]), { from: 0, to: 1 }, [{ from: 0, to: 500 }]), []);
  assert.equal(others(Text.of(["aaaa"]), { from: 1, to: 3 }, [{ from: 0, to: 4 }]).length, 0);
});

test("searching gets all that it imports from what the editor has", () => {
  const file = createRequire(import.meta.url).resolve("@codemirror/search").replace(/\.cjs$/, ".js");
  const imports = [...readFileSync(file, "utf8").matchAll(/^import \{ (.*) \} from '(@codemirror\/.*)';$/gm)];
  assert.equal(imports.length, Object.keys(SHARED).length);
  for (const [, names, module] of imports) assert.deepEqual(Object.keys(SHARED[module]).sort(), names.split(", ").sort());
});
