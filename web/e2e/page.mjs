// What the tests of the page call its parts: by role and label, as a user of a screen reader meets them.
import { expect } from "./fixtures.mjs";

/** English names; `ja` has the same keys. */
export const en = { rules: "Rules", events: "Events", details: "Details", problems: "Problems", list: "Events and what the rules say" };
export const ja = { rules: "ルール", events: "イベント", details: "詳細", problems: "問題", list: "イベントとルールの判定" };

export function parts(page, names = en) {
  const region = (name) => page.getByRole("region", { name, exact: true });
  return {
    region,
    tab: (name) => page.getByRole("tab", { name: new RegExp(`^${name.replaceAll(".", "\\.")}`) }),
    list: page.getByRole("listbox", { name: names.list }),
    event: (number) => page.getByRole("listbox", { name: names.list }).getByRole("option").nth(number - 1),
    details: region(names.details),
    problems: region(names.problems),
    problem: region(names.problems).getByRole("listitem"),
    squiggle: (severity) => page.locator(`code-editor .cm-lintRange-${severity}`),
  };
}

/** Replaces the text of the shown document, as a user does: select all, paste. */
export async function rewrite(page, app, text) {
  await app.editor.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

/** The text of the shown document, also where the editor has not drawn it. */
export const shownText = (page) =>
  page.evaluate(() => {
    const lines = document.querySelector("code-editor").shadowRoot.querySelector(".cm-content");
    return lines.cmView?.view?.state.doc.toString() ?? lines.innerText;
  });

/** Waits until the engine has answered once. */
export const evaluated = (page) => expect(page.locator("footer")).toContainText(/\d ms/);

/** Drops files on the page. */
export async function drop(page, files) {
  const data = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const { name, text, bytes } of files) {
      data.items.add(new File([bytes ? new Uint8Array(bytes) : text], name));
    }
    return data;
  }, files);
  await page.dispatchEvent("body", "dragenter", { dataTransfer: data });
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
}

export const RULE = `- rule: Shadow file read
  desc: Somebody reads the file with the passwords
  condition: evt.type = openat and fd.name = /etc/shadow
  output: Shadow read (file=%fd.name by=%proc.name)
  priority: WARNING
`;

export const EVENTS = `- name: A passwd reader
  evt.type: openat
  fd.name: /etc/passwd
  proc.name: cat
- name: A shadow reader
  evt.type: openat
  fd.name: /etc/shadow
  proc.name: vim
`;

export const SHELL = `- rule: Shell
  desc: A shell was started
  condition: evt.type = execve and proc.name = bash
  output: Shell (command=%proc.cmdline)
  priority: WARNING
`;
