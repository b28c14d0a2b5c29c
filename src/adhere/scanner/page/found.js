// What is in a frame's storages; asked in a world of its own, so that the page cannot answer for it.
async (known) => {
  const safely = async (read, otherwise) => {
    try {
      return await read();
    } catch {
      return otherwise;
    }
  };
  const entries = (area) => Object.entries(area).map(([name, value]) => [name, `${value}`.slice(0, 4096)]);
  const origin = self.origin;
  const found = { origin, url: location.href, session: [], local: [], databases: [], caches: [], workers: [] };
  if (known.includes(origin) || origin === "null") return found;
  found.local = await safely(() => entries(localStorage), []);
  found.session = await safely(() => entries(sessionStorage), []);
  const [databases, stores, workers] = await Promise.all([
    safely(() => indexedDB.databases(), []),
    safely(() => caches.keys(), []),
    safely(() => navigator.serviceWorker.getRegistrations(), []),
  ]);
  found.databases = databases.map((one) => one.name);
  found.caches = stores;
  found.workers = workers.map((one) => (one.active || one.waiting || one.installing || {}).scriptURL || one.scope);
  return found;
}
