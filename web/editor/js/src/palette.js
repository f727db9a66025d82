// The editor's colours. The page sets the custom properties (web/style/tokens.css); the values here apply
// where it does not, and reach contrast AAA on the background for everything that is text.

/** Custom property without `--cm-`: [light, dark]. */
export const PALETTE = {
  bg: ["#ffffff", "#15181d"],
  text: ["#1b1f24", "#e6e9ee"],
  "gutter-bg": ["#f6f7f9", "#15181d"],
  "gutter-text": ["#4f5763", "#a9b1bd"],
  "active-line": ["#eef3fa80", "#232a3580"],
  selection: ["#b9d4f7", "#2c456b"],
  match: ["#ffe58a", "#5c4d10"],
  bracket: ["#cfe3c4", "#33502a"],
  line: ["#c9cfd8", "#3a414d"],
  "panel-bg": ["#f6f7f9", "#1e232b"],
  "button-bg": ["#e6eaf0", "#323a46"],
  accent: ["#0b57b0", "#7db4f5"],
  error: ["#b3141d", "#ff8b85"],
  warning: ["#8a5300", "#f0b429"],
  hint: ["#3d5a99", "#9bb4ea"],
  "mark-true": ["#d3efd2", "#1f4024"],
  "mark-false": ["#f6dbd8", "#4a2626"],
  "mark-missing": ["#e9ebef", "#2b313b"],
  // YAML
  key: ["#0a4a8f", "#92c3ff"],
  string: ["#1b1f24", "#e6e9ee"],
  comment: ["#4d5660", "#b0b9c4"],
  meta: ["#6a2f8f", "#d3adf0"],
  // Words of conditions and outputs
  logic: ["#8a1a5c", "#f5a3d0"],
  operator: ["#7a3600", "#f0b48a"],
  field: ["#00535c", "#7fdbe6"],
  transformer: ["#5b2fa0", "#c8b1f7"],
  macro: ["#2f5200", "#b5dd82"],
  list: ["#6b4200", "#e8c872"],
  literal: ["#1b1f24", "#e6e9ee"],
  number: ["#0b4f9c", "#9cc7ff"],
  punctuation: ["#4d5660", "#b0b9c4"],
};

/** Those that colour text on the background. */
export const TEXT = [
  "text", "key", "string", "comment", "meta", "logic", "operator", "field", "transformer", "macro", "list", "literal",
  "number", "punctuation",
];

/** Backgrounds that text is painted on by `setMarks`. */
export const PAINT = ["mark-true", "mark-false", "mark-missing"];

/** Classes of coloured words, by kind: the order of the engine's `TokenKind`. */
export const KINDS = ["logic", "operator", "field", "transformer", "macro", "list", "literal", "number", "punctuation"];
