// The main job: write a rule beside events, see what matches, what is wrong and where, and mend it.
import { expect, test } from "./fixtures.mjs";
import { EVENTS, RULE, drop, evaluated, parts, rewrite } from "./page.mjs";

/** The browser itself tries to carry a style over when styled text is replaced; the policy forbids it, as it should. */
const CARRIED_STYLE = /Applying inline style violates/;

/** An empty rules file beside two events. */
async function prepare(page, app) {
  await evaluated(page);
  await drop(page, [{ name: "events.yaml", text: EVENTS }]);
  const { event, tab } = parts(page);
  await expect(event(2)).toContainText("A shadow reader");
  await tab("rules.yaml").click();
  await rewrite(page, app, "");
}

test("a rule that is typed matches at once", async ({ app, page }) => {
  await prepare(page, app);
  const { event, details } = parts(page);
  await expect(event(2)).toContainText("does not match");
  await rewrite(page, app, RULE);
  await expect(event(2)).toContainText("Shadow file read");
  await expect(event(2)).toContainText("Warning");
  await expect(event(1)).toContainText("does not match");
  await event(2).click();
  await expect(details).toContainText("Shadow read (file=/etc/shadow by=vim)");
  await details.getByRole("button", { name: "JSON" }).click();
  await expect(details).toContainText('"rule":');
});

test("a broken rule shows its error at the exact range, and keeps its last result", async ({ app, page, allow }) => {
  allow(CARRIED_STYLE);
  await prepare(page, app);
  const { event, problem, squiggle, tab } = parts(page);
  // Characters of one, two, three and four bytes before the error, on its line and above.
  const text = `# é日本語😀\n${RULE.replace("fd.name = /etc/shadow", 'proc.name != "é日本語😀" and fd.name = /etc/shadow')}`;
  await rewrite(page, app, text);
  await expect(event(2)).toContainText("Shadow file read");
  await rewrite(page, app, text.replace("and fd.name", "and fd.nam"));
  await expect(squiggle("error")).toHaveText("fd.nam");
  await expect(problem).toHaveCount(1);
  await expect(problem).toContainText("fd.nam");
  await expect(problem).toContainText("unknown-field");
  await expect(tab("rules.yaml")).toContainText("1 error");
  await expect(event(2)).toContainText("Shadow file read");
  await expect(page.getByText("Dimmed: the last result")).toBeVisible();
});

test("a problem leads to its place, and its fix mends it", async ({ app, page }) => {
  await prepare(page, app);
  const { event, problem, squiggle, tab } = parts(page);
  await rewrite(page, app, RULE.replace("fd.name = ", "fd.nam = "));
  await expect(squiggle("error")).toHaveText("fd.nam");
  await tab("events.yaml").click();
  await problem.getByRole("button", { name: /unknown/ }).click();
  await expect(tab("rules.yaml")).toHaveAttribute("aria-selected", "true");
  await expect.poll(() => page.evaluate(() => document.querySelector("code-editor").shadowRoot.getSelection?.().toString() ?? document.getSelection().toString())).toBe("fd.nam");
  await problem.getByRole("button", { name: /^Fix/ }).click();
  await expect(problem).toHaveCount(0);
  await expect(squiggle("error")).toHaveCount(0);
  await expect(event(2)).toContainText("Shadow file read");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(problem).toHaveCount(1);
});

