// How the tests, benches and scripts start Chromium: the one named by CHROMIUM (`cargo xtask` sets it), else
// Playwright's own.
import { chromium } from "@playwright/test";

export const launchOptions = {
  executablePath: process.env.CHROMIUM || undefined,
  // The sandbox needs rights that containers do not give; the pages are our own.
  chromiumSandbox: false,
  args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};

export const launch = () => chromium.launch(launchOptions);
