// Logs that are too large for the editor: the worker reads them, and the page goes on meanwhile.
import { gzipSync } from "node:zlib";
import { expect, test } from "./fixtures.mjs";
import { SHELL as RULES, drop, evaluated, parts } from "./page.mjs";

const alert = (number) =>
  JSON.stringify({
    hostname: "node-1",
    output: "Shell",
    output_fields: { "evt.type": "execve", "proc.name": number % 2 ? "bash" : "zsh", "proc.cmdline": `step ${number} ${"x".repeat(400)}` },
    priority: "Warning",
    rule: "Some other rule",
    source: "syscall",
    tags: [],
    time: "2026-01-05T10:00:00.000000000Z",
  });
const log = (count) => Array.from({ length: count }, (_, at) => alert(at + 1)).join("\n") + "\n";
/** A little more than the editor takes. */
const COUNT = 15_000;
const EVENTS = "15,000 events";

const bar = (page) => page.locator(".events-bar");
/** Makes the worker wait in front of each piece of a file, so that a test has time to do something meanwhile. */
const slowly = (page) =>
  page.workers()[0].evaluate(() => {
    const stream = Blob.prototype.stream;
    Blob.prototype.stream = function () {
      const wait = async (piece, out) => {
        await new Promise((done) => setTimeout(done, 400));
        out.enqueue(piece);
      };
      return stream.call(this).pipeThrough(new TransformStream({ transform: wait }));
    };
  });
const view = (page) => page.locator(".log-view");
const progress = (page) => page.getByRole("progressbar");

const dropLog = (page, name, text) => drop(page, [{ name, text }]);

/** Drops a log of `blocks` times 4 MB: large enough that a test has time to do something while it is read. */
const dropHuge = (page, name, blocks, line = alert(1)) =>
  page.evaluate(
    ({ name, blocks, line }) => {
      const block = `${line}\n`.repeat(Math.floor((4 << 20) / (line.length + 1)));
      const data = new DataTransfer();
      data.items.add(new File(Array(blocks).fill(block), name));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
    },
    { name, blocks, line },
  );

test.beforeEach(async ({ app, page }) => {
  await evaluated(page);
  await drop(page, [{ name: "rules.yaml", text: RULES }]);
});

test("a log that is too large for the editor is read by the worker; a place of it can be shown", async ({ page, axe }) => {
  await dropLog(page, "falco.log", `starting\n${log(COUNT)}{"cut`);
  const { event, list, tab } = parts(page);
  await expect(bar(page)).toContainText(EVENTS);
  await expect(tab("falco.log")).toHaveAttribute("aria-selected", "true");
  await expect(view(page)).toContainText("too large for the editor");
  await expect(view(page)).toContainText(/the engine uses \d+ MB of memory/);
  await expect(page.locator("#log-excerpt")).toContainText("starting");
  await expect(progress(page)).toHaveCount(0);
  await expect(list.getByRole("option").first()).toContainText("Shell");
  await event(3).click();
  await parts(page).details.getByRole("button", { name: "Show in file" }).click();
  await expect(page.locator("#log-excerpt mark")).toContainText("step 3 ");
  await expect(page.locator("#log-excerpt")).toBeFocused();
  await axe();
  // Half a line at the end and a line that is no alert are counted, and shown.
  await bar(page).getByText("2 left out").click();
  await bar(page).getByRole("button", { name: "Show the first" }).first().click();
  await expect(page.locator("#log-excerpt mark")).toHaveText("starting");
  // Rules go on being edited, over the events of the log.
  await tab("rules.yaml").click();
  await expect(view(page)).toHaveCount(0);
  await drop(page, [{ name: "rules.yaml", text: RULES.replace("bash", "zsh") }]);
  await expect(event(2)).toContainText("Shell");
  await expect(event(1)).not.toContainText("Shell");
});

