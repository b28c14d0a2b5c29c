/** What was answered, as the cookie keeps it, and what follows from it. Unknown, expired or broken is refused. */
import { c, cookies, random, setCookie } from "./env";

export type Choices = Record<string, boolean>;
type Listener = (before: Choices) => void;

/** What holds now. A purpose that is not in here was not answered. */
export let held: Choices = {};
export let answeredAt = 0;
export let subject = "";
const listeners: Listener[] = [];
export const listen = (listener: Listener): void => void listeners.push(listener);

export const key = (slug: string, vendor?: string): string =>
  vendor ? slug + ":" + vendor.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") : slug;

/** Whether these choices give this key: by itself, or by the whole purpose. */
export const gives = (choices: Choices, name: string): boolean =>
  !!(choices[name] || choices[name.split(":")[0]!]);

/** The purpose that a key speaks of. */
export const purpose = (name: string) => c.p.find((each) => each[0] == name.split(":")[0]);

export const allowed = (slug: string, vendor?: string): boolean =>
  gives(held, key(slug, vendor)) || !!purpose(slug)?.[3];

/** Purposes that wait for an answer: never asked, or changed since. */
export const open = () => c.p.filter((each) => !each[3] && !(each[0] in held));

/** The browser's own signal refuses, until the visitor answers. */
export const asksNot = (): boolean => !answeredAt && !!(c.g & 1 && navigator.globalPrivacyControl && !c.z);

/** Something not necessary is given. */
export const given = (choices: Choices = held): boolean =>
  Object.keys(choices).some((name) => choices[name] && purpose(name)?.[3] == 0);

/** Reads the newest answer; one of the future or past its months does not count. */
export const read = (): void => {
  const now = Date.now() / 1e3;
  const before = held;
  held = {};
  answeredAt = 0;
  for (const cookie of c.z ? [] : cookies()) {
    const [version, time, , ...entries] = cookie.split("!");
    const at = +time!;
    if (version != "adhere_consent=1" || !(at > answeredAt && at > now - c.m * 2629800 && at < now + 86400)) continue;
    answeredAt = at;
    held = {};
    for (const entry of entries) {
      const [name, flag, hash] = entry.split(".");
      if (name == "s") subject = flag!;
      else if (purpose(name!)?.[4] == hash) held[name!] = flag == "1";
    }
  }
  tell(before);
};

/** Keeps these choices from now on. */
export const keep = (choices: Choices): void => {
  const before = held;
  const parts = ["1", (answeredAt = Math.floor(Date.now() / 1e3)), c.n.slice(0, 12)];
  held = choices;
  for (const name in choices)
    if (purpose(name)) parts.push(`${name}.${+choices[name]!}.${purpose(name)![4]}`);
  setCookie("adhere_consent", parts.join("!") + "!s." + identity(), c.m * 2629800);
  tell(before);
};

export const identity = (): string => (subject = subject || random());

/** An answer that was given elsewhere, by this subject. */
export const take = (choices: Choices, who: string): void => {
  subject = who;
  keep(choices);
};

/** Nothing was answered: the next page asks again. */
export const forget = (): void => setCookie("adhere_consent", "", 0);

const tell = (before: Choices): void => listeners.forEach((listener) => listener(before));
