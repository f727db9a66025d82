// What every browser test starts from: `import { expect, test } from "./fixtures.mjs"`.
//
//   page   as Playwright's, but the test fails if the page logs an error, throws, breaks its content security policy or
//          asks another host for anything. A test that provokes an error says so: `allow(/pattern/)`.
//   app    the page opened and started: `app.editor` is the text area of the shown document, `app.type(text)` types into it at the end, `app.open(path)` opens again.
//   axe    `await axe()` runs axe on the page and fails with its violations.
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";

export { expect };

export const test = base.extend({
  allow: async ({}, use) => {
    const patterns = [];
    const allow = (pattern) => patterns.push(pattern);
    allow.patterns = patterns;
    await use(allow);
  },

  page: async ({ page, baseURL, allow }, use) => {
    const problems = [];
    page.on("console", (message) => {
      if (message.type() === "error" || /Content Security Policy/i.test(message.text())) {
        problems.push(`console: ${message.text()} (${message.location().url})`);
      }
    });
    page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (/^https?:|^wss?:/.test(url.protocol) && url.origin !== new URL(baseURL).origin) problems.push(`request to ${url.origin}`);
    });
    await use(page);
    const serious = problems.filter((problem) => !allow.patterns.some((pattern) => pattern.test(problem)));
    expect(serious, "errors of the page").toEqual([]);
  },

  app: async ({ page }, use) => {
    const app = {
      editor: page.locator("code-editor .cm-content"),
      async open(path = "./") {
        await page.goto(path);
        await expect(page.locator("html")).toHaveAttribute("data-app", "started");
      },
      async type(text) {
        await app.editor.click();
        await page.keyboard.press("ControlOrMeta+End");
        await page.keyboard.insertText(text);
      },
    };
    await app.open();
    await use(app);
  },

  axe: async ({ page }, use) => {
    await use(async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
      expect(told, "axe violations").toEqual([]);
    });
  },
});