test("a packed one is unpacked, a damaged one is read as far as it goes, and a file of the same name takes its place", async ({ page }) => {
  const packed = gzipSync(Buffer.from(log(COUNT)), { level: 1 });
  const { list, tab } = parts(page);
  await drop(page, [{ name: "falco.json.gz", bytes: [...packed] }]);
  await expect(bar(page)).toContainText(EVENTS);
  await expect(tab("falco.json")).toBeVisible();
  const longer = gzipSync(Buffer.from(log(2 * COUNT)), { level: 1 });
  await drop(page, [{ name: "falco.json.gz", bytes: [...longer.subarray(0, longer.length * 0.8)] }]);
  await expect(page.getByText("falco.json is damaged or cut short.")).toBeVisible();
  await expect(bar(page)).toContainText("what comes before the damage");
  await expect(bar(page)).toContainText(/2\d,\d{3} events/);
  await expect(page.getByRole("tab", { name: /^falco/ })).toHaveCount(1);
  await expect(list.getByRole("option").first()).toContainText("Shell");
});

test("other changes do not read it again; another kind does, and a reload says what is to be dropped again", async ({ page }) => {
  await dropLog(page, "falco.log", log(COUNT));
  await expect(bar(page)).toContainText(EVENTS);
  await drop(page, [{ name: "more.yaml", text: "- {name: One more, evt.type: execve, proc.name: bash}\n" }]);
  await expect(page.locator("footer")).toContainText("15,001 events");
  await parts(page).tab("falco.log").click();
  await page.getByLabel("Read as").selectOption({ label: "Events by field" });
  await expect(bar(page)).toContainText("15,000 left out");
  await page.getByLabel("Read as").selectOption({ index: 0 });
  await expect(bar(page)).toContainText(EVENTS);
  // The draft is written after a moment.
  await page.waitForTimeout(600);
  await page.reload();
  await expect(page.getByText("Too large to be kept by the browser, to be dropped again: falco.log")).toBeVisible();
  await expect(page.getByText("Drop it here again to go on with it")).toBeVisible();
  await expect(page.locator("footer")).toContainText("1 event");
  await dropLog(page, "falco.log", log(COUNT));
  await expect(page.locator("footer")).toContainText("15,001 events");
  await expect(view(page)).toBeVisible();
});

test("bytes that are no text, and one long line, cost nothing else", async ({ page }) => {
  await page.evaluate(() => {
    const alert = '{"rule":"A","output_fields":{"proc.name":"sh"},"priority":"Warning"}';
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array([0x61, 0xff, 0x62]), "x".repeat(50 << 20), `\n${alert}\n`], "odd.log"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
  });
  await expect(bar(page)).toContainText("1 events");
  await expect(bar(page)).toContainText("1 left out");
  await expect(parts(page).problems).toContainText("no UTF-8");
});

test("while it is read there is progress, rules go on, and cancelling leaves what was there", async ({ page, axe }) => {
  await drop(page, [{ name: "two.yaml", text: "- {name: Old one, evt.type: execve, proc.name: bash}\n" }]);
  await expect(parts(page).event(1)).toContainText("Old one");
  await slowly(page);
  await dropHuge(page, "huge.log", 5);
  await expect(progress(page)).toHaveAttribute("aria-label", "Reading huge.log");
  await expect(progress(page)).toHaveAttribute("aria-valuetext", /^\d+ of 20 MB, [\d,]+ events so far$/);
  await drop(page, [{ name: "rules.yaml", text: RULES.replace("Shell", "Other") }]);
  await expect(parts(page).event(1)).toContainText("Other");
  await expect(progress(page)).toBeVisible();
  await axe();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(progress(page)).toHaveCount(0);
  await expect(parts(page).tab("huge.log")).toHaveCount(0);
  await expect(page.locator("footer")).toContainText("1 event");
  // Another one can be read after it.
  await dropLog(page, "falco.log", log(COUNT));
  await expect(page.locator("footer")).toContainText("15,001 events");
});

test("events of an audit log are counted while it is read; where none can be counted only the bytes are told", async ({ page }) => {
  const audit = { kind: "Event", apiVersion: "audit.k8s.io/v1", level: "Metadata", auditID: "1", stage: "ResponseComplete", verb: "get", stageTimestamp: "2026-01-05T10:00:00.000000Z", annotations: { note: "x".repeat(2000) } };
  await slowly(page);
  await dropHuge(page, "audit.log", 4, JSON.stringify(audit));
  await expect(progress(page)).toHaveAttribute("aria-valuetext", /^\d+ of 16 MB, [1-9][\d,]* events so far$/);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(progress(page)).toHaveCount(0);
  await dropHuge(page, "fields.jsonl", 4, JSON.stringify({ "evt.type": "execve", "proc.name": "bash", note: "x".repeat(2000) }));
  await expect(progress(page)).toHaveAttribute("aria-valuetext", /^[1-9]\d* of 16 MB$/);
});

