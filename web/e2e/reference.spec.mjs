// The quick reference: found by name or by intent, put into the rules by keys, click and drag.
import { expect, test } from "./fixtures.mjs";
import { evaluated, rewrite, shownText } from "./page.mjs";

// Chromium itself carries over the style of what the rewritten text replaces; the policy blocks it.
const CARRIED_STYLE = /Applying inline style violates/;

const START = "- rule: One\n  desc: d\n  output: o\n  priority: INFO\n  condition: evt.type = openat and";

const reference = (page, name = "Quick reference", search = "Name or purpose, such as namespace") => {
  const panel = page.getByRole("region", { name, exact: true });
  const list = panel.getByRole("listbox");
  return {
    panel,
    list,
    search: panel.getByRole("combobox", { name: search }),
    rows: list.getByRole("option"),
    row: (text) => list.getByRole("option", { name: text }),
    chosen: list.getByRole("option", { selected: true }),
  };
};

test("is opened by a key, finds by intent, and inserts without a mouse", async ({ app, page, axe, allow }) => {
  allow(CARRIED_STYLE);
  await evaluated(page);
  await rewrite(page, app, START);
  await page.keyboard.press("Alt+r");
  const { panel, search, rows, chosen } = reference(page);
  await expect(search).toBeFocused();
  await expect(rows.first()).toContainText("evt.num");
  await expect(panel.getByRole("status")).toHaveText(/^\d+ entries$/);

  await page.keyboard.insertText("namespace");
  await expect(rows.first()).toContainText("k8s.ns.name");
  await search.fill("file write");
  await expect(rows.filter({ hasText: /^fd\.name/ })).toBeVisible();
  await expect(rows.filter({ hasText: /^open_write/ })).toBeVisible();
  await axe();

  await search.fill("fd.name");
  await expect(chosen).toContainText("Full path of a file");
  await page.keyboard.press("Enter");
  await expect(page.locator("code-editor")).toBeFocused();
  expect(await shownText(page)).toBe(`${START} fd.name`);

  // An operator with a list: the cursor stands in the parentheses.
  await page.keyboard.press("Alt+r");
  await expect(search).toBeFocused();
  await search.fill("in");
  await page.keyboard.press("Enter");
  await page.keyboard.insertText("/etc/shadow");
  expect(await shownText(page)).toBe(`${START} fd.name in (/etc/shadow)`);

  await page.keyboard.press("Alt+r");
  await search.fill("proc.name");
  await page.keyboard.press("ArrowDown");
  await expect(chosen).not.toContainText("Name of the program");
  await page.keyboard.press("ArrowUp");
  await expect(chosen).toContainText("Name of the program");
  await page.keyboard.press("Shift+Enter");
  expect(await shownText(page)).toContain("proc.name in (bash, sh)");
});

test("Escape closes it and gives the focus back; the language and the filters change what is shown", async ({ app, page }) => {
  await evaluated(page);
  const button = page.getByRole("button", { name: "Quick reference" });
  await button.click();
  const { panel, search, rows } = reference(page);
  await expect(search).toBeFocused();
  await page.getByLabel("Event source").selectOption("k8s_audit");
  await search.fill("namespace");
  await expect(rows.filter({ hasText: "ka.target.namespace" }).first()).toBeVisible();
  await expect(rows.filter({ hasText: "k8s.ns.name" })).toHaveCount(0);
  await page.getByLabel("Kind").selectOption({ label: "Macros" });
  await expect(rows.first()).toContainText("The request is about a namespace.");

  await page.getByRole("button", { name: /日本語/ }).click();
  const ja = reference(page, "クイックリファレンス", "名前か目的");
  await expect(ja.rows.first()).toContainText("対象が名前空間です。");
  await ja.search.focus();
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(ja.panel).toHaveCount(0);
  await expect(page.getByRole("button", { name: "クイックリファレンス" })).toBeFocused();
});

test("all entries are reached by scrolling, and a click and a drag insert", async ({ app, page, allow }) => {
  allow(CARRIED_STYLE);
  await evaluated(page);
  await rewrite(page, app, START);
  await page.keyboard.press("Alt+r");
  const { list, search, rows, row } = reference(page);
  await expect(list).toHaveAccessibleName("Results");
  await expect(rows).toHaveCount(40);
  await expect(async () => {
    await list.evaluate((node) => node.scrollTo(0, node.scrollHeight));
    expect(await rows.count()).toBeGreaterThan(200);
  }).toPass();

  await search.fill("spawned_process");
  await row(/^spawned_process/).locator("code").first().click();
  expect(await shownText(page)).toBe(`${START} spawned_process`);
  await search.fill("k8s.pod.label");
  await row(/^k8s\.pod\.label /).getByTitle("Insert the example").click();
  expect(await shownText(page)).toContain("k8s.pod.label[app] = api");

  await search.fill("shell_procs");
  await row(/^shell_procs/).dragTo(page.locator("code-editor .cm-line").last());
  expect(await shownText(page)).toContain("shell_procs");
});

test("the base rules cannot be written to, and the page says so", async ({ app, page }) => {
  await evaluated(page);
  await page.getByRole("tab", { name: /^base_rules/ }).click();
  await page.getByRole("button", { name: "Quick reference" }).click();
  const { search, rows } = reference(page);
  await search.fill("container");
  await expect(rows.first()).toContainText("container");
  await search.press("Enter");
  await expect(page.getByText("This file is read-only. Show another file, then insert.")).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("it fills the page, and makes room once something is inserted", async ({ app, page, axe }) => {
    await evaluated(page);
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Quick reference" }).click();
    const { panel, search, rows } = reference(page);
    await expect(search).toBeFocused();
    await search.fill("proc.pname");
    await axe();
    expect((await panel.boundingBox()).width).toBe(390);
    await rows.first().locator("code").first().tap();
    await expect(panel).toHaveCount(0);
    expect(await shownText(page)).toContain("proc.pname");

    await page.keyboard.press("Alt+r");
    await expect(search).toBeFocused();
    await page.getByRole("navigation", { name: "Regions" }).getByRole("button", { name: /^Events/ }).tap();
    await expect(panel).toHaveCount(0);
  });
});
