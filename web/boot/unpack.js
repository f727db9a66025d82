// Unpacks LZMA ("alone": a header of 13 bytes, then one stream), piece by piece as it arrives. Browsers know gzip only, which
// makes the page's wasm a quarter larger; a finished reader of xz would cost the page 8 kB more than this one.

/** More bytes than any one symbol takes. */
const SYMBOL = 32;
const HEADER = 13;
const START = 5;
/** No page is larger; a broken header must not ask for all memory. */
const MOST = 1 << 28;

// Where the probabilities of each decision stand in one table. A length has 2 for its size class, 16 · 8 and 16 · 8 for short ones
// by place, and 256 for long ones.
const LENGTH = 2 + 128 + 128 + 256;
const IS_MATCH = 0;
const IS_REP = IS_MATCH + (12 << 4);
const IS_REP_0 = IS_REP + 12;
const IS_REP_1 = IS_REP_0 + 12;
const IS_REP_2 = IS_REP_1 + 12;
const IS_REP_0_LONG = IS_REP_2 + 12;
const SLOT = IS_REP_0_LONG + (12 << 4);
const NEAR = SLOT + (4 << 6);
const ALIGN = NEAR + 128;
const MATCH_LENGTH = ALIGN + 16;
const REP_LENGTH = MATCH_LENGTH + LENGTH;
const LITERAL = REP_LENGTH + LENGTH;

/** What a stream of packed bytes holds, as a stream. */
export function unpacked(stream) {
  const reader = stream.getReader();
  const unpacker = new Unpacker();
  const pull = async (controller) => {
    for (;;) {
      const { done, value } = await reader.read();
      const piece = done ? unpacker.finish() : unpacker.take(value);
      if (piece.length > 0) controller.enqueue(piece);
      if (done) return controller.close();
      if (piece.length > 0) return undefined;
    }
  };
  return new ReadableStream({ pull, cancel: (reason) => reader.cancel(reason) });
}

class Unpacker {
  #input = new Uint8Array(1 << 16);
  #at = 0;
  #end = 0;
  #out = null;
  #position = 0;
  #probabilities = null;
  /** Range and code: unsigned 32 bits, which plain numbers are slower at. */
  #coder = new Uint32Array(2);
  #state = 0;
  #distances = [0, 0, 0, 0];
  #literalContext = 0;
  #literalMask = 0;
  #placeMask = 0;

