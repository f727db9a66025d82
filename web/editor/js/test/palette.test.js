import assert from "node:assert/strict";
import { test } from "node:test";
import { KINDS, PAINT, PALETTE, TEXT } from "../src/palette.js";

const luminance = (hex) =>
  [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);

function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

for (const [mode, name] of [[0, "light"], [1, "dark"]]) {
  test(`text in the ${name} editor reaches contrast AAA, on a selection or a mark AA`, () => {
    for (const part of TEXT) {
      const colour = PALETTE[part][mode];
      assert.ok(contrast(colour, PALETTE.bg[mode]) >= 7, `${part} ${contrast(colour, PALETTE.bg[mode]).toFixed(2)}`);
      for (const under of ["selection", ...PAINT]) {
        const value = contrast(colour, PALETTE[under][mode]);
        assert.ok(value >= 4.5, `${part} on ${under} ${value.toFixed(2)}`);
      }
    }
  });

  test(`messages and line numbers in the ${name} editor reach contrast AA`, () => {
    assert.ok(contrast(PALETTE["gutter-text"][mode], PALETTE["gutter-bg"][mode]) >= 4.5);
    for (const part of ["text", "error", "warning", "hint", "accent"]) {
      const value = contrast(PALETTE[part][mode], PALETTE["panel-bg"][mode]);
      assert.ok(value >= 4.5, `${part} ${value.toFixed(2)}`);
    }
  });
}

test("every kind of word has a colour", () => {
  for (const kind of KINDS) assert.ok(PALETTE[kind], kind);
});
