// The words of each language are a file: one comes with the page, the other when it is chosen.
import { expect, test } from "./fixtures.mjs";
import { evaluated } from "./page.mjs";

const notice = (page) => page.getByRole("status").filter({ has: page.getByRole("button", { name: "Dismiss" }) });
const TO_JAPANESE = "Switch to Japanese";
const html = (page) => page.locator("html");

test("a visit fetches the words of its language, and the others when they are chosen, once", async ({ app, page }) => {
  const fetched = [];
  page.on("request", (request) => fetched.push(...(/texts\/(..)-/.exec(request.url())?.slice(1) ?? [])));
  await app.open();
  expect(fetched).toEqual(["en"]);
  for (const [button, lang, region] of [[TO_JAPANESE, "ja", "イベント"], ["英語に切り替える", "en", "Events"], [TO_JAPANESE, "ja", "イベント"]]) {
    await page.getByRole("button", { name: button }).click();
    await expect(html(page)).toHaveAttribute("lang", lang);
    await expect(page.getByRole("region", { name: region, exact: true })).toBeVisible();
  }
  expect(fetched).toEqual(["en", "ja"]);
  await app.open();
  expect(fetched).toEqual(["en", "ja", "ja"]);
});

test("words that cannot be fetched: the page stays as it is, says so, and can be asked again", async ({ app, page, allow }) => {
  allow(/Failed to load resource.*texts/);
  await evaluated(page);
  await page.route("**/texts/ja-*", (route) => route.abort());
  await page.getByRole("button", { name: TO_JAPANESE }).click();
  await expect(notice(page)).toContainText("The texts of the other language could not be fetched.");
  await expect(html(page)).toHaveAttribute("lang", "en");
  await page.unroute("**/texts/ja-*");
  await page.getByRole("button", { name: TO_JAPANESE }).click();
  await expect(html(page)).toHaveAttribute("lang", "ja");
});

test("without the words of its language the page starts in the other, and the choice is kept", async ({ page, allow }) => {
  allow(/Failed to load resource.*texts/);
  await page.addInitScript(() => localStorage.setItem("mews.lang", "ja"));
  await page.route("**/texts/ja-*", (route) => route.abort());
  await page.goto("./");
  await expect(html(page)).toHaveAttribute("data-app", "started");
  await expect(html(page)).toHaveAttribute("lang", "en");
  await expect(page.getByRole("region", { name: "Events", exact: true })).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem("mews.lang"))).toBe("ja");
});
