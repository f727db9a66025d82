// The service worker: one visit is enough to work without a network, and a new release replaces the old one as a whole,
// when no tab uses it any more.
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "./fixtures.mjs";
import { start } from "./serve.mjs";

test.use({ serviceWorkers: "allow" });

test("after one visit the page starts without a network, and searching works", async ({ app, page, context }) => {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await app.open();
  await app.editor.click();
  await page.keyboard.press("ControlOrMeta+f");
  await expect(page.getByPlaceholder("Find")).toBeFocused();
});

test("a new release takes over when the last tab of the old one is closed", async ({ context }, { outputDir }) => {
  const site = `${outputDir}/site`;
  cpSync(fileURLToPath(new URL("../../dist", import.meta.url)), site, { recursive: true });
  const edit = (file, from, to) => {
    const text = readFileSync(`${site}/${file}`, "utf8");
    expect(text).toContain(from);
    writeFileSync(`${site}/${file}`, text.replace(from, to));
  };
  const server = await start(site, "/mews/", 0);
  const url = `http://127.0.0.1:${server.address().port}/mews/`;
  const visit = async () => {
    const page = await context.newPage();
    await page.goto(url);
    await expect(page.locator("html")).toHaveAttribute("data-app", "started");
    await page.evaluate(() => navigator.serviceWorker.ready);
    const released = await page.locator("html").getAttribute("data-release");
    return { page, released };
  };

  try {
    const first = await visit();
    expect(first.released).toBeNull();

    edit("index.html", "<html ", '<html data-release="2" ');
    edit("sw.js", 'VERSION = "', 'VERSION = "2');
    const second = await visit();
    expect(second.released).toBeNull();
    const waiting = () => second.page.evaluate(async () => !!(await navigator.serviceWorker.getRegistration()).waiting);
    await second.page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await expect.poll(waiting, { timeout: 30_000 }).toBe(true);

    await first.page.close();
    await second.page.close();
    await expect(async () => {
      const third = await visit();
      await third.page.close();
      expect(third.released).toBe("2");
    }).toPass();
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(site, { recursive: true });
  }
});
