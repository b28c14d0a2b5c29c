/** The second layer's purposes, vendors and trackers, with their boxes. */
import { type Choices, allowed, answeredAt, held, key } from "./choices";
import { h } from "./dom";
import { c } from "./env";
import { W } from "./words";

type Tracker = (typeof c.t)[number];

const table = (trackers: Tracker[]) =>
  h(
    "table",
    0,
    h("tr", 0, ...[W.name, W.kept].map((word) => h("th", { scope: "col" }, c.w[word]))),
    ...trackers.map(([, name, , kept, , domain]) =>
      h("tr", 0, h("td", 0, name, domain && h("div", { className: "m" }, domain)), h("td", 0, kept)),
    ),
  );

/** Purposes as sections; `draft` holds every key's box while the dialog is open. */
export const sections = (draft: Choices): HTMLElement[] =>
  c.p.map(([slug, title, text, necessary], index) => {
    const vendors = new Map<string, Tracker[]>();
    const boxes: HTMLInputElement[] = [];
    const box = (name: string, label: string, change: (on: boolean) => void) => {
      const input = h("input", { type: "checkbox", checked: draft[name], name });
      input.onchange = () => change(input.checked);
      return [input, h("label", 0, input, h(name == slug ? "b" : "span", 0, label))] as const;
    };
    const settle = () => {
      for (const one of boxes) draft[one.name] = one.checked;
      const on = boxes.filter((one) => one.checked).length;
      if (boxes[0]) main.checked = on == boxes.length;
      main.indeterminate = !main.checked && on > 0;
      draft[slug] = main.checked;
    };
    const [main, head] = box(slug, title, (on) => {
      for (const one of boxes) one.checked = on;
      draft[slug] = on;
      settle();
    });
    for (const each of c.t)
      if (each[0] == index) vendors.set(each[2], [...(vendors.get(each[2]) || []), each]);
    const parts = [...vendors].flatMap(([vendor, trackers]) => {
      const [input, label] = box(key(slug, vendor), vendor, settle);
      if (!necessary) boxes.push(input);
      return [necessary ? h("p", 0, h("b", 0, vendor)) : label, table(trackers)];
    });
    if (!necessary) settle();
    return h(
      "section",
      0,
      h(
        "div",
        { className: "f" },
        necessary ? h("b", 0, title) : head,
        h("span", { className: "m" }, necessary ? c.w[W.always] : answeredAt && !(slug in held) && c.w[W.changed]),
      ),
      h("p", 0, text),
      parts[0] && h("details", 0, h("summary", { className: "m" }, `${c.w[W.details]} (${vendors.size})`), ...parts),
    );
  });

/** What holds now, as boxes: nothing is ticked that was not given. */
export const boxes = (): Choices => {
  const draft: Choices = {};
  for (const [index, , vendor] of c.t) {
    const slug = c.p[index]![0];
    draft[key(slug, vendor)] = allowed(slug, vendor);
  }
  for (const [slug] of c.p) draft[slug] = allowed(slug);
  return draft;
};

/** The boxes as an answer: vendors only where their purpose is not given as a whole. */
export const chosen = (draft: Choices): Choices => {
  const next: Choices = {};
  for (const [slug, , , necessary] of c.p) next[slug] = !!necessary || !!draft[slug];
  for (const name in draft) if (draft[name] && !next[name.split(":")[0]!]) next[name] = true;
  return next;
};
