// Tuning on a log: which of its alerts the rules as they are now would still raise, compared with the rules of then, and what alerts
// would have to say so that all of it could be told.
import { expect, test } from "./fixtures.mjs";
import { drop, evaluated, parts, rewrite, shownText } from "./page.mjs";

const RULE = `- rule: Shell
  desc: A shell was started
  condition: evt.type = execve and proc.name = bash
  output: Shell (command=%proc.cmdline)
  priority: WARNING
`;
const TUNED = RULE.replace("proc.name = bash", "proc.name = bash and proc.pname != cron");
const alert = (fields) =>
  JSON.stringify({
    output: "Shell",
    output_fields: { "proc.cmdline": "bash -l", ...fields },
    priority: "Warning",
    rule: "Shell",
    source: "syscall",
    time: "2026-01-05T10:00:00.000000000Z",
  });
const LOG = [{ "proc.pname": "sshd" }, { "proc.pname": "cron" }, {}, { "proc.pname": "sshd" }].map(alert).join("\n");

const bar = (page) => page.getByRole("region", { name: "Alerts of the log" });
const counter = (page, name) => bar(page).getByRole("button", { name });
const baseline = (page) => bar(page).getByText(/No baseline: |Compared with your baseline/);
const rules = (page) => page.getByRole("listbox", { name: "Rules and what they say" });
const limits = (page) => page.getByText("What a log can show, and what it cannot");

test.beforeEach(async ({ app, page }) => {
  await evaluated(page);
  await drop(page, [{ name: "rules.yaml", text: RULE }]);
  await drop(page, [{ name: "falco.log", text: LOG }]);
  await expect(counter(page, /kept/)).toContainText("4");
});

/** The rule as it is becomes the baseline, and then gets a condition more. */
async function tune(page, app) {
  await expect(baseline(page)).toContainText("conditions are taken as unchanged");
  await baseline(page).click();
  await page.getByRole("button", { name: "Take the rules as they are now as the baseline" }).click();
  await baseline(page).click();
  await expect(baseline(page)).toContainText("Compared with");
  await parts(page).tab("rules.yaml").click();
  // Over a text the browser would write with its style, which the page does not allow.
  await rewrite(page, app, "");
  await rewrite(page, app, TUNED);
  await expect(counter(page, /lost/)).toContainText("1");
}

test("a log says what it cannot show", async ({ page, axe }) => {
  await expect(bar(page).getByText("what a looser rule would raise in addition it cannot show")).toBeHidden();
  await limits(page).click();
  await expect(bar(page).getByText("what a looser rule would raise in addition it cannot show")).toBeVisible();
  await axe();
});

test("with a baseline alerts are kept, lost or undecided, and listed so", async ({ page, app, axe }) => {
  await tune(page, app);
  await expect(counter(page, /kept/)).toContainText("2");
  await expect(counter(page, /undecided/)).toContainText("1");
  const { list } = parts(page);
  await counter(page, /lost/).click();
  await expect(counter(page, /lost/)).toHaveAttribute("aria-pressed", "true");
  await expect(list.getByRole("option")).toHaveCount(1);
  await expect(list.getByRole("option").first()).toHaveAttribute("id", "event-1");
  await counter(page, /lost/).click();
  await axe();
  await page.getByRole("tab", { name: "Rules", exact: true }).click();
  const row = rules(page).getByRole("option", { name: /Shell/ });
  await expect(row).toContainText("2 of 4 kept");
  // The draft keeps the baseline, and undo takes it back.
  await expect.poll(() => page.evaluate(() => localStorage.getItem("mews.draft")?.includes("proc.pname != cron"))).toBe(true);
  await page.reload();
  await evaluated(page);
  await baseline(page).click();
  await page.getByRole("button", { name: "Forget the baseline" }).click();
  await expect(counter(page, /kept/)).toContainText("4");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(counter(page, /kept/)).toContainText("2");
});

