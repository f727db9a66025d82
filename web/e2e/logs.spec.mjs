// Logs as they come from a cluster: what is in them is recognised, what is not read is said, and packed ones are unpacked.
import { gzipSync } from "node:zlib";
import { expect, test } from "./fixtures.mjs";
import { drop, evaluated, parts } from "./page.mjs";

const RULES = `- rule: Shell
  desc: A shell was started
  condition: evt.type = execve and proc.name = bash and proc.pname = sshd
  output: Shell (command=%proc.cmdline)
  priority: WARNING
`;
const alert = (name, more = {}) =>
  JSON.stringify({
    hostname: "node-1",
    output: "Shell",
    output_fields: { "evt.type": "execve", "proc.name": name, "proc.cmdline": `${name} -l`, ...more },
    priority: "Warning",
    // Not one of the rules here: of one that is it would prove that its condition held.
    rule: "Some other rule",
    source: "syscall",
    tags: [],
    time: "2026-01-05T10:00:00.000000000Z",
  });
const LOG = ["Mon Jan 5 starting", alert("bash"), alert("zsh"), alert("bash", { "proc.pname": "sshd" }), ""].join("\n");

const bar = (page) => page.locator(".events-bar");

test.beforeEach(async ({ app, page }) => {
  await evaluated(page);
  await drop(page, [{ name: "rules.yaml", text: RULES }]);
});

test("a log of alerts: what it cannot say is undecided, other lines are counted and shown", async ({ page, axe }) => {
  await drop(page, [{ name: "falco.log", text: LOG }]);
  const { event, list } = parts(page);
  await expect(list.getByRole("option")).toHaveCount(3);
  await expect(event(1)).toContainText("Shell");
  await expect(page.getByRole("button", { name: /undecided/ })).toContainText("1");
  await event(1).click();
  await expect(parts(page).details).toContainText("It cannot be decided: the event does not say proc.pname");
  await expect(event(3)).toContainText("Shell");
  await expect(bar(page)).toContainText("Falco alerts (recognised)");
  await expect(bar(page)).toContainText("3 events");
  await bar(page).getByText("1 left out").click();
  await bar(page).getByRole("button", { name: "Show the first" }).click();
  await expect(page.locator("code-editor .cm-activeLine").first()).toContainText("starting");
  await axe();
});

test("a packed log is unpacked; of a damaged one what is whole is read", async ({ page }) => {
  const packed = gzipSync(Buffer.from(Array(400).fill(LOG).join("")), { level: 1 });
  await drop(page, [{ name: "falco.json.gz", bytes: [...packed] }]);
  const { list, tab } = parts(page);
  await expect(tab("falco.json")).toBeVisible();
  await expect(bar(page)).toContainText("1,200 events");
  await expect(list.getByRole("option").first()).toContainText("Shell");
  await drop(page, [{ name: "cut.json.gz", bytes: [...packed.subarray(0, packed.length / 2)] }]);
  await expect(page.getByText("cut.json.gz is damaged or cut short.")).toBeVisible();
  await expect(tab("cut.json")).toBeVisible();
  await expect(bar(page)).toContainText(/\d+ events/);
});

test("a file is read as another kind, and a reload remembers it", async ({ page }) => {
  await drop(page, [{ name: "odd.json", text: '{"evt.type": "execve", "proc.name": "bash", "proc.pname": "sshd"}\n' }]);
  const choice = page.getByLabel("Read as");
  await expect(bar(page)).toContainText("Events by field (recognised)");
  await expect(bar(page)).toContainText("1 events");
  await choice.selectOption({ label: "Falco alerts" });
  await expect(bar(page)).toContainText("0 events");
  await expect(bar(page)).toContainText("1 left out");
  await page.reload();
  await expect(bar(page)).toContainText("1 left out");
  await page.getByLabel("Read as").selectOption({ index: 0 });
  await expect(bar(page)).toContainText("1 events");
});

test("Zstandard is refused with what to do", async ({ page }) => {
  await drop(page, [{ name: "falco.zst", bytes: [0x28, 0xb5, 0x2f, 0xfd, 0, 0] }]);
  await expect(page.getByText("falco.zst is packed with Zstandard")).toBeVisible();
});
