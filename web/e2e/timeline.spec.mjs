// The time line: how many events happened when; a range of it narrows the list, by pointer, by keys and from a table.
import { expect, test } from "./fixtures.mjs";
import { SHELL as RULES, drop, evaluated, parts } from "./page.mjs";

/** One event in each of so many minutes, every third a shell; and one without a time. */
const events = (count) =>
  [...Array(count).keys()]
    .map((at) => `- {name: Event ${at}, time: "2026-01-05T10:${String(at).padStart(2, "0")}:00+09:00", evt.type: execve, proc.name: ${at % 3 ? "ls" : "bash"}}\n`)
    .join("") + "- {name: Timeless, evt.type: open}\n";

async function start(page, count) {
  await evaluated(page);
  await drop(page, [{ name: "rules.yaml", text: RULES }, { name: "log.yaml", text: events(count) }]);
  await expect(parts(page).event(2)).toContainText("Event 1");
}

const line = (page) => page.getByRole("group", { name: "Time line" });

test("with many events it is there, and keys choose a range", async ({ app, page, axe }) => {
  await start(page, 40);
  const { event, list } = parts(page);
  await expect(line(page)).toContainText("10:00:00");
  await expect(line(page)).toContainText("Without a time: 1.");
  await axe();
  const from = line(page).getByRole("slider", { name: "From" });
  const to = line(page).getByRole("slider", { name: "Until" });
  await from.focus();
  await page.keyboard.press("PageUp");
  await expect(from).toHaveAttribute("aria-valuetext", "10:10:00");
  await expect(event(1)).toContainText("Event 10");
  await to.focus();
  await page.keyboard.press("Home");
  await expect(list.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("ArrowRight");
  await expect(list.getByRole("option")).toHaveCount(2);
  await page.getByRole("button", { name: "Clear the time range: 10:10:00 to 10:12:00" }).click();
  await expect(event(1)).toContainText("Event 0");
});

test("dragging chooses a range; pressing one column twice gives it up", async ({ app, page }) => {
  await start(page, 40);
  const { list } = parts(page);
  const box = await page.locator(".timeline-strip").boundingBox();
  const at = (part) => [box.x + box.width * part, box.y + box.height / 2];
  await page.mouse.move(...at(4.5 / 40));
  await page.mouse.down();
  await page.mouse.move(...at(7.5 / 40));
  await page.mouse.up();
  await expect(list.getByRole("option")).toHaveCount(4);
  await expect(list.getByRole("option").first()).toContainText("Event 4");
  await page.mouse.click(...at(20.5 / 40));
  await expect(list.getByRole("option")).toHaveCount(1);
  await page.mouse.click(...at(20.5 / 40));
  await expect(page.getByRole("button", { name: /^Clear the time range/ })).toBeHidden();
});

test("with few events it is a press away; the table leads to the events of a row", async ({ app, page, axe }) => {
  await start(page, 6);
  await expect(line(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Time line" }).click();
  await expect(line(page)).toBeVisible();
  await line(page).getByRole("button", { name: "As a table" }).click();
  const dialog = page.getByRole("dialog", { name: "Events by time" });
  await expect(dialog.getByRole("row").nth(1)).toContainText("1");
  await axe();
  await dialog.getByRole("button", { name: "10:03" }).click();
  await expect(parts(page).list.getByRole("option")).toHaveCount(1);
  await expect(parts(page).event(1)).toContainText("Event 3");
});
