// What is saved on the phone until it has been received: the fields and files of a form, under the form's own key. The
// other side knows the key, so that what is sent twice is one. It belongs to the account that saved it.

const NAME = 'district-desk';
const STORE = 'outbox';

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: 'key' });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within(mode, work) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const asked = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** `{key, account, url, name, at, fields: [[name, value]…], files: [{name, blob}…], refused}` */
export const keep = (entry) => within('readwrite', (store) => store.put(entry));
export const remove = (key) => within('readwrite', (store) => store.delete(key));
export const waiting = () => within('readonly', (store) => store.getAll());

let sending = null;

/** Sends what waits, one after the other; says what became of each. Called twice at once it runs once. */
export function sendAll(account, tokenUrl) {
  sending ??= send(account, tokenUrl).finally(() => { sending = null; });
  return sending;
}

async function send(account, tokenUrl) {
  const entries = (await waiting()).filter((entry) => entry.account === account && !entry.refused);
  const said = { sent: [], refused: [], left: entries.length, why: '' };
  if (!entries.length) return said;
  let token;
  try {
    const answer = await fetch(tokenUrl, { headers: { Accept: 'application/json' }, redirect: 'manual' });
    if (answer.status !== 200) return { ...said, why: answer.type === 'opaqueredirect' || answer.status === 401 ? 'sign-in' : 'network' };
    const given = await answer.json();
    if (String(given.account) !== account) return { ...said, why: 'other' };
    token = given.token;
  } catch {
    return { ...said, why: 'network' };
  }
  for (const entry of entries.sort((one, other) => one.at.localeCompare(other.at))) {
    try {
      const answer = await fetch(entry.url, { method: 'POST', body: body(entry), headers: { Accept: 'application/json', 'X-CSRFToken': token }, redirect: 'manual' });
      if (answer.status === 200) {
        await remove(entry.key);
        said.sent.push((await answer.json()).words);
      } else if (answer.status === 422 || answer.status === 409) {
        entry.refused = (await answer.json()).detail;
        await keep(entry);
        said.refused.push(entry.refused);
      } else {
        return { ...said, why: 'network' };
      }
      said.left -= 1;
    } catch {
      return { ...said, why: 'network' };
    }
  }
  return said;
}

function body(entry) {
  const data = new FormData();
  for (const [name, value] of entry.fields) data.append(name, value);
  data.set('account', entry.account);
  for (const { name, blob } of entry.files) data.append('files', blob, name);
  return data;
}
