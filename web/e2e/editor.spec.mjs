// <code-editor> by itself: what its contract (web/editor/js/src/element.js) promises, used by mouse and keyboard.
import { expect, test as base } from "./fixtures.mjs";

const RULES = "- rule: Shell\n  condition: proc.nam = bash and container\n  output: 日本語 😀 %proc.name\n";
const WORD = RULES.indexOf("proc.nam");
const UNKNOWN = {
  from: WORD,
  to: WORD + 8,
  severity: "error",
  code: "unknown-field",
  message: "unknown field `proc.nam`",
  notes: ["Falco refuses the rule"],
  fixes: [{ title: "write `proc.name`", index: 7 }, { title: "write `proc.pname`", index: 8 }],
};

/** The element alone on the page; what it reports is kept in `window.reports`. */
const test = base.extend({
  editor: async ({ page, allow }, use) => {
    allow(/boot-/);
    await page.route("**/boot-*.js", (route) => route.abort());
    await page.goto("./");
    await page.evaluate(async (rules) => {
      await customElements.whenDefined("code-editor");
      document.querySelector("#skeleton").remove();
      document.body.innerHTML = "<main><h1>Editor</h1><button>before</button></main>";
      const editor = document.createElement("code-editor");
      Object.assign(editor.style, { display: "block", height: "420px", width: "720px" });
      document.querySelector("main").append(editor);
      window.reports = [];
      window.editor = editor;
      for (const type of ["edit", "cursor", "fix", "step"]) {
        document.addEventListener(type, ({ detail }) => window.reports.push({ type, ...detail, text: detail.text }));
      }
      editor.open("rules.yaml", rules, { label: "Rules file rules.yaml" });
    }, RULES);
    const content = page.locator(".cm-content");
    await use({
      content,
      call: (method, ...args) => page.evaluate(([name, list]) => window.editor[name](...list), [method, args]),
      text: (docId = "rules.yaml") => page.evaluate((id) => window.editor.text(id), docId),
      reports: (type) => page.evaluate((wanted) => window.reports.filter((one) => one.type === wanted), type),
      focused: () => page.evaluate(() => window.editor.shadowRoot.activeElement?.textContent ?? ""),
    });
  },
});

test("typing is reported with the document and its text", async ({ editor, page }) => {
  await editor.content.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# é\n");
  expect(await editor.text()).toBe(`# é\n${RULES}`);
  expect((await editor.reports("edit")).at(-1)).toMatchObject({ docId: "rules.yaml", text: `# é\n${RULES}` });
  expect((await editor.reports("cursor")).at(-1)).toMatchObject({ docId: "rules.yaml", offset: 4 });
});

test("text from a Japanese input method arrives once and whole", async ({ editor, page }) => {
  await editor.content.click();
  await page.keyboard.press("Control+Home");
  const session = await page.context().newCDPSession(page);
  for (const text of ["に", "にほ", "にほん", "日本"]) {
    await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await editor.call("setDiagnostics", "rules.yaml", [UNKNOWN]);
  }
  await session.send("Input.insertText", { text: "日本" });
  await expect.poll(() => editor.text()).toBe(`日本${RULES}`);
});

test("each document keeps its undo history, selection and scroll position", async ({ editor, page }) => {
  await editor.content.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("x");
  const long = Array.from({ length: 500 }, (_, i) => `- list: l${i}`).join("\n");
  await editor.call("open", "long.yaml", long, { label: "long.yaml" });
  await editor.call("select", "long.yaml", 4000, 4005, {});
  const scroller = page.locator(".cm-scroller");
  await expect.poll(() => scroller.evaluate((one) => one.scrollTop)).toBeGreaterThan(500);
  const scrolled = await scroller.evaluate((one) => one.scrollTop);
  await editor.call("open", "rules.yaml", "ignored, since it is open", { label: "Rules file rules.yaml" });
  await editor.call("focus");
  await page.keyboard.press("Control+z");
  expect(await editor.text()).toBe(RULES);
  await editor.call("open", "long.yaml", "", { label: "long.yaml" });
  await expect.poll(() => scroller.evaluate((one) => one.scrollTop)).toBeCloseTo(scrolled, -1);
});

test("setText and applyEdits are one step of undo each, also in a hidden document", async ({ editor, page }) => {
  await editor.call("setText", "rules.yaml", "a\nb\n");
  await editor.call("applyEdits", "rules.yaml", [{ from: 2, to: 3, insert: "B" }, { from: 0, to: 1, insert: "A" }]);
  expect(await editor.text()).toBe("A\nB\n");
  await editor.content.click();
  await page.keyboard.press("Control+z");
  expect(await editor.text()).toBe("a\nb\n");
  await page.keyboard.press("Control+z");
  expect(await editor.text()).toBe(RULES);
  await editor.call("open", "other.yaml", "one", { label: "other" });
  await editor.call("setText", "rules.yaml", "hidden");
  expect((await editor.reports("edit")).at(-1)).toMatchObject({ docId: "rules.yaml", text: "hidden" });
  await expect(editor.content).toHaveText("one");
});

