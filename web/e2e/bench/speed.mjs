// How long one waits for the page: `cargo xtask bench web` builds it, makes the files and runs this.
// `node web/e2e/bench/speed.mjs FOLDER` with rules.yaml and events.jsonl in FOLDER.
//
// Each time runs from the browser's own time stamp of the key event to the end of the frame that paints the first change:
// - a keystroke in a list that many rules use, so that the events shown change with each, to the list of events;
// - an arrow key in the list of events, and in the grid, to the explanation of what it selects;
// - the first letter of a word to the list of completions.
// Last, how many frames per second there are while the grid of ten thousand events is scrolled.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { behind, choose, folder, open } from "./page.mjs";

const KEYS = 100;
const WARM_UP = 10;
/** Between keys, as of somebody who types fast. */
const REST = 150;

const { page, close } = await open();
for (const name of ["events.jsonl", "rules.yaml"]) {
  await choose(page, join(folder, name));
  await page.waitForTimeout(1000);
}
await page.getByRole("tab", { name: /^rules\.yaml/ }).click();
await page.waitForTimeout(2000);

await page.evaluate(() => {
  const editor = document.querySelector("code-editor");
  // The document that is shown is the one whose cursor is reported.
  addEventListener("cursor", ({ detail }) => (window.shown = detail.docId), { once: true });
  editor.focus();
  window.moveTo = (offset) => editor.select(window.shown, offset, offset, { focus: true });
  const details = document.querySelector("#details");
  const answers = {
    verdicts: { root: document.querySelector("#events"), is: () => true },
    why: { root: details, is: () => details.getAttribute("aria-busy") === "false" },
    words: { root: editor.shadowRoot, is: () => editor.shadowRoot.querySelector(".cm-tooltip-autocomplete li") },
  };
  window.next = (answer) => {
    window.painted = new Promise((resolve) => {
      let start;
      const { root, is } = answers[answer];
      const observer = new MutationObserver(() => {
        if (!is()) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - start);
          port2.postMessage(null);
        });
      });
      // What still changes because of an earlier key is not the answer to this one.
      const watch = (event) => {
        start = event.timeStamp;
        observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
      };
      addEventListener("keydown", watch, { once: true, capture: true });
    });
  };
});

/** Presses keys until each was answered, and prints the distribution of the times; false if it is over the bar. */
async function measure(title, bar, answer, key, after = () => {}) {
  const times = [];
  for (let i = 0; i < WARM_UP + KEYS; i++) {
    await page.evaluate((answer) => window.next(answer), answer);
    await page.keyboard.press(key(i));
    const painted = page.evaluate(() => window.painted);
    const late = new Promise((_, reject) => setTimeout(reject, 10_000, new Error(`${title}: nothing after 10 s`)));
    const time = await Promise.race([painted, late]);
    if (i >= WARM_UP) times.push(time);
    await after();
    await page.waitForTimeout(REST);
  }
  times.sort((a, b) => a - b);
  const share = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))];
  console.log(`${title}, ${KEYS} times, ms`);
  for (const [name, value] of [["min", times[0]], ["median", share(0.5)], ["90 %", share(0.9)], ["95 %", share(0.95)], ["max", times.at(-1)]]) {
    console.log(`  ${name.padEnd(7)} ${value.toFixed(1).padStart(7)}`);
  }
  const STEP = 10;
  for (let from = Math.floor(times[0] / STEP) * STEP; from <= times.at(-1); from += STEP) {
    const count = times.filter((time) => time >= from && time < from + STEP).length;
    if (count > 0) console.log(`  ${String(from).padStart(4)}–${String(from + STEP).padEnd(4)} ${"█".repeat(Math.ceil(count / 2))} ${count}`);
  }
  const fine = share(0.95) < bar;
  console.log(fine ? `95 % are under ${bar} ms.` : `Over the bar: 95 % should be under ${bar} ms.`);
  return fine;
}

/** Scrolls the grid at every frame for some seconds, and prints how many there were; false if there were too few. */
async function scroll(bar) {
  const size = await grid.evaluate((node) => [node.ariaRowCount - 1, node.ariaColCount - 1]);
  const times = await grid.evaluate(async (node) => {
    const [high, wide] = [node.scrollHeight - node.clientHeight, node.scrollWidth - node.clientWidth];
    const frame = () => new Promise(requestAnimationFrame);
    const times = [await frame()];
    for (let i = 1; times.at(-1) - times[0] < 5000; i++) {
      // As fast as a wheel that is turned on and on: 200 pixels a frame.
      const there = (way, length) => (length > 0 ? length - Math.abs((way % (2 * length)) - length) : 0);
      node.scrollTo(there(i * 50, wide), there(i * 200, high));
      times.push(await frame());
    }
    return times;
  });
  const frames = times.slice(1).map((time, at) => time - times[at]).sort((a, b) => a - b);
  const rate = (1000 * frames.length) / (times.at(-1) - times[0]);
  console.log(`grid of ${size[0]} × ${size[1]} scrolled for 5 s`);
  console.log(`  ${rate.toFixed(1)} frames per second; 95 % of them within ${frames[Math.floor(frames.length * 0.95)].toFixed(1)} ms, the longest ${frames.at(-1).toFixed(1)} ms`);
  const fine = rate >= bar;
  console.log(fine ? `At least ${bar} per second.` : `Under the bar of ${bar} per second.`);
  return fine;
}

await page.keyboard.press("ArrowRight");
// Somewhere in the middle of a value in the list of shells.
await page.evaluate((offset) => window.moveTo(offset), behind("items: [ash, bas"));
const typed = await measure("keystroke to painted verdicts", 100, "verdicts", (i) => (i % 2 === 0 ? "x" : "Backspace"));

// Where a condition starts, a word of its own.
await page.evaluate((offset) => window.moveTo(offset), behind("condition: "));
const completed = await measure("first letter to painted completions", 50, "words", () => "p", async () => {
  await page.keyboard.press("Escape");
  await page.keyboard.press("Backspace");
});

await page.getByRole("listbox").first().focus();
const explained = await measure("selected event to painted explanation", 50, "why", () => "ArrowDown");

await page.getByRole("tab", { name: "Grid" }).click();
const grid = page.getByRole("grid");
await grid.focus();
await page.keyboard.press("ArrowRight");
// Along an event, where each cell is another rule's.
const celled = await measure("selected cell of the grid to painted explanation", 50, "why", (i) => (i % 40 < 20 ? "ArrowRight" : "ArrowLeft"));

// The same events again and again, so that there are ten thousand, scrolled to and fro in both directions.
const events = readFileSync(join(folder, "events.jsonl"), "utf8").trimEnd();
const many = Array(10).fill(events).join("\n");
await choose(page, { name: "events.jsonl", mimeType: "text/plain", buffer: Buffer.from(many) });
await page.waitForTimeout(6000);
const smooth = await scroll(55);

await close();
process.exit(typed && completed && explained && celled && smooth ? 0 : 1);
