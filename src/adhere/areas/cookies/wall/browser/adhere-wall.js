// Stands right after the static policy, as a plain script of the site itself. A policy cannot be
// widened in a running page: a changed answer renews the service worker and loads the page again.
(() => {
  "use strict";
  const KEYS = "ADHERE_KEYS";
  const PATH = "/adhere-wall-sw.js";
  const PAUSE = 500;

  /** What the cookie gives, without the visitor's key; "" where nothing is. */
  function answer() {
    const found = document.cookie.split(/; */).filter((each) => each.startsWith("adhere_consent="));
    if (found.length !== 1) return "";
    const parts = found[0].slice(15).split("!");
    const given = parts.slice(3).some((each) => {
      const [key, yes, hash] = each.split(".");
      return yes === "1" && KEYS[key.split(":")[0]] === hash;
    });
    return given ? parts.slice(0, -1).join("!") : "";
  }

  const address = (said) => `${PATH}?c=${encodeURIComponent(said)}`;
  const rules =
    self.trustedTypes
      ? trustedTypes.createPolicy("adhere-wall", { createScriptURL: (text) => text })
      : { createScriptURL: (text) => text };

  const workers = navigator.serviceWorker;
  if (!workers) return;
  const inForce = () => {
    const running = workers.controller && new URL(workers.controller.scriptURL);
    return running && running.pathname === PATH ? running.searchParams.get("c") || "" : "";
  };

  function activated(registration) {
    const fresh = registration.installing || registration.waiting;
    if (!fresh) return Promise.resolve();
    return new Promise((done, fail) => {
      fresh.addEventListener("statechange", () => {
        if (fresh.state === "activated") done();
        if (fresh.state === "redundant") fail(new Error("the service worker was not installed"));
      });
    });
  }

  async function install(said) {
    const before = await workers.getRegistration("/");
    const known = before && before.active && before.active.scriptURL.endsWith(address(said));
    const [entry] = performance.getEntriesByType("navigation");
    // A forced reload passes the worker by on purpose; loading again would never end.
    if (known && entry && entry.type === "reload") return;
    const url = rules.createScriptURL(address(said));
    await activated(await workers.register(url, { scope: "/", updateViaCache: "none" }));
    // The banner's record of the answer leaves first.
    setTimeout(() => location.reload(), PAUSE);
  }

  async function remove() {
    const registration = await workers.getRegistration("/");
    if (registration) await registration.unregister();
    location.reload();
  }

  function apply(said) {
    if (said) {
      if (said !== inForce()) install(said).catch(() => undefined);
    } else if (inForce()) {
      window.stop();
      remove();
    }
  }

  let last = answer();
  apply(last);

  function look() {
    const now = answer();
    if (now === last) return;
    last = now;
    apply(now);
  }
  document.addEventListener("adhere:change", look);
  if (self.cookieStore) cookieStore.addEventListener("change", look);
  addEventListener("focus", look);
  addEventListener("pageshow", look);
})();
