// The editor knows Falco: what can be written, what a word is, where names stand, and what is done with whole files.
import { expect, test } from "./fixtures.mjs";
import { RULE, evaluated } from "./page.mjs";

const RULES = `- list: shells
  items: [bash, sh]
- macro: by_shell
  condition: proc.name in (shells)
- rule: Shadow
  desc: d
  condition: evt.type = openat and by_shell and proc.pname in (shells)
  output: o %proc.name
  priority: WARNING
`;

const options = (page) => page.getByRole("listbox", { name: "Completions" }).getByRole("option");

/** The text of the shown document; its id is that of its tab. */
const text = (page) =>
  page.evaluate(() => {
    const id = document.querySelector("[role=tab][id^=tab-][aria-selected=true]").id.slice("tab-".length);
    return document.querySelector("code-editor").text(id);
  });

/** Gives the shown document another text. */
const rewrite = (page, text) =>
  page.evaluate((text) => {
    const id = document.querySelector("[role=tab][id^=tab-][aria-selected=true]").id.slice("tab-".length);
    const editor = document.querySelector("code-editor");
    editor.setText(id, text);
    editor.select(id, text.length, text.length, { focus: true });
  }, text);

/** Takes the chosen completion. What opens under a finger that types already must not be taken by it, so it waits a moment. */
const accept = async (page) => {
  await page.waitForTimeout(150);
  await page.keyboard.press("Enter");
};

/** The line that the cursor stands in. */
const line = (page) => page.locator("code-editor .cm-activeLine").first();

/** Puts the cursor behind a text of the shown document. */
const cursorBehind = (page, wanted) =>
  page.evaluate((wanted) => {
    const id = document.querySelector("[role=tab][id^=tab-][aria-selected=true]").id.slice("tab-".length);
    const editor = document.querySelector("code-editor");
    const at = editor.text(id).indexOf(wanted) + wanted.length;
    editor.select(id, at, at, { focus: true });
  }, wanted);

test.beforeEach(async ({ page, app }) => {
  await evaluated(page);
  await app.editor.click();
});

test("fields are offered while they are typed, with what they are", async ({ page }) => {
  await rewrite(page, RULES);
  await cursorBehind(page, "by_shell and proc.pname in (shells)");
  await page.keyboard.type(" and proc.cmdl");
  await expect(options(page).first()).toContainText("proc.cmdl");
  await expect(options(page).filter({ hasText: "proc.cmdline" })).toContainText("CHARBUF");
  await expect(options(page).filter({ hasText: "proc.cmdline" })).toContainText("field");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("code-editor .cm-completionInfo")).toContainText(/command line|Number|Length/i);
  await page.keyboard.press("Escape");
  await page.keyboard.type("ine");
  await page.keyboard.press("Enter");
  await expect.poll(() => text(page)).toContain("and proc.cmdline\n");
});

test("values come from the events, and Enter takes the chosen one", async ({ page }) => {
  await rewrite(page, RULES);
  await cursorBehind(page, "by_shell and proc.pname in (shells)");
  await page.keyboard.type(" and evt.type = ");
  await page.keyboard.press("Control+Space");
  await expect(options(page).first()).toContainText("execve");
  await accept(page);
  await expect.poll(() => text(page)).toContain("evt.type = execve");
});

test("a whole rule is filled in place by place", async ({ page }) => {
  await rewrite(page, "");
  await page.keyboard.press("Control+Space");
  await expect(options(page).first()).toContainText("rule");
  await accept(page);
  await page.keyboard.type("日本 first");
  await page.keyboard.press("Tab");
  await page.keyboard.type("says what");
  await expect.poll(() => text(page)).toContain("- rule: 日本 first\n  desc: says what\n  condition: >\n    ");
});

