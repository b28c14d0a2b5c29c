/** Answers on their way to the edge: kept until it has committed them, sent again on the next page. */
import type { Answer } from "./config";
import { attempt, c, item, random } from "./env";
import { type Choices, forget, gives, given, held, identity, keep, purpose } from "./choices";

let memory: Answer[] = [];
let turn: Promise<boolean> | undefined;
const url = (): string => `${c.o}/e/${c.s}/consents`;

const queue = (): Answer[] =>
  (memory = attempt(() => JSON.parse(localStorage.adhere_queue || "[]") as Answer[]) || memory);
const setQueue = (answers: Answer[]): void => {
  item("adhere_queue", (memory = answers)[0] ? JSON.stringify(answers) : "");
};

/**
 * Takes an answer: what it refuses holds at once, what it gives holds when the edge has it.
 * Settles when it is recorded (true) or must wait (false).
 */
export const answer = (next: Choices, method: Answer["method"]): Promise<boolean> => {
  const now: Choices = {};
  for (const name in { ...held, ...next })
    if (gives(next, name) && (gives(held, name) || purpose(name)?.[3])) now[name] = true;
    else if (name in next && !name.includes(":")) now[name] = false;
  keep(now);
  setQueue([
    ...queue().slice(-19),
    { notice: c.n, language: c.l, method, purposes: next, subject: identity(), key: random() },
  ]);
  return flush();
};

export const flush = (): Promise<boolean> => {
  // A tab that closes at once still sends; without an answer nobody needs to listen.
  if (!turn)
    addEventListener("pagehide", () =>
      memory.forEach((each) => attempt(() => navigator.sendBeacon(url(), JSON.stringify(each)))),
    );
  return (turn = Promise.resolve(turn).then(send));
};

const send = async (): Promise<boolean> => {
  for (let next; (next = queue()[0]); ) {
    const { key, purposes } = next;
    const reply = await fetch(url(), {
      method: "POST",
      body: JSON.stringify(next),
      keepalive: true,
      credentials: "omit",
    }).catch(() => undefined);
    const status = reply ? reply.status : 500;
    if (status > 499 || status == 408 || status == 429) return false;
    const text = await reply!.text().catch(() => "");
    const waiting = queue();
    const rest = waiting.filter((each) => each.key != key);
    if (reply!.ok) {
      item("adhere_receipt", text);
      if (!rest[0] && waiting[0]) keep(purposes);
    } else if (given(purposes) && !rest[0]) forget();
    setQueue(rest);
  }
  return true;
};

