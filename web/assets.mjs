// Makes what Trunk takes as finished files: gen/editor.js and gen/later/, gen/boot.js, gen/app.css, gen/examples/, gen/codes/, gen/templates/ and gen/docs/.
// Trunk runs it before every build (hook in Trunk.toml); it does nothing when no source is newer.
//
// app.css is, in this order: web/style/{tokens,base,layout}.css and the other sheets there by name,
// then every .css beside a .rs in web/src (widgets first, then panels, then the rest, each by path).
// So a component brings its own sheet and no list has to be edited.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, "gen");

const filesUnder = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    : [];

/** The style sheets of the page, in the order in which they apply. */
function sheets() {
  const rank = (list, name) => (list.includes(name) ? list.indexOf(name) : list.length);
  const by = (key) => (a, b) => key(a) - key(b) || (a < b ? -1 : 1);
  const css = (folder) => filesUnder(join(root, folder)).filter((file) => file.endsWith(".css"));
  return [
    ...css("web/style").sort(by((file) => rank(["tokens.css", "base.css", "layout.css"], basename(file)))),
    ...css("web/src").sort(by((file) => rank(["widgets", "panels"], relative(join(root, "web/src"), file).split(/[\\/]/)[0]))),
  ];
}

/** True if `target` is missing, older than a source, or its list of sources changed. */
function stale(target, sources, note) {
  if (!existsSync(target) || !existsSync(note)) return true;
  if (readFileSync(note, "utf8") !== sources.join("\n")) return true;
  const made = statSync(target).mtimeMs;
  return sources.some((file) => statSync(file).mtimeMs >= made);
}

async function make(target, sources, build) {
  // Not beside it: folders of gen/ are copied whole.
  const note = join(out, "sources", basename(target));
  mkdirSync(dirname(note), { recursive: true });
  if (!stale(target, sources, note)) return;
  mkdirSync(out, { recursive: true });
  writeFileSync(target, await build());
  writeFileSync(note, sources.join("\n"));
  console.log(`${relative(root, target)}: ${(statSync(target).size / 1000).toFixed(0)} kB`);
}

const esbuild = () =>
  import("esbuild").catch(() => {
    console.error("The npm packages are missing. Run `cargo xtask setup` once; it installs them.");
    process.exit(1);
  });

const css = sheets();
await make(join(out, "app.css"), [...css, fileURLToPath(import.meta.url)], async () => {
  const { transform } = await esbuild();
  const parts = await Promise.all(
    css.map(async (file) => {
      const loaded = await transform(readFileSync(file, "utf8"), {
        loader: "css",
        minify: true,
        // Nesting and light-dark() are as they are in the sources: browsers have them since 2024.
        target: ["chrome123", "firefox120", "safari17.5"],
        sourcefile: relative(root, file),
      });
      for (const { text, location } of loaded.warnings) {
        console.warn(`${relative(root, file)}:${location?.line ?? 0}: ${text}`);
      }
      return loaded.code;
    }),
  );
  return parts.join("");
});

/** A module and what it imports in one file. */
const bundle = async (entry, options = {}) => {
  const { build } = await esbuild();
  const result = await build({
    ...options,
    entryPoints: [entry],
    bundle: true,
    format: options.format ?? "esm",
    target: ["es2022"],
    minify: true,
    legalComments: "none",
    write: false,
    logLevel: "warning",
  });
  return result.outputFiles[0].contents;
};

const boot = join(root, "web/boot");
await make(join(out, "boot.js"), ["boot.js", "unpack.js", "join.js"].map((file) => join(boot, file)).concat(join(root, "package-lock.json")), () => bundle(join(boot, "boot.js")));

const editor = join(root, "web/editor/js");
const editorSources = [
  ...filesUnder(join(editor, "src")).sort(),
  join(editor, "package.json"),
  join(root, "package-lock.json"),
];
await make(join(out, "editor.js"), [...editorSources, fileURLToPath(import.meta.url)], async () => {
  // What is fetched when it is wanted has its modules in common with the editor, and gets them from it (web/editor/js/src/later.js).
  rmSync(join(out, "later"), { recursive: true, force: true });
  mkdirSync(join(out, "later"), { recursive: true });
  const later = {};
  for (const name of ["completion", "search"]) {
    const made = await bundle(join(editor, `src/${name}.js`), {
      format: "cjs",
      external: ["@codemirror/language", "@codemirror/state", "@codemirror/view"],
      banner: { js: "export default (require) => { const module = {};" },
      footer: { js: "return module.exports; };" },
    });
    later[name] = `./later/${name}-${createHash("sha256").update(made).digest("hex").slice(0, 16)}.js`;
    writeFileSync(join(out, later[name]), made);
  }
  return bundle(join(editor, "src/element.js"), { define: { LATER: JSON.stringify(later) } });
});

