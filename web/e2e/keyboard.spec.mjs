// The keyboard alone.
import { expect, test } from "./fixtures.mjs";
import { evaluated, parts } from "./page.mjs";

test("from the start to a fixed rule without a mouse", async ({ app, page }) => {
  await evaluated(page);
  const { tab, event, details, problem } = parts(page);
  const { keyboard } = page;

  await keyboard.press("Alt+2");
  await expect(parts(page).list).toBeFocused();
  await keyboard.press("ArrowDown");
  await expect(event(2)).toHaveAttribute("aria-selected", "true");
  await keyboard.press("End");
  await keyboard.press("Home");
  await expect(event(1)).toHaveAttribute("aria-selected", "true");
  await keyboard.press("Enter");
  await expect(details.getByRole("group", { name: "Details" })).toBeFocused();

  await keyboard.press("Alt+1");
  await expect(page.locator("code-editor")).toBeFocused();
  await keyboard.press("ControlOrMeta+End");
  await keyboard.insertText("\n- rule: Own\n  desc: own\n  condition: evt.type = execve and proc.nam = bash\n  output: o\n  priority: INFO\n");
  await expect(problem).not.toHaveCount(0);

  await keyboard.press("Alt+4");
  await expect(problem.first().getByRole("button").first()).toBeFocused();
  await keyboard.press("Enter");
  await expect(page.locator("code-editor")).toBeFocused();
  await keyboard.press("Control+.");
  await keyboard.press("Enter");
  await expect(problem).toHaveCount(0);

  await tab("rules.yaml").focus();
  await keyboard.press("ArrowRight");
  await expect(tab("events.yaml")).toBeFocused();
  await expect(tab("events.yaml")).toHaveAttribute("aria-selected", "true");
  await keyboard.press("Home");
  await expect(tab("base_rules.yaml")).toBeFocused();
});

test("F8 goes from problem to problem, through the files", async ({ app, page }) => {
  await evaluated(page);
  const { tab, problem } = parts(page);
  await app.type("\n- rule: One\n  desc: d\n  condition: proc.nam = a\n  output: o\n  priority: INFO\n");
  await tab("events.yaml").click();
  await app.type("\n- evt.type: openat\n  no.such.field: 1\n");
  await expect(problem).toHaveCount(2);
  const shown = () => page.getByRole("tablist", { name: /^Files/ }).getByRole("tab", { selected: true }).textContent();
  await page.keyboard.press("F8");
  await expect.poll(shown).toContain("rules.yaml");
  await page.keyboard.press("F8");
  await expect.poll(shown).toContain("events.yaml");
  await page.keyboard.press("Shift+F8");
  await expect.poll(shown).toContain("rules.yaml");
});

test("menus and the help open, move and close by keys and give the focus back", async ({ app, page }) => {
  const menu = page.getByRole("button", { name: "Examples" });
  await menu.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("menuitem").last()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "How Mews works" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(menu).toBeFocused();
});

test("a question mark in the editor is text", async ({ app, page }) => {
  await app.editor.click();
  await page.keyboard.type("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
