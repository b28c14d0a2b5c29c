/**
 * One answer for a company's several domains: a link to another of them carries a code that works
 * once and for a minute; the banner there takes the answer with it. No third-party cookie.
 */
import { type Parts, receipt } from "./signalled";

const MARK = "adhere=";

const post = async (url: string, body: string, token?: string): Promise<Record<string, unknown>> => {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const reply = await fetch(url, { method: "POST", body, headers, credentials: "omit" });
  if (!reply.ok) throw new Error(String(reply.status));
  return (await reply.json()) as Record<string, unknown>;
};

const redeem = async ({ c, open, take }: Parts): Promise<void> => {
  const [before, code] = location.hash.split(MARK);
  if (!code) return;
  history.replaceState(history.state, "", location.pathname + location.search + (before === "#" ? "" : before));
  if (!open().length) return;
  const given = await post(`${c.o}/e/${c.s}/handover`, JSON.stringify({ code }));
  const hashes = given.hashes as Record<string, string>;
  const purposes = given.purposes as Record<string, boolean>;
  const state = given.state as Record<string, string>;
  const same: Record<string, boolean> = {};
  for (const name in purposes) {
    const slug = name.split(":")[0]!;
    const mine = c.p.find((each) => each[0] === slug);
    // Another inventory means another question: it is asked here.
    if (mine && (mine[3] || hashes[slug] === mine[4]) && state[name] !== "expired") same[name] = purposes[name]!;
  }
  take(same, String(given.subject));
};

const hand = ({ c }: Parts): void => {
  const ready = new Map<string, number>();
  const prepare = async (event: Event): Promise<void> => {
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>("a[href]");
    if (!link || !c.x?.includes(link.origin) || (link.hash && !link.hash.includes(MARK))) return;
    const now = Date.now();
    if (now - (ready.get(link.origin) ?? 0) < 4e4 && link.hash) return;
    ready.set(link.origin, now);
    const { record, token } = receipt();
    if (!record || !token) return;
    const { code } = await post(`${c.o}/e/${c.s}/consents/${record.id}/handover`, "", token);
    link.hash = MARK + String(code);
  };
  for (const name of ["pointerover", "focusin"])
    document.addEventListener(name, (event) => void prepare(event).catch(() => 0));
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>("a[href]");
    // Each code works once: the next click needs its own.
    if (link && link.hash.startsWith("#" + MARK)) setTimeout(() => (link.hash = ""));
  });
};

export const start = (parts: Parts): void => {
  void redeem(parts).catch(() => 0);
  hand(parts);
};
