// Keeps the page of the grid worker and what it is made of, so that it opens without a network. Nothing else is kept.

const KEPT = 'district.field.1';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  const isPage = request.mode === 'navigate' && url.pathname === new URL(self.registration.scope).pathname;
  const isMadeOf = url.pathname.startsWith('/static/');
  if (isPage || isMadeOf) event.respondWith(fresh(request));
});

async function fresh(request) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const known = await cache.match(request, { ignoreVary: true });
    if (known) return known;
    throw error;
  }
}
