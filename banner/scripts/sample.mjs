// A realistic configuration: five purposes, twelve trackers, three languages (scripts/sample.json).
import { readFileSync } from "node:fs";
import { said as saidIn } from "./words.mjs";

const json = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

export const sample = (language) => {
  const said = saidIn(`${language}.json`);
  const { hashes, signals, s, n, v, ...rest } = json("sample.json");
  return {
    s,
    n,
    v,
    l: language,
    ls: ["en", "nl", "fr"].filter((tag) => tag !== language),
    p: Object.entries(said.purposes).map(([slug, { title, text }]) => {
      const first = [slug, title, text, slug === "necessary" ? 1 : 0, hashes[slug]];
      return signals[slug].length ? [...first, signals[slug]] : first;
    }),
    w: Object.values(said.words),
    ...rest,
  };
};

/** What the edge answers: the built function, and its configuration in the last line. */
export const served = (code, configuration) => `${code}\n(${JSON.stringify(configuration)})`;
