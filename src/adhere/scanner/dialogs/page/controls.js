// What can be pressed or switched within an element.
const PRESSED =
  "button,a,input[type=button],input[type=submit],[role=button],[role=link],[onclick],summary," +
  "[tabindex]:not([tabindex='-1']),[class*=btn i],[class*=button i],[class*=accept i]," +
  "[class*=reject i],[class*=decline i],[class*=allow i],[class*=deny i],[class*=agree i]";
const SWITCHED = "input[type=checkbox],[role=switch],[role=checkbox],button[aria-pressed]";

// A pressed button that says yes or no is one of a pair, not a switch.
const switchable = (element) =>
  element.matches(SWITCHED) &&
  !(element.matches("button[aria-pressed]") && /accept|refuse/.test(meaning(labelled(element)).role));

const named = (element) => {
  const by = element.getAttribute("aria-labelledby");
  const root = element.getRootNode();
  const other = by?.split(/\s+/).map((id) => root.getElementById?.(id)?.textContent ?? "").join(" ");
  const image = element.querySelector("img[alt],svg title");
  return (
    other?.trim() || element.getAttribute("aria-label") || element.title ||
    image?.getAttribute("alt") || image?.textContent || ""
  ).trim();
};

const labelled = (element) => {
  const text = (element.innerText || element.value || "").trim();
  return /[\p{L}\p{N}]/u.test(text) ? text : named(element) || text;
};

const native = (element) =>
  /^(BUTTON|A|INPUT|SUMMARY)$/.test(element.tagName) || /button|link/.test(element.getAttribute("role") ?? "");

const pressable = (inside) => {
  const found = all(PRESSED, inside).filter(
    (each) => !switchable(each) && each.tagName !== "LABEL" && labelled(each) && seen(each),
  );
  return found.filter((each) => {
    if (found.some((other) => other !== each && holds(each, other) && !native(each))) return false;
    return !found.some((other) => other !== each && holds(other, each) && native(other));
  });
};

const leads = (element) => {
  const link = element.closest("a[href]");
  const href = link?.getAttribute("href") ?? "";
  return link && !/^(#|javascript:|$)/i.test(href) && link.getAttribute("role") !== "button" ? link.href : "";
};

const described = (element) => {
  const label = labelled(element).replace(/\s+/g, " ").slice(0, 120);
  const found = meaning(label);
  const away = leads(element);
  const only = !/[\p{L}\p{N}]/u.test(element.innerText || element.value || "");
  if (only && /close|refuse|accept/.test(found.role)) found.role = "close";
  if (away && !(found.weight >= 3 && /accept|refuse/.test(found.role))) found.role = "link";
  return { element, label, away, ...found };
};

// Rows with a yes and a no of their own, where there are several: one purpose each.
const paired = (found) => {
  const rows = [];
  for (const yes of found.filter((each) => each.role === "accept" && each.weight !== 4)) {
    let row = parentOf(yes.element);
    let no;
    for (let step = 0; row && step < 4 && !no; row = no ? row : parentOf(row), step++)
      no = found.filter((each) => each.role === "refuse" && holds(row, each.element)).length === 1
        && found.filter((each) => each.role === "accept" && holds(row, each.element)).length === 1
        ? found.find((each) => each.role === "refuse" && holds(row, each.element)) : undefined;
    if (no) rows.push({ yes, no, row });
  }
  return rows.length > 1 ? rows : [];
};

const buttons = (inside) => {
  const found = pressable(inside).map(described);
  for (const { yes, no } of paired(found)) yes.role = no.role = "other";
  return found;
};

const pairs = (inside) =>
  paired(pressable(inside).map(described)).map(({ yes, no, row }) => {
    let place = row;
    const heading = () =>
      (place.innerText ?? "").split("\n").map((line) => line.trim()).find((line) => line && meaning(line).role === "other");
    while (!heading() && parentOf(place) && place !== inside) place = parentOf(place);
    const pressed = (each) => each.getAttribute("aria-pressed") === "true" || each.getAttribute("aria-checked") === "true";
    const on = pressed(yes.element);
    return {
      element: yes.element, other: no.element, name: (heading() ?? "").slice(0, 80), on,
      settled: on || pressed(no.element) ? on : null, disabled: false,
      legitimate_interest: mentions((place.innerText ?? "").slice(0, 400), "interest"),
    };
  });

const rowOf = (element) => {
  let row = parentOf(element);
  for (let up = row, step = 0; up && step < 5; up = parentOf(up), step++) {
    if (all(SWITCHED, up).length > 1) break;
    row = up;
    if (/[\p{L}]{3}/u.test(up.innerText ?? "")) break;
  }
  return row ?? element;
};

// The part of a switch that a visitor presses: itself, its label, or what is drawn beside it.
const handle = (element) => {
  if (seen(element, 6) && reachable(element)) return element;
  const labels = [...(element.labels ?? []), element.closest("label"), element.nextElementSibling, element.parentElement];
  return labels.find((each) => each && each.getBoundingClientRect().width && seen(each, 6)) ?? element;
};

const isOn = (element) =>
  element.checked ?? (element.getAttribute("aria-checked") ?? element.getAttribute("aria-pressed")) === "true";

const single = (inside) =>
  all(SWITCHED, inside)
    .filter((each) => switchable(each) && [each, ...(each.labels ?? []), each.parentElement].some((one) => one && seen(one, 6)))
    .map((element) => {
      const row = rowOf(element);
      const text = [...(element.labels ?? [])].map((each) => (each.innerText || each.textContent || "").trim()).find(Boolean);
      const first = (row.innerText ?? "").trim().split("\n")[0];
      const name = (text || named(element) || first || element.name || element.id).replace(/\s+/g, " ").trim().slice(0, 80);
      return {
        element, name, on: !!isOn(element),
        disabled: !!element.disabled || element.getAttribute("aria-disabled") === "true" || element.readOnly === true && element.type !== "checkbox",
        legitimate_interest: mentions(`${name} ${(row.innerText ?? "").slice(0, 400)}`, "interest"),
      };
    });

const switches = (inside) => [...single(inside), ...pairs(inside)];
const told = ({ name, on, disabled, legitimate_interest }) => ({ name, on, disabled, legitimate_interest });
