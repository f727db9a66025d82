// Draws public/icon-{192,512}.png from public/icon.svg. Run it after a change of the drawing:
// `CHROMIUM=/usr/bin/chromium node web/e2e/icons.mjs`
import { readFileSync, writeFileSync } from "node:fs";
import { launch } from "./chromium.mjs";

const folder = new URL("../../public/", import.meta.url);
const svg = readFileSync(new URL("icon.svg", folder), "utf8");
const browser = await launch();
for (const size of [192, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:100vw}rect{rx:0}</style>${svg}`);
  writeFileSync(new URL(`icon-${size}.png`, folder), await page.screenshot());
}
await browser.close();
