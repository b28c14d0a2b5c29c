/** Marked elements: they load when their purpose or vendor is given; an embed explains and asks in its place. */
import { allowed } from "./choices";
import { attempt, c } from "./env";

type Rules = Record<string, (text: string) => string>;
const same = (text: string): string => text;
const plain: Rules = { createScript: same, createScriptURL: same };
let rules: Rules | undefined;
const places = new Map<HTMLElement, HTMLElement>();
/** A marked script has run on this page: only a new page ends it. */
export let ran = 0;

/** Only what the page's author marked, and only with consent, goes through this. */
const trusted = (): Rules =>
  (rules = rules || attempt(() => window.trustedTypes!.createPolicy("adhere", plain)) || plain);

const start = (mark: HTMLElement): void => {
  mark.dataset.adhereOn = "";
  ran = 1;
  const src = mark.dataset.src;
  if (mark instanceof HTMLScriptElement) {
    const script = document.createElement("script");
    for (const { name, value } of mark.attributes)
      if (!/^(type|src|nonce|on.*)$/.test(name)) script.setAttribute(name, value);
    script.type = mark.dataset.type || "";
    script.nonce = mark.nonce;
    script.async = mark.hasAttribute("async");
    if (src) script.src = trusted().createScriptURL!(src);
    else script.text = trusted().createScript!(mark.text);
    mark.replaceWith(script);
  } else {
    places.get(mark)?.remove();
    if (places.delete(mark)) mark.hidden = false;
    for (const name of ["srcset", "href", "src"])
      if (mark.dataset[name]) mark.setAttribute(name, mark.dataset[name]!);
  }
};

/** Loads what may load; `ask` draws the placeholder of an embed. */
export const run = (ask: (slug: string, vendor: string | undefined) => HTMLElement, again?: boolean): void => {
  if (c.z) return;
  document.querySelectorAll<HTMLElement>("[data-adhere]:not([data-adhere-on])").forEach((mark) => {
    const { adhere, adhereVendor } = mark.dataset;
    if (allowed(adhere!, adhereVendor)) return attempt(() => start(mark));
    if (mark.tagName != "IFRAME") return;
    const old = places.get(mark);
    const height = old ? 50 : mark.offsetHeight;
    if (old ? !again : height < 50) return;
    const place = ask(adhere!, adhereVendor);
    if (old) {
      place.style.cssText = old.style.cssText;
      old.replaceWith(place);
    } else {
      const now = getComputedStyle(mark);
      place.style.cssText =
        ["position", "inset", "margin", "float", "grid-area", "vertical-align", "display"]
          .map((name) => name + ":" + now[name as "inset"])
          .join(";")
          .replace(/inline$/, "inline-block") +
        `;overflow:hidden;max-width:100%;width:${mark.offsetWidth}px;height:${height}px`;
      mark.before(place);
    }
    mark.hidden = true;
    places.set(mark, place);
  });
};
