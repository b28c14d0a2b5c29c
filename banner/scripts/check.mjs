// What must hold: dist/ is what the sources build, its digest is recorded, every language says
// everything, and a first visit stays within its bytes.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { outputs } from "./build.mjs";
import { english, files, said as saidIn } from "./words.mjs";
import { LIMIT, measured } from "./size.mjs";

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const faults = [];

for (const [name, text] of Object.entries(await outputs()))
  if (readFileSync(join(home, "dist", name), "utf8") !== text)
    faults.push(`dist/${name} is not what src/ builds: run make -C banner build`);

const first = english();
const shape = (said) => JSON.stringify([Object.keys(said.words), Object.keys(said.purposes)]);
const sizes = {};
for (const file of files()) {
  const said = saidIn(file);
  if (shape(said) !== shape(first)) faults.push(`words/${file} has other keys than words/en.json, or another order`);
  for (const key of Object.keys(first.words)) {
    const places = (text) => (String(text).match(/\{\w+\}/g) ?? []).sort().filter((one, at, all) => all[at - 1] !== one);
    if (!said.words[key]?.trim()) faults.push(`words/${file}: ${key} is empty`);
    else if (String(places(said.words[key])) !== String(places(first.words[key])))
      faults.push(`words/${file}: ${key} must name ${places(first.words[key])}`);
  }
  sizes[file.slice(0, -5)] = measured(file.slice(0, -5));
}
for (const [language, bytes] of Object.entries(sizes))
  if (bytes > LIMIT) faults.push(`a first visit in ${language} loads ${bytes} bytes of brotli, at most ${LIMIT}`);

for (const fault of faults) console.error(fault);
const most = Object.entries(sizes).sort((a, b) => b[1] - a[1])[0];
console.log(`banner: ${sizes.en} bytes in English, ${most[1]} in the longest of ${Object.keys(sizes).length} languages (${most[0]}), limit ${LIMIT}`);
process.exit(faults.length ? 1 : 0);
