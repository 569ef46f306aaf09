// What the phone keeps of forms, for one account: packages (what a form is made of), records (what is filled in), facts.
// Records wait here until the server has answered for each; nothing is thrown away before.

import { openStore } from 'district/phone_store';

export const store = openStore('district.forms', { packages: 'key', records: 'key', facts: 'key' });
const MOST_SENT = 100;
const texts = JSON.parse(document.getElementById('form-texts').textContent);

export const t = (text, values = {}) => (texts[text] || text).replace(/\{(\w+)\}/g, (_match, name) => values[name] ?? '');

export const timeOf = (at) => new Date(at).toLocaleString(document.documentElement.lang || 'zh-CN', { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' });

/** The list of forms from the server, kept; without a network as it was kept, if it is this account's. */
export async function listing(url, owner) {
  const kept = await store.get('facts', 'listing');
  try {
    const answer = await fetch(url, { headers: { Accept: 'application/json' } });
    if (answer.status === 401 || answer.status === 403) return { ...(kept?.owner === owner ? kept : { forms: [], sent: [] }), isSignedOut: true };
    if (!answer.ok) throw new Error(String(answer.status));
    const told = { key: 'listing', ...(await answer.json()), at: Date.now() };
    if (kept && kept.owner !== told.owner) await forgetPackages(() => true);
    await store.put('facts', told);
    return { ...told, isFresh: true };
  } catch (error) {
    console.info('forms: list not fetched', error.name);
    return kept?.owner === owner ? kept : { forms: [], sent: [], isUnknown: true };
  }
}

/** Fetches what the forms of the list are made of; what no form or draft needs any more is let go. */
export async function keepPackages({ forms, owner, isFresh }, after = () => {}) {
  if (!isFresh) return;
  for (const form of forms) {
    try {
      await keepPackage(form.package, owner);
      after(form);
    } catch (error) {
      console.info('forms: not kept yet', form.form, error.name);
    }
  }
  const needed = new Set(forms.map((form) => form.version));
  (await records(owner)).forEach((record) => { if (record.state !== 'sent') needed.add(record.version); });
  await forgetPackages((one) => !needed.has(one.key));
}

async function forgetPackages(isUnneeded) {
  for (const one of await store.all('packages')) if (isUnneeded(one)) await store.remove('packages', one.key);
}

async function keepPackage(url, owner) {
  const known = (await store.all('packages')).find((one) => one.url === url && one.owner === owner);
  const answer = await fetch(url, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(String(answer.status));
  const made = await answer.json();
  const files = [];
  for (const file of made.files) {
    const before = known?.files.find((one) => one.name === file.name);
    if (before && file.mark && before.mark === file.mark) files.push(before);
    else files.push({ ...file, blob: await blobAt(file.url) });
  }
  const kept = { ...made, files, key: made.version, url, owner, at: Date.now() };
  await store.put('packages', kept);
  return kept;
}

export async function blobAt(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer.blob();
}

/** A form's package: as fresh as the network lets it be, or as kept. */
export async function packageAt(url, owner) {
  try {
    return await keepPackage(url, owner);
  } catch (error) {
    console.info('forms: package not fetched', error.name);
    return (await store.all('packages')).find((one) => one.url === url && one.owner === owner);
  }
}

export async function keptVersion(version, owner) {
  const one = await store.get('packages', version);
  return one?.owner === owner ? one : undefined;
}

export async function records(owner) {
  return (await store.all('records')).filter((record) => record.owner === owner).sort((one, other) => other.at - one.at);
}

export async function record(key, owner) {
  const one = await store.get('records', key);
  return one?.owner === owner ? one : undefined;
}

let isAskedToStay = false;

/** Keeps a record. The browser is asked not to throw it away when it wants room. */
export async function keep(one) {
  if (!isAskedToStay && navigator.storage?.persist) {
    isAskedToStay = true;
    navigator.storage.persist().catch((error) => console.info('forms: may be thrown away', error.name));
  }
  await store.put('records', one);
}

export const forget = (key) => store.remove('records', key);

export async function deviceName() {
  const kept = await store.get('facts', 'device');
  if (kept) return kept.name;
  const name = `web:${crypto.randomUUID()}`;
  await store.put('facts', { key: 'device', name });
  return name;
}

/** Sends what waits, oldest first, one page at a time. Returns how many came and whether to sign in again. */
export function sendWaiting(url, owner) {
  const act = () => sendAll(url, owner);
  return navigator.locks ? navigator.locks.request('district.forms.send', act) : act();
}

async function sendAll(url, owner) {
  const told = { sent: 0, isSignedOut: false };
  const waiting = (await records(owner)).filter((one) => one.state === 'waiting').reverse();
  if (!waiting.length || !navigator.onLine) return told;
  const list = await listing(url, owner);
  if (list.isSignedOut || (list.isFresh && list.owner !== owner)) return { ...told, isSignedOut: true };
  if (!list.isFresh) return told;
  for (const one of waiting) {
    try {
      if (await sendOne(one, list.csrf)) told.sent += 1;
    } catch (error) {
      console.info('forms: not sent yet', error.name);
      break;
    }
  }
  await forgetOld(owner);
  return told;
}

async function sendOne(one, csrf) {
  await keep({ ...one, isTried: true });
  const body = new FormData();
  body.append('xml_submission_file', new File([one.xml], 'xml_submission_file.xml', { type: 'text/xml' }));
  one.files.forEach(({ name, blob }) => body.append(name, new File([blob], name, { type: blob.type })));
  body.append('device', await deviceName());
  const answer = await fetch(`/forms/${one.form}/send/`, { method: 'POST', body, headers: { 'X-CSRFToken': csrf, Accept: 'application/json' } });
  const isJson = (answer.headers.get('Content-Type') || '').startsWith('application/json');
  // What was judged does not come again; anything else, a lost answer too, is sent again under the same name.
  if (answer.status === 401 || answer.status >= 500 || !isJson) throw new Error(String(answer.status));
  const told = await answer.json();
  if (told.error === 'conflict') {
    await sendOne(await asEdit(one), csrf);
    return true;
  }
  const done = answer.ok
    ? { state: 'sent', number: told.number, instance: told.instance, conflicts: told.conflicts, xml: '', files: [], why: '' }
    : { state: 'refused', why: told.detail || told.error, isTried: false };
  await keep({ ...one, ...done, answeredAt: Date.now() });
  return answer.ok;
}

/** It may have come, its answer was lost, and it was changed since: the change goes as an edit of what was sent. */
export async function asEdit(one) {
  const xml = new DOMParser().parseFromString(one.xml, 'text/xml');
  const meta = [...xml.documentElement.children].find((each) => each.localName === 'meta');
  const [identity, before] = ['instanceID', 'deprecatedID'].map((name) => [...meta.children].find((each) => each.localName === name));
  const key = `uuid:${crypto.randomUUID()}`;
  const named = before || meta.appendChild(xml.createElementNS(identity.namespaceURI, identity.prefix ? `${identity.prefix}:deprecatedID` : 'deprecatedID'));
  named.textContent = identity.textContent;
  identity.textContent = key;
  const edit = { ...one, key, edits: one.edits || one.key, xml: new XMLSerializer().serializeToString(xml), isTried: false };
  await keep(edit);
  await forget(one.key);
  return edit;
}

async function forgetOld(owner) {
  const sent = (await records(owner)).filter((one) => one.state === 'sent');
  for (const one of sent.slice(MOST_SENT)) await forget(one.key);
}

/** Shows whether there is a network, and says so when it changes. */
export function showNetwork(element, changed = () => {}) {
  const show = () => {
    element.textContent = navigator.onLine ? t('已联网') : t('没有网络');
    element.classList.toggle('is-off', !navigator.onLine);
  };
  addEventListener('online', () => { show(); changed(); });
  addEventListener('offline', show);
  show();
}
