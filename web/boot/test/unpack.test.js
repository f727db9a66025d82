import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { joined } from "../join.js";
import { unpacked } from "../unpack.js";

// A test of xtask holds that the one packs to the other.
const PLAIN = readFileSync(new URL("sample.wasm", import.meta.url));
const PACKED = readFileSync(new URL("sample.wasm.lzma", import.meta.url));
/** Where the first part's header and the bytes of its stream begin. */
const [HEADER, STREAM] = [1, 10];

const parts = (bytes, step) => {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += step) pieces.push(bytes.subarray(at, at + step));
  return unpacked(ReadableStream.from(pieces));
};

test("a packed program is the program, in whatever pieces it comes", async () => {
  for (const step of [1, 2, 7, 40, 1000]) {
    assert.deepEqual(Buffer.from(joined(await parts(PACKED, step))), PLAIN, `${step} bytes at a time`);
  }
});

test("an end that is missing is an error", async () => {
  for (const length of [0, 5, 17, 40, 300, PACKED.length - 1]) {
    await assert.rejects(parts(PACKED.subarray(0, length), 16), /ends too early/);
  }
});

test("something else is an error, whatever size it claims", async () => {
  await assert.rejects(parts(Buffer.from("<!DOCTYPE html><html lang=en>"), 100), /no packed file/);
  for (const at of [HEADER, HEADER + 4, HEADER + 8]) {
    const huge = Buffer.from(PACKED);
    huge[at] = 0x7f;
    await assert.rejects(parts(huge, 100), /no packed file/);
  }
});

test("a distance before the start, and a stream that is too short, are errors", async () => {
  const broken = Buffer.from(PACKED);
  // A match is the first symbol where all bits of the code are set.
  broken.fill(0xff, STREAM, STREAM + 12);
  await assert.rejects(parts(broken, 100), /broken/);
  const longer = Buffer.from(PACKED);
  longer[HEADER + 2] = 0x10;
  await assert.rejects(parts(longer, 100), /broken/);
});

test("parts that do not fit each other are an error", async () => {
  const whole = await parts(PACKED, 1000);
  for (const [part, kept] of [[0, 3], [0, 0], [1, 8], [1, 40]]) {
    const cut = [...whole];
    cut[part] = cut[part].subarray(0, kept);
    assert.throws(() => joined(cut), /program/, `part ${part} cut to ${kept}`);
  }
});
