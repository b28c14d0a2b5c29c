/** The two layers, the entry and the placeholders, in one shadow root. */
import type { Answer, Config } from "./config";
import { type Choices, answeredAt, asksNot, given, gives, held, key, open, purpose } from "./choices";
import { sections } from "./details";
import { h } from "./dom";
import { attempt, c, item, setCookie, use } from "./env";
import { W } from "./words";
import css from "./style.css";

type Decide = (next: Choices, method: Answer["method"]) => void;

const host = h("adhere-banner" as "div");
const shadow = host.attachShadow({ mode: "open" });
const root = h("div", { className: "w" });
const status = h("p", { className: "s", role: "status" });
let shown: HTMLDialogElement | undefined;
let entry: HTMLElement | undefined;
let decide: Decide;
let sheets: CSSStyleSheet[];

const button = (word: W, onclick: () => void) => h("button", { onclick }, c.w[word]);
const all = (yes: boolean): Choices =>
  Object.fromEntries(c.p.map(([slug, , , necessary]) => [slug, !!necessary || yes]));

/** The boxes as an answer: vendors only where their purpose, which stands before them, is not given as a whole. */
const chosen = (): Choices => {
  const next = all(false);
  shown!.querySelectorAll("input").forEach(({ checked, name }) => {
    if (checked && !gives(next, name)) next[name] = true;
  });
  return next;
};

export const refuse = (): void => decide(all(false), given() ? "withdraw" : asksNot() ? "gpc" : "reject");

/** Closing without an answer refuses what was not answered; what was answered before stays. */
const dismiss = (): void => {
  const rest = open();
  if (rest[0])
    if (given()) decide({ ...all(false), ...held }, "save");
    else refuse();
  else close();
};

export const close = (): void => {
  const was = shown;
  if (!was) return;
  shown = undefined;
  // Before it closes: the entry takes the focus back.
  renew();
  const inside = !was.open || was.contains(shadow.activeElement);
  was.onclose = null;
  was.close();
  was.remove();
  if (inside && !shadow.activeElement) entry?.querySelector("button")!.focus();
  document.documentElement.style.scrollPaddingBottom = "";
};

/** Says it to everybody: seen for a while, or only heard. */
export const say = (word: W, heard?: boolean): void => {
  status.className = heard ? "s q" : "s";
  status.textContent = c.w[word]!;
  setTimeout(() => (status.textContent = ""), 6e3);
};

/** The entry shows while no layer does; withdrawing is one press, where something is given. */
export const renew = (): void => {
  const hidden = !!(shown || (c.e && document.querySelector('a[href="#adhere"]')));
  if (!entry && !hidden)
    root.append(
      (entry = h("div", { className: "e" }, button(W.entry, () => show(true)), button(W.withdraw, refuse))),
    );
  if (entry) {
    entry.hidden = hidden;
    (entry.lastChild as HTMLElement).hidden = !given();
  }
};

const links = (full: boolean) => {
  const line = h("div", { className: "l" });
  const receipt = full && !c.z && item("adhere_receipt");
  for (const [index, name] of (["policy", "privacy", "rights", "contact"] as const).entries())
    if (c.u[name]) line.append(h("a", { href: c.u[name] }, c.w[W.policy + index]));
  if (receipt)
    line.append(
      button(W.receipt, () => {
        const href = URL.createObjectURL(new Blob([receipt], { type: "application/ld+json" }));
        h("a", { href, download: `consent-${c.s}.json` }).click();
      }),
    );
  if (c.ls[0]) {
    const select = h("select", { ariaLabel: c.w[W.language] }, h("option", 0, c.l.toUpperCase()));
    // The others and their names are costly, so they wait for who comes near.
    select.onfocus = select.onpointerenter = () => {
      select.onfocus = select.onpointerenter = null;
      select.replaceChildren(
        ...[c.l, ...c.ls].map((value) =>
          h("option", { value, lang: value }, new Intl.DisplayNames(value, { type: "language" }).of(value)),
        ),
      );
    };
    select.onchange = async () => {
      const tag = select.value;
      const now = chosen();
      await speak(tag);
      if (!c.z && c.l == tag) setCookie("adhere_language", tag, c.m * 2629800);
      paint();
      show(full, now);
      shown!.querySelector("select")!.focus();
    };
    line.append(select);
  }
  return line;
};

