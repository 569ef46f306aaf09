// Answers for the clerk's pages when there is no line. It keeps the pages that name nobody and what they are made of.
const SHELL = {{ addresses | tojson }};
const START = {{ start | tojson }};
const KEPT = 'district-desk-1';
const PATIENCE_MS = 4000;

self.addEventListener('install', (event) => event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(SHELL)).then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => {
  if (event.data === 'forget') event.waitUntil(caches.delete(KEPT));
  if (event.data === 'keep') event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(SHELL)));
});

self.addEventListener('fetch', (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== 'GET' || address.origin !== location.origin) return;
  if (event.request.mode === 'navigate') event.respondWith(page(event.request, address.pathname));
  else if (SHELL.includes(address.pathname)) event.respondWith(piece(event.request, address.pathname));
});

async function page(request, path) {
  const kept = await caches.open(KEPT);
  try {
    const answer = await hurried(request);
    if (answer.redirected || answer.type === 'opaqueredirect') return answer;
    if (answer.ok && SHELL.includes(path)) await kept.put(path, answer.clone());
    return answer;
  } catch {
    return (await kept.match(path)) || (await kept.match(START)) || Response.error();
  }
}

async function piece(request, path) {
  const kept = await caches.open(KEPT);
  const known = await kept.match(path);
  const fresh = fetch(request).then((answer) => { if (answer.ok) kept.put(path, answer.clone()); return answer; });
  if (known) { fresh.catch(() => undefined); return known; }
  return fresh;
}

/** A line that says nothing for some seconds is as good as none, if the page is kept. */
function hurried(request) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('slow')), PATIENCE_MS);
    fetch(request).then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
