// Problems in the text: squiggles, markers beside the lines, the message on hover, and the box that lists the
// problems at the cursor with a button for each fix (Ctrl-. or a press on a marker).
import { forEachDiagnostic, nextDiagnostic, previousDiagnostic, setDiagnostics, setDiagnosticsEffect } from "@codemirror/lint";
import { Facet, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { EditorView, GutterMarker, gutter, keymap, showTooltip } from "@codemirror/view";
import { clamp, problemsAt } from "./ranges.js";

/** More marks than this help nobody, and slow the editor down. */
const MOST = 1000;
const SYMBOL = { error: "✖", warning: "▲", hint: "●" };
const WEIGHT = { error: 3, warning: 2, hint: 1 };

const element = (tag, className, text) => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

function message(problem) {
  const body = document.createElement("div");
  body.append(element("span", "cm-problem-message", problem.message));
  if (problem.code) body.append(element("span", "cm-problem-code", problem.code));
  for (const note of problem.notes ?? []) body.append(element("span", "cm-problem-note", note));
  return body;
}

/** What the editor's owner does: `fix(detail)`, and `step(detail)`, which is true if the owner takes the step itself. */
export const owner = Facet.define({ combine: ([first]) => first });

function chooseFix(view, { code, from, to }, index) {
  view.dispatch({ effects: box.effect.of(null) });
  view.focus();
  view.state.facet(owner).fix({ code, from, to, index });
}

/** The transaction that shows these problems (as given to `setDiagnostics`) instead of the earlier ones. */
export function showProblems(list, state) {
  const diagnostics = list.slice(0, MOST).map((problem) => {
    const [from, to] = clamp(problem.from, problem.to, state.doc.length);
    const placed = { ...problem, from, to };
    return {
      from,
      to,
      severity: problem.severity,
      message: [problem.message, ...(problem.notes ?? [])].join(". "),
      renderMessage: () => message(problem),
      // Positions as they are when the button is pressed.
      actions: (problem.fixes ?? []).map(({ title, index }) => ({
        name: title,
        apply: (view, start, end) => chooseFix(view, { ...placed, from: start, to: end }, index),
      })),
      problem: placed,
    };
  });
  return setDiagnostics(state, diagnostics);
}

class Marker extends GutterMarker {
  constructor(severity) {
    super();
    this.severity = severity;
  }

  eq(other) {
    return other.severity === this.severity;
  }

  toDOM() {
    return element("div", `cm-problem-marker cm-problem-${this.severity}`, SYMBOL[this.severity]);
  }
}
const MARKERS = { error: new Marker("error"), warning: new Marker("warning"), hint: new Marker("hint") };

const markers = StateField.define({
  create: () => RangeSet.empty,
  update(set, transaction) {
    let now = set.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setDiagnosticsEffect)) continue;
      const worst = new Map();
      for (const { from, severity } of effect.value) {
        const line = transaction.state.doc.lineAt(from).from;
        if ((WEIGHT[severity] ?? 0) > (WEIGHT[worst.get(line)] ?? 0)) worst.set(line, severity);
      }
      now = RangeSet.of([...worst].map(([line, severity]) => MARKERS[severity].range(line)), true);
    }
    return now;
  },
});

const markerGutter = gutter({
  class: "cm-problems",
  markers: (view) => view.state.field(markers),
  initialSpacer: () => MARKERS.error,
  domEventHandlers: {
    mousedown(view, line, event) {
      const found = all(view.state).filter(({ from }) => from >= line.from && from <= line.to);
      if (found.length === 0) return false;
      event.preventDefault();
      view.dispatch({ selection: { anchor: found[0].from } });
      return openBox(view);
    },
  },
});

/** All problems with the places where they are now. */
function all(state) {
  const found = new Map();
  forEachDiagnostic(state, (diagnostic, from, to) => {
    const known = found.get(diagnostic);
    found.set(diagnostic, { ...diagnostic.problem, from: known ? known.from : from, to });
  });
  return [...found.values()];
}

// The box with the problems at the cursor.
const box = (() => {
  const effect = StateEffect.define();
  const field = StateField.define({
    create: () => null,
    update: (tooltip, transaction) =>
      transaction.effects.reduce(
        (now, one) => (one.is(effect) ? one.value : now),
        transaction.docChanged || transaction.effects.some((one) => one.is(setDiagnosticsEffect)) ? null : tooltip,
      ),
    provide: (self) => showTooltip.from(self),
  });
  return { effect, field };
})();

function openBox(view) {
  const { state } = view;
  const offset = state.selection.main.head;
  const found = problemsAt(all(state), offset, state.doc.lineAt(offset));
  if (found.length === 0) {
    view.dispatch({ effects: EditorView.announce.of(state.phrase("No problems here")) });
    return true;
  }
  view.dispatch({
    effects: box.effect.of({ pos: Math.min(found[0].from, offset), above: false, create: () => boxContent(view, found) }),
  });
  return true;
}

function boxContent(view, problems) {
  const dom = element("div", "cm-fixes", "");
  dom.tabIndex = -1;
  dom.setAttribute("role", "dialog");
  dom.setAttribute("aria-label", view.state.phrase("Problems and fixes"));
  for (const problem of problems) {
    const part = element("div", `cm-diagnostic cm-diagnostic-${problem.severity}`, "");
    part.append(message(problem));
    for (const { title, index } of problem.fixes ?? []) {
      const button = element("button", "cm-fix", title);
      button.type = "button";
      button.addEventListener("click", () => chooseFix(view, problem, index));
      part.append(button);
    }
    dom.append(part);
  }
  const close = () => {
    if (view.state.field(box.field)) view.dispatch({ effects: box.effect.of(null) });
  };
  dom.addEventListener("keydown", (event) => {
    const buttons = [...dom.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      close();
      view.focus();
    } else if (step && buttons.length > 0) {
      const at = buttons.indexOf(dom.getRootNode().activeElement);
      buttons[(at + step + buttons.length) % buttons.length].focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  dom.addEventListener("focusout", (event) => {
    if (!dom.contains(event.relatedTarget)) setTimeout(close);
  });
  return { dom, mount: () => (dom.querySelector("button") ?? dom).focus() };
}

/** Moves to the next (1) or previous (-1) problem, unless the owner takes the step over. */
const step = (direction) => (view) => {
  if (view.state.facet(owner).step({ direction, offset: view.state.selection.main.head })) return true;
  (direction > 0 ? nextDiagnostic : previousDiagnostic)(view);
  const { from, to } = view.state.selection.main;
  const here = all(view.state).find((problem) => problem.from <= from && to <= problem.to);
  if (here) view.dispatch({ effects: EditorView.announce.of(here.message) });
  return true;
};

export const problems = [
  markers,
  markerGutter,
  box.field,
  keymap.of([
    { key: "F8", run: step(1), shift: step(-1), preventDefault: true },
    { key: "Mod-.", run: openBox, preventDefault: true },
    { key: "Ctrl-.", run: openBox, preventDefault: true },
  ]),
];