/** Opens a layer: the first beside the page, the full one in front of it, with the boxes of `now` ticked. */
export const show = (full: boolean, now = held): void => {
  close();
  const todo = open();
  const changed = answeredAt && todo[0];
  const press = (word: W, next: () => Choices, method: Answer["method"]) =>
    button(word, () => decide(next(), method));
  const dialog = (shown = h(
    "dialog",
    { className: c.b ? "" : "b" },
    h("h2", { id: "h", tabIndex: -1, autofocus: full }, c.w[W.title]),
    h(
      "div",
      { className: "z" },
      h("p", 0, c.w[W.intro]!),
      (changed || !full) && h("p", 0, changed && c.w[W.changed] + ": ", h("b", 0, todo.map((each) => each[1]).join(", "))),
      asksNot() && h("p", 0, h("b", 0, c.w[W.gpc]!)),
      full &&
        answeredAt &&
        h("p", { className: "m" }, c.w[W.answered]!.replace("{date}", new Date(answeredAt * 1e3).toLocaleString(c.l))),
      ...(full ? sections(now) : []),
    ),
    h(
      "div",
      { className: "g" },
      button(W.refuse, refuse),
      press(W.accept, () => all(true), "accept"),
      full ? press(W.save, chosen, "save") : button(W.choose, () => show(true)),
    ),
    links(full),
    h("button", { className: "x", ariaLabel: c.w[todo[0] ? W.close_refuse : W.close], onclick: dismiss }, "×"),
  ));
  dialog.setAttribute("aria-labelledby", "h");
  root.append(dialog);
  if (full) {
    dialog.oncancel = dialog.onclose = (event) => {
      event.preventDefault();
      dismiss();
    };
    dialog.showModal();
  } else {
    // As show() does, but the reader's focus stays where it is.
    dialog.open = true;
    dialog.onkeydown = (event) => {
      if (event.key == "Escape") dismiss();
    };
    say(W.title, true);
    // Whoever moves by keyboard must not end up behind the layer.
    addEventListener("keydown", () => {
      if (shown) document.documentElement.style.scrollPaddingBottom = shown.offsetHeight + 32 + "px";
    }, { once: true });
  }
  renew();
};

/** Takes another language's notice, if the edge has it. */
export const speak = async (tag: string): Promise<void> => {
  const text = await fetch(`${c.o}/e/${c.s}/banner.js?l=${tag}`, { credentials: "omit" }).then(
    (reply) => reply.text(),
    () => "",
  );
  const next = attempt(() => JSON.parse(text.trim().split("\n").pop()!.slice(1, -1)) as Config);
  if (next?.s == c.s) use(next);
};

/** Draws the entry in the present language, and closes what is open. */
export const paint = (): void => {
  root.lang = c.l;
  root.dir = c.r ? "rtl" : "ltr";
  root.replaceChildren(status);
  entry = shown = undefined;
  renew();
};

export const mount = (deciding: Decide): void => {
  decide = deciding;
  sheets = [new CSSStyleSheet()];
  sheets[0]!.replaceSync(`${css}:host{${c.c || ""}}`);
  shadow.adoptedStyleSheets = sheets;
  shadow.append(root);
  paint();
  stay();
};

/** In front of everything, also after a page's script has drawn its body anew. */
export const stay = (): void => {
  if (!host.isConnected) document.body.prepend(host);
};

/** Explains an embed in its place, and asks for it alone. */
export const place = (slug: string, vendor: string | undefined): HTMLElement => {
  const known = c.t.some((each) => each[2] == vendor && c.p[each[0]]![0] == slug);
  const asked = purpose(slug);
  const made = h("adhere-embed" as "div");
  const shadow = made.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = sheets;
  shadow.append(
    h(
      "div",
      { className: "w v", lang: c.l, dir: root.dir },
      h("p", 0, c.w[W.embed]!.replaceAll("{vendor}", vendor || (asked ? asked[1] : ""))),
      asked &&
        h(
          "div",
          { className: "g" },
          button(W.load, () => {
            const next: Choices = { ...all(false), ...held, [slug]: !known };
            if (known) next[key(slug, vendor)] = true;
            decide(next, "save");
          }),
          button(W.choose, () => show(true)),
        ),
    ),
  );
  return made;
};
