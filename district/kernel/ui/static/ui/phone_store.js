// What a page keeps on the phone (IndexedDB): a database with named stores, each keyed by one field of its objects.
//
//     const kept = openStore('district.field', { reports: 'key' });
//     await kept.put('reports', { key, state: 'waiting' });

export function openStore(database, stores, version = 1) {
  function opened() {
    return new Promise((done, fail) => {
      const asked = indexedDB.open(database, version);
      asked.onupgradeneeded = () => {
        Object.entries(stores).forEach(([name, keyPath]) => {
          if (!asked.result.objectStoreNames.contains(name)) asked.result.createObjectStore(name, { keyPath });
        });
      };
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
  }

  // Done when the transaction is: a phone that is switched off right after has what it was told is kept.
  async function within(name, mode, act) {
    const base = await opened();
    return new Promise((done, fail) => {
      const change = base.transaction(name, mode);
      const asked = act(change.objectStore(name));
      change.oncomplete = () => { base.close(); done(asked.result); };
      change.onabort = () => { base.close(); fail(change.error || asked.error); };
    });
  }

  return {
    put: (name, value) => within(name, 'readwrite', (store) => store.put(value)),
    get: (name, key) => within(name, 'readonly', (store) => store.get(key)),
    all: (name) => within(name, 'readonly', (store) => store.getAll()),
    remove: (name, key) => within(name, 'readwrite', (store) => store.delete(key)),
  };
}

/** Keeps the pages of this script's folder that match `pages`, and what they are made of, for when there is no network. */
export function keepPages(worker, scope, { pages = '', shell = '' } = {}) {
  if (!navigator.serviceWorker) return Promise.resolve(null);
  const address = new URL(worker, location.href);
  if (pages) address.searchParams.set('pages', pages);
  if (shell) address.searchParams.set('shell', shell);
  return navigator.serviceWorker.register(address, { scope }).catch((error) => {
    console.info('no service worker', error.name);
    return null;
  });
}
