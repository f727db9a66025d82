// YAML as far as colours, folding and indentation need it: line by line, so it never gives up on text that is half
// written, and a tenth of the size of a grammar. What a rule means, and every message, comes from the engine.
import { StreamLanguage, foldService, indentService } from "@codemirror/language";

// Plain keys and texts, outside and inside of brackets. A number sign in a word is part of it. A key has at most 1024
// characters in YAML; without that bound a long line would be searched again from each of its characters.
const KEY = /^(?:[^\s#,[\]{}"'&*!|>%@`-]|-(?=\S))(?:[^#:]|:(?=\S)|(?<=\S)#){0,1023}?(?=\s{0,99}:(?:\s|$))/;
const KEY_IN_BRACKETS = /^[^\s#,[\]{}"'&*!|>%@`:][^#,[\]{}:]{0,1023}?(?=\s{0,99}:(?:[\s,\]}]|$))/;
const QUOTED_KEY = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?=\s*:(?:\s|$))/;
const PLAIN = /^(?:[^\s#]|(?<=\S)#|\s+(?=[^\s#]))+/;
const PLAIN_IN_BRACKETS = /^(?:[^\s#,[\]{}:]|(?<=\S)#|:(?=[^\s,\]}])|\s+(?=[^\s#,[\]{}]))+/;
const BLOCK_HEADER = /^[|>][-+0-9]*(?=\s*$|\s+#)/;
/** The rest of a quoted text up to its end, and the end itself. */
const QUOTED = { '"': [/^(?:[^"\\]|\\.|\\$)+/, /^"/], "'": [/^(?:[^']|'')+/, /^'/] };

/** Tokens with the names of CodeMirror's tags. */
export const tokenizer = {
  name: "yaml",

  // block: column that the lines of a block scalar must be right of; quote: the sign that ends a quoted text;
  // brackets: depth of [ and {; column: of the last key or dash in the line; value: a key came before in the line.
  startState: () => ({ block: -1, quote: "", brackets: 0, column: 0, value: false }),

  copyState: (state) => ({ ...state }),

  token(stream, state) {
    if (stream.sol()) {
      const indent = stream.indentation();
      if (state.block >= 0) {
        if (/^\s*$/.test(stream.string) || indent > state.block) {
          stream.skipToEnd();
          return "string";
        }
        state.block = -1;
      }
      state.column = indent;
      state.value = false;
      if (!state.quote && stream.match(/^(?:---|\.\.\.)(?=\s|$)/)) return "meta";
    }
    if (state.quote) return quoted(stream, state);
    if (stream.eatSpace()) return null;
    if (stream.peek() === "#") {
      stream.skipToEnd();
      return "comment";
    }

    if (stream.match(/^:(?=[\s,\]}]|$)/)) {
      state.value = true;
      return "punctuation";
    }
    const column = stream.column();
    const within = state.brackets > 0;
    if (!within && !state.value) {
      if (stream.match(/^-(?=\s|$)/)) {
        state.column = column;
        return "meta";
      }
      if (stream.match(QUOTED_KEY) || stream.match(KEY)) {
        state.column = column;
        return "propertyName";
      }
    }
    if (within && (stream.match(QUOTED_KEY) || stream.match(KEY_IN_BRACKETS))) return "propertyName";
    if (!within && stream.match(BLOCK_HEADER)) {
      state.block = state.column;
      return "meta";
    }
    // A plain text that goes on is not looked at for a key again.
    state.value = true;

    const sign = stream.peek();
    if (sign === '"' || sign === "'") {
      stream.next();
      state.quote = sign;
      return "string";
    }
    if ("[{".includes(sign) || (within && "]},".includes(sign))) {
      stream.next();
      state.brackets += "[{".includes(sign) ? 1 : sign === "," ? 0 : -1;
      return "punctuation";
    }
    if (stream.match(/^[&*!][^\s,[\]{}]+/)) return "labelName";
    if (!stream.match(within ? PLAIN_IN_BRACKETS : PLAIN)) stream.next();
    return "string";
  },

  languageData: { commentTokens: { line: "#" } },
};

function quoted(stream, state) {
  const [rest, end] = QUOTED[state.quote];
  stream.match(rest);
  if (stream.match(end)) state.quote = "";
  else if (!stream.eol()) stream.skipToEnd();
  return "string";
}

const indentOf = (text) => text.search(/\S/);

/** Lines that are looked at to find where a part ends. */
const FAR = 5000;

/** The lines under `from` that are further right (or empty, but not at the end), as a range to fold. */
export function foldable(doc, from, to) {
  const first = doc.lineAt(from);
  const indent = indentOf(first.text);
  if (indent < 0 || first.text[indent] === "#") return null;
  let last = null;
  for (let number = first.number + 1; number <= doc.lines && number <= first.number + FAR; number++) {
    const line = doc.line(number);
    const own = indentOf(line.text);
    if (own < 0) continue;
    if (own <= indent) break;
    last = line;
  }
  return last && { from: to, to: last.to };
}

/** Column at which the line after `text` starts: under the keys of an item, and further right after a colon. */
export function indentAfter(text) {
  const [start, spaces, dashes] = /^(\s*)((?:-\s+)*)/.exec(text);
  const open = /(?:^|\s|\S):(?:\s+[|>][-+0-9]*)?\s*(?:\s#.*)?$/.test(text.slice(start.length));
  return spaces.length + dashes.length + (open ? 2 : 0);
}

export const yaml = [
  StreamLanguage.define(tokenizer),
  foldService.of((state, from, to) => foldable(state.doc, from, to)),
  indentService.of((context, position) => {
    const before = position > 0 ? context.lineAt(position, -1) : null;
    return before && indentAfter(before.text.slice(0, position - before.from));
  }),
];
