// Why a rule says what it says: the sentence, the tree, the painted condition, the changes that are offered.
import { expect, test } from "./fixtures.mjs";
import { EVENTS, RULE, drop, evaluated, ja, parts, rewrite, shownText } from "./page.mjs";

const TWO = `- macro: passwords
  condition: fd.name in (/etc/shadow, /etc/gshadow)
- rule: Password file read
  desc: Somebody reads a file with passwords
  condition: evt.type = openat and passwords and not proc.name in (sshd, login)
  output: Read (file=%fd.name)
  priority: WARNING
  exceptions:
    - name: editors
      fields: [proc.name, fd.name]
      comps: ["=", "="]
      values:
        - [vim, /etc/shadow]
- rule: Any file
  desc: Everything that is opened
  condition: evt.type = openat
  output: Open (file=%fd.name)
  priority: INFO
`;

/** The page with these rules and EVENTS, rules file shown. */
async function start(page, app, rules) {
  const { event, tab } = parts(page);
  await evaluated(page);
  await drop(page, [{ name: "events.yaml", text: EVENTS }]);
  await expect(event(2)).toContainText("A shadow reader");
  await tab("rules.yaml").click();
  await rewrite(page, app, "");
  await rewrite(page, app, rules);
  await expect(event(2)).not.toContainText("does not match");
}

const section = (page, name = "Why") => page.getByRole("region", { name, exact: true });
const row = (page, name) => page.getByRole("treeitem", { name });

test("a sentence and a tree say why a rule does not match", async ({ page, app, axe }) => {
  await start(page, app, RULE);
  await parts(page).event(1).click();
  const why = section(page);
  await expect(why).toContainText("It does not match because fd.name is /etc/passwd, not /etc/shadow.");
  await expect(row(page, /^false fd.name = \/etc\/shadow .*\/etc\/passwd.*decides/)).toBeVisible();
  await expect(row(page, /^true evt.type = openat/)).toBeVisible();
  await axe();
});

test("the condition in the editor is painted with what its parts say", async ({ page, app }) => {
  await start(page, app, RULE);
  await parts(page).event(1).click();
  await expect(page.locator("code-editor .cm-mark-true")).toHaveText("evt.type = openat");
  await expect(page.locator("code-editor .cm-mark-false")).toHaveText("fd.name = /etc/shadow");
  await parts(page).event(2).click();
  await expect(page.locator("code-editor .cm-mark-false")).toHaveCount(0);
  await expect(page.locator("code-editor .cm-mark-true")).toHaveCount(2);
});

test("an exception is a branch of its own, with the tuple that hits", async ({ page, app }) => {
  await start(page, app, TWO);
  await parts(page).event(2).click();
  await expect(section(page)).toContainText("It would match, but exception editors excludes this event with (vim, /etc/shadow).");
  await expect(row(page, /exception editors/)).toHaveAttribute("aria-expanded", "true");
  await expect(row(page, /tuple .*\(vim, \/etc\/shadow\)/)).toBeVisible();
});

test("another rule is explained when it is chosen, and stays chosen on other events", async ({ page, app }) => {
  await start(page, app, TWO);
  await parts(page).event(1).click();
  const choice = page.getByRole("combobox", { name: "Rule to explain" });
  await expect(choice.locator("option:checked")).toHaveText("● Any file");
  await choice.focus();
  await choice.selectOption({ label: "○ Password file read" });
  await expect(section(page)).toContainText("It does not match because fd.name is /etc/passwd, which is not in (/etc/shadow, /etc/gshadow).");
  await parts(page).event(2).click();
  await expect(choice.locator("option:checked")).toHaveText("⊘ Password file read");
  await parts(page).details.getByRole("button", { name: /Any file/ }).first().click();
  await expect(section(page)).toContainText("It matches: evt.type is openat.");
  await expect(parts(page).details.getByRole("button", { name: /Any file/, pressed: true })).toBeVisible();
});

