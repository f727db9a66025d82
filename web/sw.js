// The service worker of the released page (a template: web/post-build.mjs fills in the two values).
//
// One version is one set of files, fetched whole at install or not at all, so page, glue, wasm and
// editor always belong together. A new version waits until every tab of the old one is closed: no
// skipWaiting, since a page that has started may still ask for a file of its own version (the engine's
// worker is started again after a crash), and nobody's work is interrupted by a reload. Users who want the
// new version at once close the tab and open it again.
const VERSION = "%VERSION%";
const FILES = ["%FILES%"];
const PREFIX = "mews-";
const CACHE = PREFIX + VERSION;

self.addEventListener("install", (event) => {
  const requests = FILES.map((file) => new Request(file === "index.html" ? "./" : file, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(
    (async () => {
      const cache = await caches.open(CACHE);
      const page = request.mode === "navigate";
      const hit = (await cache.match(request, { ignoreSearch: page })) ?? (page ? await cache.match("./") : undefined);
      return hit ?? fetch(request);
    })(),
  );
});
