import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { SHARED } from "../src/later.js";

test("what comes later gets all that it imports from what the editor has", () => {
  const { resolve } = createRequire(import.meta.url);
  const wanted = {};
  for (const name of ["@codemirror/autocomplete", "@codemirror/search"]) {
    const text = readFileSync(resolve(name).replace(/\.cjs$/, ".js"), "utf8");
    for (const [, names, module] of text.matchAll(/^import \{ (.*) \} from '(@codemirror\/.*)';$/gm)) {
      wanted[module] = [...(wanted[module] ?? []), ...names.split(", ")];
    }
  }
  assert.deepEqual(Object.keys(SHARED).sort(), Object.keys(wanted).sort());
  for (const [module, names] of Object.entries(wanted)) {
    assert.deepEqual(Object.keys(SHARED[module]).sort(), [...new Set(names)].sort());
  }
});
