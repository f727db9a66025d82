// Finishes a release build (post_build hook in Trunk.toml): minifies wasm-bindgen's glue, puts the content security
// policy into index.html, packs the wasm and writes sw.js with the list of all files, so that the page works offline.
// Does nothing in a debug build, and nothing under `trunk serve --release`: Trunk's own inline
// reload script would be blocked by the policy.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { joined } from "./boot/join.js";
import { unpacked } from "./boot/unpack.js";

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const here = dirname(fileURLToPath(import.meta.url));
const dist = process.env.TRUNK_STAGING_DIR ?? process.argv[2];
if (!dist) throw new Error("usage: node web/post-build.mjs DIST");

const page = join(dist, "index.html");
const html = readFileSync(page, "utf8");
const served = /<script(?![^>]*\bsrc=)/.test(html);
if (process.env.TRUNK_PROFILE === "debug" || served) process.exit(0);

const replaceOnce = (text, mark, by) => {
  if (text.split(mark).length !== 2) throw new Error(`index.html: expected exactly one ${mark}`);
  return text.replace(mark, by);
};
let finished = replaceOnce(html, '<meta charset="utf-8">', `<meta charset="utf-8">\n  <meta http-equiv="Content-Security-Policy" content="${POLICY}">`);
finished = replaceOnce(finished, '<meta name="app-module"', '<meta name="app-module" data-sw="./sw.js"');

// The glue keeps its name: the name stands for the source, and the same source gives the same bytes.
const digest = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
const glue = join(dist, /<meta name="app-module"[^>]* content="([^"]+)"/.exec(finished)[1]);
const before = readFileSync(glue);
const { code } = await transform(before.toString(), { format: "esm", minify: true, target: "es2022" });
writeFileSync(glue, code);
finished = replaceOnce(finished, digest(before), digest(code));

// The wasm is most of a first visit. web/boot/unpack.js and join.js unpack it, here as in the page.
const name = /data-wasm="([^"]+)"/.exec(finished)[1];
const wasm = join(dist, name);
const plain = readFileSync(wasm);
const pack = (file) =>
  execFileSync("cargo", ["run", "--quiet", "--package", "xtask", "--", "pack", file], { cwd: dirname(here), stdio: "inherit" });
pack(wasm);
const parts = await unpacked(new Response(readFileSync(`${wasm}.lzma`)).body);
if (!plain.equals(joined(parts))) throw new Error("the packed wasm is not what the page's unpacker makes of it");
finished = replaceOnce(finished, digest(plain), digest(readFileSync(`${wasm}.lzma`))).replaceAll(name, `${name}.lzma`);

// The words have the names of their contents, as Trunk gives them to what it makes: no old ones come from a cache.
for (const lang of ["en", "ja"]) {
  const words = readFileSync(join(dist, `texts/${lang}.txt`));
  const named = `texts/${lang}-${createHash("sha256").update(words).digest("hex").slice(0, 16)}.txt`;
  renameSync(join(dist, `texts/${lang}.txt`), join(dist, named));
  pack(join(dist, named));
  finished = replaceOnce(finished, `texts/${lang}.txt`, `${named}.lzma`);
}
writeFileSync(page, finished);

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(dist, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/"))
  .filter((file) => file !== "sw.js")
  .sort();
const hash = createHash("sha256");
for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(dist, file)));
const version = hash.digest("hex").slice(0, 12);
const template = readFileSync(join(here, "sw.js"), "utf8");
const worker = replaceOnce(replaceOnce(template, '"%VERSION%"', JSON.stringify(version)), '["%FILES%"]', JSON.stringify(files));
writeFileSync(join(dist, "sw.js"), worker);
console.log(`policy added; sw.js keeps ${files.length} files as ${version}`);
