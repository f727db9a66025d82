// Several events files: each has a tab of its own, events count through all of them, and one file can be looked at alone.
import { expect, test } from "./fixtures.mjs";
import { SHELL as RULES, drop, evaluated, parts } from "./page.mjs";

const FIRST = "- {name: Monday, evt.type: execve, proc.name: bash}\n- {name: Tuesday, evt.type: open}\n";
const SECOND = "- {name: Wednesday, evt.type: execve, proc.name: bash}\n";

async function start(page) {
  await evaluated(page);
  await drop(page, [{ name: "rules.yaml", text: RULES }, { name: "one.yaml", text: FIRST }]);
  await expect(parts(page).event(2)).toContainText("Tuesday");
}

test("a second file is added, its events follow, and each is found again", async ({ app, page, axe }) => {
  await start(page);
  const { event, list, tab } = parts(page);
  // The events of the example, which nobody had changed, made room for the first.
  await expect(list.getByRole("option")).toHaveCount(2);
  await drop(page, [{ name: "two.yaml", text: SECOND }]);
  await expect(list.getByRole("option")).toHaveCount(3);
  await expect(event(3)).toContainText("Wednesday");
  await expect(event(3)).toContainText("Shell");
  await expect(event(3)).toHaveAttribute("aria-selected", "true");
  await expect(tab("two.yaml")).toHaveAttribute("aria-selected", "true");
  await event(1).click();
  await page.getByRole("button", { name: "Show in file" }).click();
  await expect(tab("one.yaml")).toHaveAttribute("aria-selected", "true");
  await axe();
});

test("one file's events alone; a file can move and go", async ({ app, page }) => {
  await start(page);
  const { event, list, tab } = parts(page);
  await drop(page, [{ name: "two.yaml", text: SECOND }]);
  await expect(list.getByRole("option")).toHaveCount(3);
  await page.getByLabel("Only events of this file").selectOption("two.yaml");
  await expect(list.getByRole("option")).toHaveCount(1);
  await expect(list.getByRole("option").first()).toContainText("Wednesday");
  await page.getByRole("button", { name: "Clear filter" }).click();
  await page.getByRole("button", { name: "Actions for two.yaml" }).click();
  await page.getByRole("menuitem", { name: "Move its events forward" }).click();
  await expect(event(1)).toContainText("Wednesday");
  await tab("one.yaml").click();
  await page.getByRole("button", { name: "Actions for one.yaml" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(list.getByRole("option")).toHaveCount(1);
  await expect(page.getByLabel("Only events of this file")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(list.getByRole("option")).toHaveCount(3);
});

test("problems stand in their own file, and a reload keeps all of them", async ({ app, page }) => {
  await start(page);
  const { list, tab } = parts(page);
  await drop(page, [{ name: "two.yaml", text: "- {name: Odd, evt.typo: x}\n" }]);
  await expect(list.getByRole("option")).toHaveCount(3);
  await expect(tab("two.yaml")).toContainText("1");
  await page.reload();
  await expect(list.getByRole("option")).toHaveCount(3);
  await expect(tab("one.yaml")).toBeVisible();
  await expect(tab("two.yaml")).toBeVisible();
});
