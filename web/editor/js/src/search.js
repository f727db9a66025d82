// What searching needs beyond its keys: fetched with the first of them (later.js), as most visits never search.
export {
  closeSearchPanel,
  findNext,
  findPrevious,
  gotoLine,
  openSearchPanel,
  search,
  selectNextOccurrence,
  selectSelectionMatches,
} from "@codemirror/search";
