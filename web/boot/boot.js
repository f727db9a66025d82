// Starts the page. An external file, so a strict content security policy holds; Trunk writes the hashed names
// into <meta name="app-module"> (pattern_script in Trunk.toml).
import { joined } from "./join.js";
import { unpacked } from "./unpack.js";

const names = document.querySelector('meta[name="app-module"]');
const at = (path) => new URL(path, document.baseURI).href;

/** The program: as it is from a build for development, packed from a release. */
const program = async (url) => {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok || !url.endsWith(".lzma")) return answer;
  return joined(await unpacked(answer.body));
};

try {
  const { default: start } = await import(at(names.content));
  // The app has mounted into <body> when this resolves; both changes come in one frame.
  await start({ module_or_path: program(at(names.dataset.wasm)) });
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
