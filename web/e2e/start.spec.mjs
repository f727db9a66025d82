// The page starts: from a sub-path, under its content security policy, and says so if it cannot.
import { expect, test } from "./fixtures.mjs";

test("the page starts and its skeleton is gone", async ({ app, page }) => {
  await expect(page.locator("#skeleton")).toHaveCount(0);
  await expect(page.locator("#start-failed")).toBeHidden();
  await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveCount(1);
  // What is only wanted later is no part of a visit that does not want it.
  const later = () => performance.getEntriesByType("resource").filter(({ name }) => name.includes("/later/")).length;
  expect(await page.evaluate(later)).toBe(0);
});

test("a page that cannot start says so", async ({ page, allow }) => {
  allow(/Failed to (load|fetch)/);
  await page.route("**/*.wasm*", (route) => route.abort());
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("could not start");
});

test("the chosen theme and language stand before the app has started", async ({ page, allow }) => {
  allow(/boot-/);
  await page.route("**/boot-*.js", (route) => route.abort());
  await page.addInitScript(() => {
    localStorage.setItem("mews.theme", "dark");
    localStorage.setItem("mews.lang", "ja");
  });
  await page.goto("./");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
});

test("manifest and icons are there", async ({ app, page, request }) => {
  const link = await page.locator('link[rel="manifest"]').evaluate((element) => element.href);
  const manifest = await (await request.get(link)).json();
  for (const { src } of manifest.icons) expect((await request.get(new URL(src, link).href)).ok(), src).toBe(true);
});
