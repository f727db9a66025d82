// Puts a wasm file together whose code was taken apart to pack better. `xtask/src/split.rs` says how, and numbers the parts.

const OPCODES = 0;
const REST = 1;
const LOCALS = 2;
const CALLS = 3;
const LOADS = 4;
const STORES = 5;
const BRANCHES = 6;
const LONGS = 7;
const SETS = 8;
const GETS = 9;
const CONSTANTS = GETS + 14;

const CODE = 10;

// What follows an opcode: one number in some part, or as many in the part of the opcodes as `FEW` and above say.
const FEW = 100;
const MEMORY = 201;
const BLOCK = 202;
const END = 203;
const TABLE = 204;
const BYTES_4 = 205;
const BYTES_8 = 206;
const MORE = 207;

const table = (other, ranges) => {
  const filled = new Uint8Array(256).fill(other);
  for (const [first, last, value] of ranges) filled.fill(value, first, last + 1);
  return filled;
};
const FOLLOWS = table(FEW, [
  [0x02, 0x04, BLOCK],
  [0x0b, 0x0b, END],
  [0x0c, 0x0d, BRANCHES],
  [0x0e, 0x0e, TABLE],
  [0x10, 0x10, CALLS],
  [0x11, 0x11, FEW + 2],
  [0x20, 0x20, GETS],
  [0x21, 0x22, SETS],
  [0x23, 0x26, FEW + 1],
  [0x28, 0x3e, MEMORY],
  [0x3f, 0x40, FEW + 1],
  [0x41, 0x41, CONSTANTS],
  [0x42, 0x42, LONGS],
  [0x43, 0x43, BYTES_4],
  [0x44, 0x44, BYTES_8],
  [0xd0, 0xd0, FEW + 1],
  [0xd2, 0xd2, FEW + 1],
  [0xfc, 0xfc, MORE],
]);
/** Numbers behind the second byte of an opcode of two. */
const SECOND = table(1, [
  [0, 7, 0],
  [8, 8, 2],
  [10, 10, 2],
  [12, 12, 2],
  [14, 14, 2],
]);
/** What the next opcode says about the number before it. */
const CLASS = table(13, [
  [0x20, 0x20, 0],
  [0x21, 0x22, 1],
  [0x28, 0x35, 2],
  [0x36, 0x3e, 3],
  [0x41, 0x42, 4],
  [0x10, 0x10, 5],
  [0x6a, 0x6b, 6],
  [0x04, 0x04, 7],
  [0x0d, 0x0d, 7],
  [0x45, 0x45, 7],
  [0x46, 0x47, 8],
  [0x48, 0x66, 9],
  [0x71, 0x73, 10],
  [0x74, 0x76, 11],
  [0x0b, 0x0c, 12],
  [0x0e, 0x0f, 12],
]);

/** The wasm file whose parts these are. */
export function joined(parts) {
  const rest = parts[REST];
  const opcodes = parts[OPCODES];
  /** How far each part is read. */
  const places = new Uint32Array(parts.length);
  /** The part that is written, and how far. */
  let out = null;
  let at = 0;

  /** Passes one number of a part on, and says what it is. */
  const copy = (part) => {
    const from = parts[part];
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = from[places[part]++];
      out[at++] = byte;
      value |= (byte & 0x7f) << shift;
      // A byte that is missing ends it as well.
      if (!(byte & 0x80)) return value;
    }
  };
  const copyAll = (part, count) => {
    for (let i = 0; i < count; i++) copy(part);
  };
  const bytes = (count) => {
    for (let i = 0; i < count; i++) out[at++] = opcodes[places[OPCODES]++];
  };

  const body = () => {
    copyAll(LOCALS, 2 * copy(LOCALS));
    for (let depth = 1; depth > 0; ) {
      if (places[OPCODES] >= opcodes.length) throw new Error("the packed program ends too early");
      const opcode = opcodes[places[OPCODES]++];
      out[at++] = opcode;
      const follows = FOLLOWS[opcode];
      if (follows < FEW) copy(follows < GETS ? follows : follows + CLASS[opcodes[places[OPCODES]]]);
      else if (follows < MEMORY) copyAll(OPCODES, follows - FEW);
      else if (follows === MEMORY) {
        copy(OPCODES);
        copy(opcode < 0x36 ? LOADS : STORES);
      } else if (follows === BLOCK) {
        depth++;
        copy(OPCODES);
      } else if (follows === END) depth--;
      else if (follows === TABLE) copyAll(OPCODES, copy(OPCODES) + 1);
      else if (follows === MORE) copyAll(OPCODES, SECOND[copy(OPCODES)]);
      else bytes(follows === BYTES_4 ? 4 : 8);
    }
  };

  const broken = () => new Error("the packed program is broken");
  // The section of the code is found as it is in any wasm file.
  out = rest;
  at = places[REST] = 8;
  for (;;) {
    const section = rest[at];
    at = ++places[REST];
    const length = copy(REST);
    if (section === CODE) {
      const end = at + length;
      const functions = copy(REST);
      const file = new Uint8Array(rest.length + length);
      file.set(rest.subarray(0, at));
      // Bodies are written where there is room for each, since its length, which is not kept, goes before it.
      const room = new Uint8Array(length);
      let written = at;
      for (let i = 0; i < functions; i++) {
        [out, at] = [room, 0];
        body();
        if (written + at > end) throw broken();
        let left = at;
        for (; left >= 0x80; left >>>= 7) file[written++] = (left & 0x7f) | 0x80;
        file[written++] = left;
        file.set(room.subarray(0, at), written);
        written += at;
      }
      if (written !== end) throw broken();
      file.set(rest.subarray(places[REST]), end);
      return file.subarray(0, end + rest.length - places[REST]);
    }
    at = places[REST] += length;
    if (at >= rest.length) throw broken();
  }
}
