// The banner's texts, which the server sends and so keeps; their order, from en.json, as src/words.ts.
import { readFileSync, readdirSync } from "node:fs";

const folder = new URL("../../src/adhere/areas/cookies/words/", import.meta.url);

export const files = () => readdirSync(folder);
export const said = (file) => JSON.parse(readFileSync(new URL(file, folder), "utf8"));
export const english = () => said("en.json");

export const source = () =>
  `/** Made by scripts/build.mjs from en.json of the words. */\nexport const enum W {\n${Object.keys(english().words)
    .map((key) => `  ${key},\n`)
    .join("")}}\n`;
