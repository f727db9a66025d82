// Unpacks what `cargo xtask pack` packed: a number of parts, each LZMA, each unpacked while the next one comes in. Browsers know
// gzip only, which makes the page's wasm a third larger.

/** How a part is packed, its length and its length when packed. */
const HEADER = 9;
/** What a coded stream begins with: a zero, and the first four bytes of its number. */
const START = 5;
/** No part is larger; a broken header must not ask for all memory. */
const MOST = 1 << 28;

// Where the probabilities of each decision stand in one table. A length has 2 for its size class, 16 · 8 and 16 · 8 for short ones
// by place, and 256 for long ones. Places are not told apart here, so the tables have one row of 16 only.
const LENGTH = 2 + 8 + 8 + 256;
const IS_MATCH = 0;
const IS_REP = IS_MATCH + 12;
const IS_REP_0 = IS_REP + 12;
const IS_REP_1 = IS_REP_0 + 12;
const IS_REP_2 = IS_REP_1 + 12;
const IS_REP_0_LONG = IS_REP_2 + 12;
const SLOT = IS_REP_0_LONG + 12;
const NEAR = SLOT + (4 << 6);
const ALIGN = NEAR + 128;
const MATCH_LENGTH = ALIGN + 16;
const REP_LENGTH = MATCH_LENGTH + LENGTH;
const LITERAL = REP_LENGTH + LENGTH;

/** All parts of a stream of packed bytes. */
export async function unpacked(stream) {
  const reader = stream.getReader();
  const parts = [];
  let bytes = new Uint8Array(1 << 20);
  let [start, end] = [0, 0];
  /** The next bytes, once they are there. */
  const take = async (count) => {
    while (end - start < count) {
      const { done, value } = await reader.read();
      if (done) throw new Error("the packed file ends too early");
      if (end + value.length > bytes.length) {
        const wider = new Uint8Array(2 * (end + value.length));
        wider.set(bytes.subarray(0, end));
        bytes = wider;
      }
      bytes.set(value, end);
      end += value.length;
    }
    start += count;
    return bytes.subarray(start - count, start);
  };
  for (let [count] = await take(1); count > 0; count--) {
    const header = (await take(HEADER)).slice();
    const lengths = new DataView(header.buffer);
    const [length, packed] = [lengths.getUint32(1, true), lengths.getUint32(5, true)];
    if (header[0] > 8 || length > MOST || packed > MOST) throw new Error("this is no packed file");
    parts.push(part(await take(packed), length, header[0]));
  }
  return parts;
}

// Of the part that is unpacked: plain variables of the module, which are quicker here than fields.
let input;
let at;
let probabilities;
/** Range and code: unsigned 32 bits, which plain numbers are slower at. */
const coder = new Uint32Array(2);

function bit(index) {
  if (coder[0] < 0x1000000) {
    coder[0] <<= 8;
    coder[1] = (coder[1] << 8) | input[at++];
  }
  const probability = probabilities[index];
  const bound = (coder[0] >>> 11) * probability;
  if (coder[1] < bound) {
    coder[0] = bound;
    probabilities[index] = probability + ((2048 - probability) >> 5);
    return 0;
  }
  coder[0] -= bound;
  coder[1] -= bound;
  probabilities[index] = probability - (probability >> 5);
  return 1;
}

/** Reads bits until there are as many as `limit` has behind its one; `symbol` is a one and those that are known. */
function bits(index, symbol, limit) {
  // As `bit`, many times: nearly all bits are read here.
  const table = probabilities;
  let range = coder[0];
  let code = coder[1];
  while (symbol < limit) {
    if (range < 0x1000000) {
      range = (range << 8) >>> 0;
      code = ((code << 8) | input[at++]) >>> 0;
    }
    const probability = table[index + symbol];
    const bound = ((range >>> 11) * probability) >>> 0;
    if (code < bound) {
      range = bound;
      table[index + symbol] = probability + ((2048 - probability) >> 5);
      symbol <<= 1;
    } else {
      range = (range - bound) >>> 0;
      code = (code - bound) >>> 0;
      table[index + symbol] = probability - (probability >> 5);
      symbol = (symbol << 1) | 1;
    }
  }
  coder[0] = range;
  coder[1] = code;
  return symbol;
}

