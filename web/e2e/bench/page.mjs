// How the benches begin: the built page in a browser, without a service worker.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "../chromium.mjs";
import { start } from "../serve.mjs";

/** Where the files of a bench are, and its rules. */
export const folder = process.argv[2];
export const rules = readFileSync(join(folder, "rules.yaml"), "utf8");

/** Where in the rules these words end. */
export function behind(words) {
  const at = rules.indexOf(words);
  if (at < 0) throw new Error(`rules.yaml has no ${words}`);
  return at + words.length;
}

/** The page, once it has started, and how to end it. */
export async function open() {
  const server = await start(fileURLToPath(new URL("../../../dist", import.meta.url)), "/mews/", 0);
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  page.on("pageerror", (error) => console.error(error));
  await page.goto(`http://127.0.0.1:${server.address().port}/mews/`);
  await page.locator("html[data-app=started]").waitFor();
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { page, close };
}

/** Has the page open a file. */
export const choose = (page, file) => page.locator("input[type=file]").first().setInputFiles(file);
