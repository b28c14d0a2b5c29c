/** Signals to others: Google Consent Mode v2, and the IAB's two when they are asked for. */
import { allowed, answeredAt, given, held, listen, open, take } from "./choices";
import { c } from "./env";
import type { Parts } from "./signalled";

const KEYS = "ad_storage ad_user_data ad_personalization analytics_storage functionality_storage personalization_storage security_storage";

export const signal = (): void => {
  if (c.g & 2 && !c.z) {
    const layer = (window.dataLayer = window.dataLayer || []);
    const tell: (...given: unknown[]) => void = function () {
      // Google's own reader asks for this object, not an array.
      // eslint-disable-next-line prefer-rest-params
      layer.push(arguments);
    };
    const state = (first: boolean): Record<string, string> =>
      Object.fromEntries(
        KEYS.split(" ").map((name) => [
          name,
          !first && c.p.some((each) => each[5]?.includes(name) && allowed(each[0])) ? "granted" : "denied",
        ]),
      );
    tell("consent", "default", state(true));
    listen((before) => {
      if (!answeredAt && !given(before)) return;
      tell("consent", "update", state(false));
      layer.push({ event: "adhere_change" });
    });
  }
};

/** Loads what is switched on, or due. */
export const extend = (): void => {
  if (c.z) return;
  for (const [flag, name] of [
    [c.g & 4, "tcf"],
    [c.g & 8, "gpp"],
    [c.x, "group"],
    // A visit begins: what was given here may have been taken back elsewhere.
    [given() && !document.referrer.startsWith(location.origin), "standing"],
  ] as const)
    if (flag)
      import(`${c.o}/e/${c.s}/${name}.js`)
        .then((part: { start(parts: Parts): void }) => part.start({ c, allowed, open, held: () => held, listen, take }))
        .catch(() => 0);
};
