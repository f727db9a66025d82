// How a large log does in the page: `cargo xtask bench web` builds it, makes the rules and runs this.
// `node web/e2e/bench/logs.mjs FOLDER` with rules.yaml in FOLDER.
//
// - a log of 100,000 alerts, from the choice of the file to its events in the list, and the longest frame meanwhile;
// - the engine's answer for the first time, which is the rules over them and all that is made of that for the page, and the same after an edit of
//   one list that many rules use. What the rules cost without events, which is no evaluation, is measured before and taken off;
// - the memory that the worker has taken, against the size of the file.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { behind, choose, folder, open } from "./page.mjs";

const ALERTS = 100_000;
const EDITS = 11;

const images = Array.from({ length: 40 }, (_, at) => `registry.example.com/team-${at % 7}/app-${at}`);
const alert = (at) => {
  const name = ["bash", "sh", "curl", "python3", "kubectl"][at % 5];
  const time = new Date(Date.UTC(2026, 0, 5) + at * 731);
  const fields = {
    "container.id": (0x9a2e41c07b5 + (at % 200)).toString(16),
    "container.image.repository": images[at % images.length],
    "container.name": `app-${at % 200}`,
    "evt.time": (BigInt(time.getTime()) * 1_000_000n).toString(),
    "evt.type": at % 3 ? "execve" : "openat",
    "fd.name": at % 3 ? null : `/var/lib/app/${at % 5000}/state.db`,
    "k8s.ns.name": `team-${at % 7}`,
    "k8s.pod.name": `app-${at % 40}-6d9f7c5b8-${(at % 200).toString(36)}`,
    "proc.cmdline": `${name} -c run-step --number ${at % 20_000} --quiet`,
    "proc.name": name,
    "proc.pname": ["sshd", "runc", "node", "cron"][at % 4],
    "user.name": ["root", "app", "www-data"][at % 3],
  };
  const output = `${time.toISOString().slice(11, 23)}000000: Warning Something was done (user=${fields["user.name"]} command=${fields["proc.cmdline"]} pod=${fields["k8s.pod.name"]})`;
  const rule = `Rule number ${at % 90}`;
  return JSON.stringify({ hostname: `node-${at % 12}`, output, output_fields: fields, priority: "Warning", rule, source: "syscall", tags: ["container", "mitre_execution"], time: time.toISOString() });
};
const log = Array.from({ length: ALERTS }, (_, at) => alert(at)).join("\n");
const own = mkdtempSync(join(tmpdir(), "mews-bench-"));
writeFileSync(join(own, "falco.log"), log);

const { page, close } = await open();
const footer = page.locator("footer");
const millis = async () => Number(/in ([\d.]+) ms/.exec(await footer.innerText())[1]);

await choose(page, join(folder, "rules.yaml"));
await page.waitForFunction(() => /9\d rules/.test(document.querySelector("footer").textContent));

/** Changes a list back and forth, and gives the shortest of the engine's times: what else the machine does only adds to them. */
async function edits() {
  await page.getByRole("tab", { name: /^rules\.yaml/ }).click();
  await page.evaluate((offset) => {
    const editor = document.querySelector("code-editor");
    addEventListener("cursor", ({ detail }) => editor.select(detail.docId, offset, offset, { focus: true }), { once: true });
    editor.focus();
  }, behind("items: [ash, bas"));
  await page.keyboard.press("ArrowRight");
  const times = [];
  for (let at = 0; at < EDITS; at++) {
    await page.waitForTimeout(1200);
    await page.keyboard.press(at % 2 ? "Backspace" : "x");
    await page.waitForTimeout(1200);
    times.push(await millis());
  }
  return Math.min(...times);
}

const rulesAlone = await edits();
await page.evaluate(() => {
  window.longest = 0;
  let last = performance.now();
  const frame = () => {
    const now = performance.now();
    window.longest = Math.max(window.longest, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  frame();
});
const before = Date.now();
await choose(page, join(own, "falco.log"));
await page.waitForFunction(() => document.querySelector("footer").textContent.includes("100,0"), null, { timeout: 60_000 });
const loaded = Date.now() - before;
await page.waitForTimeout(500);
const frame = await page.evaluate(() => window.longest);
const first = await millis();
const [, memory] = /uses ([\d,]+) MB/.exec(await page.locator(".log-view").innerText());
const edited = await edits();
await close();
rmSync(own, { recursive: true });

const size = log.length / 1_048_576;
console.log(`${ALERTS} alerts in ${size.toFixed(0)} MB`);
let fine = true;
for (const [title, value, bar, unit] of [
  ["loaded and shown", loaded, 4000, "ms"],
  ["longest frame meanwhile", frame, 100, "ms"],
  ["rules over them, cold", first - rulesAlone, 400, "ms"],
  ["the same after an edit", edited - rulesAlone, 20, "ms"],
  ["memory of the worker", Number(memory.replaceAll(",", "")) / size, 4, "times the file"],
]) {
  fine &&= value < bar;
  console.log(`  ${title.padEnd(36)} ${value.toFixed(unit === "ms" ? 0 : 2).padStart(6)} ${unit} ${value < bar ? "" : `— over the bar of ${bar}`}`);
}
console.log(`  the rules alone, which is in none of these: ${rulesAlone.toFixed(0)} ms`);
process.exit(fine ? 0 : 1);
