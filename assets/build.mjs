// Builds peelian/web/static/peelian from scss/ and the pinned Design System. See README.md.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "node_modules", "govuk-frontend");
const target = join(here, "..", "peelian", "web", "static", "peelian");
mkdirSync(target, { recursive: true });

const version = JSON.parse(readFileSync(join(source, "package.json"), "utf8")).version;
const compiled = sass.compile(join(here, "scss", "peelian.scss"), { style: "compressed", quietDeps: true });

// The vendored footer draws the royal crest. Peelian has a footer of its own and may not carry the crest.
const css = compiled.css
  .replace(/[^{}]*\{[^{}]*url\([^)]*govuk-crest\.svg[^)]*\)[^{}]*\}/g, "")
  .replace(/^\uFEFF/, "");
for (const banned of ["govuk-crest", "GDS Transport", "@font-face", "url("]) {
  if (css.includes(banned)) throw new Error(`the stylesheet still contains ${banned}`);
}
const notice = `/*! Contains GOV.UK Frontend ${version}, MIT, see LICENCE-govuk-frontend.txt */\n`;
writeFileSync(join(target, "peelian.css"), notice + css.replace("@charset \"UTF-8\";", "") + "\n");

const script = readFileSync(join(source, "dist", "govuk", "govuk-frontend.min.js"), "utf8");
writeFileSync(join(target, "govuk-frontend.min.js"), script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
copyFileSync(join(here, "LICENCE-govuk-frontend.txt"), join(target, "LICENCE-govuk-frontend.txt"));
console.log(`built with the Design System ${version}: ${css.length} characters of CSS`);
