// A phone: one region at a time, everything within reach of a thumb.
import { expect, test } from "./fixtures.mjs";
import { RULE, drop, evaluated, parts } from "./page.mjs";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

const go = (page, name) => page.getByRole("navigation").getByRole("button", { name }).tap();

test("rules, events, details and problems one at a time", async ({ app, page }) => {
  await evaluated(page);
  const { region, event, details, problem } = parts(page);
  await expect(region("Rules")).toBeVisible();
  await expect(region("Events")).toBeHidden();
  await go(page, "Events");
  await expect(region("Rules")).toBeHidden();
  await event(2).tap();
  await expect(details).toBeVisible();
  await expect(details).toContainText("Event 2");
  await go(page, "Rules");
  await app.editor.tap();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText("\n- rule: Own\n  desc: own\n  condition: evt.type = execve and proc.nam = bash\n  output: o\n  priority: INFO\n");
  await expect(page.getByRole("navigation").getByRole("button", { name: /Problems/ })).toContainText("1");
  await go(page, "Problems");
  await problem.getByRole("button", { name: /^Fix/ }).tap();
  await expect(problem).toHaveCount(0);
});

test("nothing is wider than the window, and targets are large enough", async ({ app, page }) => {
  await evaluated(page);
  for (const name of ["Rules", "Events", "Details", "Problems"]) {
    await go(page, name);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(390);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, select, input, summary")]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height > 0)
        .filter((element) => element.getBoundingClientRect().height < 43.5)
        .map((element) => `${element.className} ${element.textContent} ${element.getBoundingClientRect().height}`),
    );
    expect(small, name).toEqual([]);
  }
});

test("what is typed in is at least 16 px, so the page is not zoomed", async ({ app, page }) => {
  await evaluated(page);
  const sizes = await page.evaluate(() => {
    const editor = document.querySelector("code-editor").shadowRoot.querySelector(".cm-content");
    return [...document.querySelectorAll("input:not([hidden]), select"), editor].map((element) => parseFloat(getComputedStyle(element).fontSize));
  });
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16);
});

test("the menu holds everything that the wide bar has", async ({ app, page }) => {
  await page.getByRole("button", { name: "More" }).tap();
  for (const name of ["Open files…", "New, empty", "日本語", "Help"]) await expect(page.getByRole("menuitem", { name })).toBeVisible();
  await page.getByRole("menuitem", { name: "日本語" }).tap();
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
});

test("the tab of what is shown is in sight, and the counters stand in one line", async ({ app, page }) => {
  await evaluated(page);
  const events = "- {evt.type: execve, proc.name: bash}\n- {partial: true, evt.type: execve}\n- {evt.type: openat}\n".repeat(400);
  await drop(page, [{ name: "some-more-rules-of-ours.yaml", text: RULE }, { name: "the-events-of-monday.yaml", text: events }]);
  const tab = page.getByRole("tab", { selected: true }).first();
  await expect(tab).toContainText("the-events-of-monday.yaml");
  await expect(tab).toBeInViewport({ ratio: 0.9 });
  await parts(page).tab("rules.yaml").dispatchEvent("click");
  await expect(parts(page).tab("rules.yaml")).toBeInViewport({ ratio: 0.9 });
  await go(page, "Events");
  const counters = page.getByRole("group", { name: "Filter events" }).getByRole("button");
  await expect(counters).toHaveCount(4);
  const boxes = await Promise.all((await counters.all()).map((counter) => counter.boundingBox()));
  expect(new Set(boxes.map(({ y }) => y)).size).toBe(1);
  expect(Math.max(...boxes.map(({ x, width }) => x + width))).toBeLessThanOrEqual(390);
});
