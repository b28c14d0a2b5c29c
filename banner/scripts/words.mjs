// The order of the banner's texts, from words/en.json, as src/words.ts.
import { readFileSync } from "node:fs";

export const english = () => JSON.parse(readFileSync(new URL("../words/en.json", import.meta.url), "utf8"));

export const source = () =>
  `/** Made by scripts/build.mjs from words/en.json. */\nexport const enum W {\n${Object.keys(english().words)
    .map((key) => `  ${key},\n`)
    .join("")}}\n`;
