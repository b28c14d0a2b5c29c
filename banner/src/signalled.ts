/** What the parts that are loaded later are given, and how they read a choice. */
import type { Config } from "./config";

export interface Parts {
  c: Config;
  allowed(slug: string): boolean;
  open(): unknown[];
  /** What holds now. */
  held(): Record<string, boolean>;
  listen(changed: () => void): void;
  /** Keeps an answer that was given elsewhere. */
  take(purposes: Record<string, boolean>, subject: string): void;
}

/** What the edge answers to a consent, as far as it is read here. */
export interface Receipt {
  record?: { id: string };
  token?: string;
}

/** The receipt of the last answer that was given in this browser on this website. */
export const receipt = (): Receipt => JSON.parse(localStorage.getItem("adhere_receipt") ?? "{}") as Receipt;

/** Given where every purpose with this signal is given, and there is one. */
export const signalled = ({ c, allowed }: Parts, name: string): boolean => {
  const mine = c.p.filter((each) => each[5]?.includes(name));
  return mine.length > 0 && mine.every((each) => allowed(each[0]));
};

export const settings = (name: string): URLSearchParams =>
  new URLSearchParams(document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content);
