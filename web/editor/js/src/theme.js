// How the editor looks: every colour is a custom property, so light and dark share one set of rules.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { KINDS, PALETTE } from "./palette.js";

const colour = (name) => `var(--editor-${name})`;

const yamlColours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.propertyName, color: colour("key") },
    { tag: tags.string, color: colour("string") },
    { tag: tags.comment, color: colour("comment"), fontStyle: "italic" },
    { tag: [tags.meta, tags.labelName], color: colour("meta") },
  ]),
);

const squiggle = (name) => ({
  backgroundImage: "none",
  textDecoration: `underline wavy ${colour(name)} 1px`,
  textDecorationSkipInk: "none",
  textUnderlineOffset: "3px",
});
const bar = (name) => ({ borderLeft: `4px solid ${colour(name)}` });

const rules = EditorView.theme({
  "&": { color: colour("text"), backgroundColor: colour("bg"), height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily:
      'var(--cm-font, ui-monospace, "Cascadia Code", "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK JP", monospace)',
    fontSize: "var(--cm-font-size, 13px)",
    lineHeight: "1.5",
  },
  ".cm-content": { caretColor: colour("text") },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: colour("text"), borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: colour("selection"),
  },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: colour("active-line") },
  ".cm-gutters": { backgroundColor: colour("gutter-bg"), color: colour("gutter-text"), border: "none" },
  ".cm-foldPlaceholder": { background: colour("button-bg"), color: colour("text"), border: "none", padding: "0 6px" },
  ".cm-selectionMatch, .cm-searchMatch": { backgroundColor: colour("match") },
  ".cm-searchMatch-selected": { outline: `2px solid ${colour("accent")}` },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: colour("bracket") },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", color: colour("error") },

  ".cm-problems": { width: "16px" },
  ".cm-problem-marker": {
    font: "inherit",
    lineHeight: "inherit",
    padding: "0",
    width: "16px",
    border: "none",
    background: "none",
    textAlign: "center",
    cursor: "pointer",
  },
  ".cm-problem-error": { color: colour("error") },
  ".cm-problem-warning": { color: colour("warning") },
  ".cm-problem-hint": { color: colour("hint") },
  ".cm-lintRange": { paddingBottom: "0" },
  ".cm-lintRange-error": squiggle("error"),
  ".cm-lintRange-warning": squiggle("warning"),
  ".cm-lintRange-hint": squiggle("hint"),
  ".cm-lintRange-active": { backgroundColor: colour("match") },
  ".cm-lintPoint:after": { borderBottomColor: colour("error") },
  ".cm-lintPoint-warning:after": { borderBottomColor: colour("warning") },
  ".cm-lintPoint-hint:after": { borderBottomColor: colour("hint") },

  ".cm-tooltip": {
    color: colour("text"),
    backgroundColor: colour("panel-bg"),
    border: `1px solid ${colour("line")}`,
    borderRadius: "4px",
    boxShadow: "0 2px 8px #0003",
    fontFamily: "var(--cm-ui-font, system-ui, sans-serif)",
    fontSize: "13px",
    maxWidth: "min(36rem, 90vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--cm-font, ui-monospace, monospace)",
    maxHeight: "min(20rem, 40vh)",
    maxWidth: "min(36rem, 90vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    gap: "12px",
    alignItems: "baseline",
    padding: "3px 8px",
    lineHeight: "1.5",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: colour("selection"), color: colour("text") },
  ".cm-completionLabel": { flex: "1", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "bold" },
  ".cm-completionDetail": { fontStyle: "normal", margin: "0", color: colour("gutter-text") },
  ".cm-completion-kind": {
    fontFamily: "var(--cm-ui-font, system-ui, sans-serif)",
    fontSize: "12px",
    color: colour("gutter-text"),
  },
  ".cm-completion-faded .cm-completionLabel": { textDecoration: "line-through" },
  "li[aria-selected] .cm-completionDetail, li[aria-selected] .cm-completion-kind": { color: colour("text") },
  ".cm-tooltip.cm-completionInfo": { padding: "6px 10px", maxWidth: "min(24rem, 90vw)" },
  // Where there is no room beside the list it stands under it instead of over its options.
  ".cm-tooltip.cm-completionInfo-left-narrow, .cm-tooltip.cm-completionInfo-right-narrow": {
    inset: "100% 0 auto 0 !important",
    maxWidth: "none",
    marginTop: "2px",
  },
  ".cm-snippetField": { backgroundColor: colour("match") },
  ".cm-word-info": { padding: "6px 10px", maxHeight: "40vh", overflow: "auto" },
  ".cm-word-head": { display: "flex", gap: "12px", alignItems: "baseline", flexWrap: "wrap" },
  ".cm-word-head code": { fontFamily: "var(--cm-font, ui-monospace, monospace)", fontWeight: "bold" },
  ".cm-word-detail": { color: colour("gutter-text"), fontSize: "12px" },
  ".cm-word-info p": { margin: "4px 0 0" },
  ".cm-word-info pre": {
    fontFamily: "var(--cm-font, ui-monospace, monospace)",
    fontSize: "12px",
    margin: "6px 0 0",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
  ".cm-tooltip-lint": { listStyle: "none" },
  ".cm-diagnostic": { padding: "6px 10px", marginLeft: "0" },
  ".cm-diagnostic-error": bar("error"),
  ".cm-diagnostic-warning": bar("warning"),
  ".cm-diagnostic-hint": bar("hint"),
  ".cm-problem-note": { display: "block", color: colour("gutter-text") },
  ".cm-problem-code": {
    marginInlineStart: "8px",
    color: colour("gutter-text"),
    fontFamily: "var(--cm-font, ui-monospace, monospace)",
    fontSize: "12px",
  },
  ".cm-diagnosticAction, .cm-fix": {
    font: "inherit",
    display: "block",
    margin: "6px 0 0",
    padding: "4px 10px",
    minHeight: "28px",
    textAlign: "start",
    color: colour("text"),
    backgroundColor: colour("button-bg"),
    border: `1px solid ${colour("line")}`,
    borderRadius: "4px",
    cursor: "pointer",
  },
  ".cm-diagnosticAction u": { textDecoration: "none" },
  ".cm-fix:hover, .cm-diagnosticAction:hover": { borderColor: colour("accent") },
  ".cm-fix:focus-visible, .cm-fixes:focus-visible": { outline: `2px solid ${colour("accent")}`, outlineOffset: "1px" },
  "@media (pointer: coarse)": {
    ".cm-fix, .cm-diagnosticAction": { minHeight: "44px" },
  },

  ".cm-panels": { color: colour("text"), backgroundColor: colour("panel-bg") },
  ".cm-panels-top": { borderBottom: `1px solid ${colour("line")}` },
  ".cm-panel.cm-search": { padding: "6px 28px 6px 8px", fontFamily: "var(--cm-ui-font, system-ui, sans-serif)", fontSize: "13px" },
  ".cm-panel.cm-search label": { fontSize: "13px" },
  ".cm-textfield": {
    color: colour("text"),
    backgroundColor: colour("bg"),
    border: `1px solid ${colour("line")}`,
    borderRadius: "4px",
    fontSize: "13px",
    padding: "3px 6px",
  },
  ".cm-button": {
    color: colour("text"),
    backgroundImage: "none",
    backgroundColor: colour("button-bg"),
    border: `1px solid ${colour("line")}`,
    borderRadius: "4px",
    fontSize: "13px",
    padding: "3px 8px",
  },
  ".cm-panel.cm-search [name=close]": { color: colour("text"), fontSize: "18px", padding: "2px 8px", cursor: "pointer" },
  ...Object.fromEntries(KINDS.map((kind) => [`.cm-word-${kind}, .cm-word-${kind} span`, { color: colour(kind) }])),
  ".cm-mark-true": { backgroundColor: colour("mark-true") },
  ".cm-mark-false": { backgroundColor: colour("mark-false") },
  ".cm-mark-missing": { backgroundColor: colour("mark-missing"), outline: `1px dashed ${colour("line")}` },
  ".cm-mark-undecided": { outline: `1px dashed ${colour("accent")}` },
  ".cm-mark-place": { outline: `2px solid ${colour("accent")}`, borderRadius: "2px" },
  "@media (forced-colors: active)": {
    ".cm-lintRange": { textDecorationColor: "Mark" },
  },
});

const values = (mode) =>
  Object.fromEntries(Object.entries(PALETTE).map(([name, pair]) => [`--editor-${name}`, `var(--cm-${name}, ${pair[mode]})`]));

const LIGHT = [EditorView.theme({ "&": values(0) }), rules, yamlColours];
const DARK = [EditorView.theme({ "&": values(1) }, { dark: true }), rules, yamlColours];

/** The extension that colours the editor. */
export const theme = (dark) => (dark ? DARK : LIGHT);
