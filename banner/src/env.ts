/** What the browser lends: every touch may throw where storage is blocked, and then nothing is stored. */
import type { Config } from "./config";

export let c: Config = CONFIG;
export const use = (next: Config): void => {
  c = next;
};

export const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

/** 32 random hex digits. */
export const random = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => (byte + 256).toString(16).slice(1))
    .join("");

export const cookies = (): string[] => attempt(() => document.cookie.split("; ")) || [];

/** Sets a cookie of the website; one whose domain is not this page's would be lost, so it is left out. */
export const setCookie = (name: string, value: string, seconds: number): void => {
  attempt(() => {
    document.cookie =
      `${name}=${value};path=/;samesite=lax;max-age=${seconds}` +
      (c.d && ("." + location.hostname).endsWith(c.d) ? ";domain=" + c.d : "") +
      (location.protocol == "https:" ? ";secure" : "");
  });
};

export const item = (name: string, text?: string): string | null | undefined =>
  attempt(() => {
    if (text) localStorage.setItem(name, text);
    else if (text == "") localStorage.removeItem(name);
    return localStorage.getItem(name);
  });

/** The first tag that the ranges ask for: RFC 4647, section 3.4. */
export const lookup = (ranges: readonly string[], tags: readonly string[]): string | undefined => {
  for (let range of ranges)
    for (range = range.toLowerCase(); range; range = range.replace(/(-\w)?-[^-]*$|^[^-]*$/, "")) {
      const found = tags.find((tag) => tag.toLowerCase() == range);
      if (found) return found;
    }
  return undefined;
};
