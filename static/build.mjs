// Builds static/build/: style sheets, font subsets and one icon sprite. `--watch` builds again when a source changes.
import { cpSync, mkdirSync, readFileSync, readdirSync, watch, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";
import subsetFont from "subset-font";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "..", "node_modules");
const built = join(here, "build");
const { BOOTSTRAP_ICONS, FONTS } = createRequire(import.meta.url)("./build.json");

const inPackage = (path) => readFileSync(join(packages, path));

/** Every style sheet of static/scss whose name has no underscore. */
function buildStyles() {
  const sources = readdirSync(join(here, "scss")).filter((name) => name.endsWith(".scss") && !name.startsWith("_"));
  for (const source of sources) {
    const { css } = sass.compile(join(here, "scss", source), {
      style: "compressed",
      loadPaths: [packages],
      quietDeps: true,
      silenceDeprecations: ["import"], // Bootstrap 5 is written for @import
    });
    writeFileSync(join(built, `${basename(source, ".scss")}.css`), css);
  }
}

/** Characters of a CSS unicode-range. */
function charactersOf(range) {
  return range.split(",").flatMap((part) => {
    const [first, last = first] = part.trim().slice(2).split("-").map((code) => parseInt(code, 16));
    return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
  }).join("");
}

/** Subsets of the variable fonts, cut to the weights in use, or to the one of a printed font; the licence of each goes with it. */
async function buildFonts() {
  mkdirSync(join(built, "fonts"), { recursive: true });
  for (const { name, source, characters, weights, weight } of FONTS) {
    const target = join(built, "fonts", name);
    const variationAxes = weight ? { wght: weight } : weights && { wght: { min: weights[0], max: weights[1] } };
    const font = characters
      ? await subsetFont(inPackage(source), charactersOf(characters), { targetFormat: "woff2", variationAxes })
      : inPackage(source);
    writeFileSync(target, font);
    cpSync(join(packages, dirname(dirname(source)), "LICENSE"), `${target}.LICENSE`);
  }
}

/** One symbol of the sprite: the drawing without its own frame. */
function symbol(id, drawing) {
  const [, box] = drawing.match(/viewBox="([^"]+)"/);
  const inner = drawing.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
  return `<symbol id="${id}" viewBox="${box}">${inner}</symbol>`;
}

/** Our own shapes and the few Bootstrap icons that the pages use. */
function buildSprite() {
  const own = readdirSync(join(here, "icons")).filter((name) => name.endsWith(".svg"));
  const symbols = [
    ...own.map((name) => symbol(basename(name, ".svg"), readFileSync(join(here, "icons", name), "utf8"))),
    ...Object.entries(BOOTSTRAP_ICONS).map(([id, icon]) => symbol(`i-${id}`, inPackage(`bootstrap-icons/icons/${icon}.svg`).toString())),
  ];
  writeFileSync(join(built, "sprite.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

/** The mark in the browser's tab, in the colours of the first token block. */
function buildFavicon() {
  const tokens = readFileSync(join(here, "scss", "_tokens.scss"), "utf8");
  const colour = (_, name) => tokens.match(new RegExp(`\\b${name}: (#[0-9A-F]{6})`))[1];
  writeFileSync(join(built, "favicon.svg"), readFileSync(join(here, "img", "favicon.template.svg"), "utf8").replace(/\{([a-z-]+)\}/g, colour));
}

mkdirSync(built, { recursive: true });
await buildFonts();
buildFavicon();
buildSprite();
buildStyles();

if (process.argv.includes("--watch")) {
  let waiting;
  const again = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      try {
        buildSprite();
        buildStyles();
        console.log("built");
      } catch (problem) {
        console.error(problem.message);
      }
    }, 100);
  };
  for (const folder of ["scss", "icons"]) watch(join(here, folder), { recursive: true }, again);
}
