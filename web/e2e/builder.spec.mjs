// New events: from a template or as a changed copy, and where an event happened.
import { expect, test } from "./fixtures.mjs";
import { drop, evaluated, parts, shownText } from "./page.mjs";

const RULES = `- rule: Shell in a container
  desc: A shell was started in a container
  condition: evt.type = execve and proc.name = bash and container.id != host
  output: Shell (command=%proc.cmdline)
  priority: WARNING
`;
const EVENTS = `- name: First
  evt.type: openat
  fd.name: /etc/hosts
  proc: {name: cat, pname: bash, cmdline: cat /etc/hosts}
  proc.aname[2]: sshd
  k8s.ns.name: shop
  k8s.pod.name: web-0
  container.id: 3ad7b26ded6d
  container.name: web
`;

async function start(page) {
  await evaluated(page);
  await drop(page, [{ name: "rules.yaml", text: RULES }, { name: "events.yaml", text: EVENTS }]);
  await expect(parts(page).event(1)).toContainText("First");
}

test("a template becomes an event that rules see", async ({ app, page, axe }) => {
  await start(page);
  await page.getByRole("button", { name: "New event…" }).click();
  const dialog = page.getByRole("dialog", { name: "New event…" });
  await expect(dialog.getByLabel("proc.name", { exact: true })).toHaveValue("bash");
  await axe();
  // What other events have in the field, then what rules ask for.
  const offered = async (name) => {
    await dialog.getByLabel(name, { exact: true }).focus();
    const options = dialog.getByLabel(name, { exact: true }).locator("xpath=following-sibling::datalist/option");
    await expect(options.first()).toBeAttached();
    return options.evaluateAll((options) => options.map((option) => option.value));
  };
  const names = await offered("proc.name");
  expect(names[0]).toBe("cat");
  expect(names).toContain("bash");
  expect(await offered("k8s.ns.name")).toContain("shop");
  await dialog.getByLabel("Title").fill("Mine: a shell");
  await dialog.getByLabel("proc.cmdline", { exact: true }).fill('bash -c "id"');
  await dialog.getByRole("button", { name: "Add to the events" }).click();
  const { event, list } = parts(page);
  await expect(list.getByRole("option")).toHaveCount(2);
  await expect(event(2)).toHaveAttribute("aria-selected", "true");
  await expect(event(2)).toContainText("Mine: a shell");
  await expect(event(2)).toContainText("Shell in a container");
  await parts(page).tab("events.yaml").click();
  await expect.poll(() => shownText(page)).toContain('- name: "Mine: a shell"\n  evt.type: execve\n  proc.name: bash\n  proc.cmdline: "bash -c \\"id\\""\n');
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(list.getByRole("option")).toHaveCount(1);
});

test("another template, another field, one field less", async ({ app, page }) => {
  await start(page);
  await page.getByRole("button", { name: "New event…" }).click();
  const dialog = page.getByRole("dialog", { name: "New event…" });
  await dialog.getByLabel("Template").selectOption({ label: "Secret read (audit log)" });
  await expect(dialog.getByLabel("ka.verb", { exact: true })).toHaveValue("get");
  await dialog.getByLabel("Another field").fill("proc.name");
  await expect(dialog.getByText("Events of this source have no such field.")).toBeVisible();
  await dialog.getByLabel("Another field").fill("ka.uri");
  await page.keyboard.press("Enter");
  await dialog.getByLabel("ka.uri", { exact: true }).fill("/api/v1/secrets");
  await dialog.getByRole("button", { name: "Remove ka.response.code" }).click();
  await dialog.getByRole("button", { name: "Add to the events" }).click();
  await parts(page).tab("events.yaml").click();
  await expect.poll(() => shownText(page)).toContain("  ka.uri: /api/v1/secrets\n");
  expect(await shownText(page)).not.toContain("ka.response.code");
});

test("a copy starts with what the event gives", async ({ app, page }) => {
  await start(page);
  await parts(page).event(1).click();
  await page.getByRole("button", { name: "Duplicate and change…" }).click();
  const dialog = page.getByRole("dialog", { name: "Duplicate and change…" });
  await expect(dialog.getByLabel("fd.name", { exact: true })).toHaveValue("/etc/hosts");
  await dialog.getByLabel("evt.type", { exact: true }).fill("execve");
  await dialog.getByLabel("proc.name", { exact: true }).fill("bash");
  await dialog.getByRole("button", { name: "Add to the events" }).click();
  await expect(parts(page).event(2)).toContainText("Shell in a container");
});

test("the processes and their place are drawn", async ({ app, page }) => {
  await start(page);
  await parts(page).event(1).click();
  const scene = page.getByRole("region", { name: "Where it happened" });
  await expect(scene).toContainText("namespace shop");
  await expect(scene).toContainText("pod web-0");
  await expect(scene).toContainText("container web");
  await expect(scene.getByRole("list", { name: /Processes/ }).getByRole("listitem")).toHaveText(["sshd", "bash", "cat cat /etc/hosts"]);
});
