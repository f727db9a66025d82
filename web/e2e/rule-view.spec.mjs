// The view of rules: what each says, and the chosen one as it is in the end.
import { expect, test } from "./fixtures.mjs";
import { drop, evaluated, parts } from "./page.mjs";

const RULES = `- list: passwords
  items: [/etc/shadow, /etc/gshadow]
- rule: Password file read
  desc: "Somebody **reads** a file; see [the list](https://falco.org/docs/) and <b>not</b> this"
  condition: evt.type = openat and fd.name in (passwords)
  output: Read (file=%fd.name)
  priority: WARNING
  tags: [T1003, mitre_credential_access, files]
- rule: Quiet
  desc: Nothing
  condition: evt.type = connect
  output: Connected (ip=%fd.sip)
  priority: INFO
  enabled: false
`;
const LATER = `- rule: Password file read
  condition: and not proc.name = sshd
  priority: ERROR
  override: {condition: append, priority: replace}
`;
const EVENTS = `- {name: A read, evt.type: openat, fd.name: /etc/shadow, proc.name: vim}
- {name: Another file, evt.type: openat, fd.name: /etc/hosts, proc.name: vim}
- {name: By the daemon, evt.type: openat, fd.name: /etc/shadow, proc.name: sshd}
`;

async function start(page) {
  await evaluated(page);
  await drop(page, [
    { name: "rules.yaml", text: RULES },
    { name: "later.yaml", text: LATER },
    { name: "events.yaml", text: EVENTS },
  ]);
  await expect(parts(page).event(1)).toContainText("Password file read");
  await page.getByRole("tab", { name: "Rules", exact: true }).click();
  const list = page.getByRole("listbox", { name: "Rules and what they say" });
  await list.getByRole("option", { name: /Password file read/ }).click();
  return list;
}

const section = (page, name) => page.getByRole("region", { name, exact: true });

test("the list says what every rule says, and why one does not run", async ({ app, page, axe }) => {
  const list = await start(page);
  await expect(list.getByRole("option", { name: /Error Password file read.*1 match/ })).toBeVisible();
  await expect(list.getByRole("option", { name: /Quiet.*disabled/ })).toBeVisible();
  await axe();
});

test("the condition is put together, and what comes later is marked", async ({ app, page }) => {
  await start(page);
  const condition = section(page, "Condition, put together");
  await expect(condition).toContainText("evt.type = openat and fd.name in (");
  await expect(condition).toContainText("/etc/shadow, /etc/gshadow");
  await expect(condition.locator(".from-later").last()).toHaveText(/and not proc.name = sshd/);
  await condition.getByRole("button", { name: /and not proc.name = sshd/ }).click();
  await expect(parts(page).tab("later.yaml")).toHaveAttribute("aria-selected", "true");
  const from = section(page, "Where it comes from");
  await expect(from.getByRole("row", { name: /later.yaml:1/ })).toContainText("priority (replaced)");
  await expect(section(page, "Event types it sees")).toContainText("openat");
  await expect(section(page, "Lists")).toContainText("passwords");
});

test("descriptions are read as Markdown, and tags lead to what they name", async ({ app, page }) => {
  await start(page);
  const { details } = parts(page);
  await expect(details.getByText("reads", { exact: true })).toHaveCSS("font-weight", /[6-9]00/);
  await expect(details).toContainText("<b>not</b> this");
  await expect(details.getByRole("link", { name: "the list" })).toHaveAttribute("href", "https://falco.org/docs/");
  await expect(details.getByRole("link", { name: "T1003" })).toHaveAttribute("href", "https://attack.mitre.org/techniques/T1003/");
  await expect(details.getByRole("link", { name: "mitre_credential_access" })).toHaveAttribute("rel", /noopener/);
  await expect(details.getByRole("listitem").filter({ hasText: /^files$/ })).toBeVisible();
});

test("near misses lead to their explanation", async ({ app, page }) => {
  await start(page);
  const misses = section(page, "Near misses");
  await expect(misses.getByRole("listitem").filter({ hasText: "By the daemon" })).toContainText("proc.name = sshd");
  await misses.getByRole("button", { name: "2 Another file" }).click();
  await expect(section(page, "Why")).toContainText("fd.name is /etc/hosts, which is not in passwords");
});

test("the keyboard goes through the rules", async ({ app, page }) => {
  const list = await start(page);
  await list.focus();
  await page.keyboard.press("End");
  await expect(list.getByRole("option", { name: /Quiet/ })).toHaveAttribute("aria-selected", "true");
  await expect(parts(page).details).toContainText("disabled");
  await page.keyboard.press("Enter");
  await expect(parts(page).details.locator("[data-start]")).toBeFocused();
});
