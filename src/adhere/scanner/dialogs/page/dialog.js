// Finds the consent dialog of this frame: what stands in front, speaks of cookies and asks.
const MARKS = ["cookie", "consent", "gdpr", "rgpd", "cmp-", "cmp_", "privacy", "tracking"];
const MARKED = MARKS.flatMap((mark) => [`[id*="${mark}" i]`, `[class*="${mark}" i]`]).join(",");
const ASKING = "dialog[open],[role=dialog],[role=alertdialog],[aria-modal=true]";
const ANSWERS = ["accept", "refuse", "save", "ok"];

const stands = (element) => /fixed|absolute|sticky/.test(getComputedStyle(element).position);

const candidates = () => {
  const found = new Set();
  for (const root of trees()) for (const each of root.querySelectorAll(`${ASKING},${MARKED}`)) found.add(each);
  for (let i = 0; i < 63; i++) {
    const hit = on(((i % 7) + 0.5) * innerWidth / 7, (Math.floor(i / 7) + 0.5) * innerHeight / 9);
    for (const each of hit ? lineage(hit) : []) if (stands(each)) found.add(each);
  }
  if (given.framed && document.body) found.add(document.body);
  return [...found].filter((each) => each.tagName !== "HTML" && (each !== document.body || given.framed));
};

const scored = (element) => {
  if (!seen(element) && ![...element.children, ...(shadowOf(element)?.children ?? [])].some((each) => seen(each))) return;
  const text = said(element);
  const known = given.products.some((each) => each.selector && element.closest(each.selector));
  if (text.trim().length < 12) return;
  const called = `${named(element)} ${element.id} ${element.className}`;
  const purposes = mentions(text, "necessary") && single(element).length > 0;
  if (!(known || purposes || mentions(text, "consent") || mentions(called, "consent"))) return;
  const found = buttons(element);
  const roles = new Set(found.map((each) => each.role));
  const layer = roles.has("close") && switches(element).length > 0;
  if (!layer && !ANSWERS.some((role) => roles.has(role))) return;
  const usual = found.filter((each) => /accept|refuse|settings|save|ok|close/.test(each.role));
  const front = usual.slice(0, 6).filter((each) => reachable(each.element)).length;
  const asks = element.matches(ASKING) || lineage(element).some((each) => each.matches(ASKING));
  const placed = lineage(element).some((each) => stands(each) && each !== document.body);
  const marked = known || element.matches(MARKED);
  if (!(asks || placed || marked || given.framed)) return;
  const score =
    10 * [...roles].filter((role) => role !== "other" && role !== "link").length +
    15 * asks + 10 * placed + 5 * marked + (front ? 20 : 0) + 10 * layer -
    Math.min(text.length / 400, 25) - (element === document.body ? 10 : 0);
  return { element, text, found, score, depth: lineage(element).length };
};

const dialog = () =>
  candidates()
    .map(scored)
    .filter((each) => each && each.score > 10)
    .sort((a, b) => b.score - a.score || b.depth - a.depth)[0];
