// The dialect of the course: a switch of the workspace. What Falco refuses is evaluated, and the page says so.
import { expect, test } from "./fixtures.mjs";
import { drop, evaluated, parts, rewrite } from "./page.mjs";

const RULES = `- rule: Package manager
  desc: Software is installed outside of the window
  condition: evt.type = execve and proc.name = apt and not (evt.hour >= 2 and evt.hour < 4)
  output: apt at hour %evt.hour in %k8s.pod.label.security-tier
  priority: INFO
`;

const EVENTS = `- name: In the window
  time: '2026-04-14T02:30:00Z'
  evt.type: execve
  proc.name: apt
- name: By day
  time: '2026-04-14T12:30:00Z'
  evt.type: execve
  proc.name: apt
  k8s.pod.label[security-tier]: critical
`;

/** The browser itself tries to carry a style over when styled text is replaced; the policy forbids it, as it should. */
const CARRIED_STYLE = /Applying inline style violates/;

const dialect = (page) => page.getByRole("button", { name: /^Dialect:/ });
const note = (page) => page.getByText("Course dialect: these rules are not all valid in Falco.");

async function prepare(page, app) {
  await evaluated(page);
  await drop(page, [{ name: "events.yaml", text: EVENTS }]);
  await parts(page).tab("rules.yaml").click();
  await rewrite(page, app, RULES);
  await expect(parts(page).squiggle("error").first()).toHaveText("evt.hour");
}

test("the switch makes errors warnings, evaluates the rules, and is kept", async ({ app, page, allow, axe }) => {
  allow(CARRIED_STYLE);
  await prepare(page, app);
  const { details, event, problems, squiggle } = parts(page);
  await expect(event(2)).toContainText("does not match");
  await expect(dialect(page)).toHaveAccessibleName("Dialect: Falco");
  await dialect(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitemradio", { name: /Falco/, checked: true })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(dialect(page)).toHaveAccessibleName("Dialect: Course");
  await expect(note(page)).toBeVisible();
  await expect(event(1)).toContainText("does not match");
  await expect(event(2)).toContainText("Package manager");
  await event(2).click();
  await expect(details).toContainText("apt at hour 12 in critical");
  await expect(squiggle("error")).toHaveCount(0);
  await expect(squiggle("warning").first()).toHaveText("evt.hour");
  await expect(problems).toContainText("course-dialect");
  await expect(problems).toContainText("Falco would not start with rules.yaml");
  await axe();
  await expect.poll(() => page.evaluate(() => localStorage.getItem("mews.draft"))).toContain("Package manager");
  await page.reload();
  await expect(dialect(page)).toHaveAccessibleName("Dialect: Course");
  await expect(event(2)).toContainText("Package manager");
  await page.getByRole("button", { name: "Back to Falco" }).click();
  await expect(note(page)).toHaveCount(0);
  await expect(squiggle("error").first()).toHaveText("evt.hour");
  await expect(event(2)).toContainText("does not match");
});

test("with rules that Falco loads, the page says that as well", async ({ app, page, allow }) => {
  allow(CARRIED_STYLE);
  await prepare(page, app);
  await dialect(page).click();
  await page.getByRole("menuitemradio", { name: /Course/ }).click();
  await expect(note(page)).toBeVisible();
  await rewrite(page, app, RULES.replaceAll(/ and not \(.*\)| at hour.*/g, ""));
  await expect(page.getByText("Course dialect: Falco loads these rules as well.")).toBeVisible();
});

test.describe("phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the switch is in the menu, and what it does is in the way", async ({ app, page }) => {
    await evaluated(page);
    await page.getByRole("button", { name: "More" }).tap();
    await page.getByRole("menuitemradio", { name: /Course/ }).tap();
    await expect(page.getByText("Course dialect: Falco loads these rules as well.")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const back = page.getByRole("button", { name: "Back to Falco" });
    expect((await back.boundingBox()).height).toBeGreaterThanOrEqual(43.5);
    await back.tap();
    await expect(back).toHaveCount(0);
  });
});
