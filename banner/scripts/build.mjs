// Builds dist/: banner.js as one function that the edge calls with a configuration, and the parts
// that are loaded only when they are switched on. `--to FOLDER` builds there instead.
import { build, transform } from "esbuild";
import { minify } from "terser";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { source } from "./words.mjs";

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const styles = {
  name: "styles",
  setup(setup) {
    setup.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true, target: "safari16" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};
const shared = { bundle: true, minify: true, target: "es2021", charset: "utf8", legalComments: "none", write: false, absWorkingDir: home };

/** An arrow function that takes the configuration, as few bytes as the two minifiers together find. */
const wrapped = async (text) => {
  const unsafe = { unsafe: true, unsafe_arrows: true, unsafe_comps: true, unsafe_methods: true, pure_getters: true };
  const { code } = await minify(`(C=>{${text}})`, {
    ecma: 2021,
    module: true,
    compress: { ...unsafe, passes: 2, expression: true, keep_fargs: false },
  });
  return `(${code.replace(/;$/, "")})`;
};

export const outputs = async () => {
  writeFileSync(join(home, "src/words.ts"), source());
  const banner = await build({ ...shared, minify: false, entryPoints: ["src/main.ts"], format: "esm", define: { CONFIG: "C" }, plugins: [styles] });
  const found = { "banner.js": await wrapped(banner.outputFiles[0].text) };
  for (const name of ["tcf", "gpp", "group", "standing"]) {
    const part = await build({ ...shared, entryPoints: [`src/${name}.ts`], format: "esm", define: { global: "window" } });
    found[`${name}.js`] = part.outputFiles[0].text;
  }
  return found;
};

export const write = async (folder) => {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(await outputs())) writeFileSync(join(folder, name), text);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await write(join(home, "dist"));
