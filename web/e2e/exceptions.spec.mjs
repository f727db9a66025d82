// Exceptions as tables: what a cell says stands in the rules file, what a tuple excludes stands beside it, and an alert can be
// made an exception of.
import { expect, test } from "./fixtures.mjs";
import { drop, evaluated, ja, parts, rewrite, shownText } from "./page.mjs";

const RULE = `- rule: Shell
  desc: Somebody starts a shell
  condition: evt.type = execve and proc.name in (sh, bash)
  output: Shell (parent=%proc.pname user=%user.name command=%proc.cmdline)
  priority: WARNING
  exceptions:
    - name: jobs # why
      fields: [user.name, proc.pname]
      comps: [=, startswith]
      values:
        - [root, cron] # nightly
        - [backup, make]
`;

const EVENTS = `- {name: The nightly job, evt.type: execve, proc: {name: sh, pname: crond, cmdline: sh -c true}, user.name: root}
- {name: A person, evt.type: execve, proc: {name: bash, pname: sshd, cmdline: bash}, user.name: bob}
- {name: The person again, evt.type: execve, proc: {name: bash, pname: sshd, cmdline: bash -l}, user.name: bob}
`;

/** The page with RULE and EVENTS, event `number` selected and its table open. */
async function start(page, app, number = 2, names) {
  const { event, tab } = parts(page, names);
  await evaluated(page);
  await drop(page, [{ name: "events.yaml", text: EVENTS }]);
  await expect(event(2)).toContainText("A person");
  await tab("rules.yaml").click();
  await rewrite(page, app, "");
  await rewrite(page, app, RULE);
  await expect(event(1)).toContainText("jobs");
  await event(number).click();
  await page.locator("#details .exc > summary").click();
}

/** Gives the shown document another text at once. */
const replace = (page, text) =>
  page.evaluate((text) => {
    const id = document.querySelector("[role=tab][id^=tab-][aria-selected=true]").id.slice("tab-".length);
    const editor = document.querySelector("code-editor");
    editor.setText(id, text);
    editor.select(id, 0, 0, { focus: true });
  }, text);

const table = (page) => page.getByRole("table", { name: "jobs" });
/** The button in the section that says why the rule matches. */
const except = (page) =>
  page.getByRole("region", { name: "Why", exact: true }).getByRole("button", { name: "Except this event… (Shell)" });
const cell = (page, name) => page.getByRole("textbox", { name, exact: true });

test("the table shows what each tuple excludes, and which never hits", async ({ page, app, axe }) => {
  await start(page, app);
  await expect(cell(page, "user.name, tuple 1")).toHaveValue("root");
  await expect(table(page).getByRole("row").nth(2)).toContainText("never hits");
  await page.getByText("What Falco puts behind the condition").click();
  await expect(page.locator("#details .exc-built")).toContainText("and not (( user.name = root and  proc.pname startswith cron)");
  await axe();
  await table(page).getByRole("button", { name: "1 event" }).click();
  await expect(parts(page).list.getByRole("option")).toHaveCount(1);
  await expect(parts(page).event(1)).toContainText("The nightly job");
  await page.getByRole("button", { name: "Clear filter" }).click();
  await expect(parts(page).list.getByRole("option")).toHaveCount(3);
});

