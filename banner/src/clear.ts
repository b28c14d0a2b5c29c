/** Takes away what trackers without consent have stored, by the names in the inventory. */
import { allowed } from "./choices";
import { c, cookies } from "./env";

/** `*` and `<…>` in a name stand for any text. */
const pattern = (name: string): string =>
  name.replace(/<.*?>|\*|[^\w]/g, (part) => (part[1] || part == "*" ? ".*" : "\\" + part));

const names = (kind: string, given: boolean): RegExp | undefined => {
  const mine = c.t.filter((each) => each[4] == kind && allowed(c.p[each[0]]![0], each[2]) == given);
  return mine[0] && RegExp(`^(${mine.map((each) => pattern(each[1])).join("|")})$`);
};

/** Looks into a store only where something in it would have to go: opening one takes time. */
const each = async (
  kind: string,
  list: () => readonly string[] | Promise<readonly string[]>,
  remove: (name: string) => void,
): Promise<void> => {
  const refused = names(kind, false);
  if (!refused) return;
  const kept = names(kind, true);
  for (const name of await list())
    if (refused.test(name) && !kept?.test(name) && !name.startsWith("adhere_")) remove(name);
};

/** Every path and domain a script of this page could have set it for. */
const expire = (name: string): void => {
  const hosts = [""];
  const labels = location.hostname.split(".");
  for (; labels.length; labels.shift()) hosts.push(";domain=" + labels.join("."));
  const steps = location.pathname.split("/");
  for (; steps.length; steps.pop())
    for (const path of [steps.join("/"), steps.join("/") + "/"])
      for (const host of hosts) document.cookie = `${name}=;max-age=0;path=${path}${host}`;
};

/** `stores`: what is not a cookie as well. A store that cannot be opened has nothing to lose. */
export const clear = (stores: unknown): void => {
  if (c.z) return;
  const tasks = cookies()[0] ? [each("cookie", () => cookies().map((text) => text.split("=")[0]!), expire)] : [];
  if (stores) {
    for (const kind of ["local", "session"] as const)
      tasks.push(
        each(
          kind + "-storage",
          () => Object.keys(window[`${kind}Storage`]),
          (name) => window[`${kind}Storage`].removeItem(name),
        ),
      );
    tasks.push(
      each(
        "indexed-db",
        async () => (await indexedDB.databases()).map((one) => one.name!),
        (name) => indexedDB.deleteDatabase(name),
      ),
      each("cache", () => caches.keys(), (name) => caches.delete(name)),
    );
  }
  tasks.forEach((task) => task.catch(() => 0));
};
