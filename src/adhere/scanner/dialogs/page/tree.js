// Elements through shadow roots: where they are, what they say, whether a visitor sees them.
const shadowOf = (element) => element.shadowRoot || window[Symbol.for("adhere.shadows")]?.get(element);

const trees = (root = document) => {
  const found = [root];
  for (const each of root.querySelectorAll("*")) {
    const shadow = shadowOf(each);
    if (shadow) found.push(...trees(shadow));
  }
  return found;
};

const all = (selector, within) => {
  const own = within.nodeType === 1 && shadowOf(within);
  return [...(own ? trees(own) : []), ...trees(within)].flatMap((root) => [
    ...root.querySelectorAll(selector),
  ]);
};

const parentOf = (element) => element.assignedSlot || element.parentElement || element.getRootNode().host;

const lineage = (element) => {
  const found = [];
  for (let each = element; each; each = parentOf(each)) found.push(each);
  return found;
};

const holds = (outer, inner) => lineage(inner).includes(outer);

const said = (element) => {
  const parts = [element.innerText ?? element.textContent ?? ""];
  for (const root of all("*", element).map(shadowOf).concat(shadowOf(element)))
    if (root) for (const child of root.children) parts.push(child.innerText ?? "");
  return parts.join("\n").slice(0, 20000);
};

const scrolls = (element) =>
  lineage(parentOf(element) ?? document.body).find(
    (each) =>
      each !== document.documentElement &&
      /auto|scroll/.test(getComputedStyle(each).overflowY) &&
      each.scrollHeight > each.clientHeight,
  );

const within = (box) =>
  box.bottom > 1 && box.right > 1 && box.top < innerHeight - 1 && box.left < innerWidth - 1;

// Really visible: drawn, of some size, opaque enough, and in the window or where scrolling brings it.
const seen = (element, smallest = 4) => {
  const box = element.getBoundingClientRect();
  if (box.width < smallest || box.height < smallest) return false;
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }))
    return false;
  let opacity = 1;
  for (const each of lineage(element)) opacity *= Number(getComputedStyle(each).opacity);
  if (opacity < 0.1) return false;
  if (within(box)) return true;
  const scroller = scrolls(element);
  return scroller
    ? within(scroller.getBoundingClientRect())
    : !lineage(element).some((each) => getComputedStyle(each).position === "fixed") &&
        box.right + scrollX > 1 && box.bottom + scrollY > 1 && box.left < innerWidth - 1;
};

const on = (x, y) => {
  let hit = document.elementFromPoint(x, y);
  for (let inner = hit && shadowOf(hit); inner; inner = hit && shadowOf(hit)) {
    const next = inner.elementFromPoint(x, y);
    if (!next || next === hit) break;
    hit = next;
  }
  return hit;
};

const middle = (element) => {
  const box = element.getBoundingClientRect();
  return [
    Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2),
    Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 2),
  ];
};

// Whether a press at its middle would reach it, or the label that stands for it.
const reachable = (element) => {
  const hit = on(...middle(element));
  return !!hit && (holds(element, hit) || (holds(hit, element) && hit.tagName === "LABEL"));
};

const path = (element) => {
  const parts = [];
  for (let each = element; each && each !== document.documentElement && parts.length < 6; each = parentOf(each)) {
    if (each.id) return [`#${CSS.escape(each.id)}`, ...parts].join(" > ");
    const same = [...(each.parentNode?.children ?? [])].filter((one) => one.tagName === each.tagName);
    const place = same.length > 1 ? `:nth-of-type(${same.indexOf(each) + 1})` : "";
    parts.unshift(each.tagName.toLowerCase() + place);
  }
  return parts.join(" > ");
};
