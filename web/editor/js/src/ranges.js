// Pure arithmetic on ranges that come from outside: the engine worked on a text that may be a keystroke
// older than the one in the editor, so every offset is brought inside the document first.

/** Where an offset of the text before `changes` is after them; `changes` may be null. */
export const follow = (offset, changes) => (changes ? changes.mapPos(Math.min(Math.max(0, offset), changes.length)) : offset);

/** `from` and `to` inside 0..=length and in order. */
export function clamp(from, to, length) {
  const start = Math.min(Math.max(0, from | 0), length);
  return [start, Math.min(Math.max(start, to | 0), length)];
}

/** Flat (from, to, kind) triples to ranges for a decoration set: in order, not empty, not overlapping. */
export function fromTriples(triples, length) {
  const ranges = [];
  for (let i = 0; i + 2 < triples.length; i += 3) {
    const [from, to] = clamp(triples[i], triples[i + 1], length);
    if (from < to) ranges.push({ from, to, kind: triples[i + 2] });
  }
  ranges.sort((a, b) => a.from - b.from || a.to - b.to);
  let end = 0;
  return ranges.filter((range) => {
    if (range.from < end) return false;
    end = range.to;
    return true;
  });
}

/** Edits in the form that a transaction takes: inside the document, in order, none overlapping the one before. */
export function toChanges(edits, length) {
  const changes = edits
    .map(({ from, to, insert }) => {
      const [start, end] = clamp(from, to, length);
      return { from: start, to: end, insert };
    })
    .sort((a, b) => a.from - b.from || a.to - b.to);
  let end = 0;
  return changes.filter((change) => {
    if (change.from < end) return false;
    end = change.to;
    return true;
  });
}

/** The smallest replacement that turns `before` into `after`: keeps the cursor and marks outside of it. */
export function difference(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  // Not between the halves of a surrogate pair.
  if (start > 0 && isHigh(before.charCodeAt(start - 1))) start--;
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail--;
  return { from: start, to: before.length - tail, insert: after.slice(start, after.length - tail) };
}

const isHigh = (unit) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit) => unit >= 0xdc00 && unit < 0xe000;

/** The problems at an offset, the narrowest first; those on the same line where none is at the offset itself. */
export function problemsAt(problems, offset, line) {
  const touching = problems.filter(({ from, to }) => from <= offset && offset <= to);
  const found = touching.length > 0 ? touching : problems.filter(({ from, to }) => from <= line.to && to >= line.from);
  return found.sort((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from);
}
