// Keeps pages of its scope and what they are made of, so that they open without a network. Data is not kept here.
// Its address says which: `pages`, a pattern of paths (none: the scope alone); `shell`, the page for those of them not kept.

const KEPT = `district.offline.1:${new URL(self.registration.scope).pathname}`;
const told = new URL(self.location).searchParams;
const pages = told.get('pages') && new RegExp(told.get('pages'));
const shell = told.get('shell');
const PATIENCE_MS = 5000;
const FOR_EVER = /\.[0-9a-f]{12}\.[a-z0-9]+$/;

self.addEventListener('install', (event) => {
  self.skipWaiting();
  const first = [new URL(self.registration.scope).pathname, ...(shell ? [shell] : [])];
  event.waitUntil(Promise.all(first.map(keepWhole)));
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  const path = url.pathname;
  const isPage = request.mode === 'navigate' && (pages ? pages.test(path) : path === new URL(self.registration.scope).pathname);
  if (isPage) event.respondWith(fresh(request, path));
  else if (path.startsWith('/static/')) event.respondWith(FOR_EVER.test(path) ? known(request, path) : fresh(request, path));
});

function isGood(answer) { return answer.ok && !answer.redirected; }

/** From the network; without one, or when it does not answer in time, as it was last. */
async function fresh(request, key) {
  const cache = await caches.open(KEPT);
  const kept = (await cache.match(key, { ignoreVary: true })) || (request.mode === 'navigate' && shell && (await cache.match(shell, { ignoreVary: true })));
  const asked = fetch(request).then(async (answer) => {
    if (isGood(answer)) await cache.put(key, answer.clone());
    return answer;
  });
  if (!kept) return asked;
  return Promise.race([asked.catch(() => kept), new Promise((done) => { setTimeout(() => done(kept), PATIENCE_MS); })]);
}

/** Names with a digest never change their content: on a slow line they are not asked for twice. */
async function known(request, key) {
  const cache = await caches.open(KEPT);
  const found = await cache.match(key, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  if (isGood(answer)) await cache.put(key, answer.clone());
  return answer;
}

// What a page is made of, as its text names it: styles, scripts, the modules of its import map, and fonts of its styles.
const NAMED = /(?:src|href|data-[a-z-]+)="(\/static\/[^"]+)"|"district\/[a-z_]+": ?"(\/static\/[^"]+)"/g;
const FONTS = /url\(["']?([^"')?#]+\.woff2)/g;

/** Keeps a page that nobody has opened yet with all it is made of. What fails now is kept when it is first opened. */
async function keepWhole(path) {
  try {
    const cache = await caches.open(KEPT);
    const answer = await fetch(path, { credentials: 'same-origin' });
    if (!isGood(answer)) return;
    const text = await answer.clone().text();
    await cache.put(path, answer);
    const parts = [...new Set([...text.matchAll(NAMED)].map((found) => found[1] || found[2]))];
    await Promise.all(parts.map((part) => keepPart(cache, part)));
  } catch (error) {
    console.info('not kept yet', path, error.name);
  }
}

async function keepPart(cache, part) {
  if (FOR_EVER.test(part) && (await cache.match(part))) return;
  const answer = await fetch(part);
  if (!isGood(answer)) return;
  const isStyle = part.endsWith('.css');
  const text = isStyle ? await answer.clone().text() : '';
  await cache.put(part, answer);
  await Promise.all([...text.matchAll(FONTS)].map(async ([, font]) => {
    const address = new URL(font, new URL(part, location.href)).href;
    const found = await fetch(address);
    if (isGood(found)) await cache.put(new URL(address).pathname, found);
  }));
}
