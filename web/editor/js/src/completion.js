// What the list of completions needs beyond what is asked for it (assist.js): fetched when somebody is about to type.
export { autocompletion, closeCompletion, completionStatus, selectedCompletion, snippet, startCompletion } from "@codemirror/autocomplete";