test("of more than can be kept every so many lines are read, or the beginning", async ({ page, axe }) => {
  test.slow();
  await dropHuge(page, "huge.log", 70);
  await expect(page.getByRole("alert")).toContainText("huge.log has 280 MB. Up to 256 MB of a file are read.");
  await axe();
  await page.getByRole("button", { name: "Read one line in 2" }).click();
  await expect(bar(page)).toContainText("one line in 2, of ", { timeout: 60_000 });
  await expect(bar(page)).toContainText(/\d{3},\d{3} events/);
  await page.getByRole("button", { name: "Read the beginning" }).click();
  await expect(page.getByText("huge.log has more than 256 MB.")).toBeVisible({ timeout: 60_000 });
  await expect(bar(page)).toContainText("only the first 256 MB");
  await expect(page.getByRole("button", { name: "Read one line in 2" })).toBeVisible();
});

test("when the engine dies while it reads, the log is left out and the rest goes on", async ({ page, allow }) => {
  allow(/made by the test/);
  await drop(page, [{ name: "two.yaml", text: "- {name: Old one, evt.type: execve, proc.name: bash}\n" }]);
  await dropLog(page, "falco.log", log(COUNT));
  await expect(page.locator("footer")).toContainText("15,001 events");
  await slowly(page);
  await dropHuge(page, "huge.log", 5);
  await expect(progress(page)).toBeVisible();
  await page.workers()[0].evaluate(() => {
    setTimeout(() => {
      throw new Error("made by the test");
    });
  });
  await expect(page.getByText("The engine stopped while it read huge.log")).toBeVisible();
  await expect(parts(page).tab("huge.log")).toHaveCount(0);
  // What it had read before is read again.
  await drop(page, [{ name: "rules.yaml", text: RULES.replace("Shell", "Other") }]);
  await expect(parts(page).event(1)).toContainText("Other");
  await expect(page.locator("footer")).toContainText("15,001 events");
});

test("a redaction of a large log tells how far it is, can be stopped, and takes the place of the log until it is undone", async ({ page, axe }) => {
  await dropHuge(page, "huge.log", 5);
  await expect(bar(page)).toContainText("events");
  const { details, event } = parts(page);
  await event(1).click();
  await expect(details).toContainText("node-1");
  // The worker pauses between the steps of it: time to press a button.
  await page.workers()[0].evaluate(() => {
    const later = setTimeout;
    self.setTimeout = (act) => later(act, 300);
  });
  await page.getByRole("button", { name: "Actions for events" }).click();
  await page.getByRole("menuitem", { name: "Redact…" }).click();
  const dialog = page.getByRole("dialog", { name: "Redact" });
  const status = dialog.getByRole("status").first();
  await expect.poll(() => dialog.getByRole("progressbar").getAttribute("value")).toMatch(/^[1-9]\d?$/);
  await axe();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(status).toContainText("Stopped.");
  await expect(dialog.getByRole("button", { name: "Replace in the workspace" })).toBeDisabled();
  await dialog.getByRole("button", { name: "Go on" }).click();
  // The list is there before the rules were tried, and a decision in it does not wait for that.
  await expect(status).toContainText("Values replaced: 1. The rules are tried");
  const row = dialog.getByRole("row").filter({ hasText: "node-1" });
  await row.getByRole("checkbox").uncheck();
  await expect(status).toContainText("Values replaced: 0.");
  await row.getByRole("checkbox").check();
  await expect(status).toContainText("Values replaced: 1. Verdicts that change: 0.");
  await dialog.getByRole("button", { name: "Replace in the workspace" }).click();
  await expect(details).toContainText("host-1");
  await expect(details).not.toContainText("node-1");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(details).toContainText("node-1");
});
