// Coloured words (`setTokens`) and painted ranges (`setMarks`): two sets of decorations that the page replaces as a
// whole and that follow the text while it is edited.
import { Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";
import { KINDS } from "./palette.js";
import { clamp, fromTriples } from "./ranges.js";

const WORDS = KINDS.map((kind) => Decoration.mark({ class: `cm-word-${kind}` }));

const layer = () => {
  const replace = StateEffect.define();
  const field = StateField.define({
    create: () => Decoration.none,
    update: (set, transaction) =>
      transaction.effects.reduce((now, effect) => (effect.is(replace) ? effect.value : now), set.map(transaction.changes)),
    provide: (self) => EditorView.decorations.from(self),
  });
  return { replace, field };
};

const tokens = layer();
const marks = layer();

// Innermost, so that they win over the colours of YAML's own grammar.
export const markLayers = [Prec.highest(tokens.field), marks.field];

/** The effect that replaces the coloured words; `triples` as in `setTokens`. */
export function replaceTokens(triples, state) {
  const ranges = fromTriples(triples, state.doc.length).filter(({ kind }) => kind < WORDS.length);
  return tokens.replace.of(Decoration.set(ranges.map(({ from, to, kind }) => WORDS[kind].range(from, to))));
}

/** The effect that replaces the painted ranges; `list` as in `setMarks`. */
export function replaceMarks(list, state) {
  const ranges = [];
  for (const { from, to, cls, title } of list) {
    const [start, end] = clamp(from, to, state.doc.length);
    if (start === end) continue;
    const attributes = title ? { title } : undefined;
    ranges.push(Decoration.mark({ class: cls, attributes }).range(start, end));
  }
  return marks.replace.of(Decoration.set(ranges, true));
}
