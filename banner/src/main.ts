/** Starts the banner. Whatever fails here, nothing that needs consent is loaded, and the page can be read. */
import { type Choices, allowed, answeredAt, asksNot, gives, held, listen, open, purpose, read } from "./choices";
import { clear } from "./clear";
import { attempt, c, cookies, lookup } from "./env";
import { ran, run } from "./marks";
import { answer, flush } from "./record";
import { extend, signal } from "./signals";
import { close, mount, place, refuse, renew, say, show, speak, stay } from "./view";
import { W } from "./words";

const page = document.documentElement;
const wall = () => document.querySelector("[data-adhere-wall]");
const calls: ((choices: Choices) => void)[] = [];
const choices = (): Choices => ({
  ...Object.fromEntries(c.p.map((each) => [each[0], allowed(each[0])])),
  ...held,
});
const marks = (again?: boolean): void => run(place, again);
let ready = 0;

/** After a change: what may run runs, what may not is cleared; what cannot be undone here needs a new page. */
const changed = (before: Choices): void => {
  const names = Object.keys({ ...before, ...held }).filter((name) => !purpose(name)?.[3]);
  const lost = names.some((name) => gives(before, name) && !gives(held, name));
  const won = names.some((name) => !gives(before, name) && gives(held, name));
  clear(answeredAt || asksNot());
  if (!ready) return;
  marks();
  renew();
  if (!open()[0]) close();
  if (won || lost) {
    document.dispatchEvent(new CustomEvent("adhere:change", { detail: choices() }));
    calls.forEach((call) => attempt(() => call(choices())));
    if (wall() || (lost && ran)) {
      reload = 1;
      setTimeout(again, 1500);
    }
  }
};
let reload = 0;
const again = (): void => {
  if (reload) location.reload();
};

const decide = async (next: Choices, method: Parameters<typeof answer>[1]): Promise<void> => {
  close();
  if (c.z) return;
  const sent = answer(next, method);
  if (open()[0]) show(false);
  const done = await sent;
  again();
  say(done ? W.saved : W.unsent);
};

const begin = async (): Promise<void> => {
  const ranges = [
    ...cookies().filter((text) => text.startsWith("adhere_language=")).map((text) => text.slice(16)),
    page.lang,
    ...navigator.languages,
  ];
  const tag = c.z ? c.l : lookup(ranges, [c.l, ...c.ls]);
  if (tag && tag != c.l) await speak(tag);
  mount(decide);
  ready = 1;
  marks();
  new MutationObserver(() => {
    stay();
    marks();
  }).observe(page, { childList: true, subtree: true });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href^="#adhere"]');
    if (!link) return;
    event.preventDefault();
    if (link.getAttribute("href") == "#adhere") show(true);
    else refuse();
  });
  if (open()[0] && !asksNot()) show(false);
};

/** Another tab, or this page out of the cache, may know more. */
const refresh = (): void => {
  if (!navigator.cookieEnabled) return;
  const before = JSON.stringify(held);
  read();
  if (ready && JSON.stringify(held) != before) {
    again();
  }
};

signal();
listen(changed);
read();
extend();
window.adhere = {
  show: () => show(true),
  choices,
  onchange: (call) => {
    calls.push(call);
    call(choices());
  },
  withdraw: refuse,
};
if (document.body) void begin();
else addEventListener("DOMContentLoaded", begin);
if (!c.z) {
  // Without an answer there is nothing to send, and storage stays untouched.
  if (answeredAt) void flush();
  addEventListener("storage", refresh);
  addEventListener("pageshow", (event) => event.persisted && refresh());
  document.addEventListener("visibilitychange", refresh);
}
