// Serves a folder under a sub-path, as GitHub Pages does: no rewriting, gzip, short caching.
// `node serve.mjs DIST /mews/ PORT`; also `start(…)` for scripts.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".lzma": "application/x-lzma",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

/** Serves `dist` at `http://127.0.0.1:port{base}` and resolves to the server when it listens. */
export function start(dist, base, port) {
  const zipped = new Map();
  const server = createServer(async (request, response) => {
    try {
      const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
      if (!path.startsWith(base)) throw new Error("outside of the sub-path");
      const file = normalize(path.slice(base.length) || "index.html");
      if (file.startsWith("..") || file.startsWith(sep)) throw new Error("outside of the folder");
      const name = join(dist, file);
      const body = await readFile(name);
      const headers = { "content-type": TYPES[extname(name)] ?? "application/octet-stream", "cache-control": "max-age=600" };
      if (request.headers["accept-encoding"]?.includes("gzip") && ![".lzma", ".png"].includes(extname(name))) {
        if (!zipped.get(name)?.from.equals(body)) zipped.set(name, { from: body, to: gzipSync(body) });
        response.writeHead(200, { ...headers, "content-encoding": "gzip" }).end(zipped.get(name).to);
      } else {
        response.writeHead(200, headers).end(body);
      }
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    }
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [dist, base, port] = process.argv.slice(2);
  await start(dist, base, Number(port));
  console.log(`http://127.0.0.1:${port}${base}`);
}
