// What a page's scripts write and probe, told to the scan in batches. Runs in every frame before
// anything else; every function that it stands before looks native and works as before.
(() => {
  "use strict";
  const tell = window["BINDING"];
  delete window["BINDING"];
  if (typeof tell !== "function") return;

  const { apply, get, set, deleteProperty, getOwnPropertyDescriptor, defineProperty } = Reflect;
  const { now } = Date;
  const { stringify } = JSON;
  const later = window.setTimeout.bind(window);
  const NativeError = Error;
  const NativeProxy = Proxy;
  const where = location;
  const natives = new WeakMap();
  const nativeOf = natives.get.bind(natives);
  const disguise = natives.set.bind(natives);
  let records = [];
  let probes = new Map();
  let due = false;

  const stack = () => {
    const limit = NativeError.stackTraceLimit;
    NativeError.stackTraceLimit = 12;
    const text = new NativeError().stack;
    NativeError.stackTraceLimit = limit;
    return typeof text === "string" ? text : "";
  };

  const flush = () => {
    due = false;
    if (!records.length && !probes.size) return;
    const batch = { frame: where.href, records, probes: [...probes.values()] };
    records = [];
    probes = new Map();
    tell(stringify(batch));
  };

  const soon = () => {
    if (due) return;
    due = true;
    later(flush, 20);
  };

  const record = (kind, name, value) => {
    records.push([kind, `${name}`, `${value}`.slice(0, 4096), now(), stack()]);
    if (records.length > 200) flush();
    else soon();
  };

  const probe = (name, call) => {
    const key = name + call;
    const known = probes.get(key);
    if (known) known[2] += 1;
    else probes.set(key, [name, call, 1, now(), stack()]);
    soon();
  };

  const instead = (native, before) => {
    const proxy = new NativeProxy(native, {
      apply(target, self, given) {
        const subject = unwrapped(self);
        try {
          before(subject, given);
        } catch {
          // The page's own call must go on whatever it was given.
        }
        return apply(target, subject, given);
      },
    });
    disguise(proxy, native);
    return proxy;
  };

  const method = (owner, name, before) => {
    const found = owner && getOwnPropertyDescriptor(owner, name);
    if (found && typeof found.value === "function")
      defineProperty(owner, name, { ...found, value: instead(found.value, before) });
  };

  const setter = (owner, name, before) => {
    const found = owner && getOwnPropertyDescriptor(owner, name);
    if (found && found.set)
      defineProperty(owner, name, { ...found, set: instead(found.set, before) });
  };

  const getter = (owner, name, before) => {
    const found = owner && getOwnPropertyDescriptor(owner, name);
    if (found && found.get)
      defineProperty(owner, name, { ...found, get: instead(found.get, before) });
  };

  const constructed = (name, before) => {
    const found = getOwnPropertyDescriptor(window, name);
    if (!found || typeof found.value !== "function") return;
    const proxy = new NativeProxy(found.value, {
      construct(target, given, as) {
        before();
        return Reflect.construct(target, given, as === proxy ? target : as);
      },
    });
    disguise(proxy, found.value);
    defineProperty(window, name, { ...found, value: proxy });
  };

  // Storage is also written as a property, so each page meets a stand-in that sees that.
  const behind = new WeakMap();
  const behindGet = behind.get.bind(behind);
  const unwrapped = (self) => (self && typeof self === "object" && behindGet(self)) || self;
  const areas = new Map();
  const standIn = (area, kind) => {
    if (areas.has(kind)) return areas.get(kind);
    const proxy = new NativeProxy(area, {
      get: (target, name) => get(target, name, target),
      set(target, name, value) {
        if (typeof name === "string") record(kind, name, value);
        return set(target, name, value, target);
      },
      defineProperty(target, name, given) {
        if (typeof name === "string") record(kind, name, given.value);
        return defineProperty(target, name, given);
      },
      deleteProperty(target, name) {
        if (typeof name === "string") record(`${kind}-removed`, name, "");
        return deleteProperty(target, name);
      },
    });
    behind.set(proxy, area);
    areas.set(kind, proxy);
    return proxy;
  };
  const kinds = { localStorage: "local-storage", sessionStorage: "session-storage" };
  const native = {};
  for (const name of Object.keys(kinds)) {
    const found = getOwnPropertyDescriptor(window, name);
    if (!found || !found.get) continue;
    native[name] = () => apply(found.get, window, []);
    const reading = new NativeProxy(found.get, {
      apply: (target, self, given) => standIn(apply(target, self ?? window, given), kinds[name]),
    });
    disguise(reading, found.get);
    defineProperty(window, name, { ...found, get: reading });
  }
  const kindOf = (area) => {
    try {
      return area === native.sessionStorage() ? kinds.sessionStorage : kinds.localStorage;
    } catch {
      return kinds.localStorage;
    }
  };
  const storage = window.Storage && Storage.prototype;
  method(storage, "setItem", (self, [name, value]) => record(kindOf(self), name, value));
  method(storage, "removeItem", (self, [name]) => record(`${kindOf(self)}-removed`, name, ""));
  for (const name of ["getItem", "key", "clear"]) method(storage, name, () => {});

  setter(Document.prototype, "cookie", (_, [line]) => record("cookie", "", line));
  if (window.CookieStore) {
    method(CookieStore.prototype, "set", (_, [first, value]) => {
      const given = typeof first === "object" ? first : { name: first, value };
      record("cookie-store", given.name, stringify({ ...given }));
    });
    method(CookieStore.prototype, "delete", (_, [first]) =>
      record("cookie-store-removed", first && first.name ? first.name : first, ""));
  }
  method(window.IDBFactory && IDBFactory.prototype, "open", (_, [name]) =>
    record("indexed-db", name, ""));
  method(window.IDBFactory && IDBFactory.prototype, "deleteDatabase", (_, [name]) =>
    record("indexed-db-removed", name, ""));
  method(window.CacheStorage && CacheStorage.prototype, "open", (_, [name]) =>
    record("cache", name, ""));
  method(window.CacheStorage && CacheStorage.prototype, "delete", (_, [name]) =>
    record("cache-removed", name, ""));
  method(window.ServiceWorkerContainer && ServiceWorkerContainer.prototype, "register",
    (_, [url]) => record("service-worker", new URL(url, document.baseURI).href, ""));

  // The browser asks for an image after the script that set it has ended, and blames the parser.
  setter(window.HTMLImageElement && HTMLImageElement.prototype, "src", (_, [url]) =>
    record("image", new URL(url, document.baseURI).href, ""));

  const probed = (name, owner, ...calls) => {
    const proto = window[owner] && window[owner].prototype;
    for (const call of calls) {
      const found = proto && getOwnPropertyDescriptor(proto, call);
      if (!found) continue;
      const hook = found.get ? getter : method;
      hook(proto, call, () => probe(name, `${owner}.${call}`));
    }
  };
  probed("canvas", "HTMLCanvasElement", "toDataURL", "toBlob");
  probed("canvas", "CanvasRenderingContext2D", "getImageData");
  probed("canvas", "OffscreenCanvas", "convertToBlob");
  probed("canvas", "OffscreenCanvasRenderingContext2D", "getImageData");
  for (const owner of ["WebGLRenderingContext", "WebGL2RenderingContext"])
    probed("webgl", owner, "getParameter", "getSupportedExtensions", "getShaderPrecisionFormat",
      "readPixels");
  probed("audio", "BaseAudioContext", "createOscillator", "createDynamicsCompressor");
  probed("audio", "OfflineAudioContext", "startRendering");
  probed("audio", "AnalyserNode", "getFloatFrequencyData", "getByteFrequencyData");
  probed("fonts", "CanvasRenderingContext2D", "measureText");
  probed("fonts", "FontFaceSet", "check");
  probed("fonts", "Window", "queryLocalFonts");
  probed("media-devices", "MediaDevices", "enumerateDevices");
  probed("battery", "Navigator", "getBattery");
  probed("plugins", "Navigator", "plugins", "mimeTypes");
  probed("hardware", "Navigator", "hardwareConcurrency", "deviceMemory", "maxTouchPoints");
  probed("connection", "Navigator", "connection");
  probed("client-hints", "NavigatorUAData", "getHighEntropyValues");
  probed("voices", "SpeechSynthesis", "getVoices");
  probed("keyboard", "Keyboard", "getLayoutMap");
  probed("screen", "Screen", "colorDepth", "pixelDepth", "availWidth", "availHeight");
  method(window, "queryLocalFonts", () => probe("fonts", "queryLocalFonts"));
  constructed("RTCPeerConnection", () => probe("webrtc", "RTCPeerConnection"));

  // Last, so that it also answers for everything above.
  const written = Function.prototype.toString;
  const toString = new NativeProxy(written, {
    apply: (target, self, given) => apply(target, nativeOf(self) || self, given),
  });
  disguise(toString, written);
  defineProperty(Function.prototype, "toString", {
    ...getOwnPropertyDescriptor(Function.prototype, "toString"), value: toString,
  });

  window.addEventListener("pagehide", flush, true);
})();
//# sourceURL=MARKER