/** Some bits, the lowest first. */
function reversed(index, count) {
  let symbol = 1;
  let value = 0;
  for (let i = 0; i < count; i++) {
    const one = bit(index + symbol);
    symbol = (symbol << 1) | one;
    value |= one << i;
  }
  return value;
}

/** Bits that are as likely one as the other. */
function direct(count) {
  let value = 0;
  for (let i = 0; i < count; i++) {
    if (coder[0] < 0x1000000) {
      coder[0] <<= 8;
      coder[1] = (coder[1] << 8) | input[at++];
    }
    coder[0] >>>= 1;
    const one = coder[1] >= coder[0] ? 1 : 0;
    if (one) coder[1] -= coder[0];
    value = (value << 1) | one;
  }
  return value;
}

function lengthOf(index) {
  if (!bit(index)) return bits(index + 2, 1, 8) - 6;
  if (!bit(index + 1)) return bits(index + 10, 1, 8) + 2;
  return bits(index + 18, 1, 256) - 238;
}

function distanceOf(length) {
  const slot = bits(SLOT + (Math.min(length - 2, 3) << 6), 1, 64) - 64;
  if (slot < 4) return slot;
  const count = (slot >> 1) - 1;
  const base = (2 | (slot & 1)) << count;
  if (slot < 14) return base + reversed(NEAR + base - slot, count);
  return base + (direct(count - 4) << 4) + reversed(ALIGN, 4);
}

/** Unpacks one part, in which the upper `context` bits of a byte say something about the next. */
function part(packed, length, context) {
  const out = new Uint8Array(length);
  probabilities = new Uint16Array(LITERAL + (0x300 << context)).fill(1024);
  input = packed;
  at = START;
  coder.set([0xffffffff, new DataView(packed.buffer, packed.byteOffset).getUint32(1)]);
  let position = 0;
  let state = 0;
  // The last four distances.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  while (position < length) {
    const late = state >= 7;
    if (!bit(IS_MATCH + state)) {
      const before = position > 0 ? out[position - 1] : 0;
      const index = LITERAL + 0x300 * (before >> (8 - context));
      let symbol = 1;
      if (late) {
        // Where a match just ended, its next byte is what this one is not.
        let match = out[position - a - 1];
        while (symbol < 0x100) {
          const expected = (match >> 7) & 1;
          match <<= 1;
          const one = bit(index + ((1 + expected) << 8) + symbol);
          symbol = (symbol << 1) | one;
          if (one !== expected) break;
        }
      }
      out[position++] = bits(index, symbol, 0x100);
      state = state < 4 ? 0 : state - (state < 10 ? 3 : 6);
      continue;
    }
    let count = 1;
    if (!bit(IS_REP + state)) {
      count = lengthOf(MATCH_LENGTH);
      state = late ? 10 : 7;
      const distance = distanceOf(count);
      d = c;
      c = b;
      b = a;
      a = distance;
    } else {
      // A distance that was used lately becomes the last one.
      let short = false;
      let distance = a;
      if (!bit(IS_REP_0 + state)) {
        short = !bit(IS_REP_0_LONG + state);
      } else {
        if (!bit(IS_REP_1 + state)) {
          distance = b;
        } else {
          if (!bit(IS_REP_2 + state)) {
            distance = c;
          } else {
            distance = d;
            d = c;
          }
          c = b;
        }
        b = a;
      }
      a = distance;
      if (!short) count = lengthOf(REP_LENGTH);
      state = late ? 11 : short ? 9 : 8;
    }
    let from = position - a - 1;
    if (from < 0 || position + count > length) throw new Error("the packed file is broken");
    for (const end = position + count; position < end; ) out[position++] = out[from++];
  }
  // The encoder may end with bytes that nothing needs.
  if (at > packed.length) throw new Error("the packed file is broken");
  return out;
}
