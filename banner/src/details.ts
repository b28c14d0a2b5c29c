/** The second layer's purposes, vendors and trackers, with their boxes. */
import { type Choices, answeredAt, gives, held, key } from "./choices";
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

/** Purposes as sections; nothing is ticked that `now` does not give. */
export const sections = (now: Choices): HTMLElement[] =>
  c.p.map(([slug, title, text, necessary], index) => {
    const vendors = new Map<string, Tracker[]>();
    for (const each of c.t)
      if (each[0] == index) vendors.set(each[2], [...(vendors.get(each[2]) || []), each]);
    const box = (name: string, onchange: () => void) =>
      h("input", { type: "checkbox", checked: gives(now, name), name, onchange });
    const line = (tag: "b" | "span", words: string, input?: HTMLInputElement) =>
      necessary ? h("b", 0, words) : h("label", 0, input, h(tag, 0, words));
    const main = box(slug, () => boxes.forEach((each) => (each.checked = main.checked)));
    const settle = () => {
      const on = boxes.filter((each) => each.checked).length;
      main.checked = on == boxes.length;
      main.indeterminate = !main.checked && on > 0;
    };
    const boxes = [...vendors.keys()].map((vendor) => box(key(slug, vendor), settle));
    if (boxes[0]) settle();
    return h(
      "section",
      0,
      h(
        "div",
        { className: "f" },
        line("b", title, main),
        h("span", { className: "m" }, necessary ? c.w[W.always] : answeredAt && !(slug in held) && c.w[W.changed]),
      ),
      h("p", 0, text),
      boxes[0] &&
        h(
          "details",
          0,
          h("summary", { className: "m" }, `${c.w[W.details]} (${vendors.size})`),
          ...[...vendors].flatMap(([vendor, trackers], at) => [line("span", vendor, boxes[at]), table(trackers)]),
        ),
    );
  });
