// What one visitor loads, in bytes of brotli at its best: code, configuration, styles, one language.
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { sample, served } from "./sample.mjs";
export const LIMIT = 7000;
export const size = (text) => brotliCompressSync(Buffer.from(text)).length;
export const measured = (language) => size(served(readFileSync(new URL("../dist/banner.js", import.meta.url), "utf8"), sample(language)));
if (process.argv[2]) console.log(measured(process.argv[2]));
