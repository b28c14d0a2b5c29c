"use strict";
// Keeps one page and what it is drawn with, so that it opens without a network.
const NAME = "adhere-evacuation";
const FILES = {{ files|safe }};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll([self.registration.scope, ...FILES])));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const page = event.request.mode === "navigate" && url.href.split("?")[0] === self.registration.scope;
  if (event.request.method !== "GET" || !(page || FILES.includes(url.pathname))) return;
  event.respondWith(fresh(event.request, page ? self.registration.scope : url.pathname));
});

async function fresh(request, key) {
  const cache = await caches.open(NAME);
  try {
    const answer = await fetch(request);
    // A page of sign-in is not the list: whoever is signed out keeps nothing.
    if (answer.ok && !answer.redirected) await cache.put(key, answer.clone());
    else if (request.mode === "navigate") await cache.delete(key);
    return answer;
  } catch (error) {
    const kept = await cache.match(key);
    if (kept) return kept;
    throw error;
  }
}
