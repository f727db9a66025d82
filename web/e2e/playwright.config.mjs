// Browser tests of the built site (dist/), under a sub-path as on GitHub Pages.
// `cargo xtask test browser` builds it and runs them; to repeat one: `npx playwright test -c web/e2e/playwright.config.mjs -g "words"`.
import { defineConfig } from "@playwright/test";
import { fileURLToPath } from "node:url";
import { launchOptions } from "./chromium.mjs";

const port = process.env.PORT ?? "4173";
const root = fileURLToPath(new URL("../..", import.meta.url));
const url = `http://127.0.0.1:${port}/mews/`;

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.mjs",
  outputDir: `${root}/test-results`,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // One at a time: a second browser on two cores makes each slow enough to miss its time limits.
  workers: 1,
  retries: 0,
  forbidOnly: !!process.env.CI,
  reporter: [["list"], ...(process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["json"]] : [])],
  use: {
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    colorScheme: "light",
    // Each test sees what the network gives; the offline test asks for the service worker.
    serviceWorkers: "block",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions,
  },
  webServer: {
    command: `node web/e2e/serve.mjs dist /mews/ ${port}`,
    cwd: root,
    url,
    reuseExistingServer: !process.env.CI,
  },
});