  /** Takes the next bytes, unpacks as far as they go, and returns what is new. */
  take(piece) {
    if (this.#end + piece.length > this.#input.length) {
      const rest = this.#input.subarray(this.#at, this.#end);
      const wider = rest.length + piece.length > this.#input.length ? new Uint8Array(2 * (rest.length + piece.length)) : this.#input;
      wider.set(rest.slice());
      [this.#input, this.#at, this.#end] = [wider, 0, rest.length];
    }
    this.#input.set(piece, this.#end);
    this.#end += piece.length;
    if (this.#out === null && this.#end - this.#at >= HEADER + START) this.#begin();
    return this.#run(this.#end - SYMBOL);
  }

  /** Returns the rest. Throws if something is missing. */
  finish() {
    // The last symbols may need no byte of their own.
    const rest = this.#run(this.#end + 1);
    if (this.#out === null || this.#position < this.#out.length || this.#at > this.#end) throw new Error("the packed file ends too early");
    return rest;
  }

  #begin() {
    const head = new DataView(this.#input.buffer, this.#at, HEADER + START);
    const properties = head.getUint8(0);
    const size = head.getUint32(5, true);
    if (properties >= 225 || head.getUint32(9, true) !== 0 || size > MOST || head.getUint8(HEADER) !== 0) {
      throw new Error("this is no packed file");
    }
    this.#literalContext = properties % 9;
    this.#literalMask = (1 << (Math.floor(properties / 9) % 5)) - 1;
    this.#placeMask = (1 << Math.floor(properties / 45)) - 1;
    this.#out = new Uint8Array(size);
    const literals = 0x300 << (this.#literalContext + (Math.floor(properties / 9) % 5));
    this.#probabilities = new Uint16Array(LITERAL + literals).fill(1024);
    this.#coder.set([0xffffffff, head.getUint32(HEADER + 1)]);
    this.#at += HEADER + START;
  }

  #bit(index) {
    const coder = this.#coder;
    if (coder[0] < 0x1000000) {
      coder[0] <<= 8;
      coder[1] = (coder[1] << 8) | this.#input[this.#at++];
    }
    const probabilities = this.#probabilities;
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

  #tree(index, bits) {
    let symbol = 1;
    for (let i = 0; i < bits; i++) symbol = (symbol << 1) | this.#bit(index + symbol);
    return symbol - (1 << bits);
  }

  /** The lowest bit first. */
  #reverse(index, bits) {
    let symbol = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const bit = this.#bit(index + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << i;
    }
    return value;
  }

  /** Bits that are as likely one as the other. */
  #direct(bits) {
    const coder = this.#coder;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      if (coder[0] < 0x1000000) {
        coder[0] <<= 8;
        coder[1] = (coder[1] << 8) | this.#input[this.#at++];
      }
      coder[0] >>>= 1;
      const bit = coder[1] >= coder[0] ? 1 : 0;
      if (bit) coder[1] -= coder[0];
      value = (value << 1) | bit;
    }
    return value;
  }

  #length(index, place) {
    if (!this.#bit(index)) return 2 + this.#tree(index + 2 + (place << 3), 3);
    if (!this.#bit(index + 1)) return 10 + this.#tree(index + 130 + (place << 3), 3);
    return 18 + this.#tree(index + 258, 8);
  }

  #distance(length) {
    const slot = this.#tree(SLOT + (Math.min(length - 2, 3) << 6), 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) << bits;
    if (slot < 14) return base + this.#reverse(NEAR + base - slot, bits);
    return base + (this.#direct(bits - 4) << 4) + this.#reverse(ALIGN, 4);
  }

  #literal() {
    const out = this.#out;
    const position = this.#position;
    const before = position > 0 ? out[position - 1] : 0;
    const context = ((position & this.#literalMask) << this.#literalContext) + (before >> (8 - this.#literalContext));
    const index = LITERAL + 0x300 * context;
    let symbol = 1;
    if (this.#state >= 7) {
      // Where a match just ended, its next byte is what this one is not.
      let match = out[position - this.#distances[0] - 1];
      while (symbol < 0x100) {
        const expected = (match >> 7) & 1;
        match <<= 1;
        const bit = this.#bit(index + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== expected) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(index + symbol);
    out[this.#position++] = symbol;
    this.#state = this.#state < 4 ? 0 : this.#state - (this.#state < 10 ? 3 : 6);
  }

  /** A repeated distance becomes the last one; its length, or 0 for a single byte. */
  #repeat(place) {
    const distances = this.#distances;
    if (!this.#bit(IS_REP_0 + this.#state)) {
      if (!this.#bit(IS_REP_0_LONG + (this.#state << 4) + place)) return 0;
    } else {
      const which = !this.#bit(IS_REP_1 + this.#state) ? 1 : 2 + this.#bit(IS_REP_2 + this.#state);
      const [distance] = distances.splice(which, 1);
      distances.unshift(distance);
    }
    return this.#length(REP_LENGTH, place);
  }

  /** Unpacks symbols that start before `limit`, and returns a copy of what they make. */
  #run(limit) {
    const out = this.#out;
    if (out === null) return new Uint8Array(0);
    const start = this.#position;
    const distances = this.#distances;
    while (this.#position < out.length && this.#at < limit) {
      const place = this.#position & this.#placeMask;
      if (!this.#bit(IS_MATCH + (this.#state << 4) + place)) {
        this.#literal();
        continue;
      }
      const late = this.#state >= 7;
      let length;
      if (this.#bit(IS_REP + this.#state)) {
        length = this.#repeat(place);
        this.#state = length === 0 ? (late ? 11 : 9) : late ? 11 : 8;
        length ||= 1;
      } else {
        length = this.#length(MATCH_LENGTH, place);
        this.#state = late ? 10 : 7;
        distances.pop();
        distances.unshift(this.#distance(length));
      }
      let from = this.#position - distances[0] - 1;
      if (from < 0 || this.#position + length > out.length) throw new Error("the packed file is broken");
      for (const end = this.#position + length; this.#position < end; ) out[this.#position++] = out[from++];
    }
    return out.slice(start, this.#position);
  }
}