test("the fields that would decide are counted, and one click makes alerts say them", async ({ page, app, axe }) => {
  await tune(page, app);
  await page.getByRole("tab", { name: "Rules", exact: true }).click();
  await rules(page).getByRole("option", { name: /Shell/ }).click();
  const section = page.getByRole("region", { name: "Fields that would decide" });
  await expect(section).toContainText("cannot be decided: 1");
  await expect(section.getByRole("row").nth(1)).toContainText("proc.pname");
  await axe();
  await section.getByRole("button", { name: "Add to the output: proc.pname" }).click();
  await expect.poll(() => shownText(page)).toContain("Shell (command=%proc.cmdline) proc_pname=%proc.pname\n");
  await expect(page.getByText("Alerts say proc.pname from now on.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => shownText(page)).not.toContain("proc_pname");
});

test("the explanation names the fields, and adds them", async ({ page, app }) => {
  await tune(page, app);
  await parts(page).event(3).click();
  const why = page.getByRole("region", { name: "Why", exact: true });
  await expect(why).toContainText("With it the answer would be certain.");
  await why.getByRole("button", { name: "Add to the output: proc.pname" }).click();
  await expect.poll(() => shownText(page)).toContain("proc_pname=%proc.pname");
});

test("some of the fields are chosen, and without a falco.yaml one is made for them", async ({ page, app, axe }) => {
  await parts(page).tab("rules.yaml").click();
  await baseline(page).click();
  await page.getByRole("button", { name: "Take the rules as they are now as the baseline" }).click();
  await baseline(page).click();
  await rewrite(page, app, "");
  await rewrite(page, app, RULE.replace("name = bash", "name = bash and proc.pname != cron and user.name != root"));
  await expect(counter(page, /undecided/)).toContainText("3");
  await page.getByRole("tab", { name: "Rules", exact: true }).click();
  await rules(page).getByRole("option", { name: /Shell/ }).click();
  const section = page.getByRole("region", { name: "Fields that would decide" });
  const [first, second] = [section.getByRole("row").nth(1), section.getByRole("row").nth(2)];
  await expect(first).toContainText("user.name");
  await expect(first).toContainText("decides alone");
  await expect(second).not.toContainText("decides alone");
  // What decides most of them is chosen.
  await expect(first.getByRole("checkbox")).toBeChecked();
  await expect(second.getByRole("checkbox")).not.toBeChecked();
  await axe();
  await first.getByRole("checkbox", { name: "user.name" }).press("Space");
  await expect(section.getByRole("button", { name: /Add to the output/ })).toBeDisabled();
  await second.getByRole("checkbox", { name: "proc.pname" }).press("Space");
  await section.getByRole("button", { name: "Add to the rule's alerts in a new falco.yaml: proc.pname" }).click();
  await expect(parts(page).tab("falco.yaml")).toHaveAttribute("aria-selected", "true");
  await expect
    .poll(() => shownText(page))
    .toContain("append_output:\n  - match: {rule: Shell}\n    extra_fields: [proc.pname]");
  await expect(section.getByRole("button", { name: /alerts in falco.yaml/ })).toBeVisible();
});

test("alerts of a rule that is not here say more through a new falco.yaml", async ({ page }) => {
  const other = JSON.parse(alert({}));
  await drop(page, [{ name: "falco.log", text: JSON.stringify({ ...other, rule: "Elsewhere" }) }]);
  await parts(page).event(1).click();
  const why = page.getByRole("region", { name: "Why", exact: true });
  await expect(why.getByRole("button", { name: /Add to the output/ })).toHaveCount(0);
  const fields = why.getByRole("group", { name: "Fields that would decide" });
  await expect(fields).toContainText("may decide alone");
  await fields.getByRole("checkbox", { name: "evt.type" }).uncheck();
  await why.getByRole("button", { name: "Add to all alerts in a new falco.yaml: proc.name" }).click();
  await expect
    .poll(() => shownText(page))
    .toContain("append_output:\n  - match: {source: syscall}\n    extra_fields: [proc.name]");
});

test("what would have to be otherwise in an alert is tried in an events file of its own", async ({ page, axe }) => {
  const { list, event, tab } = parts(page);
  const why = page.getByRole("region", { name: "Why", exact: true });
  await event(1).click();
  await why.getByRole("button", { name: "Try on a copy of the event: proc.name → example" }).click();
  await expect(list.getByRole("option")).toHaveCount(5);
  await expect(event(5)).toHaveAttribute("aria-selected", "true");
  await expect(why).toContainText("It does not match");
  await axe();
  await tab("events.yaml").click();
  await expect.poll(() => shownText(page)).toContain("- proc.name: example");
  await expect.poll(() => shownText(page)).toContain("partial: true");
  // The next one goes to the same file.
  await event(2).click();
  await why.getByRole("button", { name: "Try on a copy of the event: proc.name → example" }).click();
  await expect(list.getByRole("option")).toHaveCount(6);
  await expect(event(6)).toHaveAttribute("aria-selected", "true");
  await expect(tab("events-2.yaml")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(list.getByRole("option")).toHaveCount(5);
});

test("the panels close with Escape, and the rules of the baseline come back", async ({ page, app, axe }) => {
  await tune(page, app);
  const restore = page.getByRole("button", { name: "Bring its rules back into the editor" });
  await limits(page).press("Enter");
  await expect(bar(page).getByText("what a looser rule would raise in addition it cannot show")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(bar(page).getByText("what a looser rule would raise in addition it cannot show")).toBeHidden();
  await expect(limits(page)).toBeFocused();
  // It does not cover what the focus goes to.
  await limits(page).press("Enter");
  await page.keyboard.press("Tab");
  await expect(parts(page).list).toBeFocused();
  await expect(bar(page).getByText("what a looser rule would raise in addition it cannot show")).toBeHidden();
  await baseline(page).press("Enter");
  await expect(bar(page)).toContainText("Changes rules.yaml.");
  await restore.press("Enter");
  // What was written since would be lost, so there is a question.
  const question = page.getByRole("group", { name: "Bring its rules back into the editor" });
  await expect(question.getByRole("button", { name: "Replace" })).toBeFocused();
  await axe();
  await question.getByRole("button", { name: "Cancel" }).press("Enter");
  await expect(restore).toBeFocused();
  await restore.press("Enter");
  await question.getByRole("button", { name: "Replace" }).press("Enter");
  await expect(page.getByText("The rules of the baseline are back; changed: rules.yaml.")).toBeVisible();
  await expect(counter(page, /kept/)).toContainText("4");
  await expect(bar(page)).toContainText("The rules are those of the baseline.");
  await expect(restore).toBeDisabled();
  await expect(baseline(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(restore).toBeHidden();
  await expect.poll(() => shownText(page)).not.toContain("proc.pname != cron");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(counter(page, /kept/)).toContainText("2");
});