// One file per example: [rules, events, texts, config], each a list of pairs, as web/src/examples.rs reads them.
const folders = readdirSync(join(root, "web/examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .sort((a, b) => (a.name < b.name ? -1 : 1));
mkdirSync(join(out, "examples"), { recursive: true });
/** The words of the menu, as [English, Japanese]: title and summary of each. */
const menu = [];
const menuSources = [];
for (const { name: folder } of folders) {
  const path = (file) => join(root, "web/examples", folder, file);
  if (!existsSync(path("example.yaml"))) continue;
  const sources = readdirSync(path("."))
    .sort()
    .map(path);
  const { parse } = await import("yaml");
  const example = parse(readFileSync(path("example.yaml"), "utf8"));
  for (const { en, ja } of [example.title, example.summary]) menu.push([en.trim(), ja.trim()]);
  menuSources.push(path("example.yaml"));
  await make(join(out, "examples", `${example.id}.json`), [...sources, fileURLToPath(import.meta.url)], () => {
    const file = (name) => [name, readFileSync(path(name), "utf8")];
    const texts = (example.texts ?? []).map(({ en, ja }) => [en.trim(), ja.trim()]);
    return JSON.stringify([example.files.map(file), [file(example.events)], texts, example.config ? [file(example.config)] : []]);
  });
}

// The pages of all kinds of problems in one file: {code: [English, Japanese, bad example, good example]}.
const pages = filesUnder(join(root, "engine/codes")).sort();
mkdirSync(join(out, "codes"), { recursive: true });
await make(join(out, "codes", "codes.json"), [...pages, fileURLToPath(import.meta.url)], () => {
  const page = (file) => {
    const [intro, ...sections] = readFileSync(file, "utf8").split(/^## /m);
    const section = (title) => {
      const found = sections.find((text) => text.startsWith(`${title}\n`));
      // What is a matter of size has no examples.
      if (found === undefined && title === "日本語") throw new Error(`${relative(root, file)}: no section ${title}`);
      return found?.slice(title.length).trim() ?? "";
    };
    const example = (title) => [...section(title).matchAll(/^```\w.*\n([^]*?)^```$/gm)].map((fence) => fence[1]).join("\n");
    return [intro.replace(/^# .*/, "").trim(), section("日本語"), example("Bad"), example("Good")];
  };
  return JSON.stringify(Object.fromEntries(pages.map((file) => [basename(file, ".md"), page(file)])));
});

// Events to start from: [[id, English, Japanese, [[field, value], …]], …], values as a form has them.
const templates = join(root, "web/templates/events.yaml");
mkdirSync(join(out, "templates"), { recursive: true });
await make(join(out, "templates", "events.json"), [templates, fileURLToPath(import.meta.url)], async () => {
  const { parse } = await import("yaml");
  const value = (it) => (Array.isArray(it) ? it.join(", ") : String(it));
  const fields = (event) => Object.entries(event).map(([name, it]) => [name, value(it)]);
  const list = parse(readFileSync(templates, "utf8"));
  return JSON.stringify(list.map(({ id, title, event }) => [id, title.en, title.ja, fields(event)]));
});

// What fields, operators, macros and the like are, in one file, as web/src/docs.rs reads it:
// [[kind, [[name, English, Japanese, search words, example, event source], …]], …].
const kinds = ["field", "operator", "modifier", "logic", "transformer", "macro", "list", "key", "priority"];
const docs = kinds.map((kind) => [kind, filesUnder(join(root, "engine/docs", kind)).sort()]);
mkdirSync(join(out, "docs"), { recursive: true });
await make(join(out, "docs", "docs.json"), [...docs.flatMap(([, files]) => files), fileURLToPath(import.meta.url)], () => {
  const read = (file) => {
    // A block without name holds for those below it (engine/tests/docs.rs reads the same).
    let section = {};
    return readFileSync(file, "utf8").split("\n\n").flatMap((block) => {
      const lines = block.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
      if (lines.length === 0) return [];
      const name = lines[0].includes(": ") ? undefined : lines.shift();
      const { en, ja, intent, example, source } = Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)]),
      );
      if (name === undefined) {
        section = { intent, source };
        return [];
      }
      if (!en || !ja) throw new Error(`${relative(root, file)}: ${name} lacks a language`);
      const words = [intent, section.intent].filter(Boolean).join(", ");
      return [[name, en, ja, words, example ?? "", source ?? section.source ?? ""]];
    });
  };
  return JSON.stringify(docs.map(([kind, files]) => [kind, files.flatMap(read)]));
});

// The words of every sentence, one file per language: a line that tells whose words they are, and a line for each sentence, the
// engine's first, as they are numbered (engine/src/catalog/messages/mod.rs, web/src/i18n), those of the examples last. The program holds none of them.
const engine = join(root, "engine/src/catalog/messages");
const tables = readdirSync(engine).filter((file) => file !== "mod.rs").sort().map((file) => join(engine, file));
tables.push(join(root, "web/src/i18n/text.rs"));
const LITERAL = String.raw`"(?:[^"\\]|\\.)*"`;
const ROW = new RegExp(String.raw`\w+(?:\([^)]*\))?:\s*(${LITERAL}),\s*(${LITERAL});\s*|`, "y");
const rowsOf = (file) => {
  const text = readFileSync(file, "utf8").replace(/^\s*(\/\/|#\[).*$/gm, "");
  const start = /^(messages! \{ in \w+;|texts! \{)\s*/m.exec(text);
  ROW.lastIndex = start.index + start[0].length;
  const rows = [];
  for (;;) {
    const [, ...words] = ROW.exec(text);
    if (words[0] === undefined) break;
    // Rust and JSON write the same but for `\u`, which JSON would not read.
    rows.push(words.map((literal) => JSON.parse(literal)));
  }
  if (text.slice(ROW.lastIndex).trim() !== "}") throw new Error(`${relative(root, file)}: row ${rows.length + 1} is not understood`);
  return rows;
};
mkdirSync(join(out, "texts"), { recursive: true });
for (const [at, lang] of ["en", "ja"].entries()) {
  await make(join(out, "texts", `${lang}.txt`), [...tables, ...menuSources, fileURLToPath(import.meta.url)], () => {
    const rows = [...tables.flatMap(rowsOf), ...menu];
    const lengths = rows.flatMap((words) => words.map((it) => Buffer.byteLength(it)));
    const fingerprint = lengths.reduce((hash, length) => Math.imul(hash ^ length, 16777619) >>> 0, 2166136261);
    if (rows.some((words) => words.some((it) => it.includes("\n")))) throw new Error("a sentence goes over its line");
    return [fingerprint, ...rows.map((words) => words[at]), ""].join("\n");
  });
}