test("the tree is walked with the keyboard: fold, unfold, go to the text", async ({ page, app }) => {
  await start(page, app, TWO);
  await parts(page).event(1).click();
  const choice = page.getByRole("combobox", { name: "Rule to explain" });
  await choice.focus();
  await choice.selectOption({ label: "○ Password file read" });
  const tree = page.getByRole("tree", { name: "The condition, part by part" });
  await expect(row(page, /macro passwords/)).toHaveAttribute("aria-expanded", "true");
  await tree.focus();
  for (const key of ["Home", "ArrowDown", "ArrowDown", "ArrowLeft"]) await page.keyboard.press(key);
  await expect(row(page, /macro passwords/)).toHaveAttribute("aria-expanded", "false");
  await expect(row(page, /macro passwords/)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(row(page, /fd.name in \(/)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowLeft");
  await expect(row(page, /macro passwords/)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.locator("code-editor .cm-activeLine")).toHaveText("  condition: fd.name in (/etc/shadow, /etc/gshadow)");
  await expect(app.editor).toBeFocused();
});

test("a change is tried on a copy of the event, which then matches, and undone", async ({ page, app }) => {
  await start(page, app, RULE);
  const { event, list, tab } = parts(page);
  await event(1).click();
  await page.getByRole("button", { name: "Try on a copy of the event: fd.name → /etc/shadow" }).click();
  await expect(list.getByRole("option")).toHaveCount(3);
  await expect(event(2)).toHaveAttribute("aria-selected", "true");
  await expect(event(2)).toContainText("Shadow file read");
  await expect(section(page)).toContainText("It matches:");
  await tab("events.yaml").click();
  await expect.poll(() => shownText(page)).toContain("- name: A passwd reader\n  evt.type: openat\n  fd.name: /etc/shadow\n");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(list.getByRole("option")).toHaveCount(2);
});

test("verdicts come first; what is told closely follows, and never contradicts them unmarked or leaves a gap", async ({ page, app }) => {
  await start(page, app, RULE);
  await parts(page).event(2).click();
  await expect(section(page)).toContainText("It matches:");
  await page.evaluate(() => {
    const details = document.querySelector("#details");
    window.seen = { contradictions: [], gaps: 0, frames: 0 };
    const look = () => {
      const says = details.querySelector(".why-sentence")?.textContent.includes("It matches:") ?? false;
      const matches = details.querySelector(".detail-chips .chip") !== null;
      if (says !== matches && details.getAttribute("aria-busy") !== "true") window.seen.contradictions.push([says, matches]);
      if (details.querySelectorAll(".why-row").length === 0) window.seen.gaps++;
      window.seen.frames++;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  // Something that makes the condition false, and true again.
  await app.editor.click();
  await page.getByText("condition: evt.type = openat and fd.name").click();
  await page.keyboard.press("End");
  for (let i = 0; i < 4; i++) {
    await page.keyboard.type("x");
    await expect(section(page)).toContainText("It does not match");
    await page.keyboard.press("Backspace");
    await expect(section(page)).toContainText("It matches:");
  }
  await expect(page.getByRole("heading", { name: "Smallest changes that would stop it" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Try on a copy of the event/ }).first()).toBeEnabled();
  const { contradictions, gaps, frames } = await page.evaluate(() => window.seen);
  expect(contradictions).toEqual([]);
  expect(gaps).toBe(0);
  expect(frames).toBeGreaterThan(10);
});

test("in Japanese", async ({ page, app }) => {
  await start(page, app, RULE);
  await page.getByRole("button", { name: /日本語/ }).click();
  await parts(page, ja).event(1).click();
  await expect(section(page, "判定の理由")).toContainText("一致しません。理由：fd.name が /etc/shadow ではなく /etc/passwd。");
  await expect(page.getByRole("tree", { name: "条件の内訳" })).toBeVisible();
});

test("a rule that is disabled says so", async ({ page, app }) => {
  await start(page, app, RULE);
  await app.type("  enabled: false\n");
  await parts(page).event(2).click();
  await expect(section(page)).toContainText("This rule is disabled, so it says nothing.");
});
