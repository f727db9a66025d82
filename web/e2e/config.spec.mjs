// falco.yaml as a file of the workspace: added, edited, and what it does to rules and alerts.
import { expect, test } from "./fixtures.mjs";
import { EVENTS, RULE, drop, evaluated, parts, rewrite } from "./page.mjs";

const add = async (page, name) => {
  await page.getByRole("button", { name: "Add a file" }).click();
  await page.getByRole("menuitem", { name }).click();
};

const example = async (page) => {
  await evaluated(page);
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("menuitem", { name: /^5\.1/ }).click();
};

test("falco.yaml is added, outlives a reload and is deleted", async ({ app, page }) => {
  const { tab, event, details } = parts(page);
  await evaluated(page);
  await add(page, /^falco\.yaml/);
  await expect(tab("falco.yaml")).toHaveAttribute("aria-selected", "true");
  await expect(app.editor).toContainText("suggested_output: true");
  await event(1).click();
  await expect(details).toContainText("container_image_repository=");
  await page.getByRole("button", { name: "Add a file" }).click();
  await expect(page.getByRole("menuitem", { name: /^falco\.yaml/ })).toBeDisabled();
  await page.keyboard.press("Escape");
  await page.waitForTimeout(600);
  await page.reload();
  await expect(tab("falco.yaml")).toHaveAttribute("aria-selected", "true");
  await page.getByRole("button", { name: "Actions for falco.yaml" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(tab("falco.yaml")).toHaveCount(0);
  await expect(details).not.toContainText("container_image_repository=");
});

test("problems in falco.yaml have their place and their fix", async ({ app, page }) => {
  const { problem, problems, squiggle, tab } = parts(page);
  await evaluated(page);
  await add(page, /^falco\.yaml/);
  await rewrite(page, app, "");
  await rewrite(page, app, 'priority: warn\nappend_output:\n  - extra_output: "日本 %proc.nam"\n');
  await expect(problems).toContainText("`proc.nam`");
  await expect(squiggle("error").first()).toBeVisible();
  await expect(tab("falco.yaml")).toContainText("errors");
  await expect(problems).toContainText("Falco would not start with rules.yaml, falco.yaml");
  await problem.filter({ hasText: "is no priority" }).getByRole("button", { name: /^Fix/ }).click();
  await expect(app.editor).toContainText("priority: warning");
  await problem.filter({ hasText: "proc.nam" }).getByRole("button", { name: /^Fix/ }).click();
  await expect(app.editor).toContainText("日本 %proc.name");
  await expect(tab("falco.yaml")).not.toContainText("error");
});

test("alerts follow the configuration, and what it hides is said", async ({ app, page, axe }) => {
  const { details, event, tab } = parts(page);
  await example(page);
  await event(2).click();
  const alerts = details.locator(".alert-text");
  await expect(alerts).toHaveCount(1);
  await expect(alerts).toContainText("Notice Shell in container");
  await expect(alerts).toContainText("cluster=blue namespace=payments");
  await expect(details).toContainText("Shell in payments matches too, but Falco stops at the first rule that matches: Shell in container.");
  await expect(event(2)).toContainText("no alert: Falco stops at Shell in container");
  await axe();
  await tab("falco.yaml").click();
  await expect(page.getByText("Switched off (1): Package manager in container.")).toBeVisible();
  await expect(page.getByText("Below the minimum priority (1): Program in container.")).toBeVisible();
  const text = (await page.evaluate(() => document.querySelector("code-editor").shadowRoot.querySelector(".cm-content").innerText))
    .replace("rule_matching: first", "rule_matching: all")
    .replace("json_output: false", "json_output: true");
  await rewrite(page, app, "");
  await rewrite(page, app, text);
  await expect(alerts).toHaveCount(2);
  await expect(alerts.nth(1)).toContainText('"rule":"Shell in payments"');
  await expect(alerts.nth(1)).toContainText("team=payments-oncall");
  await expect(alerts.nth(1)).toContainText('"ancestors":"java < ');
  await expect(details).not.toContainText("stops at the first rule");
});

test("a rule that falco.yaml keeps from running says so and shows where", async ({ app, page }) => {
  const { details, event } = parts(page);
  await example(page);
  await event(5).click();
  const choice = details.getByRole("combobox").first();
  await choice.focus();
  await choice.selectOption({ label: "– Program in container" });
  await expect(details).toContainText("less severe than the priority in falco.yaml");
  await details.getByRole("button", { name: /^falco\.yaml:\d/ }).click();
  await expect(app.editor).toContainText("priority: notice");
});

test("the grid says what Falco does not get to and what does not run", async ({ app, page }) => {
  await example(page);
  await page.getByRole("tab", { name: "Grid" }).click();
  const grid = page.getByRole("grid", { name: "Rules and events" });
  await expect(grid.getByRole("gridcell", { name: "matches, and Falco stops at an earlier rule" })).toHaveCount(2);
  await expect(grid.getByRole("columnheader", { name: /Program in container \(below the minimum priority\)/ })).toBeVisible();
  await expect(grid.getByRole("columnheader", { name: /Package manager in container \(switched off in falco\.yaml\)/ })).toBeVisible();
});

test("a dropped falco.yaml is taken as the configuration, and static fields count", async ({ app, page }) => {
  const { details, event, tab } = parts(page);
  await evaluated(page);
  await drop(page, [
    { name: "mine.yaml", text: RULE.replace("fd.name = /etc/shadow", "fd.name = /etc/shadow and static.node = one") },
    { name: "events.yaml", text: EVENTS },
  ]);
  await expect(tab("mine.yaml")).toContainText("error");
  await drop(page, [{ name: "node.yaml", text: "rule_matching: all\nstatic_fields:\n  node: one\n" }]);
  await expect(tab("mine.yaml")).not.toContainText("error");
  await expect(tab("node.yaml")).toHaveAttribute("aria-selected", "true");
  await event(2).click();
  await expect(details.getByRole("row", { name: /static\.node/ })).toContainText("one");
});
