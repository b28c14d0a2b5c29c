// How the dialog looks: colours, cover, price, and what keeps people from using it.
const rgba = (text) => (text.match(/[\d.]+/g) ?? ["0", "0", "0", "0"]).map(Number);
const hex = (parts) => "#" + parts.slice(0, 3).map((part) => Math.round(part).toString(16).padStart(2, "0")).join("");

const behind = (element) => {
  for (const each of lineage(element)) {
    const parts = rgba(getComputedStyle(each).backgroundColor);
    if ((parts[3] ?? 1) > 0.5) return parts;
  }
  return [255, 255, 255];
};

const light = (parts) => {
  const [r, g, b] = parts.map((part) => ((part / 255) <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

const drawn = ({ element, label, role }) => {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    label, role: role === "ok" ? "other" : role, selector: path(element), width: box.width, height: box.height,
    colour: hex(rgba(style.color)), background: hex(behind(element)),
    font_size: parseFloat(style.fontSize), font_weight: Number(style.fontWeight) || 400,
    visible: reachable(element) || !!scrolls(element),
  };
};

// Share of the window that the dialog and what it lays over the page take.
const cover = (element) => {
  const known = new Map();
  const over = (hit) =>
    lineage(hit).some((each) => {
      if (each === element) return true;
      if (getComputedStyle(each).position !== "fixed") return false;
      const box = each.getBoundingClientRect();
      return box.width * box.height > 0.8 * innerWidth * innerHeight;
    });
  let taken = 0;
  for (let i = 0; i < 400; i++) {
    const hit = on(((i % 20) + 0.5) * innerWidth / 20, (Math.floor(i / 20) + 0.5) * innerHeight / 20);
    if (hit && !known.has(hit)) known.set(hit, over(hit));
    taken += !!known.get(hit);
  }
  return taken / 400;
};

const locked = () => {
  const taller = document.documentElement.scrollHeight > innerHeight + 20 || document.body.scrollHeight > innerHeight + 20;
  return taller && [document.documentElement, document.body].some((each) => /hidden|clip/.test(getComputedStyle(each).overflowY));
};

const MONEY = /(?:[€£$]|\b(?:EUR|USD|GBP|CHF|SEK|DKK|PLN|CZK)\b)\s?\d+(?:[.,]\d\d?)?|\d+(?:[.,]\d\d?)?\s?(?:[€£$]|(?:EUR|USD|GBP|CHF|euros?|zł|kč|kr|lei|лв|Ft)(?!\p{L}))/iu;
const priced = (text) => text.split(/\n|(?<=[.!?])\s/).find((line) => MONEY.test(line))?.trim().slice(0, 300) ?? "";

const faults = (element, found, asks) => {
  const out = [];
  const say = (rule, why, at) => out.push({ rule, why, target: path(at) });
  if (!asks) say("aria-dialog", "the dialog is not marked as one for screen readers", element);
  else if (!named(asks)) say("aria-dialog-name", "the dialog has no name", asks);
  for (const { element: each, label } of found) {
    if (!label) say("button-name", "a button has no name", each);
    if (!native(each)) say("role", `“${label}” can be pressed but is not marked as a button`, each);
    const focusable = each.tabIndex >= 0 && (each.tagName !== "A" || each.hasAttribute("href") || each.hasAttribute("tabindex"));
    if (!focusable && !each.disabled) say("keyboard", `“${label}” cannot be reached by keyboard`, each);
    const style = getComputedStyle(each);
    const large = parseFloat(style.fontSize) >= (Number(style.fontWeight) >= 700 ? 18.66 : 24);
    const ratio = contrast(rgba(style.color).slice(0, 3), behind(each).slice(0, 3));
    if (ratio < (large ? 3 : 4.5)) say("color-contrast", `“${label}” has a contrast of ${ratio.toFixed(1)}`, each);
    const box = each.getBoundingClientRect();
    if (Math.min(box.width, box.height) < 24 && style.display !== "inline") say("target-size", `“${label}” is smaller than 24 pixels`, each);
  }
  return out;
};

const language = (element) => lineage(element).map((each) => each.lang).find(Boolean) || document.documentElement.lang || "";

const product = () => {
  for (const each of given.products ?? []) {
    if (each.object && each.object.split(".").reduce((from, key) => from?.[key], window)) return each.name;
    if (each.selector && trees().some((root) => root.querySelector(each.selector))) return each.name;
  }
  return "";
};
