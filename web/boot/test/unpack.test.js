import assert from "node:assert/strict";
import { test } from "node:test";
import { unpacked } from "../unpack.js";

/** `xz --format=raw --lzma1=lc=4,pb=0` behind the header of an .lzma file. */
const PACKED = Buffer.from(
  "BAAAAQACAgAAAAAAAAAzGQ0rS9JhGqNpWRFIKZ/aoAldmOW/HJK5hfq78iwAySZ0iqxrai3rjTFqg6iljyKb7qlJ07RYYFbOpuY0FSDbUUwADfqXNIA=",
  "base64",
);
const TEXT = `${"falcon ".repeat(40)}mews, where falcons are kept and trained; ${"0123456789abcdef".repeat(12)}`;

const text = (bytes, step) => {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += step) pieces.push(bytes.subarray(at, at + step));
  return new Response(unpacked(ReadableStream.from(pieces))).text();
};

test("what is packed unpacks, in whatever pieces it comes", async () => {
  for (const step of [1, 2, 7, 40, 1000]) assert.equal(await text(PACKED, step), TEXT, `${step} bytes at a time`);
});

test("an end that is missing is an error", async () => {
  for (const length of [0, 5, 17, 18, 40, 60]) await assert.rejects(text(PACKED.subarray(0, length), 16), /ends too early/);
});

test("something else is an error, whatever size it claims", async () => {
  await assert.rejects(text(Buffer.from("<!DOCTYPE html><html lang=en>"), 100), /no packed file/);
  const huge = Buffer.from(PACKED);
  huge.fill(0x7f, 5, 9);
  await assert.rejects(text(huge, 100), /no packed file/);
});

test("a distance before the start is an error", async () => {
  // A match is the first symbol where all bits of the code are set.
  const broken = Buffer.from(PACKED);
  broken.fill(0xff, 14);
  await assert.rejects(text(broken, 100), /broken/);
});