test("an input method is left alone", async ({ page }) => {
  await rewrite(page, "- rule: ");
  const session = await page.context().newCDPSession(page);
  for (const text of ["に", "にほ", "日本"]) {
    await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await session.send("Input.insertText", { text: "日本" });
  await page.waitForTimeout(300);
  await expect(page.getByRole("listbox", { name: "Completions" })).toHaveCount(0);
  await expect.poll(() => text(page)).toBe("- rule: 日本");
});

test("F1 and the mouse tell what a word is", async ({ page }) => {
  await rewrite(page, RULES);
  await cursorBehind(page, "openat and by_sh");
  await page.keyboard.press("F1");
  const told = page.locator("code-editor .cm-word-info");
  await expect(told).toContainText("by_shell");
  await expect(told).toContainText("proc.name in (shells)");
  await page.keyboard.press("Escape");
  await expect(told).toHaveCount(0);
  await page.locator("code-editor .cm-word-operator").first().hover();
  await expect(told).toContainText("operator");
});

test("F12 goes to the definition, Shift+F12 shows all places", async ({ page, axe }) => {
  await rewrite(page, RULES);
  await cursorBehind(page, "proc.pname in (she");
  await page.keyboard.press("F12");
  await expect(line(page)).toContainText("- list: shells");
  await page.keyboard.press("Shift+F12");
  const dialog = page.getByRole("dialog", { name: "Places of shells" });
  await expect(dialog.getByRole("listitem")).toHaveCount(3);
  await expect(dialog).toContainText("3 places");
  await axe();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(line(page)).toContainText("proc.name in (shells)");
});

test("F2 renames in all places, or says why not", async ({ page }) => {
  await rewrite(page, RULES);
  await cursorBehind(page, "proc.pname in (she");
  await page.keyboard.press("F2");
  const dialog = page.getByRole("dialog", { name: "Rename shells" });
  const name = dialog.getByRole("textbox", { name: "New name" });
  await expect(name).toHaveValue("shells");
  await name.fill("by_shell");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toHaveText("`by_shell` is the name of something else already.");
  await name.fill("known_shells");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => text(page)).toBe(RULES.replaceAll("shells", "known_shells"));
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => text(page)).toBe(RULES);
});

test("a macro of the base rules says that it cannot be renamed", async ({ page }) => {
  await rewrite(page, RULE.replace("evt.type", "spawned_process and evt.type"));
  await cursorBehind(page, "spawned_pro");
  await page.keyboard.press("F2");
  await expect(page.getByText("belongs to the base rules")).toBeVisible();
});

test("Ctrl+S formats and keeps the cursor", async ({ page }) => {
  await rewrite(page, RULES.replaceAll("\n- ", "\n\n\n- ").replace("desc: d", "desc:   d  "));
  await cursorBehind(page, "priority: WARN");
  await page.keyboard.press("Control+s");
  const tidy = RULES.replaceAll("\n- ", "\n\n- ");
  await expect.poll(() => text(page)).toBe(tidy);
  await page.keyboard.type("X");
  await expect.poll(() => text(page)).toBe(tidy.replace("WARNING", "WARNXING"));
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect.poll(() => text(page)).toContain("desc:   d  ");
});

test("the menu of a file has its outline and all safe fixes", async ({ page, axe }) => {
  await rewrite(page, `${RULES}- rule: Shadow\n  condition: and proc.name != x\n  append: true\n`);
  await page.getByRole("button", { name: "Actions for rules.yaml" }).click();
  await page.getByRole("menuitem", { name: /Outline/ }).click();
  const dialog = page.getByRole("dialog", { name: /^Items of/ });
  await expect(dialog.getByRole("listitem")).toHaveCount(4);
  await axe();
  await dialog.getByRole("searchbox").fill("by_");
  await expect(dialog.getByRole("listitem")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await page.getByRole("button", { name: "Actions for rules.yaml" }).click();
  await page.getByRole("menuitem", { name: "Make all safe fixes" }).click();
  await expect(page.getByText("1 fix made.")).toBeVisible();
  await expect.poll(() => text(page)).toContain("override: {condition: append}");
});
