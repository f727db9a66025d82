// The grid: every rule and every event at a glance, with mouse and keyboard.
import { expect, test } from "./fixtures.mjs";
import { drop, evaluated, parts } from "./page.mjs";

const RULES = `- rule: Shadow file read
  desc: Somebody reads the file with the passwords
  condition: evt.type = openat and fd.name = /etc/shadow
  output: Shadow read (by=%proc.name)
  priority: WARNING
  exceptions:
    - name: known
      fields: proc.name
      values: [sshd]
- rule: <b>Any</b> & "file"
  desc: Everything that is opened
  condition: evt.type = openat
  output: Open (file=%fd.name)
  priority: INFO
- rule: Switched off
  desc: Nothing
  condition: evt.type = openat
  output: Open (file=%fd.name)
  priority: DEBUG
  enabled: false
`;
const EVENTS = [["vim", "/etc/shadow"], ["sshd", "/etc/shadow"], ["cat", "/etc/hosts"]]
  .map(([name, file], at) => JSON.stringify({ name: `Event ${at + 1} <i>`, "evt.type": "openat", "proc.name": name, "fd.name": file }))
  .join("\n");

async function start(page, events = EVENTS) {
  await evaluated(page);
  await drop(page, [{ name: "rules.yaml", text: RULES }, { name: "events.json", text: events }]);
  await expect(parts(page).event(1)).toContainText("Shadow file read");
  await page.getByRole("tab", { name: "Grid" }).click();
  return page.getByRole("grid", { name: "Rules and events" });
}

const cells = (grid, name) => grid.getByRole("row", { name }).getByRole("gridcell");

test("a cell per rule and event says what came of it", async ({ app, page, axe }) => {
  const grid = await start(page);
  await expect(grid.getByRole("columnheader", { name: /<b>Any<\/b> & "file" 3 match/ })).toBeVisible();
  const words = (row) => cells(grid, row).evaluateAll((found) => found.map((cell) => cell.getAttribute("aria-label")));
  expect(await words(/Event 1 <i>/)).toEqual(["matches", "matches", "not running"]);
  expect(await words(/Event 2 <i>/)).toEqual(["suppressed by an exception", "matches", "not running"]);
  expect(await words(/Event 3 <i>/)).toEqual(["does not match", "matches", "not running"]);
  await expect(grid).toHaveAttribute("aria-rowcount", "4");
  await axe();
});

test("a cell that is chosen is explained", async ({ app, page }) => {
  const grid = await start(page);
  await cells(grid, /Event 3 <i>/).first().click();
  await expect(page.getByRole("region", { name: "Why", exact: true })).toContainText("fd.name is /etc/hosts, not /etc/shadow");
  await expect(cells(grid, /Event 3 <i>/).first()).toHaveAttribute("aria-selected", "true");
});

test("the keyboard moves through cells and opens the trace", async ({ app, page }) => {
  const grid = await start(page);
  const why = page.getByRole("region", { name: "Why", exact: true });
  await grid.focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await expect(why).toContainText("It would match, but exception known excludes this event");
  await page.keyboard.press("ArrowRight");
  await expect(why).toContainText("It matches: evt.type is openat.");
  await page.keyboard.press("End");
  await expect(why).toContainText("This rule is disabled");
  await page.keyboard.press("Enter");
  await expect(parts(page).details.locator("[data-start]")).toBeFocused();
});

test("rows and columns swap, and silent rules can be left out", async ({ app, page }) => {
  const grid = await start(page);
  await page.getByRole("button", { name: "Swap rows and columns" }).click();
  await expect(grid.getByRole("row", { name: /Shadow file read/ }).getByRole("gridcell")).toHaveCount(3);
  await page.getByRole("button", { name: "Only rules that say something" }).click();
  await expect(grid.getByRole("row", { name: /Switched off/ })).toHaveCount(0);
  await expect(grid).toHaveAttribute("aria-rowcount", "3");
});

test("ten thousand events stay a few hundred cells, and the last of them is there", async ({ app, page }) => {
  const many = Array.from({ length: 10_000 }, (_, at) =>
    JSON.stringify({ name: `Event ${at + 1}`, "evt.type": "openat", "fd.name": at % 3 ? "/etc/hosts" : "/etc/shadow", "proc.name": "cat" }),
  ).join("\n");
  const grid = await start(page, many);
  await grid.focus();
  await page.keyboard.press("Control+End");
  await expect(grid.getByRole("row", { name: /Event 10,?000/ })).toBeVisible();
  expect(await grid.getByRole("gridcell").count()).toBeLessThan(2_000);
  await expect(page.getByRole("region", { name: "Details" })).toContainText("Event 10000");
});

test("scrolled to and fro in both directions, every cell is where it belongs", async ({ app, page }) => {
  const rules = Array.from({ length: 60 }, (_, at) => RULES.replaceAll(/rule: .*/g, `$& ${at}`)).join("");
  const events = Array.from({ length: 400 }, (_, at) => JSON.stringify({ name: `Event ${at + 1}`, "evt.type": "openat", "fd.name": "/etc/hosts" }));
  await evaluated(page);
  await drop(page, [{ name: "rules.yaml", text: rules }, { name: "events.json", text: events.join("\n") }]);
  await expect(parts(page).event(1)).toContainText(/<b>Any<\/b>/);
  await page.getByRole("tab", { name: "Grid" }).click();
  const grid = page.getByRole("grid", { name: "Rules and events" });
  await expect(grid).toHaveAttribute("aria-colcount", "181");
  const found = await grid.evaluate(async (node) => {
    const places = [[0, 0], [40, 90], [300, 700], [900, 750], [5000, 6000], [4700, 5700], [4690, 9999], [0, 9000], [250, 8800], [0, 0]];
    const wrong = [];
    for (const [left, top] of places) {
      node.scrollTo(left, top);
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      const [head, ...rows] = node.querySelectorAll("[role=row]");
      const columns = [...head.querySelectorAll("[data-column]")];
      const indexes = columns.map((one) => Number(one.ariaColIndex));
      const box = node.getBoundingClientRect();
      const [names, last] = [head.firstElementChild.getBoundingClientRect().right, rows.at(-1).getBoundingClientRect()];
      if (last.bottom < box.top + node.clientHeight || columns.at(-1).getBoundingClientRect().right < box.left + node.clientWidth) wrong.push([left, top, "a gap at the end"]);
      if (rows[0].getBoundingClientRect().top > head.getBoundingClientRect().bottom || columns[0].getBoundingClientRect().left > names + 1) wrong.push([left, top, "a gap at the start"]);
      rows.forEach((row, at) => {
        if (row.ariaRowIndex !== String(Number(rows[0].ariaRowIndex) + at)) wrong.push([left, top, "row", at]);
        const cells = [...row.querySelectorAll("[role=gridcell]")];
        if (String(cells.map((cell) => cell.ariaColIndex)) !== String(indexes)) wrong.push([left, top, "columns of row", at]);
        cells.forEach((cell, of) => {
          if (Math.abs(cell.getBoundingClientRect().left - columns[of].getBoundingClientRect().left) > 1) wrong.push([left, top, "cell", at, of]);
        });
      });
    }
    return wrong;
  });
  expect(found).toEqual([]);
});
