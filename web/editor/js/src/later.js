// Parts of the editor that are fetched when they are first wanted: what searching needs, with its first key, and the list of completions,
// when somebody is about to type. Each is a file of its own that takes what it has in common with the editor from here.
import { indentUnit, syntaxTree } from "@codemirror/language";
import {
  Annotation,
  CharCategory,
  codePointAt,
  codePointSize,
  combineConfig,
  EditorSelection,
  EditorState,
  Facet,
  findClusterBreak,
  fromCodePoint,
  MapMode,
  Prec,
  RangeSet,
  RangeSetBuilder,
  RangeValue,
  StateEffect,
  StateField,
  Text,
  Transaction,
} from "@codemirror/state";
import {
  Decoration,
  Direction,
  EditorView,
  getDialog,
  getPanel,
  getTooltip,
  keymap,
  logException,
  runScopeHandlers,
  showDialog,
  showPanel,
  showTooltip,
  ViewPlugin,
  WidgetType,
} from "@codemirror/view";

/** All that these parts import, by module; named one by one, so that the rest of a module can be left out. */
export const SHARED = {
  "@codemirror/language": {
    indentUnit,
    syntaxTree,
  },
  "@codemirror/state": {
    Annotation,
    CharCategory,
    codePointAt,
    codePointSize,
    combineConfig,
    EditorSelection,
    EditorState,
    Facet,
    findClusterBreak,
    fromCodePoint,
    MapMode,
    Prec,
    RangeSet,
    RangeSetBuilder,
    RangeValue,
    StateEffect,
    StateField,
    Text,
    Transaction,
  },
  "@codemirror/view": {
    Decoration,
    Direction,
    EditorView,
    getDialog,
    getPanel,
    getTooltip,
    keymap,
    logException,
    runScopeHandlers,
    showDialog,
    showPanel,
    showTooltip,
    ViewPlugin,
    WidgetType,
  },
};

const loading = {};

/** The part with this name, by whose file web/assets.mjs calls it; asked for again if it could not be fetched. */
export const load = (name) =>
  (loading[name] ??= import(new URL(LATER[name], import.meta.url).href).then(
    ({ default: make }) => make((module) => SHARED[module]),
    (error) => {
      delete loading[name];
      throw error;
    },
  ));
