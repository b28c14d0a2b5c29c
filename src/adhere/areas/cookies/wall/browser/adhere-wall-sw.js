// The site's own service worker: hands a page over with its policy widened to what was given.
// It is registered after consent only, and the consent stands in its address. Whatever is in
// doubt goes out as the server wrote it, which is shut.
"use strict";
const WALL = "ADHERE_WALL";
const DAY = 86400;
const OWN = new Set(["worker", "sharedworker"]);
const LONGEST = 65536;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { mode, destination, url } = event.request;
  const wanted = mode === "navigate" || OWN.has(destination);
  if (wanted && new URL(url).origin === self.location.origin) event.respondWith(serve(event.request));
});

async function serve(request) {
  const response = await fetch(request);
  if (response.type !== "basic" || !response.body) return response;
  const said = new URL(self.location.href).searchParams.get("c") || "";
  const more = (await current(said)) ? opened(said) : "";
  return more ? widened(response, more) : response;
}

/** Whether the cookie still says so, where a worker may ask. */
async function current(said) {
  if (!self.cookieStore) return true;
  const found = await self.cookieStore.getAll("adhere_consent");
  return found.length === 1 && found[0].value.startsWith(`${said}!s.`);
}

function opened(said) {
  const [format, at, notice, ...answers] = said.split("!");
  const age = Date.now() / 1000 - Number(at);
  const fresh = age >= -DAY && age < WALL.months * 30.4375 * DAY;
  if (format !== "1" || !fresh || !WALL.notices.includes(notice)) return "";
  return answers
    .map((each) => each.split("."))
    .filter(([key, yes, hash]) => yes === "1" && WALL.keys[key.split(":")[0]] === hash)
    .map(([key]) => WALL.opens[key] || "")
    .join("");
}

function widened(response, more) {
  const headers = new Headers(response.headers);
  const policy = headers.get("Content-Security-Policy");
  const [shut, parts] = WALL.header;
  if (policy) headers.set("Content-Security-Policy", policy.replace(shut, () => parts.join(more)));
  headers.delete("Content-Length");
  headers.delete("Content-Encoding");
  const page = /^text\/html|xml/i.test(headers.get("Content-Type") || "");
  const body = page ? response.body.pipeThrough(replacing(more)) : response.body;
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

/** Bytes with the shut element replaced by the wider one; pages of any encoding of ASCII letters. */
function replacing(more) {
  const encoder = new TextEncoder();
  const shut = encoder.encode(WALL.meta[0]);
  const open = encoder.encode(WALL.meta[1].join(more));
  let held = new Uint8Array(0);
  let done = false;
  return new TransformStream({
    transform(chunk, out) {
      if (done) return out.enqueue(chunk);
      held = joined(held, chunk);
      const at = place(held, shut);
      if (at < 0 && held.length < LONGEST) return undefined;
      done = true;
      if (at < 0) return out.enqueue(held);
      out.enqueue(held.slice(0, at));
      out.enqueue(open);
      return out.enqueue(held.slice(at + shut.length));
    },
    flush(out) {
      if (!done) out.enqueue(held);
    },
  });
}

function joined(first, second) {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function place(text, wanted) {
  for (let at = text.indexOf(wanted[0]); at >= 0; at = text.indexOf(wanted[0], at + 1)) {
    if (wanted.every((byte, index) => text[at + index] === byte)) return at;
  }
  return -1;
}