test("a problem has a squiggle at its exact range, and its message and fixes on hover", async ({ editor, page }) => {
  await editor.call("setDiagnostics", "rules.yaml", [UNKNOWN]);
  await expect(page.locator(".cm-lintRange-error")).toHaveText("proc.nam");
  await page.locator(".cm-lintRange-error").hover();
  const tooltip = page.locator(".cm-tooltip-lint");
  await expect(tooltip).toContainText("unknown field `proc.nam`");
  await expect(tooltip).toContainText("Falco refuses the rule");
  await tooltip.getByRole("button", { name: "write `proc.pname`" }).click();
  expect(await editor.reports("fix")).toMatchObject([{ docId: "rules.yaml", code: "unknown-field", from: WORD, to: WORD + 8, index: 8 }]);
});

test("what was said of a text follows it when it changes before the next frame", async ({ editor, page }) => {
  await page.evaluate(([problem, from]) => {
    window.editor.setDiagnostics("rules.yaml", [problem]);
    window.editor.setTokens("rules.yaml", new Uint32Array([from, from + 8, 2]));
    window.editor.setMarks("rules.yaml", [{ from, to: from + 8, cls: "cm-mark-true", title: "" }]);
    window.editor.applyEdits("rules.yaml", [{ from: 0, to: 0, insert: "# one\n" }]);
    window.editor.applyEdits("rules.yaml", [{ from: 0, to: 0, insert: "# two\n" }]);
  }, [UNKNOWN, WORD]);
  for (const painted of [".cm-lintRange", ".cm-word-field", ".cm-mark-true"]) await expect(editor.content.locator(painted)).toHaveText(["proc.nam"]);
});

test("fixes are chosen by keyboard, at the place where the problem is now", async ({ editor, page }) => {
  await editor.call("setDiagnostics", "rules.yaml", [UNKNOWN]);
  await editor.call("applyEdits", "rules.yaml", [{ from: 0, to: 0, insert: "# 😀\n" }]);
  await editor.call("select", "rules.yaml", WORD + 9, WORD + 9, { focus: true });
  await page.keyboard.press("Control+.");
  const box = page.getByRole("dialog", { name: "Problems and fixes" });
  await expect(box).toContainText("unknown field");
  await expect.poll(editor.focused).toBe("write `proc.name`");
  await page.keyboard.press("ArrowDown");
  await expect.poll(editor.focused).toBe("write `proc.pname`");
  await page.keyboard.press("Enter");
  await expect(box).toHaveCount(0);
  expect(await editor.reports("fix")).toMatchObject([{ from: WORD + 5, to: WORD + 13, index: 8 }]);
  await expect(editor.content).toBeFocused();
  await page.keyboard.press("Control+.");
  await page.keyboard.press("Escape");
  await expect(box).toHaveCount(0);
  await expect(editor.content).toBeFocused();
});

test("a press on the marker beside the line opens the problems of that line", async ({ editor, page }) => {
  await editor.call("setDiagnostics", "rules.yaml", [UNKNOWN]);
  await page.locator(".cm-problem-marker:visible").last().click();
  await page.getByRole("dialog").getByRole("button", { name: "write `proc.name`" }).click();
  expect(await editor.reports("fix")).toMatchObject([{ index: 7 }]);
});

test("F8 and Shift-F8 go through the problems, unless the page does it", async ({ editor, page }) => {
  const second = { from: RULES.indexOf("container"), to: RULES.indexOf("container") + 9, severity: "warning", message: "second", notes: [], fixes: [] };
  await editor.call("setDiagnostics", "rules.yaml", [UNKNOWN, second]);
  await editor.call("select", "rules.yaml", 0, 0, { focus: true });
  const offset = async () => (await editor.reports("cursor")).at(-1).offset;
  await page.keyboard.press("F8");
  expect(await offset()).toBe(UNKNOWN.to);
  await page.keyboard.press("F8");
  expect(await offset()).toBe(second.to);
  await page.keyboard.press("Shift+F8");
  expect(await offset()).toBe(UNKNOWN.to);
  expect((await editor.reports("step")).map(({ direction }) => direction)).toEqual([1, 1, -1]);
  await page.evaluate(() => window.editor.addEventListener("step", (event) => event.preventDefault()));
  await page.keyboard.press("F8");
  expect(await offset()).toBe(UNKNOWN.to);
});

test("words are coloured by kind and keep their colour while the text moves", async ({ editor, page }) => {
  await page.evaluate((at) => window.editor.setTokens("rules.yaml", new Uint32Array([at, at + 8, 2, at + 16, at + 19, 0, 9999, 10050, 1])), WORD);
  await expect(page.locator(".cm-word-field")).toHaveText("proc.nam");
  await expect(page.locator(".cm-word-logic")).toHaveText("and");
  const colour = await page.locator(".cm-word-field").evaluate((one) => getComputedStyle(one.querySelector("span") ?? one).color);
  const plain = await page.locator(".cm-content").evaluate((one) => getComputedStyle(one).color);
  expect(colour).not.toBe(plain);
  await editor.call("applyEdits", "rules.yaml", [{ from: 0, to: 0, insert: "# new line\n" }]);
  await expect(page.locator(".cm-word-field")).toHaveText("proc.nam");
  await editor.call("setMarks", "rules.yaml", [{ from: WORD + 11, to: WORD + 19, cls: "cm-mark-true", title: "true" }]);
  await expect(page.locator(".cm-mark-true")).toHaveText("proc.nam");
});

