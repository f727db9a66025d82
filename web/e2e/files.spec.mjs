// Files: the draft, tabs, opening, dropping, and what must not harm the page.
import { expect, test } from "./fixtures.mjs";
import { EVENTS, RULE, drop, evaluated, parts, rewrite } from "./page.mjs";

const notice = (page) => page.getByRole("status").filter({ has: page.getByRole("button", { name: "Dismiss" }) });

test("the draft outlives a reload, and a reset brings the example back", async ({ app, page }) => {
  await evaluated(page);
  await app.type("\n# my own note é日本語😀\n");
  await expect(page.getByRole("banner")).toContainText("edited");
  await page.waitForTimeout(600);
  await page.reload();
  await expect(app.editor).toContainText("# my own note é日本語😀");
  await page.getByRole("button", { name: "Files", exact: true }).click();
  await page.getByRole("menuitem", { name: "Reset to the example" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Replace" }).click();
  await expect(app.editor).not.toContainText("my own note");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(app.editor).toContainText("my own note");
});

test("an example that cannot be fetched says so, and nothing changes", async ({ app, page, allow }) => {
  allow(/ERR_FAILED|Failed to load/);
  await evaluated(page);
  await page.route("**/examples/*.json", (route) => route.abort());
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("menuitem").nth(2).click();
  await expect(notice(page)).toContainText("could not be fetched");
  await expect(app.editor).toContainText("Shell in container");
  await page.unroute("**/examples/*.json");
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("menuitem").nth(2).click();
  await expect(notice(page)).toContainText("Opened the example");
});

test("a draft written just before the page goes away is kept", async ({ app, page }) => {
  await evaluated(page);
  await app.type("\n# last words\n");
  await page.reload();
  await expect(app.editor).toContainText("# last words");
});

test("files are added, renamed, moved and deleted", async ({ app, page }) => {
  const { tab } = parts(page);
  const names = () => page.getByRole("tablist", { name: "Files, rules in load order" }).getByRole("tab").evaluateAll((tabs) => tabs.map((tab) => tab.querySelector(".tab-name").textContent));
  await page.getByRole("button", { name: "Add a file" }).click();
  await page.getByRole("menuitem", { name: "Rules file" }).click();
  await expect(tab("rules-2.yaml")).toHaveAttribute("aria-selected", "true");
  await tab("rules-2.yaml").press("F2");
  const name = page.getByRole("textbox", { name: "File name" });
  await name.fill("rules.yaml");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "Another file" })).toBeVisible();
  await name.fill("mine.yaml");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Actions for mine.yaml" }).click();
  await page.getByRole("menuitem", { name: "Load earlier" }).click();
  expect(await names()).toEqual(["base_rules.yaml", "mine.yaml", "rules.yaml", "events.yaml"]);
  await tab("mine.yaml").focus();
  await page.keyboard.press("Delete");
  await expect(tab("mine.yaml")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(tab("mine.yaml")).toHaveCount(1);
});

test("the base rules can be read, switched off and replaced", async ({ app, page }) => {
  const { tab } = parts(page);
  await evaluated(page);
  await tab("base_rules.yaml").click();
  await expect(page.getByText("Read-only.")).toBeVisible();
  const text = await app.editor.innerText();
  await app.editor.click();
  await page.keyboard.type("x");
  expect(await app.editor.innerText()).toBe(text);
  const act = async (name) => {
    await page.getByRole("button", { name: "Actions for base_rules.yaml" }).click();
    await page.getByRole("menuitem", { name }).click();
  };
  await act("Switch base rules off");
  await expect(tab("base_rules.yaml")).toContainText("off");
  await expect(tab("rules.yaml")).toContainText("error");
  await act("Switch base rules on");
  await expect(tab("rules.yaml")).not.toContainText("error");
  await act("Edit a copy");
  await app.editor.click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText("# my copy\n");
  await expect(app.editor).toContainText("# my copy");
  await act("Back to the built-in base rules");
  await expect(app.editor).not.toContainText("# my copy");
});

test("dropped files are recognised by what they hold", async ({ app, page }) => {
  const { tab, event } = parts(page);
  await evaluated(page);
  await drop(page, [
    { name: "mine.yaml", text: RULE },
    { name: "log.jsonl", text: '{"evt.type": "openat", "fd.name": "/etc/shadow"}\n{"evt.type": "execve"}\n' },
  ]);
  await expect(tab("mine.yaml")).toBeVisible();
  await expect(tab("log.jsonl")).toBeVisible();
  await expect(event(1)).toContainText("Shadow file read");
});

