// Starts the page. An external file, so a strict content security policy holds; Trunk writes the hashed names
// into <meta name="app-module"> (pattern_script in Trunk.toml).
import { joined } from "./join.js";
import { unpacked } from "./unpack.js";

const names = document.querySelector('meta[name="app-module"]');
const at = (path) => new URL(path, document.baseURI).href;

const fetched = async (url) => {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer;
};

/** The program: as it is from a build for development, packed from a release. */
const program = async (url) => {
  const answer = await fetched(url);
  return url.endsWith(".lzma") ? joined(await unpacked(answer.body)) : answer;
};

/** The words of all sentences in a language. */
const words = async (lang) => {
  const url = at(names.dataset[lang]);
  const answer = await fetched(url);
  return url.endsWith(".lzma") ? new TextDecoder().decode((await unpacked(answer.body))[0]) : answer.text();
};

/** The words in the language of the page (web/theme.js), or if there are none, in the other. */
const first = async () => {
  const lang = document.documentElement.lang;
  const other = lang === "ja" ? "en" : "ja";
  return words(lang).then(
    (found) => [lang, found],
    async () => [other, await words(other)],
  );
};

try {
  const loading = [import(at(names.content)), program(at(names.dataset.wasm)), first()];
  const [{ default: start }, module_or_path, started] = await Promise.all(loading);
  // What the program asks this for (web/src/i18n/words.rs).
  globalThis.mews = { started: () => started, words };
  // The app has mounted into <body> when this resolves; both changes come in one frame.
  await start({ module_or_path });
  document.getElementById("skeleton")?.remove();
  document.documentElement.dataset.app = "started";
} catch (error) {
  console.error(error);
  const panel = document.getElementById("start-failed");
  panel.querySelector("pre").textContent = String(error);
  panel.hidden = false;
}

// Only a release build has a service worker (web/post-build.mjs).
if (names.dataset.sw && "serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register(at(names.dataset.sw)).catch(console.warn), { once: true });
  if (document.readyState === "complete") navigator.serviceWorker.register(at(names.dataset.sw)).catch(console.warn);
}
