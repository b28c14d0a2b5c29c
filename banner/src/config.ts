/**
 * The configuration that the edge appends to the built banner, and the shapes that others read.
 *
 * Response of `GET /e/{site}/banner.js?l=xx`: dist/banner.js, a newline, "(", this object as JSON in
 * one line, ")". The banner reads the last line of the same address again for another language, so
 * that answer needs `Access-Control-Allow-Origin: *`; so do `GET /e/{site}/tcf.js`, `gpp.js` and
 * `group.js` (dist/ files of these names, imported only where `g` or `x` asks for them) and for
 * `standing.js`, imported when a visit begins on which something is given.
 *
 * Keys of choices: a purpose's slug, or `slug:vendor` for one vendor of a purpose that is not given
 * as a whole. `vendor` is the vendor's name in lower case with every run of other characters than
 * a-z and 0-9 as one "-" (none at either end). A vendor's key stands only where it is true and
 * its purpose is false: whoever does not know such keys sees a refusal.
 *
 * Cookie `adhere_consent`:
 *   1!<unix seconds>!<notice, 12 hex>!<key>.<0|1>.<purpose hash>…!s.<subject>
 * such as `1!1790000000!0123456789ab!necessary.1.aaaaaa!embeds.0.bbbbbb!embeds:youtube.1.bbbbbb!s.…`
 *
 * `POST {o}/e/{s}/consents`: `{"notice","language","method","purposes":{key: boolean},"subject","key"}`
 * as text/plain (a fetch and a beacon alike: no preflight), without credentials; `key` (32 hex, drawn
 * once for each answer) makes a retry the same answer. What is refused holds at once; what is given
 * holds when the edge has answered 201. An answer 4xx other than 408 and 429 is never tried again.
 */
export interface Config {
  /** site */
  s: string;
  /** SHA-256 of the notice */
  n: string;
  /** number of the notice */
  v: number;
  /** language of the texts in here */
  l: string;
  /** other languages of the site */
  ls: string[];
  /** origin of the edge, such as "https://adhere.example.com", without a slash at its end */
  o: string;
  /** cookie domain such as ".example.com"; "" is the host alone */
  d: string;
  /** months until asked again */
  m: number;
  /** flags: 1 GPC, 2 Google Consent Mode, 4 TCF, 8 GPP */
  g: number;
  /** 1 where the language runs from right to left */
  r?: 0 | 1;
  /** entry: 0 corner, 1 link (`<a href="#adhere">` in the page; the corner where there is none) */
  e?: 0 | 1;
  /** place of the first layer: 0 bottom, 1 centre */
  b?: 0 | 1;
  /** theme: declarations such as "--adhere-accent:#063;--adhere-radius:0" */
  c?: string;
  /** other origins of the site's group, that an answer is handed to */
  x?: string[];
  /** 1: only show (the console's preview and replay); nothing is stored, sent or cleared */
  z?: 0 | 1;
  /** purposes in order: slug, title, text, necessary, first 6 hex of its hash, Google's signals */
  p: [string, string, string, 0 | 1, string, string[]?][];
  /** trackers: index of the purpose, name, vendor, retention, kind, domain */
  t: [number, string, string, string, string, string][];
  /** texts in the order of the keys of `words` in words/en.json */
  w: string[];
  /** addresses; one left out is not shown */
  u: { policy?: string; privacy?: string; rights?: string; contact?: string };
}

/** What stands in localStorage `adhere_queue` until the edge has answered. */
export interface Answer {
  notice: string;
  language: string;
  method: "accept" | "reject" | "save" | "withdraw" | "gpc";
  purposes: Record<string, boolean>;
  subject: string;
  key: string;
}