test("files come through the button and go as downloads", async ({ app, page }) => {
  const { tab } = parts(page);
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Files", exact: true }).click();
  await page.getByRole("menuitem", { name: "Open files…" }).click();
  await (await chosen).setFiles({ name: "windows.yaml", mimeType: "text/yaml", buffer: Buffer.from("# é\r\n" + RULE.replaceAll("\n", "\r\n")) });
  await expect(tab("windows.yaml")).toHaveAttribute("aria-selected", "true");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Files", exact: true }).click();
  await page.getByRole("menuitem", { name: "Download windows.yaml" }).click();
  const stream = await (await download).createReadStream();
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString("utf8")).toBe("# é\r\n" + RULE.replaceAll("\n", "\r\n"));
});

test.describe("what is no text is refused with a word, and nothing is lost", () => {
  for (const [what, file, said] of [
    ["a binary file", { name: "a.bin", bytes: [0x7f, 0x45, 0x4c, 0x46, 0, 1, 2] }, "not a text file"],
    ["text in another encoding", { name: "sjis.yaml", bytes: [0x23, 0x20, 0x83, 0x8b, 0x81, 0x5b] }, "not UTF-8 text (byte 3)"],
    ["UTF-16", { name: "wide.yaml", bytes: [0xff, 0xfe, 0x2d, 0] }, "UTF-16"],
    ["an empty file", { name: "empty.yaml", text: "" }, "is empty"],
  ]) {
    test(what, async ({ app, page }) => {
      const before = await app.editor.innerText();
      await drop(page, [file]);
      await expect(notice(page)).toContainText(said);
      expect(await app.editor.innerText()).toBe(before);
    });
  }

  test("a file that is too large", async ({ app, page }) => {
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(["x".repeat(9 << 20)], "large.yaml"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    });
    await expect(notice(page)).toContainText("larger than 8 MB");
  });
});

/** The page still answers: a rule typed into a fresh file finds its event. */
async function stillAlive(page, app) {
  await page.getByRole("button", { name: "Files", exact: true }).click();
  await page.getByRole("menuitem", { name: "New, empty" }).click();
  const dialog = page.getByRole("dialog");
  if (await dialog.isVisible()) await dialog.getByRole("button", { name: "Replace" }).click();
  await drop(page, [{ name: "events.yaml", text: EVENTS }]);
  await parts(page).tab("rules.yaml").click();
  await rewrite(page, app, RULE);
  await expect(parts(page).event(2)).toContainText("Shadow file read", { timeout: 20_000 });
}

test.describe("input that would harm", () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [at, name] of [..."bcdefghi"].entries()) bomb.push(`${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[at]}`).join(", ")}]`);
  for (const [what, name, text] of [
    ["5 MB of YAML", "big.yaml", Array.from({ length: 25_000 }, (_, i) => RULE.replace("Shadow file read", `Rule ${i}`)).join("").slice(0, 5_000_000)],
    ["an alias bomb", "bomb.yaml", `- rule: x\n${bomb.map((line) => `  ${line}`).join("\n")}\n`],
    ["10,000 parentheses", "deep.yaml", `- rule: x\n  desc: y\n  condition: ${"(".repeat(10_000)}evt.type = open${")".repeat(10_000)}\n  output: z\n  priority: INFO\n`],
    ["10,000 nested lists", "nested.yaml", `- rule: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`],
    ["a rule with every key wrong", "wrong.yaml", "- rule: [x]\n  desc: {a: b}\n  condition: 12\n  output: []\n  priority: LOUD\n  tags: 7\n  enabled: perhaps\n  nonsense: true\n"],
    ["10,000 bad events", "bad.jsonl", Array.from({ length: 10_000 }, (_, i) => `{"evt.type": [${i}], "no.such": {`).join("\n")],
  ]) {
    test(what, async ({ app, page }) => {
      test.slow();
      await evaluated(page);
      await drop(page, [{ name, text }]);
      const { problem } = parts(page);
      if (what !== "5 MB of YAML") await expect(problem.first()).toBeVisible({ timeout: 30_000 });
      await page.waitForTimeout(500);
      await stillAlive(page, app);
    });
  }
});

test("a worker that dies is started again, and the text stays", async ({ app, page, allow }) => {
  allow(/unreachable|panick|worker/i);
  await evaluated(page);
  await page.evaluate(() => {
    // The next message that goes to a worker is one that it cannot survive.
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (...all) {
      Worker.prototype.postMessage = post;
      setTimeout(() => this.dispatchEvent(new ErrorEvent("error", { message: "made by the test" })));
    };
  });
  await app.type("\n# after the crash\n");
  await expect(notice(page)).toContainText("started again");
  await expect(app.editor).toContainText("# after the crash");
  await app.type(RULE);
  await expect(page.locator("footer")).toContainText("engine ready");
});
