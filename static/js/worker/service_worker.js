// Keeps a few static files and one page that says nothing about anybody, for the time without a network. Everything else goes
// to the network and is never kept: pages hold pupils' data. schools/worker.py writes VERSION, PAGE and FILES above this.

const CACHE = `offline-${VERSION}`;

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll([PAGE, ...FILES].map((url) => new Request(url, { cache: "reload", credentials: "omit" })));
  await self.skipWaiting();
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(url) {
  const cache = await caches.open(CACHE);
  return cache.match(url);
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => kept(PAGE)));
  else if (FILES.includes(pathname)) event.respondWith(fetch(request).catch(() => kept(pathname)));
});