test("a read-only document says so, takes the focus and keeps its text", async ({ editor, page }) => {
  await editor.call("open", "base", "- macro: spawned_process\n", { readOnly: true, label: "Base rules" });
  const box = page.getByRole("textbox", { name: "Base rules" });
  await expect(box).toHaveAttribute("aria-readonly", "true");
  await box.focus();
  await page.keyboard.type("x");
  expect(await editor.text("base")).toBe("- macro: spawned_process\n");
  await editor.call("open", "rules.yaml", "", { label: "Rules file rules.yaml" });
  await expect(page.getByRole("textbox", { name: "Rules file rules.yaml" })).toHaveAttribute("aria-readonly", "false");
});

test("Tab indents, and Escape then Tab leaves the editor", async ({ editor, page }) => {
  await editor.call("select", "rules.yaml", 0, 0, { focus: true });
  await page.keyboard.press("Tab");
  expect(await editor.text()).toBe(`  ${RULES}`);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("button", { name: "before" })).toBeFocused();
});

test("the search panel speaks the language that it is given", async ({ editor, page }) => {
  await editor.call("setPhrases", { Find: "検索", Replace: "置換", next: "次へ", close: "閉じる" });
  await editor.content.click();
  await page.keyboard.press("Control+f");
  await expect(page.getByPlaceholder("検索")).toBeFocused();
  await page.keyboard.type("bash");
  await page.keyboard.press("Enter");
  expect((await editor.reports("cursor")).at(-1).offset).toBe(RULES.indexOf("bash") + 4);
});

test("what searching and completing need is fetched when it is wanted, once; each document has its own panel", async ({ editor, page }) => {
  const fetched = [];
  page.on("request", (request) => fetched.push(...(request.url().match(/(?<=\/later\/)[a-z]+/g) ?? [])));
  await editor.content.click();
  await expect.poll(() => fetched).toEqual(["completion"]);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+Alt+g");
  await expect(page.locator(".cm-goto-line input")).toBeFocused();
  await page.keyboard.type("2");
  await page.keyboard.press("Enter");
  expect((await editor.reports("cursor")).at(-1).offset).toBe(RULES.indexOf("\n") + 1);
  await editor.content.click();
  await page.keyboard.press("Control+f");
  await expect(page.getByPlaceholder("Find")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByPlaceholder("Find")).toHaveCount(0);
  await editor.call("open", "other.yaml", "one two one\n", { label: "other" });
  await editor.call("select", "other.yaml", 0, 3, { focus: true });
  await expect(page.locator(".cm-selectionMatch")).toHaveText("one");
  await page.keyboard.press("Control+d");
  await page.keyboard.type("1");
  expect(await editor.call("text", "other.yaml")).toBe("1 two 1\n");
  await page.keyboard.press("Control+f");
  await expect(page.getByPlaceholder("Find")).toBeFocused();
  expect(fetched).toEqual(["completion", "search"]);
});

test("five megabytes open, scroll and take a keystroke quickly", async ({ editor, page }) => {
  const took = await page.evaluate(() => {
    const text = Array.from({ length: 60_000 }, (_, i) => `- rule: R${i}\n  condition: evt.type = open and proc.name = x${i}\n  output: x\n`).join("");
    const times = [performance.now()];
    window.editor.open("big.yaml", text, { label: "big" });
    times.push(performance.now());
    window.editor.select("big.yaml", text.length, text.length, { focus: true });
    times.push(performance.now());
    return { length: text.length, open: times[1] - times[0], select: times[2] - times[1] };
  });
  expect(took.length).toBeGreaterThan(4_500_000);
  expect(took.open).toBeLessThan(2000);
  expect(took.select).toBeLessThan(1000);
  const start = Date.now();
  await page.keyboard.type("- list: last");
  await expect(page.locator(".cm-line", { hasText: "- list: last" })).toBeVisible();
  expect(Date.now() - start).toBeLessThan(3000);
});

for (const dark of [false, true]) {
  test(`axe finds nothing in the ${dark ? "dark" : "light"} editor`, async ({ editor, page, axe }) => {
    // The page's sheets follow the system here; the app sets both together.
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
    await editor.call("setDark", dark);
    await editor.call("setDiagnostics", "rules.yaml", [UNKNOWN]);
    await page.evaluate((at) => window.editor.setTokens("rules.yaml", new Uint32Array([at, at + 8, 2, at + 16, at + 19, 0])), WORD);
    await editor.call("select", "rules.yaml", WORD, WORD, { focus: true });
    await axe();
    await page.keyboard.press("Control+.");
    await expect(page.getByRole("dialog")).toBeVisible();
    await axe();
  });
}
