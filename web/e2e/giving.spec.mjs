// Events and alerts leave the page as files: what is in them is shown first.
import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures.mjs";
import { drop, evaluated, parts, shownText } from "./page.mjs";

const RULES = `- rule: Shell
  desc: A shell was started
  condition: evt.type = execve and proc.name = bash and proc.pname = sshd
  output: Shell (command=%proc.cmdline user=%user.name)
  priority: WARNING
`;
const EVENTS = `- {name: Ada logs in, evt.type: execve, proc.name: bash, proc.pname: sshd, proc.cmdline: bash -l, user.name: ada}
- {name: Ada lists, evt.type: execve, proc.name: ls, proc.pname: bash, user.name: ada}
- {name: A part, partial: true, evt.type: execve, proc.name: bash, user.name: ada}
`;

async function start(page) {
  await evaluated(page);
  await drop(page, [{ name: "rules.yaml", text: RULES }, { name: "log.yaml", text: EVENTS }]);
  await expect(parts(page).event(2)).toContainText("Ada lists");
}

async function choose(page, name) {
  await page.getByRole("button", { name: "Actions for events" }).click();
  await page.getByRole("menuitem", { name }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Name and text of the file that a press saves. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return [download.suggestedFilename(), await readFile(await download.path(), "utf8")];
}

test("events and alerts are saved as files", async ({ app, page, axe }) => {
  await start(page);
  const dialog = await choose(page, "Export…");
  await expect(dialog.getByRole("status").first()).toContainText("Events: 3.");
  await expect(dialog.getByRole("region", { name: "First lines" })).toContainText("Ada logs in");
  await axe();
  const save = dialog.getByRole("button", { name: "Save as a file" });
  let [name, text] = await saved(page, save);
  expect(name).toBe("log.fields.yaml");
  expect(text).toContain("partial: true");
  await dialog.getByLabel(/JSON lines/).check();
  await expect(dialog.getByRole("status").first()).toContainText("Alerts: 1.");
  await expect(dialog.getByRole("status").first()).toContainText("Of 1 more it cannot be decided");
  [name, text] = await saved(page, save);
  expect(name).toBe("log.alerts.jsonl");
  expect(JSON.parse(text.trim()).output_fields["user.name"]).toBe("ada");
  await dialog.getByLabel(/CSV/).check();
  await expect(dialog.getByRole("region", { name: "First lines" })).toContainText("time,rule,priority,source,output,evt.time,proc.cmdline,user.name");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Actions for events" })).toBeFocused();
});

test("only what passes the filter; copied", async ({ app, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await start(page);
  await page.getByRole("searchbox", { name: "Filter events" }).fill("lists");
  const dialog = await choose(page, "Export…");
  await dialog.getByLabel("Those that pass the filter: 1").check();
  await expect(dialog.getByRole("status").first()).toContainText("Events: 1.");
  await dialog.getByRole("button", { name: "Copy" }).click();
  // Inside of the dialog, as what lies around it is neither seen nor read out.
  await expect(dialog.getByRole("status").filter({ hasText: "Copied." })).toBeVisible();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("Ada lists");
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain("Ada logs in");
});

test("names are shown before they are replaced; what a rule compares with stays unless it is wanted", async ({ app, page, axe }) => {
  await start(page);
  await drop(page, [{ name: "rules.yaml", text: RULES.replace("proc.pname = sshd", "user.name = ada") }]);
  await drop(page, [
    { name: "more.yaml", text: "- {name: bob logs in, evt.type: execve, proc.name: bash, user.name: bob, proc.cmdline: login hunter2 bob}\n" },
  ]);
  await expect(parts(page).event(4)).toContainText("bob logs in");
  const dialog = await choose(page, "Redact…");
  const status = dialog.getByRole("status").first();
  await expect(status).toContainText("Values replaced: 1. Verdicts that change: 0.");
  const row = (name) => dialog.getByRole("row").filter({ hasText: name });
  await expect(row("ada")).toContainText("a rule compares with it");
  await expect(row("ada").getByRole("checkbox")).not.toBeChecked();
  await axe();
  // A tick keeps its place.
  await row("ada").getByRole("checkbox").focus();
  await page.keyboard.press("Space");
  await expect(status).toContainText(/Values replaced: 2\. Verdicts that change: [1-9]/);
  await expect(row("ada").getByRole("checkbox")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(status).toContainText("Values replaced: 1.");
  await dialog.getByLabel("Another value").fill("hunter2");
  await page.keyboard.press("Enter");
  await expect(row("hunter2")).toContainText("secret-1");
  await expect(status).toContainText("Values replaced: 2. Verdicts that change: 0.");
  await dialog.getByRole("button", { name: "Replace in the workspace" }).click();
  await expect(parts(page).event(4)).toContainText("user-2 logs in");
  await expect(parts(page).event(1)).toContainText("Shell");
  await parts(page).tab("more.yaml").click();
  expect(await shownText(page)).toContain("login secret-1 user-2");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(parts(page).event(4)).toContainText("bob logs in");
});

test("files without names are saved beside those with them", async ({ app, page }) => {
  await start(page);
  const exporting = await choose(page, "Export…");
  await exporting.getByRole("button", { name: "Redact…" }).click();
  const dialog = page.getByRole("dialog", { name: "Redact" });
  await expect(dialog.getByRole("status").first()).toContainText("Values replaced: 1.");
  const [name, text] = await saved(page, dialog.getByRole("button", { name: "Save as files" }));
  expect(name).toBe("log.redacted.yaml");
  expect(text).toContain("user.name: user-1");
  expect(text).not.toContain("ada");
  await expect(parts(page).event(1)).toContainText("Ada logs in");
});