test("a problem says what its kind means, what Falco would print, and whether Falco would start", async ({ app, page, allow }) => {
  allow(CARRIED_STYLE);
  await prepare(page, app);
  const { problem, problems } = parts(page);
  const second = RULE.replace("Shadow file read", "Second").replace("fd.name = ", "fd.nme = ");
  await rewrite(page, app, RULE.replace("fd.name = ", "fd.nam = ") + second);
  await expect(problem).toHaveCount(2);
  await expect(problems).toContainText("Falco would not start with rules.yaml");
  for (const row of [problem.nth(0), problem.nth(1)]) await row.getByText("Why").click();
  await expect(problem.nth(0)).toContainText("Falco says: LOAD_ERR_COMPILE_CONDITION");
  await expect(problem.nth(1)).toContainText("Falco stops at an earlier error");
  await problem.nth(0).getByRole("button", { name: "What does `unknown-field` mean?" }).click();
  const dialog = page.getByRole("dialog", { name: "unknown-field" });
  await expect(dialog).toContainText("Falco has no such field");
  await expect(dialog.getByRole("heading", { name: "Without it" })).toBeVisible();
  await expect(dialog.locator("pre")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await rewrite(page, app, RULE);
  await expect(problems.getByText("Falco would not start")).toBeHidden();
});

test("what Falco loads without a word is a warning, and a comment silences it", async ({ app, page, allow }) => {
  allow(CARRIED_STYLE);
  await prepare(page, app);
  const { problem, squiggle } = parts(page);
  const rule = RULE.replace("fd.name = /etc/shadow", "proc.name in (editor_tools)");
  await rewrite(page, app, rule);
  await expect(squiggle("warning")).toHaveText("editor_tools");
  await expect(problem).toContainText("undefined-list");
  await rewrite(page, app, `# mews-ignore: undefined-list\n${rule}`);
  await expect(problem).toHaveCount(0);
});

test("an exception that suppresses is named with its tuple", async ({ app, page }) => {
  await prepare(page, app);
  const { event } = parts(page);
  await rewrite(page, app, `${RULE}  exceptions:\n    - name: editors\n      fields: [proc.name]\n      comps: [=]\n      values:\n        - [nano]\n        - [vim]\n`);
  await expect(event(2)).toContainText("suppressed by an exception");
  await expect(event(2)).toContainText("Shadow file read · editors (tuple 2)");
});

test("the counters filter the list, and words and rules do too", async ({ app, page }) => {
  await prepare(page, app);
  const { list } = parts(page);
  await rewrite(page, app, RULE);
  const options = list.getByRole("option");
  await page.getByRole("button", { name: /^1 match/ }).click();
  await expect(options).toHaveCount(1);
  await expect(options).toContainText("A shadow reader");
  await page.getByRole("button", { name: "Clear filter" }).click();
  await expect(options).toHaveCount(2);
  await page.getByRole("searchbox", { name: "Filter events" }).fill("PASSWD");
  await expect(options).toHaveCount(1);
  await expect(options).toContainText("A passwd reader");
  await page.getByRole("button", { name: "Clear filter" }).click();
  await page.getByRole("combobox", { name: "Rule", exact: true }).selectOption("Shadow file read");
  await expect(options).toHaveCount(1);
});

test("events are edited beside the rules, and the cursor selects", async ({ app, page }) => {
  await prepare(page, app);
  const { event, tab, list } = parts(page);
  await rewrite(page, app, RULE);
  await expect(event(2)).toContainText("Shadow file read");
  await tab("events.yaml").click();
  await app.type("- evt.type: openat\n  fd.name: /etc/shadow\n");
  await expect(list.getByRole("option")).toHaveCount(3);
  await expect(event(3)).toContainText("Shadow file read");
  await expect(event(3)).toHaveAttribute("aria-selected", "true");
});

test("every example opens in both languages without an error", async ({ app, page }) => {
  const { problems } = parts(page);
  await evaluated(page);
  const menu = page.getByRole("button", { name: "Examples" });
  await menu.click();
  const count = await page.getByRole("menuitem").count();
  expect(count).toBeGreaterThanOrEqual(6);
  for (let i = 0; i < count; i++) {
    if (i > 0) await menu.click();
    await page.getByRole("menuitem").nth(i).click();
    await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
    await page.waitForTimeout(150);
    await expect(problems.getByText("✖")).toBeHidden();
    await expect(page.locator("footer")).not.toContainText("0 rules");
  }
});
