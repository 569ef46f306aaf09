// Keeps pages of its scope and what they are made of, so that they open without a network. Data is not kept here.
// Its address says which: `pages`, a pattern of paths (none: the scope alone); `shell`, the page for those of them not kept.

const KEPT = `district.offline.1:${new URL(self.registration.scope).pathname}`;
const told = new URL(self.location).searchParams;
const pages = told.get('pages') && new RegExp(told.get('pages'));
const shell = told.get('shell');
const FOR_EVER = /\.[0-9a-f]{12}\.[a-z0-9]+$/;

self.addEventListener('install', (event) => {
  self.skipWaiting();
  if (shell) event.waitUntil(fetch(shell, { credentials: 'same-origin' }).then(async (answer) => { if (isGood(answer)) await (await caches.open(KEPT)).put(shell, answer); }).catch((error) => console.info('shell not kept yet', error.name)));
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  const path = url.pathname;
  const isPage = request.mode === 'navigate' && (pages ? pages.test(path) : path === new URL(self.registration.scope).pathname);
  if (isPage) event.respondWith(fresh(request, path));
  else if (path.startsWith('/static/')) event.respondWith(FOR_EVER.test(path) ? known(request) : fresh(request, path));
});

function isGood(answer) { return answer.ok && !answer.redirected; }

/** From the network; without one as it was last. */
async function fresh(request, key) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (isGood(answer)) await cache.put(key, answer.clone());
    return answer;
  } catch (error) {
    const found = (await cache.match(key, { ignoreVary: true })) || (request.mode === 'navigate' && shell && (await cache.match(shell, { ignoreVary: true })));
    if (found) return found;
    throw error;
  }
}

/** Names with a digest never change their content: on a slow line they are not asked for twice. */
async function known(request) {
  const cache = await caches.open(KEPT);
  const found = await cache.match(request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  if (isGood(answer)) await cache.put(request, answer.clone());
  return answer;
}
