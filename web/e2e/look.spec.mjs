// Language, theme and accessibility.
import { expect, test } from "./fixtures.mjs";
import { en, evaluated, ja, parts } from "./page.mjs";

test("the language can be switched, and an unedited example changes with it", async ({ app, page }) => {
  await evaluated(page);
  const english = await parts(page).event(1).innerText();
  await page.getByRole("button", { name: "Switch to Japanese" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await expect(parts(page, ja).event(1)).not.toHaveText(english);
  await expect(page.getByRole("button", { name: "例題" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "例題" })).toBeVisible();
  await page.getByRole("button", { name: "英語に切り替える" }).click();
  await expect(page.getByRole("button", { name: "Examples" })).toBeVisible();
});

test("the theme follows the system until one is chosen", async ({ app, page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await background();
  expect(dark).not.toBe(light);
  const choose = async (name) => {
    await page.getByRole("button", { name: "Theme" }).click();
    await page.getByRole("menuitemradio", { name }).click();
  };
  await choose("Light");
  expect(await background()).toBe(light);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await choose("As the system");
  expect(await background()).toBe(dark);
});

test("the dividers move by keys and mouse, and their places are kept", async ({ app, page }) => {
  const divider = page.getByRole("separator", { name: "Width of the editor" });
  const now = async () => Number(await divider.getAttribute("aria-valuenow"));
  const start = await now();
  await divider.focus();
  await page.keyboard.press("ArrowRight");
  expect(await now()).toBe(start + 2);
  const box = await divider.boundingBox();
  await page.mouse.move(box.x, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(400, box.y + 100);
  await page.mouse.up();
  expect(await now()).toBe(Math.round((400 / 1440) * 100));
  await page.reload();
  expect(await now()).toBe(Math.round((400 / 1440) * 100));
  await divider.focus();
  await page.keyboard.press("Enter");
  expect(await now()).toBe(start);
});

const WINDOWS = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
for (const [locale, names] of [["en-GB", en], ["ja-JP", ja]]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const [kind, viewport] of Object.entries(WINDOWS)) {
      test.describe(`${kind}, ${colorScheme}, ${locale}`, () => {
        test.use({ locale, colorScheme, viewport });
        test("axe finds nothing", async ({ app, page, axe }) => {
          await evaluated(page);
          await app.type("\n- rule: x\n  condition: proc.nam = x and\n");
          await page.waitForTimeout(600);
          await axe();
          if (kind === "phone") {
            for (const name of [names.events, names.details, names.problems]) {
              await page.getByRole("navigation").getByRole("button", { name }).click();
              await axe();
            }
          } else {
            await page.locator("header").getByRole("button", { name: /^(Help|ヘルプ)$/ }).click();
            await axe();
            await page.keyboard.press("Escape");
            await page.getByRole("button", { name: /^(Examples|例題)$/ }).click();
            await axe();
          }
        });
      });
    }
  }
}