test("a cell is written to the file, comments stay, and undo takes it back", async ({ page, app }) => {
  await start(page, app);
  const parent = cell(page, "proc.pname, tuple 2");
  await parent.fill("sshd");
  await parent.press("ArrowUp");
  await expect(cell(page, "proc.pname, tuple 1")).toBeFocused();
  await expect.poll(() => shownText(page)).toContain("- [backup, sshd]");
  expect(await shownText(page)).toContain("- [root, cron] # nightly");
  await cell(page, "user.name, tuple 2").fill("bob");
  await page.keyboard.press("Enter");
  await expect(parts(page).event(2)).toContainText("jobs (tuple 2)");
  await expect(table(page).getByRole("button", { name: "2 events" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(cell(page, "user.name, tuple 2")).toHaveValue("backup");
});

test("tuples, fields and exceptions come and go", async ({ page, app }) => {
  await start(page, app);
  await cell(page, "user.name, new tuple").fill("ann");
  await cell(page, "proc.pname, new tuple").fill("my tool");
  await page.keyboard.press("Enter");
  await expect(cell(page, "user.name, new tuple")).toBeFocused();
  await expect(cell(page, "user.name, new tuple")).toHaveValue("");
  await expect.poll(() => shownText(page)).toMatch(/- \[ann, "my tool"\]|- \[ann, my tool\]/);
  await page.getByRole("button", { name: "Remove tuple 2" }).click();
  await expect.poll(() => shownText(page)).not.toContain("backup");
  await expect(page.getByRole("button", { name: "Remove tuple 2" })).toBeFocused();
  await page.getByText("Add a field").click();
  const form = page.locator(".exc-one form");
  await form.getByLabel("Field").fill("proc.cmdline");
  await form.getByLabel("Comparison", { exact: true }).selectOption("contains");
  await form.getByLabel("Value").fill("-c");
  await form.getByRole("button", { name: "Add" }).click();
  await expect.poll(() => shownText(page)).toContain("fields: [user.name, proc.pname, proc.cmdline]");
  expect(await shownText(page)).toContain("- [root, cron, \"-c\"] # nightly");
  await page.getByRole("button", { name: "Remove field 1" }).click();
  await expect.poll(() => shownText(page)).toContain("- [cron, \"-c\"] # nightly");
  const name = page.getByRole("textbox", { name: "Name of the exception" }).first();
  await name.fill("nightly jobs");
  await name.press("Enter");
  await expect.poll(() => shownText(page)).toMatch(/name: "?nightly jobs"? # why/);
  await page.getByRole("button", { name: "Remove the exception nightly jobs" }).click();
  await expect.poll(() => shownText(page)).not.toContain("exceptions:");
});

test("what cannot be written is refused with a reason", async ({ page, app }) => {
  await start(page, app);
  const field = cell(page, "Field 1");
  await field.fill("usr.name");
  await field.press("Enter");
  await expect(page.getByRole("alert")).toContainText("usr.name, which is no field of this event source");
  await field.press("Escape");
  await expect(field).toHaveValue("user.name");
  expect(await shownText(page)).toContain("fields: [user.name, proc.pname]");
});

test("an alert can be excepted at three breadths", async ({ page, app, axe }) => {
  await start(page, app);
  await except(page).click();
  const dialog = page.getByRole("dialog", { name: "Except event 2 from Shell" });
  await expect(dialog.getByRole("radio")).toHaveCount(3);
  await expect(dialog).toContainText("Suppresses 1 of 2 alerts of this rule, 1 stay.");
  await axe();
  await dialog.getByRole("radio", { name: /^Middle/ }).check();
  await expect(dialog.locator("pre")).toContainText("[bob, sshd]");
  await dialog.getByRole("button", { name: "Write the exception" }).click();
  await expect.poll(() => shownText(page)).toContain("- [bob, sshd]");
  await expect(parts(page).event(3)).toContainText("jobs (tuple 3)");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => shownText(page)).not.toContain("[bob, sshd]");
});

test("an exception is appended in a later file", async ({ page, app }) => {
  await start(page, app);
  await drop(page, [{ name: "mine.yaml", text: "# mine\n" }]);
  await expect(parts(page).tab("mine.yaml")).toBeVisible();
  await except(page).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Where to write").selectOption({ label: "mine.yaml: appended by an override" });
  await expect(dialog.locator("pre")).toContainText("override: {exceptions: append}");
  await dialog.getByRole("button", { name: "Write the exception" }).click();
  await expect.poll(() => shownText(page)).toMatch(/^# mine\s+- rule: Shell/);
});

test("an exception is written to a new file", async ({ page, app }) => {
  await start(page, app);
  await except(page).click();
  const dialog = page.getByRole("dialog");
  await dialog
    .getByLabel("Where to write")
    .selectOption({ label: "a new file, exceptions.yaml: appended by an override" });
  await dialog.getByRole("button", { name: "Write the exception" }).click();
  await expect(parts(page).tab("exceptions.yaml")).toHaveAttribute("aria-selected", "true");
  await expect.poll(() => shownText(page)).toMatch(/^- rule: Shell/);
  // The exception has the name of what it compares.
  await expect(parts(page).event(2)).toContainText("Shell");
  await expect(parts(page).event(2)).toContainText(/\(tuple 1\)/);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(parts(page).tab("exceptions.yaml")).toHaveCount(0);
});

test("values of any kind are written so that they mean what was typed", async ({ page, app }) => {
  await start(page, app);
  const user = cell(page, "user.name, tuple 2");
  for (const [typed, written] of [
    ["夜間 バッチ", '- ["夜間 バッチ", make]'],
    ["a: b #1", '- ["a: b #1", make]'],
    ["all, [of] {them}", '- ["all, [of] {them}", make]'],
    ["true", '- ["true", make]'],
  ]) {
    await user.fill(typed);
    await user.press("Enter");
    await expect.poll(() => shownText(page), typed).toContain(written);
    await expect(user).toHaveValue(typed);
  }
});

test("lists are cells, and a half-typed rule keeps the table as it was", async ({ page, app }) => {
  await start(page, app);
  await page.getByRole("combobox", { name: "Comparison 1" }).selectOption("in");
  await expect.poll(() => shownText(page)).toContain("comps: [in, startswith]");
  const user = cell(page, "user.name, tuple 2");
  await user.fill("[bob, ann]");
  await user.press("Enter");
  await expect.poll(() => shownText(page)).toContain("- [[bob, ann], make]");
  await cell(page, "proc.pname, tuple 2").fill("ssh");
  await cell(page, "proc.pname, tuple 2").press("Enter");
  await expect(table(page).getByRole("button", { name: "2 events" })).toBeVisible();
  await replace(page, RULE.replace("proc.name in (sh, bash)", "proc.name in (sh,"));
  await expect(page.getByText("once the rule is right")).toBeVisible();
  await expect(user).toBeDisabled();
  await expect(user).toHaveValue("[bob, ann]");
  await replace(page, RULE);
  await expect(user).toHaveValue("backup");
  await expect(user).toBeEnabled();
});

test("aliases: what is shared changes in the place that is meant, or is refused", async ({ page, app }) => {
  await start(page, app);
  const shared = RULE.replace("[root, cron] # nightly", "&night [root, cron]").replace("[backup, make]", "*night");
  await replace(page, shared);
  await expect(cell(page, "user.name, tuple 2")).toHaveValue("root");
  await cell(page, "user.name, tuple 2").fill("ann");
  await page.keyboard.press("Enter");
  // Written or refused: tuple 1 says what it said.
  await expect(page.getByRole("status").or(page.locator("#details [role=alert]")).filter({ hasText: /./ }).first()).toBeVisible();
  await expect(cell(page, "user.name, tuple 1")).toHaveValue("root");
});

test("the rule with the cursor is the one that is explained, unless it is being typed", async ({ page, app }) => {
  await start(page, app);
  const two = `${RULE}- rule: Other\n  desc: d\n  condition: evt.type = openat\n  output: o\n  priority: INFO\n`;
  await replace(page, two);
  const why = page.getByRole("combobox", { name: "Rule to explain" });
  await expect(why.locator("option:checked")).toContainText("Shell");
  await page.keyboard.press("Control+End");
  await page.keyboard.press("ArrowUp");
  await expect(why.locator("option:checked")).toContainText("Other");
  await page.keyboard.press("Control+Home");
  await expect(why.locator("option:checked")).toContainText("Shell");
});

test("in Japanese, and beside a rule", async ({ page, app }) => {
  await evaluated(page);
  await page.getByRole("button", { name: /日本語/ }).click();
  await start(page, app, 2, ja);
  await expect(page.getByText("該当なし")).toBeVisible();
  await page.getByRole("tab", { name: "ルール", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "user.name（タプル 1）" })).toHaveValue("root");
});
