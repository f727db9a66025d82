// Runs before the first paint, so a page whose user chose a theme or language does not flash in another.
// web/src keeps the same keys; a value that it does not know leaves the system's choice.
try {
  const root = document.documentElement;
  const theme = localStorage.getItem("mews.theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  const lang = localStorage.getItem("mews.lang") ?? navigator.language;
  root.lang = lang.startsWith("ja") ? "ja" : "en";
} catch {
  // Storage may be refused; the defaults are fine.
}
